"""The documents of a loop: what each holds, and that no text breaks out of its place."""

from __future__ import annotations

import csv
import io

import docx
import pytest
from bs4 import BeautifulSoup, Tag
from core_kits import book, competency, handout, loop, page, question, role, sample, sound, stage
from markdown_it import MarkdownIt

from rolebook.catalog import Catalog
from rolebook.interview.write import KIT_FORMATS, SCORECARD_HEADS, SUFFIXES

TITLE = "Engineer & more"


def small() -> Catalog:
    """A kit with a stage for talk, one for a task, a question in reserve, and two handouts."""
    return sound(
        book(
            role("engineer", "python", "tests"),
            page(
                "engineer",
                *(competency("code"), competency("care"), competency("rest")),
                *(stage("talk", 30, "A *long* talk"), stage("task", 60)),
                question("first", 'Why is `5 < 6 | 7` & "so"?', assesses="python"),
                question("second", "=1+1?", competency="care"),
                question("third", "And then?", competency="rest"),
                sample("program", "A <small\\> program", stage="task", assesses="tests"),
                handout("candidate-brief", "Welcome.", "", "- One", "- Two"),
                handout("debrief", "Talk **last**."),
            ),
        )
    )


def write(part: str, format_: str) -> bytes:
    return KIT_FORMATS[part][format_](loop(small()), TITLE, "en")


def html(part: str) -> BeautifulSoup:
    return BeautifulSoup(write(part, "html").decode(), "html.parser")


def rows_of(table: Tag) -> list[list[str]]:
    return [[cell.get_text() for cell in row.select("td")] for row in table.select("tbody tr")]


@pytest.mark.parametrize("part", ["kit", "brief"])
def test_the_style_has_every_width_of_a_column(part: str) -> None:
    page = html(part)
    style = page.select("style")[0].get_text()
    for columns in page.select("colgroup"):
        widths = [int(str(col["class"][0]).removeprefix("w")) for col in columns.select("col")]
        assert sum(widths) == 100
        assert all(f".w{width}{{width:{width}%}}" in style for width in widths)
        assert {*[name for col in columns.select("col") for name in col.attrs]} == {"class"}


def headings(part: str) -> list[str]:
    return [each.get_text() for each in html(part).select("h1, h2, h3")]


def test_the_kit_holds_the_stages_what_is_asked_there_and_what_goes_to_interviewers() -> None:
    assert headings("kit") == [
        f"Interview kit: {TITLE}",
        "The loop",
        "Coverage",
        "What assesses each must-have",
        "1. A long talk, 30 minutes",
        'Why is 5 < 6 | 7 & "so"?',
        "=1+1?",
        "In reserve",
        "2. Task, 60 minutes",
        "A <small> program",
        "Scorecard",
        "Debrief",
    ]
    text = html("kit").get_text()
    assert "And then? (10 minutes)" in text
    assert "Welcome" not in text


def test_the_kit_says_which_stage_covers_which_competency() -> None:
    table = html("kit").select("table")[1]
    assert [head.get_text() for head in table.select("th")] == ["Competency", "A long talk", "Task"]
    assert rows_of(table) == [["Code", "1", "1"], ["Care", "1", "–"]]


def test_the_kit_says_what_assesses_each_must_have() -> None:
    assert rows_of(html("kit").select("table")[2]) == [
        ["Must have python.", 'Why is 5 < 6 | 7 & "so"? (A long talk)'],
        ["Must have tests.", "A <small> program (Task)"],
    ]


def test_the_scorecard_of_the_kit_asks_for_the_competencies_of_the_loop() -> None:
    table = html("kit").select("table.high")[0]
    assert [row.select("td")[0].get_text() for row in table.select("tbody tr")] == ["Code", "Care"]


def test_the_brief_tells_candidates_about_stages_and_rules_and_no_question() -> None:
    assert headings("brief") == [
        f"Your interviews: {TITLE}",
        "1. A long talk, 30 minutes",
        "2. Task, 60 minutes",
        "How we judge, and what you can ask for",
    ]
    text = html("brief").get_text()
    for told in ("You come.", "As at work.", "More time.", "Welcome.", "One", "Two"):
        assert told in text
    for hidden in ("Why", "=1+1", "Little.", "last", "You do it."):
        assert hidden not in text


def test_html_is_a_whole_page_in_the_templates_language() -> None:
    written = KIT_FORMATS["kit"]["html"](loop(small()), TITLE, "de").decode()
    page_ = BeautifulSoup(written, "html.parser")
    assert page_.html is not None
    assert page_.html["lang"] == "de"
    assert page_.title is not None
    assert page_.title.get_text() == f"Interview kit: {TITLE}"
    assert not page_.select("script, link, img, small")  # nothing is loaded, no text is a tag
    assert page_.select_one("h3 code") is not None


def test_markdown_has_the_same_headings_and_whole_tables() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(write("kit", "markdown").decode())
    found = [
        tokens[place + 1].content
        for place, token in enumerate(tokens)
        if token.type == "heading_open"
    ]
    assert len(found) == len(headings("kit"))
    columns: list[int] = []
    rows: list[int] = []
    for token in tokens:
        if token.type == "table_open":
            columns.append(0)
        if token.type == "th_open":
            columns[-1] += 1
        if token.type == "tr_open":
            rows.append(0)
        if token.type == "td_open":
            rows[-1] += 1
    assert columns == [4, 3, 2, 3, 3, 5, 6]
    bodies = [row for row in rows if row]
    assert bodies == [4, 4, 3, 3, 2, 2, 3, 3, 5, 6, 6]


@pytest.mark.parametrize("text", ["a | b", r"a \| b", r"a \\| b", "`a | b`"])
def test_a_bar_ends_no_cell_in_markdown(text: str) -> None:
    catalog = book(
        role("engineer", "python"),
        page(
            "engineer",
            *(competency("code"), stage("talk", 30), question("a", text, assesses="python")),
        ),
    )
    written = KIT_FORMATS["kit"]["markdown"](loop(catalog), TITLE, "en").decode()
    tokens = MarkdownIt("commonmark").enable("table").parse(written)
    (cell,) = (t.content for t in tokens if t.type == "inline" and "(Talk)" in t.content)
    assert cell.startswith(("a", "`a"))


def test_the_scorecard_can_be_read_back() -> None:
    written = write("scorecard", "csv")
    assert written.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert tuple(head) == SCORECARD_HEADS
    grades = ["Little.", "Some.", "All.", "", ""]
    assert rows == [
        [
            "A long talk",
            "behavioural",
            "Code",
            "Must have python.",
            'Why is 5 < 6 | 7 & "so"?',
            *grades,
        ],
        ["A long talk", "behavioural", "Care", "", "'=1+1?", *grades],
        ["Task", "Done", "Code", "Must have tests.", "A <small> program", *grades],
    ]


@pytest.mark.parametrize("text", ["=A1", "+1", "-1", "@SUM(A1)", "`=A1`", "**-1**"])
def test_no_cell_of_a_scorecard_is_a_formula(text: str) -> None:
    catalog = book(
        role("engineer"),
        page("engineer", competency("code"), stage("talk", 30), question("a", text)),
    )
    written = KIT_FORMATS["scorecard"]["csv"](loop(catalog), TITLE, "en").decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(written, newline=""))
    assert all(cell[:1] not in ("=", "+", "-", "@") for cell in row)
    assert row[4] == f"'{text.strip('`*')}"


def test_word_files_hold_the_same_headings() -> None:
    for part in ("kit", "brief"):
        document = docx.Document(io.BytesIO(write(part, "docx")))
        styles = ("Title", "Heading 1", "Heading 2")
        named = [
            each.text for each in document.paragraphs if each.style and each.style.name in styles
        ]
        assert named == headings(part)


@pytest.mark.parametrize("part", KIT_FORMATS)
def test_a_kit_without_anything_can_be_written(part: str) -> None:
    catalog = book(role("engineer"), page("engineer"))
    for format_, written in KIT_FORMATS[part].items():
        assert written(loop(catalog), TITLE, "en")
        assert format_ in SUFFIXES
