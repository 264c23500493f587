"""A TOML file with the lines of its tables and keys, which ``tomllib`` does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
"""The way to a table or a value: its keys, and places in arrays of tables."""

_WHERE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


class TomlError(Exception):
    """What makes a text no TOML, with its line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says. ``lines`` count from 1."""

    data: Mapping[str, Any]
    lines: Mapping[Path, int]

    def at(self, *path: str | int) -> Any:
        """The table or value at a path, which has to be there."""
        found: Any = self.data
        for step in path:
            found = found[step]
        return found

    def line(self, *path: str | int) -> int:
        """The line of a table or a key; where it has none of its own, that of what is around."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(text: str) -> Document:
    """Read a text; :class:`TomlError` if it is no TOML."""
    try:
        return Document(tomllib.loads(text), _lines(text.split("\n")))
    except (ValueError, RecursionError) as error:
        where = _WHERE.search(str(error))
        last = len(text.rstrip("\n").split("\n"))
        line = int(where["line"]) if where and where["line"] else last
        raise TomlError(line, _WHERE.sub("", str(error))) from error


def _lines(lines: list[str]) -> dict[Path, int]:
    """Where each table and key begins.

    A statement is the fewest lines that are TOML by themselves: what looks like a header
    or a key inside a text or a list of several lines is not taken for one.
    """
    found: dict[Path, int] = {}
    table: Path = ()
    counts: dict[str, int] = {}
    start = 0
    for end in range(1, len(lines) + 1):
        try:
            statement = tomllib.loads("\n".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            continue
        first, start = start + 1, end
        if not statement:
            continue
        if lines[first - 1].lstrip().startswith("["):
            table = _table(statement, counts)
            found[table] = first
        else:
            found[*table, next(iter(statement))] = first
    return found


def _table(header: Mapping[str, Any], counts: dict[str, int]) -> Path:
    """The way to the table that a header alone opens; ``counts`` are those of each array."""
    path: Path = ()
    while header:
        ((key, inside),) = header.items()
        path = (*path, key)
        if isinstance(inside, list):
            counts[key] = counts.get(key, -1) + 1
            path, inside = (*path, counts[key]), inside[0]
        header = inside
    return path
