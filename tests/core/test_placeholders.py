"""Placeholders: what is one, and what a value becomes in each textual export."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin

from rolebook.catalog import assemble
from rolebook.compose import compose
from rolebook.exports import export
from rolebook.inline import prepare
from rolebook.model import Origin, Placeholder, Values
from rolebook.placeholders import (
    blank,
    defaults,
    escape_html,
    escape_markdown,
    escape_text,
    fill,
    filled,
    fold,
    normalise,
    slug,
    split,
    uses,
)
from rolebook.reader import read

HERE = Path(__file__).parent
ESCAPES = {"markdown": escape_markdown, "text": escape_text, "html": escape_html}

# Text that Markdown and HTML would take for their own, more often than by chance.
AWKWARD = st.lists(
    st.one_of(
        st.text(max_size=4),
        st.sampled_from([*"\\`*_[]{}()<>&~|#+-=:.!\"'/@ \n\t", "&amp;", "](x)", "{{ y }}"]),
        st.sampled_from(["1.", "2)", "---", "===", ":::", "<b>", "www.a.org", "https://a.org"]),
    ),
    max_size=8,
).map("".join)


def toml_cases(file: str, *names: str) -> pytest.MarkDecorator:
    cases = tomllib.loads((HERE / "exports" / file).read_text(encoding="utf-8"))["case"]
    found = [pytest.param(*(case[name] for name in names), id=case["title"]) for case in cases]
    return pytest.mark.parametrize(names, found)


def _blank(name: str) -> str:
    return "{{ " + name + " }}"


@toml_cases("values_cases.toml", "value", "markdown", "text", "html")
def test_a_value_is_escaped_for_its_place(value: str, markdown: str, text: str, html: str) -> None:
    expected = {"markdown": markdown, "text": text, "html": html}
    for name, escape in ESCAPES.items():
        assert fill(("<", "x", ">"), {"x": value}, escape, _blank) == f"<{expected[name]}>"


@toml_cases("inline.toml", "line", "markdown", "text", "html")
def test_a_line_is_prepared_for_each_format(line: str, markdown: str, text: str, html: str) -> None:
    expected = (markdown, text, html)
    for parts, wanted in zip(prepare(line), expected, strict=True):
        assert len(parts) % 2 == 1
        assert fill(parts, {}, escape_text, _blank) == wanted


def test_lone_surrogates_become_replacement_characters() -> None:
    assert normalise("a\ud800b\udfff") == "a\ufffdb\ufffd"


def test_a_value_is_never_read_for_placeholders() -> None:
    values = {"x": "{{ y }}", "y": "filled"}
    assert fill(split("{{ x }}, {{ y }}"), values, escape_text, _blank) == "{{ y }}, filled"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("", "{{ x }}"),
        (" \n\t ", "{{ x }}"),
        ([], "{{ x }}"),
        (["", " "], "{{ x }}"),
        (["AWS"], "AWS"),
        ([" AWS ", "", "G\nCP"], "AWS, G CP"),
    ],
)
def test_empty_values_leave_the_blank(value: str | list[str], shown: str) -> None:
    assert fill(("", "x", ""), {"x": value}, escape_text, _blank) == shown


def test_only_what_says_something_is_kept_in_order_of_names() -> None:
    values: Values = {"b": " b ", "é": "e", "a": ["", " a"], "B": "x", "c": [" "], "d": "\t"}
    assert [*filled(values).items()] == [("B", "x"), ("a", ["a"]), ("b", "b"), ("é", "e")]


def test_defaults() -> None:
    page = read(
        "a.md",
        ":::{job:placeholder} a\n:default: x\n:::\n"
        ":::{job:placeholder} b\n:choices: y / z\n:default: y\n:multiple:\n:::\n"
        ":::{job:placeholder} c\n:::\n",
    )
    assert defaults(page.placeholders) == {"a": "x", "b": ["y"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ company name }}", [("company name", ())]),
        ("{{company}}{{ company's_2 }}", [("company", ()), ("company's_2", ())]),
        ("{{ a: B / C/D }}", [("a", ("B", "C/D"))]),
        ("{{ Größe : 1 / 2 }}", [("Größe", ("1", "2"))]),
        ("{{{ a }}}", [("a", ())]),
        ("{ a } {{ }} {{ -a }} {{ a! }} {{ a\n", []),
        ("{{ a: <b> / c }} {{ a: `b` / c }} {{ a: [b] / *c* }}", []),
    ],
)
def test_what_is_a_placeholder(text: str, found: list[Any]) -> None:
    assert [(use.name, use.choices) for use in uses(text)] == found


@pytest.mark.parametrize(
    ("name", "expected"),
    [("company name", "company-name"), ("Pay_from (€)", "pay-from"), ("R&D's", "r-d-s")],
)
def test_the_class_of_a_placeholder(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(AWKWARD)
def test_normalising_a_value_twice_changes_nothing(value: str) -> None:
    once = normalise(value)
    assert normalise(once) == once
    once.encode("utf-8")
    assert len(once.splitlines()) <= 1


PAGE = """\
# The {{ x }} engineer

:::{job:role} engineer

{{ x }}

{{ x }} and more, {{ x }}.

:::

:::{job:section} In {{ x }} days
:group: For {{ x }} people

- {{ x }}
- Work ({{ x }}).

1. {{ x }}
2. *Really* {{ x }}!

{{ x }}: last

:::
"""
WORD = "zqx"
TEMPLATE = compose(assemble([read("engineer.md", PAGE)]), "engineer")
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(colon_fence_plugin)


@given(AWKWARD.filter(normalise))
def test_markdown_shows_a_value_as_it_was_typed(value: str) -> None:
    expected = _with_value(_shown_markdown(WORD), value)
    assert _shown_markdown(value) == expected


@given(AWKWARD.filter(normalise))
def test_html_shows_a_value_as_it_was_typed(value: str) -> None:
    assert _shown_html(value) == _with_value(_shown_html(WORD), value)


@given(AWKWARD.filter(normalise))
def test_plain_text_shows_a_value_as_it_was_typed(value: str) -> None:
    plain = export(TEMPLATE, "text", {"x": WORD}).decode()
    assert export(TEMPLATE, "text", {"x": value}).decode() == plain.replace(WORD, normalise(value))


def _with_value(shown: list[tuple[str, str]], value: str) -> list[tuple[str, str]]:
    # A parser may strip more kinds of space from the ends of a line than a value loses.
    return [(what, text.replace(WORD, normalise(value)).strip()) for what, text in shown]


def _shown_markdown(value: str) -> list[tuple[str, str]]:
    """Each token of the rendered template with the text that a reader sees in it."""
    tokens = PARSER.parse(export(TEMPLATE, "markdown", {"x": value}).decode())
    shown = []
    for token in tokens:
        text = "".join(child.content for child in token.children or [])
        shown.append((token.type, text.strip()))
        plain = ("text", "text_special")
        shown += [(c.type, "") for c in token.children or [] if c.type not in plain]
    return shown


def _shown_html(value: str) -> list[tuple[str, str]]:
    soup = BeautifulSoup(export(TEMPLATE, "html", {"x": value}).decode(), "html.parser")
    assert soup.body is not None
    return [(tag.name, tag.get_text().strip()) for tag in soup.body.find_all()]


@given(
    st.from_regex(r"[a-z][\w' -]{0,8}[a-z0-9]", fullmatch=True),
    st.lists(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 ,/-]{0,8}[a-z]", fullmatch=True), max_size=3),
)
def test_a_blank_can_be_read_back(name: str, choices: list[str]) -> None:
    folded = tuple(fold(choice) for choice in choices)
    placeholder = Placeholder(fold(name), "", None, None, folded, False, Origin("a.md", 1))
    (use,) = uses(f"Before {blank(placeholder)} after")
    assert use.name == placeholder.name
    assert use.choices == tuple(c for whole in folded for c in whole.split(" / "))
