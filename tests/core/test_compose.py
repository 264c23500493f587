"""Role + variants -> template, in the cases of ``compose/``.

The parts of a case name a role and the chosen variants: ``compose engineer level=senior``
holds the template as Markdown, ``origins ...`` where its lines were written,
``placeholders ...`` those it has, ``changes ...`` what the variants change, and
``variants ...`` what the role can take.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from core_cases import Case, read_cases

from rolebook.changes import compare, words
from rolebook.check import check
from rolebook.compose import UnknownError, compose
from rolebook.exports import export
from rolebook.model import Axis, Placeholder, Template

CASES = read_cases("compose")


def parts(kind: str) -> pytest.MarkDecorator:
    found = [
        pytest.param(case, part, id=f"{case.title}: {part}")
        for case in CASES
        for part in case.parts
        if part.split()[0] == kind
    ]
    return pytest.mark.parametrize(("case", "part"), found)


def composed(case: Case, part: str) -> Template:
    _, role, *choices = part.split()
    chosen = dict(choice.split("=") for choice in choices)
    return compose(case.catalog(), role, {Axis(axis): id_ for axis, id_ in chosen.items()})


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_the_handbooks_of_these_cases_are_sound(case: Case) -> None:
    assert check(case.catalog()) == ()


@parts("compose")
def test_template(case: Case, part: str) -> None:
    assert export(composed(case, part), "markdown", {}).decode() == case.parts[part]


@parts("compose")
def test_a_template_says_what_it_is_made_of_in_the_order_of_axes(case: Case, part: str) -> None:
    template = composed(case, part)
    _, role, *choices = part.split()
    chosen = {axis: id_ for axis, _, id_ in (choice.partition("=") for choice in choices)}
    assert template.variants == tuple((a, chosen[a]) for a in Axis if a in chosen)
    assert template.key == "/".join([role, *(chosen[axis] for axis in Axis if axis in chosen)])


@parts("origins")
def test_each_line_keeps_its_origin(case: Case, part: str) -> None:
    assert [*_origins(composed(case, part))] == case.lines(part)


@parts("placeholders")
def test_placeholders_are_merged(case: Case, part: str) -> None:
    template = composed(case, part)
    assert [" | ".join(_placeholder(p)) for p in template.placeholders] == case.lines(part)


@parts("changes")
def test_changes_against_the_role(case: Case, part: str) -> None:
    after = composed(case, part)
    before = compose(case.catalog(), after.role)
    shown = []
    for change in compare(before, after):
        parts = [part for part in (change.before, change.after) if part]
        texts = [words(part).replace("\n", " / ").removesuffix(" / ") for part in parts]
        section = change.section.id if change.section else "-"
        shown.append(f"{change.kind} {section} | {' -> '.join(texts)}")
    assert shown == case.lines(part)
    assert compare(after, after) == ()


@parts("variants")
def test_what_a_role_can_take(case: Case, part: str) -> None:
    catalog = case.catalog()
    role = catalog.roles[part.split()[1]]
    taken = catalog.variants_of(role)
    assert [f"{a} {i} {v.origin.file}" for (a, i), v in taken.items()] == case.lines(part)
    assert all(role in catalog.roles_of(variant) for variant in taken.values())


@pytest.mark.parametrize(
    ("role", "chosen", "what", "known"),
    [
        ("enginer", {}, "role", ["analyst", "engineer", "scientist"]),
        ("engineer", {Axis.LEVEL: "senior"}, "level", []),
        ("engineer", {Axis.ARRANGEMENT: "on-site"}, "arrangement", []),
        ("analyst", {Axis.ARRANGEMENT: "remote"}, "arrangement", ["on-site"]),
    ],
)
def test_what_does_not_exist_is_told_with_what_does(
    role: str, chosen: dict[Axis, str], what: str, known: list[str]
) -> None:
    (case,) = (case for case in CASES if case.title.endswith("for several and for all"))
    with pytest.raises(UnknownError) as raised:
        compose(case.catalog(), role, chosen)
    assert (raised.value.what, raised.value.known) == (what, known)
    assert raised.value.name in {role, *chosen.values()}


def _origins(template: Template) -> Iterator[str]:
    for item in template.summary:
        yield f"{item.origin.file}:{item.origin.line} {item.origin.entity} | {item.text}"
    for section in template.sections:
        origin = section.origin
        yield f"{origin.file}:{origin.line} {origin.entity} | # {section.title}"
        for item in section.items:
            yield f"{item.origin.file}:{item.origin.line} {item.origin.entity} | {item.text}"


def _placeholder(placeholder: Placeholder) -> Iterator[str]:
    yield placeholder.name
    yield placeholder.label
    yield f"{placeholder.origin.file}:{placeholder.origin.line}"
    if placeholder.help:
        yield placeholder.help
    values = " / ".join(placeholder.choices) + " several" * placeholder.multiple
    if placeholder.default:
        values += f" = {placeholder.default}"
    if values:
        yield values.strip()
