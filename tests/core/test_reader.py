"""What the reader makes of each notation, in the cases of ``reader/``."""

from __future__ import annotations

import json
from typing import Any

from core_cases import Case, each_case

from rolebook.interview.model import Assessment, Interview
from rolebook.model import Entity, Item, Patch, Placeholder, Role
from rolebook.reader import Page


@each_case("reader")
def test_notation(case: Case) -> None:
    (page,) = case.pages()
    assert page.diagnostics == ()
    assert _page(page) == json.loads(case.parts["expect"])


def _page(page: Page) -> dict[str, Any]:
    """The page as JSON, without what is empty or as it is by default."""
    data = {
        "header": _interview(page.header)
        if isinstance(page.header, Interview)
        else page.header and _entity(page.header),
        "placeholders": [_placeholder(p) for p in page.placeholders],
        "listed": [
            f"{role} {f'{axis} ' if axis else ''}{origin.file}:{origin.line}"
            for role, axis, origin in page.listed
        ],
    }
    return {name: value for name, value in data.items() if value}


def _interview(page: Interview) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kit": page.key,
        "entity": page.origin.entity,
        "at": f"{page.origin.file}:{page.origin.line}",
        "heading": page.heading,
        "lede": page.lede,
        "remove": list(page.remove),
        "competencies": [f"{c.id} | {c.title} | {_texts(c.items)}" for c in page.competencies],
        "stages": [
            {
                "stage": f"{s.id} | {s.title} | {s.minutes} with {s.people}",
                "scope": {axis.value: " ".join(ids) for axis, ids in s.scope.items()},
                "told": [_texts(s.candidate), _texts(s.interviewers)],
            }
            for s in page.stages
        ],
        "questions": [
            {
                **_assessment(q),
                "kind": q.kind.value,
                "probes": _items(q.probes),
                "answers": {grade.value: item.text for grade, item in q.answers.items()},
                "warnings": _texts(q.warnings),
            }
            for q in page.questions
        ],
        "samples": [
            {
                **_assessment(s),
                "brief": _texts(s.brief),
                "criteria": [
                    [c.name.text, *(item.text for item in c.grades.values())] for c in s.criteria
                ],
                "rules": [item.text for item in (s.ai_use, s.adjustments, s.pay) if item],
            }
            for s in page.samples
        ],
        "handouts": [f"{h.id} | {h.title} | {_texts(h.items)}" for h in page.handouts],
    }
    return {name: value for name, value in data.items() if value}


def _assessment(each: Assessment) -> dict[str, Any]:
    return {
        "id": each.id,
        "line": each.origin.line,
        "text": each.text,
        "of": f"{each.competency} at {each.stage}, {each.minutes} minutes",
        "scope": {axis.value: " ".join(ids) for axis, ids in each.scope.items()},
        "assesses": " ".join(each.assesses),
    }


def _texts(items: tuple[Item, ...]) -> str:
    return " / ".join(item.text for item in items)


def _entity(entity: Entity) -> dict[str, Any]:
    data: dict[str, Any] = {
        "key": entity.origin.entity,
        "at": f"{entity.origin.file}:{entity.origin.line}",
        "heading": entity.heading,
        "lede": entity.lede,
        "extends": entity.extends,
        "summary": _items(entity.summary),
        "blocks": [_block(block) for block in entity.blocks],
        "placeholders": [_placeholder(p) for p in entity.placeholders],
        "notes": [{"section": n.section, "items": _items(n.items)} for n in entity.notes],
        "questions": [{q.question: _items(q.items)} for q in entity.questions],
    }
    for name in ("noun", "family", "skills", "related", "language", "axis", "order"):
        data[name] = getattr(entity, name, None)
    for name in ("title_pattern", "applies_to"):
        data[name] = getattr(entity, name, None)
    if isinstance(entity, Role) and entity.language == "en":
        del data["language"]
    return {n: list(v) if isinstance(v, tuple) else v for n, v in data.items() if v}


def _block(block: Any) -> dict[str, Any]:
    kind = "patch" if isinstance(block, Patch) else "section"
    names = {
        "patch": ("section", "title", "drop", "remove", "after"),
        "section": ("id", "title", "kind", "group", "after"),
    }
    data = {name: getattr(block, name) for name in names[kind]}
    data = {n: list(v) if isinstance(v, tuple) else v for n, v in data.items() if v}
    return {kind: data, "line": block.origin.line, "items": _items(block.items)}


def _items(items: tuple[Item, ...]) -> list[str]:
    return [f"{i.origin.line} {i.kind} {i.id or '-'} | {i.text}" for i in items]


def _placeholder(placeholder: Placeholder) -> dict[str, Any]:
    data = {
        "name": placeholder.name,
        "label": placeholder.label,
        "help": placeholder.help,
        "default": placeholder.default,
        "choices": list(placeholder.choices),
        "multiple": placeholder.multiple,
        "line": placeholder.origin.line,
    }
    return {name: value for name, value in data.items() if value}
