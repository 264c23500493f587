"""The files of each template: the same bytes as the command line's."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from rolebook.exports import FORMATS, write
from rolebook.exports.layout import Description, Document
from rolebook.model import Template
from rolebook.placeholders import defaults
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.kit_files import kit_paths
from rolebook.sphinx.outputs import note_files
from rolebook.sphinx.pay_files import pay_paths

FOLDER = "downloads"
BUILDERS = ("html", "dirhtml")
"""The builders whose output is a folder of web pages, next to which files can lie."""

BESIDE = tuple(format for format in FORMATS.values() if format.beside)
"""The formats that lie beside a template's page."""


def offers_files(app: Sphinx) -> bool:
    """Whether this build's pages link to files of their templates."""
    return app.builder.name in BUILDERS


def download_path(template: Template, suffix: str) -> str:
    """Where a template's file lies in the site."""
    return f"{FOLDER}/{template.key}{suffix}"


def write_files(app: Sphinx, document: Document) -> None:
    """Write a template's files. Its page is being written too, so they are due."""
    description = Description(document, defaults(document.template.placeholders))
    Path(app.outdir, download_path(document.template, "")).parent.mkdir(parents=True, exist_ok=True)
    for format in BESIDE:
        path = Path(app.outdir, download_path(document.template, format.suffix))
        path.write_bytes(write(description, format.name))


def remove_stale_files(app: Sphinx, exception: Exception | None) -> None:
    """Event ``build-finished``: delete files of templates that no page carries any more."""
    if exception is not None or not offers_files(app):
        return
    domain: JobDomain = app.env.domains["job"]  # type: ignore[assignment]
    templates = filter(None, (domain.template(docname) for docname in domain.shown))
    wanted = pay_paths(domain) | kit_paths(domain)
    wanted |= {
        download_path(template, format.suffix) for template in templates for format in BESIDE
    }
    note_files(app, "downloads", dict.fromkeys(wanted, ""))


def offer_files(app: Sphinx, doctree: nodes.document, docname: str, template: Template) -> None:
    """Put links to the template's files below the first title of its panel."""
    here = app.builder.get_target_uri(docname)
    links = nodes.paragraph("", "Download: ", classes=["rb-downloads"])
    for place, format in enumerate(BESIDE):
        links += nodes.Text(", " if place else "")
        links += nodes.reference(
            "",
            format.label,
            refuri=relative_uri(here, download_path(template, format.suffix)),
            internal=True,
            classes=["rb-download"],
        )
    for panel in doctree.findall(nodes.compound):
        if "rb-panel" in panel["classes"]:
            panel.insert(1, links)
            return
