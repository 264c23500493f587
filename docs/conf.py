"""Rolebook's manual: a Sphinx project beside the handbook."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import rolebook
from rolebook import diagnostics

sys.path.insert(0, str(Path(__file__).parent))

project = "Rolebook"
author = "The Rolebook contributors"
copyright = "2026 The Rolebook contributors"
version = release = rolebook.__version__
html_title = project

extensions = ["rolebook", "sphinx_copybutton", "sphinx_design", "example_handbook"]
exclude_patterns = ["_build"]
html_static_path = ["_static"]
html_css_files = ["manual.css"]
smartquotes = False
myst_heading_anchors = 3
myst_enable_extensions = ["deflist"]

html_theme = "rolebook"
html_theme_options = {
    "licence": "MIT",
    # The manual is published in the folder manual/ of the handbook's site.
    "nav_links": [["Handbook", "../index.html"]],
    # One search over both, the handbook's.
    "search": "../search.html",
    "search_kind": "Manual",
}
# As in the handbook's own configuration: what needs the address waits until it is given.
if site := os.environ.get("ROLEBOOK_SITE_URL"):
    html_baseurl = ogp_site_url = urljoin(site, "manual/")
    extensions += ["sphinx_sitemap", "sphinxext.opengraph", "sphinx_llm.txt"]
    sitemap_url_scheme = "{link}"
    ogp_site_name = project
    ogp_description_length = 180
    llms_txt_build_parallel = False
    llms_txt_suffix_mode = "replace"
    llms_txt_nested_enabled = False
    # The links that cards are; the Markdown has their text alone.
    llms_txt_suppress_unknown_node_warnings = ["PassthroughTextElement"]
    llms_txt_description = "How to write, build and check a hiring handbook with Rolebook."

html_copy_source = False
rolebook_policy = True
html_use_index = False
html_show_sphinx = False
html_show_copyright = False

# What is copied from a console block: the commands, without prompt and output.
copybutton_prompt_text = "$ "

SCHEMA = Path(rolebook.__file__).parent / "schema" / "template.json"


class Findings(SphinxDirective):
    """The table of findings, made from the code that reports them."""

    def run(self) -> list[nodes.Node]:
        """One row a finding; its code is also its anchor."""
        self.env.note_dependency(diagnostics.__file__)
        head = nodes.thead("", row("Code", "Severity", "Meaning"))
        body = nodes.tbody("")
        for code in diagnostics.Code:
            name = nodes.literal("", code.id)
            body += row(name, code.severity.value, code.meaning, id_=code.id)
        columns = [nodes.colspec(colwidth=width) for width in (25, 10, 65)]
        return [nodes.table("", nodes.tgroup("", *columns, head, body, cols=3))]


def row(*cells: str | nodes.Node, id_: str = "") -> nodes.row:
    """A row of a table, with an anchor in its first cell."""
    texts = (nodes.Text(cell) if isinstance(cell, str) else cell for cell in cells)
    paragraphs = [nodes.paragraph("", "", text) for text in texts]
    if id_:
        paragraphs[0]["ids"].append(id_)
    return nodes.row("", *(nodes.entry("", paragraph) for paragraph in paragraphs))


def copy_schema(app: Sphinx, exception: Exception | None) -> None:
    """Publish the schema of the JSON export at schema/template.json."""
    if exception is None and app.builder.format == "html" and SCHEMA.is_file():
        target = Path(app.outdir, "schema")
        target.mkdir(exist_ok=True)
        shutil.copyfile(SCHEMA, target / SCHEMA.name)


def suit_markdown(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """In pages as Markdown, keep the file names above code; leave out pictures and frames.

    The builder drops captions, so they become paragraphs, and it writes HTML as it is.
    """
    if app.builder.format != "markdown":
        return
    for caption in [*doctree.findall(nodes.caption)]:
        caption.replace_self(nodes.paragraph("", "", *caption.children))
    for raw in [*doctree.findall(nodes.raw)]:
        raw.parent.remove(raw)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what is this manual's own."""
    app.add_directive("findings", Findings)
    app.connect("doctree-resolved", suit_markdown)
    app.connect("build-finished", copy_schema)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
