"""axe-core finds nothing on the pages, whatever a reader has done on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from role_page import (
    BASE,
    COMPARE,
    KIT,
    SENIOR,
    STAFF_KIT,
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
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


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


def unfold(page: Page) -> None:
    for summary in page.locator(".rb-browse summary, .rb-entry-facts summary").all():
        if summary.is_visible():
            summary.click()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "role": (BASE, nothing),
    "variant": (SENIOR, nothing),
    "composed": (BASE + QUERY, nothing),
    "composed, all shown": (BASE + QUERY, show_all),
    "composed, filled in": (BASE + QUERY + fragment(answers()), nothing),
    "composed, left to fill in": (BASE + QUERY, warn),
    "composed, details asked for": (BASE + QUERY, ask_for_details),
    "without the composer's data": (BASE, refuse_data),
    "levels compared": (COMPARE, nothing),
    "others compared": (COMPARE + "?with=base,senior,nlp,us-ny", nothing),
    "kit": (KIT, nothing),
    "kit, chosen": (KIT + "?level=senior&specialisation=nlp", nothing),
    "kit of a variant": (STAFF_KIT, nothing),
    "kit of any role": ("roles/any-role/interview.html", nothing),
    "all roles": ("roles/index.html", nothing),
    "all roles, filtered": ("roles/index.html?skill=SQL&level=Staff", unfold),
    "skills": ("skills.html", nothing),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(
    new_reader: NewReader, site: Site, state: str, size: str, scheme: str
) -> None:
    width, height = SIZES[size]
    page = new_reader(color_scheme=scheme, viewport={"width": width, "height": height}).new_page()
    path, act = STATES[state]
    page.goto(site.url + path, wait_until="networkidle")
    act(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
