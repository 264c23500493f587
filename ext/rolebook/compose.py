"""Role + chosen variants -> template.

``static/patch.js`` mirrors :func:`compose_sections`; ``tests/parity`` holds the cases
both must agree on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rolebook.catalog import Catalog
from rolebook.model import (
    Axis,
    Block,
    Item,
    Origin,
    Patch,
    Placeholder,
    Role,
    Rules,
    Section,
    Template,
    Variant,
)
from rolebook.placeholders import default_label, uses


class UnknownError(LookupError):
    """A role or variant that the catalogue does not have, with those that it has."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        super().__init__(name)
        self.what = what
        self.name = name
        self.known = sorted(known)


def patch_items(items: Sequence[Item], patch: Patch) -> tuple[Item, ...]:
    """Apply a patch to the items of its section.

    First ``remove``. Then each item: one whose id is there replaces it in place; the
    first other goes behind ``after`` (or to the end), each further one behind the one
    before it. Ids in ``remove`` and ``after`` that are absent change nothing, because
    another axis may have removed them.
    """
    result = [item for item in items if item.id is None or item.id not in patch.remove]
    position = len(result)
    ids = [item.id for item in result]
    if patch.after is not None and patch.after in ids:
        position = ids.index(patch.after) + 1
    for item in patch.items:
        ids = [other.id for other in result]
        if item.id is not None and item.id in ids:
            result[ids.index(item.id)] = item
        else:
            result.insert(position, item)
            position += 1
    return tuple(result)


def compose_sections(
    sections: Sequence[Section], operations: Iterable[Block]
) -> tuple[Section, ...]:
    """Apply sections and patches, in order.

    A :class:`Section` replaces the one with its id, or goes behind ``after``, or to the
    end. A :class:`Patch` of an absent section changes nothing.
    """
    result = list(sections)
    for operation in operations:
        ids = [section.id for section in result]
        if isinstance(operation, Section):
            # Most have nothing to take away, and a copy of each is most of the time this takes.
            section = operation if operation.after is None else replace(operation, after=None)
            if section.id in ids:
                result[ids.index(section.id)] = section
            elif operation.after is not None and operation.after in ids:
                result.insert(ids.index(operation.after) + 1, section)
            else:
                result.append(section)
        elif operation.section in ids:
            place = ids.index(operation.section)
            if operation.drop:
                del result[place]
                continue
            section = result[place]
            result[place] = replace(
                section,
                title=section.title if operation.title is None else operation.title,
                group=section.group if operation.group is None else operation.group,
                items=patch_items(section.items, operation),
            )
    return tuple(result)


def compose(catalog: Catalog, role_id: str, chosen: Mapping[Axis, str] | None = None) -> Template:
    """Compose a role with at most one variant an axis.

    Raises :class:`UnknownError` for a role or variant that does not exist.
    """
    role = catalog.roles.get(role_id)
    if role is None:
        raise UnknownError("role", role_id, catalog.roles)
    available = catalog.variants_of(role)
    picked: list[tuple[Axis, str]] = []
    entities: list[Role | Variant] = [*catalog.role_lineage(role)]
    for axis in Axis:
        id_ = (chosen or {}).get(axis)
        if id_ is None:
            continue
        variant = available.get((axis, id_))
        if variant is None:
            raise UnknownError(axis, id_, (known for other, known in available if other is axis))
        picked.append((axis, id_))
        entities += catalog.variant_lineage(variant)

    sections: tuple[Section, ...] = ()
    summary: tuple[Item, ...] = ()
    for entity in entities:
        sections = compose_sections(sections, entity.blocks)
        summary = entity.summary or summary
    template = Template(
        role=role.id,
        variants=tuple(picked),
        language=role.language,
        title=_title(role, [entity for entity in entities if isinstance(entity, Variant)]),
        summary=summary,
        sections=sections,
    )
    declared = {p.name: p for p in catalog.placeholders}
    rules: Rules | None = None
    for entity in entities:
        declared.update({p.name: p for p in entity.placeholders})
        if isinstance(entity, Variant):
            rules = entity.rules or rules
    placeholders = _used(template, declared, role.origin)
    if rules:
        placeholders = tuple(
            replace(p, required=True) if p.name in rules.requires else p for p in placeholders
        )
    return replace(template, placeholders=placeholders, rules=rules)


def texts(template: Template) -> Iterable[tuple[str, Item | Section | None]]:
    """Every text of a template in reading order, with what it belongs to."""
    yield template.title, None
    for item in template.summary:
        yield item.text, item
    for section in template.sections:
        yield section.title, section
        if section.group:
            yield section.group, section
        for item in section.items:
            yield item.text, item


def _title(role: Role, variants: Sequence[Variant]) -> str:
    title, noun = role.heading, role.noun
    for variant in variants:
        pattern = variant.title_pattern
        if pattern is None:
            if variant.extends is not None:
                title = noun = variant.heading
            continue
        leads = pattern.startswith("{title}")
        title, noun = (
            pattern.replace("{title}", title if leads else noun),
            pattern.replace("{title}", noun),
        )
    return title


def _used(
    template: Template, declared: Mapping[str, Placeholder], origin: Origin
) -> tuple[Placeholder, ...]:
    found: dict[str, Placeholder] = {}
    for text, owner in texts(template):
        for use in uses(text):
            placeholder = found.get(use.name) or declared.get(use.name)
            if placeholder is None:
                placeholder = Placeholder(
                    name=use.name,
                    label=default_label(use.name),
                    help=None,
                    default=None,
                    choices=(),
                    multiple=False,
                    origin=owner.origin if owner else origin,
                )
            if use.choices and not placeholder.choices:
                placeholder = replace(placeholder, choices=use.choices)
            found[use.name] = placeholder
    return tuple(found.values())
