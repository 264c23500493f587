"""Variants of two axes that fit their roles, and do not fit each other.

Each variant is checked alone with its role; a reader can choose one of every axis. What two
do to each other is worked out from what each of them changes. Three or more that fail only
together are not found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import combinations

from rolebook.catalog import Catalog
from rolebook.clashes import WHOLE, Touches, meeting, named
from rolebook.compose import compose
from rolebook.diagnostics import Code, Diagnostic, diagnostic_at
from rolebook.model import Axis, Item, Origin, Placeholder, Role, Section, Template, Variant
from rolebook.placeholders import fold, uses

Templates = Mapping[tuple[Axis, str], Template]
"""A role's templates with one variant each."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a line beside other variants: ``message`` has ``{who}`` for them."""

    origin: Origin
    code: Code
    message: str
    remedy: str


Found = tuple[Slip, Variant]
"""A slip, and the variant of another axis beside which it is one."""


class Pairs:
    """Gathers the slips of a handbook's roles, each once, whichever roles have it.

    Variants in one of the ``faulty`` files are passed over: not all of their lines are known.
    ``changes`` are those of each variant, by its key.
    """

    def __init__(self, catalog: Catalog, faulty: Set[str], changes: Mapping[str, Touches]) -> None:
        self._catalog = catalog
        self._faulty = faulty
        self._changes = changes
        # Lines by their words, in which case and spaces make no difference.
        self._written: dict[str, dict[str, tuple[str, Item]]] = {
            key: {fold(item.text).casefold(): (section, item) for section, item in found.added}
            for key, found in changes.items()
        }
        self._declared: dict[str, dict[str, Placeholder]] = {
            key: {p.name: p for each in catalog.variant_lineage(variant) for p in each.placeholders}
            for key, variant in catalog.variants.items()
        }
        self._seen: set[tuple[str, str]] = set()
        self._found: dict[tuple[Origin, Code, str], tuple[Slip, set[str]]] = {}

    def add(self, role: Role, plain: Template, composed: Templates) -> None:
        """Compare the variants of a role; ``plain`` is its template without any."""
        variants = [v for v in self._catalog.variants_of(role).values() if self._is_sound(v)]
        for earlier, later in meeting(variants, self._seen):
            self._note(self._declarations(earlier, later))
            self._note(self._words(earlier, later))
        self._note(self._emptied(role, plain, variants))
        self._note(self._lost(role, plain, variants, composed))

    def findings(self) -> Iterator[Diagnostic]:
        """A finding for each slip, which names one of the variants."""
        for slip, keys in self._found.values():
            yield diagnostic_at(
                slip.origin,
                slip.code,
                slip.message.replace("{who}", named(keys)),
                slip.remedy,
            )

    def _note(self, found: Iterator[Found]) -> None:
        for slip, other in found:
            # The message may name the first role of many.
            key = (slip.origin, slip.code, slip.remedy)
            self._found.setdefault(key, (slip, set()))[1].add(other.key)

    def _is_sound(self, variant: Variant) -> bool:
        lineage = self._catalog.variant_lineage(variant)
        return not any(entity.origin.file in self._faulty for entity in lineage)

    def _declarations(self, earlier: Variant, later: Variant) -> Iterator[Found]:
        before, after = self._declared[earlier.key], self._declared[later.key]
        for name in before.keys() & after.keys():
            if replace(before[name], origin=after[name].origin) != after[name]:
                yield (
                    Slip(
                        after[name].origin,
                        Code.DECLARATIONS_DIFFER,
                        f"{{who}} declares '{name}' differently, and a reader can choose both.",
                        f"Declare '{name}' once, on a page without role or variant, or give it"
                        " another name here.",
                    ),
                    earlier,
                )

    def _words(self, earlier: Variant, later: Variant) -> Iterator[Found]:
        before, after = self._written[earlier.key], self._written[later.key]
        for words in before.keys() & after.keys():
            (section, item), (_, same) = before[words], after[words]
            if _takes(self._changes[later.key], section, item):
                continue
            yield (
                Slip(
                    same.origin,
                    Code.DOUBLED_LINE,
                    f"{{who}} adds a line with the same words to '{section}', and a reader can"
                    " choose both.",
                    "Keep it in one of them, or write it into the roles.",
                ),
                earlier,
            )

    def _emptied(self, role: Role, plain: Template, variants: list[Variant]) -> Iterator[Found]:
        for section in plain.sections:
            removing = [v for v in variants if self._removal(v, section)]
            for earlier, later in combinations(removing, 2):
                one, other = self._changes[earlier.key], self._changes[later.key]
                alone = _is_empty(section, one) or _is_empty(section, other)
                if earlier.axis is later.axis or alone or not _is_empty(section, one, other):
                    continue
                origin = self._removal(later, section)
                assert origin
                yield (
                    Slip(
                        origin,
                        Code.EMPTY_SECTION,
                        f"Together with {{who}}, this patch leaves the section '{section.id}' of"
                        f" '{role.id}' without items.",
                        f"Let one of them keep an item of '{section.id}' or add one.",
                    ),
                    earlier,
                )

    def _removal(self, variant: Variant, section: Section) -> Origin | None:
        """Where a variant takes single items out of a section."""
        found = self._changes[variant.key].items.get(section.id, {})
        if WHOLE in found:
            return None
        return next((touch.origin for touch in found.values() if touch.removes), None)

    def _lost(
        self, role: Role, plain: Template, variants: list[Variant], composed: Templates
    ) -> Iterator[Found]:
        """Required placeholders whose last line a variant of another axis takes out."""
        places = [v for v in variants if v.axis is Axis.JURISDICTION]
        had = _names(plain)
        for variant in variants:
            if variant.axis is Axis.JURISDICTION:
                continue
            gone = had - _names(composed[variant.axis, variant.id])
            dropped = {s for s, items in self._changes[variant.key].items.items() if WHOLE in items}
            for place in places:
                rules = self._catalog.rules_of(place)
                patched = dropped & self._changes[place.key].items.keys()
                wanted = {*(rules.requires if rules else ())}
                wanted &= _names(composed[place.axis, place.id])
                if not wanted or not (patched or wanted & gone):
                    continue
                chosen = {variant.axis: variant.id, place.axis: place.id}
                for name in wanted - _names(compose(self._catalog, role.id, chosen)):
                    origin = self._last_line(variant, composed[place.axis, place.id], name)
                    yield (
                        Slip(
                            origin,
                            Code.MISSING_PLACEHOLDER,
                            f"This takes the last line with '{{{{ {name} }}}}' out of"
                            f" '{role.id}', and {{who}} requires it.",
                            f"Keep a line with '{{{{ {name} }}}}'.",
                        ),
                        place,
                    )

    def _last_line(self, variant: Variant, template: Template, name: str) -> Origin:
        """Where a variant takes out or rewrites a line that has a placeholder."""
        for section in template.sections:
            found = self._changes[variant.key].items.get(section.id, {})
            for item in section.items:
                if item.id and any(use.name == name for use in uses(item.text)):
                    touch = found.get(WHOLE) or found.get(item.id)
                    if touch:
                        return touch.origin
        return variant.origin


def _names(template: Template) -> set[str]:
    return {placeholder.name for placeholder in template.placeholders}


def _takes(after: Touches, section: str, item: Item) -> bool:
    """Whether a variant takes out or rewrites a line that an earlier one adds."""
    found = after.items.get(section, {})
    return WHOLE in found or item.id in found


def _is_empty(section: Section, *parts: Touches) -> bool:
    """Whether nothing is left of a section when variants are applied in turn."""
    there = {item.id: True for item in section.items}
    for part in parts:
        there |= {item.id: True for id_, item in part.added if id_ == section.id}
        found = part.items.get(section.id, {})
        there |= {id_: not touch.removes for id_, touch in found.items()}
    return not any(there.values())
