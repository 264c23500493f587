"""What an interview kit is made of: frozen records, each with the line it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rolebook.model import Axis, Item, Origin

Scope = Mapping[Axis, tuple[str, ...]]
"""The variants that something is meant for, by axis; for all of an axis that is not in it."""


class QuestionKind(StrEnum):
    """What a question asks for.

    The terms are those of structured interviewing: what somebody did, what they would do,
    what they know and how they reason.
    """

    BEHAVIOURAL = "behavioural"
    SITUATIONAL = "situational"
    TECHNICAL = "technical"


class Grade(StrEnum):
    """How good an answer is, or a row of a work sample."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Competency:
    """Something that the job asks of a person and that an interview can show."""

    id: str
    title: str
    items: tuple[Item, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the loop: ``minutes`` with ``people``.

    ``id`` is that of the step in the template's "How we hire". ``candidate`` is what the
    candidate is told, ``interviewers`` how it is run.
    """

    id: str
    title: str
    minutes: int
    people: str
    scope: Scope
    candidate: tuple[Item, ...]
    interviewers: tuple[Item, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Assessment:
    """What questions and work samples have in common.

    ``stage`` and ``competency`` are ids in the kit; ``assesses`` are ids of must-have lines
    of the template. ``minutes`` is the time for it, probes included; 0 for a sample that takes
    as long as its stage.
    """

    id: str
    text: str
    competency: str
    stage: str
    minutes: int
    scope: Scope
    assesses: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Question(Assessment):
    """A question with its probes and with what answers of each grade hold."""

    kind: QuestionKind
    probes: tuple[Item, ...]
    answers: Mapping[Grade, Item]
    warnings: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of a work sample's rubric."""

    name: Item
    grades: Mapping[Grade, Item]


@dataclass(frozen=True, slots=True)
class Sample(Assessment):
    """A work sample; ``text`` is its title, ``minutes`` its time limit.

    ``ai_use`` is the rule on AI assistants, ``adjustments`` what is offered to those who
    need another form, ``pay`` what it is paid, if that is said.
    """

    brief: tuple[Item, ...]
    criteria: tuple[Criterion, ...]
    ai_use: Item
    adjustments: Item
    pay: Item | None


@dataclass(frozen=True, slots=True)
class Handout:
    """A text that goes with a kit, such as the candidate's brief."""

    id: str
    title: str
    scope: Scope
    items: tuple[Item, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Interview:
    """The part of a kit that is on one page, as it is written.

    It is for one variant of the role if it names one. ``remove`` are ids of assessments of
    other pages: inherited ones or, for a variant, also those of its role.
    """

    role: str
    variant: str | None
    heading: str
    lede: str
    remove: tuple[str, ...]
    competencies: tuple[Competency, ...]
    stages: tuple[Stage, ...]
    questions: tuple[Question, ...]
    samples: tuple[Sample, ...]
    handouts: tuple[Handout, ...]
    origin: Origin

    @property
    def key(self) -> str:
        """What its page is known by: ``role``, or ``role/variant``."""
        return f"{self.role}/{self.variant}" if self.variant else self.role

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """The samples, then the questions."""
        return (*self.samples, *self.questions)
