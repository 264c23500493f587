"""A kit's Word files and its scorecard as others read them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document
from docx.table import Table as WordTable
from office import convert, findings

from rolebook.catalog import Catalog, assemble, load
from rolebook.compose import compose
from rolebook.inline import prepare
from rolebook.interview.document import (
    Blanks,
    Bullets,
    Heading,
    KitDocument,
    Table,
    Text,
    Ticks,
    brief_document,
    kit_document,
)
from rolebook.interview.kit import choose, must_haves, whole_kit
from rolebook.interview.loop import Loop, plan_loop
from rolebook.interview.model import Question, Sample
from rolebook.interview.write import KIT_FORMATS, SCORECARD_HEADS
from rolebook.model import Axis
from rolebook.placeholders import escape_text, fill
from rolebook.reader import read

pytestmark = pytest.mark.xdist_group("office")

CONTENT = Path(__file__).parents[2] / "content"
SHIPPED_ROLE = "machine-learning-engineer"

HOSTILE = """\
# Engineer at {{ company name }} & *sons*

:::{job:role} engineer
:language: de-AT

You build.

:::

:::{job:section} What you bring
:id: needs
:kind: requirements

- =1+1 **& more**, on {{ cloud }}. {#sums}

:::
"""
HOSTILE_KIT = """\
# Kit

:::{job:interview} engineer

:::

:::{job:competency} -1 & "counting"
:id: counting

Counts.

:::

:::{job:stage} +Call; with, signs
:id: call
:minutes: 60
:with: =HYPERLINK("https://example.org"), and others

- **Candidate:** @home or `x < y`.
- **Interviewers:** Read *all* of it ]]> aloud.

:::

:::{job:question} =1+1 is "what", and `x < y`; why & *how*?
:id: sums
:competency: counting
:stage: call
:kind: technical
:minutes: 10
:assesses: sums

- **Probe:** @SUM(1), "quoted"
- **Weak:** -2
- **Fair:** +2, or 2
- **Strong:** =2 | 🚀
- **Warning:** =cmd|' /C calc'!A0

:::

:::{job:handout} Candidate's brief
:id: candidate-brief

Nothing else.

- Ask.

:::
"""


class Case(NamedTuple):
    """A loop, with what its documents are called and the language they are in."""

    loop: Loop
    title: str
    language: str


def _case(catalog: Catalog, role: str, choice: Mapping[Axis, str]) -> Case:
    template, kit = compose(catalog, role, choice), whole_kit(catalog, role)
    assert kit is not None
    loop = plan_loop(choose(kit, choice), must_haves(template))
    return Case(loop, template.title, template.language)


def _shipped(**choice: str) -> Case:
    return _case(load(CONTENT), SHIPPED_ROLE, {Axis(axis): id_ for axis, id_ in choice.items()})


def _hostile() -> Case:
    catalog = assemble([read("a.md", HOSTILE), read("b.md", HOSTILE_KIT)])
    assert catalog.diagnostics == ()
    return _case(catalog, "engineer", {})


@pytest.fixture(scope="module")
def cases() -> Mapping[str, Case]:
    return {
        "hostile": _hostile(),
        "shipped": _shipped(level="senior"),
        "special": _shipped(level="mid", specialisation="nlp"),
    }


NAMES = ("hostile", "shipped", "special")
DOCUMENTS: Mapping[str, Callable[[Loop, str, str], KitDocument]] = {
    "kit": kit_document,
    "brief": brief_document,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, cases: Mapping[str, Case]) -> Path:
    """A folder with the files as we write them and, in ``after``, as LibreOffice does."""
    folder = tmp_path_factory.mktemp("kit-office")
    (folder / "before").mkdir()
    for name, case in cases.items():
        for part in DOCUMENTS:
            path = folder / "before" / f"{name}-{part}.docx"
            path.write_bytes(KIT_FORMATS[part]["docx"](*case))
    convert(folder, "docx", "after", sorted((folder / "before").iterdir()))
    return folder


EACH = pytest.mark.parametrize(
    ("name", "part"), [(name, part) for name in NAMES for part in DOCUMENTS]
)


@EACH
def test_the_validator_finds_nothing(name: str, part: str, folder: Path) -> None:
    assert findings(folder / "before" / f"{name}-{part}.docx") == []


# What a file holds: paragraphs with their styles, and rows of tables

STYLES = {1: "Title", 2: "Heading 1", 3: "Heading 2"}
Part = tuple[str, ...]


def _plain(text: str) -> str:
    filled = fill(prepare(text)[1], {}, escape_text, lambda name: f"{{{{ {name} }}}}")
    return " ".join(filled.split())


def expected(document: KitDocument) -> Iterator[Part]:
    for block in document.blocks:
        match block:
            case Heading():
                yield (STYLES[block.depth], _plain(block.text))
            case Text():
                yield ("Normal", _plain(block.text))
            case Bullets():
                yield from (("List Bullet", _plain(line)) for line in block.lines)
            case Ticks():
                boxes = " ".join(f"☐ {box}" for box in block.boxes)
                yield ("Normal", f"{block.label}: {boxes}")
            case Blanks():
                yield from (("row", f"{label}:") for label in block.labels)
            case Table():
                yield ("row", *block.heads)
                yield from (("row", *map(_plain, row)) for row in block.rows)


def held(file: Path) -> Iterator[Part]:
    for each in Document(str(file)).iter_inner_content():
        if isinstance(each, WordTable):
            for row in each.rows:
                yield ("row", *(" ".join(cell.text.split()) for cell in row.cells))
        elif text := " ".join(each.text.split()):
            yield (str(each.style.name if each.style else ""), text)


@EACH
@pytest.mark.parametrize("when", ["before", "after"])
def test_all_headings_lists_and_tables_are_there(
    when: str, name: str, part: str, folder: Path, cases: Mapping[str, Case]
) -> None:
    wanted = [*expected(DOCUMENTS[part](*cases[name]))]
    assert [*held(folder / when / f"{name}-{part}.docx")] == wanted
    assert {"Title", "Heading 1", "List Bullet"} <= {kind for kind, *_ in wanted}


@EACH
def test_title_and_language_are_those_of_the_template(
    name: str, part: str, folder: Path, cases: Mapping[str, Case]
) -> None:
    properties = Document(str(folder / "before" / f"{name}-{part}.docx")).core_properties
    assert cases[name].title in properties.title
    assert properties.language == cases[name].language


# The scorecard


def scorecard(case: Case) -> list[list[str]]:
    text = KIT_FORMATS["scorecard"]["csv"](*case).decode("utf-8")
    # The mark by which spreadsheets know UTF-8.
    assert text.startswith("\ufeff")
    return [*csv.reader(StringIO(text[1:], newline=""), strict=True)]


@pytest.mark.parametrize("name", NAMES)
def test_the_scorecard_has_a_row_for_each_thing_to_score(
    name: str, cases: Mapping[str, Case]
) -> None:
    case = cases[name]
    head, *rows = scorecard(case)
    assert head == [*SCORECARD_HEADS]
    assert {len(row) for row in rows} == {len(head)}
    wanted: list[tuple[str, str]] = []
    for each in case.loop.asked:
        if isinstance(each, Question):
            wanted.append((each.kind.value, _plain(each.text)))
        elif isinstance(each, Sample):
            wanted += [(_plain(row.name.text), _plain(each.text)) for row in each.criteria]
    found = [(row[head.index("part")], row[head.index("question")]) for row in rows]
    assert [(part, text.lstrip("'")) for part, text in found] == wanted
    for row in rows:
        assert row[-2:] == ["", ""]


def test_no_cell_of_the_scorecard_is_a_formula(cases: Mapping[str, Case]) -> None:
    _, (stage, _, competency, _, question, weak, fair, strong, *_) = scorecard(cases["hostile"])
    assert stage == "'+Call; with, signs"
    assert competency == '\'-1 & "counting"'
    assert question == '\'=1+1 is "what", and x < y; why & how?'
    assert (weak, fair, strong) == ("'-2", "'+2, or 2", "'=2 | 🚀")
    for case in cases.values():
        for row in scorecard(case):
            assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
