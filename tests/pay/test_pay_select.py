"""Which figures are shown for a role, a level and an area, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolebook.model import Confidence, Origin
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
from rolebook.pay.select import Match, around, in_areas, select

NOWHERE = Origin("", 1)
AREAS = {
    "denver": (AreaKind.METRO, "colorado"),
    "erie": (AreaKind.METRO, "us"),
    "london": (AreaKind.METRO, "gb"),
    "colorado": (AreaKind.STATE, "us"),
    "us": (AreaKind.COUNTRY, "america"),
    "gb": (AreaKind.COUNTRY, None),
    "america": (AreaKind.WORLD_REGION, None),
}
SOURCES = {
    "claim": SourceKind.CLAIM,
    "survey": SourceKind.SURVEY,
    "wages": SourceKind.OFFICIAL,
    "other-wages": SourceKind.OFFICIAL,
}


def figure(
    subject: str = "engineer",
    level: str | None = None,
    area: str = "us",
    source: str = "survey",
    as_of: int = 2026,
    part: Part = Part.BASE,
) -> Figure:
    return Figure(
        subject=subject,
        level=level,
        area=area,
        currency="USD",
        period=Period.YEAR,
        tax=Tax.GROSS,
        part=part,
        percentiles={},
        low=None,
        high=None,
        mean=Decimal(1),
        sample=None,
        employment=None,
        suppressed=(),
        top_coded=(),
        source=source,
        as_of=date(as_of, 1, 1),
        retrieved=date(as_of, 1, 1),
        confidence=Confidence.LOW,
        note=None,
        origin=NOWHERE,
    )


def book(figures: Iterable[Figure]) -> PayBook:
    return PayBook(
        sources={
            id_: Source(id_, kind, "", "", "", "", "", (), None, None, None, NOWHERE)
            for id_, kind in SOURCES.items()
        },
        areas={code: Area(code, code, *about, NOWHERE) for code, about in AREAS.items()},
        occupations={},
        proxies=(
            Proxy("engineer", "soc:2", "Nearest.", NOWHERE),
            Proxy("engineer", "soc:1", "Near.", NOWHERE),
            Proxy("analyst", "soc:3", "Near.", NOWHERE),
        ),
        figures=tuple(figures),
        diagnostics=(),
    )


def test_the_areas_around_an_area() -> None:
    assert around(book([]), "denver") == ("denver", "colorado", "us", "america")


@pytest.mark.parametrize(
    ("places", "asked", "found", "steps"),
    [
        (["denver", "colorado", "us"], "denver", "denver", 0),
        (["colorado", "us", "erie"], "denver", "colorado", 1),
        (["us", "gb", "erie"], "denver", "us", 2),
        (["america"], "denver", "america", 3),
        (["us", "america"], "erie", "us", 1),
        (["denver", "us"], "us", "us", 0),
    ],
)
def test_the_nearest_area_outward_is_taken(
    places: list[str], asked: str, found: str, steps: int
) -> None:
    (match,) = select(book(figure(area=place) for place in places), "engineer", None, asked)
    assert (match.figure.area, match.steps) == (found, steps)


def test_what_is_inside_or_beside_an_area_is_not_of_it() -> None:
    inside = [figure(area="denver"), figure(area="colorado"), figure(area="gb")]
    assert select(book(inside), "engineer", None, "us") == ()


def test_an_area_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        select(book([]), "engineer", None, "atlantis")


def test_the_level_goes_before_the_area_and_the_area_before_the_day() -> None:
    everyone = figure(area="denver", as_of=2026)
    old, new = (figure(level="senior", as_of=year) for year in (2024, 2025))
    older_but_nearer = figure(level="senior", area="colorado", as_of=2023)
    assert select(book([everyone]), "engineer", "senior", "denver") == (
        Match(everyone, None, 0, True),
    )
    assert select(book([everyone, old, new]), "engineer", "senior", "denver") == (
        Match(new, None, 2, False),
    )
    found = select(book([old, new, older_but_nearer]), "engineer", "senior", "denver")
    assert found == (Match(older_but_nearer, None, 1, False),)


def test_all_levels_together_are_not_made_of_one() -> None:
    assert select(book([figure(level="senior")]), "engineer", None, "us") == ()
    assert select(book([figure(level="senior")]), "engineer", "junior", "us") == ()


def test_own_figures_come_first_then_proxies_as_declared_then_by_kind_of_source() -> None:
    figures = [
        figure("soc:1", source="wages"),
        figure("soc:3", source="wages"),
        figure("soc:2", source="wages"),
        figure(source="claim"),
        figure(source="survey", part=Part.TOTAL),
        figure(source="survey"),
        figure("soc:2", source="other-wages", area="america"),
        figure("analyst", source="survey"),
    ]
    found = select(book(figures), "engineer", None, "us")
    assert [(m.figure.subject, m.figure.source, m.figure.part.value) for m in found] == [
        ("engineer", "survey", "base"),
        ("engineer", "survey", "total"),
        ("engineer", "claim", "base"),
        ("soc:2", "wages", "base"),
        ("soc:2", "other-wages", "base"),
        ("soc:1", "wages", "base"),
    ]
    assert [m.proxy.why if m.proxy else None for m in found] == [
        *(None, None, None),
        *("Nearest.", "Nearest.", "Near."),
    ]


def test_each_area_of_a_kind_with_figures_of_its_own() -> None:
    figures = [figure(area=area) for area in ("us", "denver", "london", "colorado")]
    figures += [figure(area="erie", as_of=2025), figure(area="erie", as_of=2024)]

    def places(kind: AreaKind, within: str | None = None) -> list[tuple[str, int]]:
        found = in_areas(book(figures), "engineer", None, kind, within)
        return [(m.figure.area, m.figure.as_of.year) for m in found]

    assert places(AreaKind.METRO) == [("denver", 2026), ("london", 2026), ("erie", 2025)]
    assert places(AreaKind.METRO, "us") == [("denver", 2026), ("erie", 2025)]
    assert places(AreaKind.METRO, "colorado") == [("denver", 2026)]
    assert places(AreaKind.COUNTRY) == [("us", 2026)]
    assert places(AreaKind.WORLD_REGION) == []


FIGURES = st.lists(
    st.builds(
        figure,
        subject=st.sampled_from(["engineer", "analyst", "soc:1", "soc:2", "soc:3"]),
        level=st.sampled_from([None, "junior", "senior"]),
        area=st.sampled_from([*AREAS]),
        source=st.sampled_from([*SOURCES]),
        as_of=st.integers(2020, 2026),
        part=st.sampled_from([*Part]),
    ),
    max_size=30,
)


@given(FIGURES, st.sampled_from([None, "senior"]), st.sampled_from([*AREAS]))
def test_whatever_there_is_the_best_is_found_whatever_its_order(
    figures: list[Figure], level: str | None, area: str
) -> None:
    found = select(book(figures), "engineer", level, area)
    assert select(book(reversed(figures)), "engineer", level, area) == found
    near = around(book([]), area)

    def rank(each: Figure) -> tuple[bool, int, int]:
        return each.level != level, near.index(each.area), -each.as_of.year

    answers: dict[tuple[str, str, Part], list[Figure]] = {}
    for each in figures:
        if (
            each.subject in ("engineer", "soc:1", "soc:2")
            and each.area in near
            and each.level in (None, level)
        ):
            answers.setdefault((each.subject, each.source, each.part), []).append(each)
    assert len(found) == len(answers)
    for match in found:
        rivals = answers[match.figure.subject, match.figure.source, match.figure.part]
        assert rank(match.figure) == min(rank(each) for each in rivals)
        assert match.all_levels == (match.figure.level != level)
        assert match.steps == near.index(match.figure.area)
        assert (match.proxy is None) == (match.figure.subject == "engineer")
