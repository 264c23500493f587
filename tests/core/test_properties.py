"""What holds of every handbook, whatever is in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

from core_books import Book, books
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import rolebook
from rolebook.catalog import assemble
from rolebook.check import check
from rolebook.compose import compose
from rolebook.diagnostics import Code
from rolebook.exports import FORMATS, export
from rolebook.exports.json import from_json
from rolebook.model import Axis, ItemKind, Template, Values
from rolebook.placeholders import defaults, split, uses
from rolebook.reader import read

SCHEMA = Draft202012Validator(
    json.loads((Path(rolebook.__file__).parent / "schema/template.json").read_text("utf-8"))
)
VALUES = st.dictionaries(
    st.sampled_from(["company name", "pay", "stranger"]),
    st.text(max_size=20),
    max_size=3,
)


def composed(book: Book) -> Template:
    return compose(book.catalog, "engineer", book.chosen)


def lines(template: Template) -> list[str]:
    return [item.text for section in template.sections for item in section.items]


@given(books())
def test_what_is_written_is_read(book: Book) -> None:
    catalog = book.catalog
    # Variants of two axes may meet in a line or a section here; that is what they are made for.
    assert {f.code for f in check(catalog)} <= {Code.UNDECLARED_OVERRIDE, Code.EMPTY_SECTION}
    template = compose(catalog, "engineer")
    read_back = {
        section.id: tuple((item.id, item.kind, item.text) for item in section.items)
        for section in template.sections
    }
    assert read_back == {
        id_: tuple((line.id, line.kind, line.text) for line in written)
        for id_, written in book.sections.items()
    }


@given(books())
def test_each_item_knows_the_line_it_stands_on(book: Book) -> None:
    for section in composed(book).sections:
        for item in section.items:
            line = book.files[item.origin.file].splitlines()[item.origin.line - 1]
            assert item.text in line


@given(books())
def test_composing_is_deterministic(book: Book) -> None:
    files = [*book.files.items()]
    backwards = assemble(read(name, text) for name, text in reversed(files))
    assert backwards == book.catalog
    assert compose(backwards, "engineer", book.chosen) == composed(book)
    shuffled = dict(sorted(book.chosen.items(), reverse=True))
    assert compose(backwards, "engineer", shuffled) == composed(book)


@given(books())
def test_a_variant_loses_and_doubles_no_line(book: Book) -> None:
    for axis, changes in book.variants.items():
        gone = {change.section for change in changes if change.drop}
        kept = [
            line.text
            for id_, written in book.sections.items()
            if id_ not in gone
            for line in written
            if line.id is None
            or not any(
                change.section == id_
                and line.id in (*change.remove, *(new.id for new in change.lines))
                for change in changes
            )
        ]
        written = [line.text for change in changes for line in change.lines]
        template = compose(book.catalog, "engineer", {axis: f"other-{axis}"})
        assert Counter(lines(template)) == Counter([*kept, *written])


@given(books())
def test_several_axes_double_no_line_and_the_last_has_its_say(book: Book) -> None:
    shown = Counter(lines(composed(book)))
    assert set(shown.values()) <= {1}
    if not book.variants:
        return
    last = max(book.variants, key=[*Axis].index)
    dropped = {
        change.section
        for axis, changes in book.variants.items()
        for change in changes
        if change.drop and axis is not last
    }
    for change in book.variants[last]:
        if change.section not in dropped:
            assert {line.text for line in change.lines} <= set(shown)
            assert not change.drop or change.section not in {
                section.id for section in composed(book).sections
            }


@given(books())
def test_filling_with_nothing_changes_nothing(book: Book) -> None:
    template = composed(book)
    nothing: Values = {"company name": " \n", "cloud": ["", " "], "stranger": "x"}
    for format_ in set(FORMATS) - {"jobposting"}:  # which is made of what is filled in alone
        assert export(template, format_, nothing) == export(template, format_, {})
    # What is unfilled can be read again, and is the same to fill in.
    blank = export(template, "markdown", {}).decode()
    shown = {split(re.sub(r"^(?:- |\d+\. )", "", line)) for line in blank.splitlines()}
    assert shown >= {split(text) for text in lines(template)}


@given(books(), VALUES)
def test_filling_leaves_only_what_was_not_filled(book: Book, values: dict[str, str]) -> None:
    template = composed(book)
    # These values are no placeholders themselves.
    plain: Values = {
        name: value.replace("{", "").replace("}", "") for name, value in values.items()
    }
    left = {use.name for use in uses(export(template, "text", plain).decode())}
    _, kept = from_json(export(template, "json", plain).decode())
    assert left == {p.name for p in template.placeholders} - set(kept)


@given(books(), VALUES)
def test_json_is_valid_and_read_back(book: Book, values: dict[str, str]) -> None:
    template = composed(book)
    written = export(template, "json", {**defaults(template.placeholders), **values})
    SCHEMA.validate(json.loads(written))
    again, kept = from_json(written.decode())
    assert again == template
    assert export(again, "json", kept) == written


@given(books())
def test_html_has_every_line_once(book: Book) -> None:
    template = composed(book)
    html = export(template, "html", {}).decode()
    items = [item for section in template.sections for item in section.items]
    bullets = [item for item in items if item.kind is not ItemKind.PARAGRAPH]
    assert html.count("<li>") == html.count("</li>") == len(bullets)
    assert html.count("<h2>") == len(template.sections)
    for number in (text.split()[1] for text in lines(template)):
        assert html.count(f">Item {number} ") + html.count(f">Item {number}<") == 1
