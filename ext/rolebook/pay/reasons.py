"""Why sources may disagree on a role's pay: from what they are, count, cover and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rolebook.pay.model import Figure, Part, SourceKind, Tax
from rolebook.pay.views import Row

MONTHS_APART = 6
"""Figures whose days are further apart are said to be of different times."""

FEW = 100
"""Samples below this number of answers are said to be small."""

KINDS = {
    SourceKind.OFFICIAL: "official statistics",
    SourceKind.SURVEY: "a survey of those who chose to answer, or of postings",
    SourceKind.CLAIM: "a claim whose making its publisher does not show",
}
"""What each kind of source is, to a reader."""


def reasons(rows: Sequence[Row]) -> list[str]:
    """Sentences on what sets the figures of several sources apart; none if nothing does."""
    return [text for find in _FINDERS for text in find(rows)]


def _kinds(rows: Sequence[Row]) -> Iterator[str]:
    said = _by(rows, lambda row: KINDS[row.source.kind])
    if len(said) > 1:
        each = "; ".join(f"{_and(names)}: {kind}" for kind, names in said.items())
        yield f"They are of different kinds. {each}."


def _subjects(rows: Sequence[Row]) -> Iterator[str]:
    said = _by(rows, lambda row: row.occupation or "the role itself")
    if len(said) > 1:
        each = "; ".join(f"{_and(names)}: {whom}" for whom, names in said.items())
        yield f"They are of different people. {each}."


def _areas(rows: Sequence[Row]) -> Iterator[str]:
    said = _by(rows, lambda row: row.area.name)
    if len(said) > 1:
        each = "; ".join(f"{_and(names)}: {area}" for area, names in said.items())
        yield f"They cover different areas. {each}."


def _dates(rows: Sequence[Row]) -> Iterator[str]:
    days = sorted(row.figure.as_of for row in rows)
    months = (days[-1].year - days[0].year) * 12 + days[-1].month - days[0].month if days else 0
    if months > MONTHS_APART:
        yield f"They are of different times: {months} months lie between the oldest and the newest."


def _measures(rows: Sequence[Row]) -> Iterator[str]:
    said = _by(rows, lambda row: measure(row.figure))
    if len(said) > 1:
        each = "; ".join(f"{_and(names)}: {what}" for what, names in said.items())
        yield f"They give different things. {each}."


def _parts(rows: Sequence[Row]) -> Iterator[str]:
    words = {
        Part.BASE: "base pay",
        Part.TOTAL: "pay in all, bonuses and shares included",
        Part.UNKNOWN: "not said which part of pay",
    }
    said = _by(rows, lambda row: words[row.figure.part])
    if len(said) > 1:
        each = "; ".join(f"{_and(names)}: {what}" for what, names in said.items())
        yield f"They count different parts of pay. {each}."


def _taxes(rows: Sequence[Row]) -> Iterator[str]:
    words = {Tax.GROSS: "before tax", Tax.NET: "after tax", Tax.UNKNOWN: "not said"}
    said = _by(rows, lambda row: words[row.figure.tax])
    if len(said) > 1:
        each = "; ".join(f"{_and(names)}: {what}" for what, names in said.items())
        yield f"Tax is counted differently. {each}."


def _samples(rows: Sequence[Row]) -> Iterator[str]:
    few = {row.source_name: n for row in rows if (n := row.figure.sample) is not None and n < FEW}
    for name, sample in few.items():
        yield f"{name} has {sample} answers here; a few others would move its figures."
    silent = _and([*dict.fromkeys(r.source_name for r in rows if not _counted(r.figure))])
    if silent:
        yield f"How many people are behind the figures, {silent} does not say."


def measure(figure: Figure) -> str:
    """What a figure gives: percentiles, a range, a mean."""
    if figure.percentiles:
        return "percentiles"
    return "a range" if figure.low is not None else "a mean"


def _counted(figure: Figure) -> bool:
    return figure.sample is not None or figure.employment is not None


def _by(rows: Sequence[Row], fact: Callable[[Row], str]) -> dict[str, list[str]]:
    """The names of sources by what they have in common."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        found.setdefault(fact(row), {})[row.source_name] = None
    return {said: [*names] for said, names in found.items()}


def _and(names: Sequence[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last


_FINDERS = (_kinds, _subjects, _areas, _dates, _measures, _parts, _taxes, _samples)
