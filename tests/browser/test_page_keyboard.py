"""By keyboard, and by ear."""

from __future__ import annotations

import re

import pytest
from page_kinds import KINDS, SIZES
from playwright.sync_api import Page, expect
from role_page import (
    NewReader,
    Site,
    button,
    copied,
    enter,
    field,
    fill_in,
    form,
    in_browser,
    placeholder_named,
    rendered,
    section_tools,
    status,
    template,
    with_defaults,
)

pytestmark = in_browser

# The name that the focused control goes by, and whether one can see that it is focused.
FOCUSED = """() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    name: (element.labels?.[0] ?? element).textContent.trim(),
    isInPanel: Boolean(element.closest(".rb-panel")),
    outlined: outlineStyle !== "none" && parseFloat(outlineWidth) > 0,
    onTop: element.contains(top),
  };
}"""


def test_tab_goes_through_the_panel_in_order(page: Page) -> None:
    wanted: list[str] = []
    for placeholder in template().placeholders:
        wanted += placeholder.choices if placeholder.multiple else [placeholder.label]
    wanted += ["Reset", "Erase what I typed"]
    wanted += ["Copy rich text", "Copy Markdown", "Copy plain text", "Copy link", "Show changes"]
    field(page, template().placeholders[0]).focus()
    for name in wanted:
        focused = page.evaluate(FOCUSED)
        assert focused["name"] == name
        assert focused["isInPanel"]
        assert focused["outlined"], f"{name} does not show that it has the focus"
        assert focused["onTop"], f"{name} is covered by something"
        page.keyboard.press("Tab")
    for name in reversed(wanted):
        page.keyboard.press("Shift+Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["name"] == name
        assert focused["onTop"], f"{name} is covered by something on the way back"


# What can be used with a pointer and is there to see, each with a number to know it by.
USABLE = """() => {
  const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  window.usable = [...document.querySelectorAll(controls)].filter((element) =>
    !element.disabled && element.type !== "hidden" && element.checkVisibility({
      opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true,
    }) && element.getBoundingClientRect().width > 0);
  return window.usable.map((element) =>
    `${element.localName} ${(element.labels?.[0] ?? element).textContent.trim()}`);
}"""

# Notes the number of each that gets the focus, and whether it has a ring, or the card below it.
WATCH = """() => {
  window.reached = {};
  const hasRing = (shown) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(shown);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  document.addEventListener("focusin", ({ target }) => {
    const place = window.usable.indexOf(target);
    // A box that scrolls takes the focus as well, without being one of them.
    if (place < 0) return;
    const shown = [target, target.closest(".sd-card")].filter(Boolean);
    window.reached[place] = shown.some(hasRing);
  });
}"""

# The menus of a phone are alike on all pages; these have most of what else is narrow there.
ON_PHONES = {"home", "role", "list of roles", "pay of a role", "search", "what a search found"}


@pytest.mark.parametrize(
    ("kind", "size"),
    [(kind, size) for kind in KINDS for size in SIZES if size == "desktop" or kind in ON_PHONES],
)
def test_tab_reaches_everything(
    new_reader: NewReader, search_site: Site, kind: str, size: str
) -> None:
    width, height = SIZES[size]
    page = new_reader(viewport={"width": width, "height": height}).new_page()
    page.goto(search_site.url + KINDS[kind], wait_until="networkidle")
    usable = page.evaluate(USABLE)
    page.evaluate(WATCH)
    reached: dict[str, bool] = {}
    # Some pages put the focus somewhere when they open, so it may take a second round.
    for _ in range(2):
        for _ in range(len(usable) + 40):
            page.keyboard.press("Tab")
        reached = page.evaluate("window.reached")
        if len(reached) == len(usable):
            break
    assert [usable[int(number)] for number, shown in reached.items() if not shown] == []
    assert [each for number, each in enumerate(usable) if str(number) not in reached] == []


def test_tab_goes_from_the_top_to_the_panel(page: Page) -> None:
    seen: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        seen.append(focused["name"])
        if focused["name"] == "Show changes":
            break
    assert seen[0] == "Skip to content"
    copy = [name for name in seen if name.startswith(("Copy opening", "Copy section"))]
    assert len(copy) == section_tools(page).count()
    # The template stands before its panel, and the panel's fields before its buttons.
    places = [seen.index(name) for name in (copy[-1], template().placeholders[0].label, "Reset")]
    assert places == sorted(places)


def test_skipping_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_the_copy_menu_of_a_section(page: Page) -> None:
    section = page.locator("#education")
    toggle = section.get_by_role("button", name="Copy section")
    menu = section.locator(".rb-menu")
    toggle.focus()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_hidden()
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(menu).to_be_visible()
    for name in ("Rich text", "Markdown", "Plain text"):
        page.keyboard.press("Tab")
        expect(menu.get_by_role("button", name=name)).to_be_focused()
        assert page.evaluate(FOCUSED)["outlined"]
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(toggle).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    found = copied(page, lambda: page.keyboard.press("Enter"))
    assert found == {"text/plain": rendered("markdown", with_defaults({}), ["education"])}
    expect(menu).to_be_hidden()
    expect(toggle).to_be_focused()
    # The name says which section, for those who hear the button alone.
    expect(toggle).to_have_accessible_name("Copy section (Education)")


def test_the_menu_closes_when_one_clicks_elsewhere(page: Page) -> None:
    section = page.locator("#education")
    section.get_by_role("button", name="Copy section").click()
    expect(section.locator(".rb-menu")).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(section.locator(".rb-menu")).to_be_hidden()


def test_the_return_key_in_a_field_does_nothing(page: Page) -> None:
    address = page.url
    enter(page, placeholder_named("product"), "Tram map")
    page.keyboard.press("Enter")
    assert page.url == address
    expect(field(page, placeholder_named("product"))).to_be_focused()


def test_what_happens_is_said_in_a_live_region(page: Page) -> None:
    region = status(page)
    expect(region).to_have_count(1)
    fill_in(page, {"product": "Tram map"})
    expect(region).to_contain_text("left to fill in")
    button(page, "Reset").click()
    expect(region).to_contain_text("Back to the defaults")
    button(page, "Erase what I typed").click()
    expect(region).to_contain_text("Erased from this browser")
    button(page, "Copy link").click()
    expect(region).to_contain_text("Link copied")
    # Notices are no part of it: they take the focus, so they are read out anyway.
    button(page, "Copy rich text").click()
    expect(page.get_by_role("region", name="Fields left to fill in")).to_be_focused()


def test_fields_are_described_by_their_help(page: Page) -> None:
    for placeholder in template().placeholders:
        control = field(page, placeholder)
        if placeholder.multiple:
            control = form(page).get_by_role("group", name=placeholder.label, exact=True)
        help_ = placeholder.help or ""
        # What the pay can be compared with is said behind it.
        is_pay = placeholder.detail == "pay-minimum"
        expect(control).to_have_accessible_description(
            re.compile(f"^{re.escape(help_)} For comparison: ") if is_pay else help_
        )
