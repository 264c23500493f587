"""What is wrong with interview kits: names that lead nowhere, time, must-haves nobody assesses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from rolebook.catalog import ANYTHING, Catalog
from rolebook.compose import compose
from rolebook.diagnostics import Code, Diagnostic, diagnostic_at, known
from rolebook.interview.kit import Choice, Kit, choose, must_haves, steps, whole_kit
from rolebook.interview.loop import Loop, plan_loop, time_for
from rolebook.interview.model import Assessment, Competency, Handout, Interview
from rolebook.model import Axis, Item, Origin, Patch, Role, Section, SectionKind, Template, Variant
from rolebook.reader import KIT

_MINUTES = re.compile(r"([0-9]+) minutes?")


def kit_faults(catalog: Catalog, misread: Iterable[str] = ()) -> Iterator[Diagnostic]:
    """The findings on all kits. Files that were ``misread`` may hold what seems to be missing."""
    misread = {*misread}
    if _has_stray_kit(catalog):
        return
    ids = dict.fromkeys(page.role for page in catalog.interviews.values())
    # Those that others inherit from come first: what is wrong with them is told once.
    roles = sorted((catalog.roles[id_] for id_ in ids), key=lambda r: len(catalog.role_lineage(r)))
    for role in roles:
        if not misread & _files(catalog, role):
            for finding in _names(catalog, role):
                misread.add(finding.file)
                yield finding
    told: dict[str, set[_Told]] = {}
    for role in roles:
        heirs = catalog.heirs(role.id)
        if not any(misread & _files(catalog, heir) for heir in heirs):
            yield from _unused(catalog, role)
        if not misread & _files(catalog, role):
            lineage = catalog.role_lineage(role)
            told[role.id] = {each for parent in lineage for each in told.get(parent.id, ())}
            yield from _loops(catalog, role, told[role.id])


_Told = tuple[str, int, str]
"""A finding's file, line and code."""


def _has_stray_kit(catalog: Catalog) -> bool:
    """Whether some file in error may hold part of a kit, and nobody knows of which."""
    return any(key == ANYTHING or key.endswith(KIT) for key in catalog.left_out)


def _files(catalog: Catalog, role: Role) -> set[str]:
    """The files that a role's kit and its templates are made of."""
    owners: list[Interview | Role | Variant] = [*catalog.kit_pages(role)]
    owners += catalog.role_lineage(role)
    for variant in catalog.variants_of(role).values():
        owners += catalog.variant_lineage(variant)
    return {owner.origin.file for owner in owners}


def _own_pages(catalog: Catalog, role: Role) -> list[Interview]:
    return [page for page in catalog.kit_pages(role) if page.role == role.id]


def _kit(catalog: Catalog, role: Role) -> Kit:
    kit = whole_kit(catalog, role.id)
    assert kit is not None
    return kit


# Names


def _names(catalog: Catalog, role: Role) -> Iterator[Diagnostic]:
    """Names that lead nowhere or to two things; of each page, once a name."""
    kit = _kit(catalog, role)
    for page in _own_pages(catalog, role):
        told: set[str] = set()
        for finding in _unknown_names(catalog, page, kit):
            if finding.message not in told:
                told.add(finding.message)
                yield finding
        if page.variant:
            yield from _repeated(catalog, page)


def _repeated(catalog: Catalog, page: Interview) -> Iterator[Diagnostic]:
    """What a page for one variant calls like something that the others have too."""
    pages = catalog.kit_pages(catalog.roles[page.role])
    others = pages[: pages.index(page)]
    held: tuple[tuple[str, Sequence[_Named], list[_Named]], ...] = (
        ("competency", page.competencies, [c for each in others for c in each.competencies]),
        ("handout", page.handouts, [h for each in others for h in each.handouts]),
        ("question or sample", page.assessments, [a for each in others for a in each.assessments]),
    )
    for what, own, rest in held:
        places = {each.id: each.origin for each in rest}
        for each in own:
            if other := places.get(each.id):
                yield diagnostic_at(
                    each.origin,
                    Code.DUPLICATE_ID,
                    f"The {what} '{each.id}' stands at {other.file}:{other.line} already,"
                    " and this page is for one variant.",
                    "Give this one another id.",
                )


_Named = Competency | Handout | Assessment


def _unknown_names(catalog: Catalog, page: Interview, kit: Kit) -> Iterator[Diagnostic]:
    competencies = _competencies(catalog, page.role)
    stages = {stage.id for stage in kit.stages}
    heirs = catalog.heirs(page.role)
    variants: dict[Axis, set[str]] = {axis: set() for axis in Axis}
    for heir in heirs:
        for axis, id_ in catalog.variants_of(heir):
            variants[axis].add(id_)
    requirements = {id_ for heir in heirs for id_ in _requirement_ids(catalog, heir)}
    for each in page.assessments:
        if each.competency not in competencies:
            yield _unknown(each.origin, "competency", each.competency, competencies)
        if each.stage not in stages:
            yield _unknown(each.origin, "stage", each.stage, stages)
        for id_ in each.assesses:
            if id_ not in requirements:
                yield _unknown(each.origin, "must-have", id_, requirements)
    scopes = [(each.origin, each.scope) for each in page.assessments]
    scopes += [(each.origin, each.scope) for each in page.stages]
    for origin, scope in scopes:
        for axis, ids in scope.items():
            for id_ in ids:
                if id_ not in variants[axis]:
                    yield _unknown(origin, axis, id_, variants[axis])
    others = _others(catalog, page)
    for id_ in page.remove:
        if id_ not in others:
            yield _unknown(page.origin, "question or sample of another page", id_, others)


def _unknown(origin: Origin, what: str, name: str, names: Iterable[str]) -> Diagnostic:
    return diagnostic_at(
        origin,
        Code.INTERVIEW_UNKNOWN,
        f"There is no {what} '{name}' here.",
        known(name, names, what),
    )


def _competencies(catalog: Catalog, role_id: str) -> set[str]:
    pages = catalog.kit_pages(catalog.roles[role_id])
    return {each.id for page in pages for each in page.competencies}


def _others(catalog: Catalog, page: Interview) -> set[str]:
    """The ids of what a page can remove: of what is on those that come before it."""
    pages = catalog.kit_pages(catalog.roles[page.role])
    return {each.id for other in pages[: pages.index(page)] for each in other.assessments}


def _requirement_ids(catalog: Catalog, role: Role) -> set[str]:
    """The ids of all must-haves that a role has with some variant."""
    owners: list[Role | Variant] = [*catalog.role_lineage(role)]
    for variant in catalog.variants_of(role).values():
        owners += catalog.variant_lineage(variant)
    sections = _sections(owners, SectionKind.REQUIREMENTS)
    return {
        item.id
        for owner in owners
        for block in owner.blocks
        if _section_id(block) in sections
        for item in block.items
        if item.id
    }


def _sections(owners: Iterable[Role | Variant], *kinds: SectionKind) -> set[str]:
    """The ids of the sections of some kinds."""
    return {
        block.id
        for owner in owners
        for block in owner.blocks
        if isinstance(block, Section) and block.kind in kinds
    }


def _section_id(block: Section | Patch) -> str:
    return block.id if isinstance(block, Section) else block.section


# Use


def _unused(catalog: Catalog, role: Role) -> Iterator[Diagnostic]:
    """What nothing asks about, neither in the role's kit nor in one that inherits from it."""
    kits = [_kit(catalog, heir) for heir in catalog.heirs(role.id)]
    assessments = [each for kit in kits for each in kit.assessments]
    asked = {each.competency for each in assessments}
    staged = {each.stage for each in assessments}
    for page in _own_pages(catalog, role):
        yield from _unused_of(page, asked, staged)


def _unused_of(page: Interview, asked: set[str], staged: set[str]) -> Iterator[Diagnostic]:
    for competency in page.competencies:
        if competency.id not in asked:
            yield diagnostic_at(
                competency.origin,
                Code.INTERVIEW_UNUSED,
                f"Nothing asks about the competency '{competency.id}'.",
                f"Add a question with ':competency: {competency.id}', or delete it.",
            )
    for stage in page.stages:
        if stage.id not in staged:
            yield diagnostic_at(
                stage.origin,
                Code.INTERVIEW_UNUSED,
                f"Nothing is asked at the stage '{stage.id}'.",
                f"Add a question with ':stage: {stage.id}', or delete the stage.",
            )


# Loops


def _loops(catalog: Catalog, role: Role, told: set[_Told]) -> Iterator[Diagnostic]:
    """What the templates of a role and its kit do not agree on, if it was not told before."""
    kit, pages = _kit(catalog, role), _own_pages(catalog, role)
    for choice in _choices(catalog, role):
        template = compose(catalog, role.id, choice)
        loop = plan_loop(choose(kit, choice), must_haves(template))
        for finding in (*_unassessed(loop, pages[0]), *_times(loop, template, pages)):
            key = (finding.file, finding.line, finding.id)
            if key not in told:
                told.add(key)
                yield finding


def _choices(catalog: Catalog, role: Role) -> Iterator[Choice]:
    """Every level, alone and with each variant that changes must-haves, steps or the kit."""
    variants = catalog.variants_of(role)
    levels = [{Axis.LEVEL: id_} for axis, id_ in variants if axis is Axis.LEVEL]
    pages = {page.key for page in catalog.kit_pages(role)}
    lineage = catalog.role_lineage(role)
    others: list[Mapping[Axis, str]] = []
    for (axis, id_), variant in variants.items():
        owners = catalog.variant_lineage(variant)
        sections = _sections((*lineage, *owners), SectionKind.REQUIREMENTS, SectionKind.PROCESS)
        changed = {_section_id(block) for owner in owners for block in owner.blocks}
        has_page = any(f"{parent.id}/{id_}" in pages for parent in lineage)
        if axis is not Axis.LEVEL and (has_page or changed & sections):
            others.append({axis: id_})
    for level, other in product(levels or [{}], [{}, *others]):
        yield {**level, **other}


def _unassessed(loop: Loop, page: Interview) -> Iterator[Diagnostic]:
    for item, found in loop.by_requirement:
        if item.id is None:
            yield diagnostic_at(
                item.origin,
                Code.UNASSESSED_REQUIREMENT,
                f"This must-have has no id, so nothing in {page.origin.file} can assess it.",
                "Add one at the end of the line: '{#some-id}'.",
            )
        elif not found:
            yield diagnostic_at(
                item.origin,
                Code.UNASSESSED_REQUIREMENT,
                f"Nothing in {page.origin.file} assesses this must-have{_for(loop.kit.choice)}.",
                f"Add ':assesses: {item.id}' to a question or sample that does, or ask for less.",
            )


def _times(loop: Loop, template: Template, pages: Sequence[Interview]) -> Iterator[Diagnostic]:
    """What does not fit into its time: of what follows from each other, the first."""
    if findings := [*_steps(loop, template)]:
        yield from findings
        return
    own = {each.origin for page in pages for each in page.assessments}
    too_long = [
        diagnostic_at(
            each.origin,
            Code.INTERVIEW_TIME,
            f"This takes {each.minutes} minutes, and its stage '{plan.stage.id}' has"
            f" {time_for(each, plan.stage):.0f} for it{_for(loop.kit.choice)}.",
            "Shorten it, or move it to another stage.",
        )
        for plan in loop.plans
        for each in plan.reserve
        if each.origin in own and each.minutes > time_for(each, plan.stage)
    ]
    yield from too_long
    if loop.left_out and not too_long:
        names = ", ".join(f"'{item.id}'" for item in loop.left_out)
        yield diagnostic_at(
            pages[0].origin,
            Code.INTERVIEW_TIME,
            f"The time of the stages is too short to assess {names}{_for(loop.kit.choice)}.",
            "Let shorter questions, or those of other stages, assess them too.",
        )


def _steps(loop: Loop, template: Template) -> Iterator[Diagnostic]:
    """Stages that the template does not tell, or tells otherwise."""
    lines = steps(template)
    for stage in (plan.stage for plan in loop.plans):
        if lines and stage.id not in lines:
            yield _unknown(stage.origin, "step of how this role is hired for", stage.id, lines)
            continue
        told = _MINUTES.search(lines[stage.id].text) if lines else None
        if told and int(told[1]) != stage.minutes:
            yield diagnostic_at(
                stage.origin,
                Code.INTERVIEW_TIME,
                f"This stage takes {stage.minutes} minutes, and the template tells candidates"
                f" {told[1]}{_for(loop.kit.choice)} ({_place(lines[stage.id])}).",
                "Let both say the same.",
            )


def _for(choice: Choice) -> str:
    """The choice in words, for the end of a sentence."""
    return f" with {' and '.join(f'{a} {v}' for a, v in choice.items())}" if choice else ""


def _place(item: Item) -> str:
    return f"{item.origin.file}:{item.origin.line}"
