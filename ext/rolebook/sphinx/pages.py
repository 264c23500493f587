"""What a built web page of a template gets beyond its text: data, files, source links."""

from __future__ import annotations

import json
from typing import Any, cast
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx

from rolebook.exports import file_stem
from rolebook.exports.html import frame
from rolebook.exports.json import template_object
from rolebook.exports.layout import LAYOUTS, Document, lay_out
from rolebook.placeholders import defaults
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.downloads import offer_files, offers_files, write_files


def finish_doctree(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Event ``doctree-resolved``: add links that only a web page can have.

    They are no part of a template's lines, so translators never see them.
    """
    domain = cast("JobDomain", app.env.get_domain("job"))
    template = domain.template(docname) if offers_files(app) else None
    if template is None:
        return
    offer_files(app, doctree, docname, template)
    if app.config.rolebook_edit_url:
        own = domain.entity(docname)
        link_sources(doctree, app.config.rolebook_edit_url, own.key if own else "")


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
            refuri=pattern.format(path=quote(file), line=number),
            reftitle=f"Edit this line: {file}, line {number}",
            classes=["rb-origin"],
            internal=False,
        )


def finish_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Event ``html-page-context``: put the template's data into its page, write its files."""
    if doctree is None or not offers_files(app):
        return
    domain = cast("JobDomain", app.env.get_domain("job"))
    template = domain.template(pagename)
    if template is None:
        return
    document = lay_out(template)
    data = page_data(document, app.config.rolebook_handbook or app.config.project)
    context["body"] += (
        f'<script type="application/json" id="rolebook-data">{script_json(data)}</script>\n'
    )
    write_files(app, document)


def page_data(document: Document, handbook: str) -> dict[str, Any]:
    """What the page's script needs: the template, and its lines prepared for filling."""
    template = document.template
    return {
        "handbook": handbook,
        "id": template.key,
        "file": file_stem(template),
        # The script makes the description anew from the leaves; a copy would be dead weight.
        "template": {
            **template_object(template, defaults(template.placeholders)),
            "description": dict.fromkeys((layout.name for layout in LAYOUTS), ""),
        },
        "blocks": [block.id for block in document.blocks],
        "leaves": {
            layout.name: {
                block.id: [[leaf.kind, leaf.prepared[layout.place]] for leaf in block.leaves]
                for block in document.blocks
            }
            for layout in LAYOUTS
        },
        "joins": {
            layout.name: {"between": layout.between, **document.joins(layout)} for layout in LAYOUTS
        },
        "frame": {"html": frame(template)},
    }


def script_json(data: Any) -> str:
    """JSON that can stand in a script element: no ``<`` can end it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c")
