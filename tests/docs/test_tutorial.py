from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from manual import DOCS, Command, File, Shell, examples, follow, write

import rolebook


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an index would offer of this repository: ``pip install rolebook`` finds it there."""
    folder = tmp_path_factory.mktemp("wheels")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=DOCS.parent, check=True, stdout=subprocess.DEVNULL)
    return folder


def test_the_tutorial_works_as_it_is_written(tmp_path: Path, wheels: Path) -> None:
    shell = Shell(tmp_path / "state", wheels)
    book = tmp_path / "book"
    book.mkdir()
    follow("tutorial.md", book, shell.run)
    used = shell.run(Command("python -c 'import rolebook; print(rolebook.__file__)'", ""), book)
    assert Path(used.stdout.strip()).is_relative_to(book / ".venv")
    shown = shell.run(Command("rolebook --version", ""), book)
    assert shown.stdout == f"rolebook, version {rolebook.__version__}\n"
    for site in (book / "_build", tmp_path / "copy" / "_build"):
        senior = (site / "roles/data-analyst/senior.html").read_text(encoding="utf-8")
        assert "Review the analyses of your colleagues" in senior
        assert (site / "roles/data-analyst/junior.html").is_file()
    assert not (tmp_path / "copy" / ".venv").exists()


def test_the_host_builds_what_the_tutorial_has() -> None:
    files = {each.path: each.text for each in examples("tutorial.md") if isinstance(each, File)}
    host = yaml.safe_load(files[".readthedocs.yaml"])
    assert host["sphinx"]["configuration"] in files
    assert [each["requirements"] for each in host["python"]["install"]] == ["requirements.txt"]
    assert files["requirements.txt"] == "rolebook\n"


def test_the_tutorial_builds_strictly() -> None:
    builds = [
        example.line
        for example in examples("tutorial.md")
        if isinstance(example, Command) and example.line.startswith("sphinx-build")
    ]
    assert builds
    assert all(" -n -W " in line for line in builds)


def test_the_commands_work_on_the_tutorials_handbook(tmp_path: Path) -> None:
    for example in examples("tutorial.md"):
        if isinstance(example, File):
            write(example, tmp_path)
    follow("command.md", tmp_path)
