"""One slip anywhere in a sound handbook is one finding, in the file where it was made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rolebook.catalog import assemble, files_below
from rolebook.check import check
from rolebook.diagnostics import Code
from rolebook.reader import read

ROOT = Path(__file__).parent / "handbook"
BOOK = {p.relative_to(ROOT).as_posix(): p.read_text("utf-8") for p in files_below(ROOT)}
PAGES = {name: read(name, text) for name, text in BOOK.items()}

# What is done to each line that begins so, and what is found.
SLIPS: dict[str, tuple[str, Callable[[str], list[str]], set[Code]]] = {
    "a fence is forgotten": (
        r":::$",
        lambda line: [],
        {Code.NESTED_FENCE, Code.UNCLOSED_FENCE},
    ),
    "a fence stands twice": (r":::$", lambda line: [line, line], {Code.STRAY_FENCE}),
    "a fence is too short": (r":::$", lambda line: ["::"], {Code.UNCLOSED_FENCE}),
    "a block is opened by too long a fence": (
        r":::\{",
        lambda line: [f":{line}"],
        {Code.UNCLOSED_FENCE},
    ),
    "a block is opened by too short a fence": (
        r":::\{",
        lambda line: [line[1:]],
        {Code.UNKNOWN_DIRECTIVE},
    ),
    "a block is not opened": (r":::\{", lambda line: [], {Code.STRAY_FENCE}),
    "a brace is forgotten": (
        r":::\{",
        lambda line: [line.replace("}", "", 1)],
        {Code.UNKNOWN_DIRECTIVE},
    ),
    "a directive is mistyped": (
        r":::\{",
        lambda line: [line.replace("}", "x}", 1)],
        {Code.UNKNOWN_DIRECTIVE},
    ),
    "a domain is forgotten": (
        r":::\{job:(?!note)",
        lambda line: [line.replace("job:", "")],
        {Code.BARE_DIRECTIVE},
    ),
    "a name is forgotten": (
        r":::\{job:(?!note)",
        lambda line: [line.partition("}")[0] + "}"],
        {Code.MISSING_NAME},
    ),
    "an option is mistyped": (
        r":[a-z]",
        lambda line: [line.replace(":", ":x", 1)],
        {Code.UNKNOWN_OPTION},
    ),
    "an option stands twice": (r":[a-z]", lambda line: [line, line], {Code.REPEATED_OPTION}),
    "an option has no value": (
        r":[a-z-]+: ",
        lambda line: [line[: line.index(" ")]],
        {Code.BAD_VALUE},
    ),
    "an option is indented": (r":[a-z]", lambda line: [f" {line}"], {Code.MALFORMED_OPTION}),
    "an id is in capitals": (
        r".*\{#",
        lambda line: [re.sub(r"\{#.*", lambda found: found[0].upper(), line)],
        {Code.MALFORMED_ID},
    ),
    "a line stands twice": (r".*\{#", lambda line: [line, line], {Code.DUPLICATE_ID}),
    "a placeholder is left open": (
        r".*\}\}",
        lambda line: [line.replace("}}", "}", 1)],
        {Code.MALFORMED_PLACEHOLDER},
    ),
    "a line holds HTML": (
        r"- ",
        lambda line: [f"- <b>{line[2:]}"],
        {Code.UNSUPPORTED_MARKUP},
    ),
}


def edits(pattern: str, edit: Callable[[str], list[str]]) -> Iterator[tuple[str, int, str]]:
    for name, text in BOOK.items():
        lines = text.split("\n")
        for place, line in enumerate(lines):
            if re.match(pattern, line):
                yield name, place, "\n".join([*lines[:place], *edit(line), *lines[place + 1 :]])


def test_the_handbook_is_sound() -> None:
    assert check(assemble(PAGES.values())) == ()


@pytest.mark.parametrize(("pattern", "edit", "codes"), SLIPS.values(), ids=SLIPS)
def test_one_slip_is_one_finding(
    pattern: str, edit: Callable[[str], list[str]], codes: set[Code]
) -> None:
    made = [*edits(pattern, edit)]
    assert made
    for name, place, text in made:
        found = check(assemble([*({**PAGES, name: read(name, text)}).values()]))
        assert [(f.file, f.code in codes) for f in found] == [(name, True)], (
            f"{name}:{place + 1}: {[(f.line, f.id) for f in found]}"
        )
        # It is found on this line, or where the block ends that the line is about.
        assert found[0].line - 1 >= place or Code.UNCLOSED_FENCE in codes
