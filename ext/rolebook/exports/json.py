"""A template as JSON, with what was filled in; ``schema/template.json`` describes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from rolebook.exports.layout import LAYOUTS, Description
from rolebook.model import (
    Amount,
    Axis,
    Confidence,
    Duty,
    Item,
    ItemKind,
    Origin,
    PayDisclosure,
    Permission,
    Placeholder,
    Rules,
    Section,
    SectionKind,
    Template,
    Values,
)
from rolebook.placeholders import filled

FORMAT = "rolebook-template"
VERSION = 1


def to_object(description: Description) -> dict[str, Any]:
    """A template as plain data, with the filled values and the description they make."""
    return {
        **template_object(description.document.template, description.values),
        "description": {layout.name: description.render(layout) for layout in LAYOUTS},
    }


def template_object(template: Template, values: Values) -> dict[str, Any]:
    """A template and its filled values as plain data, without the description."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "role": template.role,
        "variants": {axis.value: id_ for axis, id_ in template.variants},
        "language": template.language,
        "title": template.title,
        "summary": [item_object(item) for item in template.summary],
        "sections": [section_object(section) for section in template.sections],
        "placeholders": [placeholder_object(p) for p in template.placeholders],
        "rules": rules_object(template.rules),
        "values": _values(template, values),
    }


def to_json(description: Description) -> str:
    """A template as JSON text: sorted keys, one line, so that equal data are equal bytes."""
    data = to_object(description)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def from_json(text: str) -> tuple[Template, dict[str, str | list[str]]]:
    """Read back what :func:`to_json` wrote: the template and the values.

    Raises :class:`ValueError` for anything else.
    """
    data = json.loads(text)
    try:
        if (data["format"], data["version"]) != (FORMAT, VERSION):
            raise ValueError(f"not a {FORMAT} of version {VERSION}")
        return _template(data), data["values"]
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a {FORMAT}: {error}") from error


def _template(data: dict[str, Any]) -> Template:
    axes = list(Axis)
    variants = [(Axis(axis), id_) for axis, id_ in data["variants"].items()]
    return Template(
        role=data["role"],
        variants=tuple(sorted(variants, key=lambda pair: axes.index(pair[0]))),
        language=data["language"],
        title=data["title"],
        summary=tuple(_read_item(item) for item in data["summary"]),
        sections=tuple(
            Section(
                section["id"],
                section["title"],
                SectionKind(section["kind"]),
                section["group"],
                tuple(_read_item(item) for item in section["items"]),
                Origin(**section["origin"]),
            )
            for section in data["sections"]
        ),
        placeholders=tuple(
            Placeholder(
                **{
                    **p,
                    "choices": tuple(p["choices"]),
                    "codes": tuple(p["codes"]),
                    "origin": Origin(**p["origin"]),
                }
            )
            for p in data["placeholders"]
        ),
        rules=_rules(data["rules"]) if data["rules"] else None,
    )


def _rules(data: dict[str, Any]) -> Rules:
    """Rules, with the values of closed lists as what they are."""
    readers: dict[str, Callable[[Any], Any]] = {
        "pay": PayDisclosure,
        **dict.fromkeys(("open_ended", "single_figure"), Permission),
        **dict.fromkeys(("maximum_width", "exempt_above"), lambda amount: Amount(**amount)),
        **dict.fromkeys(
            ("benefits", "other_pay", "deadline", "ai_statement", "vacancy_status"), Duty
        ),
        **dict.fromkeys(("forbids", "requires"), tuple),
        "confidence": Confidence,
        "origin": lambda origin: Origin(**origin),
    }
    return Rules(
        **{
            name: readers[name](value) if name in readers and value is not None else value
            for name, value in data.items()
        }
    )


def _values(template: Template, values: Values) -> dict[str, str | list[str]]:
    """The filled values of the template's own placeholders; several choices as a list."""
    result: dict[str, str | list[str]] = {}
    multiple = {p.name: p.multiple for p in template.placeholders}
    for name, value in filled(values).items():
        if name in multiple:
            result[name] = [value] if multiple[name] and isinstance(value, str) else value
    return result


def rules_object(rules: Rules | None) -> dict[str, Any] | None:
    """A jurisdiction's rules as plain data."""
    if rules is None:
        return None
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(rules).items()
    }


def section_object(section: Section) -> dict[str, Any]:
    """A section as plain data."""
    return {
        "id": section.id,
        "title": section.title,
        "kind": section.kind.value,
        "group": section.group,
        "items": [item_object(item) for item in section.items],
        "origin": _origin(section.origin),
    }


def placeholder_object(p: Placeholder) -> dict[str, Any]:
    """A placeholder as plain data."""
    return {
        "name": p.name,
        "label": p.label,
        "help": p.help,
        "default": p.default,
        "choices": list(p.choices),
        "multiple": p.multiple,
        "detail": p.detail,
        "codes": list(p.codes),
        "required": p.required,
        "origin": _origin(p.origin),
    }


def item_object(item: Item) -> dict[str, Any]:
    """A line as plain data."""
    return {
        "id": item.id,
        "kind": item.kind.value,
        "text": item.text,
        "origin": _origin(item.origin),
    }


def _read_item(item: dict[str, Any]) -> Item:
    return Item(item["id"], ItemKind(item["kind"]), item["text"], Origin(**item["origin"]))


def _origin(origin: Origin) -> dict[str, Any]:
    return {"file": origin.file, "line": origin.line, "entity": origin.entity}
