"""New pages and blocks, which say in their text what to write where.

Each is made to fit the handbook that it is for: it names sections, items and stages that are there.
The texts are templates in ``scaffolds/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from string import Template as Text

from rolebook.catalog import ALL, Catalog
from rolebook.compose import compose
from rolebook.interview.model import QuestionKind
from rolebook.model import Axis, Role, Section, SectionKind
from rolebook.names import lower_first, words_of

_TEXTS = Path(__file__).parent / "scaffolds"


def new_role(
    catalog: Catalog, id_: str, *, title: str, extends: str | None, family: str | None
) -> str:
    """The page of a role: one that stands alone, or one that changes the role it ``extends``.

    Raises :class:`ValueError` if that role has no section.
    """
    options = {"family": family}
    if extends is None:
        return _fill("role", id=id_, title=title, options=_options(options))
    sections = compose(catalog, extends).sections
    if not sections:
        raise ValueError(f"The role '{extends}' has no section to change.")
    return _fill(
        "role-extends",
        id=id_,
        title=title,
        parent=extends,
        options=_options(options),
        **_patched(sections, sections, id_),
    )


def new_variant(
    catalog: Catalog,
    id_: str,
    *,
    title: str,
    axis: Axis,
    extends: str | None,
    applies_to: str,
    today: date,
) -> str:
    """The page of a variant: of the role or variant it ``extends``, or shared by many roles.

    Raises :class:`ValueError` if the roles that it is for have no section in common.
    """
    options = {"extends": extends} if extends else {"applies-to": applies_to}
    templates = (
        [compose(catalog, extends.partition("/")[0], _chosen(catalog, extends))]
        if extends
        else [compose(catalog, role.id) for role in roles_for(catalog, applies_to)]
    )
    common = [
        section
        for section in (templates[0].sections if templates else ())
        if all(section.id in {other.id for other in each.sections} for each in templates)
    ]
    if not common:
        raise ValueError("The roles that it is for have no section in common.")
    every = [section for template in templates for section in template.sections]
    if axis is Axis.LEVEL:
        options["title"] = f"{words_of(id_)} {{title}}"
    rules = _fill("rules", today=today.isoformat()) if axis is Axis.JURISDICTION else ""
    return _fill(
        "variant",
        id=id_,
        title=title,
        axis=axis,
        options=_options(options),
        rules=rules,
        **_patched(common, every, id_),
    )


def new_question(
    id_: str,
    *,
    text: str,
    competency: str,
    stage: str,
    kind: QuestionKind,
    minutes: int,
    assesses: Sequence[str],
) -> str:
    """The block of a question in an interview kit."""
    return _fill(
        "question",
        id=id_,
        text=text,
        competency=competency,
        stage=stage,
        kind=kind,
        minutes=str(minutes),
        options=_options({"assesses": ", ".join(assesses)}),
    )


def roles_for(catalog: Catalog, applies_to: str) -> list[Role]:
    """The roles that take a shared variant for ``applies_to``: ``all``, or a family."""
    return [r for _, r in sorted(catalog.roles.items()) if applies_to in (ALL, r.family)]


def default_title(catalog: Catalog, id_: str, axis: Axis | None, extends: str | None) -> str:
    """What a page is called that is given no title: "Data steward", "Senior data analyst"."""
    role = catalog.roles.get(extends.partition("/")[0]) if extends else None
    if axis is Axis.LEVEL and role:
        return f"{words_of(id_)} {lower_first(role.heading)}"
    return words_of(id_)


def role_file(id_: str) -> str:
    """Where a new role goes, from the handbook's root."""
    return f"roles/{id_}/index.md"


def variant_file(catalog: Catalog, id_: str, axis: Axis, extends: str | None) -> str:
    """Where a new variant goes: beside its role, or beside the shared ones of its axis."""
    if extends:
        role = catalog.roles[extends.partition("/")[0]]
        home = PurePosixPath(role.origin.file)
        own = home.stem in ("index", role.id) and home.parent.name == role.id
        return str(home.parent / (f"{id_}.md" if own else f"{role.id}-{id_}.md"))
    shared = [v.origin.file for v in catalog.shared if v.axis is axis]
    folder = PurePosixPath(shared[0]).parent if shared else PurePosixPath("variants")
    return str(folder / f"{id_}.md")


def insert_block(text: str, last_line: int, block: str) -> str:
    """A page's text with a block below its ``last_line``, in the page's own newlines."""
    newline = "\r\n" if "\r\n" in text else "\n"
    # Where the reader ends its lines; splitlines() would end some at a form feed too.
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    above, below = lines[:last_line], lines[last_line:]
    end = "" if above[-1].endswith(("\n", "\r")) else newline
    return "".join([*above, end, newline, block.replace("\n", newline), *below])


def _chosen(catalog: Catalog, key: str) -> dict[Axis, str]:
    """The variant that is to be extended, if it is one and no role."""
    variant = catalog.variants.get(key)
    return {variant.axis: variant.id} if variant else {}


def _patched(sections: Sequence[Section], every: Iterable[Section], id_: str) -> Mapping[str, str]:
    """What a patch says of the section that is changed first, and of its items.

    ``every`` are the sections in which the new line's id may not be taken.
    """
    # A new line among the requirements would be one that nothing in a kit assesses.
    ranks = {SectionKind.RESPONSIBILITIES: 0, SectionKind.REQUIREMENTS: 2}
    section = min(sections, key=lambda each: ranks.get(each.kind, 1))
    taken = {item.id for other in every if other.id == section.id for item in other.items}
    line = id_
    while line in taken:
        line += "-new"
    return {
        "section": section.id,
        "sections": ", ".join(each.id for each in sections),
        "items": ", ".join(item.id for item in section.items if item.id) or "none",
        "line": line,
    }


def _fill(name: str, **values: str) -> str:
    return Text((_TEXTS / f"{name}.md").read_text(encoding="utf-8")).substitute(values)


def _options(given: Mapping[str, str | None]) -> str:
    """The lines of the options that have a value."""
    return "".join(f":{name}: {value}\n" for name, value in given.items() if value)
