"""Variants of two axes that change the same line.

Any variant can be combined with any one of another axis. Where both change a line, the
later axis wins, and what the earlier one wrote is lost. That must be meant: the later
patch names the line in ``:overrides:``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from rolebook.catalog import Catalog
from rolebook.diagnostics import Code, Diagnostic, diagnostic
from rolebook.model import Origin, Section, Variant

WHOLE = "*"
"""Stands for every item of a section, where a variant drops it."""


@dataclass(frozen=True, slots=True)
class Touch:
    """What a variant does to an item: where it says so, and whether it takes it away."""

    origin: Origin
    removes: bool
    declared: bool


@dataclass(frozen=True, slots=True)
class Touches:
    """All that a variant, with those it extends, changes.

    ``items`` are by section and item id, ``titles`` and ``sections`` by section id: the
    sections it gives another title or group, and those it adds.
    """

    items: Mapping[str, Mapping[str, Touch]]
    titles: Mapping[str, Origin]
    sections: Mapping[str, Origin]
    summary: Origin | None


def touches(catalog: Catalog, variant: Variant) -> Touches:
    """What a variant changes."""
    items: dict[str, dict[str, Touch]] = {}
    titles: dict[str, Origin] = {}
    sections: dict[str, Origin] = {}
    summary = None
    for entity in catalog.variant_lineage(variant):
        summary = entity.origin if entity.summary else summary
        for block in entity.blocks:
            if isinstance(block, Section):
                sections[block.id] = block.origin
                continue
            found = items.setdefault(block.section, {})
            for id_ in [WHOLE] if block.drop else block.remove:
                found[id_] = Touch(block.origin, True, id_ in block.overrides)
            for item in block.items:
                if item.id:
                    found[item.id] = Touch(item.origin, False, item.id in block.overrides)
            if block.drop and block.overrides:
                found[WHOLE] = Touch(block.origin, True, True)
            if block.title is not None or block.group is not None:
                titles[block.section] = block.origin
    return Touches(items, titles, sections, summary)


@dataclass(frozen=True, slots=True)
class Clash:
    """A line of a variant that one of an earlier axis changes too: what, and how to mend it."""

    origin: Origin
    does: str
    remedy: str


def clashes(catalog: Catalog) -> Iterator[Diagnostic]:
    """The clashes of any two variants that a role can take together, one for each line."""
    found: dict[Clash, set[str]] = {}
    known: dict[str, Touches] = {}
    seen: set[tuple[str, str]] = set()
    for role in catalog.roles.values():
        variants = [*catalog.variants_of(role).values()]
        for variant in variants:
            if variant.key not in known:
                known[variant.key] = touches(catalog, variant)
        # Variants that many roles share meet in each; once is enough.
        for earlier, later in combinations(variants, 2):
            if earlier.axis is later.axis or (earlier.key, later.key) in seen:
                continue
            seen.add((earlier.key, later.key))
            for clash in _compare(known[earlier.key], known[later.key]):
                found.setdefault(clash, set()).add(earlier.key)
    for clash, keys in found.items():
        first, *others = sorted(keys)
        who = f"'{first}'{f' (and {len(others)} more)' if others else ''}"
        yield diagnostic(
            clash.origin.file,
            clash.origin.line,
            Code.UNDECLARED_OVERRIDE,
            f"{who} {clash.does} too, and a reader can choose both.",
            clash.remedy,
        )


def _compare(before: Touches, after: Touches) -> Iterator[Clash]:
    for section in before.items.keys() & after.items.keys():
        yield from _items(section, before.items[section], after.items[section])
    for section in before.titles.keys() & after.titles.keys():
        yield Clash(
            after.titles[section],
            f"gives the section '{section}' another title or group",
            "Let only one of the two axes do so.",
        )
    for section in before.sections.keys() & after.sections.keys():
        yield Clash(
            after.sections[section],
            f"adds a section '{section}'",
            "Give this one an id of its own.",
        )
    if before.summary and after.summary:
        yield Clash(
            after.summary,
            "writes a summary",
            "Let only one axis write it, and put the rest into a patch.",
        )


def _items(
    section: str, before: Mapping[str, Touch], after: Mapping[str, Touch]
) -> Iterator[Clash]:
    for id_, touch in after.items():
        others = before if id_ == WHOLE else {i: before[i] for i in (id_, WHOLE) if i in before}
        if touch.declared or all(other.removes and touch.removes for other in others.values()):
            continue
        does = "removes" if all(other.removes for other in others.values()) else "changes"
        what = f"the section '{section}'" if id_ == WHOLE else f"'{id_}' in '{section}'"
        name = next(iter(others)) if id_ == WHOLE else id_
        yield Clash(
            touch.origin,
            f"{does} {what}",
            f"If this line is to win, add ':overrides: {name}' to the patch;"
            " if not, use an id of its own.",
        )
