"""Whatever the handbook has to cover has a home in it."""

from __future__ import annotations

import re

import pytest
from docutils.nodes import make_id
from manual import DOCS, read, sections

CONTENT = DOCS.parent / "content"
TABLES = {
    heading.partition(":")[0]: re.findall(r"^\| (.+) \| (.+) \|$", text, re.MULTILINE)[1:]
    for heading, text in sections(read("coverage.md")).items()
}
ROWS = [(f"{heading}: {what}", homes) for heading, rows in TABLES.items() for what, homes in rows]
HOMES = sorted({home for _, homes in ROWS for home in re.findall("`([^`]+)`", homes)})


def anchors(page: str) -> set[str]:
    """What an address can name: headings, parts of the template written here, the questions."""
    text = (CONTENT / page).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    parts = re.findall(r"^(?::::\{job:patch\}|:id:) (\S+)$", text, re.MULTILINE)
    questions = ["questions"] if ":::{job:faq}" in text else []
    return {*map(make_id, headings), *parts, *questions}


def test_no_row_is_lost() -> None:
    assert {heading: len(rows) for heading, rows in TABLES.items()} == {
        "DOIT Software": 9,
        "Rework": 13,
        "4 Corner Resources": 3,
        "KudosWall Talent": 5,
        "Deel": 9,
        "What none of them has": 7,
    }


@pytest.mark.parametrize(("what", "homes"), ROWS)
def test_each_row_has_a_home(what: str, homes: str) -> None:
    assert re.fullmatch("`[^`]+`(, `[^`]+`)*", homes), what


@pytest.mark.parametrize("home", HOMES)
def test_each_home_is_there(home: str) -> None:
    page, _, anchor = home.partition("#")
    assert (CONTENT / page).is_file()
    assert not anchor or anchor in anchors(page)
