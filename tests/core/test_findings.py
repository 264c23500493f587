"""What ``rolebook check`` says of each slip: once, in its place, and the rest is still read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from core_cases import Case, each_case, read_cases

from rolebook.catalog import Catalog
from rolebook.check import check
from rolebook.diagnostics import Code
from rolebook.model import Entity, Patch, Placeholder
from rolebook.pay.fresh import check_pay
from rolebook.pay.read import read

TODAY = date(2026, 11, 21)

FINDING = re.compile(r"(?P<file>\S+):(?P<line>\d+) (?P<code>\S+)(?: \| (?P<text>.+))?")


@each_case("findings")
def test_each_slip_is_reported_once_where_it_stands(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path)
    catalog = case.catalog()
    expected = [_expected(line) for line in case.lines("findings")]
    found = sorted([*check(catalog, TODAY), *check_pay(read(tmp_path, catalog, TODAY), TODAY)])
    assert [(f.file, f.line, f.id) for f in found] == sorted(e[:3] for e in expected)
    texts = {finding.text for finding in found}
    assert texts >= {text for *_, text in expected if text}


@pytest.mark.parametrize(
    "case",
    [pytest.param(c, id=c.title) for c in read_cases("findings") if "read" in c.parts],
)
def test_the_rest_of_the_book_is_still_read(case: Case) -> None:
    assert [*_outline(case.catalog())] == case.lines("read")


def test_every_kind_of_finding_has_a_case() -> None:
    cases = read_cases("findings")
    shown = {_expected(line)[2] for case in cases for line in case.lines("findings")}
    assert shown == {code.id for code in Code}


def test_every_kind_of_finding_is_explained() -> None:
    meanings = [code.meaning for code in Code]
    assert len(set(meanings)) == len(meanings)
    for code in Code:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.id)
        assert code.meaning.endswith(".")


def _expected(line: str) -> tuple[str, int, str, str]:
    match = FINDING.fullmatch(line)
    assert match, f"not a finding: {line}"
    return match["file"], int(match["line"]), match["code"], match["text"] or ""


def _outline(catalog: Catalog) -> Iterator[str]:
    """Each role and variant with its sections[items], patches~[items], notes and placeholders."""
    if catalog.placeholders:
        yield f"handbook: {_braces(catalog.placeholders)}"
    for key, entity in sorted({**catalog.roles, **catalog.variants}.items()):
        yield " ".join([f"{key}:", *_contents(entity)])


def _contents(entity: Entity) -> Iterator[str]:
    for block in entity.blocks:
        name = f"{block.section}~" if isinstance(block, Patch) else block.id
        yield f"{name}[{' '.join(item.id or '-' for item in block.items)}]"
    for note in entity.notes:
        yield f"note[{note.section or ''}]"
    if entity.placeholders:
        yield _braces(entity.placeholders)


def _braces(placeholders: tuple[Placeholder, ...]) -> str:
    return " ".join(f"{{{placeholder.name}}}" for placeholder in placeholders)
