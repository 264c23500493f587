"""The command ``rolebook``: what it prints, and with which status it ends."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from rolebook.catalog import load
from rolebook.cli import main
from rolebook.compose import compose
from rolebook.exports import FORMATS, export
from rolebook.exports.json import from_json
from rolebook.model import Axis

HANDBOOK = Path(__file__).parent / "handbook"
CONTENT = Path(__file__).parents[2] / "content"
BROKEN = "# Broken\n\n:::{job:role} broken\n:famly: data\n\n100 % {{ sure\n\n:::\n"


def run(*arguments: str | Path, root: Path = HANDBOOK) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), *map(str, arguments)])


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook with two findings in one file."""
    root = tmp_path / "book"
    shutil.copytree(HANDBOOK, root)
    (root / "roles" / "a,b: 5%.md").write_text(BROKEN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return root


# check


def test_check_of_a_sound_handbook() -> None:
    result = run("check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing found.\n")


def test_check_of_a_handbook_with_names_like_those_of_pages(tmp_path: Path) -> None:
    shutil.copytree(HANDBOOK, tmp_path, dirs_exist_ok=True)
    (tmp_path / "notes.md").mkdir()
    (tmp_path / "notes.md" / "page.md").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    result = run("check", root=tmp_path)
    assert (result.exit_code, result.stderr) == (1, "2 findings.\n")
    assert result.stdout.count("notes.md/page.md:") == 2


@pytest.mark.parametrize("command", [["check"], ["list"], ["export", "data-engineer"]])
def test_a_page_that_may_not_be_read(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(HANDBOOK, tmp_path, dirs_exist_ok=True)
    locked = tmp_path / "locked.md"
    locked.write_text(BROKEN, encoding="utf-8")
    read = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        # As the tests may run as somebody who may read everything.
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    result = run(*command, root=tmp_path)
    assert result.exit_code == 1
    assert result.stderr == f"Error: '{locked}' could not be opened: Permission denied.\n"


def test_check_prints_file_line_severity_message_and_code(broken: Path) -> None:
    result = run("check", root=broken)
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first == (
        "book/roles/a,b: 5%.md:4: error: A 'role' block has no option ':famly:'. Did you mean"
        " 'family'? Known: extends, family, language, noun, order, related, skills."
        " [unknown-option]"
    )
    assert second.startswith("book/roles/a,b: 5%.md:6: error: '{{' is not a placeholder. ")
    assert second.endswith(" [malformed-placeholder]")
    assert result.stderr == "2 findings.\n"


def test_check_counts_one_finding_in_the_singular(broken: Path) -> None:
    (broken / "roles" / "a,b: 5%.md").write_text(BROKEN.replace("{{", ""), encoding="utf-8")
    assert run("check", root=broken).stderr == "1 finding.\n"


def test_check_as_json(broken: Path) -> None:
    result = run("check", "--format", "json", root=broken)
    assert result.exit_code == 1
    rows = json.loads(result.stdout)
    assert [row["line"] for row in rows] == [4, 6]
    assert rows[0] == {
        "file": "book/roles/a,b: 5%.md",
        "line": 4,
        "code": "unknown-option",
        "severity": "error",
        "message": "A 'role' block has no option ':famly:'.",
        "remedy": "Did you mean 'family'?"
        " Known: extends, family, language, noun, order, related, skills.",
    }
    sound = run("check", "--format", "json")
    assert (sound.exit_code, json.loads(sound.stdout)) == (0, [])


PAGE = "https://example.org/manual/findings/unknown-option.html"


@pytest.mark.parametrize("address", ["https://example.org/manual", "https://example.org/manual/"])
def test_each_finding_ends_in_the_address_of_its_page(broken: Path, address: str) -> None:
    given = ["--manual-url", address, "check"]
    line = run(*given, root=broken).stdout.splitlines()[0]
    assert line.endswith(f"skills. [unknown-option] {PAGE}")
    assert json.loads(run(*given, "--format", "json", root=broken).stdout)[0]["page"] == PAGE
    told = run(*given, "--format", "github", root=broken).stdout.splitlines()[0]
    assert told.endswith(f"skills. {PAGE}")


def test_the_manuals_address_from_the_environment(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLEBOOK_MANUAL_URL", "https://example.org/manual/")
    assert run("check", root=broken).stdout.splitlines()[0].endswith(PAGE)
    monkeypatch.setenv("ROLEBOOK_MANUAL_URL", "")
    assert PAGE not in run("check", root=broken).stdout


def test_an_address_that_is_none() -> None:
    result = run("--manual-url", "example.org", "check")
    assert result.exit_code == 2
    assert "'example.org' is no web address. Begin it with 'https://'." in result.stderr


def test_check_for_github_escapes_what_would_end_a_field(broken: Path) -> None:
    (broken / "roles" / "a,b: 5%.md").write_text(
        "# Broken\n\n:::{job:role} 50%:a,b\n\n:::\n", encoding="utf-8"
    )
    result = run("check", "--format", "github", root=broken)
    assert result.exit_code == 1
    assert result.stdout == (
        "::error file=book/roles/a%2Cb%3A 5%25.md,line=3,title=rolebook%3A malformed-id::"
        "'50%25:a,b' is not an id: it takes a-z, 0-9 and '-', beginning with a letter."
        " Write 'a-b'.\n"
    )


def test_check_for_github_tells_warnings_from_errors(broken: Path) -> None:
    (broken / "roles" / "a,b: 5%.md").write_text(
        "# Broken\n\n:::{job:role} broken\n\n:::\n\nText.\n\n:::{job:note}\n\nText.\n\n:::\n",
        encoding="utf-8",
    )
    assert run("check", "--format", "github", root=broken).stdout.startswith("::warning file=")


@pytest.mark.parametrize(
    ("paths", "status"),
    [
        (["book"], 1),
        (["book/roles"], 1),
        (["book/roles/a,b: 5%.md"], 1),
        (["book/shared", "book/roles/a,b: 5%.md"], 1),
        (["book/shared"], 0),
        (["book/roles/analyst.md", "book/roles/data-engineer"], 0),
    ],
)
@pytest.mark.usefixtures("broken")
def test_check_of_some_files_only(paths: list[str], status: int) -> None:
    result = run("check", *paths, root=Path("book"))
    assert result.exit_code == status
    assert bool(result.stdout) == bool(status)


def test_check_of_one_file_reads_the_whole_handbook(broken: Path) -> None:
    (broken / "roles" / "data-engineer" / "index.md").unlink()
    result = run("check", broken / "roles" / "data-engineer" / "senior.md", root=broken)
    assert result.exit_code == 1
    assert "'data-engineer/senior' extends 'data-engineer', which does not exist." in result.stdout


@pytest.mark.parametrize(("epoch", "found"), [("0", 1), ("4102444800", 0), ("soon", 2)])
def test_check_by_the_day_of_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, found: int
) -> None:
    (tmp_path / "fr.md").write_text(
        "# Freedonia\n\n:::{job:variant} fr\n:axis: jurisdiction\n:applies-to: all\n\n:::\n\n"
        ":::{job:rules}\n:law: None\n:pay: not-required\n:sources: A lawyer\n"
        ":checked: 2026-11-21\n:confidence: high\n\n:::\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = run("check", root=tmp_path)
    assert result.exit_code == found
    assert ("after today, 1970-01-01" in result.stdout) == (found == 1)


@pytest.mark.parametrize(
    ("ignored", "left"),
    [
        ([], ["review-due", "missing-name"]),
        (["--ignore", "review-due"], ["missing-name"]),
        (["--ignore", "missing-name", "--ignore=review-due"], []),
    ],
)
def test_check_leaves_out_what_it_is_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ignored: list[str], left: list[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4102444800")
    (tmp_path / "page.md").write_text(
        "# Page\n\n:::{job:reviewed} 2026-11-21\n- The law\n:::\n\n:::{job:role}\n:::\n",
        encoding="utf-8",
    )
    result = run("check", "--format", "json", *ignored, root=tmp_path)
    assert [finding["code"] for finding in json.loads(result.stdout)] == left
    assert result.exit_code == bool(left)


def test_check_of_a_code_that_does_not_exist(broken: Path) -> None:
    result = run("check", "--ignore", "review-late", root=broken)
    assert result.exit_code == 2
    assert "'review-late'" in result.stderr


def test_check_of_a_path_elsewhere(tmp_path: Path, broken: Path) -> None:
    (tmp_path / "elsewhere.md").touch()
    result = run("check", tmp_path / "elsewhere.md", root=broken)
    assert result.exit_code == 2
    assert "elsewhere.md' is not in the handbook, which is '" in result.stderr


def test_check_of_a_path_that_does_not_exist() -> None:
    result = run("check", "no/such/file.md")
    assert result.exit_code == 2
    assert "no/such/file.md" in result.stderr


# list and show


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ([], ["data-analyst", "data-engineer", "data-engineer/senior", "remote"]),
        (["--kind", "role"], ["data-analyst", "data-engineer"]),
        (["--kind", "variant"], ["data-engineer/senior", "remote"]),
    ],
)
def test_list(arguments: list[str], ids: list[str]) -> None:
    result = run("list", *arguments)
    assert (result.exit_code, result.stdout.splitlines()) == (0, ids)


SHOWN = {
    "data-engineer": """\
Data engineer
  id:            data-engineer
  file:          roles/data-engineer/index.md:5
  family:        data
  skills:        SQL, Python
  level:         senior
  arrangement:   remote
  sections:      duties, work
  placeholders:  company name, cloud, employment, city
""",
    "data-engineer/senior": """\
Senior data engineer
  id:            data-engineer/senior
  file:          roles/data-engineer/senior.md:3
  axis:          level
  extends:       data-engineer
  roles:         data-engineer
  changes:       duties, team
""",
    "remote": """\
Remote
  id:            remote
  file:          shared/remote.md:3
  axis:          arrangement
  applies to:    all roles
  roles:         data-analyst, data-engineer
  changes:       remote-work
""",
}


@pytest.mark.parametrize(("id_", "shown"), SHOWN.items(), ids=SHOWN)
def test_show(id_: str, shown: str) -> None:
    result = run("show", id_)
    assert (result.exit_code, result.stdout) == (0, shown)


def test_show_of_what_does_not_exist() -> None:
    result = run("show", "data-enginer")
    assert result.exit_code == 2
    assert (
        "There is no role or variant 'data-enginer'. Did you mean 'data-engineer'?"
        " Known: data-analyst, data-engineer, data-engineer/senior, remote." in result.stderr
    )


def test_show_of_a_variant_without_its_role() -> None:
    result = run("show", "senior")
    assert result.exit_code == 2
    message = "There is no role or variant 'senior'. Name its role too: data-engineer/senior."
    assert message in result.stderr


def test_show_of_a_variant_for_families(tmp_path: Path) -> None:
    head = "# Health\n\n:::{job:variant} health\n:axis: industry\n:applies-to: data, ml\n\n:::\n"
    (tmp_path / "health.md").write_text(head, encoding="utf-8")
    shown = run("show", "health", root=tmp_path).stdout
    assert "  applies to:    roles of the family data or ml\n" in shown


# export


SENIOR = ("export", "data-engineer", "--level", "senior")


def test_export_is_markdown_with_defaults_filled_in() -> None:
    result = run(*SENIOR, "--arrangement", "remote", "--set", "company name=Example *Ltd*")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        result.stdout
        == """\
# Senior data engineer

You will build pipelines for Example \\*Ltd\\*.

## What you will do

- Look after them, für immer.
- Design pipelines on {{ cloud: AWS / GCP / Azure }}.

## How you will work

- Full-time.
- In {{ city }}.

## Team

- You lead two people.

## Remote work

- From anywhere.
"""
    )


# A job posting is never made of a template alone: see test_cli_export.py.
@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "jobposting"])
def test_export_writes_the_bytes_of_the_library(format_: str, tmp_path: Path) -> None:
    template = compose(load(HANDBOOK), "data-engineer", {Axis.LEVEL: "senior"})
    expected = export(template, format_, {"city": "Köln"})
    arguments = [*SENIOR, "--blank", "--set", "city=Köln", "--format", format_]
    assert run(*arguments).stdout_bytes == expected
    out = tmp_path / "description"
    result = run(*arguments, "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_bytes() == expected


def values(*arguments: str | Path) -> dict[str, str | list[str]]:
    result = run(*SENIOR, "--format", "json", *arguments)
    assert result.exit_code == 0
    return from_json(result.stdout)[1]


def test_values_from_the_command_line() -> None:
    assert values() == {"employment": "Full-time", "team": "two people"}
    assert values("--blank") == {}
    assert values("--set", "employment=Part-time", "--set", "team=") == {"employment": "Part-time"}
    assert values("--blank", "--set", "cloud=GCP", "--set", "cloud=AWS", "--set", "city=a=b") == {
        "cloud": ["GCP", "AWS"],
        "city": "a=b",
    }
    assert values("--blank", "--set", "  company   name =x") == {"company name": "x"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("answers.toml", '"company name" = "Köln Ltd"\ncloud = ["GCP"]\ncity = "Bonn"\n'),
        ("answers.json", '{"company  name": "Köln Ltd", "cloud": ["GCP"], "city": "Bonn"}'),
    ],
)
def test_values_from_a_file(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert values("--blank", "--fill", file, "--set", "city=Ulm") == {
        "company name": "Köln Ltd",
        "cloud": ["GCP"],
        "city": "Ulm",
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("answers.toml", '"company name" = 1_000\ncity = 18.50\nteam = 2026-11-21\n'),
        ("answers.json", '{"company name": 1000, "city": 18.50, "team": "2026-11-21"}'),
    ],
)
def test_numbers_and_dates_of_a_file_stand_as_they_are_written(
    tmp_path: Path, name: str, text: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert values("--blank", "--fill", file) == {
        "company name": "1000",
        "city": "18.50",
        "team": "2026-11-21",
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["export", "data-engineer", "--level", "senior", "--level", "junior"],
            "--level is given twice, with senior and junior. A template takes one variant an axis.",
        ),
        (
            ["export", "data-enginer"],
            "There is no role 'data-enginer'. Did you mean 'data-engineer'? Known: data-analyst,",
        ),
        (
            ["export", "data-engineer", "--level", "snior"],
            "There is no level 'snior' for data-engineer. Did you mean 'senior'? Known: senior.",
        ),
        (
            ["export", "data-analyst", "--level", "senior"],
            "There is no level 'senior' for data-analyst. There is no level to name here.",
        ),
        (
            ["export", "data-analyst", "--set", "compny name=x"],
            "The template has no placeholder 'compny name'. Did you mean 'company name'? Known: ",
        ),
        (
            ["export", "data-engineer", "--set", "employment=Full time"],
            "'Full time' is not a choice for 'employment'. Did you mean 'Full-time'? Known: Full-",
        ),
        (
            ["export", "data-engineer", "--set", "cloud=Own"],
            "'Own' is not a choice for 'cloud'. Known: AWS, Azure, GCP.",
        ),
        (
            ["export", "data-engineer", "--set", "city"],
            "--set takes NAME=VALUE, not 'city'.",
        ),
        (["export", "data-engineer", "--format", "pdf"], "'pdf' is not one of"),
        (["export", "data-engineer", "--out", "no/such/folder/x.md"], "x.md cannot be written: "),
        (["export", "data-engineer", "--fill", "nothing.toml"], "'nothing.toml' does not exist"),
        (["list", "--kind", "section"], "'section' is not one of"),
        (["exprt"], "No such command 'exprt'"),
    ],
)
def test_wrong_use_is_told_with_what_is_right(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.toml", b"city =", "a.toml cannot be read: "),
        ("a.json", b"{", "a.json cannot be read: "),
        ("a.json", b'"K\xf6ln"', "a.json cannot be read: "),
        ("a.json", b"[]", "a.json must hold names and values, one a placeholder."),
        ("a.json", b'{"city": null}', "a.json: 'city' must be a text, a number, a date or a list"),
        ("a.json", b'{"city": NaN}', "a.json: 'city' must be a text, a number, a date or a list"),
        ("a.toml", b"city = -inf", "a.toml: 'city' must be a text, a number, a date or a list"),
        ("a.toml", b"cloud = [true]", "a.toml: 'cloud' must be a text, a number, a date or a"),
        ("a.toml", b"cloud = [1]", "'1' is not a choice for 'cloud'."),
        ("a.toml", b'city = ["a"]', "'city' takes one value, not a list."),
        ("a.toml", b'cty = "a"', "The template has no placeholder 'cty'. Did you mean 'city'?"),
        ("a.toml", b'cloud = ["AWS", "Own"]', "'Own' is not a choice for 'cloud'."),
    ],
)
def test_answers_that_cannot_be_used(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    result = run("export", "data-engineer", "--fill", tmp_path / name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_export_from_files_with_findings_says_so_and_still_writes(broken: Path) -> None:
    result = run("export", "broken", root=broken)
    assert result.exit_code == 1
    assert result.stdout.startswith("# Broken\n")
    assert len(result.stderr.splitlines()) == 2
    assert run("export", "data-engineer", root=broken).exit_code == 0


# Where the handbook is


@pytest.mark.parametrize(
    ("layout", "folder", "ids"),
    [
        (["roles", "shared"], ".", 3),
        (["content/roles", "content/shared"], ".", 3),
        (["conf.py", "roles", "content/shared"], ".", 3),
        (["conf.py", "roles", "content"], "content", 0),
    ],
)
def test_the_handbook_is_this_folder_or_content_in_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    layout: list[str],
    folder: str,
    ids: int,
) -> None:
    for part in layout:
        source, target = HANDBOOK / Path(part).name, tmp_path / part
        if source.is_dir():
            shutil.copytree(source, target)
        elif target.suffix:
            target.touch()
        else:
            target.mkdir()
    monkeypatch.chdir(tmp_path / folder)
    result = CliRunner().invoke(main, ["list"])
    roles = [id_ for id_ in result.stdout.splitlines() if id_.startswith("data-")]
    assert len(roles) == ids


@pytest.mark.parametrize("command", [["check"], ["list"], ["show", "remote"], SENIOR])
def test_root_may_stand_behind_the_command(command: list[str]) -> None:
    behind = CliRunner().invoke(main, [*command, "--root", str(HANDBOOK)])
    assert behind.exit_code == 0
    assert behind.stdout == run(*command).stdout


def test_a_root_that_does_not_exist() -> None:
    assert run("check", root=Path("no/such/folder")).exit_code == 2


# Help


def commands() -> Iterator[tuple[str, click.Command]]:
    yield "", main
    yield from main.commands.items()


def examples() -> Iterator[tuple[str, str]]:
    for name, command in commands():
        for line in re.findall(r"^  (rolebook .+?)(?:  .*)?$", command.epilog or "", re.MULTILINE):
            yield name, line


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_has_examples_in_its_help(flag: str) -> None:
    taught = {name for name, _ in examples()}
    for name, command in commands():
        result = CliRunner().invoke(main, [*filter(None, [name]), flag])
        assert result.exit_code == 0
        assert "Examples:" in result.stdout
        assert name in taught
        for option in command.params:
            assert isinstance(option, click.Argument) or getattr(option, "help", None)


@pytest.mark.parametrize(("name", "example"), [*examples()])
def test_every_example_of_the_help_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, example: str
) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    answers = re.search(r'\((".+" = ".+")\)', main.commands["export"].epilog or "")
    assert answers
    Path("answers.toml").write_text(answers[1], encoding="utf-8")
    _, *arguments = shlex.split(example)
    assert not name or name in arguments
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    if "--out" in arguments:
        assert Path(arguments[arguments.index("--out") + 1]).stat().st_size > 1000


def test_the_command_as_a_process_of_its_own() -> None:
    arguments = ["--root", str(HANDBOOK), *SENIOR, "--format", "html"]
    done = subprocess.run(
        [sys.executable, "-m", "rolebook", *arguments],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert done.stdout == run(*SENIOR, "--format", "html").stdout_bytes
    assert done.stderr == b""
