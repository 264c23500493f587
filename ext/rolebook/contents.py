"""Tables of contents (``toctree``): which of them has a page, or should have it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rolebook.fences import block_parser


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
        for pattern in _entries(root, page):
            if document.match(str(page.parent / pattern)):
                return None
    home = there[0] if there else PurePosixPath("index.md")
    entry = document.relative_to(home.parent)
    return Place(str(home), str(entry), any(_toctrees(root, home)))


def _entries(root: Path, page: PurePosixPath) -> Iterator[str]:
    """What a page's tables of contents name, from its folder; patterns only where they hold."""
    for lines in _toctrees(root, page):
        is_glob = ":glob:" in lines
        for line in lines:
            if line and not line.startswith(":") and (is_glob or "*" not in line):
                yield line.removesuffix(".md")


def _toctrees(root: Path, page: PurePosixPath) -> Iterator[list[str]]:
    """The lines of each table of contents of a page."""
    try:
        text = (root / page).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    for token in block_parser().parse(text):
        if token.type in ("fence", "colon_fence") and token.info.strip().startswith("{toctree}"):
            yield [line.strip() for line in token.content.split("\n")]
