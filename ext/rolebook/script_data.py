"""What the page's script is given: a page's own template, and all that a role composes from.

``static/compose.js`` makes of the second what :func:`page_data` makes of a template that
Python composed; ``tests/parity`` holds them to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rolebook.catalog import Catalog
from rolebook.compose import compose
from rolebook.details import DETAILS, FORMS
from rolebook.exports import FORMATS, file_stem
from rolebook.exports.html import frame
from rolebook.exports.json import (
    item_object,
    placeholder_object,
    rules_object,
    section_object,
    template_object,
)
from rolebook.exports.layout import LAYOUTS, Document, join_table
from rolebook.exports.shapes import details_of, shapes
from rolebook.inline import prepare
from rolebook.iso_codes import COUNTRY_NAMES, CURRENCIES
from rolebook.model import Block, Item, Note, Placeholder, Role, Rules, Section, Variant
from rolebook.placeholders import default_label, defaults, escape_html, uses
from rolebook.rules_text import RULES_BESIDE, rules_note
from rolebook.vacancy import ORDERED

JOINS: Mapping[str, Mapping[str, str]] = {
    layout.name: {"between": layout.between, **join_table(layout)} for layout in LAYOUTS
}
"""What stands between the leaves of each layout."""


def page_data(document: Document, handbook: str) -> dict[str, Any]:
    """A page's template, and its lines prepared for filling."""
    template = document.template
    head, middle, end = frame(template.language)
    return {
        "handbook": handbook,
        "id": template.key,
        "file": file_stem(template),
        # The script makes the description anew from the leaves; a copy would be dead weight.
        "template": {
            **template_object(template, defaults(template.placeholders)),
            "description": dict.fromkeys((layout.name for layout in LAYOUTS), ""),
        },
        "blocks": [block.id for block in document.blocks],
        "leaves": {
            layout.name: {
                block.id: [[leaf.kind, leaf.prepared[layout.place]] for leaf in block.leaves]
                for block in document.blocks
            }
            for layout in LAYOUTS
        },
        "joins": JOINS,
        "frame": {"html": [head + escape_html(template.title) + middle, end]},
    }


def composer_data(catalog: Catalog, role: Role, handbook: str) -> dict[str, Any]:
    """All that the role's templates are composed from, every line prepared once."""
    plain = compose(catalog, role.id)
    lineage = catalog.role_lineage(role)
    variants = catalog.variants_of(role)
    entities: list[Role | Variant] = [*lineage]
    for variant in variants.values():
        entities += catalog.variant_lineage(variant)
    texts = list(dict.fromkeys(_texts(entities)))
    return {
        "handbook": handbook,
        "role": role.id,
        "language": role.language,
        "heading": role.heading,
        "noun": role.noun,
        "summary": [item_object(item) for item in plain.summary],
        "sections": [section_object(section) for section in plain.sections],
        "notes": _notes(lineage),
        "placeholders": _placeholders(
            catalog.placeholders, *(entity.placeholders for entity in lineage)
        ),
        "origin": {"file": role.origin.file, "line": role.origin.line, "entity": role.key},
        "variants": [_variant(catalog, variant) for variant in variants.values()],
        "prepared": {text: _prepared(text) for text in texts},
        # The names' own labels and the choices written in a line, for those not declared.
        "labels": {
            name: default_label(name)
            for name in sorted({use.name for text in texts for use in uses(text)})
        },
        "choices": {
            text: choices
            for text in texts
            if (choices := [[use.name, list(use.choices)] for use in uses(text) if use.choices])
        },
        "joins": JOINS,
        "frame": {"html": list(frame(role.language))},
    }


def _variant(catalog: Catalog, variant: Variant) -> dict[str, Any]:
    lineage = catalog.variant_lineage(variant)
    rules = catalog.rules_of(variant)
    asked = [_rules_note(variant, rules)] if rules else []
    return {
        "axis": variant.axis.value,
        "id": variant.id,
        "key": variant.key,
        "titles": [
            {"pattern": entity.title_pattern, "heading": entity.heading if entity.extends else None}
            for entity in lineage
        ],
        "summary": next(
            ([item_object(item) for item in e.summary] for e in reversed(lineage) if e.summary), []
        ),
        "operations": [_operation(block) for entity in lineage for block in entity.blocks],
        "placeholders": _placeholders(*(entity.placeholders for entity in lineage)),
        "notes": [*asked, *_notes(lineage)],
        "rules": rules_object(rules),
    }


def _operation(block: Block) -> dict[str, Any]:
    if isinstance(block, Section):
        return {"op": "section", "after": block.after, "section": section_object(block)}
    return {
        "op": "patch",
        "section": block.section,
        "title": block.title,
        "group": block.group,
        "drop": block.drop,
        "remove": list(block.remove),
        "after": block.after,
        "items": [item_object(item) for item in block.items],
    }


def _placeholders(*declared: Iterable[Placeholder]) -> dict[str, Any]:
    return {p.name: placeholder_object(p) for some in declared for p in some}


def _notes(lineage: Iterable[Role | Variant]) -> list[dict[str, Any]]:
    return [_note(note) for entity in lineage for note in entity.notes]


def _note(note: Note) -> dict[str, Any]:
    items = [[item.kind.value, prepare(item.text)[2]] for item in note.items]
    return {"section": note.section, "items": items}


def _rules_note(variant: Variant, rules: Rules) -> dict[str, Any]:
    """The rules as a note to the section of a kind; which one that is, the choice decides."""
    return {**_note(rules_note(variant.heading, rules, ())), "kind": RULES_BESIDE.value}


def _texts(entities: Iterable[Role | Variant]) -> Iterator[str]:
    """Every text that can stand in a template, and what its title is made of."""
    for entity in entities:
        yield entity.heading
        if isinstance(entity, Role):
            yield entity.noun
        elif entity.title_pattern is not None:
            yield entity.title_pattern
        yield from _lines(entity.summary)
        for block in entity.blocks:
            if block.title is not None:
                yield block.title
            if block.group is not None:
                yield block.group
            yield from _lines(block.items)


def _lines(items: Iterable[Item]) -> Iterator[str]:
    return (item.text for item in items)


def _prepared(text: str) -> Any:
    """The text as Markdown, plain text and HTML; once, where the three are the same."""
    markdown, plain, html = prepare(text)
    return markdown if markdown == plain == html else [markdown, plain, html]


def shapes_json() -> str:
    """What the script makes the formats of a filled-in vacancy from, as JSON text.

    The details with what a form for them needs, and the shapes of ``exports/shapes.json``.
    The order of an object's members is that of the files made with them.
    """
    return json.dumps(
        {
            "details": [asdict(detail) for detail in DETAILS.values()],
            "forms": FORMS,
            "ordered": ORDERED,
            "countries": COUNTRY_NAMES,
            "currencies": " ".join(sorted(CURRENCIES)),
            "derived": shapes()["derived"],
            "formats": {
                name: {
                    "label": FORMATS[name].label,
                    "suffix": FORMATS[name].suffix,
                    "media": FORMATS[name].media,
                    "uses": sorted(details_of(name)),
                    **shape,
                }
                for name, shape in shapes()["formats"].items()
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def script_json(data: Any) -> str:
    """JSON that can stand in a script element: no ``<`` can end it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c")


def linked_data(data: Mapping[str, Any]) -> str:
    """Data in the vocabulary of schema.org as an element of a page."""
    return f'<script type="application/ld+json">{script_json(data)}</script>\n'
