"""The table of jurisdictions: complete as it is built, sorted by those who want to."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect
from role_page import NewReader, Site, catalog, in_browser

from rolebook.model import Rules

pytestmark = in_browser

LAWS = "variants/jurisdictions/index.html"
COLORADO = "variants/jurisdictions/us-co.html"
CAPTION = "What the law asks of a posting, by place"


@pytest.fixture
def laws(new_reader: NewReader, site: Site) -> Page:
    page = new_reader().new_page()
    page.goto(site.url + LAWS)
    return page


def places() -> dict[str, Rules]:
    """The places that have rules, in the order of their names."""
    found = {}
    for variant in sorted(catalog().variants.values(), key=lambda v: v.heading.casefold()):
        if rules := catalog().rules_of(variant):
            found[variant.heading] = rules
    return found


def head(page: Page, name: str) -> Locator:
    return page.get_by_role("columnheader", name=name, exact=True)


def column(page: Page) -> list[str]:
    """The first column from top to bottom."""
    return page.locator("table.rb-sortable tbody th").all_inner_texts()


def dated(page: Page, name: str) -> list[str]:
    """The dates of a column from top to bottom, as they are in the rules."""
    rules = places()
    return [getattr(rules[place], name) or "" for place in column(page)]


def test_the_first_column_is_sorted_and_says_so(laws: Page) -> None:
    assert column(laws) == [*places()]
    expect(head(laws, "Place")).to_have_attribute("aria-sort", "ascending")
    assert laws.locator("[aria-sort]").count() == 1


def test_a_column_is_sorted_up_and_down(laws: Page) -> None:
    button = head(laws, "In force").get_by_role("button")
    button.click()
    known = sorted(rules.in_force for rules in places().values() if rules.in_force)
    unknown = [""] * (len(places()) - len(known))
    assert dated(laws, "in_force") == known + unknown
    expect(head(laws, "In force")).to_have_attribute("aria-sort", "ascending")
    assert laws.locator("[aria-sort]").count() == 1
    expect(laws.get_by_role("status")).to_have_text("Sorted by In force, ascending")
    button.click()
    # What is not known stays last.
    assert dated(laws, "in_force") == known[::-1] + unknown
    expect(head(laws, "In force")).to_have_attribute("aria-sort", "descending")
    expect(laws.get_by_role("status")).to_have_text("Sorted by In force, descending")
    assert sorted(column(laws)) == sorted(places())


def test_equal_rows_keep_the_order_of_the_column_sorted_before(laws: Page) -> None:
    head(laws, "In force").get_by_role("button").click()
    head(laws, "Confidence").get_by_role("button").click()
    grades = ["low", "medium", "high"]
    found = [
        (grades.index(places()[p].confidence), places()[p].in_force or "9") for p in column(laws)
    ]
    assert found == sorted(found)


def test_the_keyboard_sorts_and_keeps_its_place(laws: Page) -> None:
    button = head(laws, "Last changed").get_by_role("button")
    button.focus()
    laws.keyboard.press("Enter")
    known = sorted(rules.amended for rules in places().values() if rules.amended)
    assert dated(laws, "amended")[: len(known)] == known
    laws.keyboard.press("Space")
    assert dated(laws, "amended")[: len(known)] == known[::-1]
    expect(button).to_be_focused()
    assert button.evaluate("(element) => getComputedStyle(element).outlineStyle") != "none"
    # Every column has a button, in their order.
    titles = laws.locator("table.rb-sortable thead th").all_inner_texts()
    head(laws, titles[0]).get_by_role("button").focus()
    for title in titles[1:]:
        laws.keyboard.press("Tab")
        expect(head(laws, title).get_by_role("button")).to_be_focused()


def test_the_table_is_one_for_those_who_hear_it(laws: Page) -> None:
    table = laws.get_by_role("table")
    # The caption says that the heads sort.
    expect(table).to_have_accessible_name(f"{CAPTION} ¶ (the buttons in its head sort it)")
    assert table.get_by_role("columnheader").count() == 9
    assert table.get_by_role("rowheader").count() == len(places())
    expect(table.get_by_role("rowheader", name="Colorado")).to_be_visible()


def test_without_scripts_it_is_all_there(new_reader: NewReader, site: Site) -> None:
    page = new_reader(java_script_enabled=False).new_page()
    page.goto(site.url + LAWS)
    assert column(page) == [*places()]
    expect(page.locator("table.rb-sortable button")).to_have_count(0)
    assert page.get_by_role("rowheader").count() == len(places())


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_table_scrolls_and_the_page_does_not(
    new_reader: NewReader, site: Site, scripts: bool
) -> None:
    options = {"width": 390, "height": 844}
    page = new_reader(viewport=options, java_script_enabled=scripts).new_page()
    page.goto(site.url + LAWS)
    box = page.get_by_role("region", name=CAPTION)
    place = page.get_by_role("rowheader", name="Colorado")
    before = place.bounding_box()
    # By the keyboard alone: the box takes the focus.
    box.focus()
    expect(box).to_be_focused()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    law = page.get_by_role("row", name="Colorado").get_by_role("cell").nth(2)
    expect(law).to_be_in_viewport()
    after = place.bounding_box()
    # The place stays in sight while the rest moves, and nothing makes the page wider.
    assert before and after
    assert after["x"] == pytest.approx(before["x"], abs=1)
    if scripts:
        assert box.evaluate("(element) => element.scrollLeft") > 100
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", [LAWS, COLORADO])
def test_axe_finds_nothing(
    new_reader: NewReader, site: Site, path: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    page = new_reader(color_scheme=scheme, viewport=size).new_page()
    page.goto(site.url + path)
    if path == LAWS:
        head(page, "In force").get_by_role("button").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
