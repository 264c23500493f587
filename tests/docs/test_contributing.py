"""What CONTRIBUTING.md shows is what happens."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from changes_comment import read, write
from manual import DOCS, Command, File, examples, run
from manual import write as write_file
from markdown_it import MarkdownIt

ROOT = DOCS.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FENCES = [t for t in MarkdownIt("commonmark").parse(TEXT) if t.type == "fence"]
ROLE = "# Data analyst\n\n:::{job:role} data-analyst\n\nYou decide.\n\n:::\n\n"


def shown(language: str) -> list[str]:
    return [token.content for token in FENCES if token.info == language]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two copies of a handbook: with what is shown as before, and as after."""
    for name, section in zip(("before", "after"), shown("markdown"), strict=True):
        write_file(File(f"{name}/role.md", ROLE + section), tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["before", "after"])
def test_nothing_is_wrong_with_either(folder: Path, name: str) -> None:
    assert run(Command("rolebook check", ""), folder / name).stdout == "Nothing found.\n"


def test_the_comment_shows_the_difference_so(folder: Path) -> None:
    done = run(Command("rolebook changes ../before --format json", ""), folder / "after")
    comment = write(read(done.stdout.encode()))
    (difference,) = shown("diff")
    assert f"```diff\n{difference}```" in comment
    assert json.loads(done.stdout)["misread"] == []


def test_a_finding_is_shown_as_it_is_printed(tmp_path: Path) -> None:
    for example in examples("tutorial.md"):
        if isinstance(example, File):
            mistaken = example.text.replace("{{ team }} into", "{{ team? }} into")
            write_file(File(f"content/{example.path}", mistaken), tmp_path)
    done = run(Command("rolebook check", ""), tmp_path)
    assert shown("text") == [f"{done.stdout.partition(chr(10))[0]}\n"]


def test_the_notation_fits_on_a_screen() -> None:
    """Sixty lines of a window, wide enough for the table's rows to take one or two each."""
    section = TEXT.partition("## The notation")[2].partition("\n## ")[0]
    assert len(section.splitlines()) <= 48


def test_each_sign_of_the_table_is_explained_in_the_manual() -> None:
    notation = (DOCS / "notation.md").read_text(encoding="utf-8")
    table = TEXT.partition("| What stands there")[2].partition("\n\n")[0]
    names = set(re.findall(r"job:[a-z]+", table))
    assert names == {"job:section", "job:patch", "job:note"}
    assert all(name in notation for name in names)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`([\w.-]+(?:/[\w.-]+)+/?)`", TEXT))))
def test_each_file_it_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([a-z-]+\.yml)`", TEXT))))
def test_each_workflow_it_names_is_there(name: str) -> None:
    assert (ROOT / ".github/workflows" / name).is_file()
