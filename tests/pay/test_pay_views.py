"""What is shown of pay, and what is said of it: which rows, which marks, why sources disagree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rolebook.model import Confidence, Origin
from rolebook.pay.listings import faults, read_asked
from rolebook.pay.model import (
    Area,
    AreaKind,
    Figure,
    Occupation,
    Part,
    PayBook,
    Period,
    Proxy,
    Source,
    SourceKind,
    Tax,
)
from rolebook.pay.occupation import occupations
from rolebook.pay.reasons import reasons
from rolebook.pay.views import Views, columns_of, figure_id, row

HERE = Origin("pay/figures/a.csv", 2)
TODAY = date(2026, 11, 21)
PERCENTILES = {
    n: Decimal(v) for n, v in (("p10", 10), ("p25", 25), ("p50", 50), ("p75", 75), ("p90", 90))
}
FIGURE = Figure(
    subject="engineer",
    level=None,
    area="US",
    currency="USD",
    period=Period.YEAR,
    tax=Tax.GROSS,
    part=Part.BASE,
    percentiles=PERCENTILES,
    low=None,
    high=None,
    mean=None,
    sample=120,
    employment=None,
    suppressed=(),
    top_coded=(),
    source="survey",
    as_of=date(2026, 6, 30),
    retrieved=date(2026, 7, 1),
    confidence=Confidence.MEDIUM,
    note=None,
    origin=HERE,
)
RANGE = {"percentiles": {}, "low": Decimal(20), "high": Decimal(60), "sample": None}


def figure(**changes: Any) -> Figure:
    return replace(FIGURE, **changes)


def source(id_: str, kind: SourceKind) -> Source:
    return Source(
        id=id_,
        kind=kind,
        publisher=f"The {id_}",
        title="Pay",
        licence="CC0",
        address="https://example.org/",
        method="Asked.",
        caveats=(),
        released=None,
        stale_after=None,
        keep_until=None,
        origin=HERE,
    )


def book(*figures: Figure) -> PayBook:
    areas = [
        Area("US", "United States", AreaKind.COUNTRY, None, HERE),
        Area("US-CO", "Colorado", AreaKind.STATE, "US", HERE),
        Area("US-AL", "Alabama", AreaKind.STATE, "US", HERE),
        Area("cbsa:19740", "Denver, CO", AreaKind.METRO, "US-CO", HERE),
        Area("GB", "United Kingdom", AreaKind.COUNTRY, "world:europe", HERE),
        Area("world:europe", "Europe", AreaKind.WORLD_REGION, None, HERE),
    ]
    sources = [source(kind.value, kind) for kind in SourceKind]
    return PayBook(
        sources={each.id: each for each in sources},
        areas={area.code: area for area in areas},
        occupations={
            "soc:1": Occupation("soc:1", "Coders", HERE),
            "soc:2": Occupation("soc:2", "Counters", HERE),
        },
        proxies=(
            Proxy("engineer", "soc:1", "They code.", HERE),
            Proxy("engineer", "soc:2", "They count.", HERE),
        ),
        figures=figures,
        diagnostics=(),
    )


LEVELS = {"junior": "Junior", "mid": "Mid-level", "senior": "Senior"}


def views(*figures: Figure) -> Views:
    return Views(book(*figures), {"engineer": LEVELS}, TODAY, "US")


def shown(view: Any) -> list[tuple[str, str, str]]:
    return [(r.figure.subject, r.level, r.area.name) for r in view.rows]


# Which rows


def test_levels_come_in_their_order_after_all_levels() -> None:
    every = [figure(level=level) for level in ("executive", "senior", None, "junior", "mid")]
    levels = [level for _, level, _ in shown(views(*every).pay("engineer", "US"))]
    assert levels == ["All levels", "Junior", "Mid-level", "Senior", "Executive"]


def test_an_area_without_figures_gets_those_around_it() -> None:
    found = views(FIGURE, figure(area="US-CO", level="senior")).pay("engineer", "cbsa:19740")
    assert shown(found) == [
        ("engineer", "All levels", "United States"),
        ("engineer", "Senior", "Colorado"),
    ]


def test_levels_are_those_of_sources_that_tell_them_apart() -> None:
    official = figure(subject="soc:1", source="official")
    claim = figure(source="claim", **RANGE)
    found = views(FIGURE, official, claim, figure(level="junior")).by_level("engineer", "US")
    assert [r.figure.source for r in found.rows] == ["survey", "survey"]
    assert not views(FIGURE, official).by_level("engineer", "US").rows


def test_areas_are_small_sorted_by_name_and_of_one_occupation() -> None:
    every = [
        figure(area=area, subject=subject, source="official")
        for area in ("US", "cbsa:19740", "US-CO", "US-AL")
        for subject in ("soc:1", "soc:2")
    ]
    names = ["Alabama", "Colorado", "Denver, CO"]
    found = shown(views(*every).by_area("engineer", None))
    assert found == [("soc:1", "All levels", name) for name in names]
    found = shown(views(*every).by_area("engineer", "soc:2"))
    assert found == [("soc:2", "All levels", name) for name in names]


def test_a_region_comes_before_its_countries_and_levels_stay_out() -> None:
    every = [figure(area=area) for area in ("US", "GB", "US-CO")]
    region = figure(area="world:europe", source="claim", **RANGE)
    found = views(*every, region, figure(area="GB", level="senior")).world("engineer")
    assert [name for _, _, name in shown(found)] == ["Europe", "United Kingdom", "United States"]
    assert {level for _, level, _ in shown(found)} == {"All levels"}


def test_files_hold_older_figures_too() -> None:
    older = figure(as_of=date(2025, 6, 30))
    found = views(FIGURE, older)
    assert len(found.pay("engineer", "US").rows) == 1
    assert [r.figure.as_of.year for r in found.everything("engineer").rows] == [2025, 2026]
    assert found.everything("engineer").span == (date(2025, 6, 30), date(2026, 6, 30))


def test_a_book_without_the_area_has_no_figures_for_it() -> None:
    assert not views(FIGURE).pay("engineer", "XX").rows


# What is said of a figure


def test_a_figure_keeps_its_id_when_it_is_corrected_or_moved() -> None:
    corrected = figure(percentiles={"p50": Decimal(51)}, origin=Origin("b.csv", 9), sample=7)
    assert figure_id(corrected) == figure_id(FIGURE)
    for other in (
        *({"subject": "soc:1"}, {"level": "senior"}, {"area": "GB"}, {"source": "claim"}),
        *({"part": Part.TOTAL}, {"tax": Tax.NET}, {"currency": "EUR"}, {"period": Period.DAY}),
        {"as_of": date(2026, 5, 31)},
    ):
        assert figure_id(figure(**other)) != figure_id(FIGURE)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"as_of": date(2025, 5, 21)}, []),
        ({"as_of": date(2025, 5, 20)}, ["Old: newer figures may differ."]),
        (
            {"suppressed": ("p10", "p90"), "percentiles": {"p50": Decimal(1)}},
            ["Withheld by the source: 10th percentile, 90th percentile."],
        ),
        ({"top_coded": ("p90",)}, ["Capped by the source: 90th percentile may be higher."]),
        (
            {"source": "claim", **RANGE},
            ["A claim of its publisher.", "A range as published, no percentiles."],
        ),
        (
            {"source": "claim", "percentiles": {}, "mean": Decimal(5)},
            ["A claim of its publisher.", "A mean, not a median: a few high sums pull it up."],
        ),
        ({"mean": Decimal(5)}, []),
        ({"confidence": Confidence.LOW, "note": "As told."}, ["Of low confidence.", "As told."]),
    ],
)
def test_what_is_to_heed_is_said_in_words(changes: dict[str, Any], said: list[str]) -> None:
    assert [*row(figure(**changes), book(), "engineer", LEVELS, TODAY).marks] == said


def test_a_proxy_is_named_with_its_code_and_reason() -> None:
    found = row(figure(subject="soc:2"), book(), "engineer", LEVELS, TODAY)
    assert (found.occupation, found.proxy and found.proxy.why) == (
        "Counters (SOC 2)",
        "They count.",
    )
    assert row(FIGURE, book(), "engineer", LEVELS, TODAY).occupation is None


def test_columns_are_those_that_hold_something() -> None:
    def columns(*figures: Figure) -> list[str]:
        return [*columns_of(row(each, book(), "engineer", LEVELS, TODAY) for each in figures)]

    assert columns(figure(mean=Decimal(5))) == [*PERCENTILES]
    assert columns(figure(percentiles={"p50": Decimal(1)}, suppressed=("p90",))) == ["p50", "p90"]
    assert columns(figure(**RANGE)) == ["low", "high"]


# Why sources disagree


def why(*figures: Figure) -> str:
    return " ".join(reasons([row(each, book(), "engineer", LEVELS, TODAY) for each in figures]))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"source": "official"}, "different kinds. The survey: a survey of those who chose"),
        ({"subject": "soc:1"}, "different people. The survey: the role itself"),
        ({"area": "US-CO"}, "different areas. The survey: United States; The survey: Colorado"),
        ({"as_of": date(2025, 6, 30)}, "12 months lie between the oldest and the newest"),
        (RANGE, "different things. The survey: percentiles; The survey: a range"),
        ({"part": Part.TOTAL}, "bonuses and shares included"),
        ({"tax": Tax.NET}, "Tax is counted differently"),
        ({"sample": 54}, "The survey has 54 answers here"),
        (RANGE, "The survey does not say"),
    ],
)
def test_each_difference_is_a_reason(other: dict[str, Any], said: str) -> None:
    assert said in why(FIGURE, figure(**other))
    assert said not in why(FIGURE, FIGURE)


def test_figures_that_differ_in_nothing_have_no_reasons() -> None:
    assert why(FIGURE, FIGURE) == ""
    assert why(FIGURE, figure(as_of=date(2026, 1, 1))) == ""


# Structured data


def test_structured_data_hold_only_what_is_measured_and_known() -> None:
    rows = [
        row(each, book(), "engineer", LEVELS, TODAY)
        for each in (
            figure(top_coded=("p90",), percentiles={**PERCENTILES, "p25": Decimal("25.5")}),
            figure(level="senior", area="US-CO", period=Period.MONTH),
            figure(subject="soc:1", source="official", sample=None, employment=9),
            figure(source="claim", area="GB"),
            figure(source="survey", area="GB", **RANGE),
        )
    ]
    data = occupations(rows, "Engineer")
    assert data is not None
    first, senior, proxy = data["@graph"]
    (salary,) = first["estimatedSalary"]
    assert salary == {
        "@type": "MonetaryAmountDistribution",
        "name": "base",
        "currency": "USD",
        "duration": "P1Y",
        "percentile10": 10,
        "percentile25": 25.5,
        "median": 50,
        "percentile75": 75,
        "sampleSize": 120,
    }
    assert (first["name"], first["occupationLocation"]["@type"]) == ("Engineer", "Country")
    assert (senior["name"], senior["occupationLocation"]["name"]) == (
        "Engineer, senior",
        "Colorado",
    )
    assert senior["estimatedSalary"][0]["duration"] == "P1M"
    assert (proxy["name"], proxy["occupationalCategory"]) == ("Coders", "SOC 1")
    assert "sampleSize" not in proxy["estimatedSalary"][0]
    assert occupations(rows[3:], "Engineer") is None


# Arguments


def test_arguments_that_hold_have_no_faults() -> None:
    for name, argument in (
        *(("pay", "engineer"), ("pay", "engineer US-CO"), ("pay-levels", "engineer GB")),
        *(("pay-areas", "engineer soc:2"), ("pay-world", "engineer eur"), ("pay-sources", "")),
        ("pay-sources", "engineer"),
    ):
        assert [*faults(read_asked(name, argument), ["engineer"], book())] == []
