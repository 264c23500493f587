"""Tables of contents (``toctree``): which of them has a page, or should have it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rolebook.fences import block_parser

_TITLED = re.compile(r".+?\s*<(?P<page>[^<]*)>")
_WILDCARDS = {"**": ".*", "*": "[^/]*", "?": "[^/]"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is to be named: the ``entry`` for it in the page ``file``.

    ``has_toctree`` is whether that page has a table of contents to add to.
    """

    file: str
    entry: str
    has_toctree: bool


def place_for(root: Path, file: str) -> Place | None:
    """Where a new page is to be named; None if a table of contents names it already.

    Of the pages called ``index.md``, the nearest in the page's folder or one around it.
    """
    document = PurePosixPath(file).with_suffix("")
    pages = [folder / "index.md" for folder in document.parents]
    there = [page for page in pages if str(page) != file and (root / page).is_file()]
    for page in there:
        if any(re.fullmatch(pattern, str(document)) for pattern in _named(root, page)):
            return None
    home = there[0] if there else PurePosixPath("index.md")
    entry = document.relative_to(home.parent)
    return Place(str(home), str(entry), any(_toctrees(root, home)))


def _named(root: Path, page: PurePosixPath) -> Iterator[str]:
    """Which documents a page's tables of contents name, as regular expressions."""
    for lines in _toctrees(root, page):
        is_glob = ":glob:" in lines
        for line in lines:
            if line and not line.startswith(":"):
                titled = _TITLED.fullmatch(line)
                entry = (titled["page"] if titled else line).removesuffix(".md")
                # From the page's folder, or with a slash before it from the root.
                name = posixpath.normpath(posixpath.join("/", page.parent, entry)).lstrip("/")
                yield _wild(name) if is_glob and not titled else re.escape(name)


def _wild(name: str) -> str:
    """A name with wildcards, of which only ``**`` goes past a slash, as in Sphinx."""
    pieces = re.split(r"(\*\*|\*|\?)", name)
    return "".join(_WILDCARDS.get(piece) or re.escape(piece) for piece in pieces)


def _toctrees(root: Path, page: PurePosixPath) -> Iterator[list[str]]:
    """The lines of each table of contents of a page."""
    try:
        text = (root / page).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    for token in block_parser().parse(text):
        if token.type in ("fence", "colon_fence") and token.info.strip().startswith("{toctree}"):
            yield [line.strip() for line in token.content.split("\n")]
