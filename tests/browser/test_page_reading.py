"""Reading a page at a desk: lines of a length that eyes can follow, and the way to the next."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import expect
from role_page import BASE, SENIOR, NewReader, Site, in_browser

pytestmark = in_browser

LONGEST = 95
"""The most characters of a line, on average over the lines of a paragraph or of a list's item."""

LONG_LINES = """(most) => {
  const long = [];
  for (const element of document.querySelectorAll("main p, main li")) {
    if (!element.checkVisibility() || element.closest("table, nav, .foot")) continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    const rows = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
    const letters = element.textContent.trim().length;
    if (letters > most && letters / Math.max(rows.size, 1) > most) {
      long.push(element.textContent.trim().slice(0, 60));
    }
  }
  return long;
}"""


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        BASE,
        SENIOR,
        "glossary.html",
        "guides/writing.html",
        "pay/weighing.html",
        "roles/data-engineer/interview.html",
        "variants/jurisdictions/us-co.html",
        "about.html",
    ],
)
def test_lines_can_be_followed(new_reader: NewReader, site: Site, path: str) -> None:
    page = new_reader(viewport={"width": 1600, "height": 900}).new_page()
    page.goto(site.url + path)
    assert page.evaluate(LONG_LINES, LONGEST) == []


TURNS = {
    "roles/machine-learning-engineer/index.html": ("Roles", "Junior machine learning engineer"),
    "guides/sourcing.html": ("Writing a job description", "Common mistakes"),
    "index.html": (None, "Roles"),
}
"""The pages before and after one: those beside it in the contents."""


@pytest.mark.parametrize("path", TURNS)
def test_the_page_before_and_the_page_after(new_reader: NewReader, site: Site, path: str) -> None:
    page = new_reader().new_page()
    for relation, title in zip(("prev", "next"), TURNS[path], strict=True):
        page.goto(site.url + path)
        link = page.locator(f"nav.turn a[rel={relation}]")
        if title is None:
            expect(link).to_have_count(0)
            continue
        expect(link).to_contain_text(title)
        link.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)


@pytest.mark.parametrize(("motion", "scrolling"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_glides_for_those_who_do_not_want_it(
    new_reader: NewReader, site: Site, motion: Literal["reduce", "no-preference"], scrolling: str
) -> None:
    page = new_reader().new_page()
    page.emulate_media(reduced_motion=motion)
    page.goto(site.url + BASE)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == scrolling
    moving = """() => [...document.querySelectorAll("*")].filter((element) => {
      const { animationName, transitionDuration } = getComputedStyle(element);
      return animationName !== "none" || parseFloat(transitionDuration) > 0;
    }).length"""
    assert motion != "reduce" or page.evaluate(moving) == 0
