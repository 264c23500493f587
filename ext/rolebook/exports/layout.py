"""How a template is laid out as a document, the same way for every textual format.

A template is a row of blocks: its head, then one a section. A block is a row of leaves,
and what stands between two neighbours is a matter of their kinds alone, so that it can be
given as a table (:func:`join_table`). The page's script lays out what a reader filled in with
this table and the prepared leaves (``static/fill.js``); ``tests/parity`` holds the cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rolebook.inline import prepare
from rolebook.model import Item, Template, Values
from rolebook.placeholders import (
    Parts,
    blank,
    escape_html,
    escape_markdown,
    escape_text,
    fill,
)

START, END = "start", "end"
TITLE, HEADING, GROUP = "title", "heading", "group"
PARAGRAPH, BULLET, NUMBER = "paragraph", "bullet", "number"
LEAVES = (TITLE, HEADING, GROUP, PARAGRAPH, BULLET, NUMBER)

COUNTER = "#"
"""Stands, in what comes before a numbered item, for its number in its list."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A textual format: which prepared text it takes, and what stands around it.

    ``join(a, b)`` is what stands between leaves of two kinds, ``between`` what stands
    between two blocks. ``place`` is the format's place in what
    :func:`rolebook.inline.prepare` returns.
    """

    name: str
    place: int
    join: Callable[[str, str], str]
    between: str
    escape: Callable[[str], str]
    escape_blank: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text with its kind, prepared for each layout."""

    kind: str
    prepared: tuple[Parts, Parts, Parts]


@dataclass(frozen=True, slots=True)
class Block:
    """The head of a template (id ``""``) or one of its sections."""

    id: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A template laid out: made once, rendered in any layout with any values."""

    template: Template
    blocks: tuple[Block, ...]


class Description:
    """A document filled in: the finished job description, rendered once a layout."""

    def __init__(self, document: Document, values: Values) -> None:
        self.document = document
        self.values = values
        self._rendered: dict[str, str] = {}
        self._blanks: dict[str, dict[str, str]] = {}

    def render(self, layout: Layout) -> str:
        """The whole description in a layout."""
        if layout.name not in self._rendered:
            blocks = (self.render_block(block, layout) for block in self.document.blocks)
            self._rendered[layout.name] = layout.between.join(blocks)
        return self._rendered[layout.name]

    def render_block(self, block: Block, layout: Layout) -> str:
        """One block of it."""
        out: list[str] = []
        previous, number = START, 0
        for leaf in block.leaves:
            number = number + 1 if leaf.kind == NUMBER else 0
            join = layout.join(previous, leaf.kind)
            out.append(join.replace(COUNTER, str(number)) if leaf.kind == NUMBER else join)
            out.append(self.render_leaf(leaf, layout))
            previous = leaf.kind
        out.append(layout.join(previous, END))
        return "".join(out)

    def render_leaf(self, leaf: Leaf, layout: Layout) -> str:
        """One leaf of a block, without what stands around it."""
        if layout.name not in self._blanks:
            placeholders = self.document.template.placeholders
            self._blanks[layout.name] = {
                p.name: layout.escape_blank(blank(p)) for p in placeholders
            }
        blanks = self._blanks[layout.name]
        return fill(leaf.prepared[layout.place], self.values, layout.escape, blanks.__getitem__)


def lay_out(template: Template) -> Document:
    """The blocks of a template. Neighbouring sections show a common title once."""
    blocks = [_block("", [(TITLE, template.title), *_lines(template.summary)])]
    shown = None
    for section in template.sections:
        leaves = [] if section.group and section.title == shown else [(HEADING, section.title)]
        if section.group:
            leaves.append((GROUP, section.group))
        shown = section.title
        blocks.append(_block(section.id, [*leaves, *_lines(section.items)]))
    return Document(template, tuple(blocks))


def _lines(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    return ((item.kind.value, item.text) for item in items)


def _block(id_: str, leaves: Iterable[tuple[str, str]]) -> Block:
    return Block(id_, tuple(Leaf(kind, prepare(text)) for kind, text in leaves))


def _markdown_join(previous: str, following: str) -> str:
    opening = {
        TITLE: "# ",
        HEADING: "## ",
        GROUP: "### ",
        BULLET: "- ",
        NUMBER: f"{COUNTER}. ",
    }.get(following, "")
    if previous == START:
        return opening
    if following == END:
        return "\n"
    same_list = previous == following and following in (BULLET, NUMBER)
    return ("\n" if same_list else "\n\n") + opening


def _text_join(previous: str, following: str) -> str:
    opening = {BULLET: "- ", NUMBER: f"{COUNTER}. "}.get(following, "")
    if previous == START:
        return opening
    if following == END:
        return "\n"
    same_list = previous == following and following in (BULLET, NUMBER)
    close = same_list or (previous in (HEADING, GROUP) and following != GROUP)
    return ("\n" if close else "\n\n") + opening


_TAGS = {TITLE: "h1", HEADING: "h2", GROUP: "h3", PARAGRAPH: "p", BULLET: "li", NUMBER: "li"}
_LISTS = {BULLET: "ul", NUMBER: "ol"}


def _html_join(previous: str, following: str) -> str:
    out = f"</{_TAGS[previous]}>\n" if previous in _TAGS else ""
    if previous != following:
        out += f"</{_LISTS[previous]}>\n" if previous in _LISTS else ""
        out += f"<{_LISTS[following]}>\n" if following in _LISTS else ""
    return out + (f"<{_TAGS[following]}>" if following in _TAGS else "")


MARKDOWN = Layout("markdown", 0, _markdown_join, "\n", escape_markdown, escape_text)
TEXT = Layout("text", 1, _text_join, "\n", escape_text, escape_text)
HTML = Layout("html", 2, _html_join, "", escape_html, escape_html)
LAYOUTS = (MARKDOWN, TEXT, HTML)


def join_table(layout: Layout) -> dict[str, str]:
    """``layout.join`` as a table, by ``previous>following``."""
    return {
        f"{previous}>{following}": layout.join(previous, following)
        for previous in (START, *LEAVES)
        for following in (*LEAVES, END)
    }
