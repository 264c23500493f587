"""What a page weighs on its way to a reader."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Response
from role_page import BASE, SENIOR, NewReader, Site, in_browser

pytestmark = in_browser

KILOBYTE = 1000
PAGE, SCRIPT, STYLES = 64 * KILOBYTE, 27 * KILOBYTE, 8 * KILOBYTE
SEARCH_INDEX, SEARCH_PROGRAM, SEARCH_PAGE = 150 * KILOBYTE, 90 * KILOBYTE, 24 * KILOBYTE


def weight(data: bytes) -> int:
    # Pagefind compresses its files itself; they begin with gzip's own mark.
    return len(data) if data[:2] == b"\x1f\x8b" else len(gzip.compress(data, 6, mtime=0))


@pytest.mark.parametrize("path", [BASE, SENIOR])
def test_a_role_page_is_light(new_reader: NewReader, site: Site, path: str) -> None:
    page = new_reader().new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(site.url + path, wait_until="networkidle")
    weights = {each.url.removeprefix(site.url): weight(each.body()) for each in responses}
    total = sum(weights.values())
    assert total <= PAGE, f"{total} bytes gzipped of {PAGE}: {weights}"
    assert {name.partition("?")[0] for name in weights} >= {path, "_static/rolebook.js"}


@pytest.mark.parametrize(("name", "most"), [("rolebook.js", SCRIPT), ("rolebook.css", STYLES)])
def test_the_extensions_own_files_are_light(site: Site, name: str, most: int) -> None:
    found = weight((site.folder / "_static" / name).read_bytes())
    assert found <= most, f"{name}: {found} bytes gzipped of {most}"


@pytest.mark.parametrize("query", ["q=MLE", "q=drift", "q=senior+data+scientist+pay", "kind=Pay"])
def test_a_search_is_light(new_reader: NewReader, search_site: Site, query: str) -> None:
    page = new_reader().new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(f"{search_site.url}search.html?{query}", wait_until="networkidle")
    page.wait_for_selector("#search-results > li")
    weights = {"index": 0, "program": 0, "page": 0}
    for response in responses:
        path = response.url.removeprefix(search_site.url)
        data = path.startswith("pagefind/") and (".pf_" in path or "-entry.json" in path)
        part = "index" if data else "program" if path.startswith("pagefind/") else "page"
        weights[part] += weight(response.body())
    assert 0 < weights["index"] <= SEARCH_INDEX, weights
    assert 0 < weights["program"] <= SEARCH_PROGRAM, weights
    assert 0 < weights["page"] <= SEARCH_PAGE, weights
