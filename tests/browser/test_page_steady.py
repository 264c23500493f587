"""Nothing on a page moves by itself: neither as it comes nor as its script starts."""

from __future__ import annotations

import pytest
from page_kinds import KINDS, SIZES
from role_page import (
    COMPARE,
    KIT,
    SENIOR,
    NewReader,
    Site,
    answers,
    fragment,
    in_browser,
)

pytestmark = in_browser

PATHS = {
    **{kind: KINDS[kind] for kind in ("home", "role", "comparison", "pay of a role")},
    "pay by area": KINDS["pay by area"],
    "list of jurisdictions": KINDS["list of jurisdictions"],
    "list of roles, filtered": "roles/index.html?skill=SQL",
    "kit": KIT,
    "kit, chosen": KIT + "?level=senior&specialisation=nlp",
    "composed": SENIOR + "?industry=healthcare&company=startup",
    "variant, filled in": SENIOR + fragment(answers()),
    "others compared": COMPARE + "?with=base,senior,nlp",
}

# What has moved since the page began to come, with how far, by the measure of search engines.
SHIFTS = """() => new Promise((done) => {
  new PerformanceObserver((list) => {
    done(list.getEntries().filter(({ entryType }) => entryType === "layout-shift")
      .map(({ value, sources }) => `${value.toFixed(4)}: ` + sources.map(({ node }) =>
        node?.nodeType === 1 ? `${node.localName}.${node.className}` : node?.textContent)));
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done([]), 300);
})"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_nothing_moves_by_itself(new_reader: NewReader, site: Site, path: str, size: str) -> None:
    width, height = SIZES[size]
    page = new_reader(viewport={"width": width, "height": height}).new_page()
    page.goto(site.url + path, wait_until="networkidle")
    assert page.evaluate(SHIFTS) == []
