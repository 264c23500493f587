"""``rolebook changes``: the tutorial-sized handbook below, and what is done to it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from rolebook.cli import main

ROLE = """# Data analyst

:::{job:role} data-analyst

You will help {{ company name }} decide.

:::

:::{job:section} What you will do
:id: duties

- Turn a question from {{ team }} into an answer. {#question}
- Build reports that people read. {#reports}
- Keep the definitions of our figures. {#figures}

:::
"""
OTHER_ROLE = ROLE.replace("data-analyst", "data-engineer").replace("analyst", "engineer")
SENIOR = """# Senior data analyst

:::{job:variant} senior
:extends: data-analyst
:axis: level
:title: Senior {title}

:::

:::{job:patch} duties
:remove: reports

- Review what your colleagues write. {#review}

:::
"""
REMOTE = """# Remote

:::{job:variant} remote
:applies-to: all
:axis: arrangement

:::

:::{job:section} The place
:id: place

- Wherever you are in {{ country }}. {#where}

:::
"""
FILES = {"role.md": ROLE, "senior.md": SENIOR, "shared/remote.md": REMOTE, "figures.csv": "a,b\n"}


@pytest.fixture
def before(tmp_path: Path) -> Path:
    folder = tmp_path / "before"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def changed(before: Path, change: Callable[[Path], None], *options: str) -> str:
    after = before.with_name("after")
    shutil.copytree(before, after)
    change(after)
    result = CliRunner().invoke(main, ["--root", str(after), "changes", str(before), *options])
    assert result.exit_code == 0, result.output
    return result.output


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "printed"),
    [
        pytest.param(lambda folder: None, "No file has changed.\n", id="nothing"),
        pytest.param(
            replace("role.md", "Turn a question", "Turn any question"),
            """changed  role.md

Changed: data-analyst, data-analyst/senior, data-analyst/remote
@@ What you will do @@
- Turn a question from {{ team }} into an answer.
+ Turn any question from {{ team }} into an answer.
""",
            id="a line that all inherit",
        ),
        pytest.param(
            replace("role.md", "reports that", "dashboards that"),
            """changed  role.md

Changed: data-analyst, data-analyst/remote
@@ What you will do @@
- Build reports that people read.
+ Build dashboards that people read.
""",
            id="a line that a variant removes",
        ),
        pytest.param(
            replace("senior.md", "Senior {title}", "Lead {title}"),
            """changed  senior.md

Changed: data-analyst/senior
@@ Title @@
- Senior data analyst
+ Lead data analyst
""",
            id="a title",
        ),
        pytest.param(
            replace("role.md", "{{ team }}", "{{ team: Sales / Care }}"),
            """changed  role.md

Changed: data-analyst, data-analyst/senior, data-analyst/remote
@@ What you will do @@
- Turn a question from {{ team }} into an answer.
+ Turn a question from {{ team: Sales / Care }} into an answer.
@@ To fill in @@
- team
+ team; choices: Sales / Care
""",
            id="what is to be filled in",
        ),
        pytest.param(
            replace(
                "role.md",
                "- Build reports that people read. {#reports}\n- Keep the definitions of our"
                " figures. {#figures}\n",
                "- Keep the definitions of our figures. {#figures}\n- Build reports that people"
                " read. {#reports}\n",
            ),
            """changed  role.md

Changed: data-analyst, data-analyst/remote
@@ What you will do @@
> Build reports that people read.
""",
            id="the order of lines",
        ),
        pytest.param(
            lambda folder: (folder / "senior.md").unlink(),
            """gone     senior.md

Gone: data-analyst/senior
""",
            id="a variant that is deleted",
        ),
        pytest.param(
            lambda folder: (folder / "figures.csv").write_text("a,c\n", encoding="utf-8"),
            "changed  figures.csv\n",
            id="figures",
        ),
    ],
)
def test_what_it_prints(before: Path, change: Callable[[Path], None], printed: str) -> None:
    assert changed(before, change) == printed


def test_a_new_shared_variant_is_told_once_for_all_roles(before: Path) -> None:
    (before / "other.md").write_text(OTHER_ROLE, encoding="utf-8")

    def add(folder: Path) -> None:
        text = REMOTE.replace("# Remote", "# Hybrid").replace("} remote", "} hybrid")
        (folder / "shared/hybrid.md").write_text(text, encoding="utf-8")

    assert changed(before, add) == (
        "new      shared/hybrid.md\n\n"
        "New, against the role alone: data-engineer/hybrid, data-analyst/hybrid\n"
        "@@ The place (new section) @@\n"
        "+ Wherever you are in {{ country }}.\n"
        "@@ To fill in @@\n+ country\n"
    )


def test_a_new_role_is_printed_whole_and_its_variants_by_name(before: Path) -> None:
    def add(folder: Path) -> None:
        (folder / "other.md").write_text(OTHER_ROLE, encoding="utf-8")

    assert changed(before, add) == (
        "new      other.md\n\nNew: data-engineer\n@@ Data engineer @@\n"
        "+ You will help {{ company name }} decide.\n@@ What you will do @@\n"
        "+ Turn a question from {{ team }} into an answer.\n+ Build reports that people read.\n"
        "+ Keep the definitions of our figures.\n\nNew: data-engineer/remote\n"
    )


def test_what_cannot_be_read_whole_is_said(before: Path) -> None:
    output = changed(before, replace("senior.md", ":axis: level", ":axis: lvel"))
    assert "senior.md has errors, so part of it may go unread: rolebook check." in output
    assert "Gone: data-analyst/senior" in output


def test_variants_of_one_id_on_two_axes_are_told_apart(before: Path) -> None:
    own = SENIOR.replace("} senior", "} remote").replace(": level", ": company")
    (before / "own.md").write_text(own.replace("Senior", "Dispersed"), encoding="utf-8")
    change = replace("own.md", "Review what", "Criticise what")
    assert "data-analyst/remote (company)\n@@ What you" in changed(before, change)


def test_as_data(before: Path) -> None:
    change = replace("role.md", "Turn a question", "Turn any question")
    data: dict[str, Any] = json.loads(changed(before, change, "--format", "json"))
    assert data == {
        "format": "rolebook-changes",
        "version": 1,
        "files": [{"file": "role.md", "fate": "changed"}],
        "templates": [
            {
                "fate": "changed",
                "templates": ["data-analyst", "data-analyst/senior", "data-analyst/remote"],
                "against_role": False,
                "lines": [
                    ["section", "What you will do"],
                    ["dropped", "Turn a question from {{ team }} into an answer."],
                    ["added", "Turn any question from {{ team }} into an answer."],
                ],
            }
        ],
        "misread": [],
    }


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["changes", str(tmp_path / "no")])
    assert result.exit_code == 2
    assert "does not exist" in result.output
