"""Role + chosen variants -> kit: what a role's page adds to the kits it inherits from."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rolebook.catalog import Catalog
from rolebook.compose import compose
from rolebook.interview.model import (
    Assessment,
    Competency,
    Handout,
    Interview,
    Question,
    Sample,
    Scope,
    Stage,
)
from rolebook.model import Axis, Item, SectionKind, Template

Choice = Mapping[Axis, str]
"""The chosen variants, by axis."""

N = TypeVar("N", bound=Competency | Handout)
A = TypeVar("A", Question, Sample)


@dataclass(frozen=True, slots=True)
class Kit:
    """An interview kit with all that it inherits.

    A role's own competencies come before inherited ones, and its own questions after them:
    those of every role open a stage. Stages stand in the order of the template's steps.
    ``removed`` are the ids of assessments that some variants do without. ``choice`` is what
    the kit was narrowed down to, if it was.
    """

    role: str
    competencies: tuple[Competency, ...]
    stages: tuple[Stage, ...]
    questions: tuple[Question, ...]
    samples: tuple[Sample, ...]
    handouts: tuple[Handout, ...]
    removed: tuple[tuple[Scope, tuple[str, ...]], ...]
    choice: Choice

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """The samples, then the questions."""
        return (*self.samples, *self.questions)

    def is_own(self, each: Assessment) -> bool:
        """Whether it was written for the role itself, and not inherited."""
        return each.origin.entity.partition("/")[0] == self.role


def whole_kit(catalog: Catalog, role_id: str) -> Kit | None:
    """All of a role's kit, for every variant; None if neither it nor an ancestor has one."""
    pages = catalog.kit_pages(catalog.roles[role_id])
    if not pages:
        return None
    kit = Kit(role_id, (), (), (), (), (), (), {})
    for written in pages:
        scope = _scope(catalog, written)
        page = _scoped(written, scope)
        gone = {each.id for each in page.assessments}
        # A page for a variant takes away from that variant alone.
        gone |= set() if scope else {*page.remove}
        # A stage for some levels leaves the inherited one to the others.
        own_stages = {stage.id for stage in page.stages if not stage.scope}
        kit = Kit(
            role=role_id,
            competencies=_joined(page.competencies, kit.competencies),
            stages=(*(s for s in kit.stages if s.id not in own_stages), *page.stages),
            questions=(*(q for q in kit.questions if q.id not in gone), *page.questions),
            samples=(*(s for s in kit.samples if s.id not in gone), *page.samples),
            handouts=_joined(page.handouts, kit.handouts),
            removed=(*kit.removed, (scope, page.remove)) if scope else kit.removed,
            choice={},
        )
    ranks = {id_: rank for rank, id_ in enumerate(steps(compose(catalog, role_id)))}
    stages = sorted(kit.stages, key=lambda stage: ranks.get(stage.id, len(ranks)))
    asked = {each.competency for each in kit.assessments}
    return replace(
        kit,
        stages=tuple(stages),
        competencies=tuple(each for each in kit.competencies if each.id in asked),
    )


def _scope(catalog: Catalog, page: Interview) -> Scope:
    """The variant that a page is for, if it is for one."""
    if page.variant is None:
        return {}
    axes = {id_: axis for axis, id_ in reversed(catalog.variants_of(catalog.roles[page.role]))}
    return {axes[page.variant]: (page.variant,)}


def _scoped(page: Interview, own: Scope) -> Interview:
    """A page whose parts say for which variant they are."""
    return replace(
        page,
        stages=tuple(replace(each, scope={**own, **each.scope}) for each in page.stages),
        questions=tuple(replace(each, scope={**own, **each.scope}) for each in page.questions),
        samples=tuple(replace(each, scope={**own, **each.scope}) for each in page.samples),
        handouts=tuple(replace(each, scope=own) for each in page.handouts),
    )


def choose(kit: Kit, choice: Choice) -> Kit:
    """The parts of a kit that are meant for a choice of variants.

    What is meant for some levels is in it too where no level is chosen. Of several stages
    of one id, the most particular one stays. What is for a stage that others have, and
    this choice has not, is left out.
    """
    stages: dict[str, Stage] = {}
    for stage in kit.stages:
        other = stages.get(stage.id)
        if fits(stage.scope, choice) and (not other or len(stage.scope) >= len(other.scope)):
            stages[stage.id] = stage
    gone = {id_ for scope, ids in kit.removed if fits(scope, choice) for id_ in ids}
    questions = _chosen(kit.questions, choice, stages, gone)
    samples = _chosen(kit.samples, choice, stages, gone)
    asked = {each.competency for each in (*questions, *samples)}
    return replace(
        kit,
        stages=tuple(stages.values()),
        questions=questions,
        samples=samples,
        competencies=tuple(each for each in kit.competencies if each.id in asked),
        handouts=tuple(each for each in kit.handouts if fits(each.scope, choice)),
        choice=choice,
    )


def fits(scope: Scope, choice: Choice) -> bool:
    """Whether something of this scope is meant for the choice."""
    return all(
        choice[axis] in ids if axis in choice else axis is Axis.LEVEL for axis, ids in scope.items()
    )


def must_haves(template: Template) -> tuple[Item, ...]:
    """The lines of a template that say what a person has to bring."""
    return tuple(
        item
        for section in template.sections
        if section.kind is SectionKind.REQUIREMENTS
        for item in section.items
    )


def steps(template: Template) -> dict[str, Item]:
    """The named lines that say how a template hires, by id: a stage is one of them."""
    return {
        item.id: item
        for section in template.sections
        if section.kind is SectionKind.PROCESS
        for item in section.items
        if item.id
    }


def _joined(own: Sequence[N], inherited: Sequence[N]) -> tuple[N, ...]:
    ids = {each.id for each in own}
    return (*own, *(each for each in inherited if each.id not in ids))


def _chosen(
    assessments: Iterable[A], choice: Choice, stages: Container[str], gone: Container[str]
) -> tuple[A, ...]:
    return tuple(
        each
        for each in assessments
        if fits(each.scope, choice) and each.stage in stages and each.id not in gone
    )
