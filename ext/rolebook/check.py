"""Rules that need a composed template: do patches, notes and placeholders fit together?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from rolebook.catalog import Catalog
from rolebook.clashes import EVERYTHING, clashes, touches
from rolebook.compose import compose, compose_sections, texts
from rolebook.details import DETAILS
from rolebook.diagnostics import Code, Diagnostic, diagnostic_at, known
from rolebook.duties import check_rules, requirements
from rolebook.interview.faults import kit_faults
from rolebook.model import (
    Axis,
    Chosen,
    Origin,
    Patch,
    Placeholder,
    Role,
    Section,
    Template,
    Variant,
)
from rolebook.pairs import Pairs
from rolebook.placeholders import slug, uses
from rolebook.reviews import check_reviews
from rolebook.skills import skill_findings
from rolebook.strangers import strangers
from rolebook.today import current_day
from rolebook.vacancy import detail_of


def check(catalog: Catalog, today: date | None = None) -> tuple[Diagnostic, ...]:
    """Everything found wrong with a handbook, the catalogue's own findings included.

    ``today`` is the day by which a date lies in the future; by default that of
    :func:`rolebook.today.current_day`, which raises ValueError if nobody can tell it.
    """
    today = current_day() if today is None else today
    changes = {key: touches(catalog, variant) for key, variant in catalog.variants.items()}
    found = {*catalog.diagnostics, *clashes(catalog, changes)}
    faulty = {finding.file for finding in found}
    misread = {finding.file for finding in catalog.diagnostics}
    pairs = Pairs(catalog, misread, changes)
    declared = _declarations(catalog)
    made: dict[Chosen, Template] = {}
    used: dict[str, set[str]] = {}
    takers: dict[str, list[Role]] = {}
    # A variant for many roles is reported for the first role that it does not fit.
    misfits: dict[Origin, str] = {}
    for role in catalog.roles.values():
        *ancestors, _ = catalog.role_lineage(role)
        sections: tuple[Section, ...] = ()
        for ancestor in ancestors:
            sections = compose_sections(sections, ancestor.blocks)
        plain = compose(catalog, role.id)
        known_all = _is_whole(catalog, catalog.role_lineage(role))
        if known_all:
            found.update(_blocks(role, sections, role))
            found.update(_notes(role, plain.sections, role))
        composed_with: dict[tuple[Axis, str], Template] = {}
        for (axis, id_), variant in catalog.variants_of(role).items():
            takers.setdefault(variant.key, []).append(role)
            *ancestors_, _ = catalog.variant_lineage(variant)
            sections = plain.sections
            for parent in ancestors_:
                sections = compose_sections(sections, parent.blocks)
            composed = compose(catalog, role.id, {axis: id_})
            misfit = {
                *_blocks(variant, sections, role),
                *_notes(variant, composed.sections, role),
                *requirements(catalog, variant, composed, role),
            }
            if not known_all or not _is_whole(catalog, catalog.variant_lineage(variant)):
                misfit = set()
            if misfit and misfits.setdefault(variant.origin, role.id) == role.id:
                found |= misfit
            composed_with[axis, id_] = composed
        templates = [plain, *composed_with.values()]
        made |= {template.chosen: template for template in templates}
        alike: set[frozenset[str]] = set()
        for template in templates:
            found.update(_choices(template, catalog))
            found.update(_alike(template, alike, declared))
        used[role.id] = {p.name for template in templates for p in template.placeholders}
        if not any(entity.origin.file in misread for entity in catalog.role_lineage(role)):
            pairs.add(role, plain, composed_with)
    found.update(pairs.findings())
    found.update(kit_faults(catalog, misread))
    for variant in catalog.variants.values():
        lineage = {entity.origin.file for entity in catalog.variant_lineage(variant)}
        if variant.axis is Axis.JURISDICTION and not lineage & faulty:
            found.update(check_rules(catalog, variant, today))
    found.update(check_reviews(catalog.reviews.values(), today))
    found.update(
        skill_findings(catalog, misread, lambda role, choice: made[role, tuple(choice.items())])
    )
    meant: set[str] = set()
    for stranger in strangers(catalog, takers, faulty):
        found.add(stranger.finding)
        meant.add(stranger.meant)
    found.update(_unused(catalog, takers, used, faulty, meant))
    return tuple(sorted(found))


def _is_whole(catalog: Catalog, entities: Iterable[Role | Variant]) -> bool:
    """Whether all that the files of these hold is known, so that what is missing is missing."""
    return not any(entity.origin.file in catalog.lost for entity in entities)


def _blocks(
    entity: Role | Variant, sections: Sequence[Section], role: Role
) -> Iterator[Diagnostic]:
    """What an entity's sections and patches name that is not there."""
    inherited = {section.id for section in sections}
    for block in entity.blocks:
        there = {section.id: section for section in sections}
        if isinstance(block, Section):
            if block.id in inherited:
                yield diagnostic_at(
                    block.origin,
                    Code.DUPLICATE_ID,
                    f"The role '{role.id}' has a section '{block.id}' already.",
                    f"Change it with '{{job:patch}} {block.id}', or choose another id.",
                )
            if block.after is not None and block.after not in there:
                yield _unknown_section(block.origin, block.after, role, there)
        elif block.section not in there:
            yield _unknown_section(block.origin, block.section, role, there)
        else:
            yield from _patch(block, there[block.section], role)
        sections = compose_sections(sections, [block])


def _patch(patch: Patch, section: Section, role: Role) -> Iterator[Diagnostic]:
    ids = [item.id for item in section.items if item.id]
    named = [*patch.remove, *([patch.after] if patch.after else [])]
    for id_ in named:
        if id_ not in ids:
            yield diagnostic_at(
                patch.origin,
                Code.UNKNOWN_ITEM,
                f"The section '{section.id}' of '{role.id}' has no item '{id_}'.",
                known(id_, ids, "item"),
            )
    changed = {*patch.remove, *(item.id for item in patch.items if item.id)}
    if patch.drop and patch.overrides not in ((), (EVERYTHING,)):
        yield diagnostic_at(
            patch.origin,
            Code.UNKNOWN_ITEM,
            f"This patch drops the section '{section.id}', and overrides single items of it.",
            f"Write ':overrides: {EVERYTHING}'.",
        )
    for id_ in patch.overrides:
        if id_ not in changed and not patch.drop:
            yield diagnostic_at(
                patch.origin,
                Code.UNKNOWN_ITEM,
                f"This patch says that it overrides '{id_}', and does not change it.",
                known(id_, changed, "item"),
            )
    if patch.after is not None and patch.after in patch.remove:
        yield diagnostic_at(
            patch.origin,
            Code.UNKNOWN_ITEM,
            f"This patch removes '{patch.after}' and places items after it.",
            "Place them after an item that stays.",
        )
    if section.items and not patch.drop and not compose_sections([section], [patch])[0].items:
        yield diagnostic_at(
            patch.origin,
            Code.EMPTY_SECTION,
            f"This patch leaves the section '{section.id}' without items.",
            "Leave or add one, or drop the section with ':drop:'.",
        )


def _unknown_section(origin: Origin, name: str, role: Role, sections: Iterable[str]) -> Diagnostic:
    return diagnostic_at(
        origin,
        Code.UNKNOWN_SECTION,
        f"The role '{role.id}' has no section '{name}'.",
        known(name, sections, "section"),
    )


def _notes(entity: Role | Variant, sections: Sequence[Section], role: Role) -> Iterator[Diagnostic]:
    ids = [section.id for section in sections]
    for note in entity.notes:
        if note.section is not None and note.section not in ids:
            yield _unknown_section(note.origin, note.section, role, ids)


def _choices(template: Template, catalog: Catalog) -> Iterator[Diagnostic]:
    """Choices that differ. Fewer than two are reported already."""
    merged = {placeholder.name: placeholder for placeholder in template.placeholders}
    fallback = catalog.roles[template.role].origin
    for text, owner in texts(template):
        for use in uses(text):
            expected = merged[use.name].choices
            if use.choices != expected and min(len(use.choices), len(expected)) > 1:
                yield diagnostic_at(
                    owner.origin if owner else fallback,
                    Code.CHOICES_DIFFER,
                    f"The placeholder '{use.name}' has the choices '{' / '.join(use.choices)}'"
                    f" here and '{' / '.join(expected)}' elsewhere.",
                    "Declare them once with '{job:placeholder}', and write the name alone here.",
                )


def _declarations(catalog: Catalog) -> frozenset[Origin]:
    """Where placeholders are declared, not just used."""
    entities = (*catalog.roles.values(), *catalog.variants.values())
    own = (placeholder for entity in entities for placeholder in entity.placeholders)
    return frozenset(placeholder.origin for placeholder in (*catalog.placeholders, *own))


def _alike(
    template: Template, reported: set[frozenset[str]], declared: Collection[Origin]
) -> Iterator[Diagnostic]:
    """Names, labels or details that cannot be told apart, each pair once."""
    by_slug: dict[str, Placeholder] = {}
    by_label: dict[str, Placeholder] = {}
    by_detail: dict[str, Placeholder] = {}
    for placeholder in template.placeholders:
        same_name = by_slug.setdefault(slug(placeholder.name), placeholder)
        same_label = by_label.setdefault(placeholder.label.casefold(), placeholder)
        detail = detail_of(placeholder)
        same_detail = placeholder
        if detail in DETAILS:
            same_detail = by_detail.setdefault(detail, placeholder)
        same = (same_name, same_label, same_detail)
        other = next((each for each in same if each is not placeholder), placeholder)
        pair = frozenset((placeholder.name, other.name))
        if len(pair) == 1 or pair in reported:
            continue
        reported.add(pair)
        if other is same_name:
            # The slip is where the name is only used, not where it is declared.
            right, wrong = other, placeholder
            if wrong.origin in declared and right.origin not in declared:
                right, wrong = wrong, right
            yield _look_same(
                wrong,
                f"The placeholder names '{right.name}' and '{wrong.name}'"
                " look the same to a reader.",
            )
        elif other is same_detail and other is not same_label:
            yield diagnostic_at(
                placeholder.origin,
                Code.PLACEHOLDER_CLASH,
                f"Both '{other.name}' and '{placeholder.name}' stand for the detail '{detail}'.",
                "Let one of them do so, or write one of them everywhere.",
            )
        else:
            yield _look_same(
                placeholder,
                f"The placeholders '{other.name}' and '{placeholder.name}' have the labels"
                f" '{other.label}' and '{placeholder.label}', which look the same to a reader.",
            )


def _look_same(placeholder: Placeholder, message: str) -> Diagnostic:
    return diagnostic_at(
        placeholder.origin,
        Code.PLACEHOLDER_CLASH,
        message,
        "Write one of them everywhere, or make them different.",
    )


def _unused(
    catalog: Catalog,
    takers: Mapping[str, Sequence[Role]],
    used: Mapping[str, set[str]],
    faulty: set[str],
    meant: set[str],
) -> Iterator[Diagnostic]:
    """Declarations of roles and variants that no template has.

    ``used`` are names by role; ``meant`` are those that other findings say were meant.
    """
    entities: list[Role | Variant] = [*catalog.roles.values(), *catalog.variants.values()]
    for entity in entities:
        if not entity.placeholders:
            continue
        roles = [entity] if isinstance(entity, Role) else takers.get(entity.key, [])
        own = [v for role in roles for v in catalog.own.get(role.id, ())]
        # A line in error may be the one that uses it.
        if not roles or any(each.origin.file in faulty for each in (entity, *roles, *own)):
            continue
        names = {*meant}.union(*(used[role.id] for role in roles))
        for placeholder in entity.placeholders:
            if placeholder.name not in names:
                yield diagnostic_at(
                    placeholder.origin,
                    Code.UNUSED_PLACEHOLDER,
                    f"No line of '{entity.key}' uses the placeholder '{placeholder.name}'.",
                    f"Write '{{{{ {placeholder.name} }}}}' in a line, or delete the declaration.",
                )
