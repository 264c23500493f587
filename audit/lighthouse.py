"""Have Lighthouse judge pages of a built site as a phone on a slow network sees them.

Usage: lighthouse.py SITE     (a folder that holds the built handbook)

Prints a table in Markdown. Fails on a score for accessibility, best practices or SEO below
100, on anything that moves while a page comes, on a request to elsewhere or to what is not
there, on more bytes than the budget, and on what could not be judged. The score for performance
depends on the machine: it is the median of three, and fails only below a floor that even a busy
machine keeps.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server import served

LIGHTHOUSE = Path(__file__).parent / "node_modules" / ".bin" / "lighthouse"
ROLE = "machine-learning-engineer"
PAGES = (
    "index.html",
    f"roles/{ROLE}/index.html",
    f"pay/{ROLE}.html",
    f"roles/{ROLE}/interview.html",
)
JUDGED = ("accessibility", "best-practices", "seo")
RUNS = 3
FLOOR = 50
"""The least score for performance: a quiet machine gave 100, a very busy one 83."""

BUDGET = 64_000
"""The bytes of a page's first view, gzipped, without the headers, which are the host's."""


@dataclass(frozen=True)
class Judgement:
    """What Lighthouse says of one page: scores of 100, the shift, bytes, what is wrong.

    A score is None where part of it could not be judged, which is a fault.
    """

    performance: int | None
    scores: dict[str, int | None]
    shift: float
    weight: int
    faults: list[str]


def main(site: Path) -> int:
    """Judge every page and print; 1 if anything is wrong."""
    print("| page | performance | accessibility | best practices | SEO | shift | bytes |")
    print("|---|---|---|---|---|---|---|")
    faults: list[str] = []
    with served(site) as address:
        for path in PAGES:
            found = judge(address, path)
            scores = " | ".join(str(found.scores[category]) for category in JUDGED)
            row = f"| {path} | {found.performance} | {scores} | {found.shift:g} | {found.weight} |"
            print(row, flush=True)
            faults += [f"{path}: {fault}" for fault in found.faults]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def judge(address: str, path: str) -> Judgement:
    """Load one page often enough for a median and put together what was found."""
    report = run(address + path, *JUDGED, "performance")
    reports = [report, *(run(address + path, "performance") for _ in range(RUNS - 1))]
    performances = [
        points for each in reports if (points := score(each, "performance")) is not None
    ]
    performance = round(statistics.median(performances)) if performances else None
    scores = {category: score(report, category) for category in JUDGED}
    shift = max(
        each["audits"]["cumulative-layout-shift"].get("numericValue", 0.0) for each in reports
    )
    requested = {request["url"] for request in details(report, "network-requests")}
    faults = [f"could not be judged: {told}" for told in sorted({*errors(*reports)})]
    faults += [
        f"{category}: {audit['title']} {json.dumps(audit.get('details', {}).get('items', []))}"
        for category in JUDGED
        for audit in failed(report, category)
    ]
    if performance is not None and performance < FLOOR:
        faults.append(f"performance: {performance}, which is below {FLOOR}")
    if shift > 0:
        moved = [item for each in reports for item in details(each, "layout-shifts")]
        faults.append(f"something moves, by {shift}: {moved}")
    faults += [
        f"asks for {url}, which is not the site's"
        for url in sorted(requested)
        if not url.startswith((address, "data:"))
    ]
    weight = 0
    for url in sorted(requested):
        if url.startswith(address):
            try:
                weight += weigh(url)
            except urllib.error.HTTPError as error:
                faults.append(f"asks for {url}: {error}")
                error.close()
    if weight > BUDGET:
        faults.append(f"{weight} bytes of {BUDGET}")
    return Judgement(performance, scores, shift, weight, faults)


def run(url: str, *categories: str) -> dict[str, Any]:
    """Lighthouse's report on a page, of some categories."""
    chromium = shutil.which("chromium")
    assert chromium, "tests/requirements.py has looked for it"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "report.json")
        command = [
            *(str(LIGHTHOUSE), url, "--quiet", "--output=json", f"--output-path={target}"),
            f"--only-categories={','.join(categories)}",
            # Sandboxes need rights that root in a container lacks.
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ]
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chromium})
        report: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    if "runtimeError" in report:
        sys.exit(f"Lighthouse could not judge {url}: {report['runtimeError']['message']}")
    return report


def score(report: dict[str, Any], category: str) -> int | None:
    """The score of a category, of 100; None if one of its audits could not be made."""
    points: float | None = report["categories"][category]["score"]
    return None if points is None else round(100 * points)


def errors(*reports: dict[str, Any]) -> Iterator[str]:
    """The audits that could not be made, each with why."""
    for report in reports:
        for audit in report["audits"].values():
            if audit["scoreDisplayMode"] == "error":
                yield f"{audit['title']} ({audit.get('errorMessage', 'no reason given')})"


def failed(report: dict[str, Any], category: str) -> list[dict[str, Any]]:
    """The audits that a category's score has suffered from."""
    weighed = (
        report["audits"][ref["id"]]
        for ref in report["categories"][category]["auditRefs"]
        if ref["weight"]
    )
    return [audit for audit in weighed if audit["score"] is not None and audit["score"] < 1]


def details(report: dict[str, Any], audit: str) -> list[dict[str, Any]]:
    """The items of an audit."""
    items: list[dict[str, Any]] = report["audits"][audit].get("details", {}).get("items", [])
    return items


def weigh(url: str) -> int:
    """The bytes of a file on its way to a reader."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as response:
        return len(response.read())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
