from __future__ import annotations

from pathlib import Path

from manual import Command, File, examples, follow, write


def test_the_tutorial_works_as_it_is_written(tmp_path: Path) -> None:
    follow("tutorial.md", tmp_path)
    senior = (tmp_path / "_build/roles/data-analyst/senior.html").read_text(encoding="utf-8")
    assert "Review the analyses of your colleagues" in senior
    assert (tmp_path / "_build/roles/data-analyst/junior.html").is_file()


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
