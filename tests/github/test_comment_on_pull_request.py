"""The one comment on a pull request, against a stand-in for GitHub's API."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from api import Api, serve_api
from changes_comment import MARK
from comment_on_pull_request import PACKED, UNPACKED

RUN = {
    "id": 11,
    "head_sha": "a" * 40,
    "html_url": "https://git.example.org/owner/name/actions/runs/11",
}
BOT = {"login": "github-actions[bot]"}
COMMENTS = "issues/5/comments?per_page=100&page=1"
CHANGES = {
    "format": "rolebook-changes",
    "version": 1,
    "files": [{"file": "roles/a.md", "fate": "changed"}],
    "templates": [
        {
            "fate": "changed",
            "templates": ["a"],
            "against_role": False,
            "lines": [["dropped", "Old."], ["added", "New."]],
        }
    ],
    "misread": [],
}
NOTHING = {**CHANGES, "files": [], "templates": []}


def packed(number: bytes = b"5\n", changes: object = CHANGES, **more: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("number", number)
        archive.writestr("changes.json", json.dumps(changes))
        for name, content in more.items():
            archive.writestr(name, content)
    return file.getvalue()


def without(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(*{"number": ("changes.json", "{}"), "changes.json": ("number", "5")}[name])
    return file.getvalue()


@pytest.fixture
def api() -> Iterator[Api]:
    with serve_api() as api:
        api.answers = {
            "actions/runs/11/artifacts?per_page=100": {
                "artifacts": [{"id": 21, "name": "preview"}, {"id": 22, "name": "changes"}]
            },
            "actions/artifacts/22/zip": "/files/22.zip",
            "/files/22.zip": packed(),
            "pulls/5": {"state": "open", "head": {"sha": "a" * 40}},
            COMMENTS: [],
        }
        yield api


def run(api: Api, folder: Path) -> tuple[int, str]:
    event = folder / "event.json"
    event.write_text(json.dumps({"workflow_run": RUN}), encoding="utf-8")
    return api.run("comment_on_pull_request.py", GITHUB_EVENT_PATH=str(event))


def test_the_first_time_it_comments(api: Api, tmp_path: Path) -> None:
    assert run(api, tmp_path) == (0, "Commented on #5.\n")
    ((method, path, sent),) = api.sent
    assert (method, path) == ("POST", "issues/5/comments")
    assert sent["body"].startswith(MARK)
    assert "```diff\n- Old.\n+ New.\n```" in sent["body"]
    assert f"({RUN['html_url']}/artifacts/21)" in sent["body"]


def test_the_token_goes_to_the_api_alone(api: Api, tmp_path: Path) -> None:
    run(api, tmp_path)
    assert api.strangers == [None]


def test_later_it_renews_its_own_comment(api: Api, tmp_path: Path) -> None:
    api.answers[COMMENTS] = [
        {"id": 31, "user": BOT, "body": "Something else"},
        {"id": 32, "user": {"login": "stranger"}, "body": MARK},
        {"id": 33, "user": BOT, "body": f"{MARK}\n\nOld"},
    ]
    assert run(api, tmp_path) == (0, "Updated the comment on #5.\n")
    assert [sent[:2] for sent in api.sent] == [("PATCH", "issues/comments/33")]


def test_its_own_comment_is_found_among_many(api: Api, tmp_path: Path) -> None:
    others = [{"id": n, "user": BOT, "body": ""} for n in range(100)]
    api.answers[COMMENTS] = others
    api.answers[COMMENTS[:-1] + "2"] = [{"id": 133, "user": BOT, "body": f"{MARK}\n\nOld"}]
    assert run(api, tmp_path) == (0, "Updated the comment on #5.\n")
    assert api.sent[0][1] == "issues/comments/133"


def test_a_comment_that_says_the_same_is_left_alone(api: Api, tmp_path: Path) -> None:
    run(api, tmp_path)
    body = api.sent.pop()[2]["body"]
    api.answers[COMMENTS] = [{"id": 33, "user": BOT, "body": body.rstrip()}]
    assert run(api, tmp_path) == (0, "The comment on #5 is up to date.\n")
    assert api.sent == []


def test_without_changes_it_says_nothing_unless_it_has_before(api: Api, tmp_path: Path) -> None:
    api.answers["/files/22.zip"] = packed(changes=NOTHING)
    assert run(api, tmp_path) == (0, "#5 changes nothing in the handbook.\n")
    assert api.sent == []
    api.answers[COMMENTS] = [{"id": 33, "user": BOT, "body": f"{MARK}\n\nOld"}]
    assert run(api, tmp_path) == (0, "Updated the comment on #5.\n")
    assert "No file of the handbook changes." in api.sent[0][2]["body"]


def test_without_a_site_it_leads_to_what_went_wrong(api: Api, tmp_path: Path) -> None:
    artefacts = api.answers["actions/runs/11/artifacts?per_page=100"]["artifacts"]
    del artefacts[0]
    assert run(api, tmp_path)[0] == 0
    assert f"[what went wrong]({RUN['html_url']})" in api.sent[0][2]["body"]


def test_a_run_that_left_no_changes(api: Api, tmp_path: Path) -> None:
    api.answers["actions/runs/11/artifacts?per_page=100"] = {"artifacts": []}
    assert run(api, tmp_path) == (0, "The run has left no changes to comment on.\n")


@pytest.mark.parametrize(
    "pull",
    [
        {"state": "open", "head": {"sha": "b" * 40}},
        {"state": "closed", "head": {"sha": "a" * 40}},
    ],
    ids=["another one, or at another commit by now", "closed"],
)
def test_only_the_pull_request_of_the_run_is_written_to(
    api: Api, tmp_path: Path, pull: dict[str, Any]
) -> None:
    api.answers["pulls/5"] = pull
    assert run(api, tmp_path) == (0, "#5 is not open at the commit that was checked.\n")
    assert api.sent == []


@pytest.mark.parametrize(
    "archive",
    [
        packed(number=b""),
        packed(number=b"5; echo"),
        packed(number=b"../5"),
        packed(number=b"-5"),
        packed(number=b"5\n5"),
        packed(number=b"9" * 30),
        packed(number="٥".encode()),
        packed(changes=["::error::forged"]),
        packed(changes={**CHANGES, "version": 9}),
        packed(changes={**CHANGES, "misread": ["x" * UNPACKED]}),
        packed()[:-60],
        b"no archive",
        packed(filler=random.Random(1).randbytes(PACKED)),
        without("number"),
        without("changes.json"),
    ],
    ids=[
        *("no number", "a command", "a path", "negative", "two numbers", "a long number"),
        *("other digits", "a list", "another version", "a bomb", "cut off", "no archive"),
        *("too large", "lacks the number", "lacks the changes"),
    ],
)
def test_what_is_no_data_of_changes_is_refused(api: Api, tmp_path: Path, archive: bytes) -> None:
    api.answers["/files/22.zip"] = archive
    status, printed = run(api, tmp_path)
    assert status == 1
    assert printed.startswith("::error::No comment was written. ")
    assert len(printed.splitlines()) == 1
    assert "forged" not in printed
    assert api.sent == []


def test_a_pull_request_that_is_not_there(api: Api, tmp_path: Path) -> None:
    del api.answers["pulls/5"]
    status, printed = run(api, tmp_path)
    assert (status, api.sent) == (1, [])
    assert printed.startswith("::error::GitHub's API did not answer as it should: HTTP Error 404")


def test_an_answer_that_is_no_data(api: Api, tmp_path: Path) -> None:
    api.answers["pulls/5"] = b"<html>"
    status, printed = run(api, tmp_path)
    assert (status, api.sent) == (1, [])
    assert printed == ("::error::GitHub's API did not answer as it should: no JSON from pulls/5\n")
