"""The shipped job descriptions keep to the lengths that the handbook's own guide asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolebook.catalog import load
from rolebook.compose import compose
from rolebook.inline import prepare
from rolebook.model import Axis, Item, SectionKind, Template
from rolebook.placeholders import fill

CATALOG = load(Path(__file__).parents[2] / "content")
# Its lines are for the reader to write.
BLANK = "any-role"


def templates() -> list[Template]:
    """Each role as it is, and at each of its levels."""
    found = []
    for role in CATALOG.roles.values():
        levels = [level for axis, level in CATALOG.variants_of(role) if axis is Axis.LEVEL]
        found.append(compose(CATALOG, role.id))
        found += [compose(CATALOG, role.id, {Axis.LEVEL: level}) for level in levels]
    return [template for template in found if template.role != BLANK]


TEMPLATES = templates()
each_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: each.key)


def lines(template: Template, *kinds: SectionKind) -> list[Item]:
    return [item for part in template.sections if part.kind in kinds for item in part.items]


@each_template
def test_about_the_role_has_100_to_150_words(template: Template) -> None:
    """With each blank as its default or its label, which may be shorter than what goes there."""
    values = {p.name: p.default or p.label for p in template.placeholders}
    about = lines(template, SectionKind.ABOUT_ROLE)
    text = " ".join(fill(prepare(item.text)[1], values, str, str) for item in about)
    assert 100 <= len(text.split()) <= 150


@each_template
def test_there_are_five_to_eight_responsibilities(template: Template) -> None:
    assert 5 <= len(lines(template, SectionKind.RESPONSIBILITIES)) <= 8


@each_template
def test_there_are_eight_to_twelve_requirements(template: Template) -> None:
    asked = lines(template, SectionKind.REQUIREMENTS, SectionKind.NICE_TO_HAVE)
    assert 8 <= len(asked) <= 12
