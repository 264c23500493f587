"""A CSV file whose columns are known: its rows with their lines, and what is wrong with its shape.

A row is a line, so that a difference can be read and a quotation mark that is never closed
costs one row and not the rest of the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from rolebook.diagnostics import Code, Diagnostic, diagnostic, nearest

Row = tuple[int, dict[str, str]]
"""A row's line and its cells by column, without the spaces around them."""


def rows(file: str, text: str, columns: Sequence[str]) -> tuple[list[Row], list[Diagnostic]]:
    """The rows of a file with these columns, and what is wrong; no rows if it has others."""
    kept: list[Row] = []
    found: list[Diagnostic] = []
    header: list[str] = []
    for line, written in enumerate(text.split("\n"), start=1):
        if not written.strip():
            continue
        try:
            (cells,) = csv.reader([written], strict=True)
        except csv.Error as error:
            found.append(_broken(file, line, error))
            cells = []
        cells = [cell.strip() for cell in cells]
        if not header:
            header = cells
            found += _header(file, line, cells, columns) if cells else []
            if found:
                return [], found
        elif cells and len(cells) != len(columns):
            message = f"This row has {len(cells)} cells, and there are {len(columns)} columns."
            remedy = "Write numbers without commas, and a text that holds one in quotation marks."
            found.append(diagnostic(file, line, Code.PAY_COLUMN, message, remedy))
        elif cells:
            kept.append((line, dict(zip(columns, cells, strict=True))))
    if not header:
        found.append(_nameless(file, 1, columns))
    return kept, found


def _broken(file: str, line: int, error: csv.Error) -> Diagnostic:
    if "unexpected end" in str(error):
        message = "A quotation mark is opened and not closed in this line."
    elif "expected after" in str(error):
        message = "A cell goes on after its closing quotation mark."
    else:
        message = f"This line is not CSV: {error}."
    remedy = 'Quote a whole cell, in one line; inside it, write a quotation mark as "".'
    return diagnostic(file, line, Code.PAY_SYNTAX, message, remedy)


def _header(
    file: str, line: int, cells: Sequence[str], columns: Sequence[str]
) -> Iterator[Diagnostic]:
    """What is wrong with the first line, which names the columns."""
    missing = [column for column in columns if column not in cells]
    if len(missing) == len(columns):
        yield _nameless(file, line, columns)
        return

    def wrong(message: str, remedy: str) -> Diagnostic:
        return diagnostic(file, line, Code.PAY_COLUMN, message, remedy)

    for cell in dict.fromkeys(cells):
        if cell not in columns:
            meant = nearest(cell, missing)
            if meant:
                missing.remove(meant)
            yield wrong(
                f"There is no column '{cell}'.",
                f"Did you mean '{meant}'?" if meant else f"Known: {', '.join(columns)}.",
            )
        elif cells.count(cell) > 1:
            yield wrong(f"Column '{cell}' is there twice.", "Leave one of them out.")
    if missing:
        lack = ", ".join(f"'{column}'" for column in missing)
        word = "Columns" if len(missing) > 1 else "Column"
        verb = "are" if len(missing) > 1 else "is"
        yield wrong(f"{word} {lack} {verb} missing.", f"The first line is: {','.join(columns)}")
    elif sorted(cells) == sorted(columns) and list(cells) != list(columns):
        yield wrong("The columns stand in another order.", f"Write: {','.join(columns)}")


def _nameless(file: str, line: int, columns: Sequence[str]) -> Diagnostic:
    return diagnostic(
        file,
        line,
        Code.PAY_COLUMN,
        "The first line does not name the columns, with commas between them.",
        f"Write: {','.join(columns)}",
    )
