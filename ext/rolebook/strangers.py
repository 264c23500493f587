"""Placeholders that look like slips: misspelt names, and names between the wrong brackets.

A name that is declared nowhere is fine: it asks for free text. One that is almost that of a
declared placeholder is probably a slip, and would leave the reader with a field too many.
A declared name in single braces or square brackets would be copied out as it stands.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rolebook.catalog import Catalog
from rolebook.diagnostics import Code, Diagnostic, diagnostic_at
from rolebook.model import Item, Origin, Role, Variant
from rolebook.placeholders import NAME, fold, slug, uses

CLOSE = 0.8
"""How alike (:mod:`difflib`) two names are of which one is a misspelling of the other.

A letter too many or too few, another one, or two that changed places: in a name of five
letters or more that is not below it. Names that share a word, such as "pay from" and
"pay to", are.
"""


_BRACKETS = (
    # A brace before a backtick names a role of MyST; a bracket before one of these is a link.
    re.compile(rf"(?<!\{{)\{{\s*({NAME})\s*\}}(?![}}`])"),
    re.compile(rf"\[\s*({NAME})\s*\](?![(\[:])"),
)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A finding, and the name of the placeholder that was probably meant."""

    finding: Diagnostic
    meant: str


def strangers(
    catalog: Catalog, takers: Mapping[str, Sequence[Role]], faulty: set[str]
) -> Iterator[Stranger]:
    """Each misspelt placeholder where it first stands on a page, and each in wrong brackets.

    ``takers`` are the roles that can take each variant, by its key; ``faulty`` the files
    with findings, where a declaration may not have been read.
    """
    shared = {placeholder.name for placeholder in catalog.placeholders}
    if faulty - catalog.by_file.keys():
        return
    entities: list[Role | Variant] = [*catalog.roles.values(), *catalog.variants.values()]
    for entity in entities:
        lineage = _lineage(catalog, takers, entity)
        if any(each.origin.file in faulty for each in lineage):
            continue
        declared = shared.union(*({p.name for p in each.placeholders} for each in lineage))
        for name, origin in _used(entity):
            if name not in declared and (meant := _misspelt(name, declared)):
                yield Stranger(
                    diagnostic_at(
                        origin,
                        Code.UNKNOWN_PLACEHOLDER,
                        f"The placeholder '{name}' is declared nowhere. Did you mean '{meant}'?",
                        "If it is another one, declare it with '{job:placeholder}'.",
                    ),
                    meant,
                )
        for text, origin in _texts(entity):
            for written, name in _bracketed(text):
                if name in declared:
                    yield Stranger(
                        diagnostic_at(
                            origin,
                            Code.MALFORMED_PLACEHOLDER,
                            f"'{written}' is not a placeholder, but '{name}' is declared as one.",
                            f"Write '{{{{ {name} }}}}'.",
                        ),
                        name,
                    )


def _lineage(
    catalog: Catalog, takers: Mapping[str, Sequence[Role]], entity: Role | Variant
) -> list[Role | Variant]:
    """Those whose declarations hold in an entity's lines."""
    if isinstance(entity, Role):
        return [*catalog.role_lineage(entity)]
    roles = takers.get(entity.key, ())
    ancestors = {each.key: each for role in roles for each in catalog.role_lineage(role)}
    return [*ancestors.values(), *catalog.variant_lineage(entity)]


def _used(entity: Role | Variant) -> Iterator[tuple[str, Origin]]:
    """The names of the placeholders in an entity's own texts, each where it stands first."""
    seen: set[str] = set()
    title = entity.title_pattern if isinstance(entity, Variant) else entity.noun
    for text, origin in ((title or "", entity.origin), *_texts(entity)):
        for use in uses(text):
            if use.name not in seen:
                seen.add(use.name)
                yield use.name, origin


def _texts(entity: Role | Variant) -> Iterator[tuple[str, Origin]]:
    """An entity's own texts but its title, whose braces may hold that of the role."""
    yield entity.heading, entity.origin
    yield from _lines(entity.summary)
    for block in entity.blocks:
        for text in (block.title, block.group):
            yield text or "", block.origin
        yield from _lines(block.items)


def _lines(items: Iterable[Item]) -> Iterator[tuple[str, Origin]]:
    return ((item.text, item.origin) for item in items)


def _bracketed(text: str) -> Iterator[tuple[str, str]]:
    """What stands between single brackets in a line: as it is written, and as a name."""
    for pattern in _BRACKETS:
        for match in pattern.finditer(text):
            yield match[0], fold(match[1])


def _misspelt(name: str, declared: Iterable[str]) -> str | None:
    """The declared name that ``name`` is almost.

    Those that differ in case or punctuation alone are another finding, and those that differ
    in a number alone are a series.
    """
    close = difflib.get_close_matches(name.lower(), sorted({*declared}), 1, CLOSE)
    if not close or slug(close[0]) == slug(name):
        return None
    return close[0] if _without_numbers(close[0]) != _without_numbers(name.lower()) else None


def _without_numbers(name: str) -> str:
    return re.sub(r"[0-9]+", "", name)
