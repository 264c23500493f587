"""Which figures speak to a question: the pay of a role, at a level, in an area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rolebook.pay.model import AreaKind, Figure, Part, PayBook, Proxy, SourceKind


@dataclass(frozen=True, slots=True)
class Match:
    """A figure that was found, and how it differs from what was asked for.

    ``proxy`` is there if the figure is of an occupation that stands in for the role.
    ``steps`` tells how many areas further out its area is than the one asked for.
    ``all_levels`` if a level was asked for and the figure is of all levels together.
    """

    figure: Figure
    proxy: Proxy | None
    steps: int
    all_levels: bool


def subjects(book: PayBook, role: str) -> dict[str, Proxy | None]:
    """What figures are the role's: its own (None), then its proxies, as they are declared."""
    proxies = {proxy.occupation: proxy for proxy in book.proxies if proxy.role == role}
    return {role: None, **proxies}


def around(book: PayBook, area: str) -> tuple[str, ...]:
    """An area's code and those of the areas around it, the nearest first."""
    codes = []
    code: str | None = area
    while code is not None:
        codes.append(code)
        code = book.areas[code].parent
    return tuple(codes)


def select(book: PayBook, role: str, level: str | None, area: str) -> tuple[Match, ...]:
    """The best figure of each source for a role, a proxy's apart from the role's own.

    A figure of the level goes before one of all levels, then that of the nearest area,
    then the newest. ``level`` None asks for all levels together. Raises KeyError if there
    is no such area.

    The role's own figures come first, then those of each proxy; of these official ones
    before surveys, and surveys before claims.
    """
    near = {code: steps for steps, code in enumerate(around(book, area))}
    best: dict[object, Match] = {}
    for match in _matches(book, role, level, near):
        figure = match.figure
        _keep_better(best, (figure.subject, figure.source, figure.part), match)
    return _ordered(book, role, best.values())


def in_areas(
    book: PayBook, role: str, level: str | None, kind: AreaKind, within: str | None = None
) -> tuple[Match, ...]:
    """As :func:`select`, for each area of a kind (inside another) that has figures of its own."""
    near = {
        code: 0
        for code, area in book.areas.items()
        if area.kind is kind and (within is None or within in around(book, code))
    }
    best: dict[object, Match] = {}
    for match in _matches(book, role, level, near):
        figure = match.figure
        key = (figure.area, figure.subject, figure.source, figure.part)
        _keep_better(best, key, match)
    return _ordered(book, role, best.values())


def _matches(
    book: PayBook, role: str, level: str | None, near: Mapping[str, int]
) -> Iterator[Match]:
    proxies = subjects(book, role)
    for figure in book.figures:
        if figure.subject in proxies and figure.area in near and figure.level in (level, None):
            other = figure.level != level
            yield Match(figure, proxies[figure.subject], near[figure.area], other)


def _keep_better(best: dict[object, Match], key: object, match: Match) -> None:
    rival = best.setdefault(key, match)
    if _rank(match) < _rank(rival):
        best[key] = match


def _rank(match: Match) -> tuple[bool, int, int]:
    """The less, the better a match answers what was asked."""
    return match.all_levels, match.steps, -match.figure.as_of.toordinal()


def _ordered(book: PayBook, role: str, matches: Iterable[Match]) -> tuple[Match, ...]:
    order = [*subjects(book, role)]
    kinds, parts = [*SourceKind], [*Part]

    def place(match: Match) -> tuple[object, ...]:
        figure = match.figure
        kind = book.sources[figure.source].kind
        named = (figure.source, figure.area, parts.index(figure.part))
        return order.index(figure.subject), kinds.index(kind), *_rank(match), *named

    return tuple(sorted(matches, key=place))
