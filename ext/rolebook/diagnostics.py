"""Everything Rolebook can find wrong, in one place.

A member of :class:`Code` is at once the code in a message, the subtype of the
Sphinx warning (``rolebook.<code>``) and the name of a page of the manual.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum

from rolebook.model import Origin


class Severity(StrEnum):
    """How bad a finding is. Both count as findings: ``rolebook check`` exits with 1."""

    ERROR = "error"
    WARNING = "warning"


class Code(Enum):
    """The kinds of finding: (code, severity, meaning)."""

    NOT_UTF8 = ("not-utf8", Severity.ERROR, "A file is not UTF-8 text; nothing in it was read.")
    UNCLOSED_FENCE = (
        "unclosed-fence",
        Severity.ERROR,
        "A block is never closed, so it takes in the rest of the page.",
    )
    NESTED_FENCE = (
        "nested-fence",
        Severity.ERROR,
        "A block opens inside another; Markdown would end the outer one too early.",
    )
    STRAY_FENCE = (
        "stray-fence",
        Severity.ERROR,
        "A fence closes nothing; Markdown takes it as an unnamed block that hides what follows.",
    )
    BARE_DIRECTIVE = (
        "bare-directive",
        Severity.ERROR,
        "A directive of Rolebook is written without its domain, so it does nothing.",
    )
    UNKNOWN_DIRECTIVE = (
        "unknown-directive",
        Severity.ERROR,
        "A block of the job domain has a name that does not exist.",
    )
    UNKNOWN_OPTION = (
        "unknown-option",
        Severity.ERROR,
        "A block has an option that its kind does not take.",
    )
    REPEATED_OPTION = (
        "repeated-option",
        Severity.ERROR,
        "A block gives the same option twice; only one could hold.",
    )
    BAD_VALUE = (
        "bad-value",
        Severity.ERROR,
        "An option, a skill or the axis of a comparison has a value that it cannot take.",
    )
    MISSING_OPTION = ("missing-option", Severity.ERROR, "A block lacks an option that it needs.")
    MALFORMED_OPTION = (
        "malformed-option",
        Severity.ERROR,
        "An option is indented, follows an empty line, or lacks a colon or the space behind it.",
    )
    MISSING_NAME = (
        "missing-name",
        Severity.ERROR,
        "A block lacks the id, name, title or question behind its directive.",
    )
    MALFORMED_ID = (
        "malformed-id",
        Severity.ERROR,
        "An id has other characters than a-z, 0-9 and hyphens, or does not begin with a letter.",
    )
    DUPLICATE_ID = ("duplicate-id", Severity.ERROR, "Two things have the same id.")
    SECOND_HEADER = (
        "second-header",
        Severity.ERROR,
        "A page holds more than one role, variant or interview kit.",
    )
    MISPLACED_BLOCK = (
        "misplaced-block",
        Severity.ERROR,
        "A block stands where it has no meaning, or before the block it belongs to.",
    )
    MISSING_HEADING = (
        "missing-heading",
        Severity.ERROR,
        "A page with a role, a variant or an interview kit does not begin with a heading.",
    )
    LOOSE_TEXT = (
        "loose-text",
        Severity.WARNING,
        "Text stands between the blocks of a page, where it is part of no template and no kit.",
    )
    UNSUPPORTED_MARKUP = (
        "unsupported-markup",
        Severity.ERROR,
        "A block holds more than paragraphs and one level of list items, or skills no such list.",
    )
    UNKNOWN_PARENT = (
        "unknown-parent",
        Severity.ERROR,
        "A role, variant, kit or list names a role, variant or family that does not exist.",
    )
    CYCLE = ("cycle", Severity.ERROR, "Roles or variants extend each other in a circle.")
    UNKNOWN_SECTION = (
        "unknown-section",
        Severity.ERROR,
        "A patch, a note or a placement names a section that its role does not have.",
    )
    UNKNOWN_ITEM = (
        "unknown-item",
        Severity.ERROR,
        "A patch removes, or places after, an item that its section does not have.",
    )
    EMPTY_SECTION = (
        "empty-section",
        Severity.ERROR,
        "A section has no items, or variants of two axes leave it none.",
    )
    EMPTY_BLOCK = (
        "empty-block",
        Severity.ERROR,
        "A patch, note, FAQ entry, list of skills or part of a kit says nothing.",
    )
    ONE_CHOICE = (
        "one-choice",
        Severity.ERROR,
        "A list of choices has fewer than two different entries.",
    )
    BAD_DEFAULT = (
        "bad-default",
        Severity.ERROR,
        "A placeholder's default is not among its choices.",
    )
    CHOICES_DIFFER = (
        "choices-differ",
        Severity.ERROR,
        "The same placeholder has different choices in two places.",
    )
    MALFORMED_PLACEHOLDER = (
        "malformed-placeholder",
        Severity.ERROR,
        "What stands in braces or brackets looks like a placeholder and is none.",
    )
    HIDDEN_PLACEHOLDER = (
        "hidden-placeholder",
        Severity.ERROR,
        "A placeholder stands in code or in a link's address, where it cannot be filled in.",
    )
    PLACEHOLDER_CLASH = (
        "placeholder-clash",
        Severity.ERROR,
        "Two placeholders of one template look alike to a reader, or stand for the same detail.",
    )
    UNKNOWN_PLACEHOLDER = (
        "unknown-placeholder",
        Severity.WARNING,
        "A placeholder is declared nowhere, and its name is almost that of a declared one.",
    )
    UNKNOWN_SKILL = (
        "unknown-skill",
        Severity.ERROR,
        "A role's option `skills` names a skill that is in no list of skills.",
    )
    UNUSED_SKILL = (
        "unused-skill",
        Severity.WARNING,
        "A skill is listed that no template asks for.",
    )
    UNUSED_PLACEHOLDER = (
        "unused-placeholder",
        Severity.WARNING,
        "A placeholder is declared for a role or variant, and none of its lines uses it.",
    )
    UNDECLARED_OVERRIDE = (
        "undeclared-override",
        Severity.ERROR,
        "Variants of two axes change the same line, and the later one does not declare it.",
    )
    DECLARATIONS_DIFFER = (
        "declarations-differ",
        Severity.ERROR,
        "Variants of two axes declare the same placeholder differently.",
    )
    DOUBLED_LINE = (
        "doubled-line",
        Severity.ERROR,
        "Variants of two axes add lines with the same words.",
    )
    MISSING_PLACEHOLDER = (
        "missing-placeholder",
        Severity.ERROR,
        "A jurisdiction requires a placeholder that the composed template does not have.",
    )
    BLANK_DUTY = (
        "blank-duty",
        Severity.ERROR,
        "A jurisdiction's law requires something that the template lets stay blank.",
    )
    MISSING_RULES = (
        "missing-rules",
        Severity.WARNING,
        "A jurisdiction has no rules, so that nobody is told what its law asks.",
    )
    BARE_REFERENCE = (
        "bare-reference",
        Severity.ERROR,
        "A cross-reference inside a template has no text of its own, so a copy would show its id.",
    )

    INTERVIEW_LINE = (
        "interview-line",
        Severity.ERROR,
        "A line of an interview kit does not say what it is, says it twice or stands out of place.",
    )
    INTERVIEW_INCOMPLETE = (
        "interview-incomplete",
        Severity.ERROR,
        "A question, work sample or stage lacks a line, such as what a strong answer holds.",
    )
    INTERVIEW_UNKNOWN = (
        "interview-unknown",
        Severity.ERROR,
        "An interview kit names a competency, stage, requirement or variant that does not exist.",
    )
    INTERVIEW_TIME = (
        "interview-time",
        Severity.ERROR,
        "A stage has other minutes than the template tells, or too few for what it has to assess.",
    )
    INTERVIEW_UNUSED = (
        "interview-unused",
        Severity.WARNING,
        "Nothing in an interview kit asks about a competency, or nothing stands in a stage.",
    )
    UNASSESSED_REQUIREMENT = (
        "unassessed-requirement",
        Severity.WARNING,
        "No question and no work sample of a role's kit assesses a must-have of its template.",
    )
    REVIEW_DUE = (
        "review-due",
        Severity.WARNING,
        "The day has passed by which a page was to be reviewed again.",
    )

    PAY_SYNTAX = (
        "pay-syntax",
        Severity.ERROR,
        "A file of pay data is missing, or a line of it is not CSV or TOML.",
    )
    PAY_COLUMN = (
        "pay-column",
        Severity.ERROR,
        "Pay data lack a column, or have a column, a key or a cell too many.",
    )
    PAY_VALUE = (
        "pay-value",
        Severity.ERROR,
        "A field of pay data is empty, or holds what it cannot take, such as 120,000 for a number.",
    )
    PAY_UNKNOWN = (
        "pay-unknown",
        Severity.ERROR,
        "Pay data name a role, level, occupation, area, currency or source that does not exist.",
    )
    PAY_ORDER = (
        "pay-order",
        Severity.ERROR,
        "Percentiles, the ends of a range or dates stand in an order that cannot be.",
    )
    PAY_DUPLICATE = (
        "pay-duplicate",
        Severity.ERROR,
        "Pay data hold the same figure, area or proxy twice.",
    )
    PAY_PERIOD = (
        "pay-period",
        Severity.WARNING,
        "A figure is hardly paid for its period: more than 2,000 an hour, less than 500 a year.",
    )
    PAY_STALE = (
        "pay-stale",
        Severity.WARNING,
        "Pay figures are older than figures of their kind may be.",
    )

    @property
    def id(self) -> str:
        """The code as it stands in messages."""
        return self.value[0]

    @property
    def severity(self) -> Severity:
        """How bad findings of this kind are."""
        return self.value[1]

    @property
    def meaning(self) -> str:
        """One sentence for the manual."""
        return self.value[2]

    def page(self, manual: str) -> str:
        """The address of the page on findings of this kind, in the manual at this address."""
        return f"{manual.rstrip('/')}/findings/{self.id}.html"

    def told(self, text: str, manual: str) -> str:
        """A message, with the address of its page behind it if there is one of the manual."""
        return f"{text} {self.page(manual)}" if manual else text


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding. ``file`` is relative to the handbook's root, ``line`` counts from 1."""

    file: str
    line: int
    id: str
    message: str
    remedy: str

    @property
    def code(self) -> Code:
        """The kind of finding."""
        return next(code for code in Code if code.id == self.id)

    @property
    def text(self) -> str:
        """What is wrong and what would be right, in one line."""
        return f"{self.message} {self.remedy}"


def diagnostic(file: str, line: int, code: Code, message: str, remedy: str) -> Diagnostic:
    """Make a finding. ``message`` and ``remedy`` are whole sentences."""
    return Diagnostic(file, line, code.id, message, remedy)


def diagnostic_at(origin: Origin, code: Code, message: str, remedy: str) -> Diagnostic:
    """Make a finding about what was written at ``origin``."""
    return diagnostic(origin.file, origin.line, code, message, remedy)


def known(name: str, names: Iterable[str], what: str) -> str:
    """A remedy that lists the ``names`` there are, the likeliest first."""
    listed = sorted(set(names))
    if not listed:
        return f"There is no {what} to name here."
    likely = nearest(name, listed)
    hint = f"Did you mean '{likely}'? " if likely else ""
    return f"{hint}Known: {', '.join(listed)}."


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of ``names`` that ``name`` was probably meant to be."""
    close = difflib.get_close_matches(name, sorted(set(names)), n=1)
    return close[0] if close else None
