"""What the rules of a jurisdiction say to a reader.

The jurisdiction's page, the notes beside a template, the table of all jurisdictions and the
command show the same words, from here. Texts are inline Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rolebook.model import (
    FORBIDDEN,
    Amount,
    Confidence,
    Duty,
    Item,
    ItemKind,
    Note,
    PayDisclosure,
    Permission,
    Rules,
    Section,
    SectionKind,
)

NO_ADVICE = "This is not legal advice."
"""Stands below the facts wherever they are shown."""

RULES_BESIDE = SectionKind.PAY
"""The kind of the section that the rules are a note to."""

UNKNOWN = "–"
"""In a table, what no source states."""

_DATE_PATTERNS = ("y", "MMMM y", "d MMMM y")
_PAY = {
    PayDisclosure.IN_POSTING: "in the posting",
    PayDisclosure.BEFORE_INTERVIEW: "before the interview",
    PayDisclosure.AFTER_INTERVIEW: "after the interview",
    PayDisclosure.ON_REQUEST: "on request",
    PayDisclosure.NOT_REQUIRED: "need not be told",
}
_CONFIDENCE = {
    Confidence.HIGH: "an official text was read, or several sources agree",
    Confidence.MEDIUM: "the rule is sound, but a date, its reach or its state is open",
    Confidence.LOW: "the sources are old, few or at odds",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the rules say, and what it is about."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table of jurisdictions.

    ``key`` is what the column is sorted by, if that is not the text: a date or a number,
    empty for what is not known.
    """

    text: str
    key: str | None = None


COLUMNS = (
    *("Pay", "Also to state", "Employers", "In force", "Last changed"),
    *("Confidence", "Checked", "Law"),
)
"""The titles of what :func:`cells` gives: first what a posting must do."""


def facts(rules: Rules) -> tuple[Fact, ...]:
    """All that the rules say, in the order in which one reads it."""
    return tuple(Fact(name, text) for name, text in _facts(rules) if text)


def cells(rules: Rules) -> tuple[Cell, ...]:
    """The rules as a row of the table of jurisdictions, under :data:`COLUMNS`."""
    return (
        Cell(_pay(rules)),
        _text_cell(_stated(rules, Duty.REQUIRED)),
        _text_cell(rules.employers),
        _date_cell(rules.in_force, rules.checked),
        _date_cell(rules.amended, rules.checked),
        # The surest has the highest number.
        Cell(_grade(rules.confidence), str(-[*Confidence].index(rules.confidence))),
        _date_cell(rules.checked, rules.checked),
        Cell(rules.law),
    )


def rules_note(place: str, rules: Rules, sections: Iterable[Section]) -> Note:
    """The rules of a place as a note to the writer of a template with these sections.

    It is about the first of the kind :data:`RULES_BESIDE`, else about the whole template.
    """
    section = next((each.id for each in sections if each.kind is RULES_BESIDE), None)
    unsure = "" if rules.confidence is Confidence.HIGH else "; uncertain"
    lines = [
        (ItemKind.PARAGRAPH, f"**What the law asks ({place}{unsure})**"),
        *((ItemKind.BULLET, f"**{fact.name}:** {fact.text}") for fact in facts(rules)),
        (ItemKind.PARAGRAPH, NO_ADVICE),
    ]
    items = tuple(Item(None, kind, text, rules.origin) for kind, text in lines)
    return Note(section, items, rules.origin)


def written_date(written: str) -> str:
    """A date (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``) in words: "1 January 2021".

    Raises ValueError if there is no such day.
    """
    # Checking a handbook writes no date, and is to wait for no Babel.
    from babel.dates import format_date

    first_day = date.fromisoformat(f"{written}-01-01"[:10])
    return format_date(first_day, _DATE_PATTERNS[written.count("-")], locale="en")


def is_later(one: str, other: str) -> bool:
    """Whether a date is after another, as far as both say."""
    length = min(len(one), len(other))
    return one[:length] > other[:length]


def _facts(rules: Rules) -> Iterator[tuple[str, str | None]]:
    yield "Law", rules.law
    yield "Employers", rules.employers
    yield "In force", ", ".join(_force(rules))
    yield "Pay", _pay(rules)
    yield "Also to state", _stated(rules, Duty.REQUIRED)
    yield "Need not be stated", _stated(rules, Duty.NOT_REQUIRED)
    yield "Not to ask or write", ", ".join(FORBIDDEN[id_] for id_ in rules.forbids)
    yield "Not to leave blank", ", ".join(rules.requires)
    yield "Sources", rules.sources
    yield "Checked", written_date(rules.checked)
    yield "Confidence", f"{_grade(rules.confidence)}: {_CONFIDENCE[rules.confidence]}"


def _force(rules: Rules) -> Iterator[str]:
    if rules.in_force:
        begins = "from" if is_later(rules.in_force, rules.checked) else "since"
        yield f"{begins} {written_date(rules.in_force)}"
    if rules.amended:
        changes = "changes" if is_later(rules.amended, rules.checked) else "last changed"
        on = "on" if rules.amended.count("-") == 2 else "in"
        yield f"{changes} {on} {written_date(rules.amended)}"


def _pay(rules: Rules) -> str:
    return "; ".join(_pay_terms(rules))


def _pay_terms(rules: Rules) -> Iterator[str]:
    yield _PAY[rules.pay]
    match rules.open_ended:
        case Permission.FORBIDDEN:
            yield "no range with an open end"
        case Permission.ALLOWED:
            yield "a range may have an open end"
    match rules.single_figure:
        case Permission.FORBIDDEN:
            yield "a range, no single figure"
        case Permission.ALLOWED:
            yield "a range or a single figure"
    # Both sums are of a year: see ``schema/template.json``.
    if rules.maximum_width:
        yield f"the ends of a range at most {_money(rules.maximum_width)} a year apart"
    if rules.exempt_above:
        yield f"need not be told above {_money(rules.exempt_above)} a year"


def _money(amount: Amount) -> str:
    return f"{amount.value:,} {amount.currency}"


def _stated(rules: Rules, duty: Duty) -> str:
    """What a posting must state besides the pay, or need not."""
    duties = (
        ("benefits", rules.benefits),
        ("other pay (bonuses and the like)", rules.other_pay),
        ("application deadline", rules.deadline),
        ("use of AI in the selection", rules.ai_statement),
        ("whether there is a vacancy", rules.vacancy_status),
    )
    return ", ".join(name for name, found in duties if found is duty)


def _grade(confidence: Confidence) -> str:
    return confidence if confidence is Confidence.HIGH else f"{confidence} (uncertain)"


def _date_cell(written: str | None, checked: str) -> Cell:
    if written is None:
        return Cell(UNKNOWN, "")
    return Cell(("from " if is_later(written, checked) else "") + written_date(written), written)


def _text_cell(text: str | None) -> Cell:
    return Cell(text) if text else Cell(UNKNOWN, "")
