"""What a filled description says, in pieces that other programs have a place for.

``static/shapes.js`` has the same under ``shapeFacts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from rolebook.exports.layout import (
    BULLET,
    GROUP,
    HEADING,
    HTML,
    TEXT,
    Block,
    Description,
    Layout,
    Leaf,
)
from rolebook.model import Axis, Section, SectionKind
from rolebook.names import words_of
from rolebook.placeholders import escape_html
from rolebook.vacancy import Readings, legible

Facts = Mapping[str, Any]

_Unit = list[tuple[Section, Block]]
"""The sections under one heading."""

LISTED = frozenset(
    {
        SectionKind.RESPONSIBILITIES,
        SectionKind.REQUIREMENTS,
        SectionKind.NICE_TO_HAVE,
        SectionKind.SKILLS,
        SectionKind.EDUCATION,
        SectionKind.PAY,
        SectionKind.BENEFITS,
    }
)
"""Kinds of sections that other systems keep as lists, if all their lines are bullets."""


def facts_of(description: Description, readings: Readings) -> Facts:
    """What a tree can name; nothing in it is empty.

    Each detail of :data:`rolebook.details.DETAILS` by its id, with ``-words`` as people write
    it, with ``-unsaid`` the same where the text does not say it, an amount of pay also with
    ``-cents``; ``title``; ``level``, the variant on that axis. Of the text, with ``-html`` and
    ``-text``: the ``content`` without the title, its ``opening`` before the first section, the
    ``body`` before the first list and the ``closing``, all behind it that is no list; and
    ``content-html-escaped``. ``lists`` are the sections that are lists (``heading``,
    ``group``, ``lines-html``), ``lines`` the lines of all sections (``kind``, ``heading``,
    ``text``).
    """
    document = description.document
    template = document.template
    title, *rest = document.blocks[0].leaves
    head, sections = Block("", tuple(rest)), document.blocks[1:]
    units = _units(zip(template.sections, sections, strict=True))
    before = [*takewhile(lambda unit: not _is_list(unit), units)]
    behind = [unit for unit in units[len(before) :] if not _is_list(unit)]
    facts: dict[str, Any] = {
        "title": description.render_leaf(title, TEXT),
        "level": words_of(dict(template.variants).get(Axis.LEVEL, "")),
    }
    parts = {
        "opening": (head,),
        "body": [block for unit in before for _, block in unit],
        "closing": [block for unit in behind for _, block in unit],
        "content": (head, *sections),
    }
    for name, blocks in parts.items():
        for layout in (HTML, TEXT):
            facts[f"{name}-{layout.name}"] = _rendered(description, blocks, layout)
    facts["content-html-escaped"] = escape_html(facts["content-html"])
    for id_, reading in readings.items():
        facts[id_] = reading.value
        facts[f"{id_}-words"] = legible(reading)
        facts[f"{id_}-unsaid"] = "" if reading.shown else legible(reading)
        if isinstance(reading.value, int):
            facts[f"{id_}-cents"] = reading.value
            facts[id_] = reading.value / 100 if reading.value % 100 else reading.value // 100
    facts = {name: value for name, value in facts.items() if value not in ("", None)}
    facts["lists"] = [
        entry for unit in units if _is_list(unit) for entry in _lists(description, unit)
    ]
    facts["lines"] = [entry for unit in units for entry in _lines(description, unit)]
    return facts


def _units(sections: Iterable[tuple[Section, Block]]) -> list[_Unit]:
    units: list[_Unit] = []
    for section, block in sections:
        if block.leaves[0].kind == HEADING:
            units.append([])
        units[-1].append((section, block))
    return units


def _is_list(unit: _Unit) -> bool:
    """Sections under one heading stay together, so one that is no list keeps the others from it."""
    return all(
        section.kind in LISTED and {leaf.kind for leaf in _below_headings(block)} == {BULLET}
        for section, block in unit
    )


def _below_headings(block: Block) -> Sequence[Leaf]:
    return [leaf for leaf in block.leaves if leaf.kind not in (HEADING, GROUP)]


def _rendered(description: Description, blocks: Iterable[Block], layout: Layout) -> str:
    texts = (description.render_block(block, layout) for block in blocks if block.leaves)
    return layout.between.join(texts).removesuffix("\n")


def _heading(description: Description, unit: _Unit) -> str:
    return description.render_leaf(unit[0][1].leaves[0], TEXT)


def _lists(description: Description, unit: _Unit) -> Iterator[dict[str, Any]]:
    for _, block in unit:
        entry = {"heading": _heading(description, unit)}
        for leaf in block.leaves:
            if leaf.kind == GROUP:
                entry["group"] = description.render_leaf(leaf, TEXT)
        lines = (description.render_leaf(leaf, HTML) for leaf in _below_headings(block))
        yield {**entry, "lines-html": "".join(f"<li>{line}</li>" for line in lines)}


def _lines(description: Description, unit: _Unit) -> Iterator[dict[str, Any]]:
    heading = _heading(description, unit)
    for section, block in unit:
        for leaf in _below_headings(block):
            text = description.render_leaf(leaf, TEXT)
            yield {"kind": section.kind.value, "heading": heading, "text": text}
