"""The files of a handbook's ``pay/`` folder, and what is lost of each to errors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from rolebook.catalog import ANYTHING, is_left_out
from rolebook.diagnostics import Code, Diagnostic, diagnostic, known
from rolebook.pay import csv_file
from rolebook.pay.fields import Fields, Names
from rolebook.pay.toml_file import Document, TomlError, parse
from rolebook.reader import not_utf8

SOURCES = "pay/sources.toml"
OCCUPATIONS = "pay/occupations.toml"
AREAS = "pay/areas.csv"
FIGURES = "pay/figures"


class Files:
    """The files below a handbook's ``root``, what was ``found`` wrong in them, and ``today``.

    ``lost`` are the ids or codes that a file defines in error, by file.
    """

    def __init__(self, root: Path, today: date) -> None:
        self.root = root
        self.today = today
        self.found: list[Diagnostic] = []
        self.lost: dict[str, set[str]] = {SOURCES: set(), OCCUPATIONS: set(), AREAS: set()}

    def figures(self) -> list[str]:
        """The files with figures, but those named ``_...`` and ``.…``."""
        return sorted(
            path.relative_to(self.root).as_posix()
            for path in (self.root / FIGURES).glob("*.csv")
            if path.is_file() and not is_left_out(path.relative_to(self.root))
        )

    def names(self, what: str, there: Collection[str], file: str, where: str = "") -> Names:
        """What other files may name of what a file defines."""
        return Names(what, there, self.lost[file], where)

    def report(self, file: str, line: int, code: Code, message: str, remedy: str) -> None:
        """Report a finding."""
        self.found.append(diagnostic(file, line, code, message, remedy))

    def demand(self, file: str) -> None:
        """Report a file that is not there and has to be."""
        if not (self.root / file).is_file():
            message = f"There is no file '{file}', and the figures in '{FIGURES}' need it."
            self.report(file, 1, Code.PAY_SYNTAX, message, "Write it, or take the figures away.")
            self.lost[file].add(ANYTHING)

    def rows(self, file: str, columns: Sequence[str], whole: str) -> list[Fields]:
        """The rows of a CSV file; none if there is no such file."""
        text = self._text(file)
        if text is None:
            return []
        rows, found = csv_file.rows(file, text, columns)
        if found:
            self.found += found
            self.lose(file)
        return [
            Fields(file, values, self.found, whole, "Column", partial(_same, line))
            for line, values in rows
        ]

    def document(self, file: str) -> Document:
        """What a TOML file says: nothing if there is no such file."""
        try:
            return parse(self._text(file) or "")
        except TomlError as error:
            message = f"This is not TOML: {error}."
            remedy = 'Text stands in straight double quotes, "such as this"; a date is 2026-01-31.'
            self.report(file, error.line, Code.PAY_SYNTAX, message, remedy)
            self.lose(file)
            return Document({}, {})

    def table(
        self,
        file: str,
        document: Document,
        path: tuple[str | int, ...],
        keys: Sequence[str],
        whole: str,
    ) -> Fields | None:
        """The fields of the table at a path of a TOML file; None if it is something else."""
        table = document.at(*path)
        if not isinstance(table, Mapping):
            message = "Something other than a table stands here."
            remedy = f"Write each {whole} below a header in brackets."
            self.report(file, document.line(*path), Code.PAY_COLUMN, message, remedy)
            self.lose(file)
            return None
        values: dict[str, str] = {}
        lists: dict[str, list[object]] = {}
        fields = Fields(
            *(file, values, self.found, whole, "Key"),
            lambda key: document.line(*path, key),
            lists,
        )
        for key, value in table.items():
            if key not in keys:
                message = "does not belong here."
                fields.report(key, Code.PAY_COLUMN, message, known(key, keys, "key"))
            elif isinstance(value, list):
                lists[key] = value
            else:
                values[key] = str(value).strip()
        return fields

    def _text(self, file: str) -> str | None:
        path = self.root / file
        if not path.is_file():
            return None
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            self.found.append(not_utf8(file, data, error))
            self.lose(file)
            return None
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    def lose(self, file: str) -> None:
        """Note that there is no telling what a file was meant to define."""
        if file in self.lost:
            self.lost[file].add(ANYTHING)


def _same(line: int, _: str) -> int:
    """A row's line, which is that of each of its cells."""
    return line
