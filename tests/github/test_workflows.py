"""What GitHub, Read the Docs and pre-commit read: it calls what there is, and no more than that."""

from __future__ import annotations

import json
import re
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from rolebook.cli import main

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
RUNNER = {"[", "echo", "env", "gh", "git", "mkdir", "mv", "test"}
"""The programs of GitHub's and Read the Docs' machines that are called."""

SESSIONS = set(
    re.findall(
        r"^@nox\.session.*\ndef (\w+)\(", (ROOT / "noxfile.py").read_text("utf-8"), re.MULTILINE
    )
)


def load(path: Path) -> Any:
    # YAML 1.1 takes the key "on" for true.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in load(path)["jobs"].values():
        yield from job["steps"]


def commands() -> Iterator[tuple[str, str]]:
    for path in WORKFLOWS:
        for step in steps(path):
            for line in step.get("run", "").splitlines():
                yield path.name, line
    for line in load(ROOT / ".readthedocs.yaml")["build"]["commands"]:
        yield ".readthedocs.yaml", line
    for repository in load(ROOT / ".pre-commit-config.yaml")["repos"]:
        for hook in repository["hooks"]:
            yield ".pre-commit-config.yaml", hook["entry"]


@pytest.mark.parametrize(("file", "line"), [*commands()])
def test_each_command_is_there(file: str, line: str) -> None:
    for part in re.split(r" (?:\|\||&&|[<>]+) ", line)[:1]:
        words = shlex.split(part)
        while "=" in words[0] or words[0] == "env":
            words.pop(0)
        assert is_there(words), part


def is_there(words: list[str]) -> bool:
    program, *arguments = words
    if program in ("python", "python3"):
        if arguments[0] == "-m":
            return arguments[1] == "pip" or is_there(arguments[1:])
        return (ROOT / arguments[0]).is_file()
    if program == "nox":
        return arguments[arguments.index("-s") + 1] in SESSIONS
    if match := re.fullmatch(r"\.nox/(\w+)/bin/(\w+)", program):
        return match[1] in SESSIONS and is_there([match[2], *arguments])
    if program == "rolebook":
        return arguments[0] in main.commands
    if program in ("ruff", "codespell"):
        return f"\n{program}==" in (ROOT / "constraints/lint.txt").read_text(encoding="utf-8")
    if "/" in program:
        path = ROOT / program
        return path.is_file() and bool(path.stat().st_mode & stat.S_IXUSR)
    return program in RUNNER


@pytest.mark.parametrize("name", ["constraints/ci.txt", ".github/sphinx-warnings.json"])
def test_each_file_that_commands_name_is_there(name: str) -> None:
    assert any(name in line for _, line in commands())
    assert (ROOT / name).is_file()


@pytest.mark.parametrize(
    "script",
    [
        path
        for path in (ROOT / ".github/scripts").glob("*.py")
        if "__main__" in path.read_text("utf-8")
    ],
    ids=lambda path: path.name,
)
def test_each_script_is_called(script: Path) -> None:
    name = script.relative_to(ROOT).as_posix()
    assert any(name in line for _, line in commands())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_do_no_more_than_its_jobs_say(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert int(job["timeout-minutes"]) <= 90


def test_what_runs_a_pull_requests_code_may_only_read() -> None:
    for path in WORKFLOWS:
        if "pull_request" in load(path)["on"]:
            for job in load(path)["jobs"].values():
                assert job["permissions"] == {"contents": "read"}
                assert "secrets" not in str(job)


def test_what_comments_takes_no_code_of_a_pull_request() -> None:
    (path,) = (path for path in WORKFLOWS if "workflow_run" in load(path)["on"])
    assert load(path)["on"]["workflow_run"]["workflows"] == ["Pull request"]
    names = [load(path)["name"] for path in WORKFLOWS]
    assert "Pull request" in names
    checkout, run = steps(path)
    # Without a ref it takes the default branch; and what it checks out, it takes nothing but.
    assert set(checkout["with"]) == {"persist-credentials", "sparse-checkout"}
    assert run["run"] == "python3 .github/scripts/comment_on_pull_request.py"


def test_the_two_workflows_agree_on_the_names_of_artefacts() -> None:
    from comment_on_pull_request import ARTEFACT, PREVIEW

    uploads = [
        step["with"]["name"]
        for step in steps(ROOT / ".github/workflows/pull-request.yml")
        if "upload-artifact" in step.get("uses", "")
    ]
    assert sorted(uploads) == sorted([ARTEFACT, PREVIEW])


def test_actions_are_pinned_each_to_one_commit() -> None:
    pins: dict[str, set[tuple[str, str]]] = {}
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"uses: (\S+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$", text, re.MULTILINE)
        assert len(found) == text.count("uses:"), path
        for action, commit, version in found:
            pins.setdefault(action, set()).add((commit, version))
    assert [action for action, commits in pins.items() if len(commits) > 1] == []


def test_a_checkout_leaves_no_token_behind() -> None:
    for path in WORKFLOWS:
        for step in steps(path):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"


def test_hooks_take_the_versions_that_lint_takes() -> None:
    pinned = (ROOT / "constraints/lint.txt").read_text(encoding="utf-8")
    (repository,) = load(ROOT / ".pre-commit-config.yaml")["repos"]
    for hook in repository["hooks"]:
        for requirement in hook["additional_dependencies"]:
            assert re.search(rf"^{re.escape(requirement)}[ ;\\]", pinned, re.MULTILINE), requirement


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        (
            "/a/content/b.md:12: WARNING: target not found: 'x' [myst.xref_missing]",
            ("/a/content/b.md", "12", "WARNING", "target not found: 'x' [myst.xref_missing]"),
        ),
        ("docs/pay.md:3: ERROR: Unknown.", ("docs/pay.md", "3", "ERROR", "Unknown.")),
        # rolebook check has marked these.
        ("content/a.md:3: ERROR: Unknown. [rolebook.unknown-item]", None),
        ("build succeeded, 1 warning.", None),
    ],
)
def test_sphinx_warnings_are_marked(printed: str, found: tuple[str, ...] | None) -> None:
    matcher = json.loads((ROOT / ".github/sphinx-warnings.json").read_text(encoding="utf-8"))
    (pattern,) = matcher["problemMatcher"][0]["pattern"]
    match = re.search(pattern["regexp"], printed)
    keys = ("file", "line", "severity", "message")
    assert (match and tuple(match[pattern[key]] for key in keys)) == found


FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[!c]*.yml"))


def test_there_is_a_form_for_each_kind_of_report() -> None:
    names = {load(form)["name"] for form in FORMS}
    assert names == {"A figure is wrong", "A bullet is wrong", "A role is missing"}


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_for_what_is_needed_and_names_each_question(form: Path) -> None:
    questions = [each for each in load(form)["body"] if each["type"] != "markdown"]
    ids = [each["id"] for each in questions]
    assert len(set(ids)) == len(ids)
    assert all(each["attributes"]["label"] for each in questions)
    required = [each for each in questions if each.get("validations", {}).get("required")]
    assert 2 <= len(required) < len(questions)
