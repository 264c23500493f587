"""The script and the styles of the pages.

The script is written as ES modules, which Node tests load as they are. A page gets them
joined into one classic script: one request, nothing that a browser may keep in an old
version next to a new one, and it runs from ``file://`` too, where modules do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from sphinx.application import Sphinx

from rolebook.exports.word import SHELL
from rolebook.script_data import shapes_json
from rolebook.sphinx.downloads import offers_files
from rolebook.sphinx.outputs import write_if_changed

PAGE_SCRIPT = "_static/rolebook.js"
"""The script of pages with templates, comparisons and pay, as Sphinx names it."""

KIT_SCRIPT = "rolebook-kit.js"
"""The script of pages with an interview kit; it does without the other."""

BROWSE_SCRIPT = "rolebook-browse.js"
"""The script of pages that list all roles, beside that of pages."""

BROWSE_STYLES = "rolebook-browse.css"
"""The styles of pages that list all roles, or skills, beside those of all pages."""

MODULES = (
    "dom",
    "fill",
    "runs",
    "patch",
    "compose",
    "changes",
    "comparison",
    "exports",
    "zip",
    "docx",
    "vacancy",
    "shapes",
    "state",
    "clipboard",
    "form",
    "sort",
    "filter",
    "sheet",
    "composer",
    "comparing",
    "takeaway",
    "page",
)
"""The modules of :data:`PAGE_SCRIPT` in the order in which they use each other."""

KIT_MODULES = ("dom", "loops", "kit")
"""The same of :data:`KIT_SCRIPT`."""

BROWSE_MODULES = ("dom", "facets", "browse")
"""The same of :data:`BROWSE_SCRIPT`."""

_COMMENT = re.compile(r"^[ \t]*(?:/\*\*.*?\*/|//[^\n]*)\n", flags=re.M | re.S)
"""A comment that has its lines to itself, as nearly all in the modules have."""

_STYLE_COMMENT = re.compile(r"[ \t]*/\*.*?\*/\n?", flags=re.S)


def bundle(modules: Sequence[str]) -> str:
    """Modules as one script: without imports and exports, in a scope of their own.

    Comments and indents stay behind, since a third of the modules' bytes are theirs. No string
    of the modules goes over several lines.
    """
    sources = [
        (files("rolebook") / "static" / f"{name}.js").read_text(encoding="utf-8")
        for name in modules
    ]
    joined = "\n".join(
        re.sub(
            r"^export ",
            "",
            re.sub(r"^import .*\n", "", _COMMENT.sub("", source), flags=re.M),
            flags=re.M,
        )
        for source in sources
    )
    plain = re.sub(r"^[ \t]+", "", joined, flags=re.M)
    return f'(() => {{\n"use strict";\n{plain}}})();\n'


def add_assets(app: Sphinx) -> None:
    """Event ``builder-inited``: give HTML the styles and, where it is web pages, the script."""
    if app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    for name, target in (("rolebook.css", "rolebook.css"), ("browse.css", BROWSE_STYLES)):
        styles = (files("rolebook") / "static" / name).read_text(encoding="utf-8")
        # Comments stay behind here too.
        write_if_changed(static / target, _STYLE_COMMENT.sub("", styles).encode("utf-8"))
    app.add_css_file("rolebook.css")
    if offers_files(app):
        write_if_changed(static / "rolebook.js", bundle(MODULES).encode("utf-8"))
        write_if_changed(static / KIT_SCRIPT, bundle(KIT_MODULES).encode("utf-8"))
        write_if_changed(static / BROWSE_SCRIPT, bundle(BROWSE_MODULES).encode("utf-8"))
        # What it adds would move what a reader already sees.
        app.add_js_file("rolebook.js", loading_method="defer", blocking="render")
        # The script asks for it when a reader first wants a Word file.
        word = (files("rolebook") / "exports" / SHELL).read_bytes()
        write_if_changed(static / "rolebook-word.json", word)
        # Likewise, when a vacancy is wanted in the form that another program takes.
        write_if_changed(static / "rolebook-shapes.json", shapes_json().encode("utf-8"))
