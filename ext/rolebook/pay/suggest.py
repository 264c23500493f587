"""What figures suggest for the pay that a template leaves blank: said, never filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rolebook.model import Origin
from rolebook.pay.model import PayBook, SourceKind
from rolebook.pay.money import locale_of, long_date, money
from rolebook.pay.select import Match, select, subjects

LOW, HIGH = "p25", "p75"
"""The ends of a suggested band: half of those counted lie between them."""


@dataclass(frozen=True, slots=True)
class Bands:
    """The suggestions for every choice of level and jurisdiction, each sentence once.

    ``by`` leads from "level/jurisdiction", either of which may be empty, to the places of
    its sentences in ``texts``. A choice for which nothing is known is left out.
    """

    texts: tuple[str, ...]
    by: Mapping[str, tuple[int, ...]]

    def of(self, level: str, jurisdiction: str) -> tuple[str, ...]:
        """The sentences for a choice, a sentence a source."""
        return tuple(self.texts[place] for place in self.by.get(f"{level}/{jurisdiction}", ()))


def suggested(book: PayBook, role: str, level: str | None, area: str) -> list[Match]:
    """The figures for a role at a level in an area that suggest pay, the role's own first.

    At most one of the role's own figures and one of an occupation that stands in for it;
    a claim of a publisher suggests nothing. Empty where there is no figure.
    """
    if area not in book.areas:
        return []
    found: dict[bool, Match] = {}
    for match in select(book, role, level, area):
        is_band = {LOW, HIGH} <= match.figure.percentiles.keys()
        if is_band and book.sources[match.figure.source].kind is not SourceKind.CLAIM:
            found.setdefault(match.proxy is None, match)
    return [*found.values()]


def area_of(book: PayBook, jurisdiction: str | None, default: str) -> str | None:
    """The area in which a jurisdiction's law holds, or one around it; None if there is none.

    ``us-ny-nyc`` is in "US-NY". Without a jurisdiction it is ``default``, an area's code.
    """
    if jurisdiction is None:
        return default if default in book.areas else None
    parts = jurisdiction.upper().split("-")
    codes = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((code for code in codes if code in book.areas), None)


def bands(
    book: PayBook, role: str, levels: Sequence[str], jurisdictions: Sequence[str], default: str
) -> Bands:
    """All suggestions for a role; without a jurisdiction for the area ``default``."""
    own = replace(book, figures=tuple(f for f in book.figures if f.subject in subjects(book, role)))
    texts: dict[str, int] = {}
    by: dict[str, tuple[int, ...]] = {}
    known: dict[tuple[str, str], list[Match]] = {}
    # Many choices lead to the same figure, and to write its sums in words takes longest.
    sentences: dict[Origin, str] = {}
    for level in ("", *levels):
        for jurisdiction in ("", *jurisdictions):
            area = area_of(own, jurisdiction or None, default)
            if area is None:
                continue
            if (level, area) not in known:
                known[level, area] = suggested(own, role, level or None, area)
            places = []
            for match in known[level, area]:
                origin = match.figure.origin
                if origin not in sentences:
                    sentences[origin] = sentence(own, match)
                places.append(texts.setdefault(sentences[origin], len(texts)))
            if places:
                by[f"{level}/{jurisdiction}"] = tuple(places)
    return Bands(tuple(texts), by)


def sentence(book: PayBook, match: Match) -> str:
    """The middle half of pay that a figure tells of, with what it rests on."""
    figure, source = match.figure, book.sources[match.figure.source]
    locale = locale_of("en")
    low, high = (money(figure.percentiles[end], figure.currency, locale) for end in (LOW, HIGH))
    level = figure.level or "all levels"
    return (
        f"{book.areas[figure.area].name}, {level}: {low} to {high} a {figure.period},"
        f" 25th to 75th percentile ({'; '.join(_basis(book, match, source.publisher))})."
    )


def _basis(book: PayBook, match: Match, publisher: str) -> Iterator[str]:
    figure = match.figure
    yield f"{publisher}, {long_date(figure.as_of, locale_of('en'))}"
    if figure.sample is not None:
        yield f"{figure.sample:,} answers"
    if match.proxy is not None:
        yield f"figures for {book.occupations[match.proxy.occupation].title.lower()}"
