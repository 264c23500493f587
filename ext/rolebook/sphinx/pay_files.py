"""What a web page gets beyond its tables of pay: files to take away, and structured data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from rolebook.pay.download import SUFFIXES, write_rows, write_sources
from rolebook.pay.occupation import occupations
from rolebook.script_data import linked_data
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.pay import BLOCK, SOURCES

FOLDER = "downloads/pay"

STATED = ("pay", "pay-levels")
"""The listings whose figures are structured data of their page too."""

_LABELS = {".csv": "CSV", ".json": "JSON"}


def offer_pay_files(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put links to its files below each table of pay."""
    here = app.builder.get_target_uri(docname)
    for box in doctree.findall(nodes.compound):
        if BLOCK not in box["classes"]:
            continue
        name = box["rolebook_pay"]
        what = "these sources" if name == SOURCES else "all figures of this role"
        links = nodes.paragraph("", f"Download {what}: ", classes=["rb-pay-files"])
        for place, suffix in enumerate(SUFFIXES):
            links += nodes.Text(", " if place else "")
            uri = relative_uri(here, f"{FOLDER}/{name}{suffix}")
            links += nodes.reference("", _LABELS[suffix], refuri=uri, internal=True)
        box += links


def write_pay_files(app: Sphinx, domain: JobDomain, docname: str) -> None:
    """Write the files that a page offers. It is being written too, so they are due."""
    handbook = domain.loaded
    for name in _names(domain, docname):
        for suffix in SUFFIXES:
            if name == SOURCES:
                data = write_sources(handbook.pay.sources.values(), suffix)
            else:
                data = write_rows(handbook.views.everything(name).rows, suffix)
            path = Path(app.outdir, FOLDER, name + suffix)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def pay_paths(domain: JobDomain) -> set[str]:
    """The files that some page offers."""
    return {
        f"{FOLDER}/{name}{suffix}"
        for docname in domain.shown
        for name in _names(domain, docname)
        for suffix in SUFFIXES
    }


def structured_data(domain: JobDomain, docname: str) -> str:
    """The percentiles on a page as schema.org's occupations, an element for each role."""
    handbook = domain.loaded
    asked = [each for each in domain.asked(docname) if each.name in STATED]
    elements = ""
    for role in dict.fromkeys(each.role for each in asked):
        views = [handbook.pay_view(each) for each in asked if each.role == role]
        rows = [row for view in views for row in view.rows]
        if rows and (data := occupations(rows, handbook.catalog.roles[role].heading)):
            elements += linked_data(data)
    return elements


def _names(domain: JobDomain, docname: str) -> Iterator[str]:
    for asked in domain.asked(docname):
        if not asked.role:
            yield SOURCES
        elif domain.loaded.pay_view(asked).rows:
            yield asked.role
