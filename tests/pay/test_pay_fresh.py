"""Figures grow old: by what their source is, or by what it says of itself."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolebook.catalog import load
from rolebook.pay.fresh import check_pay, is_stale
from rolebook.pay.model import Figure, PayBook, Source
from rolebook.pay.read import read
from rolebook.today import current_day

BOOK = Path(__file__).parent / "book"


def pay(root: Path = BOOK, today: date = date(2026, 11, 21)) -> PayBook:
    return read(root, load(root), today)


def figure_of(source: str) -> tuple[Figure, Source]:
    book = pay()
    return next(f for f in book.figures if f.source == source), book.sources[source]


@pytest.mark.parametrize(
    ("source", "stale_after", "as_of", "last_day"),
    [
        ("wages-2025", None, date(2025, 5, 31), date(2027, 5, 31)),  # official: two years
        ("claims", None, date(2026, 11, 21), date(2028, 5, 21)),  # claims: 18 months
        ("answers-2026", None, date(2026, 3, 31), date(2027, 9, 30)),  # a month with 30 days
        ("answers-2026", 12, date(2026, 3, 31), date(2027, 3, 31)),  # what the source says
        ("answers-2026", 1, date(2024, 1, 31), date(2024, 2, 29)),
        ("wages-2025", 12 * 9000, date(2025, 5, 31), date.max),
    ],
)
def test_the_last_day_on_which_a_figure_is_new(
    source: str, stale_after: int | None, as_of: date, last_day: date
) -> None:
    figure, its_source = figure_of(source)
    figure, its_source = replace(figure, as_of=as_of), replace(its_source, stale_after=stale_after)
    assert not is_stale(figure, its_source, as_of)
    assert not is_stale(figure, its_source, last_day)
    if last_day < date.max:
        assert is_stale(figure, its_source, last_day + timedelta(days=1))


@given(st.dates(), st.integers(1, 600), st.dates())
def test_what_is_old_stays_old(as_of: date, months: int, today: date) -> None:
    figure, source = figure_of("claims")
    figure, source = replace(figure, as_of=as_of), replace(source, stale_after=months)
    if is_stale(figure, source, today):
        assert is_stale(figure, source, date.max)
        assert (today - as_of).days >= 28 * months


def test_old_figures_are_told_once_for_a_source_file_and_day() -> None:
    found = check_pay(pay(), date(2028, 6, 1))
    remedy = (
        "Bring in newer figures. If there are none yet, give the source"
        " 'keep_until = 2029-01-31' in 'pay/sources.toml': the day to look again."
    )
    assert {(f.id, f.remedy) for f in found} == {("pay-stale", remedy)}
    assert [f"{f.file}:{f.line} {f.message}" for f in found] == [
        (
            "pay/figures/official.csv:2 Column 'as_of' holds '2025-05-31' in 2 rows of"
            " 'wages-2025', more than 24 months ago."
        ),
        (
            "pay/figures/others.csv:2 Column 'as_of' holds '2026-03-31' in a row of"
            " 'answers-2026', more than 12 months ago."
        ),
        (
            "pay/figures/others.csv:3 Column 'as_of' holds '2026-11-21' in a row of"
            " 'claims', more than 18 months ago."
        ),
    ]


def test_nobody_is_warned_of_figures_that_are_kept_on_purpose(tmp_path: Path) -> None:
    root = shutil.copytree(BOOK, tmp_path / "book")
    path = root / "pay/sources.toml"
    kept = path.read_text(encoding="utf-8").replace("stale_after = 12", "keep_until = 2027-12-31")
    path.write_text(kept, encoding="utf-8")
    book = pay(root)
    lines = {
        day: [f.line for f in check_pay(book, day) if f.file.endswith("others.csv")]
        for day in (date(2027, 12, 31), date(2028, 1, 1))
    }
    assert lines == {date(2027, 12, 31): [], date(2028, 1, 1): [2]}
    (answers,) = (f for f in book.figures if f.source == "answers-2026")
    assert is_stale(answers, book.sources["answers-2026"], date(2027, 12, 31))


def test_other_findings_come_too(tmp_path: Path) -> None:
    root = shutil.copytree(BOOK, tmp_path / "book")
    (root / "pay/areas.csv").unlink()
    assert [f.id for f in check_pay(pay(root), date(2026, 11, 21))] == ["pay-syntax"]


def test_the_day_is_that_of_the_source_if_a_build_is_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305599")
    assert current_day() == date(2026, 11, 21)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    assert current_day() == date(2026, 11, 22)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert abs(current_day() - date.today()) <= timedelta(days=1)


@pytest.mark.parametrize("epoch", ["2026-11-21", "9" * 30])
def test_a_day_that_cannot_be_told(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(ValueError, match=f"SOURCE_DATE_EPOCH is '{epoch}', no number of seconds."):
        current_day()
