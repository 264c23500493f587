"""Measure how the job descriptions of a handbook read: each role as it is and at each level.

Usage: reading.py HANDBOOK FILE     (such as content and build/reading.md)

Blanks are filled in with their defaults, or else with their labels. Writes a table in
Markdown and prints it; nothing it measures fails anything.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import textstat

from rolebook.catalog import Catalog, load
from rolebook.compose import compose
from rolebook.inline import prepare
from rolebook.model import Axis, Item, SectionKind, Template
from rolebook.placeholders import fill

HEAD = (
    *("job description", "words", "words a sentence", "grade"),
    *("about the role, words", "responsibilities", "must have", "nice to have"),
)


def templates(catalog: Catalog) -> Iterator[Template]:
    """Each role, alone and with each of its levels."""
    for role in catalog.roles.values():
        yield compose(catalog, role.id)
        for axis, level in catalog.variants_of(role):
            if axis is Axis.LEVEL:
                yield compose(catalog, role.id, {axis: level})


def sentences(template: Template, items: Iterable[Item]) -> str:
    """The lines as a reader sees them, each with a full stop at its end, also a short one."""
    values = {p.name: p.default or p.label for p in template.placeholders}
    lines = (fill(prepare(item.text)[1], values, str, str) for item in items)
    return "\n".join(line if line.endswith((".", "!", "?")) else f"{line}." for line in lines)


def measure(template: Template) -> list[float]:
    """The numbers of a template's row."""

    def lines(*kinds: SectionKind) -> list[Item]:
        return [item for part in template.sections if part.kind in kinds for item in part.items]

    text = sentences(template, [*template.summary, *lines(*SectionKind)])
    return [
        len(text.split()),
        textstat.words_per_sentence(text),
        textstat.flesch_kincaid_grade(text),
        len(sentences(template, lines(SectionKind.ABOUT_ROLE)).split()),
        len(lines(SectionKind.RESPONSIBILITIES)),
        len(lines(SectionKind.REQUIREMENTS)),
        len(lines(SectionKind.NICE_TO_HAVE)),
    ]


def row(name: str, numbers: Iterable[float]) -> str:
    """A line of the table."""
    cells = (str(round(number, 1)) for number in numbers)
    return f"| {' | '.join([name, *cells])} |\n"


def main(handbook: Path, file: Path) -> None:
    """Write the table and print it."""
    rows = {template.key: measure(template) for template in templates(load(handbook))}
    table = [f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}\n"]
    table += [row(name, numbers) for name, numbers in sorted(rows.items())]
    table.append(row("median", map(statistics.median, zip(*rows.values(), strict=True))))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(table), encoding="utf-8")
    print("".join(table), end="")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
