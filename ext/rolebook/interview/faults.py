"""What is wrong with interview kits: names that lead nowhere, time, must-haves nobody assesses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from rolebook.catalog import Catalog
from rolebook.compose import compose
from rolebook.diagnostics import Code, Diagnostic, diagnostic, known
from rolebook.interview.kit import Choice, Kit, choose, must_haves, steps, whole_kit
from rolebook.interview.loop import Loop, plan_loop
from rolebook.interview.model import Interview
from rolebook.model import Axis, Item, Origin, Patch, Role, Section, SectionKind, Template, Variant

_MINUTES = re.compile(r"([0-9]+) minutes?")


def kit_faults(catalog: Catalog, misread: Iterable[str] = ()) -> Iterator[Diagnostic]:
    """The findings on all kits. Files that were ``misread`` may hold what seems to be missing."""
    misread = {*misread}
    for role_id in dict.fromkeys(page.role for page in catalog.interviews.values()):
        role = catalog.roles[role_id]
        pages = catalog.kit_pages(role)
        files = {page.origin.file for page in pages}
        files |= {parent.origin.file for parent in catalog.role_lineage(role)}
        files |= {variant.origin.file for variant in catalog.variants_of(role).values()}
        if files & misread:
            continue
        kit = whole_kit(catalog, role_id)
        assert kit is not None
        own = [page for page in pages if page.role == role_id]
        for page in own:
            yield from _unknown_names(catalog, page, kit)
            yield from _unused(page, kit)
        yield from _loops(catalog, role, own, kit)


# Names


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
    inherited = _inherited(catalog, page.role)
    for id_ in page.remove:
        if id_ not in inherited:
            yield _unknown(page.origin, "inherited question or sample", id_, inherited)


def _unknown(origin: Origin, what: str, name: str, names: Iterable[str]) -> Diagnostic:
    return _at(
        origin,
        Code.INTERVIEW_UNKNOWN,
        f"There is no {what} '{name}' here.",
        known(name, names, what),
    )


def _competencies(catalog: Catalog, role_id: str) -> set[str]:
    pages = catalog.kit_pages(catalog.roles[role_id])
    return {each.id for page in pages for each in page.competencies}


def _inherited(catalog: Catalog, role_id: str) -> set[str]:
    pages = catalog.kit_pages(catalog.roles[role_id])
    return {each.id for page in pages if page.role != role_id for each in page.assessments}


def _requirement_ids(catalog: Catalog, role: Role) -> set[str]:
    """The ids of all must-haves that a role has with some variant."""
    owners: list[Role | Variant] = [*catalog.role_lineage(role)]
    for variant in catalog.variants_of(role).values():
        owners += catalog.variant_lineage(variant)
    sections = _requirement_sections(owners)
    return {
        item.id
        for owner in owners
        for block in owner.blocks
        if _section_id(block) in sections
        for item in block.items
        if item.id
    }


def _requirement_sections(owners: Iterable[Role | Variant]) -> set[str]:
    return {
        block.id
        for owner in owners
        for block in owner.blocks
        if isinstance(block, Section) and block.kind is SectionKind.REQUIREMENTS
    }


def _section_id(block: Section | Patch) -> str:
    return block.id if isinstance(block, Section) else block.section


# Use


def _unused(page: Interview, kit: Kit) -> Iterator[Diagnostic]:
    asked = {each.competency for each in kit.assessments}
    for competency in page.competencies:
        if competency.id not in asked:
            yield _at(
                competency.origin,
                Code.INTERVIEW_UNUSED,
                f"Nothing asks about the competency '{competency.id}'.",
                f"Add a question with ':competency: {competency.id}', or delete it.",
            )
    staged = {each.stage for each in kit.assessments}
    for stage in page.stages:
        if stage.id not in staged:
            yield _at(
                stage.origin,
                Code.INTERVIEW_UNUSED,
                f"Nothing is asked at the stage '{stage.id}'.",
                f"Add a question with ':stage: {stage.id}', or delete the stage.",
            )


# Loops


def _loops(
    catalog: Catalog, role: Role, pages: Sequence[Interview], kit: Kit
) -> Iterator[Diagnostic]:
    """What the templates of a role and its kit do not agree on, each told once."""
    told: set[tuple[str, int, str]] = set()
    for choice in _choices(catalog, role):
        template = compose(catalog, role.id, choice)
        loop = plan_loop(choose(kit, choice), must_haves(template))
        for finding in (*_unassessed(loop, pages[0]), *_times(loop, template, pages)):
            key = (finding.file, finding.line, finding.id)
            if key not in told:
                told.add(key)
                yield finding


def _choices(catalog: Catalog, role: Role) -> Iterator[Choice]:
    """Every level, alone and with each variant that changes the must-haves."""
    variants = catalog.variants_of(role)
    levels = [{Axis.LEVEL: id_} for axis, id_ in variants if axis is Axis.LEVEL]
    sections = _requirement_sections(catalog.role_lineage(role))
    others: list[Mapping[Axis, str]] = [
        {axis: id_}
        for (axis, id_), variant in variants.items()
        if axis is not Axis.LEVEL
        and any(
            _section_id(block) in sections
            for owner in catalog.variant_lineage(variant)
            for block in owner.blocks
        )
    ]
    for level, other in product(levels or [{}], [{}, *others]):
        yield {**level, **other}


def _unassessed(loop: Loop, page: Interview) -> Iterator[Diagnostic]:
    for item, found in loop.by_requirement:
        if item.id is None:
            yield _at(
                item.origin,
                Code.UNASSESSED_REQUIREMENT,
                f"This must-have has no id, so nothing in {page.origin.file} can assess it.",
                "Add one at the end of the line: '{#some-id}'.",
            )
        elif not found:
            yield _at(
                item.origin,
                Code.UNASSESSED_REQUIREMENT,
                f"Nothing in {page.origin.file} assesses this must-have{_for(loop.kit.choice)}.",
                f"Add ':assesses: {item.id}' to a question or sample that does, or ask for less.",
            )


def _times(loop: Loop, template: Template, pages: Sequence[Interview]) -> Iterator[Diagnostic]:
    lines = steps(template)
    for plan in loop.plans:
        stage = plan.stage
        if lines and stage.id not in lines:
            yield _unknown(stage.origin, "step of how this role is hired for", stage.id, lines)
            continue
        told = _MINUTES.search(lines[stage.id].text) if lines else None
        if told and int(told[1]) != stage.minutes:
            yield _at(
                stage.origin,
                Code.INTERVIEW_TIME,
                f"This stage takes {stage.minutes} minutes, and the template tells candidates"
                f" {told[1]}{_for(loop.kit.choice)} ({_place(lines[stage.id])}).",
                "Let both say the same.",
            )
        own = {each.origin for page in pages for each in page.assessments}
        for each in plan.reserve:
            if each.origin in own and each.minutes > stage.minutes:
                yield _at(
                    each.origin,
                    Code.INTERVIEW_TIME,
                    f"This takes {each.minutes} minutes, and its stage '{stage.id}' has"
                    f" {stage.minutes}{_for(loop.kit.choice)}.",
                    "Shorten it, or move it to another stage.",
                )
    if loop.left_out:
        names = ", ".join(f"'{item.id}'" for item in loop.left_out)
        yield _at(
            pages[0].origin,
            Code.INTERVIEW_TIME,
            f"The time of the stages is too short to assess {names}{_for(loop.kit.choice)}.",
            "Let shorter questions, or those of other stages, assess them too.",
        )


def _for(choice: Choice) -> str:
    """The choice in words, for the end of a sentence."""
    return f" with {' and '.join(f'{a} {v}' for a, v in choice.items())}" if choice else ""


def _place(item: Item) -> str:
    return f"{item.origin.file}:{item.origin.line}"


def _at(origin: Origin, code: Code, message: str, remedy: str) -> Diagnostic:
    return diagnostic(origin.file, origin.line, code, message, remedy)
