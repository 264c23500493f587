"""What a built web page of a template gets beyond its text: data, files, source links."""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx

from rolebook.exports.layout import lay_out
from rolebook.faq import faq_page
from rolebook.model import Role, Variant
from rolebook.script_data import linked_data, page_data, script_json
from rolebook.sphinx.addresses import edit_address
from rolebook.sphinx.assets import (
    BROWSE_SCRIPT,
    BROWSE_STYLES,
    KIT_SCRIPT,
    PAGE_SCRIPT,
)
from rolebook.sphinx.comparison import join_cells, scope_headers, script_part
from rolebook.sphinx.composer import add_composer
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.downloads import offer_files, offers_files, write_files
from rolebook.sphinx.interview import KIT_TABLE
from rolebook.sphinx.kit_files import kit_data, offer_kits, write_kits
from rolebook.sphinx.pay_files import offer_pay_files, structured_data, write_pay_files
from rolebook.sphinx.tables import leave_widths


def finish_doctree(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Event ``doctree-resolved``: add links that only a web page can have.

    They are no part of a template's lines, so translators never see them.
    """
    if app.builder.format == "html":
        join_cells(doctree)
        leave_widths(doctree, KIT_TABLE)
    domain = cast("JobDomain", app.env.get_domain("job"))
    if not offers_files(app):
        return
    offer_pay_files(app, doctree, docname)
    offer_kits(app, doctree, docname, domain)
    template = domain.template(docname)
    if template is None:
        choose_variant(doctree, domain.entity(docname))
        return
    offer_files(app, doctree, docname, template)
    add_composer(app, doctree, docname, template)
    if app.config.rolebook_edit_url:
        own = domain.entity(docname)
        link_sources(doctree, app.config.rolebook_edit_url, own.key if own else "")


def choose_variant(doctree: nodes.document, entity: Role | Variant | None) -> None:
    """Let a shared variant's links to roles choose it in the composer that they lead to."""
    if not isinstance(entity, Variant):
        return
    for box in doctree.findall(nodes.compound):
        if "rb-choosable" in box["classes"]:
            for link in box.findall(nodes.reference):
                link["refuri"] += f"?{entity.axis}={entity.id}"


def link_sources(doctree: nodes.document, pattern: str, own: str) -> None:
    """Link each line of the template to where it is written."""
    for line in [*doctree.findall(nodes.paragraph)]:
        origin = line.get("rolebook_origin")
        if origin is None:
            continue
        file, number, entity = origin
        line += nodes.reference(
            "",
            "this page" if entity == own else entity.rpartition("/")[2].replace("-", " "),
            refuri=edit_address(pattern, file, number),
            # The number of the line is in the address, and each would be heavy said twice.
            reftitle=f"Edit this line: {file}",
            classes=["rb-origin"],
            internal=False,
        )


def use_kit_script(app: Sphinx, context: dict[str, Any]) -> None:
    """Give a page with an interview kit the script for that in place of the one for templates."""
    app.add_js_file(KIT_SCRIPT, loading_method="defer", blocking="render")
    scripts = context["script_files"]
    context["script_files"] = [js for js in scripts if js.filename != PAGE_SCRIPT]


def use_browsing(app: Sphinx, domain: JobDomain, docname: str) -> None:
    """Give a page that lists all roles, or skills, what only such pages need."""
    kinds = {kind for (kind, _), _ in domain.shown.get(docname, ())}
    if kinds & {"role-index", "skills"}:
        app.add_css_file(BROWSE_STYLES)
    if "role-index" in kinds and offers_files(app):
        app.add_js_file(BROWSE_SCRIPT, loading_method="defer", blocking="render")


def finish_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Event ``html-page-context``: put the template's data into its page, write its files."""
    if doctree is None:
        return
    context["body"] = scope_headers(context["body"])
    domain = cast("JobDomain", app.env.get_domain("job"))
    use_browsing(app, domain, pagename)
    if not offers_files(app):
        return
    context["body"] += script_part(app, pagename) + structured_data(domain, pagename)
    entity = domain.entity(pagename)
    if entity and (faq := faq_page(entity.questions)):
        context["body"] += linked_data(faq)
    write_pay_files(app, domain, pagename)
    if kit := kit_data(app, domain, pagename, doctree):
        context["body"] += kit
        write_kits(app, domain, pagename)
        use_kit_script(app, context)
    template = domain.template(pagename)
    if template is None:
        return
    document = lay_out(template)
    data = page_data(document, app.config.rolebook_handbook or app.config.project)
    if band := domain.loaded.pay_band(template):
        data["pay"] = band
    context["body"] += (
        f'<script type="application/json" id="rolebook-data">{script_json(data)}</script>\n'
    )
    write_files(app, document)
