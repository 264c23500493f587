"""The manual's pages as a reader uses them: files to write and commands to run.

A file is a code block with a path as its caption; a code block of the language ``diff`` changes
one that is there. A command is a line of a ``console``
block that begins with ``$``; the lines below it are what it prints. Each line of a ``bash``
block is a command too, of which the page does not show what it prints.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

DOCS = Path(__file__).parents[2] / "docs"

_FILE = re.compile(
    r":caption: (?P<path>[^\s,]+)(?:, saved as (?P<encoding>\S+))?\n"
    r"(?::emphasize-lines: (?P<marked>[\d, ]+)\n)?\n(?P<text>.*)",
    re.DOTALL,
)
_TABLE_ROW = re.compile(r"^\| (?!Option \||-)(?P<first>[^|]+) \|", re.MULTILINE)


@dataclass(frozen=True)
class File:
    """A file to write; ``marked`` are the lines that the page emphasises."""

    path: str
    text: str
    encoding: str = "utf-8"
    marked: tuple[int, ...] = ()


@dataclass(frozen=True)
class Edit:
    """Lines of a file, and what takes their place."""

    path: str
    old: str
    new: str


@dataclass(frozen=True)
class Command:
    line: str
    output: str | None


def read(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def examples(page: str) -> Iterator[File | Edit | Command]:
    """The files, changes and commands of a page, in order."""
    for token in MarkdownIt("commonmark").parse(read(page)):
        if token.type != "fence":
            continue
        if token.info.startswith("{code-block}"):
            found = _FILE.fullmatch(token.content)
            assert found, f"{page}: a code block without a caption: {token.content}"
            marked = tuple(int(line) for line in re.findall(r"\d+", found["marked"] or ""))
            if token.info == "{code-block} diff":
                yield _edit(found["path"], found["text"].splitlines(keepends=True))
            else:
                yield File(found["path"], found["text"], found["encoding"] or "utf-8", marked)
        elif token.info == "console":
            for part in re.split(r"^\$ ", token.content, flags=re.MULTILINE)[1:]:
                line, _, output = part.partition("\n")
                yield Command(line, output)
        elif token.info == "bash":
            for line in token.content.splitlines():
                yield Command(line.partition("  #")[0].rstrip(), None)


def _edit(path: str, lines: Sequence[str]) -> Edit:
    """A change as ``diff`` writes it; what is blank there may have lost its sign."""
    assert all(line[0] in " +-\n" for line in lines), f"{path}: lines without a sign: {lines}"
    signed = [(line[0], line[1:]) if line != "\n" else (" ", line) for line in lines]
    old, new = ("".join(text for sign, text in signed if sign in signs) for signs in (" -", " +"))
    return Edit(path, old, new)


def change(edit: Edit, folder: Path) -> None:
    path = folder / edit.path
    text = path.read_text(encoding="utf-8")
    assert text.count(edit.old) == 1, f"{edit.path} does not hold once:\n{edit.old}"
    path.write_text(text.replace(edit.old, edit.new), encoding="utf-8")


def write(file: File, folder: Path) -> None:
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(file.text, encoding=file.encoding)


def run(command: Command, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as if its environment's programs were on the path."""
    program, *arguments = shlex.split(command.line)
    assert program in ("rolebook", "sphinx-build"), command.line
    environment = dict(os.environ)
    environment.pop("PYTHONWARNDEFAULTENCODING", None)  # it is for our own code, and prints
    return subprocess.run(
        [str(Path(sys.executable).with_name(program)), *arguments],
        cwd=folder,
        env=environment,
        check=False,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


Run = Callable[[Command, Path], subprocess.CompletedProcess[str]]


def follow(page: str, folder: Path, run: Run = run) -> None:
    """Write each file and run each command of a page, and compare what is printed."""
    for example in examples(page):
        if isinstance(example, File):
            write(example, folder)
            continue
        if isinstance(example, Edit):
            change(example, folder)
            continue
        done = run(example, folder)
        if example.output is None:
            assert done.returncode == 0, f"{example.line}\n{done.stdout}"
            continue
        assert done.stdout == example.output, example.line
        # A command that is shown with an error or a warning may fail; any other may not.
        assert done.returncode == 0 or re.search("(?i)error:|warning:", example.output), (
            example.line
        )


class Shell:
    """A shell of somebody who has nothing but Python, git and the wheels in a folder.

    Each command is a process of its own; variables and the current folder are kept in a file.
    """

    def __init__(self, state: Path, wheels: Path) -> None:
        self._state = state
        links = os.environ.get("PIP_FIND_LINKS", "")
        ours = ("PYTHONPATH", "PYTHONWARNDEFAULTENCODING", "VIRTUAL_ENV")
        self._environment = {
            **{name: value for name, value in os.environ.items() if name not in ours},
            "BASH_ENV": str(state),
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{f"GIT_{who}_NAME": "Author" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "author@example.org" for who in ("AUTHOR", "COMMITTER")},
            "PIP_FIND_LINKS": f"{links} {wheels}".strip(),
        }

    def run(self, command: Command, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a command where the one before it has left off, or else in ``folder``."""
        keep = f'status=$?; {{ export -p; echo "cd \'$PWD\'"; }} > "{self._state}"; exit $status'
        return subprocess.run(
            ["bash", "-c", f"{command.line}\n{keep}"],
            cwd=folder,
            env=self._environment,
            check=False,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def sections(text: str) -> dict[str, str]:
    """The text below each ``##`` heading, by heading; deeper headings stay in it."""
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def first_cells(text: str) -> list[str]:
    """What stands in code in the first cells of all tables."""
    rows = _TABLE_ROW.finditer(text)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row["first"])]
