"""Templates side by side, in the cases of ``comparison/`` and in any handbook.

A part of a case names the columns, ``compare engineer | engineer level=senior``, and holds
the titles, then each row of the summary and of the sections, whose headings begin with ``=``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from core_books import Book, books
from core_cases import Case, read_cases
from hypothesis import given
from hypothesis import strategies as st

from rolebook.changes import ChangeKind, Part, compare, words
from rolebook.comparison import Comparison, Row, Standing, compare_all, is_same, runs
from rolebook.compose import compose
from rolebook.model import Axis, Item, ItemKind, Origin, Section, SectionKind, Template

CASES = [
    pytest.param(case, part, id=f"{case.title}: {part}")
    for case in read_cases("comparison")
    for part in case.parts
    if part.startswith("compare ")
]


@pytest.mark.parametrize(("case", "part"), CASES)
def test_side_by_side(case: Case, part: str) -> None:
    comparison = compare_all([*_templates(case, part.removeprefix("compare "))])
    shown = [" | ".join(comparison.titles), *map(_row, comparison.summary)]
    for section in comparison.sections:
        shown += [f"= {_row(section.headings)}", *map(_row, section.rows)]
    assert shown == case.lines(part)


def _templates(case: Case, columns: str) -> list[Template]:
    templates = []
    for column in columns.split(" | "):
        role, *choices = column.split()
        chosen = dict(choice.split("=") for choice in choices)
        axes = {Axis(axis): id_ for axis, id_ in chosen.items()}
        templates.append(compose(case.catalog(), role, axes))
    return templates


def _row(row: Row) -> str:
    shown = ((cell.standing, words(cell.part).strip() if cell.part else "-") for cell in row)
    return " | ".join(f"{standing} {text}" for standing, text in shown).replace("\n", " / ")


# What holds of any templates


def _book_templates(book: Book) -> list[Template]:
    alone = ({axis: id_} for axis, id_ in book.chosen.items())
    return [compose(book.catalog, "engineer", chosen) for chosen in ({}, *alone, book.chosen)]


ORIGIN = Origin("engineer.md", 1, "engineer")
IDS = st.sampled_from(["train", "care", "explain", None])
TEXTS = st.sampled_from(["Train.", "Look after.", "Explain.", "Ask."])
ITEMS = st.builds(Item, IDS, st.sampled_from(ItemKind), TEXTS, st.just(ORIGIN))
LINES = st.lists(ITEMS, max_size=5).map(tuple)
SECTIONS = st.builds(
    Section,
    id=st.sampled_from(["duties", "team", "pay"]),
    title=st.sampled_from(["Duties", "Team"]),
    kind=st.just(SectionKind.OTHER),
    group=st.sampled_from([None, "People"]),
    items=LINES,
    origin=st.just(ORIGIN),
)
# Nothing hinders two roles from being as unlike as these, nor from naming a line twice.
TEMPLATES = st.builds(
    Template,
    role=st.just("engineer"),
    variants=st.just(()),
    language=st.just("en"),
    title=st.sampled_from(["Engineer", "Analyst"]),
    summary=LINES,
    sections=st.lists(SECTIONS, max_size=3).map(tuple),
)
SEVERAL = st.one_of(
    st.lists(TEMPLATES, min_size=1, max_size=4),
    books().map(_book_templates),
)


def _column(rows: Sequence[Row], place: int) -> list[Part]:
    return [part for row in rows if (part := row[place].part)]


def _all_rows(comparison: Comparison) -> list[Row]:
    rows = [*comparison.summary]
    for section in comparison.sections:
        rows += [section.headings, *section.rows]
    return rows


@given(SEVERAL)
def test_each_line_stands_once_in_its_column_and_in_order(templates: list[Template]) -> None:
    comparison = compare_all(templates)
    assert comparison.titles == tuple(template.title for template in templates)
    headings = [section.headings for section in comparison.sections]
    for place, template in enumerate(templates):
        assert _column(comparison.summary, place) == [*template.summary]
        assert _column(headings, place) == [*template.sections]
        for section in comparison.sections:
            own = section.headings[place].part
            lines = own.items if isinstance(own, Section) else ()
            assert _column(section.rows, place) == [*lines]


@given(SEVERAL)
def test_each_row_says_how_it_stands_to_the_first_column(templates: list[Template]) -> None:
    for row in _all_rows(compare_all(templates)):
        assert len(row) == len(templates)
        assert any(cell.part for cell in row)
        first = row[0]
        assert first.standing is (Standing.SAME if first.part else Standing.ABSENT)
        for cell in row:
            match cell.standing:
                case Standing.SAME:
                    assert cell.part
                    assert first.part
                    assert words(cell.part) == words(first.part)
                case Standing.CHANGED:
                    assert cell.part
                    assert first.part
                    assert words(cell.part) != words(first.part)
                case Standing.ADDED:
                    assert cell.part
                    assert not first.part
                case Standing.DROPPED:
                    assert first.part
                    assert not cell.part
                case Standing.MOVED:
                    assert bool(cell.part) != bool(first.part)
                case Standing.ABSENT:
                    assert not first.part
                    assert not cell.part
        assert is_same(row) == (len(runs(row)) == 1 and first.part is not None)


@given(SEVERAL)
def test_runs_are_the_row_cut_where_it_changes(templates: list[Template]) -> None:
    for row in _all_rows(compare_all(templates)):
        found = runs(row)
        assert [n for start, end in found for n in range(start, end)] == [*range(len(row))]
        says = [(cell.standing, words(cell.part) if cell.part else "") for cell in row]
        for start, end in found:
            assert len(set(says[start:end])) == 1
        for (start, _), (following, _) in pairwise(found):
            assert says[start] != says[following]


@given(TEMPLATES)
def test_a_template_beside_itself_is_the_same(template: Template) -> None:
    assert all(is_same(row) for row in _all_rows(compare_all([template, template])))
    assert compare(template, template) == ()


@given(SEVERAL)
def test_two_columns_differ_in_what_the_list_of_changes_has(templates: list[Template]) -> None:
    base, other = templates[0], templates[-1]
    changes = compare(base, other)
    listed = {
        kind: [(id(c.before), id(c.after)) for c in changes if c.kind is kind]
        for kind in ChangeKind
    }
    comparison = compare_all([base, other])
    shown: dict[ChangeKind, list[tuple[int, int]]] = {kind: [] for kind in ChangeKind}
    for row in _all_rows(comparison):
        cell = row[1]
        pair = (id(cell.was), id(cell.part))
        match cell.standing:
            case Standing.ADDED:
                shown[ChangeKind.ADDED].append(pair)
            case Standing.DROPPED:
                shown[ChangeKind.REMOVED].append(pair)
            case Standing.CHANGED:
                shown[ChangeKind.REPLACED].append(pair)
            case Standing.MOVED if cell.part and cell.was:
                same = words(cell.part) == words(cell.was)
                shown[ChangeKind.MOVED if same else ChangeKind.REPLACED].append(pair)
    # The list has a section that was moved; the columns have its lines as moved too.
    moved = [s for s in comparison.sections if s.headings[1].standing is Standing.MOVED]
    along = {id(part) for section in moved for part in _column(section.rows, 1)}
    kind = ChangeKind.MOVED
    assert {*listed[kind]} <= {*shown[kind]}
    assert {after for _, after in {*shown[kind]} - {*listed[kind]}} <= along
    for kind in (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.REPLACED):
        assert sorted(listed[kind]) == sorted(shown[kind]), kind
