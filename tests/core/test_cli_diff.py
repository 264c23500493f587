"""``rolebook diff``, in the cases of ``diff/``.

A part ``diff A B`` holds what the command prints, and a part ``fails diff A B`` the message
with which it ends.
"""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from core_cases import Case, read_cases

from rolebook.cli import main

CASES = read_cases("diff")


def parts(kind: str) -> pytest.MarkDecorator:
    found = [
        pytest.param(case, part, id=f"{case.title}: {part}")
        for case in CASES
        for part in case.parts
        if part.startswith(f"{kind} ")
    ]
    return pytest.mark.parametrize(("case", "part"), found)


def on_disk(case: Case, folder: Path) -> Path:
    for name, data in case.files.items():
        (folder / name).write_bytes(data)
    return folder


def run(case: Case, folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(on_disk(case, folder)), *arguments])


@parts("diff")
def test_what_it_prints(case: Case, part: str, tmp_path: Path) -> None:
    result = run(case, tmp_path, *part.split())
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == case.parts[part]


@parts("fails")
def test_unknown_names_end_it_with_those_that_are_known(
    case: Case, part: str, tmp_path: Path
) -> None:
    result = run(case, tmp_path, *part.split()[1:])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.partition("Error: ")[2] == case.parts[part]


@parts("diff")
def test_the_other_way_round_it_says_the_reverse(case: Case, part: str, tmp_path: Path) -> None:
    _, a, b, *_ = part.split()
    there, back = (
        json.loads(run(case, tmp_path, "diff", *names, "--format", "json").stdout)
        for names in ((a, b), (b, a))
    )
    reverse = {"added": "dropped", "dropped": "added"}
    assert back["same"] == there["same"]
    for key in ("templates", "placeholders", "alone"):
        assert back[key] == there[key][::-1]
    assert sorted(section["id"] for section in back["sections"]) == sorted(
        section["id"] for section in there["sections"]
    )
    lines = [
        [
            (line["standing"], line["was"], line["now"])
            for lines in (data["summary"], *(section["lines"] for section in data["sections"]))
            for line in lines
            # To put one line behind the other is to put the other before the one.
            if line["standing"] != "moved"
        ]
        for data in (there, back)
    ]
    turned = [(reverse.get(standing, standing), now, was) for standing, was, now in lines[1]]
    assert sorted(map(repr, turned)) == sorted(map(repr, lines[0]))


def test_what_is_unknown_for_a_finding_is_told_with_it(tmp_path: Path) -> None:
    text = "# Engineer\n\n:::{job:role} engineer\n:extends: nobody\n\n:::\n"
    result = run(Case("", {"engineer.md": text}), tmp_path, "diff", "engineer", "engineer")
    assert result.exit_code == 2
    assert "engineer.md:3: error: 'engineer' extends 'nobody'" in result.stderr
    assert "There is no role 'engineer'." in result.stderr


def test_help_says_what_the_marks_and_the_exit_status_mean() -> None:
    text = " ".join(CliRunner().invoke(main, ["diff", "--help"]).stdout.split())
    assert "The exit status is 0 whether or not they differ" in text
    assert "+ is a line that only B has, - one that only A has, ~ one with other words" in text


def test_a_terminal_gets_colours_and_lines_of_its_width(tmp_path: Path) -> None:
    (case,) = (case for case in CASES if case.title == "diff: Two variants of a role")
    command = [sys.executable, "-m", "rolebook", "--root", str(on_disk(case, tmp_path))]
    command += ["diff", "engineer", "engineer/senior"]
    reader, terminal = pty.openpty()
    subprocess.run(
        command, stdout=terminal, stderr=terminal, check=True, env={**os.environ, "COLUMNS": "30"}
    )
    os.close(terminal)
    written = b""
    try:
        while data := os.read(reader, 4096):
            written += data
    except OSError:  # Linux says so at the end of what a terminal was sent.
        pass
    os.close(reader)
    text = written.decode().replace("\r\n", "\n")
    assert "\x1b[32m+ Set the direction.\x1b[0m\n" in text
    plain = re.sub(r"\x1b\[\d+m", "", text)
    assert "\n  -> Look after all of them,\n     with {{ team size }}\n     others.\n" in plain
    assert max(map(len, plain.splitlines())) <= 30
    unwrapped = re.sub(r"\n {2,}(?!->)", " ", plain)
    assert unwrapped == case.parts["diff engineer engineer/senior"]
