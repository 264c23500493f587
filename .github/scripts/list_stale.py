"""Keep one issue that lists what has grown old: pages that are due for review, figures of pay.

``python list_stale.py findings.json`` takes what ``rolebook check --format json`` printed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

import untrusted
from github_api import BOT, ApiError, Repository

MARK = "<!-- rolebook: stale -->"
TITLE = "Pages and figures that are due"
LABEL = "stale"
INTRODUCTION = """\
Time alone has made these due. This list is renewed every week, and closed when it is empty; \
`rolebook check` prints the same."""
LIMIT = 60_000
"""The most characters of the issue; GitHub takes 65,536."""

KINDS = {
    "review-due": "Pages to read over against their sources",
    "pay-stale": "Figures of pay to bring up to date",
}
"""The findings that come with time alone, and how the issue calls them."""

Finding = dict[str, str | int]


def main(file: Path) -> int:
    """Open, update or close the issue."""
    findings = json.loads(file.read_text(encoding="utf-8"))
    try:
        print(keep(Repository(), [finding for finding in findings if finding["code"] in KINDS]))
    except ApiError as error:
        print(f"::error::GitHub's API did not answer as it should: {error}")
        return 1
    return 0


def keep(repository: Repository, findings: Sequence[Finding]) -> str:
    """Bring the issue up to date with the findings, and say what was done."""
    own = next(
        (
            issue
            for issue in repository.get_all(f"issues?state=open&labels={LABEL}")
            if issue["user"]["login"] == BOT and (issue["body"] or "").startswith(MARK)
        ),
        None,
    )
    if not findings:
        if own is None:
            return "Nothing is due."
        repository.patch(f"issues/{own['number']}", state="closed", state_reason="completed")
        return f"Nothing is due any more: closed #{own['number']}."
    body = write(findings)
    if own is None:
        made = repository.post("issues", title=TITLE, body=body, labels=[LABEL])
        return f"Opened #{made['number']}."
    if own["body"].strip() == body.strip():
        return f"#{own['number']} is up to date."
    repository.patch(f"issues/{own['number']}", body=body)
    return f"Updated #{own['number']}."


def write(findings: Sequence[Finding]) -> str:
    """The issue's text."""
    lines = [MARK, INTRODUCTION]
    order = list(KINDS)
    found = sorted(findings, key=lambda each: (order.index(str(each["code"])), str(each["file"])))
    left_out = 0
    for code, group in groupby(found, key=lambda each: str(each["code"])):
        lines += ["", f"### {KINDS[code]}", ""]
        for finding in group:
            line = _line(finding)
            if sum(map(len, lines)) + len(lines) + len(line) > LIMIT:
                left_out += 1
            else:
                lines.append(line)
    if left_out:
        lines += ["", f"**{left_out} more** are left out, as an issue holds no more."]
    return "\n".join(lines) + "\n"


def _line(finding: Finding) -> str:
    file, number = str(finding["file"]), int(finding["line"])
    server, repository = os.environ["GITHUB_SERVER_URL"], os.environ["GITHUB_REPOSITORY"]
    address = f"{server}/{repository}/edit/main/{quote(file)}#L{number}"
    message = untrusted.code(f"{finding['message']} {finding['remedy']}")
    return f"- [ ] [{untrusted.code(f'{file}:{number}')}]({address}): {message}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
