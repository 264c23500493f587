"""``rolebook export`` for vacancies, and for a whole handbook at once."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rolebook.catalog import load
from rolebook.cli import main
from rolebook.compose import compose
from rolebook.details import DETAILS
from rolebook.exports import FORMATS, export
from rolebook.exports.json import from_json
from rolebook.exports.shapes import shapes
from rolebook.model import Axis
from rolebook.placeholders import defaults

HERE = Path(__file__).parent / "vacancy"
HANDBOOK = HERE / "handbook"
BOOK = Path(__file__).parent / "handbook"
ANSWERS = HERE / "answers.toml"
ROLE = ("export", "data-engineer")
FILLED = (*ROLE, "--fill", str(ANSWERS))
LONG = "x" * 300
TOO_LONG = "File name too long"


def run(*arguments: str | Path, root: Path = HANDBOOK) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), *map(str, arguments)])


def told(result: Result) -> str:
    """What a wrong use is told, behind click's two lines on usage."""
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr.partition("\n\nError: ")[2]


# Vacancies


@pytest.mark.parametrize("format_", shapes()["formats"])
def test_a_vacancy_is_printed_or_written(tmp_path: Path, format_: str) -> None:
    arguments = (*FILLED, "--level", "senior", "--format", format_)
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    expected = HERE / f"filled{FORMATS[format_].suffix}"
    assert result.stdout_bytes == expected.read_bytes()
    assert run(*arguments, "--out", tmp_path / "job").exit_code == 0
    assert (tmp_path / "job").read_bytes() == result.stdout_bytes


def test_all_that_is_missing_is_named_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "job.html"
    arguments = ("--set", "company=", "--set", "year=", "--set", "country=", "--out", out)
    assert told(run(*FILLED, "--format", "jobposting", *arguments)) == (
        "'jobposting' cannot do without:\n"
        "  Company name (--set company=…): Not given: hiringOrganization needs it.\n"
        "  Year (--set year=…): Still blank in the text.\n"
        "  Country (--set country=…): Not given: jobLocation needs it.\n"
    )
    assert not out.exists()


def test_a_template_is_no_vacancy() -> None:
    lines = told(run(*ROLE, "--format", "jobposting")).splitlines()
    assert '  Place of work (--set "place of work=…"): Still blank in the text.' in lines
    template = compose(load(HANDBOOK), "data-engineer")
    # Each blank without a default, and the two details that the text has no place for.
    assert len(lines) == 1 + len(template.placeholders) - 1 + 2


def test_a_draft_is_written_and_what_it_lacks_is_told() -> None:
    result = run(*FILLED, "--format", "lever", "--set", "year=", "--set", "tool=", "--set", "team=")
    assert result.exit_code == 0
    assert "{{ year }}" in json.loads(result.stdout)["description"]
    assert result.stderr == (
        "warning: lever: Year (--set year=…), Tool (--set tool=…): Still blank in the text.\n"
        "warning: lever: Team (--set team=…): Not given: categories.team is left out.\n"
    )


def test_the_formats_of_a_text_say_nothing_of_details() -> None:
    assert run(*ROLE, "--format", "markdown").stderr == ""


@pytest.mark.parametrize(
    ("settings", "format_", "message"),
    [
        (
            ["country=UK"],
            "lever",
            "'country': 'UK' cannot be read. Write two letters as in ISO 3166, such as US, GB or",
        ),
        (
            ["date-posted=today"],
            "jobposting",
            "'date-posted': 'today' cannot be read. Write year, month and day, such as 2026-01-31.",
        ),
        (
            ["contry=DE"],
            "lever",
            "The template has no placeholder or detail 'contry'. Did you mean 'country'? Known: ",
        ),
        (
            ["country=DE"],
            "markdown",
            "The template has no place for the detail 'country'. These formats have: greenhouse,",
        ),
        (["contry=DE"], "markdown", "The template has no placeholder 'contry'. Did you "),
        (
            ["employment-type=full"],
            "lever",
            "'full' is not a choice for 'employment-type'. Known: Full-time, Half the week.",
        ),
        (
            ["hours=Full-time", "employment-type=full"],
            "lever",
            "'full' is not a choice for 'employment-type'. Did you mean 'full-time'? Known: cont",
        ),
    ],
)
def test_what_cannot_be_a_detail_is_told(settings: list[str], format_: str, message: str) -> None:
    options = [part for setting in settings for part in ("--set", setting)]
    assert told(run(*ROLE, "--format", format_, *options)).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("country = ['DE', 'FR']", "'country' takes one value, not a list."),
        ("date-posted = 2026-11-21T10:00:00", ": 'date-posted' must be a text, a number, a date"),
        ("country = true", ": 'country' must be a text, a number, a date or a list of these."),
        ("country = 100", "'country': '100' cannot be read. Write two letters as in ISO 3166"),
    ],
)
def test_what_a_file_cannot_hold_for_a_detail(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(text, encoding="utf-8")
    assert message in told(run(*ROLE, "--format", "lever", "--fill", file))


@pytest.mark.parametrize(
    ("name", "text"), [("a.json", "[" * 100_000), ("a.toml", "country = " + "[" * 100_000)]
)
def test_a_file_of_many_brackets(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert told(run(*ROLE, "--fill", file)) == f"{file} cannot be read: it has too many brackets.\n"


def values(format_: str, *arguments: str | Path) -> dict[str, str | list[str]]:
    """What the template is filled with, as far as the JSON export tells."""
    result = run(*ROLE, "--blank", "--format", format_, *arguments)
    assert result.exit_code == 0, result.stderr
    return from_json(result.stdout)[1]


def test_a_details_id_stands_for_the_placeholder_that_stands_for_it(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text("deadline = 2026-11-21\nbenefits = ['shares']\n", encoding="utf-8")
    assert values("json", "--set", "company-name=Example Ltd", "--fill", file) == {
        "company": "Example Ltd",
        "last day": "2026-11-21",
        "extras": ["shares"],
    }
    # A code is as good as the choice that has it.
    assert values("json", "--set", "employment-type=part-time") == {"hours": "Half the week"}
    assert values("json", "--set", "hours=full-time") == {"hours": "Full-time"}


def test_a_placeholder_and_its_detail_can_be_given_apart() -> None:
    arguments = ("--set", "last day=21 November", "--set", "deadline=2026-11-21")
    result = run(*FILLED, "--format", "jobposting", *arguments)
    assert result.exit_code == 0
    assert "until 21 November." in result.stdout
    assert '"validThrough": "2026-11-21"' in result.stdout
    # What the text has no use for does not hinder it.
    assert values("json", *arguments) == {"last day": "21 November"}


@pytest.mark.parametrize("format_", ["markdown", "lever"])
def test_one_file_of_answers_serves_all_formats(tmp_path: Path, format_: str) -> None:
    file = tmp_path / "answers.toml"
    file.write_text("country = 'DE'\narrangement = 'remote'\nyear = 1999\n", encoding="utf-8")
    result = run(*ROLE, "--arrangement", "remote", "--format", format_, "--fill", file)
    assert result.exit_code == 0, result.stderr
    assert "1999" in result.stdout
    assert ("DE" in result.stdout) == (format_ == "lever")
    # What is no detail is a slip all the same.
    file.write_text("contry = 'DE'\n", encoding="utf-8")
    assert "'contry'. Did you mean" in told(run(*ROLE, "--format", format_, "--fill", file))


@pytest.mark.parametrize("format_", ["markdown", "lever"])
@pytest.mark.parametrize("value", ["on-site", "Hybrid"])
def test_an_arrangement_other_than_the_variants_is_told(format_: str, value: str) -> None:
    arguments = ("--arrangement", "remote", "--set", f"arrangement={value}")
    assert told(run(*ROLE, "--format", format_, *arguments)) == (
        f"'arrangement' is '{value}', and --arrangement is 'remote'."
        " Change one of them, or leave the answer out.\n"
    )


@pytest.mark.parametrize(("format_", "value"), [("markdown", "Remote"), ("lever", "remote")])
def test_the_arrangement_of_the_variant_may_be_given_too(format_: str, value: str) -> None:
    arguments = ("--arrangement", "remote", "--set", f"arrangement={value}")
    assert run(*ROLE, "--format", format_, *arguments).exit_code == 0


def test_every_detail_can_be_given_by_its_id() -> None:
    examples = {"number": "1", "date": "2026-11-21", "country": "DE", "currency": "EUR"}
    for detail in DETAILS.values():
        value = detail.codes[0] if detail.codes else examples.get(detail.kind, "https://x")
        result = run(*ROLE, "--format", "ashby", "--set", f"{detail.id}={value}")
        # The choices of this handbook's placeholders are fewer than there are codes.
        assert result.exit_code == (2 if detail.id == "benefits" else 0), result.stderr


# All at once


def tree(folder: Path) -> dict[str, bytes]:
    """The files in a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def batch(out: Path, *arguments: str | Path, root: Path = BOOK) -> Result:
    return run("export", "--all", "--out", out, *arguments, root=root)


NAMES: Mapping[str, Mapping[Axis, str]] = {
    "data-analyst/arrangement-remote": {Axis.ARRANGEMENT: "remote"},
    "data-analyst/role": {},
    "data-engineer/arrangement-remote": {Axis.ARRANGEMENT: "remote"},
    "data-engineer/level-senior": {Axis.LEVEL: "senior"},
    "data-engineer/role": {},
}


def test_every_role_and_variant_in_every_format(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    arguments = (
        "--set",
        "city=Köln",
        "--format",
        "markdown",
        "--format",
        "docx",
        "--format",
        "json",
    )
    result = batch(out, *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"15 files in {out}.\n")
    files = tree(out)
    index = json.loads(files.pop("index.json"))
    catalog = load(BOOK)
    wanted = {}
    for name, chosen in NAMES.items():
        template = compose(catalog, name.partition("/")[0], chosen)
        given = {**defaults(template.placeholders), "city": "Köln"}
        for format_ in ("markdown", "docx", "json"):
            wanted[name + FORMATS[format_].suffix] = export(template, format_, given)
    assert files == wanted
    assert (index["format"], index["version"]) == ("rolebook-batch", 1)
    assert [row["file"] for row in index["files"]] == sorted(files)
    for row in index["files"]:
        data = files[row["file"]]
        assert (row["bytes"], row["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert index["files"][4] == {
        "file": "data-analyst/role.json",
        "role": "data-analyst",
        "axis": None,
        "variant": None,
        "title": "Data analyst",
        "format": "json",
        "bytes": len(files["data-analyst/role.json"]),
        "sha256": hashlib.sha256(files["data-analyst/role.json"]).hexdigest(),
    }
    assert {(row["axis"], row["variant"]) for row in index["files"]} == {
        (None, None),
        ("level", "senior"),
        ("arrangement", "remote"),
    }


def test_a_second_run_gives_the_same_bytes(tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(out, "--format", "json")
    first = tree(out)
    assert batch(out, "--format", "json").exit_code == 0
    assert tree(out) == first


def test_what_a_batch_no_longer_has_goes(tmp_path: Path) -> None:
    book, out = tmp_path / "book", tmp_path / "out"
    shutil.copytree(BOOK, book)
    batch(out, "--format", "text", root=book)
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    (book / "roles" / "analyst.md").unlink()
    assert batch(out, "--format", "markdown", root=book).exit_code == 0
    assert [*tree(out)] == [
        "data-engineer/arrangement-remote.md",
        "data-engineer/level-senior.md",
        "data-engineer/role.md",
        "index.json",
        "mine.txt",
    ]
    assert not (out / "data-analyst").exists()


@pytest.mark.parametrize(
    "there",
    [
        {"mine.txt": "mine"},
        {"index.json": "{"},
        {"index.json": "[]"},
        {"index.json": "[" * 100_000},
        {"index.json": '{"format": "another", "files": []}'},
        {"index.json": '{"format": "rolebook-batch", "files": [3]}'},
        {"data-engineer/role.md": "mine"},
    ],
)
def test_a_folder_that_it_did_not_make_stays_as_it_is(
    tmp_path: Path, there: Mapping[str, str]
) -> None:
    out = tmp_path / "out"
    for name, text in there.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    before = tree(out)
    message = f"{out} holds something else than an earlier batch. Name a new or empty folder.\n"
    assert told(batch(out)) == message
    assert tree(out) == before


def test_a_strangers_file_in_the_way_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(out, "--format", "text")
    (out / "data-engineer" / "role.md").write_text("mine", encoding="utf-8")
    before = tree(out)
    stranger = out / "data-engineer" / "role.md"
    assert told(batch(out)) == f"{stranger} is not of an earlier batch. Move it away.\n"
    assert tree(out) == before


def test_an_index_leads_nowhere_else(tmp_path: Path) -> None:
    mine = tmp_path / "mine.md"
    mine.write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    batch(out)
    index = json.loads((out / "index.json").read_text(encoding="utf-8"))
    index["files"] += [{"file": name} for name in ("../mine.md", str(mine), "a/../../mine.md")]
    (out / "index.json").write_text(json.dumps(index), encoding="utf-8")
    assert batch(out).exit_code == 0
    assert mine.read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert batch(tmp_path).exit_code == 0
    assert len(tree(tmp_path)) == 6


def test_vacancies_that_lack_something_leave_nothing_behind(tmp_path: Path) -> None:
    out = tmp_path / "out"
    message = told(batch(out, "--format", "markdown", "--format", "jobposting"))
    assert message.startswith("'jobposting' cannot do without:\n")
    # Each once, with the templates that lack it.
    engineers = "data-engineer, data-engineer/senior, data-engineer/remote"
    assert message.splitlines()[2:] == [
        "  Date posted (--set date-posted=…): Not given: datePosted needs it. In all 5 templates.",
        (
            "  Country (--set country=…): Not given: jobLocation needs it."
            " In data-analyst, data-engineer, data-engineer/senior."
        ),
        (
            "  Country (--set country=…): Not given: applicantLocationRequirements needs it."
            " In data-analyst/remote, data-engineer/remote."
        ),
        f"  Cloud (--set cloud=…): Still blank in the text. In {engineers}.",
        f"  City (--set city=…): Still blank in the text. In {engineers}.",
    ]
    assert not out.exists()


def test_vacancies_of_all_that_are_filled_in(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("--fill", ANSWERS, "--set", "place of work=Remote", "--format", "jobposting")
    result = batch(out, *arguments, root=HANDBOOK)
    assert (result.exit_code, result.stderr) == (0, f"3 files in {out}.\n")
    assert (out / "data-engineer" / "arrangement-remote.jobposting.html").read_bytes() == (
        HERE / "remote.jobposting.html"
    ).read_bytes()


def test_values_are_filled_in_where_they_fit(tmp_path: Path) -> None:
    result = batch(tmp_path, "--set", "team=nine people")
    assert result.exit_code == 0
    assert "nine people" in (tmp_path / "data-engineer" / "level-senior.md").read_text(
        encoding="utf-8"
    )
    message = told(batch(tmp_path / "x", "--set", "tem=x"))
    assert message.startswith("The template has no placeholder 'tem'. Did you mean 'team'?")
    assert told(batch(tmp_path / "x", "--set", "employment=Never")).startswith("'Never' is not a")


def test_findings_are_printed_and_the_files_written(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(BOOK, book)
    (book / "roles" / "x.md").write_text("# X\n\n:::{job:role} x\n:famly: y\n\n:::\n", "utf-8")
    result = batch(tmp_path / "out", root=book)
    assert result.exit_code == 1
    assert "[unknown-option]" in result.stderr
    assert (tmp_path / "out" / "x" / "role.md").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["export"], "Name a ROLE, or take all with --all."),
        (
            ["export", "data-engineer", "--all", "--out", "x"],
            "--all takes every role: leave out ROLE, or --all.",
        ),
        (["export", "--all"], "--all needs --out, the folder to write into."),
        (
            ["export", "--all", "--out", "x", "--level", "senior"],
            "--all takes every variant: leave out --level.",
        ),
        (
            ["export", "data-engineer", "--format", "text", "--format", "json"],
            "One ROLE is exported in one --format. Several go with --all.",
        ),
        (["export", "--all", "--out", __file__], f"{__file__} is a file. Name a folder."),
        (["export", "data-engineer", "--out", HERE], f"{HERE} is a folder. Name a file."),
        (["export", "data-engineer", "--out", LONG], f"{LONG} cannot be written: {TOO_LONG}."),
        (["export", "--all", "--out", LONG], f"{LONG} cannot be written: {TOO_LONG}."),
    ],
)
def test_wrong_use_of_a_batch(arguments: list[str | Path], message: str) -> None:
    assert told(run(*arguments)) == f"{message}\n"
    assert not Path("x").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    message = told(batch(tmp_path / "file" / "out"))
    assert message == f"{tmp_path / 'file' / 'out'} cannot be written: Not a directory.\n"


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    ours, terminal = pty.openpty()
    out = tmp_path / "out"
    command = [sys.executable, "-m", "rolebook", "--root", str(BOOK), "export", "--all", "--out"]
    done = subprocess.run(
        [*command, str(out)], stdout=subprocess.PIPE, stderr=terminal, check=True, timeout=60
    )
    os.close(terminal)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Exporting" in shown
    assert "100%" in shown
    assert done.stdout == b""
    assert "Exporting" not in batch(tmp_path / "other").stderr
