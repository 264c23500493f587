"""The handbook that the examples of a page make up, built; and what it shows, in the page.

The pages of this manual show notation and, below it, what a build makes of it. That is built
apart: the roles of the examples are none of the manual's own.
"""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from markdown_it import MarkdownIt
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

PAGES = ("notation.md",)
"""Those whose examples make up one handbook."""

DAY = "1795219200"
"""The day on which the examples are up to date: 21 November 2026, in seconds since 1970."""

CONF = """from example_handbook import keep

extensions = ["rolebook"]
suppress_warnings = ["toc.not_included"]


def setup(app):
    app.connect("doctree-resolved", keep)
"""

_NAMED_BY = {"#": "ids", ".": "classes"}
"""What the first sign of a part's name says that the rest of it is."""

_FILE = re.compile(r":caption: (?P<path>\S+)\n\n(?P<text>.*)", re.DOTALL)


def files(*pages: Path) -> dict[str, str]:
    """The files that the examples of pages make up: each path's pieces in order."""
    pieces: dict[str, list[str]] = {"conf.py": [CONF]}
    for page in pages:
        for token in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")):
            if token.type == "fence" and (found := _FILE.fullmatch(token.content)):
                pieces.setdefault(found["path"], []).append(found["text"])
    return {path: "\n".join(texts) for path, texts in pieces.items()}


def build(app: Sphinx) -> None:
    """Event ``builder-inited``: build the handbook strictly, and keep its document trees."""
    shutil.rmtree(_folder(app), ignore_errors=True)
    source = _folder(app) / "source"
    for path, text in files(*(Path(app.srcdir, page) for page in PAGES)).items():
        file = source / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-b", "dummy"]
    search = [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [*command, "-d", str(source.with_name("doctrees")), str(source), str(_folder(app) / "out")],
        env={**os.environ, "SOURCE_DATE_EPOCH": DAY, "PYTHONPATH": os.pathsep.join(search)},
        check=False,
        encoding="utf-8",
        stderr=subprocess.PIPE,
    )
    if done.returncode:
        raise ExtensionError(f"The examples of the manual do not build:\n{done.stderr}")


def keep(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Event ``doctree-resolved``, in the build of the examples: keep what a page shows."""
    file = _kept(Path(app.outdir), docname)
    file.parent.mkdir(parents=True, exist_ok=True)
    # Without the document, which holds what cannot be pickled.
    file.write_bytes(pickle.dumps([child.deepcopy() for child in doctree.children]))


def _folder(app: Sphinx) -> Path:
    return Path(app.doctreedir, "example-handbook")


def _kept(out: Path, docname: str) -> Path:
    return out / f"{docname}.pickle"


class Result(SphinxDirective):
    """What a page of the handbook shows of those parts that the content names.

    A part is named by its id, as in ``#requirements``, or by a class, as in ``.rb-notes``.
    A name that no part has is an error, and so is naming none.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """A frame with copies of the parts."""
        docname = self.arguments[0]
        file = _kept(_folder(self.env.app) / "out", docname)
        if not file.is_file():
            raise self.error(f"The examples have no page '{docname}'.")
        page = nodes.container("", *pickle.loads(file.read_bytes()))
        shown = nodes.container("", classes=["result"])
        names = " ".join(self.content).split()
        if not names:
            raise self.error("Name a part of the page, such as '#requirements' or '.rb-notes'.")
        for name in names:
            if name[0] not in _NAMED_BY:
                raise self.error(f"'{name}' is no part: write '#{name}' for an id, or '.{name}'.")
            parts = [*_parts(page, name)]
            if not parts:
                raise self.error(f"The page '{docname}' of the examples has no '{name}'.")
            shown += parts
        self._settle(shown)
        return [shown]

    def _settle(self, shown: nodes.Element) -> None:
        """Give ids of its own to what is copied, and make its links plain: they lead elsewhere."""
        prefix = f"result-{self.env.new_serialno('result')}"
        for node in [*shown.findall(nodes.Element)]:
            if isinstance(node, nodes.reference) and not node.get("refuri", "").startswith("http"):
                node.replace_self(nodes.inline("", "", *node.children, classes=["result-link"]))
                continue
            if isinstance(node, nodes.target | nodes.Invisible | addnodes.toctree):
                node.parent.remove(node)
                continue
            node["ids"] = [f"{prefix}-{id_}" for id_ in node["ids"][:1]]
            node["names"], node["backrefs"] = [], []
            if isinstance(node, nodes.compound):
                # The extension gives compounds what a web page alone has, such as downloads.
                frame = nodes.container("", *node.children, classes=node["classes"])
                frame["ids"] = node["ids"]
                node.replace_self(frame)


def _parts(page: nodes.Element, name: str) -> Iterator[nodes.Node]:
    """Copies of the parts of a name, each in the frame that it has on its page."""
    key = _NAMED_BY[name[0]]
    for node in page.findall(nodes.Element):
        if name[1:] not in node.get(key, ()):
            continue
        # The heading of a box stands for the box.
        part = node.parent if isinstance(node, nodes.rubric) else node
        copy: nodes.Element = part.deepcopy()
        above = part.parent
        while above is not None:
            frame = {"rb-template", "rb-panel"} & {*above["classes"]}
            if frame:
                copy = nodes.container("", copy, classes=[*frame])
            above = above.parent
        yield copy


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, and build what it shows before any page is read."""
    app.add_directive("result", Result)
    app.connect("builder-inited", build)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
