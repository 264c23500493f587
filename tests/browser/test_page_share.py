"""Links that carry what was filled in."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from role_page import (
    SENIOR,
    NewReader,
    Site,
    answers,
    button,
    copied,
    enter,
    field,
    fill_in,
    form,
    fragment,
    in_browser,
    placeholder_named,
    rendered,
    shown_lines,
    slots,
    status,
    template,
    template_lines,
    with_defaults,
)

pytestmark = in_browser

FROM_LINK = "These values came with the link"


def test_a_link_shows_another_reader_the_same(page: Page, new_reader: NewReader) -> None:
    fill_in(page, answers())
    (link,) = copied(page, button(page, "Copy link").click).values()
    other = new_reader().new_page()
    other.goto(link)
    assert template_lines(other) == shown_lines(template(), answers())
    expect(status(other)).to_contain_text("All filled in")
    expect(other.get_by_text(FROM_LINK)).to_be_visible()
    for name, value in answers().items():
        placeholder = placeholder_named(name)
        if placeholder.multiple:
            group = form(other).get_by_role("group", name=placeholder.label, exact=True)
            for choice in placeholder.choices:
                box = group.get_by_role("checkbox", name=choice, exact=True)
                expect(box).to_be_checked(checked=choice in value)
        else:
            assert isinstance(value, str)
            expect(field(other, placeholder)).to_have_value(value)
    found = copied(other, button(other, "Copy Markdown").click)
    assert found == {"text/plain": rendered("markdown", answers())}
    assert other.evaluate("localStorage.length") == 0, "looking at a link must keep nothing"


def test_editing_makes_a_links_values_the_readers_own(page: Page, site: Site) -> None:
    page.goto(site.url + SENIOR + fragment({"product": "Tram map", "location": "Oslo"}))
    page.reload()
    assert set(slots(page, "product").all_inner_texts()) == {"Tram map"}
    enter(page, placeholder_named("location"), "Bergen")
    expect(page).to_have_url(site.url + SENIOR)
    expect(page.get_by_text(FROM_LINK)).to_be_hidden()
    page.reload()
    assert set(slots(page, "product").all_inner_texts()) == {"Tram map"}
    assert set(slots(page, "location").all_inner_texts()) == {"Bergen"}


def test_ordinary_anchors_still_work(page: Page, site: Site) -> None:
    enter(page, placeholder_named("product"), "Tram map")
    for anchor in ("#requirements", "#changes", "#at-a-glance-location"):
        page.goto(site.url + SENIOR + anchor)
        expect(page.locator(anchor)).to_be_in_viewport()
        assert page.url.endswith(anchor)
        assert set(slots(page, "product").all_inner_texts()) == {"Tram map"}
        expect(page.get_by_text(FROM_LINK)).to_be_hidden()
    # Editing does not take an anchor away.
    enter(page, placeholder_named("product"), "Bus map")
    assert page.url.endswith("#at-a-glance-location")


def test_a_links_values_stay_while_the_reader_moves_about(page: Page, site: Site) -> None:
    page.goto(site.url + SENIOR + fragment({"product": "Tram map"}))
    page.locator("#requirements .headerlink").first.evaluate("(link) => link.click()")
    expect(page.locator("#requirements")).to_be_in_viewport()
    assert set(slots(page, "product").all_inner_texts()) == {"Tram map"}
    expect(page.get_by_text(FROM_LINK)).to_be_visible()


def test_the_back_button_leaves_a_link(page: Page, site: Site) -> None:
    enter(page, placeholder_named("product"), "My own map")
    page.goto(site.url + SENIOR + fragment({"product": "Tram map"}))
    expect(slots(page, "product").first).to_have_text("Tram map")
    page.go_back()
    expect(slots(page, "product").first).to_have_text("My own map")
    expect(field(page, placeholder_named("product"))).to_have_value("My own map")
    expect(page.get_by_text(FROM_LINK)).to_be_hidden()
    page.go_forward()
    expect(slots(page, "product").first).to_have_text("Tram map")


def test_the_back_button_from_another_page_brings_everything_back(page: Page, site: Site) -> None:
    fill_in(page, answers())
    page.goto(site.url)
    page.go_back()
    assert template_lines(page) == shown_lines(template(), answers())
    assert form(page).get_by_role("checkbox", checked=True).count() > 0


def test_a_link_leaves_out_what_the_template_does_not_ask_for(page: Page, site: Site) -> None:
    page.goto(site.url + SENIOR + fragment({"product": "Tram map", "shoe size": "44"}))
    expect(status(page)).to_contain_text("do not fit the template")
    assert template_lines(page) == shown_lines(template(), with_defaults({"product": "Tram map"}))
