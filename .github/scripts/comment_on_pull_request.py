"""Keep one comment on a pull request up to date, after its checks have run.

Runs with a token that may write, on the code of the default branch. Of the pull request it
takes one artefact, as data: see ``changes_comment``.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

from changes_comment import MARK, FormError, read, write
from github_api import BOT, ApiError, Repository

ARTEFACT, PREVIEW = "changes", "preview"
"""The names under which the workflow "Pull request" uploads its data and the built site."""

PACKED, UNPACKED = 1_000_000, 8_000_000
"""The most bytes that are read of the artefact, and of a file in it."""

NUMBER = re.compile(rb"[1-9][0-9]{0,8}\n?")


class RefusedError(Exception):
    """What came from the pull request's run is not what it should be."""


def main() -> int:
    """Comment on the pull request of the run in ``GITHUB_EVENT_PATH``; 1 if that is refused."""
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    try:
        print(comment(Repository(), event["workflow_run"]))
    except RefusedError as error:
        print(f"::error::No comment was written. {error}")
        return 1
    except ApiError as error:
        print(f"::error::GitHub's API did not answer as it should: {error}")
        return 1
    return 0


def comment(repository: Repository, run: dict[str, Any]) -> str:
    """Write the comment for a run, and say what was done. Raises :class:`RefusedError`."""
    listed = repository.get(f"actions/runs/{run['id']}/artifacts?per_page=100")["artifacts"]
    artefacts = {artefact["name"]: artefact for artefact in listed}
    if ARTEFACT not in artefacts:
        return "The run has left no changes to comment on."
    files = unpack(repository, artefacts[ARTEFACT])
    number = read_number(files["number"])
    pull = repository.get(f"pulls/{number}")
    # The number comes from the pull request's own run, which could name any other one.
    if pull["state"] != "open" or pull["head"]["sha"] != run["head_sha"]:
        return f"#{number} is not open at the commit that was checked."
    try:
        changes = read(files["changes.json"])
    except FormError as error:
        # What was in it is not repeated: it could be a command to the runner.
        raise RefusedError("changes.json has another form than it should.") from error
    text = write(changes, preview(run, artefacts))
    own = find_own(repository, number)
    if own is not None:
        if own["body"].strip() == text.strip():
            return f"The comment on #{number} is up to date."
        repository.patch(f"issues/comments/{own['id']}", body=text)
        return f"Updated the comment on #{number}."
    if not changes["files"]:
        return f"#{number} changes nothing in the handbook."
    repository.post(f"issues/{number}/comments", body=text)
    return f"Commented on #{number}."


def unpack(repository: Repository, artefact: dict[str, Any]) -> dict[str, bytes]:
    """The two files of the artefact, read in memory. Raises :class:`RefusedError`."""
    try:
        data = repository.download(f"actions/artifacts/{int(artefact['id'])}/zip", PACKED)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: _member(archive, name) for name in ("number", "changes.json")}
    except (ValueError, KeyError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise RefusedError("The artefact is too large or broken, or lacks a file.") from error


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        data = file.read(UNPACKED + 1)
    if len(data) > UNPACKED:
        raise ValueError(f"{name} is too large")
    return data


def read_number(written: bytes) -> int:
    """The number of a pull request. Raises :class:`RefusedError`."""
    if not NUMBER.fullmatch(written):
        raise RefusedError("The artefact holds no number of a pull request.")
    return int(written)


def preview(run: dict[str, Any], artefacts: dict[str, dict[str, Any]]) -> str:
    """A link to the built site."""
    if PREVIEW not in artefacts:
        return f"The site could not be built: [what went wrong]({run['html_url']})."
    address = f"{run['html_url']}/artifacts/{int(artefacts[PREVIEW]['id'])}"
    return (
        f"[Download the site as it would be]({address}), unpack it and open `index.html`."
        " Its search needs a web server; all else works from the folder."
    )


def find_own(repository: Repository, number: int) -> dict[str, Any] | None:
    """The comment that this script has written earlier."""
    for each in repository.get_all(f"issues/{number}/comments"):
        if each["user"]["login"] == BOT and each["body"].startswith(MARK):
            return each
    return None


if __name__ == "__main__":
    sys.exit(main())
