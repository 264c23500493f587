"""What a page shows of pay: figures with how each is to be read, in words.

Pages, downloads and structured data are made from the same rows, so that they agree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rolebook.model import Confidence
from rolebook.names import words_of
from rolebook.pay.fresh import is_stale
from rolebook.pay.model import (
    Area,
    AreaKind,
    Figure,
    Part,
    PayBook,
    Period,
    Proxy,
    Source,
    SourceKind,
    Tax,
)
from rolebook.pay.select import Match, around, in_areas, select, subjects

COLUMNS = {
    "p10": "10th percentile",
    "p25": "25th percentile",
    "p50": "Median",
    "p75": "75th percentile",
    "p90": "90th percentile",
    "low": "Lowest",
    "high": "Highest",
    "mean": "Mean",
}
"""The columns of sums in the order in which they are shown, with their titles."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as it is shown.

    ``id`` is the same wherever the figure is shown or downloaded. ``proxy`` is why it
    stands in for the role, if it is not of the role itself. ``marks`` are sentences on
    what to heed. ``source_name`` is the publisher, where that tells the source from others.
    """

    id: str
    figure: Figure
    source: Source
    source_name: str
    area: Area
    level: str
    occupation: str | None
    proxy: Proxy | None
    stale: bool
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Rows that are shown together."""

    rows: tuple[Row, ...]

    @property
    def span(self) -> tuple[date, date] | None:
        """The days of the oldest and the newest figure."""
        days = sorted(row.figure.as_of for row in self.rows)
        return (days[0], days[-1]) if days else None


def figure_id(figure: Figure) -> str:
    """A figure's name on pages and in downloads: a digest of what it is of, not of its sums.

    So it stays when the sums are corrected or when rows move in their file.
    """
    named = (
        *(figure.source, figure.subject, figure.level, figure.area, figure.as_of.isoformat()),
        *(figure.currency, figure.period.value, figure.tax.value, figure.part.value),
    )
    return hashlib.sha256(repr(named).encode()).hexdigest()[:10]


def row(figure: Figure, book: PayBook, role: str, levels: Mapping[str, str], today: date) -> Row:
    """A figure with what a reader of a role's pay must know of it.

    ``levels`` are the names of the role's levels, by id.
    """
    source, area = book.sources[figure.source], book.areas[figure.area]
    occupation = book.occupations.get(figure.subject)
    proxy = subjects(book, role).get(figure.subject)
    stale = is_stale(figure, source, today)
    return Row(
        figure_id(figure),
        figure,
        source,
        _source_name(source, book),
        area,
        level_name(figure.level, levels),
        f"{occupation.title} ({code_name(occupation.code)})" if occupation else None,
        proxy,
        stale,
        tuple(_marks(figure, source, stale)),
    )


def _source_name(source: Source, book: PayBook) -> str:
    same = [other for other in book.sources.values() if other.publisher == source.publisher]
    return source.publisher if len(same) == 1 else source.title


def level_name(level: str | None, levels: Mapping[str, str]) -> str:
    """A level as a reader sees it: as the role names it, if it does; "All levels" for none."""
    if level is None:
        return "All levels"
    return levels.get(level) or words_of(level)


def code_name(code: str) -> str:
    """The code of an occupation as a reader sees it: "SOC 15-2051"."""
    scheme, _, number = code.partition(":")
    return f"{scheme.upper()} {number}" if number else code


def _marks(figure: Figure, source: Source, stale: bool) -> Iterable[str]:
    if source.kind is SourceKind.CLAIM:
        yield "A claim of its publisher."
    if figure.low is not None:
        yield "A range as published, no percentiles."
    if figure.mean is not None and not figure.percentiles:
        yield "A mean, not a median: a few high sums pull it up."
    if stale:
        yield "Old: newer figures may differ."
    if figure.top_coded:
        yield f"Capped by the source: {_names(figure.top_coded)} may be higher."
    if figure.suppressed:
        yield f"Withheld by the source: {_names(figure.suppressed)}."
    if figure.confidence is Confidence.LOW:
        yield "Of low confidence."
    if figure.note:
        yield figure.note


def _names(columns: Sequence[str]) -> str:
    return ", ".join(COLUMNS.get(name, name).lower() for name in columns)


def unit(figure: Figure) -> str:
    """Currency and period in words: "USD a year"."""
    return f"{figure.currency} {PERIODS[figure.period]}"


def what_is_paid(figure: Figure) -> str:
    """Tax and part of pay in words: "gross, base pay"."""
    return f"{TAXES[figure.tax]}, {PARTS[figure.part]}"


TAXES = {Tax.GROSS: "gross", Tax.NET: "after tax", Tax.UNKNOWN: "gross or not is not said"}
PARTS = {
    Part.BASE: "base pay",
    Part.TOTAL: "pay in all",
    Part.UNKNOWN: "base or all is not said",
}
PERIODS = {
    Period.YEAR: "a year",
    Period.MONTH: "a month",
    Period.WEEK: "a week",
    Period.DAY: "a day",
    Period.HOUR: "an hour",
}


SMALL = (AreaKind.STATE, AreaKind.METRO)
WIDE = (AreaKind.WORLD_REGION, AreaKind.COUNTRY)


def of_role(book: PayBook, role: str) -> list[Figure]:
    """All figures of a role and of the occupations that stand in for it."""
    wanted = subjects(book, role)
    return [figure for figure in book.figures if figure.subject in wanted]


class Views:
    """Makes the views of one build: all are of the same book and the same day.

    ``levels`` are, by role, the names of its levels by id, in their order; ``area`` is the
    one whose figures are shown where a page names none.
    """

    def __init__(
        self, book: PayBook, levels: Mapping[str, Mapping[str, str]], today: date, area: str
    ) -> None:
        self.area = area
        self.book = book
        self.levels = levels
        self.today = today

    def pay(self, role: str, area: str) -> View:
        """A role's pay in an area: all levels first, then level by level."""
        return self._view(role, self._at(role, area, [None, *self._levels(role)]))

    def by_level(self, role: str, area: str) -> View:
        """The distribution by level: percentiles, of sources that tell levels apart."""
        levels = self._levels(role)
        telling = {figure.source for figure in self._at(role, area, levels)}
        chosen = self._at(role, area, [None, *levels])
        return self._view(role, [f for f in chosen if f.source in telling and f.percentiles])

    def by_area(self, role: str, occupation: str | None) -> View:
        """Every state and metropolitan area with figures, all levels, by name.

        Of the occupations that stand in for the role only one, by default the nearest that
        has any: together they would be thousands of rows.
        """
        found = [match.figure for kind in SMALL for match in self._in(role, kind)]
        there = {figure.subject for figure in found}
        nearest = (p for p, proxy in subjects(self.book, role).items() if proxy and p in there)
        wanted = (role, occupation or next(nearest, None))
        found = [figure for figure in found if figure.subject in wanted]
        areas = self.book.areas
        return self._view(role, sorted(found, key=lambda f: areas[f.area].name.casefold()))

    def world(self, role: str) -> View:
        """Regions of the world and countries, each region before its countries, all levels."""
        found = [match.figure for kind in WIDE for match in self._in(role, kind)]
        areas = self.book.areas

        def key(figure: Figure) -> list[str]:
            return [areas[code].name.casefold() for code in around(self.book, figure.area)][::-1]

        return self._view(role, sorted(found, key=key))

    def everything(self, role: str) -> View:
        """All figures of a role, older ones too: what its downloads hold."""

        def key(f: Figure) -> tuple[object, ...]:
            return (f.source, f.subject, f.level or "", f.area, f.as_of, figure_id(f))

        return self._view(role, sorted(of_role(self.book, role), key=key))

    def of_sources(self) -> View:
        """All figures of all sources."""
        return self._view("", sorted(self.book.figures, key=figure_id))

    def of_source(self, source: str) -> View:
        """All figures of a source."""
        figures = [figure for figure in self.book.figures if figure.source == source]
        return self._view("", figures)

    def _levels(self, role: str) -> list[str]:
        """The levels of a role's figures: those that it has in their order, then others."""
        there = {figure.level for figure in of_role(self.book, role) if figure.level}
        order = [level for level in self.levels.get(role, ()) if level in there]
        return order + sorted(there - {*order})

    def _at(self, role: str, area: str, levels: Iterable[str | None]) -> list[Figure]:
        """The best figure of each source in an area, for each of the levels."""
        if area not in self.book.areas:
            return []
        return [
            match.figure
            for level in levels
            for match in select(self.book, role, level, area)
            if match.figure.level == level
        ]

    def _in(self, role: str, kind: AreaKind) -> tuple[Match, ...]:
        return in_areas(self.book, role, None, kind)

    def _view(self, role: str, figures: Iterable[Figure]) -> View:
        levels = self.levels.get(role, {})
        return View(tuple(row(f, self.book, role, levels, self.today) for f in figures))


def lead(rows: Iterable[Row]) -> str:
    """What tells rows apart before all: "area" if they have all one level, else "level"."""
    rows = [*rows]
    one_level = len({row.figure.level for row in rows}) == 1
    return "area" if one_level and len({row.area.code for row in rows}) > 1 else "level"


def columns_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """The columns of sums that hold something: of percentiles if all rows have any, else others.

    A mean beside percentiles says nothing that these do not say better, and stays in the files.
    """
    held: set[str] = set()
    for each in rows:
        figure = each.figure
        if has_percentiles(figure):
            held.update(figure.percentiles, figure.suppressed, figure.top_coded)
            held -= {"low", "high", "mean"}
        else:
            held.update(figure.sums)
    return tuple(name for name in COLUMNS if name in held)


def has_percentiles(figure: Figure) -> bool:
    """Whether a figure tells percentiles, be they withheld."""
    return bool(figure.percentiles) or any(name[0] == "p" for name in figure.suppressed)
