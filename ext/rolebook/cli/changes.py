"""``rolebook changes``: what a handbook says that an earlier copy of it did not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import click

from rolebook.catalog import Catalog, is_left_out, load
from rolebook.cli.common import root_option
from rolebook.cli.diff import differing_lines, find_difference, section_title, text_of
from rolebook.comparison import Standing
from rolebook.compose import compose
from rolebook.diagnostics import Severity
from rolebook.model import Chosen, Placeholder, Template


class Fate(StrEnum):
    """What became of a file or template."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


class LineKind(StrEnum):
    """What a line of a difference tells."""

    SECTION = "section"
    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved"


Line = tuple[LineKind, str]


@dataclass(frozen=True, slots=True)
class TemplateChange:
    """Templates of which the same is to be said.

    ``templates`` are their keys, ``role/variant``, with the axis behind where two would be the
    same; ``lines`` what differs: from what they were,
    or from the role alone, ``against_role``, where a variant is new.
    """

    fate: Fate
    templates: tuple[str, ...]
    against_role: bool
    lines: tuple[Line, ...]


@click.command(
    epilog="""\b
Examples:
  rolebook changes content                           against itself: no changes
  rolebook changes content --format json             for a program

BEFORE is the earlier handbook's folder; 'git worktree add ../before main' makes a copy of what
a branch holds."""
)
@click.argument("before", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The form of the result.",
)
@root_option
@click.pass_obj
def changes(root: Path, before: Path, format_: str, own_root: Path | None) -> None:
    """Print which files changed since BEFORE, and what each job description now says.

    Every role is composed alone and with each of its variants, before and after. What differs
    in the same way in several of them is told once.
    """
    root = own_root or root
    files = find_file_changes(before, root)
    first, second = load(before), load(root)
    misread = sorted(
        {
            finding.file
            for finding in (*first.diagnostics, *second.diagnostics)
            if finding.code.severity is Severity.ERROR
        }
    )
    templates = find_template_changes(first, second)
    if format_ == "json":
        data = to_object(files, templates, misread)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _print_text(files, templates, misread)


# What is compared


def find_file_changes(before: Path, after: Path) -> dict[str, Fate]:
    """The files of two handbooks that differ, but those in or named ``_...`` and ``.…``."""
    old, new = (_contents(root) for root in (before, after))
    return {
        name: Fate.NEW if name not in old else Fate.GONE if name not in new else Fate.CHANGED
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    }


def _contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not is_left_out(path.relative_to(root))
    }


def find_template_changes(before: Catalog, after: Catalog) -> list[TemplateChange]:
    """What differs in the composed templates, the same in several of them once."""
    old, new = _templates(before), _templates(after)
    names = _names(new)
    found: dict[tuple[Fate, bool, tuple[Line, ...]], list[str]] = {}
    for key, template in new.items():
        against_role = False
        if key in old:
            fate, lines = Fate.CHANGED, tuple(_changed_lines(old[key], template))
            if not lines:
                continue
        else:
            fate, against_role = Fate.NEW, bool(template.variants)
            if (template.role, ()) in old:
                lines = tuple(_changed_lines(new[template.role, ()], template))
            else:
                # What the variants of a new role change is on its pages.
                lines = () if against_role else tuple(_all_lines(template))
        found.setdefault((fate, against_role, lines), []).append(names[key])
    if gone := [name for key, name in _names(old).items() if key not in new]:
        found[Fate.GONE, False, ()] = gone
    return [
        TemplateChange(fate, tuple(keys), against_role, lines)
        for (fate, against_role, lines), keys in found.items()
    ]


def _templates(catalog: Catalog) -> dict[Chosen, Template]:
    """Every role alone and with each variant that it can take."""
    found = {}
    for role in catalog.roles.values():
        for chosen in ({}, *({axis: id_} for axis, id_ in catalog.variants_of(role))):
            template = compose(catalog, role.id, chosen)
            found[template.chosen] = template
    return found


def _names(templates: Mapping[Chosen, Template]) -> dict[Chosen, str]:
    """The templates' keys, with the axis where a role has variants of one id on two of them."""
    counts = Counter(template.key for template in templates.values())
    return {
        chosen: template.key
        if counts[template.key] == 1
        else f"{template.key} ({', '.join(axis for axis, _ in template.variants)})"
        for chosen, template in templates.items()
    }


def _changed_lines(before: Template, after: Template) -> Iterator[Line]:
    difference = find_difference(before, after)
    if before.title != after.title:
        yield LineKind.SECTION, "Title"
        yield LineKind.DROPPED, before.title
        yield LineKind.ADDED, after.title
    for title, cells in differing_lines(difference):
        yield LineKind.SECTION, title
        for cell in cells:
            was, now = text_of(cell.was), text_of(cell.part)
            if cell.standing is Standing.MOVED and was == now:
                yield LineKind.MOVED, now or ""
                continue
            if was is not None:
                yield LineKind.DROPPED, was
            if now is not None:
                yield LineKind.ADDED, now
    asked = [{p.name: _asked(p) for p in t.placeholders} for t in (before, after)]
    yield from _changed_questions(*asked)


def _changed_questions(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Line]:
    lines = [
        (kind, texts[name])
        for name in dict.fromkeys([*before, *after])
        for kind, texts in ((LineKind.DROPPED, before), (LineKind.ADDED, after))
        if name in texts and before.get(name) != after.get(name)
    ]
    if lines:
        yield LineKind.SECTION, "To fill in"
        yield from lines


def _asked(placeholder: Placeholder) -> str:
    """What a reader is asked for by a placeholder."""
    parts = [placeholder.name]
    if placeholder.label.casefold() != placeholder.name:
        parts.append(f"label: {placeholder.label}")
    if placeholder.choices:
        parts.append(f"choices: {' / '.join(placeholder.choices)}")
    if placeholder.default:
        parts.append(f"default: {placeholder.default}")
    return "; ".join(parts)


def _all_lines(template: Template) -> Iterator[Line]:
    yield LineKind.SECTION, template.title
    for item in template.summary:
        yield LineKind.ADDED, item.text
    for section in template.sections:
        yield LineKind.SECTION, section_title(section)
        for item in section.items:
            yield LineKind.ADDED, item.text


# How it is written


def to_object(
    files: Mapping[str, Fate], templates: list[TemplateChange], misread: list[str]
) -> dict[str, Any]:
    """The changes as plain data."""
    return {
        "format": "rolebook-changes",
        "version": 1,
        "files": [{"file": name, "fate": fate} for name, fate in files.items()],
        "templates": [asdict(change) for change in templates],
        "misread": misread,
    }


_MARKS = {
    LineKind.SECTION: ("@@ {} @@", "cyan"),
    LineKind.ADDED: ("+ {}", "green"),
    LineKind.DROPPED: ("- {}", "red"),
    LineKind.MOVED: ("> {}", "yellow"),
}


def _print_text(
    files: Mapping[str, Fate], templates: list[TemplateChange], misread: list[str]
) -> None:
    if not files:
        click.echo("No file has changed.")
    for name, fate in files.items():
        click.echo(f"{fate:<8} {name}")
    for name in misread:
        click.echo(f"{name} has errors, so part of it may go unread: rolebook check.", err=True)
    for change in templates:
        against = ", against the role alone" if change.against_role and change.lines else ""
        click.secho(f"\n{change.fate.capitalize()}{against}: ", bold=True, nl=False)
        click.echo(", ".join(change.templates))
        for kind, text in change.lines:
            pattern, colour = _MARKS[kind]
            click.secho(pattern.format(text), fg=colour)
