"""The text of figures and areas: plain, in order, the same for the same records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from rolebook.model import Confidence, Origin
from rolebook.pay.model import Area, AreaKind, Figure, Part, Period, Tax
from rolebook.pay.write import write_areas, write_figures

HERE = Origin("", 0)
FIGURE = Figure(
    subject="data-scientist",
    level="senior",
    area="US",
    currency="USD",
    period=Period.YEAR,
    tax=Tax.GROSS,
    part=Part.UNKNOWN,
    percentiles={"p50": Decimal("1.2E+5"), "p90": Decimal("150000.50")},
    low=None,
    high=None,
    mean=Decimal(123000),
    sample=34,
    employment=None,
    suppressed=("p10", "p25"),
    top_coded=("p90",),
    source="index",
    as_of=date(2024, 12, 31),
    retrieved=date(2025, 3, 1),
    confidence=Confidence.LOW,
    note="Few, and old.",
    origin=HERE,
)


def test_a_row_has_plain_digits_and_quotes_only_where_they_are_needed() -> None:
    header, row = write_figures([FIGURE]).splitlines()
    assert dict(zip(header.split(","), row.split(","), strict=False))["p50"] == "120000"
    assert row == (
        "data-scientist,senior,US,USD,year,gross,unknown,,,120000,,150000.50,,,123000,34,,"
        'p10 p25,p90,index,2024-12-31,2025-03-01,low,"Few, and old."'
    )


def test_rows_are_in_order_whatever_order_they_come_in() -> None:
    figures = [
        replace(FIGURE, source=source, subject=subject, level=level, area=area, part=part)
        for source in ("a", "b")
        for subject in ("data-engineer", "soc:15-2051")
        for level in (None, "junior")
        for area in ("GB", "US-NY")
        for part in (Part.BASE, Part.TOTAL)
    ]
    assert write_figures(figures) == write_figures(reversed(figures))
    rows = write_figures(reversed(figures)).splitlines()[1:]
    assert rows == [write_figures([figure]).splitlines()[1] for figure in figures]


def test_areas_are_in_order_of_their_codes() -> None:
    areas = [
        Area("cbsa:35620", "New York, NY-NJ", AreaKind.METRO, "US-NY", HERE),
        Area("US", "United States", AreaKind.COUNTRY, None, HERE),
    ]
    text = (
        "code,name,kind,parent\n"
        "US,United States,country,\n"
        'cbsa:35620,"New York, NY-NJ",metro,US-NY\n'
    )
    assert write_areas(areas) == write_areas(reversed(areas)) == text


def test_a_text_ends_each_line_with_a_line_feed(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(write_figures([FIGURE]), encoding="utf-8", newline="\n")
    assert path.read_bytes().count(b"\n") == 2
    assert b"\r" not in path.read_bytes()
