"""Pages with figures of pay: sorted and filtered at will, and whole without scripts."""

from __future__ import annotations

import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from pay_book import AREAS, STATES, median, state_name
from playwright.sync_api import Locator, Page, expect
from role_page import NewReader, Site, in_browser

pytestmark = in_browser

PAGES = ("pay.html", "areas.html", "sources.html", "beside.html", "world.html")
ROWS = AREAS + 4


@pytest.fixture
def areas(new_reader: NewReader, pay_site: Site) -> Page:
    page = new_reader().new_page()
    page.goto(pay_site.url + "areas.html")
    return page


def rows(page: Page) -> Locator:
    return page.locator("table.rb-filterable tbody tr:visible")


def names(page: Page) -> list[str]:
    return rows(page).locator("th > p").all_inner_texts()


def status(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="rows")


def test_a_text_leaves_the_rows_that_hold_its_words(areas: Page) -> None:
    expect(status(areas)).to_have_text(f"All {ROWS} rows")
    field = areas.get_by_label("Filter rows")
    field.fill("town 01 elan")
    expect(status(areas)).to_have_text(re.compile(rf"^\d+ of {ROWS} rows$"))
    assert len(names(areas)) == int(status(areas).inner_text().split()[0]) >= 10
    assert all("01" in row for row in rows(areas).all_inner_texts())
    # No sums that happen to have these digits.
    field.fill("99,")
    expect(status(areas)).to_have_text(f"0 of {ROWS} rows")
    field.fill("nowhere")
    expect(status(areas)).to_have_text(f"0 of {ROWS} rows")
    field.fill("")
    expect(status(areas)).to_have_text(f"All {ROWS} rows")


def test_a_state_leaves_its_areas_and_a_text_leaves_fewer(areas: Page) -> None:
    state = areas.get_by_label("State", exact=True)
    options = state.locator("option").all_inner_texts()
    assert options == ["All", "Colorado", "New Mexico", *map(state_name, range(STATES))]
    state.select_option(state_name(7))
    expect(status(areas)).to_have_text(f"{AREAS // STATES} of {ROWS} rows")
    assert all(name.endswith("X07") for name in names(areas))
    areas.get_by_label("Filter rows").fill("town 357")
    assert names(areas) == ["Town 357-Élan, X07"]


def test_filtered_rows_are_sorted_and_stay_filtered(areas: Page) -> None:
    areas.get_by_label("State", exact=True).select_option(state_name(7))
    areas.get_by_role("columnheader", name="Median").get_by_role("button").click()
    found = [int(name[5:8]) for name in names(areas)]
    assert found == sorted(range(7, AREAS, STATES), key=median)
    areas.get_by_label("State", exact=True).select_option("")
    medians = areas.locator("td.rb-p50").all_inner_texts()
    values = [float(text.removeprefix("US$").replace(",", "")) for text in medians]
    assert values == sorted(values)


def test_it_all_goes_by_keyboard(areas: Page) -> None:
    areas.get_by_label("Filter rows").focus()
    areas.keyboard.type("x12")
    expect(status(areas)).to_have_text(f"{AREAS // STATES} of {ROWS} rows")
    areas.keyboard.press("Tab")
    expect(areas.get_by_label("State", exact=True)).to_be_focused()
    areas.keyboard.press("Tab")
    expect(areas.get_by_role("region", name=re.compile("pay by area")).first).to_be_focused()
    areas.keyboard.press("Tab")  # the caption's link to itself
    areas.keyboard.press("Tab")
    areas.keyboard.press("Enter")
    expect(areas.get_by_role("columnheader", name="Area")).to_have_attribute(
        "aria-sort", "descending"
    )
    found = names(areas)
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_anyone(
    new_reader: NewReader, pay_site: Site, name: str, width: int, scheme: str
) -> None:
    reader = new_reader(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = reader.new_page()
    page.goto(pay_site.url + name)
    if name == "areas.html":
        # Contrast is the same in all rows, and axe takes long over four hundred.
        page.get_by_label("Filter rows").fill("town 00")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_table_is_whole(new_reader: NewReader, pay_site: Site) -> None:
    page = new_reader(java_script_enabled=False).new_page()
    page.goto(pay_site.url + "areas.html")
    assert page.locator("table.rb-filterable tbody tr").count() == ROWS
    assert page.locator("main input, main select, main button").count() == 0
    assert page.locator("svg.rb-drawn").count() == ROWS


def test_the_picture_fits_any_width_and_keeps_its_lettering(
    new_reader: NewReader, pay_site: Site
) -> None:
    sizes = []
    for width in (1280, 390):
        page = new_reader(viewport={"width": width, "height": 900}).new_page()
        page.goto(pay_site.url + "pay.html")
        chart = page.locator(".rb-chart").first
        box = chart.bounding_box()
        assert box is not None
        for text in chart.locator("svg.rb-axis text").all():
            each = text.bounding_box()
            assert each is not None
            assert box["x"] <= each["x"] <= each["x"] + each["width"] <= box["x"] + box["width"]
            sizes.append(each["height"])
        assert chart.get_attribute("aria-hidden") == "true"
        page.close()
    assert max(sizes) - min(sizes) < 1


def test_in_forced_colours_the_bars_are_seen(new_reader: NewReader, pay_site: Site) -> None:
    page = new_reader(forced_colors="active").new_page()
    page.goto(pay_site.url + "pay.html")
    colours = page.locator(".rb-chart").first.evaluate(
        """(chart) => [chart, ...chart.querySelectorAll('.rb-drawn')]
          .map((each) => getComputedStyle(each).color)"""
    )
    assert len({*colours}) == 1


def test_on_paper_the_table_is_whole_and_the_fields_are_gone(areas: Page) -> None:
    areas.emulate_media(media="print")
    assert rows(areas).count() == ROWS
    expect(areas.locator(".rb-filter")).to_be_hidden()


def test_a_page_of_four_hundred_areas_is_light(pay_site: Site, areas: Page) -> None:
    sent = [pay_site.folder / "areas.html"]
    sent += [
        pay_site.folder / address.split("?")[0].removeprefix(pay_site.url)
        for address in areas.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
    ]
    assert {"rolebook.js", "rolebook.css"} <= {path.name for path in sent}
    assert sum(len(gzip.compress(path.read_bytes())) for path in sent) <= 150_000
