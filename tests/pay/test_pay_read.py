"""The files of ``pay/`` become records, or findings with file, line and field; never both."""

from __future__ import annotations

import csv
import shutil
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolebook.catalog import load
from rolebook.diagnostics import Severity
from rolebook.model import Confidence, Origin
from rolebook.pay.csv_file import rows
from rolebook.pay.figures import COLUMNS
from rolebook.pay.model import (
    PERCENTILES,
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
from rolebook.pay.read import read
from rolebook.pay.toml_file import TomlError, parse

HERE = Path(__file__).parent
TODAY = date(2026, 11, 21)

SOUND = {
    "subject": "engineer",
    "level": "senior",
    "area": "US",
    "currency": "USD",
    "period": "year",
    "tax": "gross",
    "part": "base",
    "p10": "128280",
    "p25": "150000",
    "p50": "190000",
    "p75": "232200",
    "p90": "280000",
    "sample": "971",
    "source": "answers-2026",
    "as_of": "2026-03-31",
    "retrieved": "2026-04-01",
    "confidence": "medium",
}
"""The row that those in bad_cells.toml differ from."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The folder of a sound handbook, to be spoiled."""
    return Path(shutil.copytree(HERE / "book", tmp_path / "book"))


def loaded(root: Path, today: date = TODAY) -> PayBook:
    return read(root, load(root), today)


def cases(name: str) -> list[Any]:
    data = tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=title) for title, case in data.items()]


def write_figures(root: Path, *found: dict[str, str]) -> None:
    """Let the file others.csv hold these rows only."""
    with (root / "pay/figures/others.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


# What is sound


def test_sources() -> None:
    sources = loaded(HERE / "book").sources
    assert [*sources] == ["wages-2025", "answers-2026", "claims"]
    assert sources["wages-2025"] == Source(
        id="wages-2025",
        kind=SourceKind.OFFICIAL,
        publisher="Bureau of Wages",
        title="Wages, May 2025",
        licence="Public domain",
        address="https://example.org/wages",
        method='A survey of employers.\n[answers-2026]\nkind = "survey"',
        caveats=("Bonuses are left out.", "  [claims]\n  "),
        released=date(2026, 5, 15),
        stale_after=None,
        keep_until=None,
        origin=Origin("pay/sources.toml", 3),
    )
    assert (sources["answers-2026"].stale_after, sources["answers-2026"].origin.line) == (12, 22)
    assert sources["claims"].keep_until == date(2027, 1, 31)


def test_areas() -> None:
    areas = loaded(HERE / "book").areas
    assert [*areas] == ["cbsa:19740", "cbsa:21500", "GB", "US", "US-CO", "world:north-america"]
    assert areas["cbsa:19740"] == Area(
        "cbsa:19740",
        "Denver-Aurora-Centennial, CO",
        AreaKind.METRO,
        "US-CO",
        Origin("pay/areas.csv", 2),
    )
    assert areas["GB"].parent is None


def test_occupations_and_the_roles_they_stand_in_for() -> None:
    book = loaded(HERE / "book")
    file = "pay/occupations.toml"
    assert book.occupations == {
        "soc:15-2051": Occupation("soc:15-2051", "Data scientists", Origin(file, 1)),
        "soc:15-1252": Occupation("soc:15-1252", "Software developers", Origin(file, 4)),
    }
    assert book.proxies == (
        Proxy("engineer", "soc:15-1252", "They build software.", Origin(file, 7)),
        Proxy("engineer", "soc:15-2051", "They work with data.", Origin(file, 12)),
    )


def test_figures() -> None:
    book = loaded(HERE / "book")
    assert book.diagnostics == ()
    national, denver, senior, claim = book.figures
    assert national == Figure(
        subject="soc:15-1252",
        level=None,
        area="US",
        currency="USD",
        period=Period.YEAR,
        tax=Tax.GROSS,
        part=Part.BASE,
        percentiles={
            "p10": Decimal(79850),
            "p25": Decimal(103050),
            "p50": Decimal(133080),
            "p75": Decimal(169000),
            "p90": Decimal(239200),
        },
        low=None,
        high=None,
        mean=Decimal("138110.5"),
        sample=None,
        employment=1654440,
        suppressed=(),
        top_coded=("p90",),
        source="wages-2025",
        as_of=date(2025, 5, 31),
        retrieved=date(2026, 6, 1),
        confidence=Confidence.HIGH,
        note=None,
        origin=Origin("pay/figures/official.csv", 2),
    )
    assert (denver.percentiles, denver.mean, denver.employment) == ({}, None, 1200)
    assert denver.suppressed == ("p10", "p25", "p50", "p75", "p90", "mean")
    assert denver.note == 'The Bureau withholds it, "for now".'
    assert (senior.subject, senior.level) == ("engineer", "senior")
    assert (senior.period, senior.tax, senior.part) == (Period.HOUR, Tax.NET, Part.TOTAL)
    assert [*senior.percentiles.items()] == [
        ("p25", Decimal("18.25")),
        ("p50", Decimal("20.50")),
        ("p75", Decimal("20.50")),
    ]
    assert (senior.sample, senior.employment) == (41, None)
    assert (claim.level, claim.low, claim.high) == (None, Decimal(100000), Decimal(140000))
    assert claim.origin == Origin("pay/figures/others.csv", 3)


def test_a_handbook_need_not_have_pay_data(book: Path) -> None:
    shutil.rmtree(book / "pay")
    assert loaded(book) == PayBook({}, {}, {}, (), (), ())


def test_nor_figures(book: Path) -> None:
    shutil.rmtree(book / "pay/figures")
    (book / "pay/sources.toml").unlink()
    found = loaded(book)
    assert (len(found.areas), found.figures, found.diagnostics) == (6, (), ())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_files_as_spreadsheets_write_them(book: Path, end: str) -> None:
    before = loaded(book)
    for path in [*book.glob("pay/*.*"), *book.glob("pay/figures/*.csv")]:
        text = path.read_text(encoding="utf-8").replace("\n", end)
        path.write_bytes(f"\ufeff{text}".encode())
    assert loaded(book) == before


def test_spaces_around_cells_mean_nothing(book: Path) -> None:
    write_figures(book, {column: f" {value}\u00a0" for column, value in SOUND.items()})
    found = loaded(book)
    assert (found.diagnostics, len(found.figures)) == ((), 3)
    assert found.figures[-1].percentiles["p50"] == Decimal(190000)


# What is not


@pytest.mark.parametrize("case", cases("bad_cells.toml"))
def test_each_bad_cell_is_reported_and_its_row_left_out(book: Path, case: dict[str, Any]) -> None:
    other = {**SOUND, "part": "total"}
    write_figures(book, other, {**SOUND, **case["cells"]}, other | {"level": "junior"})
    found = loaded(book)
    assert [f"{f.id} | {f.text}" for f in found.diagnostics] == case["findings"]
    assert all((f.file, f.line) == ("pay/figures/others.csv", 3) for f in found.diagnostics)
    only_warned = all(f.code.severity is Severity.WARNING for f in found.diagnostics)
    lines = [f.origin.line for f in found.figures if f.origin.file.endswith("others.csv")]
    assert lines == ([2, 3, 4] if only_warned else [2, 4])


def test_the_row_they_differ_from_is_sound(book: Path) -> None:
    write_figures(book, SOUND)
    assert loaded(book).diagnostics == ()


@pytest.mark.parametrize("case", cases("bad_files.toml"))
def test_each_bad_file_is_reported_and_the_rest_is_read(book: Path, case: dict[str, Any]) -> None:
    for name, text in case["files"].items():
        path, _, latin = name.partition(" [")
        if text is False:
            (book / path).unlink()
        else:
            (book / path).write_bytes(text.encode("latin-1" if latin else "utf-8"))
    catalog = load(book)
    found = read(book, catalog, TODAY)
    said = [*catalog.diagnostics, *found.diagnostics]
    assert len(said) == len(case["findings"])
    for finding, expected in zip(said, case["findings"], strict=True):
        text = f"{finding.file}:{finding.line} {finding.id} | {finding.text}"
        # The words for what is wrong with TOML are Python's, and change with it.
        assert text == expected or ("|" not in expected and text.startswith(f"{expected} |"))
    kept = (found.sources, found.areas, found.occupations, found.proxies, found.figures)
    assert [len(part) for part in kept] == case["kept"]


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 5000, "a = \x00"])
def test_toml_that_python_stumbles_over(book: Path, text: str) -> None:
    (book / "pay/sources.toml").write_text(text, encoding="utf-8")
    (finding,) = loaded(book).diagnostics
    assert (finding.file, finding.line, finding.id) == ("pay/sources.toml", 1, "pay-syntax")


def test_what_is_to_come_is_told_by_the_day_given(book: Path) -> None:
    assert {f.id for f in loaded(book, date(2026, 3, 31)).diagnostics} == {"pay-value"}
    assert loaded(book, TODAY).diagnostics == ()


# Whatever is written


SUMS = st.integers(1, 10**6).map(str)


@given(st.lists(st.one_of(st.just(""), SUMS), min_size=5, max_size=5))
def test_no_figure_is_kept_whose_percentiles_fall(
    tmp_path_factory: pytest.TempPathFactory, values: list[str]
) -> None:
    root = tmp_path_factory.mktemp("book") / "book"
    shutil.copytree(HERE / "book", root)
    currency = {"currency": "JPY"}  # of which any sum is plausible
    write_figures(root, {**SOUND, **currency, **dict(zip(PERCENTILES, values, strict=True))})
    found = loaded(root)
    given_ = [Decimal(value) for value in values if value]
    if not given_:
        assert [f.id for f in found.diagnostics] == ["pay-value"]
    elif given_ != sorted(given_):
        assert {f.id for f in found.diagnostics} == {"pay-order"}
    else:
        assert found.diagnostics == ()
        assert [*found.figures[-1].percentiles.values()] == given_
        return
    assert all(figure.origin.file != "pay/figures/others.csv" for figure in found.figures)


@given(st.text())
def test_any_text_is_read_as_csv_or_reported(text: str) -> None:
    kept, found = rows("file.csv", f"a,b\n{text}", ["a", "b"])
    written = [line for line in text.split("\n") if line.strip()]
    assert len(kept) + len(found) == len(written)


@given(st.text())
def test_any_text_is_read_as_toml_or_refused(text: str) -> None:
    try:
        document = parse(text)
    except TomlError as error:
        assert 1 <= error.line <= text.count("\n") + 1
    else:
        assert all(line <= text.count("\n") + 1 for line in document.lines.values())
