"""What figures suggest for the pay that a template leaves blank: said, never filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rolebook.pay.listings import DEFAULT_AREA
from rolebook.pay.model import PayBook, SourceKind
from rolebook.pay.money import locale_of, long_date, money
from rolebook.pay.select import Match, select, subjects

LOW, HIGH = "p25", "p75"
"""The ends of a suggested band: half of those counted lie between them."""


def suggestions(book: PayBook, role: str, level: str | None, area: str) -> tuple[str, ...]:
    """The middle half of pay for a role at a level in an area, a sentence a source.

    At most one of the role's own figures and one of an occupation that stands in for it;
    a claim of a publisher suggests nothing. Empty where there is no figure.
    """
    if area not in book.areas:
        return ()
    found: dict[bool, Match] = {}
    for match in select(book, role, level, area):
        is_band = {LOW, HIGH} <= match.figure.percentiles.keys()
        if is_band and book.sources[match.figure.source].kind is not SourceKind.CLAIM:
            found.setdefault(match.proxy is None, match)
    return tuple(_sentence(book, match) for match in found.values())


def area_of(book: PayBook, jurisdiction: str | None) -> str | None:
    """The area in which a jurisdiction's law holds, or one around it; None if there is none.

    ``us-ny-nyc`` is in "US-NY". Without a jurisdiction it is the listings' own area.
    """
    if jurisdiction is None:
        return DEFAULT_AREA if DEFAULT_AREA in book.areas else None
    parts = jurisdiction.upper().split("-")
    codes = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((code for code in codes if code in book.areas), None)


def table(
    book: PayBook, role: str, levels: Sequence[str], jurisdictions: Iterable[str]
) -> dict[str, object]:
    """The suggestions for every choice of level and jurisdiction, each sentence once.

    ``by`` leads from "level/jurisdiction", either of which may be empty, to the places of
    its sentences in ``texts``.
    """
    own = replace(book, figures=tuple(f for f in book.figures if f.subject in subjects(book, role)))
    texts: dict[str, int] = {}
    by: dict[str, list[int]] = {}
    known: dict[tuple[str, str], tuple[str, ...]] = {}
    for level in ("", *levels):
        for jurisdiction in ("", *jurisdictions):
            area = area_of(own, jurisdiction or None)
            if area is None:
                continue
            if (level, area) not in known:
                known[level, area] = suggestions(own, role, level or None, area)
            if found := known[level, area]:
                by[f"{level}/{jurisdiction}"] = [texts.setdefault(t, len(texts)) for t in found]
    return {"texts": [*texts], "by": by} if by else {}


def _sentence(book: PayBook, match: Match) -> str:
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


def chosen(found: Mapping[str, object], level: str, jurisdiction: str) -> tuple[str, ...]:
    """The sentences that :func:`table` has for a choice."""
    texts, by = found.get("texts", []), found.get("by", {})
    assert isinstance(texts, list)
    assert isinstance(by, dict)
    return tuple(texts[place] for place in by.get(f"{level}/{jurisdiction}", []))
