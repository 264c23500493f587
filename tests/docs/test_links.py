"""Links lead somewhere: those inside, as a strict build finds, and those outside by their form.

A strict build of the handbook is in tests/build. Nothing here asks the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from manual import DOCS, Command, run
from markdown_it import MarkdownIt

ROOT = DOCS.parent
PAGES = [
    path.relative_to(ROOT).as_posix()
    for folder in (ROOT / "content", DOCS)
    for path in sorted(folder.rglob("*.md"))
]
TRACKING = re.compile(r"utm_\w+|mtm_\w+|pk_\w+|[a-z]*clid|mc_[ce]id|igshid|ref_src|trk|_hs\w+")


def fault(address: str) -> str | None:
    """What is wrong with the form of an address; nothing with one inside."""
    parts = urlsplit(address)
    if not (parts.scheme or parts.netloc):
        return None
    if parts.scheme not in ("https", "http"):
        return "neither https nor http"
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", parts.hostname or ""):
        return "no host with a dot"
    if re.search(r"\s", address):
        return "a space"
    if any(address.count(left) != address.count(right) for left, right in ("()", "[]")):
        return "brackets that do not match"
    tracked = [name for name, _ in parse_qsl(parts.query) if TRACKING.fullmatch(name)]
    return f"tracking by {', '.join(tracked)}" if tracked else None


def as_written(url: str) -> str:
    return url


def faults(text: str) -> Iterator[tuple[int, str]]:
    """Line and message of each link that is malformed, so that it may not even be one."""
    markdown = MarkdownIt("commonmark").enable("table")
    markdown.normalizeLink = as_written  # type: ignore[method-assign]
    for block in markdown.parse(text):
        line = block.map[0] + 1 if block.map else 0
        for token in block.children or ():
            address = str(token.attrs.get("href", ""))
            if found := fault(address):
                yield line, f"{address}: {found}"
            if token.type == "text" and "](" in token.content:
                yield line, f"{token.content}: not a link"
            line += token.type in ("softbreak", "hardbreak")


@pytest.mark.parametrize("page", PAGES)
def test_links_to_the_outside_are_well_formed(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [f"{page}:{line}: {found}" for line, found in faults(text)] == []


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("[a](https://example.org/a_(b)?c=d#e)", None),
        ("[a](http://example.org), <https://example.org/>", None),
        ("[a](b.md#c), [](#d), `[a](b c)`", None),
        ("[a](ftp://example.org/)", "neither https nor http"),
        ("[a](//example.org/)", "neither https nor http"),
        ("[a](mailto:a@example.org)", "neither https nor http"),
        ("[a](https://localhost/)", "no host with a dot"),
        ("[a](https:///b)", "no host with a dot"),
        ("[a](https://example.org./)", "no host with a dot"),
        ("[a](<https://example.org/a b>)", "a space"),
        ("[a](https://example.org/a b)", "not a link"),
        ("[a](https://example.org/a(b)", "not a link"),
        ("[a](<https://example.org/a(b>)", "brackets that do not match"),
        ("[a](https://example.org/?q=1&utm_source=b)", "tracking by utm_source"),
        ("[a](https://example.org/?gclid=1&fbclid=2)", "tracking by gclid, fbclid"),
    ],
)
def test_what_is_wrong_with_a_link_is_told_with_its_line(link: str, message: str | None) -> None:
    for before in ("One line\nand ", "- Item\n- Text ", "| a | b |\n| - | - |\n| c | "):
        told = [(line, said.endswith(str(message))) for line, said in faults(f"{before}{link}\n")]
        assert told == ([(before.count("\n") + 1, True)] if message else [])


def test_links_inside_the_manual_lead_to_something(tmp_path: Path) -> None:
    done = run(
        Command(f"sphinx-build -q -n -W --keep-going -b dummy '{DOCS}' '{tmp_path}'", ""), DOCS
    )
    assert done.returncode == 0, done.stdout
