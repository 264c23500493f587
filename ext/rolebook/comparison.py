"""Several templates side by side: which lines they share, and what the others make of the first.

``static/comparison.js`` mirrors this module; ``tests/parity`` holds the cases both must agree on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rolebook.changes import Part, find_rows, in_order, words
from rolebook.model import Section, Template


class Standing(StrEnum):
    """How a place in a column stands to the first column."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    MOVED = "moved"
    DROPPED = "dropped"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column has in a row, and how that stands to the first column.

    ``part`` is None where the column has nothing, and ``was`` what the first column has of
    it: in this row or, if it was moved, in another. Where the column has nothing, that was
    dropped or moved if the first has something there, and is absent if neither has.
    """

    part: Part | None
    was: Part | None
    standing: Standing


Row = tuple[Cell, ...]
"""A cell for each column."""


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section that some of the columns have: their headings, as sections, and their lines."""

    headings: Row
    rows: tuple[Row, ...]

    @property
    def first(self) -> Section:
        """The section in the first of the columns that have it."""
        return next(cell.part for cell in self.headings if isinstance(cell.part, Section))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Templates side by side, a column each, the first being what the others are held against.

    Each line of each template stands in its column once and in its order.
    """

    titles: tuple[str, ...]
    summary: tuple[Row, ...]
    sections: tuple[ComparedSection, ...]


def compare_all(templates: Sequence[Template]) -> Comparison:
    """Align templates by their sections and lines."""
    summaries = [template.summary for template in templates]
    headings = _rows([template.sections for template in templates])
    return Comparison(
        titles=tuple(template.title for template in templates),
        summary=_rows(summaries, in_turn=True),
        sections=tuple(ComparedSection(row, _lines(row, headings)) for row in headings),
    )


def _lines(headings: Row, all_headings: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a section; where the whole of it was moved, so were its lines."""
    first = headings[0].part
    now = [
        next((c.part for c in column if first and c.part and c.was is first), None)
        for column in zip(*all_headings, strict=True)
    ]
    return _rows(
        [_items(cell.part) for cell in headings],
        sources=[_items(cell.was) for cell in headings],
        results=[_items(section) for section in now],
    )


def _items(section: Part | None) -> Sequence[Part]:
    return section.items if isinstance(section, Section) else ()


def is_same(row: Row) -> bool:
    """Whether all columns say the same in a row."""
    return all(cell.part is not None and cell.standing is Standing.SAME for cell in row)


def runs(row: Row) -> list[tuple[int, int]]:
    """Neighbouring columns that say the same in a row: where each run of them starts and ends."""
    found: list[tuple[int, int]] = []
    for place, cell in enumerate(row):
        start, end = found[-1] if found else (0, 0)
        if place and _says(row[start]) == _says(cell):
            found[-1] = (start, end + 1)
        else:
            found.append((place, place + 1))
    return found


def _says(cell: Cell) -> tuple[Standing, str | None]:
    return cell.standing, words(cell.part) if cell.part else None


def _rows(
    columns: Sequence[Sequence[Part]],
    *,
    in_turn: bool = False,
    sources: Sequence[Sequence[Part]] | None = None,
    results: Sequence[Sequence[Part]] | None = None,
) -> tuple[Row, ...]:
    """Align columns and say how each part stands to the first.

    ``sources`` are the parts of the first template that each column's came from, and
    ``results`` those that each template made of the first column's, if not these columns.
    """
    first = [[part] for part in columns[0]]
    sources = sources or [columns[0] for _ in columns]
    came = [
        find_rows([[part] for part in source], parts, in_turn=in_turn)
        for source, parts in zip(sources, columns, strict=True)
    ]
    kept = [{*find_rows(first, parts, in_turn=in_turn)} for parts in results or columns]

    def cell(column: int, there: int | None, here: int | None) -> Cell:
        part = None if here is None else columns[column][here]
        if there is not None:
            was = columns[0][there]
            if part is None:
                moved = there in kept[column]
                return Cell(None, was, Standing.MOVED if moved else Standing.DROPPED)
            same = words(part) == words(was)
            return Cell(part, was, Standing.SAME if same else Standing.CHANGED)
        if here is None:
            return Cell(None, None, Standing.ABSENT)
        source = came[column][here]
        if source is None:
            return Cell(part, None, Standing.ADDED)
        return Cell(part, sources[column][source], Standing.MOVED)

    return tuple(
        tuple(cell(column, row[0], place) for column, place in enumerate(row))
        for row in _line_up(columns, in_turn)
    )


def _line_up(columns: Sequence[Sequence[Part]], in_turn: bool) -> list[list[int | None]]:
    """Rows that hold, for each column, the place in it of the part that stands there.

    The same parts stand side by side, and each column keeps its own order: a part that
    breaks the order of the rows gets a row of its own. A column's new parts go before the
    next one that it shares, so that what several columns add at an end stands there in the
    order of the columns.
    """
    rows: list[list[int | None]] = []
    for column, parts in enumerate(columns):
        held = [[columns[c][p] for c, p in enumerate(row) if p is not None] for row in rows]
        found = find_rows(held, parts, in_turn=in_turn)
        kept = in_order(found)
        for row in rows:
            row.append(None)
        at = len(rows)
        for place in reversed(range(len(parts))):
            known = found[place]
            if known is not None and place in kept:
                at = known
            else:
                rows.insert(at, [None] * (column + 1))
            rows[at][column] = place
    return rows
