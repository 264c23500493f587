from __future__ import annotations

import re
from pathlib import Path

import example_handbook
import pytest
from bs4 import BeautifulSoup
from manual import DOCS, Command, File, first_cells, read, run, sections, write
from markdown_it import MarkdownIt

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
SCOPE = {axis.value for axis in Axis}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The handbook that the page's examples make up, on the day on which it is up to date."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", example_handbook.DAY)
    for path, text in {**example_handbook.files(DOCS / PAGE), "conf.py": CONF}.items():
        write(File(path, text), tmp_path)
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


def shown_options(block: str) -> set[str]:
    """The options of a block that examples give it."""
    files = example_handbook.files(DOCS / PAGE).values()
    opening = re.compile(rf"^:::\{{job:{block}\}}.*\n((?::[\w-]+:.*\n)*)", re.MULTILINE)
    options = "".join(part for text in files for part in opening.findall(text))
    return set(re.findall(r"^:([\w-]+):", options, re.MULTILINE))


@pytest.mark.parametrize("block", OPTIONS)
def test_each_option_of_a_block_stands_in_an_example(block: str) -> None:
    shown = shown_options(block)
    # Those that say for which variants something is are told in one row, and shown by one.
    assert {*OPTIONS[block]} - shown - SCOPE == set()
    assert not SCOPE & {*OPTIONS[block]} or shown & SCOPE


@pytest.mark.parametrize("listing", LISTINGS)
def test_each_listing_stands_in_an_example(listing: str) -> None:
    texts = example_handbook.files(DOCS / PAGE).values()
    assert any(f":::{{job:{listing}}}" in text for text in texts)


def test_examples_are_followed_by_their_results() -> None:
    waiting: str | None = None
    for token in MarkdownIt("commonmark").parse(read(PAGE)):
        if token.type == "heading_open":
            assert waiting is None
        elif token.info == "{code-block} markdown":
            waiting = token.content
        elif token.info.startswith("{result}"):
            waiting = None


def test_results_are_shown_once_and_define_nothing(tmp_path: Path) -> None:
    command = f"sphinx-build -q -n -W --keep-going -d '{tmp_path / 'd'}' '{DOCS}' '{tmp_path}'"
    done = run(Command(command, ""), DOCS)
    assert (done.returncode, done.stdout) == (0, "")
    page = BeautifulSoup((tmp_path / "notation.html").read_text(encoding="utf-8"), "html.parser")
    results = page.select(".result")
    assert len(results) == read(PAGE).count("```{result}")
    assert all(result.get_text(strip=True) for result in results)
    ids = [str(element["id"]) for element in page.select("[id]")]
    assert len(ids) == len({*ids})
    inside = [str(link["href"]) for result in results for link in result.select("a[href]")]
    assert all(address.startswith(("https://", "#result-")) for address in inside)
    assert page.select_one("#rolebook-data") is None
    assert not (tmp_path / "downloads").exists()
    assert not (tmp_path / "api").exists()


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
