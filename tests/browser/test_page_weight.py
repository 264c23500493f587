"""What a page weighs on its way to a reader."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Response
from role_page import BASE, SENIOR, NewReader, Site, in_browser

pytestmark = in_browser

KILOBYTE = 1000
PAGE, SCRIPT, STYLES, KIT_SCRIPT, BROWSE = (size * KILOBYTE for size in (64, 27, 8, 3, 3))
SEARCH_INDEX, SEARCH_PROGRAM, SEARCH_PAGE = (size * KILOBYTE for size in (150, 90, 24))


def weight(data: bytes) -> int:
    # Pagefind compresses its files itself; they begin with gzip's own mark.
    return len(data) if data[:2] == b"\x1f\x8b" else len(gzip.compress(data, 6, mtime=0))


def weights_of(new_reader: NewReader, address: str) -> dict[str, int]:
    """What a reader who comes for the first time is sent, by address."""
    page = new_reader().new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(address, wait_until="networkidle")
    found = {each.url: weight(each.body()) for each in responses}
    page.close()
    return found


KINDS = {
    "roles": "roles/*/index.html",
    "levels": "roles/*/senior.html",
    "kits": "roles/*/interview*.html",
    "comparisons": "roles/*/compare.html",
    # The figures of four hundred areas on one page have a budget of their own: test_page_pay.py.
    "pay": "pay/*[!s].html",
    "guides": "guides/*.html",
    "jurisdictions": "variants/jurisdictions/us-[cn]*.html",
    "lists": "*.html",
}


APART = ("404.html", "search.html")


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_a_kind_is_light(new_reader: NewReader, site: Site, kind: str) -> None:
    # The search has budgets of its own, and the page for lost readers another address.
    paths = sorted({*site.folder.glob(KINDS[kind])} - {site.folder / name for name in APART})
    assert len(paths) > 4
    for path in paths:
        name = path.relative_to(site.folder).as_posix()
        found = weights_of(new_reader, site.url + name)
        weights = {address.removeprefix(site.url): size for address, size in found.items()}
        total = sum(weights.values())
        assert total <= PAGE, f"{name}: {total} bytes gzipped of {PAGE}: {weights}"
        assert {each.partition("?")[0] for each in weights} >= {name, "_static/theme.js"}


@pytest.mark.parametrize("path", [BASE, SENIOR])
def test_a_role_page_with_links_to_its_sources_is_light(
    new_reader: NewReader, linked_site: Site, path: str
) -> None:
    found = weights_of(new_reader, linked_site.url + path)
    assert sum(found.values()) <= PAGE, found


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("rolebook.js", SCRIPT),
        ("rolebook.css", STYLES),
        ("rolebook-kit.js", KIT_SCRIPT),
        ("rolebook-browse.js", BROWSE),
        ("rolebook-browse.css", BROWSE),
    ],
)
def test_the_extensions_own_files_are_light(site: Site, name: str, most: int) -> None:
    found = weight((site.folder / "_static" / name).read_bytes())
    assert found <= most, f"{name}: {found} bytes gzipped of {most}"


@pytest.mark.parametrize(
    "query", ["q=MLE", "q=drift", "q=senior+data+scientist+pay", "q=interview", "kind=Pay"]
)
def test_a_search_is_light(new_reader: NewReader, search_site: Site, query: str) -> None:
    weights = {"index": 0, "program": 0, "page": 0}
    for address, size in weights_of(new_reader, f"{search_site.url}search.html?{query}").items():
        path = address.removeprefix(search_site.url)
        data = path.startswith("pagefind/") and (".pf_" in path or "-entry.json" in path)
        part = "index" if data else "program" if path.startswith("pagefind/") else "page"
        weights[part] += size
    # With the texts of the pages that are shown; none would be there if nothing were found.
    assert 20 * KILOBYTE < weights["index"] <= SEARCH_INDEX, weights
    assert 0 < weights["program"] <= SEARCH_PROGRAM, weights
    assert 0 < weights["page"] <= SEARCH_PAGE, weights
