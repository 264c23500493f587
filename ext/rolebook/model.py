"""What a handbook is made of: frozen records, free of Sphinx and of Markdown.

Every line that can end up in a job description is an :class:`Item`, and every
item carries the :class:`Origin` it was read from, through composing and exporting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Axis(StrEnum):
    """The ways in which a role varies, in the order in which variants are applied."""

    LEVEL = "level"
    SPECIALISATION = "specialisation"
    INDUSTRY = "industry"
    COMPANY = "company"
    ARRANGEMENT = "arrangement"
    JURISDICTION = "jurisdiction"


class SectionKind(StrEnum):
    """What a section of a job description is for, whatever its title says."""

    ABOUT_COMPANY = "about-company"
    ABOUT_ROLE = "about-role"
    RESPONSIBILITIES = "responsibilities"
    REQUIREMENTS = "requirements"
    NICE_TO_HAVE = "nice-to-have"
    SKILLS = "skills"
    EDUCATION = "education"
    PAY = "pay"
    BENEFITS = "benefits"
    PROCESS = "process"
    APPLY = "apply"
    EQUAL_OPPORTUNITY = "equal-opportunity"
    OTHER = "other"


class ItemKind(StrEnum):
    """How an item stands on the page."""

    BULLET = "bullet"
    NUMBER = "number"
    PARAGRAPH = "paragraph"


class PayDisclosure(StrEnum):
    """When a law wants the pay to be told."""

    IN_POSTING = "in-posting"
    BEFORE_INTERVIEW = "before-interview"
    AFTER_INTERVIEW = "after-interview"
    ON_REQUEST = "on-request"
    NOT_REQUIRED = "not-required"


class Duty(StrEnum):
    """Whether a law wants something in a posting."""

    REQUIRED = "required"
    NOT_REQUIRED = "not-required"


class Permission(StrEnum):
    """Whether a law lets a posting do something."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"


class Confidence(StrEnum):
    """How sure the handbook is of the rules of a jurisdiction, or of a figure of pay."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was written.

    ``file`` is a POSIX path relative to the handbook's root, ``line`` counts from 1,
    ``entity`` is the key of the role or variant (empty outside one).
    """

    file: str
    line: int
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a template: a bullet, a numbered step or a paragraph.

    ``text`` is inline Markdown on one line, placeholders included, without the
    trailing ``{#id}``. Items without an id cannot be patched.
    """

    id: str | None
    kind: ItemKind
    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a template. ``after`` places it when it is added to others."""

    id: str
    title: str
    kind: SectionKind
    group: str | None
    items: tuple[Item, ...]
    origin: Origin
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """What a variant changes in one section: see :func:`rolebook.compose.compose_sections`.

    ``overrides`` are the ids of those of its changes that are meant to win over a variant
    of an earlier axis.
    """

    section: str
    title: str | None
    drop: bool
    remove: tuple[str, ...]
    after: str | None
    items: tuple[Item, ...]
    origin: Origin
    overrides: tuple[str, ...] = ()
    group: str | None = None


Block = Section | Patch


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A value the reader supplies: free text, or one or several of ``choices``.

    ``detail`` says which detail of a vacancy it is (:data:`rolebook.details.DETAILS`), and
    ``codes`` what each choice means there. ``required`` if the rules of the chosen
    jurisdiction do not let a posting leave it blank.
    """

    name: str
    label: str
    help: str | None
    default: str | None
    choices: tuple[str, ...]
    multiple: bool
    origin: Origin
    detail: str | None = None
    codes: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Advice to the writer, shown beside a template and never part of it."""

    section: str | None
    items: tuple[Item, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Question:
    """An FAQ entry: a question and the items of its answer."""

    question: str
    items: tuple[Item, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Review:
    """When somebody last read a page over, against which ``sources``, and when it is due again.

    Dates are ``YYYY-MM-DD``.
    """

    day: str
    due: str
    sources: tuple[Item, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that templates may ask for, and the words that stand for it in their lines."""

    id: str
    name: str
    words: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class SkillGroup:
    """Skills that belong together, under a title."""

    title: str
    skills: tuple[Skill, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money: whole units of an ISO 4217 currency."""

    value: int
    currency: str


FORBIDDEN: Mapping[str, str] = {
    "pay-history": "pay history",
    "local-experience": "local experience",
    "gendered-titles": "titles that address one gender",
    "age": "age, or dates that tell it",
    "criminal-record": "criminal record",
    "credit-history": "credit history",
}
"""What a law may forbid to ask or to write: by id, what a reader is told."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a jurisdiction's law asks of a posting; None where a source does not say.

    Dates are ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. ``sources`` is inline Markdown with
    links. ``requires`` names the placeholders that may not stay blank; ``forbids`` holds
    ids of :data:`FORBIDDEN`. ``sources`` is None only where a finding says that it is missing.
    """

    law: str
    employers: str | None
    in_force: str | None
    amended: str | None
    pay: PayDisclosure
    open_ended: Permission | None
    single_figure: Permission | None
    maximum_width: Amount | None
    exempt_above: Amount | None
    benefits: Duty | None
    other_pay: Duty | None
    deadline: Duty | None
    ai_statement: Duty | None
    vacancy_status: Duty | None
    forbids: tuple[str, ...]
    requires: tuple[str, ...]
    sources: str | None
    checked: str
    confidence: Confidence
    origin: Origin


@dataclass(frozen=True, slots=True)
class Entity:
    """What roles and variants have in common.

    ``heading`` is the page's first heading, ``lede`` the paragraph below it (empty if
    there is none); ``summary`` opens the template.
    """

    id: str
    heading: str
    lede: str
    summary: tuple[Item, ...]
    blocks: tuple[Block, ...]
    placeholders: tuple[Placeholder, ...]
    notes: tuple[Note, ...]
    questions: tuple[Question, ...]
    origin: Origin
    extends: str | None


@dataclass(frozen=True, slots=True)
class Role(Entity):
    """A role: the template every one of its variants starts from.

    ``noun`` is the role's name inside a sentence ("machine learning engineer").
    ``language`` is a BCP 47 tag. ``order`` ranks it among all roles; equal ones stand by
    family and name.
    """

    noun: str
    family: str | None
    skills: tuple[str, ...]
    related: tuple[str, ...]
    language: str
    order: int = 0

    @property
    def key(self) -> str:
        """The role's name in the catalogue: its id."""
        return self.id


@dataclass(frozen=True, slots=True)
class Variant(Entity):
    """A change to one role (``extends``) or to many (``applies_to``: families, or "all").

    ``title_pattern`` holds ``{title}`` where the title before the change goes. ``order``
    ranks it among the variants of its axis; equal ones stand by id. ``rules`` are those of
    a jurisdiction.
    """

    axis: Axis
    order: int
    title_pattern: str | None
    applies_to: tuple[str, ...]
    rules: Rules | None = None

    @property
    def key(self) -> str:
        """The variant's name in the catalogue: ``role/id``, or ``id`` when shared."""
        return f"{self.role}/{self.id}" if self.role else self.id

    @property
    def role(self) -> str | None:
        """The one role it extends, directly or through another variant."""
        return self.extends.partition("/")[0] if self.extends else None


Values = Mapping[str, str | list[str]]
"""What a reader filled in: text, or the chosen ones of several choices, by placeholder name."""


Chosen = tuple[str, tuple[tuple[Axis, str], ...]]
"""A role's id, and the variants chosen for it by axis: two axes may have variants of one id."""


@dataclass(frozen=True, slots=True)
class Template:
    """A composed job description, placeholders unfilled.

    ``variants`` are the chosen (axis, id) pairs in axis order; ``placeholders`` are
    those that occur, in order of first use; ``rules`` are those of the chosen jurisdiction.
    """

    role: str
    variants: tuple[tuple[Axis, str], ...]
    language: str
    title: str
    summary: tuple[Item, ...]
    sections: tuple[Section, ...]
    placeholders: tuple[Placeholder, ...] = field(default=())
    rules: Rules | None = None

    @property
    def key(self) -> str:
        """The role's id and those of the variants, joined by slashes: a name, and its file's.

        It is one template's among those on pages, but not among all that can be chosen.
        """
        return "/".join([self.role, *(id_ for _, id_ in self.variants)])

    @property
    def chosen(self) -> Chosen:
        """What it was composed of, which is one template's."""
        return self.role, self.variants
