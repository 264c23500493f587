"""``rolebook diff``: what one job description says against another."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from rolebook.catalog import Catalog, load
from rolebook.changes import Part, words
from rolebook.cli.common import print_findings, root_option
from rolebook.comparison import Cell, Row, Standing, compare_all
from rolebook.compose import compose
from rolebook.diagnostics import known
from rolebook.exports.json import item_object
from rolebook.model import Axis, Item, Section, Template

MARKS = {
    Standing.ADDED: ("+", "green"),
    Standing.DROPPED: ("-", "red"),
    Standing.CHANGED: ("~", "yellow"),
    Standing.MOVED: (">", "cyan"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What the second of two templates says that the first does not, and the reverse.

    ``sections`` has those with a difference: how each stands, as a section, and its lines.
    ``alone`` are sections that only the first or only the second of two roles has: their
    lines have nothing to be compared with.
    """

    templates: tuple[Template, Template]
    summary: tuple[Cell, ...]
    sections: tuple[tuple[Cell, tuple[Cell, ...]], ...]
    alone: tuple[tuple[Section, ...], tuple[Section, ...]]

    @property
    def placeholders(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of the placeholders that only the first, and only the second has."""
        first, second = ([p.name for p in template.placeholders] for template in self.templates)
        return (
            tuple(name for name in first if name not in second),
            tuple(name for name in second if name not in first),
        )

    @property
    def is_empty(self) -> bool:
        """Whether the two say the same."""
        first, second = self.templates
        found = (*self.summary, *self.sections, *self.alone[0], *self.alone[1])
        return first.title == second.title and not found


@click.command(
    epilog="""\b
Examples:
  rolebook diff machine-learning-engineer machine-learning-engineer/senior
  rolebook diff machine-learning-engineer/junior machine-learning-engineer/senior/remote
  rolebook diff machine-learning-engineer/nlp machine-learning-engineer/mlops --format markdown

A and B are each a role, with the ids of variants of it behind slashes, one an axis at most and
in any order. Where two axes have a variant of one id, write axis=id. In the text, + is a line
that only B has, - one that only A has, ~ one with other words and > one in another place.
The exit status is 0 whether or not they differ, and 2 for names that are unknown."""
)
@click.argument("a")
@click.argument("b")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="The form of the result.",
)
@root_option
@click.pass_obj
def diff(root: Path, a: str, b: str, format_: str, own_root: Path | None) -> None:
    """Print what B says that A does not, and the reverse, section by section."""
    root = own_root or root
    catalog = load(root)
    try:
        first, second = (_select(catalog, name) for name in (a, b))
    except click.UsageError:
        # What is unknown may be what a finding has left out.
        print_findings(catalog.diagnostics, root, "text", err=True)
        raise
    difference = find_difference(first, second)
    if format_ == "json":
        data = to_object(difference)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))
    elif difference.is_empty:
        click.echo(f"No difference: {first.key} and {second.key} say the same.")
    elif format_ == "markdown":
        click.echo("\n".join(_markdown(difference)))
    else:
        _print_text(difference)


# What is compared


def _select(catalog: Catalog, name: str) -> Template:
    """The template that ``role/variant/...`` names; click's error if something is unknown."""
    role_id, *parts = name.split("/")
    role = catalog.roles.get(role_id)
    if role is None:
        raise click.UsageError(
            f"There is no role '{role_id}'. {known(role_id, catalog.roles, 'role')}"
        )
    available = [*catalog.variants_of(role)]
    chosen: dict[Axis, str] = {}
    for part in parts:
        axis_name, _, id_ = part.rpartition("=")
        found = [
            axis
            for axis, other in available
            if other == id_ and (axis == axis_name or not axis_name)
        ]
        if not found:
            ids = {id_ for _, id_ in available}
            names = {f"{axis}={id_}" for axis, id_ in available} if axis_name else ids
            raise click.UsageError(
                f"There is no variant '{part}' for {role_id}. {known(part, names, 'variant')}"
            )
        if len(found) > 1:
            raise click.UsageError(
                f"'{part}' is a variant of {' and of '.join(found)}."
                f" Write {' or '.join(f'{axis}={part}' for axis in found)}."
            )
        if chosen.setdefault(found[0], id_) != id_:
            raise click.UsageError(
                f"'{name}' names two variants of the axis {found[0]}: '{chosen[found[0]]}' and"
                f" '{id_}'. A job description takes one of each axis."
            )
    return compose(catalog, role_id, chosen)


def find_difference(first: Template, second: Template) -> Difference:
    """Where two templates differ. Sections that only one of two roles has stand by themselves."""
    comparison = compare_all([first, second])
    sections: list[tuple[Cell, tuple[Cell, ...]]] = []
    alone: dict[Standing, list[Section]] = {Standing.DROPPED: [], Standing.ADDED: []}
    for section in comparison.sections:
        heading = section.headings[1]
        if heading.standing in alone and first.role != second.role:
            alone[heading.standing].append(section.first)
            continue
        lines = _differing(section.rows)
        if heading.standing is Standing.MOVED:
            # That a section was moved is not said again of each of its lines.
            lines = [_as_if_unmoved(cell) for cell in lines]
            lines = [cell for cell in lines if _differs(cell)]
        if lines or _differs(heading):
            sections.append((heading, tuple(lines)))
    return Difference(
        (first, second),
        tuple(_differing(comparison.summary)),
        tuple(sections),
        (tuple(alone[Standing.DROPPED]), tuple(alone[Standing.ADDED])),
    )


def _differing(rows: Iterable[Row]) -> list[Cell]:
    return [cell for _, cell in rows if _differs(cell)]


def _differs(cell: Cell) -> bool:
    if cell.standing is Standing.MOVED:
        # Told once, where it stands now.
        return cell.part is not None
    return cell.standing not in (Standing.SAME, Standing.ABSENT)


def _as_if_unmoved(cell: Cell) -> Cell:
    if cell.part is None or cell.was is None:
        return cell
    same = words(cell.part) == words(cell.was)
    return replace(cell, standing=Standing.SAME if same else Standing.CHANGED)


def section_title(section: Part | None) -> str:
    """A section's title, with the sub-heading that it stands under."""
    assert isinstance(section, Section)
    return f"{section.title}: {section.group}" if section.group else section.title


def _heading(cell: Cell) -> str:
    """A section's title with what happened to the whole of it."""
    title = section_title(cell.part or cell.was)
    if cell.standing is Standing.ADDED:
        return f"{title} (new section)"
    if cell.standing is Standing.DROPPED:
        return f"{title} (left out)"
    notes = ["moved"] if cell.standing is Standing.MOVED else []
    if cell.part and cell.was and words(cell.part) != words(cell.was):
        notes.append(f'was "{section_title(cell.was)}"')
    return f"{title} ({', '.join(notes)})" if notes else title


def text_of(part: Part | None) -> str | None:
    """What a line says; a section itself, and what is not there, says nothing."""
    return part.text if isinstance(part, Item) else None


def _remarks(difference: Difference) -> Iterator[str]:
    """What cannot be compared, in sentences."""
    first, second = difference.templates
    if first.role == second.role:
        return
    yield "These are two roles: a line is the same where its id or its words are."
    if first.language != second.language:
        yield f"Their languages differ: {first.language} and {second.language}."
    for template, sections in zip(difference.templates, difference.alone, strict=True):
        if sections:
            titles = ", ".join(section_title(section) for section in sections)
            yield f"Only {template.key} has these sections, so nothing is compared: {titles}."


# How it is written


def _print_text(difference: Difference) -> None:
    """Lines with their marks; on a terminal in colour and wrapped to its width."""
    first, second = difference.templates
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize

    def say(standing: Standing, was: str | None, now: str | None) -> None:
        mark, colour = MARKS[standing]
        shown = [text for text in dict.fromkeys((was, now)) if text is not None]
        for lead, text in zip((f"{mark} ", "  -> "), shown, strict=False):
            wrapped = textwrap.fill(
                text,
                width,
                initial_indent=lead,
                subsequent_indent=" " * len(lead),
                break_long_words=False,
                break_on_hyphens=False,
            )
            click.secho(wrapped, fg=colour)

    click.echo(f"--- {first.key}\n+++ {second.key}")
    for remark in _remarks(difference):
        click.echo(remark)
    if first.title != second.title:
        click.secho("\nTitle", bold=True)
        say(Standing.CHANGED, first.title, second.title)
    for title, cells in differing_lines(difference):
        click.secho(f"\n{title}", bold=True)
        for cell in cells:
            say(cell.standing, text_of(cell.was), text_of(cell.part))
    if any(difference.placeholders):
        click.secho("\nTo fill in", bold=True)
        for standing, names in zip(_ENDS, difference.placeholders, strict=True):
            for name in names:
                say(standing, None, name)


_ENDS = (Standing.DROPPED, Standing.ADDED)
"""How what only the first, and what only the second has stands to the first."""


def differing_lines(difference: Difference) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The lines that differ, below the headings of their sections."""
    if difference.summary:
        yield "Summary", difference.summary
    for heading, lines in difference.sections:
        yield _heading(heading), lines


def _markdown(difference: Difference) -> Iterator[str]:
    first, second = difference.templates
    yield f"# From `{first.key}` to `{second.key}`"
    for remark in _remarks(difference):
        yield f"\n{remark}"
    if first.title != second.title:
        yield f"\n## Title\n\n- **Changed:** {first.title}\n  **to:** {second.title}"
    for title, cells in differing_lines(difference):
        yield f"\n## {title}\n"
        for cell in cells:
            was, now = text_of(cell.was), text_of(cell.part)
            line = f"- **{cell.standing.capitalize()}:** {now if was is None else was}"
            yield line if now in (None, was) or was is None else f"{line}\n  **to:** {now}"
    if any(difference.placeholders):
        yield "\n## To fill in\n"
        for standing, names in zip(_ENDS, difference.placeholders, strict=True):
            for name in names:
                yield f"- **{standing.capitalize()}:** {name}"


def to_object(difference: Difference) -> dict[str, Any]:
    """A difference as plain data."""
    return {
        "format": "rolebook-diff",
        "version": 1,
        "same": difference.is_empty,
        "templates": [
            {
                "key": template.key,
                "role": template.role,
                "variants": {axis.value: id_ for axis, id_ in template.variants},
                "language": template.language,
                "title": template.title,
            }
            for template in difference.templates
        ],
        "summary": [_line_object(cell) for cell in difference.summary],
        "sections": [
            {
                **_section_object(heading.part or heading.was),
                "standing": heading.standing.value,
                "was": _section_object(heading.was) if heading.was else None,
                "lines": [_line_object(cell) for cell in lines],
            }
            for heading, lines in difference.sections
        ],
        "alone": [[_section_object(section) for section in some] for some in difference.alone],
        "placeholders": [[*names] for names in difference.placeholders],
    }


def _line_object(cell: Cell) -> dict[str, Any]:
    return {
        "standing": cell.standing.value,
        "was": item_object(cell.was) if isinstance(cell.was, Item) else None,
        "now": item_object(cell.part) if isinstance(cell.part, Item) else None,
    }


def _section_object(section: Part | None) -> dict[str, Any]:
    assert isinstance(section, Section)
    return {"id": section.id, "title": section.title, "group": section.group}
