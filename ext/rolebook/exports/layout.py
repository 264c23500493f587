"""How a template is laid out as a document, the same way for every textual format.

A template is a row of blocks: its head, then one a section. A block is a row of leaves,
and what stands between two neighbours is a matter of their kinds alone, so that it can be
given as a table (:func:`joins`). The page's script lays out what a reader filled in with
this table and the prepared leaves (``static/fill.js``); ``tests/parity`` holds the cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rolebook.inline import prepare
from rolebook.model import Template, Values
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
class Leaf:
    """A text with its kind, prepared for filling."""

    kind: str
    parts: Parts


@dataclass(frozen=True, slots=True)
class Block:
    """The head of a template (id ``""``) or one of its sections."""

    id: str
    leaves: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A textual format: which prepared text it takes, and what stands around it.

    ``join(a, b)`` is what stands between leaves of two kinds, ``between`` what stands
    between two blocks.
    """

    name: str
    prepared: int
    join: Callable[[str, str], str]
    between: str
    escape: Callable[[str], str]
    escape_blank: Callable[[str], str]


def blocks(template: Template) -> Iterator[Block]:
    """The blocks of a template. Neighbouring sections share a title only shown once."""
    head = [(TITLE, template.title), *((item.kind.value, item.text) for item in template.summary)]
    yield Block("", tuple(head))
    shown = None
    for section in template.sections:
        leaves = [] if section.group and section.title == shown else [(HEADING, section.title)]
        if section.group:
            leaves.append((GROUP, section.group))
        leaves += ((item.kind.value, item.text) for item in section.items)
        shown = section.title
        yield Block(section.id, tuple(leaves))


def prepared(block: Block, layout: Layout) -> tuple[Leaf, ...]:
    """The leaves of a block, prepared for one format."""
    return tuple(Leaf(kind, prepare(text)[layout.prepared]) for kind, text in block.leaves)


def render(template: Template, layout: Layout, values: Values) -> str:
    """The whole template, filled."""
    return layout.between.join(
        render_block(template, prepared(block, layout), layout, values)
        for block in blocks(template)
    )


def render_block(template: Template, leaves: Sequence[Leaf], layout: Layout, values: Values) -> str:
    """One block, filled."""
    blanks: Mapping[str, str] = {
        p.name: layout.escape_blank(blank(p)) for p in template.placeholders
    }
    out: list[str] = []
    previous, number = START, 0
    for leaf in leaves:
        number = number + 1 if leaf.kind == NUMBER else 0
        join = layout.join(previous, leaf.kind)
        out.append(join.replace(COUNTER, str(number)) if leaf.kind == NUMBER else join)
        out.append(fill(leaf.parts, values, layout.escape, blanks.__getitem__))
        previous = leaf.kind
    out.append(layout.join(previous, END))
    return "".join(out)


def joins(template: Template, layout: Layout) -> dict[str, str]:
    """``join`` as a table, for the pairs of kinds that occur in the template."""
    table = {}
    for block in blocks(template):
        kinds = [START, *(kind for kind, _ in block.leaves), END]
        for pair in pairwise(kinds):
            table[f"{pair[0]}>{pair[1]}"] = layout.join(*pair)
    return dict(sorted(table.items()))


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
