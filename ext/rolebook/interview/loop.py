"""What to ask at which stage: a kit that is narrowed down to a choice -> a loop.

A kit holds more than an hour takes, so that questions can be changed between searches. The
loop asks first what assesses must-haves that nothing else does, and then spreads the time
that is left over the competencies. The others are its reserve.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rolebook.interview.kit import Kit
from rolebook.interview.model import Assessment, Question, Sample, Stage
from rolebook.model import Item, Origin

QUESTION_TIME = 2 / 3
"""The share of a stage for questions.

Google's guide gives 40 of 60 minutes to them, and the rest to the opening, the candidate's own
questions and the close: rework.withgoogle.com, "Structure your time".
"""


def time_for(each: Assessment, stage: Stage) -> float:
    """The minutes that a stage has for a question or a sample, if it has nothing else."""
    return stage.minutes * (1 if isinstance(each, Sample) else QUESTION_TIME)


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage with what is asked there, and what could be asked in its place."""

    stage: Stage
    samples: tuple[Sample, ...]
    questions: tuple[Question, ...]
    reserve: tuple[Assessment, ...]

    @property
    def asked(self) -> tuple[Assessment, ...]:
        """What is asked, the sample first."""
        return (*self.samples, *self.questions)


@dataclass(frozen=True, slots=True)
class Loop:
    """The stages of a kit for one choice of variants.

    ``by_requirement`` says what assesses each must-have, what is asked before what is in
    reserve; ``left_out`` are the must-haves that something assesses and that the time does
    not allow for.
    """

    kit: Kit
    plans: tuple[StagePlan, ...]
    by_requirement: tuple[tuple[Item, tuple[Assessment, ...]], ...]
    left_out: tuple[Item, ...]

    @property
    def asked(self) -> tuple[Assessment, ...]:
        """All that is asked, in the order of the stages."""
        return tuple(each for plan in self.plans for each in plan.asked)

    @property
    def reserve(self) -> tuple[Assessment, ...]:
        """All that could be asked instead."""
        return tuple(each for plan in self.plans for each in plan.reserve)


def plan_loop(kit: Kit, requirements: Sequence[Item]) -> Loop:
    """Choose what is asked at each stage of a kit, for a template's must-haves."""
    planner = _Planner(kit, requirements)
    planner.take_samples()
    planner.take_for_requirements()
    planner.take_for_competencies()
    return planner.loop()


class _Planner:
    def __init__(self, kit: Kit, requirements: Sequence[Item]) -> None:
        self.kit = kit
        self.requirements = requirements
        self.open = {item.id for item in requirements}
        self.minutes = {stage.id: stage.minutes * QUESTION_TIME for stage in kit.stages}
        # By where they were written: two of one id, which is a finding, stay two.
        self.asked: dict[Origin, Assessment] = {}
        self.left = [*kit.questions]
        self.ranks = {question.origin: rank for rank, question in enumerate(kit.questions)}

    def take(self, assessment: Assessment) -> None:
        self.asked[assessment.origin] = assessment
        stage = assessment.stage
        self.minutes[stage] -= assessment.minutes or self.minutes[stage]
        self.open.difference_update(assessment.assesses)

    def take_samples(self) -> None:
        """One a stage, the most particular to the choice; it may take the whole stage.

        Of equal ones the first, those of the role itself before inherited ones.
        """
        for stage in self.kit.stages:
            fitting = (s for s in self.kit.samples if s.stage == stage.id)
            samples = [s for s in fitting if s.minutes <= time_for(s, stage)]
            if samples:
                self.take(max(samples, key=lambda s: (len(s.scope), self.kit.is_own(s))))

    def take_for_requirements(self) -> None:
        """Questions until each must-have is assessed, beginning with those few assess."""
        while choices := self.choices():
            rarest = min(choices.values(), key=len)
            # Of equal ones the last: a role's own comes behind those of every role.
            self.take(
                max(
                    rarest,
                    key=lambda q: (
                        len(self.open & {*q.assesses}),
                        len(q.scope),
                        self.ranks[q.origin],
                    ),
                )
            )

    def choices(self) -> dict[str, list[Question]]:
        """For each must-have that is not yet assessed, the questions that could."""
        candidates = self.candidates()
        found = {
            item.id: [question for question in candidates if item.id in question.assesses]
            for item in self.requirements
            if item.id and item.id in self.open
        }
        return {id_: questions for id_, questions in found.items() if questions}

    def take_for_competencies(self) -> None:
        """Questions for the time that is left: one for each chosen variant, then evenly.

        Of equal ones the role's own, as those of every role say least about this one.
        """
        while candidates := self.candidates():
            counts = Counter(each.competency for each in self.asked.values())
            covered = {axis for each in self.asked.values() for axis in each.scope}
            self.take(
                min(
                    candidates,
                    key=lambda q: (
                        not {*q.scope} - covered,
                        counts[q.competency],
                        not self.kit.is_own(q),
                    ),
                )
            )

    def candidates(self) -> list[Question]:
        """The questions that still fit into their stages; time that is gone does not return."""
        self.left = [
            question
            for question in self.left
            if question.origin not in self.asked
            and question.minutes <= self.minutes.get(question.stage, 0)
        ]
        return self.left

    def loop(self) -> Loop:
        by_requirement = tuple(
            (
                item,
                tuple(
                    self.in_order(each for each in self.kit.assessments if item.id in each.assesses)
                ),
            )
            for item in self.requirements
        )
        return Loop(
            kit=self.kit,
            plans=tuple(self.plan(stage) for stage in self.kit.stages),
            by_requirement=by_requirement,
            left_out=tuple(
                item for item, found in by_requirement if found and item.id in self.open
            ),
        )

    def plan(self, stage: Stage) -> StagePlan:
        there = [each for each in self.kit.assessments if each.stage == stage.id]
        asked = [each for each in there if each.origin in self.asked]
        return StagePlan(
            stage,
            tuple(each for each in asked if isinstance(each, Sample)),
            tuple(each for each in asked if isinstance(each, Question)),
            tuple(each for each in there if each.origin not in self.asked),
        )

    def in_order(self, assessments: Iterable[Assessment]) -> list[Assessment]:
        """What is asked before what is in reserve."""
        return sorted(assessments, key=lambda each: each.origin not in self.asked)
