"""Time what the page's script does when a reader changes one axis of the composer.

Usage: composer.py SITE     (a built handbook, such as build/site)

Opens the page of each role with one variant chosen on every axis, and changes the first
axis many times. Prints, as Markdown, the milliseconds of script from the choice to the
recomposed page, and their part of one frame of a screen with 60 frames a second. A timing
never fails anything.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

FRAME = 1000 / 60
CHANGES = 60

CHOOSE_ALL = """() => {
  const query = new URLSearchParams();
  for (const select of document.querySelectorAll(".rb-composer select")) {
    query.set(select.name, select.options[select.options.length - 1].value);
  }
  return query.toString();
}"""

CHANGE = """(changes) => {
  const select = document.querySelector(".rb-composer select");
  const values = [...select.options].map((option) => option.value).filter(Boolean);
  return Array.from({ length: changes }, (_, turn) => {
    select.value = values[turn % values.length];
    const start = performance.now();
    select.dispatchEvent(new Event("change", { bubbles: true }));
    return performance.now() - start;
  });
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder's files."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


@contextmanager
def launched() -> Iterator[Browser]:
    """The machine's own chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def measure(page: Page, address: str) -> list[float]:
    """The milliseconds of each change."""
    page.goto(address)
    page.goto(f"{address}?{page.evaluate(CHOOSE_ALL)}")
    page.wait_for_selector("section.rb-changes")
    times: list[float] = page.evaluate(CHANGE, CHANGES)
    return times


def main(site: Path) -> None:
    """Measure every role's composer and print a table."""
    print("| role | median, ms | 95th percentile, ms | median over a frame |")
    print("|---|---|---|---|")
    with served(site) as address, launched() as browser:
        for data in sorted((site / "composer").glob("*.json")):
            times = measure(browser.new_page(), f"{address}roles/{data.stem}/index.html")
            median, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            print(f"| {data.stem} | {median:.1f} | {high:.1f} | {median / FRAME:.2f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
