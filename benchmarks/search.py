"""Measure what a reader's browser loads for a search in generated handbooks.

Usage: search.py CONTENT [ROLES]     (by default 1000)

Builds a handbook of the names and lines of CONTENT, and one of few words, has Pagefind index
each, and asks the search page in chromium. Prints, as Markdown, the kilobytes (1000 bytes) on
the way to the reader: the index's files as they are, since Pagefind compresses them itself, and
all else gzipped. Nothing it measures fails anything.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote_plus

from composer import launched, served
from handbooks import FEW_WORDS, Texts, pages, write_rolebook
from playwright.sync_api import Browser, Response

from rolebook.catalog import load

AS_WRITTEN: Mapping[str, str] = {
    "drift": "?q=drift",
    "machine learning": "?q=machine+learning",
    "senior data engineer": "?q=senior+data+engineer",
    "machine learning engineer python": "?q=machine+learning+engineer+python",
    "a role by name": "?q={role}",
    "one role, no words": "?role={role}",
}
"""Searches in a handbook whose lines are drawn from one that people wrote."""

FEW: Mapping[str, str] = {
    "one word": "?q=drift",
    "two words": "?q=drift+latency",
    "three words": "?q=drift+latency+privacy",
}
"""Searches for words that are on nearly every page, many times: none weighs more in an index."""

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


def written(content: Path) -> Texts:
    """The roles' names and the templates' lines of a handbook."""
    catalog = load(content)
    entities = (*catalog.roles.values(), *catalog.variants.values())
    blocks = [block for entity in entities for block in entity.blocks]
    lines = tuple(item.text for block in blocks for item in block.items)
    return Texts(tuple(role.heading for role in catalog.ranked_roles()), lines)


def report(count: int, texts: Texts, queries: Mapping[str, str]) -> None:
    """Build, index, measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        source, site = Path(folder, "source"), Path(folder, "site")
        write_rolebook(source, count, texts)
        with (source / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write(SEARCHED)
        # Lines that are put together at random may lack what they refer to.
        build = [sys.executable, "-m", "sphinx", "-Q", str(source), str(site)]
        subprocess.run(build, check=True)
        start = time.perf_counter()
        index = [sys.executable, "-m", "pagefind", "--quiet", "--site", str(site)]
        subprocess.run(index, check=True)
        print(f"Pagefind took {time.perf_counter() - start:.1f} s for {count} roles.\n")
        print("| query | index, kB | pages found, kB | both, kB | Pagefind, kB | page, kB |")
        print("|---|---|---|---|---|---|")
        role = quote_plus(pages(count, texts)[count // 2].title)
        with served(site) as address, launched() as browser:
            for name, query in queries.items():
                by_part = measure(browser, f"{address}search.html{query.format(role=role)}")
                index_kb, found, program, page = (
                    by_part[part] / 1000 for part in ("index", "found", "program", "page")
                )
                numbers = (index_kb, found, index_kb + found, program, page)
                print(f"| {name} | {' | '.join(f'{number:.1f}' for number in numbers)} |")
    print(flush=True)


if __name__ == "__main__":
    roles = int(sys.argv[2]) if sys.argv[2:] else 1000
    report(roles, written(Path(sys.argv[1])), AS_WRITTEN)
    report(roles, FEW_WORDS, FEW)
