"""Each kind of finding has a page: what it shows is found as it says, and mended as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from manual import DOCS, Command, File, examples, run, write

from rolebook.cli import main
from rolebook.diagnostics import Code

DAY = "1795219200"
"""The day by which the examples are old or new: 21 November 2026."""

FOUND = re.compile(r"(?P<file>[^\s:]+):(?P<line>\d+): (?P<severity>\w+): .+ \[(?P<code>.+)\]")


def test_each_kind_has_a_page() -> None:
    pages = {path.stem for path in (DOCS / "findings").glob("*.md")}
    assert pages == {code.id for code in Code}


@pytest.mark.parametrize("code", [pytest.param(code, id=code.id) for code in Code])
def test_the_page_shows_what_causes_it_and_what_mends_it(
    code: Code, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    marked: list[tuple[str, int]] = []
    outputs = []
    for example in examples(f"findings/{code.id}.md"):
        if isinstance(example, File):
            write(example, tmp_path)
            marked += [(example.path, line) for line in example.marked]
            continue
        assert isinstance(example, Command)
        assert example.line == "rolebook check"
        assert CliRunner().invoke(main, ["check"]).output == example.output
        outputs.append(example.output)
    caused, mended = outputs
    found = [FOUND.fullmatch(line) for line in caused.splitlines()[:-1]]
    assert {(f["severity"], f["code"]) for f in found if f} == {(code.severity, code.id)}
    assert [(f["file"], int(f["line"])) for f in found if f] == marked
    assert mended == "Nothing found.\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, BeautifulSoup]]:
    out = tmp_path_factory.mktemp("manual")
    done = run(Command(f"sphinx-build -q -n -W '{DOCS}' '{out}'", ""), DOCS)
    assert done.returncode == 0, done.stdout
    html = (out / "findings.html").read_text(encoding="utf-8")
    yield out, BeautifulSoup(html, "html.parser")


def test_the_index_lists_all_by_severity(index: tuple[Path, BeautifulSoup]) -> None:
    out, page = index
    for heading, severity in (("errors", "error"), ("warnings", "warning")):
        links = page.select(f"section#{heading} td a")
        assert [link.get_text() for link in links] == [
            code.id for code in Code if code.severity == severity
        ]
        for link in links:
            text = (out / str(link["href"])).read_text(encoding="utf-8")
            code = next(code for code in Code if code.id == link.get_text())
            assert code.meaning in BeautifulSoup(text, "html.parser").get_text()


def test_what_linked_to_a_row_of_the_table_still_does(index: tuple[Path, BeautifulSoup]) -> None:
    _, page = index
    for code in Code:
        (row,) = page.select(f"tr:has(#{code.id})")
        assert row.get_text(" ", strip=True) == f"{code.id} {code.meaning}"
