"""Measure what a reader's browser loads for a search in a generated handbook.

Usage: search.py [ROLES]     (by default 1000)

Builds the handbook, has Pagefind index it, and asks the search page in chromium. Prints, as
Markdown, the kilobytes (1000 bytes) on the way to the reader: the index's files as they are,
since Pagefind compresses them itself, and all else gzipped. Nothing it measures fails anything.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from composer import launched, served
from handbooks import write_rolebook
from playwright.sync_api import Browser, Response

QUERIES: Mapping[str, str] = {
    "one word": "?q=drift",
    "two words": "?q=drift+latency",
    "three words": "?q=drift+latency+privacy",
    "a role by name": "?q=role+0042",
    "one word, one role": "?q=drift&role=Role+0042",
    "one role": "?role=Role+0042",
}
"""Each word of the texts is on nearly every page, many times: no word weighs more in an index."""

SEARCHED = '\nhtml_theme_options = {"search": "pagefind"}\n'


def part_of(url: str) -> str:
    """What a file is for: the page, Pagefind's program, the index, or the pages found."""
    _, _, path = url.partition("/pagefind/")
    if not path:
        return "page"
    if "/" in path or path.partition("?")[0].endswith((".pf_meta", ".json")):
        return "found" if path.startswith("fragment/") else "index"
    return "program"


def weight(response: Response) -> int:
    """The bytes of a file on the way to a reader."""
    body = response.body()
    # What is compressed already begins with gzip's own mark.
    return len(body) if body[:2] == b"\x1f\x8b" else len(gzip.compress(body, 6, mtime=0))


def measure(browser: Browser, address: str) -> dict[str, int]:
    """The bytes of one search, by part, for a reader who comes for the first time."""
    with browser.new_context() as reader:
        page = reader.new_page()
        responses: list[Response] = []
        page.on("response", lambda response: responses.append(response))
        page.goto(address, wait_until="networkidle")
        page.wait_for_selector("#search-results > li")
        found = dict.fromkeys(("page", "program", "index", "found"), 0)
        for response in responses:
            found[part_of(response.url)] += weight(response)
    return found


def main(count: int) -> None:
    """Build, index, measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        source, site = Path(folder, "source"), Path(folder, "site")
        write_rolebook(source, count)
        with (source / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write(SEARCHED)
        build = [sys.executable, "-m", "sphinx", "-q", str(source), str(site)]
        subprocess.run(build, check=True)
        start = time.perf_counter()
        index = [sys.executable, "-m", "pagefind", "--quiet", "--site", str(site)]
        subprocess.run(index, check=True)
        print(f"Pagefind took {time.perf_counter() - start:.1f} s for {count} roles.\n")
        print("| query | index, kB | pages found, kB | both, kB | Pagefind, kB | page, kB |")
        print("|---|---|---|---|---|---|")
        with served(site) as address, launched() as browser:
            for name, query in QUERIES.items():
                by_part = measure(browser, f"{address}search.html{query}")
                index_kb, found, program, page = (
                    by_part[part] / 1000 for part in ("index", "found", "program", "page")
                )
                numbers = (index_kb, found, index_kb + found, program, page)
                print(f"| {name} | {' | '.join(f'{number:.1f}' for number in numbers)} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000)
