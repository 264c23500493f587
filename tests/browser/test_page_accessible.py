"""axe-core finds nothing on a page of any kind, whatever a reader has done on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_kinds import KINDS
from playwright.sync_api import Page, expect
from role_page import (
    BASE,
    COMPARE,
    KIT,
    NewReader,
    Site,
    answers,
    button,
    fragment,
    in_browser,
)

pytestmark = in_browser

QUERY = (
    "?level=senior&specialisation=nlp&industry=healthcare"
    "&company=startup&arrangement=remote&jurisdiction=us-co"
)
# The desktop is so high that the panel beside a template does not scroll: axe-core takes for
# covered what only waits to be scrolled out from under the panel's buttons.
SIZES = {"phone": (390, 844), "desktop": (1280, 3000)}

WCAG = [f"wcag{version}{level}" for version in ("2", "21", "22") for level in ("a", "aa")]
ALL_RULES = {
    "runOnly": {"type": "tag", "values": [*WCAG, "best-practice"]},
    # WCAG 2.2 asks for it, and axe-core leaves it out unless it is named.
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}

# Under forced colours chromium paints text in the forced colour and says so of ``color``, but of
# ``-webkit-text-fill-color``, where axe-core looks, it says what the style sheet asks for.
READ_PAINTED_COLOUR = """() => {
  const read = CSSStyleDeclaration.prototype.getPropertyValue;
  CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
    return read.call(this, name === "-webkit-text-fill-color" ? "color" : name);
  };
}"""


def nothing(page: Page) -> None:
    """As it opens."""


def show_all(page: Page) -> None:
    button(page, "Show changes").click()
    button(page, "Show where lines come from").click()


def warn(page: Page) -> None:
    button(page, "Copy Markdown").click()
    expect(page.get_by_text("Left to fill in, and copied as they stand")).to_be_visible()


def ask_for_details(page: Page) -> None:
    page.locator(".rb-takeaway").get_by_role("button", name="Career page", exact=True).click()
    expect(page.get_by_role("region", name="before you download")).to_be_visible()


def refuse_data(page: Page) -> None:
    # The browser itself writes every failed request to the console, where none may be.
    page.route("**/composer/*.json", lambda route: route.fulfill(status=200, body="no JSON"))
    page.get_by_label("Level", exact=True).select_option("senior")
    expect(page.locator(".rb-trouble")).to_be_visible()


def open_menus(page: Page) -> None:
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")


def narrow_down(page: Page) -> None:
    # The other rows are of the same kind, and axe-core takes a quarter of a minute for them.
    page.get_by_label("Filter rows", exact=True).fill("Texas")


STATES: Mapping[str, tuple[str, Callable[[Page], None]]] = {
    **{kind: (path, nothing) for kind, path in KINDS.items()},
    "home, menus open": ("index.html", open_menus),
    "role, menus open": (BASE, open_menus),
    "list of roles, filtered": ("roles/index.html?skill=SQL&level=Staff", open_menus),
    "composed, all shown": (BASE + QUERY, show_all),
    "composed, filled in": (BASE + QUERY + fragment(answers()), nothing),
    "composed, left to fill in": (BASE + QUERY, warn),
    "composed, details asked for": (BASE + QUERY, ask_for_details),
    "without the composer's data": (BASE, refuse_data),
    "others compared": (COMPARE + "?with=base,senior,nlp,us-ny", nothing),
    "pay by area": (KINDS["pay by area"], narrow_down),
    # It has all that one without a choice has, and marks.
    "kit": (KIT + "?level=senior&specialisation=nlp", nothing),
}


# Those on which nearly all the others' colours come together.
BOTH_SCHEMES = {"home", "composed, filled in", "pay of a role", "kit of any role", "guide"}


def assert_axe_finds_nothing(page: Page, rules: dict[str, Any], where: str) -> None:
    found = Axe().run(page, options=rules)
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(new_reader: NewReader, search_site: Site, state: str, size: str) -> None:
    width, height = SIZES[size]
    page = new_reader(viewport={"width": width, "height": height}).new_page()
    path, act = STATES[state]
    # What a query asks for comes after the page.
    page.goto(search_site.url + path, wait_until="networkidle" if "?" in path else "load")
    act(page)
    # Colours do not depend on the width: light ones are judged on a phone, dark ones on a desktop.
    page.emulate_media(color_scheme="light" if size == "phone" else "dark")
    assert_axe_finds_nothing(page, ALL_RULES, f"on a {size}")
    if state in BOTH_SCHEMES:
        page.emulate_media(color_scheme="dark" if size == "phone" else "light")
        assert_axe_finds_nothing(page, COLOUR_RULES, f"on a {size}, in the other scheme")
    if size == "desktop":
        page.emulate_media(forced_colors="active")
        page.evaluate(READ_PAINTED_COLOUR)
        assert_axe_finds_nothing(page, COLOUR_RULES, "in forced colours")
