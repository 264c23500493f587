"""Whole exports, byte for byte, and what other programs may rely on in them."""

from __future__ import annotations

import json
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

import rolebook
from rolebook.catalog import load
from rolebook.check import check
from rolebook.compose import compose
from rolebook.exports import FORMATS, export, file_stem
from rolebook.exports.json import from_json
from rolebook.exports.layout import LAYOUTS, Document, Layout, join_table, lay_out
from rolebook.model import Axis, ItemKind, SectionKind, Template, Values
from rolebook.placeholders import blank, defaults, fill

HERE = Path(__file__).parent / "exports"
SCHEMA = json.loads(
    (Path(rolebook.__file__).parent / "schema" / "template.json").read_text(encoding="utf-8")
)
CATALOG = load(HERE, [HERE / "engineer.md"])
TEMPLATE = compose(CATALOG, "engineer")
FILLED: Values = tomllib.loads((HERE / "values.toml").read_text(encoding="utf-8"))


# What is made of vacancies has its own: see test_shapes.py.
@pytest.mark.parametrize("format_", [name for name, format in FORMATS.items() if format.beside])
@pytest.mark.parametrize(("stem", "values"), [("blank", {}), ("filled", FILLED)])
def test_whole_export(format_: str, stem: str, values: Values) -> None:
    expected = HERE / f"{stem}{FORMATS[format_].suffix}"
    assert export(TEMPLATE, format_, values) == expected.read_bytes()


def test_the_exported_handbook_is_sound() -> None:
    assert check(CATALOG) == ()


def test_defaults_are_values_like_others() -> None:
    text = export(TEMPLATE, "text", defaults(TEMPLATE.placeholders)).decode()
    assert "Train models on AWS." in text
    assert "Explain models." in text


@pytest.mark.parametrize("values", [{}, FILLED], ids=["blank", "filled"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.name for layout in LAYOUTS])
def test_prepared_leaves_and_joins_are_all_that_rendering_needs(
    layout: Layout, values: Values
) -> None:
    made = layout.between.join(_blocks(lay_out(TEMPLATE), layout, values))
    whole = export(TEMPLATE, layout.name, values).decode()
    # The HTML export is the same description with a page around it.
    assert made == whole if layout.name != "html" else f"<body>\n{made}</body>" in whole


def _blocks(document: Document, layout: Layout, values: Values) -> list[str]:
    """The blocks as the page's script makes them: from tables and prepared texts alone."""
    joins = join_table(layout)
    blanks = {p.name: layout.escape_blank(blank(p)) for p in document.template.placeholders}
    blocks = []
    for block in document.blocks:
        kinds = ["start", *(leaf.kind for leaf in block.leaves), "end"]
        between = [joins[f"{one}>{next_}"] for one, next_ in pairwise(kinds)]
        text, number = "", 0
        for join, leaf in zip(between, block.leaves, strict=False):
            number = number + 1 if leaf.kind == "number" else 0
            text += join.replace("#", str(number)) if number else join
            text += fill(leaf.prepared[layout.place], values, layout.escape, blanks.__getitem__)
        blocks.append(text + between[-1])
    return blocks


def test_an_unknown_format() -> None:
    with pytest.raises(KeyError):
        export(TEMPLATE, "pdf", {})


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Senior ML engineer (C++/C#)", "senior-ml-engineer-c-c"),
        ("Engineer at {{ company }}", "engineer-at-company"),
        ("機械学習", "engineer"),
    ],
)
def test_the_name_of_a_file(title: str, stem: str) -> None:
    assert file_stem(Template("engineer", (), "en", title, (), ())) == stem


@pytest.mark.parametrize("values", [{}, FILLED], ids=["blank", "filled"])
def test_json_is_read_back(values: Values) -> None:
    written = export(TEMPLATE, "json", values)
    template, read_values = from_json(written.decode())
    assert template == TEMPLATE
    assert export(template, "json", read_values) == written


def test_json_holds_what_was_filled_in_and_nothing_else() -> None:
    stranger: Values = {**FILLED, "stranger": "x", "cloud": "AWS"}
    assert json.loads(export(TEMPLATE, "json", stranger))["values"] == {
        "cloud": ["AWS"],
        "company": "R&D *Ltd* <b>1.</b>",
        "currency": "EUR",
    }


def _changed(**changes: Any) -> str:
    return json.dumps({**json.loads(export(TEMPLATE, "json", {})), **changes})


def _without(name: str) -> str:
    data = json.loads(export(TEMPLATE, "json", {}))
    del data[name]
    return json.dumps(data)


NOT_TEMPLATES = {
    "no JSON": "{",
    "a list": "[]",
    "a number": "3",
    "an empty object": "{}",
    "another format": _changed(format="resume"),
    "a later version": _changed(version=2),
    "no sections": _without("sections"),
    "no values": _without("values"),
    "variants in a list": _changed(variants=["senior"]),
    "an unknown axis": _changed(variants={"colour": "red"}),
    "sections of numbers": _changed(sections=[1]),
    "a summary without text": _changed(summary=[{"id": None, "kind": "bullet"}]),
    "an unknown kind": _changed(summary=[{"id": None, "kind": "x", "text": "", "origin": {}}]),
    "a strange origin": _changed(
        summary=[{"id": None, "kind": "bullet", "text": "", "origin": {"page": 1}}]
    ),
}


@pytest.mark.parametrize("text", NOT_TEMPLATES.values(), ids=NOT_TEMPLATES)
def test_what_is_no_template_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"rolebook-template|line 1|not a valid"):
        from_json(text)


def test_the_schema_is_valid_and_describes_each_property() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    objects = [SCHEMA, *SCHEMA["$defs"].values()]
    objects += [part for part in SCHEMA["properties"].values() if "properties" in part]
    for part in objects:
        assert "description" in part
        for schema in part.get("properties", {}).values():
            assert "description" in schema or schema == {"$ref": "#/$defs/origin"}
        if "properties" in part:
            assert part["additionalProperties"] is False


def test_the_schema_knows_every_kind_and_axis() -> None:
    definitions = SCHEMA["$defs"]
    assert definitions["section"]["properties"]["kind"]["enum"] == [*SectionKind]
    assert sorted(definitions["item"]["properties"]["kind"]["enum"]) == sorted(ItemKind)
    assert [*SCHEMA["properties"]["variants"]["properties"]] == [*Axis]


@pytest.mark.parametrize("values", [{}, FILLED], ids=["blank", "filled"])
def test_json_fits_the_schema(values: Values) -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(export(TEMPLATE, "json", values)))


@pytest.mark.parametrize(
    "text",
    [
        _changed(version=2),
        _changed(extra=True),
        _changed(role="Engineer"),
        _changed(variants={"colour": "red"}),
        _changed(values={"cloud": []}),
        _changed(title="Two\nlines"),
        _without("sections"),
    ],
)
def test_the_schema_refuses_what_no_export_writes(text: str) -> None:
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(json.loads(text))
