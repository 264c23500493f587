"""Each how-to reaches its goal, as it is written."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from manual import DOCS, Command, Edit, File, change, examples, follow, read, run, write

FOLDER = DOCS / "how-to"

BASES = {"pay.md": "pay-files.md", "beside.md": None}
"""The page whose files a how-to begins with; the others begin with the tutorial's."""

GOALS = {
    "bullet.md": ("roles/data-analyst/senior.html", "You write SQL that a whole team builds on."),
    "level.md": ("roles/data-analyst/lead.html", "Hire analysts and see that they grow."),
    "jurisdiction.md": ("jurisdictions/ruritania.html", "Pay Disclosure Act of 2024"),
    "pay.md": ("index.html", "$88,000"),
    "theme.md": ("roles/data-analyst/senior.html", "Senior data analyst"),
    "beside.md": ("index.html", "this is what we ask for"),
    "deploy.md": ("roles/data-analyst/senior.html", "Senior data analyst"),
}
"""What a page of the handbook says once the how-to has been followed."""

LATER = "1826755200"
"""The day on which figures of 2026 are old: 21 November 2027, in seconds since 1970."""

CONF = 'extensions = ["rolebook"]\nhtml_theme = "rolebook"\nexclude_patterns = ["_build"]\n'
INDEX = "# Handbook\n\n:::{job:pay} data-analyst\n:::\n\n```{toctree}\n:glob:\n\nroles/*\n```\n"


def begin(page: str, folder: Path) -> None:
    """Write the handbook that a how-to begins with."""
    base = BASES.get(page, "tutorial.md")
    if base == "pay-files.md":
        write(File("conf.py", CONF), folder)
        write(File("index.md", INDEX), folder)
    for example in examples(base) if base else ():
        if isinstance(example, File):
            write(example, folder)


@pytest.fixture(params=GOALS)
def followed(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, Path]:
    page = str(request.param)
    if page == "pay.md":
        monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    begin(page, tmp_path)
    follow(f"how-to/{page}", tmp_path)
    return page, tmp_path


def test_each_how_to_reaches_its_goal(followed: tuple[str, Path]) -> None:
    page, folder = followed
    if not (folder / "_build").is_dir():
        done = run(Command("sphinx-build -q -n -W --keep-going . _build", ""), folder)
        assert (done.returncode, done.stdout) == (0, "")
    name, text = GOALS[page]
    shown = BeautifulSoup((folder / "_build" / name).read_text(encoding="utf-8"), "html.parser")
    assert text in " ".join(shown.get_text().split())


def test_no_how_to_is_left_out() -> None:
    listed = re.findall(r"<([\w-]+)>$", read("how-to/index.md"), re.MULTILINE)
    assert {f"{name}.md" for name in listed} == {*GOALS}
    assert {path.name for path in FOLDER.glob("*.md")} == {*GOALS, "index.md"}


def test_own_styles_come_after_the_extensions(tmp_path: Path) -> None:
    begin("theme.md", tmp_path)
    for example in examples("how-to/theme.md"):
        if isinstance(example, Command):
            break
        follow_one(example, tmp_path)
    done = run(Command("sphinx-build -q -n -W . _build", ""), tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    page = BeautifulSoup((tmp_path / "_build/index.html").read_text("utf-8"), "html.parser")
    styles = [str(link["href"]).partition("?")[0] for link in page.select("link[rel=stylesheet]")]
    assert styles.index("_static/own.css") > styles.index("_static/rolebook.css")
    assert page.select_one('link[rel~=icon][href*="logo.svg"]')


def follow_one(example: File | Edit, folder: Path) -> None:
    if isinstance(example, File):
        write(example, folder)
    else:
        change(example, folder)


def hosts() -> dict[str, str]:
    return {each.path: each.text for each in examples("how-to/deploy.md") if isinstance(each, File)}


def test_the_workflow_runs_what_the_page_runs() -> None:
    workflow = yaml.safe_load(hosts()[".github/workflows/pages.yml"])
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    commands = [step["run"].split() for step in steps if "run" in step]
    shown = [each.line for each in examples("how-to/deploy.md") if isinstance(each, Command)]
    assert commands[0] == ["pip", "install", "-r", "requirements.txt"]
    assert [command[0] for command in commands[1:]] == [line.split()[0] for line in shown[:2]]
    assert shown[1].split() == [*commands[2][:1], "-q", *commands[2][1:]]
    (upload,) = [step for step in steps if "upload-pages" in step.get("uses", "")]
    assert upload["with"]["path"] == commands[2][-1]


@pytest.mark.parametrize(
    ("schema", "path"),
    [("github-workflows", ".github/workflows/pages.yml"), ("readthedocs", ".readthedocs.yaml")],
)
def test_the_hosts_files_are_of_their_form(schema: str, path: str, tmp_path: Path) -> None:
    write(File("file.yml", hosts()[path]), tmp_path)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    subprocess.run([*command, "file.yml"], cwd=tmp_path, check=True)


def test_the_workflow_names_actions_by_commit_and_asks_for_little() -> None:
    text = hosts()[".github/workflows/pages.yml"]
    workflow = yaml.safe_load(text)
    uses = re.findall(r"uses: (.+)$", text, re.MULTILINE)
    assert uses
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use) for use in uses)
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read"}


def test_both_pages_have_the_same_file_for_read_the_docs() -> None:
    files = {each.path: each.text for each in examples("tutorial.md") if isinstance(each, File)}
    for name in (".readthedocs.yaml", "requirements.txt"):
        assert hosts()[name] == files[name]
