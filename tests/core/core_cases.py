"""Cases that stand in text beside the tests.

A case is a title and named parts:

    ==== A bullet replaces another in place
    ---- roles/engineer.md
    ...
    ---- findings
    ...

A part whose name ends in ``.md``, ``.csv`` or ``.toml`` is a file of a small handbook. What a
text file of this repository cannot hold is said in brackets behind the name: ``[crlf]``,
``[cr]``, ``[bom]``, ``[latin-1]``, ``[utf-16]``, ``[open end]`` (no newline at the end).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from rolebook.catalog import Catalog, assemble
from rolebook.reader import Page, read_bytes

_TITLE = re.compile(r"^==== (.+)\n", re.MULTILINE)
_PART = re.compile(r"^---- (.+)\n", re.MULTILINE)
_FILE = re.compile(r"(?P<name>\S+\.(?:md|csv|toml))(?: \[(?P<how>[\w ,-]+)\])?")


@dataclass(frozen=True)
class Case:
    title: str
    parts: Mapping[str, str]

    @property
    def files(self) -> dict[str, bytes]:
        found = {}
        for part, text in self.parts.items():
            if match := _FILE.fullmatch(part):
                found[match["name"]] = _encoded(text, (match["how"] or "").split(", "))
        assert found, f"the case '{self.title}' has no file"
        return found

    def lines(self, part: str) -> list[str]:
        return [line for line in self.parts[part].splitlines() if line]

    def pages(self) -> list[Page]:
        return [read_bytes(name, data) for name, data in self.files.items() if name.endswith(".md")]

    def write(self, root: Path) -> None:
        for name, data in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def catalog(self) -> Catalog:
        return assemble(self.pages())


def _encoded(text: str, how: Iterable[str]) -> bytes:
    encoding = "utf-8"
    for change in how:
        match change:
            case "crlf":
                text = text.replace("\n", "\r\n")
            case "cr":
                text = text.replace("\n", "\r")
            case "bom":
                text = "\ufeff" + text
            case "open end":
                text = text.rstrip("\n")
            case "latin-1" | "utf-16":
                encoding = change
            case "":
                pass
            case _:
                raise AssertionError(f"a file cannot be [{change}]")
    return text.encode(encoding)


def read_cases(folder: str) -> list[Case]:
    """The cases in the Markdown files of a folder beside this module."""
    found = []
    for file in sorted((Path(__file__).parent / folder).glob("*.md")):
        head, *pieces = _TITLE.split(file.read_text(encoding="utf-8"))
        assert not head.strip(), f"{file} begins with '==== Title'"
        for title, body in zip(pieces[::2], pieces[1::2], strict=True):
            start, *parts = _PART.split(body)
            assert not start.strip(), f"{file}: the parts of '{title}' begin with '---- name'"
            names = parts[::2]
            assert len(set(names)) == len(names), f"{file}: '{title}' repeats a part"
            # The empty line before the next delimiter belongs to neither.
            texts = (text[:-1] if text.endswith("\n\n") else text for text in parts[1::2])
            found.append(Case(f"{file.stem}: {title}", dict(zip(names, texts, strict=True))))
    titles = [case.title for case in found]
    assert len(set(titles)) == len(titles), f"{folder} repeats a title"
    return found


def each_case(folder: str) -> pytest.MarkDecorator:
    """Run a test once for each case of a folder."""
    cases = read_cases(folder)
    return pytest.mark.parametrize("case", cases, ids=[case.title for case in cases])
