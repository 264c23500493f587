"""The figures that the handbook ships are those of their publishers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rolebook.catalog import load
from rolebook.model import Confidence
from rolebook.pay.model import PERCENTILES, Figure, PayBook, SourceKind
from rolebook.pay.percentiles import MINIMUM
from rolebook.pay.read import read
from rolebook.pay.write import write_areas, write_figures

CONTENT = Path(__file__).parents[2] / "content"
TODAY = date(2026, 11, 21)
MADE_BY_HAND = "pay/figures/published.csv"


@pytest.fixture(scope="module")
def book() -> PayBook:
    return read(CONTENT, load(CONTENT), TODAY)


def figure(
    book: PayBook, subject: str, level: str | None = None, area: str = "US", source: str = ""
) -> Figure:
    (found,) = (
        one
        for one in book.figures
        if (one.subject, one.level, one.area) == (subject, level, area)
        and one.source.startswith(source)
    )
    return found


def percentiles(figure: Figure) -> list[int]:
    return [int(figure.percentiles[name]) for name in PERCENTILES]


def test_nothing_is_wrong_with_them(book: PayBook) -> None:
    assert book.diagnostics == ()


# The Bureau's release of May 2025, as told for the project.
NATIONAL = {
    "soc:15-2051": ([67240, 85660, 120230, 158880, 199130], 262440),
    "soc:15-1252": ([82460, 105210, 135980, 171980, 214670], 1687890),
    "soc:15-1221": ([82200, 103570, 140300, 188700, 230630], 37200),
    "soc:15-1243": ([86240, 109370, 139500, 169290, 204000], 67140),
}


@pytest.mark.parametrize("code", NATIONAL)
def test_national_wages_are_the_released_ones(book: PayBook, code: str) -> None:
    found = figure(book, code)
    assert (percentiles(found), found.employment) == NATIONAL[code]
    assert (found.as_of, found.source) == (date(2025, 5, 31), "bls-oews-2025")


def test_every_occupation_has_its_states_and_metropolitan_areas(book: PayBook) -> None:
    assert book.occupations.keys() == NATIONAL.keys()
    for code, states, metros in (
        ("soc:15-2051", 51, 282),
        ("soc:15-1252", 52, 377),
        ("soc:15-1221", 36, 70),
        ("soc:15-1243", 50, 132),
    ):
        areas = [one.area for one in book.figures if one.subject == code]
        assert sum(area.startswith("US-") for area in areas) == states, code
        assert sum(area.startswith("cbsa:") for area in areas) == metros, code


def test_every_role_of_the_handbook_has_an_occupation_that_stands_in_for_it(book: PayBook) -> None:
    covered = {proxy.role for proxy in book.proxies}
    assert covered == {
        *("machine-learning-engineer", "data-engineer", "data-scientist", "ai-engineer"),
        *("prompt-engineer", "python-developer", "mlops-engineer"),
    }
    assert all(len(proxy.why) > 40 for proxy in book.proxies)


def test_the_survey_gives_percentiles_of_enough_answers_only(book: PayBook) -> None:
    found = [one for one in book.figures if one.source == "aijobs-2024"]
    assert found
    for one in found:
        assert one.sample is not None
        assert one.sample >= MINIMUM
        assert one.percentiles.keys() == {*PERCENTILES}
        assert one.confidence is (Confidence.MEDIUM if one.sample >= 100 else Confidence.LOW)


def test_the_surveys_method_tells_the_figures_that_it_names(book: PayBook) -> None:
    found = figure(book, "machine-learning-engineer", source="aijobs-2024")
    method = book.sources["aijobs-2024"].method
    values = percentiles(found)
    for value in (found.sample, values[0], values[2], values[4]):
        assert f"{value:,}" in method


# What the pages on hiring that the handbook names claim, by publisher.
CLAIMS = {
    "doit-software": {"US": (126000, 198000)},
    "rework": {
        "US": (120000, 180000),
        "cbsa:41860": (160000, 220000),
        "cbsa:35620": (150000, 210000),
        "cbsa:42660": (140000, 200000),
        "cbsa:12420": (125000, 175000),
        "cbsa:14460": (130000, 185000),
        "cbsa:16980": (115000, 165000),
        "cbsa:12060": (110000, 155000),
        "remote:US": (115000, 190000),
    },
    "four-corner-resources": {"US": 122375},
    "kudoswall": {"US": (115000, 185000)},
    "deel": {
        "world:north-america": (100000, 140000),
        "world:europe": (70000, 100000),
        "world:middle-east-north-africa": (60000, 90000),
        "world:asia-pacific": (90000, 120000),
    },
}


def test_claims_are_there_and_said_to_be_claims(book: PayBook) -> None:
    found: dict[str, dict[str, object]] = {}
    for one in book.figures:
        if book.sources[one.source].kind is not SourceKind.CLAIM:
            continue
        value = (one.low, one.high) if one.mean is None else one.mean
        found.setdefault(one.source, {})[one.area] = value
        assert one.subject == "machine-learning-engineer"
        assert one.confidence is Confidence.LOW
        assert not one.percentiles
        assert one.currency == ("EUR" if one.area == "world:europe" else "USD")
        assert one.origin.file == MADE_BY_HAND
    assert found == CLAIMS


def test_sources_have_figures_and_figures_sources(book: PayBook) -> None:
    assert {one.source for one in book.figures} == {*book.sources}


def test_files_are_as_the_importers_write_them(book: PayBook) -> None:
    files: dict[str, list[Figure]] = {}
    for one in book.figures:
        files.setdefault(one.origin.file, []).append(one)
    written = {file: write_figures(figures) for file, figures in files.items()}
    written["pay/areas.csv"] = write_areas(book.areas.values())
    for file, text in written.items():
        assert (CONTENT / file).read_bytes() == text.encode("utf-8"), file
    shipped = {path.relative_to(CONTENT).as_posix() for path in (CONTENT / "pay").rglob("*.csv")}
    assert shipped == {*written}


def test_every_file_of_figures_but_the_claims_has_its_import(book: PayBook) -> None:
    tasks = tomllib.loads((CONTENT / "pay/imports.toml").read_text(encoding="utf-8"))
    files = {one.origin.file for one in book.figures}
    assert files - {MADE_BY_HAND} == {f"pay/figures/{name}.csv" for name in tasks}
    for name, task in tasks.items():
        sources = {o.source for o in book.figures if o.origin.file.endswith(f"/{name}.csv")}
        assert sources == {task["source"]}


def test_percentiles_rise_with_the_level(book: PayBook) -> None:
    def medians(role: str) -> Iterable[Decimal]:
        for level in ("junior", "mid", "senior"):
            yield figure(book, role, level, source="aijobs-2024").percentiles["p50"]

    for role in ("machine-learning-engineer", "data-engineer", "data-scientist"):
        assert [*medians(role)] == sorted(medians(role)), role
