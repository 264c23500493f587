"""Time from saving a bullet to seeing it in the browser, while ``nox -s serve`` runs.

Usage: serve.py CONTENT COMMAND...

COMMAND is that of the session, with {source}, {out} and {doctrees} for the folders: those of a
copy of CONTENT, of which one bullet is edited again and again. Prints, as Markdown, the seconds
until an open page has loaded itself again and shows the bullet, for a bullet that every role
inherits and for one of a single page. A timing never fails anything.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from composer import launched
from playwright.sync_api import Browser

BAR = 3.0
EDITS = 5
CALM = 2.0
"""Seconds between two edits, in which what runs behind a build comes to its end."""

BULLETS = {
    "of every role": ("roles/any-role/index.md", "roles/any-role/index.html"),
    "of a role with levels": (
        "roles/machine-learning-engineer/index.md",
        "roles/machine-learning-engineer/index.html",
    ),
    "of one level": (
        "roles/machine-learning-engineer/senior.md",
        "roles/machine-learning-engineer/senior.html",
    ),
}
"""Which bullet is edited, and the page on which it is looked at."""

_BULLET = re.compile(r"^- (?P<text>.+?)(?: saved \d+)?(?P<id> \{#[\w-]+\})$", re.MULTILINE)


@contextmanager
def serving(command: Sequence[str]) -> Iterator[str]:
    """The address at which the command serves, once its first build is done."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    try:
        assert process.stdout is not None
        yield _address(process.stdout)
    finally:
        process.terminate()
        process.wait()


def _address(lines: IO[str]) -> str:
    said = []
    for line in lines:
        said.append(line)
        if found := re.search(r"Serving on .*?(http://[\d.]+:\d+)", line):
            # Nobody may stop to read what is printed: the pipe would be full some day.
            threading.Thread(target=lines.read, daemon=True).start()
            return found[1]
    raise SystemExit(f"The command ended without serving:\n{''.join(said)}")


def edit(path: Path, number: int) -> str:
    """Save a page with its first bullet changed; gives back what the bullet says now."""
    text = path.read_text(encoding="utf-8")
    mark = f"saved {number}"
    changed, count = _BULLET.subn(rf"- \g<text> {mark}\g<id>", text, count=1)
    assert count, f"{path} has no bullet"
    path.write_text(changed, encoding="utf-8", newline="\n")
    return mark


def measure(browser: Browser, address: str, source: Path, page: str) -> Iterator[float]:
    """The seconds from each save to the page that shows it."""
    tab = browser.new_page()
    tab.goto(f"{address}/{page}")
    for number in range(EDITS):
        time.sleep(CALM)
        start = time.perf_counter()
        mark = edit(source, number)
        tab.wait_for_function(
            "mark => document.querySelector('#template')?.textContent.includes(mark)",
            arg=mark,
            timeout=120_000,
        )
        yield time.perf_counter() - start
    tab.close()


def main(content: Path, command: Sequence[str]) -> None:
    """Measure each bullet and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(shutil.copytree(content, Path(folder) / "content"))
        places = {
            "source": str(source),
            "out": str(Path(folder) / "site"),
            "doctrees": str(Path(folder) / "doctrees"),
        }
        arguments = [part.format(**places) for part in command]
        print(f"| bullet | median, s | slowest of {EDITS}, s | bar, s |\n|---|---|---|---|")
        with serving(arguments) as address, launched() as browser:
            for name, (file, page) in BULLETS.items():
                times = [*measure(browser, address, source / file, page)]
                median = statistics.median(times)
                print(f"| {name} | {median:.1f} | {max(times):.1f} | {BAR:.1f} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
