"""A build reports what is wrong with pay data as the command does, and reports it again."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Book

BOOK = Path(__file__).parents[1] / "pay" / "book"
NOVEMBER_2026 = "1795262400"
JUNE_2027 = "1811937600"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """The sound handbook of the tests of pay, on a day on which its figures are new."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOVEMBER_2026)
    files = {
        path.relative_to(BOOK).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(BOOK.rglob("*.*"))
    }
    return Book(tmp_path, files)


def test_sound_pay_data(book: Book) -> None:
    assert book.findings() == []
    build = book.build("-W")
    assert (build.status, build.warnings) == (0, [])


def test_findings_are_those_of_the_command_in_every_build(book: Book) -> None:
    book.edit("pay/figures/others.csv", ",18.25,", ',"1,825",')
    book.edit("pay/sources.toml", "[claims]", '["claims 2026"]')
    book.edit("roles/senior.md", ":axis: level", ":axis: levle")
    expected = book.findings()
    assert {finding.type for finding in expected} > {"rolebook.pay-value", "rolebook.malformed-id"}
    assert {finding.path for finding in expected} == {
        "pay/figures/others.csv",
        "pay/sources.toml",
        "roles/senior.md",
    }
    for _ in ("first", "second"):
        build = book.build("-W")
        assert (build.status, build.warnings) == (1, expected)


def test_an_edit_of_pay_data_alone_is_noticed(book: Book) -> None:
    book.build()
    book.edit("pay/areas.csv", "US-CO,Colorado,state,US", "US-CO,Colorado,state,")
    broken = book.build()
    assert [(w.path, w.line, w.type) for w in broken.warnings] == [
        ("pay/areas.csv", 6, "rolebook.pay-value")
    ]
    assert broken.warnings == book.findings()
    book.edit("pay/areas.csv", "US-CO,Colorado,state,", "US-CO,Colorado,state,US")
    assert book.build().warnings == []


def test_figures_grow_old_though_no_file_changes(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert book.build().warnings == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", JUNE_2027)
    later = book.build()
    assert [w.type for w in later.warnings] == ["rolebook.pay-stale"] * 2
    assert later.warnings == book.findings()
