"""How old figures may be, and which are older."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date

from rolebook.diagnostics import Code, Diagnostic, diagnostic
from rolebook.pay.files import SOURCES
from rolebook.pay.model import Figure, PayBook, Source, SourceKind

STALE_AFTER: Mapping[SourceKind, int] = {
    SourceKind.OFFICIAL: 24,
    SourceKind.SURVEY: 18,
    SourceKind.CLAIM: 18,
}
"""The age in months at which figures count as old, where their source sets none of its own.

Official figures come once a year, some months after the fact, so that the newest may well
be over a year and a half old; no survey need be.
"""


def allowed_age(source: Source) -> int:
    """The age in months up to which figures of a source count as new."""
    return STALE_AFTER[source.kind] if source.stale_after is None else source.stale_after


def is_stale(figure: Figure, source: Source, today: date) -> bool:
    """Whether a figure of ``source`` is older, counted from its as-of day, than it may be."""
    return today > _months_later(figure.as_of, allowed_age(source))


def check_pay(book: PayBook, today: date) -> tuple[Diagnostic, ...]:
    """Everything found wrong with pay data: what reading found, and which figures are old."""
    return tuple(sorted([*book.diagnostics, *_stale(book, today)]))


def _stale(book: PayBook, today: date) -> Iterator[Diagnostic]:
    """One finding for the old figures of a source, file and day: they get old together."""
    old: dict[tuple[str, str, date], list[Figure]] = {}
    for figure in book.figures:
        source = book.sources[figure.source]
        kept = source.keep_until is not None and today <= source.keep_until
        if is_stale(figure, source, today) and not kept:
            key = (figure.origin.file, figure.source, figure.as_of)
            old.setdefault(key, []).append(figure)
    for (file, id_, as_of), figures in old.items():
        rows = f"{len(figures)} rows" if len(figures) > 1 else "a row"
        yield diagnostic(
            file,
            figures[0].origin.line,
            Code.PAY_STALE,
            f"Column 'as_of' holds '{as_of}' in {rows} of '{id_}', more than"
            f" {allowed_age(book.sources[id_])} months ago.",
            "Bring in newer figures. If there are none yet, give the source"
            f" 'keep_until = {today.year + 1}-01-31' in '{SOURCES}': the day to look again.",
        )


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
