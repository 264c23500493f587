"""On a phone, and with everything at twice its size or more."""

from __future__ import annotations

import pytest
from page_kinds import KINDS
from playwright.sync_api import Page, expect
from role_page import (
    BASE,
    SENIOR,
    NewReader,
    Site,
    answers,
    button,
    copied,
    field,
    flavours,
    fragment,
    in_browser,
    section_tools,
    template,
)

pytestmark = in_browser

WIDTHS = (390, 320)
ZOOMED = {"twice": 640, "four times": 320}
"""The room that is left of a window 1,280 pixels wide, by how many times everything is enlarged."""


def on_phone(new_reader: NewReader, address: str, width: int) -> Page:
    page = new_reader(viewport={"width": width, "height": 844}, has_touch=True).new_page()
    page.goto(address)
    return page


# What sticks out on the right, other than in a box of its own that scrolls or cuts it off.
STICKING_OUT = """() => {
  const room = document.documentElement.clientWidth;
  const elements = [...document.body.querySelectorAll("*")];
  const boxes = elements.filter((element) => getComputedStyle(element).overflowX !== "visible");
  return elements
    .filter((element) => element.checkVisibility()
      && element.getBoundingClientRect().right > room
      && !boxes.some((box) => box !== element && box.contains(element)))
    .map((element) => `${element.localName}.${element.className}`);
}"""


# Text that a box without bars to scroll it cuts off, or that begins left of the page.
CUT_OFF = """() => [...document.body.querySelectorAll("*")].filter((element) => {
  const { overflowX, overflowY, clipPath } = getComputedStyle(element);
  // What only screen readers read is cut off on purpose; a frame's bars are the browser's own.
  if (!element.checkVisibility() || !element.textContent.trim()) return false;
  if (clipPath !== "none" || element.closest("svg, .skip")) return false;
  const { left, width, height } = element.getBoundingClientRect();
  if (width <= 1 || height <= 1) return false;
  const isCut = (overflow, inner, outer) => /hidden|clip/.test(overflow) && inner > outer + 1;
  return left + width < 0 || isCut(overflowX, element.scrollWidth, element.clientWidth)
    || isCut(overflowY, element.scrollHeight, element.clientHeight);
}).map((element) => `${element.localName}.${element.className}`)"""


@pytest.mark.parametrize("kind", KINDS)
def test_all_fits(new_reader: NewReader, search_site: Site, kind: str) -> None:
    path = KINDS[kind]
    page = on_phone(new_reader, search_site.url + path, 390)
    for width in sorted({*WIDTHS, *ZOOMED.values()}):
        page.set_viewport_size({"width": width, "height": 844})
        assert_no_sideways_scroll(page)
        assert page.evaluate(CUT_OFF) == [], f"at {width} pixels"
    if path in (BASE, SENIOR):
        page.goto(
            search_site.url + path + fragment({"company name": "x" * 500, "product": "y " * 500})
        )
        assert_no_sideways_scroll(page)


def assert_no_sideways_scroll(page: Page) -> None:
    room, wide = page.evaluate(
        "() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]"
    )
    assert wide <= room, f"{wide} of {room} pixels; sticking out: {page.evaluate(STICKING_OUT)}"


@pytest.mark.parametrize("width", WIDTHS)
def test_menus_and_notices_fit(new_reader: NewReader, site: Site, width: int) -> None:
    page = on_phone(new_reader, site.url + SENIOR, width)
    for tools in section_tools(page).all():
        tools.get_by_role("button", name="Copy").click()
        box = tools.locator(".rb-menu").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        page.keyboard.press("Escape")
    button(page, "Copy the template").click()
    expect(page.get_by_role("region", name="Fields left to fill in")).to_be_focused()
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("path", [BASE, SENIOR])
def test_the_bar_is_in_reach_and_covers_nothing(
    new_reader: NewReader, site: Site, path: str
) -> None:
    page = on_phone(new_reader, site.url + path, 390)
    bar = page.locator(".rb-bar")
    expect(bar).to_be_visible()
    expect(bar).to_be_in_viewport(ratio=1)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(bar).to_be_in_viewport(ratio=1)
    box = bar.bounding_box()
    assert box is not None
    assert round(box["y"] + box["height"]) == 844
    lowest = page.evaluate(
        """() => {
          let lowest = [0, ""];
          for (const element of document.body.querySelectorAll(":not(.rb-bar, .rb-bar *)")) {
            const { bottom } = element.getBoundingClientRect();
            const hasText = [...element.childNodes].some(({ data }) => data?.trim());
            if (hasText && element.checkVisibility() && bottom > lowest[0]) {
              lowest = [bottom, element.textContent];
            }
          }
          return lowest;
        }"""
    )
    assert lowest[0] <= box["y"], f"the bar at {box['y']} covers {lowest}"


def test_the_bar_counts_and_copies(new_reader: NewReader, site: Site) -> None:
    page = on_phone(new_reader, site.url + SENIOR, 390)
    bar = page.locator(".rb-bar")
    left = bar.get_by_role("button", name=" left")
    expect(left).to_be_visible()
    left.tap()
    first = field(page, template().placeholders[0])
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport(ratio=1)
    field_box, bar_box = first.bounding_box(), bar.bounding_box()
    assert field_box is not None
    assert bar_box is not None
    assert field_box["y"] + field_box["height"] <= bar_box["y"]
    page.goto(site.url + SENIOR + fragment(answers()))
    expect(bar.get_by_role("button", name="All filled")).to_be_visible()
    found = copied(page, bar.get_by_role("button", name="Copy the template").tap)
    assert found == flavours("rich", answers())


def test_there_is_no_bar_on_a_wide_screen(page: Page) -> None:
    expect(page.locator(".rb-bar")).to_be_hidden()


@pytest.mark.parametrize("path", ["pay/machine-learning-engineer.html", "pay/data-scientist.html"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_tables_title_is_in_sight_however_wide_it_is(
    new_reader: NewReader, site: Site, path: str, width: int
) -> None:
    page = on_phone(new_reader, site.url + path, width)
    titles = page.locator(".rb-table .caption-text")
    assert titles.count() > 1
    for title in titles.all():
        # How far the table is scrolled makes no difference.
        for left in (0, 200):
            title.evaluate("(node, left) => node.closest('.rb-table').scrollTo(left, 0)", left)
            box = title.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
