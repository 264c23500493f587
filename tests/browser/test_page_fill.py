"""Filling a template in, and what is kept of it in the browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from role_page import (
    BASE,
    JUNIOR,
    SENIOR,
    NewReader,
    Site,
    answers,
    button,
    enter,
    field,
    fill_in,
    form,
    in_browser,
    placeholder_named,
    shown_lines,
    slots,
    status,
    template,
    template_lines,
    unfilled,
    with_defaults,
)

pytestmark = in_browser


def test_typing_fills_every_occurrence_at_once(page: Page) -> None:
    found = slots(page, "product")
    times = found.count()
    assert times > 1
    typed = ""
    for letter in "Tram map":
        field(page, placeholder_named("product")).press_sequentially(letter)
        typed += letter
        shown = [text.strip() for text in found.all_inner_texts()]
        assert shown == [typed.strip()] * times
    field(page, placeholder_named("product")).fill("")
    assert found.all_inner_texts() == ["{{ product }}"] * times


def test_a_filled_template_reads_as_it_will_be_copied(page: Page) -> None:
    assert template_lines(page) == shown_lines(template(), with_defaults({}))
    fill_in(page, answers())
    assert template_lines(page) == shown_lines(template(), answers())


def test_choosing_one(page: Page) -> None:
    arrangement = placeholder_named("arrangement")
    enter(page, arrangement, "Hybrid")
    assert slots(page, "arrangement").all_inner_texts() == ["Hybrid"]
    enter(page, arrangement, "")
    assert slots(page, "arrangement").all_inner_texts() == ["{{ arrangement }}"]


def test_choosing_several_keeps_their_order(page: Page) -> None:
    cloud = placeholder_named("cloud")
    group = form(page).get_by_role("group", name=cloud.label, exact=True)
    group.get_by_label(cloud.choices[2]).check()
    group.get_by_label(cloud.choices[0]).check()
    assert set(slots(page, "cloud").all_inner_texts()) == {
        f"{cloud.choices[0]}, {cloud.choices[2]}"
    }
    enter(page, cloud, [])
    assert set(slots(page, "cloud").all_inner_texts()) == {"{{ cloud }}"}


def test_the_counter_says_how_much_is_left(page: Page) -> None:
    values = dict(with_defaults({}))
    for name, value in answers().items():
        expect(status(page)).to_contain_text(f"{len(unfilled(values))} left to fill in")
        enter(page, placeholder_named(name), value)
        values[name] = value
    expect(status(page)).to_contain_text("All filled in")
    enter(page, placeholder_named("product"), "   ")
    expect(status(page)).to_contain_text("1 left to fill in")


def test_defaults_are_filled_in_and_can_be_taken_out(page: Page) -> None:
    expect(field(page, placeholder_named("pay period"))).to_have_value("a year")
    assert slots(page, "pay period").all_inner_texts() == ["a year"]
    enter(page, placeholder_named("pay period"), "")
    assert slots(page, "pay period").all_inner_texts() == ["{{ pay period }}"]
    page.reload()
    assert slots(page, "pay period").all_inner_texts() == ["{{ pay period }}"]


def test_reset_goes_back_to_the_defaults(page: Page) -> None:
    fill_in(page, answers())
    button(page, "Reset").click()
    assert template_lines(page) == shown_lines(template(), with_defaults({}))
    expect(field(page, placeholder_named("product"))).to_have_value("")
    expect(field(page, placeholder_named("pay period"))).to_have_value("a year")
    assert form(page).get_by_role("checkbox", checked=True).count() == 0
    page.reload()
    assert template_lines(page) == shown_lines(template(), with_defaults({}))


def test_a_value_is_one_line_without_ends(page: Page) -> None:
    enter(page, placeholder_named("product"), "  the \t tram  map ")
    assert set(slots(page, "product").all_inner_texts()) == {"the tram map"}
    expect(field(page, placeholder_named("product"))).to_have_value("  the \t tram  map ")


def test_what_was_typed_is_there_after_a_reload(page: Page) -> None:
    fill_in(page, answers())
    page.reload()
    assert template_lines(page) == shown_lines(template(), answers())
    expect(status(page)).to_contain_text("All filled in")


@pytest.mark.parametrize("other", [BASE, JUNIOR])
def test_what_was_typed_is_there_on_other_pages(page: Page, site: Site, other: str) -> None:
    fill_in(page, {"company name": "Nine Trams Ltd", "cloud": ["Azure"]})
    page.goto(site.url + other)
    assert set(slots(page, "company name").all_inner_texts()) == {"Nine Trams Ltd"}
    assert set(slots(page, "cloud").all_inner_texts()) == {"Azure"}
    expect(field(page, placeholder_named("company name"))).to_have_value("Nine Trams Ltd")


def test_another_tab_follows(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    enter(page, placeholder_named("company name"), "Nine Trams Ltd")
    expect(slots(other, "company name").first).to_have_text("Nine Trams Ltd")
    expect(field(other, placeholder_named("company name"))).to_have_value("Nine Trams Ltd")


def test_erasing_takes_it_away_everywhere(page: Page, site: Site) -> None:
    fill_in(page, answers())
    button(page, "Erase what I typed").click()
    assert page.evaluate("localStorage.length") == 0
    assert template_lines(page) == shown_lines(template(), with_defaults({}))
    for path in (SENIOR, BASE):
        page.goto(site.url + path)
        assert set(slots(page, "company name").all_inner_texts()) == {"{{ company name }}"}


BLOCKED = {
    "by its methods": """
        const refuse = () => { throw new DOMException("blocked", "SecurityError"); };
        for (const name of ["getItem", "setItem", "removeItem"]) Storage.prototype[name] = refuse;
    """,
    "by its name": """
        const get = () => { throw new DOMException("blocked", "SecurityError"); };
        Object.defineProperty(window, "localStorage", { get });
    """,
    "when full": """
        Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    """,
}


@pytest.mark.parametrize("how", BLOCKED)
def test_it_works_where_storage_is_blocked(new_reader: NewReader, site: Site, how: str) -> None:
    reader = new_reader()
    reader.add_init_script(BLOCKED[how])
    page = reader.new_page()
    page.goto(site.url + SENIOR)
    fill_in(page, answers())
    assert template_lines(page) == shown_lines(template(), answers())
    expect(page.get_by_text("This browser keeps nothing")).to_be_visible()
    button(page, "Reset").click()
    assert template_lines(page) == shown_lines(template(), with_defaults({}))
    enter(page, placeholder_named("product"), "Tram map")
    button(page, "Erase what I typed").click()
    assert template_lines(page) == shown_lines(template(), with_defaults({}))
