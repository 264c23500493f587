"""``pay/figures/*.csv``: the figures, a row each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from rolebook.details import FORMS, DetailKind
from rolebook.diagnostics import Code, known
from rolebook.iso_codes import CURRENCIES
from rolebook.model import Confidence
from rolebook.pay.fields import Fields, Names
from rolebook.pay.files import Files
from rolebook.pay.model import PERCENTILES, SUMS, Figure, Part, Period, Tax

COUNTS = ("sample", "employment")
"""The columns that hold how many there are."""

COLUMNS = (
    *("subject", "level", "area", "currency", "period", "tax", "part"),
    *(*SUMS, *COUNTS),
    *("suppressed", "top_coded", "source", "as_of", "retrieved", "confidence", "note"),
)

_CURRENCIES = Names("currency", CURRENCIES, where=f"{FORMS[DetailKind.CURRENCY]}.")

_ABOUT_A_DOLLAR = frozenset({"AUD", "CAD", "CHF", "EUR", "GBP", "NZD", "SGD", "USD"})
"""Currencies of which one unit has been worth between half a US dollar and two for decades."""

_HIGHEST_HOUR = Decimal(2_000)
_LOWEST_YEAR = Decimal(500)


Sum = tuple[str, Decimal]
"""A column and what it holds."""


def read_figures(
    files: Files, roles: Names, levels: Names, occupations: Names, areas: Names, sources: Names
) -> tuple[Figure, ...]:
    """The figures of all files, in the order of the files and their rows."""
    figures: dict[object, Figure] = {}
    for file in files.figures():
        for fields in files.rows(file, COLUMNS, "figure"):
            official = ":" in fields.values["subject"]
            fields.name("subject", occupations if official else roles)
            if fields.optional("level"):
                fields.name("level", levels)
            fields.name("area", areas)
            fields.name("source", sources)
            figure = _figure(fields, files.today)
            if not fields.sound:
                continue
            key = (
                *(figure.subject, figure.level, figure.area),
                *(figure.source, figure.part, figure.as_of),
            )
            first = figures.setdefault(key, figure)
            if first is not figure:
                where = f"{first.origin.file}:{first.origin.line}"
                fields.reject(
                    Code.PAY_DUPLICATE,
                    "This row has the subject, level, area, source, part and as_of of the one"
                    f" at {where}.",
                    "Delete one of them, or correct what they should differ in.",
                )
    return tuple(figures.values())


def _figure(fields: Fields, today: date) -> Figure:
    sums = {column: fields.number(column) for column in SUMS}
    counts = {column: fields.count(column) for column in COUNTS}
    figure = Figure(
        subject=fields.values["subject"],
        level=fields.optional("level"),
        area=fields.values["area"],
        currency=fields.name("currency", _CURRENCIES),
        period=fields.choice("period", Period),
        tax=fields.choice("tax", Tax),
        part=fields.choice("part", Part),
        percentiles={p: value for p in PERCENTILES if (value := sums[p]) is not None},
        low=sums["low"],
        high=sums["high"],
        mean=sums["mean"],
        sample=counts["sample"],
        employment=counts["employment"],
        suppressed=_columns(fields, "suppressed", [*SUMS, *COUNTS]),
        top_coded=_columns(fields, "top_coded", SUMS),
        source=fields.values["source"],
        as_of=fields.day("as_of", today),
        retrieved=fields.day("retrieved", today),
        confidence=fields.choice("confidence", Confidence),
        note=fields.optional("note"),
        origin=fields.origin,
    )
    _check_marks(fields, figure)
    _check_figures(fields, figure)
    if fields.faulty.isdisjoint(("as_of", "retrieved")) and figure.retrieved < figure.as_of:
        message = f"holds '{figure.retrieved}', a day before 'as_of' ({figure.as_of})."
        remedy = "A figure is retrieved when it is there."
        fields.report("retrieved", Code.PAY_ORDER, message, remedy)
    return figure


def _columns(fields: Fields, name: str, columns: Sequence[str]) -> tuple[str, ...]:
    """A field that names columns, with spaces between them."""
    named = tuple((fields.optional(name) or "").split())
    for column in named:
        if column not in columns:
            message = f"names the column '{column}', which it cannot."
            remedy = known(column, columns, "column")
            fields.report(name, Code.PAY_UNKNOWN, message, f"{remedy} Spaces part them.")
    return named


def _check_marks(fields: Fields, figure: Figure) -> None:
    """What is withheld cannot be there, and what is cut off at the top has to be."""
    for column in figure.suppressed:
        if value := fields.values.get(column):
            message = f"names '{column}', which holds '{value}'."
            remedy = f"Empty '{column}', or take it out of 'suppressed'."
            fields.report("suppressed", Code.PAY_VALUE, message, remedy)
    for column in figure.top_coded:
        if fields.values.get(column) == "":
            message = f"names '{column}', which is empty."
            remedy = f"Write the sum that '{column}' is at least, or take it out of 'top_coded'."
            fields.report("top_coded", Code.PAY_VALUE, message, remedy)


def _check_figures(fields: Fields, figure: Figure) -> None:
    """The sums of a row must agree with each other, as far as they could be read."""
    sums = [(p, figure.percentiles[p]) for p in PERCENTILES if p in figure.percentiles]
    for (lower, less), (upper, more) in pairwise(sums):
        if more < less:
            message = f"holds '{more}', less than '{lower}' ({less})."
            fields.report(upper, Code.PAY_ORDER, message, "Percentiles rise from p10 to p90.")
    sums += [("mean", figure.mean)] if figure.mean is not None else []
    low, high = figure.low, figure.high
    if low is not None and high is not None:
        _check_range(fields, low, high, sums)
        sums += [("low", low), ("high", high)]
    else:
        for column, end, other in (("low", low, high), ("high", high, low)):
            if end is None and other is not None and column not in fields.faulty:
                fields.report(
                    column, Code.PAY_VALUE, "is empty.", "A range has two ends; give both."
                )
    if not (sums or figure.suppressed) and fields.faulty.isdisjoint(SUMS):
        message = "This row has no figure: no percentile, no range and no mean."
        remedy = "Give one, say in 'suppressed' which the source withholds, or delete the row."
        fields.reject(Code.PAY_VALUE, message, remedy)
    _check_period(fields, figure, sums)


def _check_range(fields: Fields, low: Decimal, high: Decimal, sums: list[Sum]) -> None:
    if high < low:
        message = f"holds '{high}', less than 'low' ({low})."
        fields.report("high", Code.PAY_ORDER, message, "Write the lower end first.")
        return
    for column, value in sums:
        if not low <= value <= high:
            message = f"holds '{value}', outside the range from {low} to {high}."
            remedy = "Correct it, or leave out 'low' and 'high' if they are not the whole range."
            fields.report(column, Code.PAY_ORDER, message, remedy)


def _check_period(fields: Fields, figure: Figure, sums: list[Sum]) -> None:
    """Warn of sums that look like those of another period."""
    if figure.currency not in _ABOUT_A_DOLLAR or "period" in fields.faulty:
        return
    for column, value in sums:
        if figure.period is Period.HOUR and value > _HIGHEST_HOUR:
            message, remedy = "much for an hour", "Correct 'period', or the figures."
        elif figure.period is Period.YEAR and value < _LOWEST_YEAR:
            message, remedy = "little for a year", "Correct 'period', or write out thousands."
        else:
            continue
        message = f"holds {value} {figure.currency}, which is {message}."
        fields.warn(column, Code.PAY_PERIOD, message, remedy)
        return
