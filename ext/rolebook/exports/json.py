"""A template as JSON, with what was filled in; ``schema/template.json`` describes it."""

from __future__ import annotations

import json
from typing import Any

from rolebook.exports.layout import LAYOUTS, Description
from rolebook.model import (
    Axis,
    Item,
    ItemKind,
    Origin,
    Placeholder,
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
        "summary": [_item(item) for item in template.summary],
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "kind": section.kind.value,
                "group": section.group,
                "items": [_item(item) for item in section.items],
                "origin": _origin(section.origin),
            }
            for section in template.sections
        ],
        "placeholders": [
            {
                "name": p.name,
                "label": p.label,
                "help": p.help,
                "default": p.default,
                "choices": list(p.choices),
                "multiple": p.multiple,
                "origin": _origin(p.origin),
            }
            for p in template.placeholders
        ],
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
            Placeholder(**{**p, "choices": tuple(p["choices"]), "origin": Origin(**p["origin"])})
            for p in data["placeholders"]
        ),
    )


def _values(template: Template, values: Values) -> dict[str, str | list[str]]:
    """The filled values of the template's own placeholders; several choices as a list."""
    result: dict[str, str | list[str]] = {}
    multiple = {p.name: p.multiple for p in template.placeholders}
    for name, value in filled(values).items():
        if name in multiple:
            result[name] = [value] if multiple[name] and isinstance(value, str) else value
    return result


def _item(item: Item) -> dict[str, Any]:
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
