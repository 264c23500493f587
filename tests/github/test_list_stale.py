"""The one issue with what is due, against a stand-in for GitHub's API."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from api import Api, serve_api
from list_stale import KINDS, LIMIT, MARK, TITLE

from rolebook.diagnostics import Code

ROOT = Path(__file__).parents[2]
ISSUES = "issues?state=open&labels=stale&per_page=100&page=1"
BOT = {"login": "github-actions[bot]"}


@pytest.fixture
def api() -> Iterator[Api]:
    with serve_api() as api:
        api.answers = {ISSUES: []}
        yield api


def finding(code: str = "review-due", file: str = "content/a.md", **more: Any) -> dict[str, Any]:
    return {
        "file": file,
        "line": 3,
        "code": code,
        "severity": "warning",
        "message": "Due.",
        "remedy": "Read it.",
        **more,
    }


def run(api: Api, folder: Path, *findings: dict[str, Any]) -> tuple[int, str]:
    file = folder / "findings.json"
    file.write_text(json.dumps(findings), encoding="utf-8")
    return api.run("list_stale.py", str(file))


def test_what_is_due_opens_an_issue(api: Api, tmp_path: Path) -> None:
    found = [finding("pay-stale", "content/pay/b.csv"), finding(), finding("unused-placeholder")]
    assert run(api, tmp_path, *found) == (0, "Opened #7.\n")
    ((method, path, sent),) = api.sent
    assert (method, path, sent["title"], sent["labels"]) == ("POST", "issues", TITLE, ["stale"])
    assert sent["body"].startswith(MARK)
    pages, _, figures = sent["body"].partition(f"### {KINDS['pay-stale']}")
    address = "https://git.example.org/owner/name/edit/main/content"
    assert f"- [ ] [`content/a.md:3`]({address}/a.md#L3): `Due. Read it.`" in pages
    assert f"[`content/pay/b.csv:3`]({address}/pay/b.csv#L3)" in figures
    assert sent["body"].count("- [ ]") == 2


def test_its_own_issue_is_renewed_and_left_alone_where_nothing_changed(
    api: Api, tmp_path: Path
) -> None:
    api.answers[ISSUES] = [
        {"number": 3, "user": {"login": "stranger"}, "body": MARK},
        {"number": 4, "user": BOT, "body": f"{MARK}\nOld"},
        {"number": 5, "user": BOT, "body": None},
    ]
    assert run(api, tmp_path, finding()) == (0, "Updated #4.\n")
    ((method, path, sent),) = api.sent
    assert (method, path) == ("PATCH", "issues/4")
    api.answers[ISSUES] = [{"number": 4, "user": BOT, "body": sent["body"]}]
    assert run(api, tmp_path, finding()) == (0, "#4 is up to date.\n")
    assert len(api.sent) == 1


def test_it_is_closed_when_nothing_is_due(api: Api, tmp_path: Path) -> None:
    assert run(api, tmp_path) == (0, "Nothing is due.\n")
    api.answers[ISSUES] = [{"number": 4, "user": BOT, "body": MARK}]
    assert run(api, tmp_path) == (0, "Nothing is due any more: closed #4.\n")
    assert api.sent == [("PATCH", "issues/4", {"state": "closed", "state_reason": "completed"})]


def test_texts_make_no_markup(api: Api, tmp_path: Path) -> None:
    hostile = finding(file="content/a](x) `b`.md", message="@team `x` <b>\n# H")
    run(api, tmp_path, hostile)
    line = api.sent[0][2]["body"].rstrip().splitlines()[-1]
    assert line == (
        "- [ ] [`` content/a](x) `b`.md:3 ``](https://git.example.org/owner/name/edit/main/"
        "content/a%5D%28x%29%20%60b%60.md#L3): `` @team `x` <b> # H Read it. ``"
    )


def test_what_finds_no_room_is_counted(api: Api, tmp_path: Path) -> None:
    run(api, tmp_path, *(finding(file=f"content/{n:0100}.md") for n in range(900)))
    body = api.sent[0][2]["body"]
    assert LIMIT * 0.9 < len(body) < 65_536
    assert f"**{900 - body.count('- [ ]')} more** are left out" in body


def test_the_api_out_of_reach_is_told(api: Api, tmp_path: Path) -> None:
    api.answers.clear()
    status, printed = run(api, tmp_path, finding())
    assert status == 1
    assert printed.startswith("::error::GitHub's API did not answer as it should: HTTP Error 404")


def test_an_answer_that_is_no_data_is_told(api: Api, tmp_path: Path) -> None:
    api.answers[ISSUES] = b"<html>"
    status, printed = run(api, tmp_path, finding())
    assert status == 1
    assert printed == f"::error::GitHub's API did not answer as it should: no JSON from {ISSUES}\n"


def test_the_handbook_in_some_years_is_listed(api: Api, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rolebook", "check", "--format", "json"]
    later = {**os.environ, "SOURCE_DATE_EPOCH": "2000000000"}
    done = subprocess.run(command, cwd=ROOT, env=later, capture_output=True, check=False)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert {each["code"] for each in found} == set(KINDS)
    run(api, tmp_path, *found)
    assert "[`content/guides/pay.md:" in api.sent[0][2]["body"]


def test_the_kinds_are_findings_of_rolebook() -> None:
    assert set(KINDS) <= {code.id for code in Code}
