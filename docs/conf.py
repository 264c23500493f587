"""Rolebook's manual: a Sphinx project beside the handbook."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from sphinx.addnodes import pending_xref
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

extensions = [
    "rolebook",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_reredirects",
    "example_handbook",
]
# The former address of a page that has moved, and the new one, relative to it.
redirects: dict[str, str] = {}
redirect_html_template_file = "../content/_redirect.html"
exclude_patterns = ["_build"]
html_static_path = ["_static"]
html_css_files = ["manual.css", "pictures.css"]
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
# The same as in content/conf.py.
repository = os.environ.get("ROLEBOOK_REPOSITORY_URL", "").rstrip("/")
rolebook_edit_url = f"{repository}/edit/main/docs/{{path}}#L{{line}}" if repository else ""
html_use_index = False
html_show_sphinx = False
html_show_copyright = False

# What is copied from a console block: the commands, without prompt and output.
copybutton_prompt_text = "$ "

SCHEMAS = Path(rolebook.__file__).parent / "schema"


class Findings(SphinxDirective):
    """The kinds of finding of one severity, made from the code that reports them."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """One row a kind, with a link to its page; its code is also its anchor."""
        self.env.note_dependency(diagnostics.__file__)
        head = nodes.thead("", row("Code", "Meaning"))
        body = nodes.tbody("")
        severity = diagnostics.Severity(self.arguments[0])
        for code in (code for code in diagnostics.Code if code.severity is severity):
            link = pending_xref(
                *("", nodes.literal("", code.id)),
                refdomain="std",
                reftype="doc",
                reftarget=f"/findings/{code.id}",
                refdoc=self.env.docname,
                refexplicit=True,
                refwarn=True,
            )
            body += row(link, code.meaning, id_=code.id)
        columns = [nodes.colspec(colwidth=width) for width in (25, 75)]
        return [nodes.table("", nodes.tgroup("", *columns, head, body, cols=2))]


class Finding(SphinxDirective):
    """What the kind of finding means whose code is the page's name, made from the same code."""

    def run(self) -> list[nodes.Node]:
        """One paragraph: the severity and the meaning."""
        # The list of all findings has what a search is for; fifty more pages would bury others.
        self.env.metadata[self.env.docname]["nosearch"] = True
        self.env.note_dependency(diagnostics.__file__)
        id_ = self.env.docname.rpartition("/")[2]
        code = next(code for code in diagnostics.Code if code.id == id_)
        severity = nodes.strong("", f"{code.severity.value.capitalize()}.")
        return [nodes.paragraph("", "", severity, nodes.Text(f" {code.meaning}"))]


def row(*cells: str | nodes.Node, id_: str = "") -> nodes.row:
    """A row of a table, with an anchor in its first cell."""
    texts = (nodes.Text(cell) if isinstance(cell, str) else cell for cell in cells)
    paragraphs = [nodes.paragraph("", "", text) for text in texts]
    if id_:
        paragraphs[0]["ids"].append(id_)
    return nodes.row("", *(nodes.entry("", paragraph) for paragraph in paragraphs))


def copy_schemas(app: Sphinx, exception: Exception | None) -> None:
    """Publish the schemas at schema/."""
    if exception is None and app.builder.format == "html":
        shutil.copytree(SCHEMAS, Path(app.outdir, "schema"), dirs_exist_ok=True)


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
    app.add_directive("finding", Finding)
    app.connect("doctree-resolved", suit_markdown)
    app.connect("build-finished", copy_schemas)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
