"""What one template changes against another: headings, lines, and their order.

``static/changes.js`` mirrors this module; ``tests/parity`` holds the cases both must agree on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rolebook.model import Item, Section, Template

Part = Item | Section
"""What a template is made of: a line, or a section for its heading."""


class ChangeKind(StrEnum):
    """What happened to a line or to the heading of a section."""

    ADDED = "added"
    REPLACED = "replaced"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One line that is not as it was; or one heading, where the parts are sections.

    ``section`` is None for the summary, else the section of the other template, or of the
    base where the other has none. A part that is added has no ``before``, one that is
    removed no ``after``. A part with other words is replaced, wherever it stands now.
    """

    kind: ChangeKind
    section: Section | None
    before: Part | None
    after: Part | None


def compare(base: Template, other: Template) -> tuple[Change, ...]:
    """What ``other`` changes against ``base``, in the order of ``other``.

    What a section has lost follows what it has, and sections that are lost come last. A
    section that is added or removed counts with its heading and with each of its lines.
    That a bullet has become a paragraph of the same words is no change.
    """
    changes = _compare_items(None, base.summary, other.summary)
    rows = find_rows([[section] for section in base.sections], other.sections)
    kept = in_order(rows)
    for place, (row, section) in enumerate(zip(rows, other.sections, strict=True)):
        old = None if row is None else base.sections[row]
        changes += _compare_part(section, old, section, place in kept)
        changes += _compare_items(section, old.items if old else (), section.items)
    for row, section in enumerate(base.sections):
        if row not in rows:
            changes.append(Change(ChangeKind.REMOVED, section, section, None))
            changes += _compare_items(section, section.items, ())
    return tuple(changes)


def _compare_items(
    section: Section | None, before: Sequence[Item], after: Sequence[Item]
) -> list[Change]:
    rows = find_rows([[item] for item in before], after, in_turn=section is None)
    kept = in_order(rows)
    changes = []
    for place, (row, item) in enumerate(zip(rows, after, strict=True)):
        old = None if row is None else before[row]
        changes += _compare_part(section, old, item, place in kept)
    changes += [
        Change(ChangeKind.REMOVED, section, item, None)
        for row, item in enumerate(before)
        if row not in rows
    ]
    return changes


def _compare_part(section: Section | None, old: Part | None, new: Part, kept: bool) -> list[Change]:
    if old is None:
        return [Change(ChangeKind.ADDED, section, None, new)]
    if words(old) != words(new):
        return [Change(ChangeKind.REPLACED, section, old, new)]
    return [] if kept else [Change(ChangeKind.MOVED, section, old, new)]


def words(part: Part) -> str:
    """What a reader sees of a part: a line's text, or a section's title and group."""
    return part.text if isinstance(part, Item) else f"{part.title}\n{part.group or ''}"


def find_rows(
    rows: Sequence[Sequence[Part]], parts: Sequence[Part], *, in_turn: bool = False
) -> list[int | None]:
    """For each part the row, each taken once, in which it stands already: by its id, else words.

    Lines without an id are known by their words only. Two roles may have named the same
    line differently, so an id that is in no row does not make a line another. With
    ``in_turn``, parts that are left over take the rows that are: a variant's summary stands
    in for its role's as a whole.
    """
    free = list(range(len(rows)))
    found: list[int | None] = [None] * len(parts)
    for same in (_same_id, _same_words):
        for place, part in enumerate(parts):
            if found[place] is None:
                row = next((r for r in free if any(same(part, other) for other in rows[r])), None)
                if row is not None:
                    found[place] = row
                    free.remove(row)
    if in_turn:
        found = [free.pop(0) if row is None and free else row for row in found]
    return found


def _same_id(one: Part, other: Part) -> bool:
    return one.id is not None and one.id == other.id


def _same_words(one: Part, other: Part) -> bool:
    return words(one) == words(other)


def in_order(rows: Sequence[int | None]) -> set[int]:
    """The places of the longest rising run of rows: the other parts that have one were moved."""
    longest: list[tuple[int, ...]] = []
    for place, row in enumerate(rows):
        before: tuple[int, ...] = ()
        for run in longest:
            last = rows[run[-1]] if run else None
            if row is not None and last is not None and last < row and len(run) > len(before):
                before = run
        longest.append(() if row is None else (*before, place))
    return {*max(longest, key=len)} if longest else set()
