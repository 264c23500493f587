"""Variants of two axes that change the same line.

Any variant can be combined with any one of another axis. Where both change a line, the
later axis wins, and what the earlier one wrote is lost. That must be meant: the later
patch names the line in ``:overrides:``. Where one drops a section, it wins whatever its axis,
and says so itself: ``:overrides: all``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from rolebook.catalog import Catalog
from rolebook.diagnostics import Code, Diagnostic, diagnostic_at
from rolebook.model import Item, Origin, Section, Variant

WHOLE = "*"
"""Stands for every item of a section, where a variant drops it."""

EVERYTHING = "all"
"""What a patch that drops a section overrides: whatever other axes say there."""


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
    sections it gives another title or group, and those it adds. ``added`` are the lines it
    writes, in patches and in sections of its own, by section and, where they have none,
    without an id.
    """

    key: str
    items: Mapping[str, Mapping[str, Touch]]
    titles: Mapping[str, Origin]
    sections: Mapping[str, Origin]
    summary: Origin | None
    added: tuple[tuple[str, Item], ...]


def touches(catalog: Catalog, variant: Variant) -> Touches:
    """What a variant changes."""
    items: dict[str, dict[str, Touch]] = {}
    titles: dict[str, Origin] = {}
    sections: dict[str, Origin] = {}
    added: list[tuple[str, Item]] = []
    summary = None
    for entity in catalog.variant_lineage(variant):
        summary = entity.origin if entity.summary else summary
        for block in entity.blocks:
            if isinstance(block, Section):
                sections[block.id] = block.origin
                added += ((block.id, item) for item in block.items)
                continue
            found = items.setdefault(block.section, {})
            if block.drop:
                found[WHOLE] = Touch(block.origin, True, EVERYTHING in block.overrides)
            for id_ in block.remove:
                found[id_] = Touch(block.origin, True, id_ in block.overrides)
            for item in block.items:
                if item.id:
                    found[item.id] = Touch(item.origin, False, item.id in block.overrides)
            added += ((block.section, item) for item in block.items)
            if block.title is not None or block.group is not None:
                titles[block.section] = block.origin
    lines = tuple(line for line in added if _stays(items.get(line[0], {}), line[1]))
    return Touches(variant.key, items, titles, sections, summary, lines)


def _stays(found: Mapping[str, Touch], item: Item) -> bool:
    """Whether a line that a variant adds is not changed again by one that extends it."""
    touch = found.get(item.id) if item.id else None
    return WHOLE not in found and (touch is None or touch.origin == item.origin)


@dataclass(frozen=True, slots=True)
class Clash:
    """A line of a variant that one of another axis changes too: what, and how to mend it."""

    origin: Origin
    does: str
    remedy: str


def clashes(catalog: Catalog, changes: Mapping[str, Touches]) -> Iterator[Diagnostic]:
    """The clashes of any two variants that a role can take together, one for each line.

    ``changes`` are those of each variant, by its key.
    """
    found: dict[Clash, set[str]] = {}
    seen: set[tuple[str, str]] = set()
    for role in catalog.roles.values():
        for earlier, later in meeting(catalog.variants_of(role).values(), seen):
            for clash, other in _compare(changes[earlier.key], changes[later.key]):
                found.setdefault(clash, set()).add(other.key)
    for clash, keys in found.items():
        yield diagnostic_at(
            clash.origin,
            Code.UNDECLARED_OVERRIDE,
            f"{named(keys)} {clash.does} too, and a reader can choose both.",
            clash.remedy,
        )


def meeting(
    variants: Iterable[Variant], seen: set[tuple[str, str]]
) -> Iterator[tuple[Variant, Variant]]:
    """Any two of a role's variants of different axes, in order, that were not ``seen`` before.

    Variants that many roles share meet in each; once is enough. Their keys are added to ``seen``.
    """
    for earlier, later in combinations(variants, 2):
        keys = (earlier.key, later.key)
        if earlier.axis is not later.axis and keys not in seen:
            seen.add(keys)
            yield earlier, later


def named(keys: Iterable[str]) -> str:
    """One or more variants in a message: "'senior'", or "'senior' (and 2 more)"."""
    first, *others = sorted(keys)
    return f"'{first}'{f' (and {len(others)} more)' if others else ''}"


def _compare(before: Touches, after: Touches) -> Iterator[tuple[Clash, Touches]]:
    """Each clash of two variants with the one that it is about, as seen from its line."""
    for section in before.items.keys() & after.items.keys():
        if WHOLE in before.items[section]:
            yield from ((clash, after) for clash in _drop(section, before, after))
        elif WHOLE in after.items[section]:
            yield from ((clash, before) for clash in _drop(section, after, before))
        else:
            lines = _items(section, before.items[section], after.items[section])
            yield from ((clash, before) for clash in lines)
    for section in before.titles.keys() & after.titles.keys():
        does = f"gives the section '{section}' another title or group"
        remedy = "Let only one of the two axes do so."
        yield Clash(after.titles[section], does, remedy), before
    for section in before.sections.keys() & after.sections.keys():
        does = f"adds a section '{section}'"
        yield Clash(after.sections[section], does, "Give this one an id of its own."), before
    if before.summary and after.summary:
        remedy = "Let only one axis write it, and put the rest into a patch."
        yield Clash(after.summary, "writes a summary", remedy), before


def _drop(section: str, dropping: Touches, other: Touches) -> Iterator[Clash]:
    touch = dropping.items[section][WHOLE]
    writes = any(name == section for name, _ in other.added)
    if not touch.declared and (writes or not all(t.removes for t in other.items[section].values())):
        yield Clash(
            touch.origin,
            f"changes the section '{section}'",
            f"If it is to go all the same, add ':overrides: {EVERYTHING}' to the patch;"
            " if not, remove single lines.",
        )


def _items(
    section: str, before: Mapping[str, Touch], after: Mapping[str, Touch]
) -> Iterator[Clash]:
    for id_ in before.keys() & after.keys():
        earlier, later = before[id_], after[id_]
        if not later.declared and not (earlier.removes and later.removes):
            yield Clash(
                later.origin,
                f"{'removes' if earlier.removes else 'changes'} '{id_}' in '{section}'",
                f"If this line is to win, add ':overrides: {id_}' to the patch;"
                " if not, use an id of its own.",
            )
