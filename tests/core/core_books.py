"""Hypothesis strategies for whole handbooks, written out as Markdown.

Every item says something that no other item says, so that it can be followed through
composing and exporting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from rolebook.catalog import Catalog, assemble
from rolebook.model import Axis, ItemKind
from rolebook.reader import read

FRAGMENTS = (
    "train models",
    "**own** them",
    "in `code < 1`",
    "R&D",
    "[read](https://example.org/?a=1&b=2)",
    "für 日本",
    "on {{ cloud }}",
    "for {{ company name }}",
    "{{ pay: low / high }}",
    "*{{ pay }}*",
    "5 < 6 > 4",
    "a_b_c",
)


@dataclass(frozen=True)
class Line:
    id: str | None
    kind: ItemKind
    text: str

    @property
    def markdown(self) -> str:
        mark = {ItemKind.BULLET: "- ", ItemKind.NUMBER: "1. ", ItemKind.PARAGRAPH: ""}[self.kind]
        return f"{mark}{self.text}{f' {{#{self.id}}}' if self.id else ''}"


@dataclass(frozen=True)
class Change:
    section: str
    drop: bool
    remove: tuple[str, ...]
    after: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Book:
    """A role, at most one variant an axis, and the files they stand in."""

    sections: Mapping[str, tuple[Line, ...]]
    variants: Mapping[Axis, tuple[Change, ...]]
    files: Mapping[str, str]

    @property
    def catalog(self) -> Catalog:
        return assemble(read(name, text) for name, text in self.files.items())

    @property
    def chosen(self) -> dict[Axis, str]:
        return {axis: f"other-{axis}" for axis in self.variants}


@st.composite
def _line(draw: st.DrawFn, number: int, id_: str | None) -> Line:
    fragments = draw(st.lists(st.sampled_from(FRAGMENTS), max_size=3))
    text = " ".join([f"Item {number}", *fragments])
    return Line(id_, draw(st.sampled_from(ItemKind)), text)


@st.composite
def _change(draw: st.DrawFn, section: str, lines: Sequence[Line], number: int) -> Change:
    if draw(st.integers(0, 9)) == 0:
        return Change(section, True, (), None, ())
    ids = [line.id for line in lines if line.id]
    remove = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    kept = [id_ for id_ in ids if id_ not in remove]
    after = draw(st.sampled_from([None, *kept]))
    replaced = draw(st.lists(st.sampled_from(kept), unique=True)) if kept else []
    added = draw(st.lists(st.booleans(), min_size=1, max_size=3))
    new = [f"new{number + place}" if named else None for place, named in enumerate(added)]
    wanted = draw(st.permutations([*replaced, *new]))
    written = tuple(draw(_line(number + n, id_)) for n, id_ in enumerate(wanted))
    return Change(section, False, tuple(remove), after, written)


@st.composite
def books(draw: st.DrawFn) -> Book:
    number = 0
    sections: dict[str, tuple[Line, ...]] = {}
    for section in range(draw(st.integers(1, 3))):
        named = draw(st.lists(st.booleans(), min_size=1, max_size=4))
        ids = [f"item{number + n}" if is_named else None for n, is_named in enumerate(named)]
        sections[f"part-{section}"] = tuple(
            draw(_line(number + n, id_)) for n, id_ in enumerate(ids)
        )
        number += len(ids)
    variants: dict[Axis, tuple[Change, ...]] = {}
    for axis in draw(st.lists(st.sampled_from(Axis), unique=True, max_size=3)):
        changes = []
        for section_id in draw(st.lists(st.sampled_from([*sections]), unique=True)):
            changes.append(draw(_change(section_id, sections[section_id], number)))
            number += len(changes[-1].lines)
        variants[axis] = tuple(changes)
    files = {"role.md": _role(sections), "shared.md": PLACEHOLDERS}
    for axis, changes_ in variants.items():
        files[f"{axis}.md"] = _variant(axis, changes_)
    return Book(sections, variants, files)


PLACEHOLDERS = """\
# Placeholders

:::{job:placeholder} cloud
:label: Platform
:choices: AWS / GCP / Azure
:multiple:
:default: AWS

:::
"""


RULES = """\
:::{job:rules}
:law: None
:pay: not-required
:sources: A lawyer
:checked: 2026-11-21
:confidence: low

:::
"""


def _role(sections: Mapping[str, Sequence[Line]]) -> str:
    blocks = [":::{job:role} engineer\n:family: data\n\nWork for {{ company name }}.\n\n:::\n"]
    for id_, lines in sections.items():
        blocks.append(f":::{{job:section}} Title of {id_}\n:id: {id_}\n\n{_body(lines)}\n:::\n")
    return "\n".join(["# Engineer\n", *blocks])


def _variant(axis: Axis, changes: Sequence[Change]) -> str:
    parent = ":extends: engineer" if axis is Axis.LEVEL else ":applies-to: all"
    options = f"{parent}\n:axis: {axis}\n:title: {{title}}, {axis}"
    blocks = [f":::{{job:variant}} other-{axis}\n{options}\n\n:::\n"]
    if axis is Axis.JURISDICTION:
        blocks.append(RULES)
    for change in changes:
        set_ = [
            ":drop:" if change.drop else "",
            f":remove: {', '.join(change.remove)}" if change.remove else "",
            f":after: {change.after}" if change.after else "",
        ]
        head = "\n".join([f":::{{job:patch}} {change.section}", *filter(None, set_)])
        blocks.append(f"{head}\n\n{_body(change.lines)}\n:::\n")
    return "\n".join([f"# Other {axis}\n", *blocks])


def _body(lines: Sequence[Line]) -> str:
    return "".join(f"{line.markdown}\n\n" for line in lines)
