from __future__ import annotations

import re
from pathlib import Path

import pytest
from manual import Command, File, examples, first_cells, read, run, sections

from rolebook.catalog import load
from rolebook.check import check
from rolebook.compose import compose
from rolebook.fences import LISTINGS, OPTIONS
from rolebook.model import Axis, SectionKind

PAGE = "notation.md"
CONF = """extensions = ["rolebook"]
html_theme = "rolebook"
suppress_warnings = ["toc.not_included"]
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The handbook that the page's examples make up: each path's pieces in order."""
    pieces: dict[str, list[str]] = {"conf.py": [CONF]}
    for example in examples(PAGE):
        assert isinstance(example, File)
        pieces.setdefault(example.path, []).append(example.text)
    for path, texts in pieces.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("\n".join(texts), encoding="utf-8")
    return tmp_path


def test_the_examples_have_no_findings(book: Path) -> None:
    assert check(load(book)) == ()


def test_the_examples_build_without_warnings(
    book: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("out")
    done = run(Command(f"sphinx-build -q -n -W . '{out}'", ""), book)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("block", OPTIONS)
def test_each_block_is_documented_with_its_options(block: str) -> None:
    name = f"`{{job:{block}}}`"
    (text,) = [text for heading, text in sections(read(PAGE)).items() if heading.endswith(name)]
    documented = [cell.strip(":") for cell in first_cells(text) if cell.startswith(":")]
    assert sorted(documented) == sorted(OPTIONS[block])
    assert f"{{job:{block}}}" in text  # in an example


@pytest.mark.parametrize("listing", LISTINGS)
def test_each_listing_is_documented(listing: str) -> None:
    assert f"{{job:{listing}}}" in first_cells(sections(read(PAGE))["Lists and cards"])


def test_axes_and_kinds_are_documented_in_order() -> None:
    cells = first_cells(read(PAGE))
    assert [cell for cell in cells if cell in list(Axis)] == list(Axis)
    assert [cell for cell in cells if cell in list(SectionKind)] == list(SectionKind)


def test_the_titles_are_as_the_table_says(book: Path) -> None:
    catalog = load(book)
    chosen = {
        "`senior`": {Axis.LEVEL: "senior"},
        "`remote`": {Axis.ARRANGEMENT: "remote"},
        "both": {Axis.LEVEL: "senior", Axis.ARRANGEMENT: "remote"},
    }
    rows = re.findall(r"^\| (\S+) \|.*\| (Senior .*|Data .*) \|$", read(PAGE), re.MULTILINE)
    assert {row: compose(catalog, "data-engineer", chosen[row]).title for row in chosen} == {
        row: title for row, title in rows if row in chosen
    }
