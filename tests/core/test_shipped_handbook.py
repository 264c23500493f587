"""The handbook in ``content/``: free of findings, and every template of it can be exported."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator
from lasting import lasting_findings
from markdown_it import MarkdownIt

import rolebook
from rolebook.catalog import load
from rolebook.compose import compose
from rolebook.exports import export
from rolebook.model import Axis, ItemKind, Template
from rolebook.placeholders import defaults

CONTENT = Path(__file__).parents[2] / "content"
CATALOG = load(CONTENT)
TEXTUAL = ("markdown", "text", "html", "json")
PAGES = sorted(path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.md"))
SCHEMA = Path(rolebook.__file__).parent / "schema" / "template.json"


def single_variants() -> list[Template]:
    """Each role as it is, and with each of its variants; tests/combinations has the rest."""
    found = []
    for role in CATALOG.roles.values():
        found.append(compose(CATALOG, role.id))
        found += [compose(CATALOG, role.id, {a: id_}) for a, id_ in CATALOG.variants_of(role)]
    return found


TEMPLATES = single_variants()
each_template = pytest.mark.parametrize(
    "template", TEMPLATES, ids=[template.key for template in TEMPLATES]
)


def test_there_is_something_to_ship() -> None:
    assert "machine-learning-engineer" in CATALOG.roles
    assert {"machine-learning-engineer/senior"} <= {template.key for template in TEMPLATES}


def test_the_levels_of_every_role_can_be_compared_without_scripts() -> None:
    """A page with the directive, beside each role that has levels."""
    for role in CATALOG.roles.values():
        if any(axis is Axis.LEVEL for axis, _ in CATALOG.variants_of(role)):
            page = (CONTENT / role.origin.file).with_name("compare.md")
            assert f"{{job:compare}} {role.id}\n" in page.read_text(encoding="utf-8")


def test_nothing_is_wrong_with_it() -> None:
    assert lasting_findings(CATALOG) == ()


@each_template
def test_every_format_holds_every_line(template: Template) -> None:
    lines = [item for section in template.sections for item in section.items]
    listed = [item for item in lines if item.kind is not ItemKind.PARAGRAPH]
    assert lines
    for values in ({}, defaults(template.placeholders)):
        written = {name: export(template, name, values).decode() for name in TEXTUAL}
        assert len(BeautifulSoup(written["html"], "html.parser").select("li")) == len(listed)
        tokens = MarkdownIt("commonmark").parse(written["markdown"])
        assert [t.type for t in tokens].count("list_item_open") == len(listed)
        marked = re.findall(r"^(?:- |\d+\. )", written["text"], re.MULTILINE)
        assert len(marked) == len(listed)
        validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
        validator.validate(json.loads(written["json"]))


@each_template
def test_all_that_is_asked_for_can_be_filled_in(template: Template) -> None:
    values = {
        p.name: list(p.choices[:2]) if p.multiple else (p.choices or ("zqx",))[0]
        for p in template.placeholders
    }
    text = export(template, "text", values).decode()
    assert "{{" not in text
    assert "}}" not in text


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_page_names_when_it_was_reviewed_and_against_what(page: str) -> None:
    review = CATALOG.reviews.get(page)
    assert review is not None, f"{page} has no {{job:reviewed}}"
    assert review.sources
