"""What a filled description says, in pieces that other programs have a place for.

``static/shapes.js`` has the same under ``shapeFacts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any

from rolebook.exports.layout import (
    BULLET,
    GROUP,
    HEADING,
    HTML,
    NUMBER,
    TEXT,
    Block,
    Description,
    Layout,
)
from rolebook.model import Axis
from rolebook.placeholders import escape_html
from rolebook.vacancy import Readings

Facts = Mapping[str, Any]


def facts_of(description: Description, readings: Readings) -> Facts:
    """What a tree can name; nothing in it is empty.

    Each detail of :data:`rolebook.details.DETAILS` by its id, an amount of pay also with
    ``-cents``; ``title``; ``level``, the variant on that axis; of the text, with ``-html``
    and ``-text``, the ``content`` without the title, its ``opening`` before the first section,
    the ``body`` before the first list and the ``closing`` behind the last;
    ``content-html-escaped``. ``lists`` are the sections between body and closing (``heading``,
    ``group``, ``lines-html``), ``lines`` the lines of all sections (``kind``, ``text``).
    """
    template = description.document.template
    title, *rest = description.document.blocks[0].leaves
    head, sections = Block("", tuple(rest)), description.document.blocks[1:]
    body = tuple(takewhile(_is_plain, sections))
    closing = tuple(takewhile(_is_plain, reversed(sections[len(body) :])))[::-1]
    facts: dict[str, Any] = {
        "title": description.render_leaf(title, TEXT),
        "level": _capitalised(dict(template.variants).get(Axis.LEVEL, "")),
    }
    parts = {
        "opening": (head,),
        "body": body,
        "closing": closing,
        "content": (head, *sections),
    }
    for name, blocks in parts.items():
        for layout in (HTML, TEXT):
            facts[f"{name}-{layout.name}"] = _rendered(description, blocks, layout)
    facts["content-html-escaped"] = escape_html(facts["content-html"])
    for id_, reading in readings.items():
        if isinstance(reading.value, int):
            facts[f"{id_}-cents"] = reading.value
            facts[id_] = reading.value / 100 if reading.value % 100 else reading.value // 100
        else:
            facts[id_] = reading.value
    facts = {name: value for name, value in facts.items() if value not in ("", None)}
    facts["lists"] = [*_lists(description, len(body), len(sections) - len(closing))]
    facts["lines"] = [
        {"kind": section.kind.value, "text": description.render_leaf(leaf, TEXT)}
        for section, block in zip(template.sections, sections, strict=True)
        for leaf in block.leaves
        if leaf.kind not in (HEADING, GROUP)
    ]
    return facts


def _is_plain(block: Block) -> bool:
    return not any(leaf.kind in (BULLET, NUMBER) for leaf in block.leaves)


def _capitalised(id_: str) -> str:
    return id_[:1].upper() + id_[1:].replace("-", " ")


def _rendered(description: Description, blocks: Iterable[Block], layout: Layout) -> str:
    texts = (description.render_block(block, layout) for block in blocks if block.leaves)
    return layout.between.join(texts).removesuffix("\n")


def _lists(description: Description, start: int, end: int) -> Iterator[dict[str, Any]]:
    """Sections as lists; every line is an entry, so that none is lost."""
    heading = ""
    for place, block in enumerate(description.document.blocks[1:]):
        entry: dict[str, Any] = {}
        lines = []
        for leaf in block.leaves:
            if leaf.kind == HEADING:
                heading = description.render_leaf(leaf, TEXT)
            elif leaf.kind == GROUP:
                entry["group"] = description.render_leaf(leaf, TEXT)
            else:
                lines.append(f"<li>{description.render_leaf(leaf, HTML)}</li>")
        if start <= place < end:
            yield {"heading": heading, **entry, "lines-html": "".join(lines)}
