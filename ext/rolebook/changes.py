"""What one template changes against another, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rolebook.model import Item, Section, Template


class ChangeKind(StrEnum):
    """What happened to a line."""

    ADDED = "added"
    REPLACED = "replaced"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One changed line. ``section`` is None for the summary; ``before`` or ``after`` may be."""

    kind: ChangeKind
    section: Section | None
    before: Item | None
    after: Item | None


def compare(base: Template, other: Template) -> tuple[Change, ...]:
    """What ``other`` changes against ``base``, in the order of ``other``, removals last."""
    changes = _items(None, base.summary, other.summary)
    before = {section.id: section for section in base.sections}
    after = {section.id for section in other.sections}
    for section in other.sections:
        old = before.get(section.id)
        changes += _items(section, old.items if old else (), section.items)
    for section in base.sections:
        if section.id not in after:
            changes += _items(section, section.items, ())
    return tuple(changes)


def _items(section: Section | None, before: Sequence[Item], after: Sequence[Item]) -> list[Change]:
    # An item without an id is the same only if its words are.
    old = {item.id or item.text: item for item in before}
    new = {item.id or item.text for item in after}
    changes = []
    for item in after:
        known = old.get(item.id or item.text)
        if known is None:
            changes.append(Change(ChangeKind.ADDED, section, None, item))
        elif known.text != item.text:
            changes.append(Change(ChangeKind.REPLACED, section, known, item))
    changes += [
        Change(ChangeKind.REMOVED, section, item, None)
        for item in before
        if (item.id or item.text) not in new
    ]
    return changes
