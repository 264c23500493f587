"""What the shipped figures suggest for the pay of a template."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from rolebook.catalog import load
from rolebook.model import Axis
from rolebook.pay.read import read
from rolebook.pay.suggest import Bands, area_of, bands, sentence, suggested

CONTENT = Path(__file__).parents[2] / "content"
CATALOG = load(CONTENT)
BOOK = read(CONTENT, CATALOG, datetime.date(2026, 11, 21))
ROLE = "machine-learning-engineer"


def suggestions(role: str, level: str | None, area: str) -> tuple[str, ...]:
    return tuple(sentence(BOOK, match) for match in suggested(BOOK, role, level, area))


@pytest.mark.parametrize(
    ("jurisdiction", "area"),
    [
        (None, "US"),
        ("us-co", "US-CO"),
        ("us-ny-nyc", "US-NY"),
        ("us-oh-cleveland", "US-OH"),
        ("gb", "GB"),
        ("eu", None),
        ("xx-yy", None),
    ],
)
def test_the_area_of_a_law(jurisdiction: str | None, area: str | None) -> None:
    assert area_of(BOOK, jurisdiction, "US") == area


@pytest.mark.parametrize(("default", "area"), [("US-CO", "US-CO"), ("no-area", None)])
def test_without_a_law_the_area_is_the_one_configured(default: str, area: str | None) -> None:
    assert area_of(BOOK, None, default) == area
    found = bands(BOOK, ROLE, ["senior"], ["us-co"], default)
    assert found.of("", "") == (suggestions(ROLE, None, area) if area else ())
    assert found.of("senior", "us-co") == suggestions(ROLE, "senior", "US-CO")


def test_a_level_has_its_own_band_and_an_occupation_beside_it() -> None:
    own, proxy = suggestions(ROLE, "senior", "US-CO")
    assert own.startswith("United States, senior: US$172,550 to US$234,180 a year")
    assert "567 answers" in own
    assert proxy.startswith("Colorado, all levels: ")
    assert proxy.endswith("figures for data scientists).")


def test_a_level_without_figures_says_that_these_are_of_all() -> None:
    own, _ = suggestions(ROLE, "staff", "US")
    assert own.startswith("United States, all levels: ")


def test_claims_suggest_nothing() -> None:
    claims = {s.publisher for s in BOOK.sources.values() if s.kind.value == "claim"}
    assert claims
    for role in CATALOG.roles:
        for area in BOOK.areas:
            for said in suggestions(role, None, area):
                assert not any(publisher in said for publisher in claims)


def test_the_table_says_the_same_for_each_choice() -> None:
    role = CATALOG.roles[ROLE]
    levels = [id_ for axis, id_ in CATALOG.variants_of(role) if axis is Axis.LEVEL]
    laws = [id_ for axis, id_ in CATALOG.variants_of(role) if axis is Axis.JURISDICTION]
    found = bands(BOOK, ROLE, levels, laws, "US")
    for level in ("", *levels):
        for law in ("", *laws):
            area = area_of(BOOK, law or None, "US")
            expected = suggestions(ROLE, level or None, area) if area else ()
            assert found.of(level, law) == expected


def test_every_sum_is_a_percentile_of_a_row() -> None:
    sums = {
        f"{figure.percentiles[end]:,.0f}"
        for figure in BOOK.figures
        for end in ("p25", "p75")
        if end in figure.percentiles
    }
    for role in CATALOG.roles:
        for area in BOOK.areas:
            for said in suggestions(role, None, area):
                low, high = re.findall(r"[\d,]{5,}", said)[:2]
                assert {low, high} <= sums, said


def test_nothing_is_suggested_where_nothing_is_known() -> None:
    assert suggestions("any-role", None, "US") == ()
    assert bands(BOOK, "any-role", ["senior"], ["us-co"], "US") == Bands((), {})
