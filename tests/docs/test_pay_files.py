"""What the manual says of the files of pay is what is read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from manual import File as ManualFile
from manual import examples, first_cells, read, sections, write

from rolebook.catalog import load
from rolebook.model import Confidence
from rolebook.pay import areas, figures, sources
from rolebook.pay.fresh import STALE_AFTER
from rolebook.pay.model import AreaKind, Part, Period, SourceKind, Tax
from rolebook.pay.read import read as read_pay

PAGE = read("pay-files.md")


def test_the_examples_are_sound(tmp_path: Path) -> None:
    for file in examples("pay-files.md"):
        assert isinstance(file, ManualFile)
        write(file, tmp_path)
    book = read_pay(tmp_path, load(tmp_path), date(2026, 11, 21))
    assert book.diagnostics == ()
    parts = (book.sources, book.areas, book.occupations, book.proxies, book.figures)
    assert [len(part) for part in parts] == [1, 4, 1, 1, 1]


def test_every_column_and_key_is_documented() -> None:
    page = sections(PAGE)
    assert first_cells(page["Figures"]) == [*figures.COLUMNS]
    columns, _, codes = page["Areas"].partition("Codes are written")
    assert first_cells(columns) == [*areas.COLUMNS]
    assert first_cells(codes) == [*AreaKind]
    assert first_cells(page["Sources"]) == [*sources.KEYS]


def test_every_word_that_a_column_takes_is_documented() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", PAGE, re.MULTILINE))
    for column, words in (
        ("period", Period),
        ("tax", Tax),
        ("part", Part),
        ("confidence", Confidence),
    ):
        assert re.findall("`([a-z]+)`", rows[column]) == [*words], column
    kinds = re.findall(r"^\| `kind` \| (.+?) \|", PAGE, re.MULTILINE)
    assert [re.findall("`([a-z-]+)`", row) for row in kinds] == [[*AreaKind], [*SourceKind]]


def test_the_ages_are_documented() -> None:
    ages = re.findall(r"^\| `(\w+)` \| (\d+) months \|", sections(PAGE)["Age"], re.MULTILINE)
    assert {kind: int(months) for kind, months in ages} == STALE_AFTER
