"""The comment on a pull request: what two checkouts differ in, and what it makes of bad data."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from changes_comment import LIMIT, MARK, SUMMARY_LIMIT, FormError, read, write
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / ".github/scripts/changes_comment.py"

HOSTILE = [
    "@owner/team look here",
    "#12 and GH-12 and 0123456789abcdef0123456789abcdef01234567",
    "[click](https://evil.example)",
    "![](https://evil.example/x.png)",
    "<img src=https://evil.example/x.png>",
    "https://evil.example",
    "`code` and ``` three ``` and ```````` eight",
    "````",
    "~~~",
    "a\n\n```\n@owner\n",
    "a\r\n# Heading",
    "</details> <!-- -->",
    "$\\href{https://evil.example}{x}$",
    "a | b | c",
    "\u202eesrever\u2066 \u200b\x1b[31m \ud800",
    " ",
    "",
    "`",
    "&#64;owner",
]


def git(folder: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=m"]
    done = subprocess.run(
        ["git", *settings, *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with two roles of the shipped handbook, checked out."""
    folder = tmp_path / "clone"
    for name in ("roles/any-role", "roles/data-engineer", "variants/arrangements"):
        shutil.copytree(ROOT / "content" / name, folder / "content" / name)
    git(tmp_path, "init", "--quiet", "clone")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Base")
    return folder


def compared(clone: Path) -> str:
    """What the workflow puts on the page of its run, with the base beside the new commit."""
    git(clone, "commit", "--quiet", "--all", "--message", "Change")
    git(clone, "worktree", "add", "--quiet", "../base", "HEAD^1")
    command = [sys.executable, "-m", "rolebook", "changes", "../base/content", "--format", "json"]
    changes = subprocess.run(command, cwd=clone, check=True, capture_output=True).stdout
    file = clone / "changes.json"
    file.write_bytes(changes)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(file)], check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


def test_two_checkouts_are_compared(clone: Path) -> None:
    page = clone / "content/roles/data-engineer/index.md"
    text = page.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("- ") and "{#" in line)
    page.write_text(text.replace(line, line.replace("- ", "- Now: ", 1)), encoding="utf-8")
    words = line.removeprefix("- ").partition(" {#")[0]
    comment = compared(clone)
    assert comment.startswith(f"{MARK}\n")
    assert "- Changed: `roles/data-engineer/index.md`" in comment
    assert "**Changed:** `data-engineer`, " in comment
    assert f"\n- {words}\n+ Now: {words}\n" in comment
    assert comment.count(f"+ Now: {words}") <= 2


def test_checkouts_that_say_the_same_are_told_to(clone: Path) -> None:
    (clone / "README.md").write_text("Hello\n", encoding="utf-8")
    git(clone, "add", ".")
    assert "No file of the handbook changes." in compared(clone)


def data(**changed: Any) -> dict[str, Any]:
    return {
        "format": "rolebook-changes",
        "version": 1,
        "files": [{"file": "roles/a.md", "fate": "changed"}],
        "templates": [template()],
        "misread": [],
        **changed,
    }


def template(**changed: Any) -> dict[str, Any]:
    return {
        "fate": "changed",
        "templates": ["a"],
        "against_role": False,
        "lines": [["section", "Duties"], ["dropped", "Old."], ["added", "New."]],
        **changed,
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_strangers_is_shown_as_code_and_nothing_else(text: str) -> None:
    kinds = ("section", "dropped", "added", "moved")
    changes = data(
        files=[{"file": text, "fate": "new"}],
        templates=[template(templates=[text, text], lines=[[kind, text] for kind in kinds])] * 2,
        misread=[text],
    )
    comment = write(read(json.dumps(changes).encode()))
    assert not any(character in comment for character in "\u202e\u2066\x1b\r\ud800")
    harmless = data(
        files=[{"file": "x", "fate": "new"}],
        templates=[template(templates=["x", "x"], lines=[[kind, "x"] for kind in kinds])] * 2,
        misread=["x"],
    )
    # Whatever stands in code, all around it is the same as with harmless text.
    assert around_code(comment) == around_code(write(harmless))


def around_code(comment: str) -> list[tuple[str, str]]:
    """The comment's Markdown, without what stands in code."""
    found = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(comment):
        for each in [token, *(token.children or [])]:
            is_code = each.type in ("fence", "code_inline", "inline")
            found.append((each.type, "" if is_code else each.content))
    return found


def test_a_difference_keeps_a_line_a_line() -> None:
    text = "one\n+ two"
    comment = write(data(templates=[template(lines=[["dropped", text], ["moved", "three"]])]))
    assert "```diff\n- one + two\n! moved: three\n```" in comment


def test_many_names_are_counted() -> None:
    comment = write(data(templates=[template(templates=[f"role/{n}" for n in range(50)])]))
    assert "`role/7` and 42 more\n" in comment
    assert "role/8" not in comment


@pytest.mark.parametrize("limit", [LIMIT, SUMMARY_LIMIT])
def test_what_finds_no_room_is_left_out_with_a_word(limit: int) -> None:
    many = [template(templates=[f"role-{n}"], lines=[["added", "x" * 999]]) for n in range(900)]
    comment = write(data(templates=many), limit=limit)
    assert limit * 0.9 < len(comment) <= limit
    shown = comment.count("**Changed:**")
    assert f"**{900 - shown} more parts left out**: there is room for {limit:,}" in comment
    assert comment.count("```") == 2 * shown


@pytest.mark.parametrize(
    "changes",
    [
        data(files=[{"file": "x" * LIMIT, "fate": "new"}]),
        data(misread=["x" * LIMIT] * 9),
        data(templates=[template(templates=["x" * LIMIT])]),
        data(files=[{"file": f"{n:0300}", "fate": "gone"} for n in range(9000)]),
    ],
    ids=["name of a file", "files in error", "name of a template", "many files"],
)
def test_nothing_makes_it_longer_than_it_may_be(changes: dict[str, Any]) -> None:
    assert len(write(changes)) <= LIMIT


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b"[" * 100_000,
        json.dumps(data(version=2)).encode(),
        json.dumps(data(files={"a": 1})).encode(),
        json.dumps(data(files=[{"file": 1, "fate": "new"}])).encode(),
        json.dumps(data(files=[{"file": "a", "fate": "<b>"}])).encode(),
        json.dumps(data(files=[{"file": "a", "fate": []}])).encode(),
        json.dumps(data(templates=[template(templates=[])])).encode(),
        json.dumps(data(templates=[template(templates="ab")])).encode(),
        json.dumps(data(templates=[template(against_role="yes")])).encode(),
        json.dumps(data(templates=[template(lines=[["other", "x"]])])).encode(),
        json.dumps(data(templates=[template(lines=[["added", 3]])])).encode(),
        json.dumps(data(templates=[template(lines=[["added"]])])).encode(),
        json.dumps(data(misread="abc")).encode(),
    ],
)
def test_data_of_another_form_are_refused(bad: bytes) -> None:
    with pytest.raises(FormError):
        read(bad)
