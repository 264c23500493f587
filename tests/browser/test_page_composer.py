"""The composer: any combination of variants, on the page of a role."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from role_page import (
    BASE,
    ROLE,
    SENIOR,
    NewReader,
    Site,
    button,
    catalog,
    copied,
    field,
    form,
    fragment,
    in_browser,
    shown_lines,
    shown_text,
    status,
    template_lines,
)

from rolebook.changes import ChangeKind, compare
from rolebook.compose import compose
from rolebook.exports.layout import LAYOUTS, Description, lay_out
from rolebook.model import Axis, Section, Template, Values
from rolebook.placeholders import defaults

pytestmark = in_browser

EXAMPLE = {
    Axis.LEVEL: "senior",
    Axis.SPECIALISATION: "nlp",
    Axis.INDUSTRY: "healthcare",
    Axis.COMPANY: "startup",
    Axis.ARRANGEMENT: "remote",
    Axis.JURISDICTION: "us-co",
}
QUERY = "?" + "&".join(f"{axis}={id_}" for axis, id_ in EXAMPLE.items())


def composed(choice: Mapping[Axis, str]) -> Template:
    return compose(catalog(), ROLE, choice)


def lines(choice: Mapping[Axis, str], values: Values | None = None) -> list[str]:
    template = composed(choice)
    return shown_lines(template, {**defaults(template.placeholders), **(values or {})})


def select(page: Page, axis: Axis) -> Locator:
    return page.get_by_label(axis.capitalize(), exact=True)


def choose(page: Page, choice: Mapping[Axis, str]) -> None:
    for axis, id_ in choice.items():
        select(page, axis).select_option(id_)


def expect_template(page: Page, choice: Mapping[Axis, str], values: Values | None = None) -> None:
    """The page shows the combination, line by line."""
    expect(page.locator(".rb-template").get_by_role("heading").first).to_contain_text(
        composed(choice).title
    )
    # The title can be the same, and its data still under way.
    expect(page.locator(".rb-composer")).not_to_have_attribute("aria-busy", "true")
    assert template_lines(page) == lines(choice, values)


@pytest.fixture
def role_page(new_reader: NewReader, site: Site) -> Page:
    """The role's own page, freshly opened."""
    page = new_reader().new_page()
    page.goto(site.url + BASE)
    return page


def test_there_is_a_select_for_each_axis_of_the_role(role_page: Page) -> None:
    names = [each.get_attribute("name") for each in role_page.locator(".rb-composer select").all()]
    by_axis: dict[str, list[str]] = {}
    for axis, id_ in catalog().variants_of(catalog().roles[ROLE]):
        by_axis.setdefault(axis.value, []).append(id_)
    assert names == [*by_axis]
    for name, ids in by_axis.items():
        options = select(role_page, Axis(name)).locator("option")
        assert [each.get_attribute("value") for each in options.all()] == ["", *ids]


def test_each_choice_recomposes_the_template(role_page: Page) -> None:
    choice: dict[Axis, str] = {}
    for axis, id_ in EXAMPLE.items():
        choice[axis] = id_
        select(role_page, axis).select_option(id_)
        expect_template(role_page, choice)
    expect(status(role_page)).to_contain_text(composed(EXAMPLE).title)
    assert role_page.title().startswith(composed(EXAMPLE).title)
    for axis in EXAMPLE:
        del choice[axis]
        select(role_page, axis).select_option("")
        expect_template(role_page, choice)


def test_the_form_asks_for_what_the_template_needs_in_its_order(role_page: Page) -> None:
    choose(role_page, EXAMPLE)
    expect_template(role_page, EXAMPLE)
    labels = [
        each.text_content()
        for each in form(role_page).locator(".rb-field > :is(label:not(.rb-check), legend)").all()
    ]
    placeholders = composed(EXAMPLE).placeholders
    assert labels == [placeholder.label for placeholder in placeholders]
    with_help = [p for p in placeholders if p.help]
    assert len(form(role_page).locator(".rb-help:not(.rb-band *)").all()) == len(with_help)


def test_values_outlive_the_fields_they_were_typed_into(role_page: Page) -> None:
    remote = {Axis.ARRANGEMENT: "remote"}
    by_name = {p.name: p for p in composed(remote).placeholders}
    field(role_page, by_name["product"]).fill("Tram map")
    choose(role_page, remote)
    expect(field(role_page, by_name["product"])).to_have_value("Tram map")
    field(role_page, by_name["shared hours"]).fill("10:00 to 15:00, CET")
    typed = {"product": "Tram map", "shared hours": "10:00 to 15:00, CET"}
    expect_template(role_page, remote, typed)
    choose(role_page, {Axis.ARRANGEMENT: "on-site"})
    expect(field(role_page, by_name["shared hours"])).to_have_count(0)
    expect_template(role_page, {Axis.ARRANGEMENT: "on-site"}, typed)
    choose(role_page, remote)
    expect(field(role_page, by_name["shared hours"])).to_have_value("10:00 to 15:00, CET")


def test_the_address_holds_the_choice(role_page: Page, new_reader: NewReader) -> None:
    choose(role_page, EXAMPLE)
    assert role_page.url.endswith(BASE + QUERY)
    field(role_page, composed(EXAMPLE).placeholders[0]).fill("Tram map")
    (link,) = copied(role_page, button(role_page, "Copy link").click).values()
    other = new_reader().new_page()
    other.goto(link)
    name = composed(EXAMPLE).placeholders[0].name
    expect_template(other, EXAMPLE, {name: "Tram map"})
    for axis, id_ in EXAMPLE.items():
        expect(select(other, axis)).to_have_value(id_)


def test_a_link_that_fits_is_not_called_misfit(new_reader: NewReader, site: Site) -> None:
    page = new_reader().new_page()
    page.goto(f"{site.url}{BASE}?arrangement=remote{fragment({'shared hours': '10 to 15, CET'})}")
    expect_template(page, {Axis.ARRANGEMENT: "remote"}, {"shared hours": "10 to 15, CET"})
    page.wait_for_timeout(300)
    expect(status(page)).not_to_contain_text("do not fit")


def test_a_link_leads_to_what_the_choice_changes(role_page: Page) -> None:
    choose(role_page, {Axis.LEVEL: "senior"})
    count = len(compare(composed({}), composed({Axis.LEVEL: "senior"})))
    link = role_page.locator(".rb-pages").get_by_role("link", name=f"{count} changes", exact=True)
    expect(link).to_be_visible()
    role_page.locator(".rb-template h3").first.evaluate("(heading) => heading.dataset.kept = 'yes'")
    link.click()
    expect(role_page.locator("section.rb-changes")).to_be_in_viewport()
    kept = role_page.locator(".rb-template h3").first.get_attribute("data-kept")
    assert kept == "yes", "an anchor on the page composes nothing anew"


def test_the_browsers_buttons_go_back_and_forward(role_page: Page) -> None:
    choose(role_page, {Axis.LEVEL: "junior"})
    choose(role_page, {Axis.LEVEL: "senior"})
    role_page.go_back()
    expect(select(role_page, Axis.LEVEL)).to_have_value("junior")
    expect_template(role_page, {Axis.LEVEL: "junior"})
    role_page.go_back()
    expect(select(role_page, Axis.LEVEL)).to_have_value("")
    expect_template(role_page, {})
    role_page.go_forward()
    expect_template(role_page, {Axis.LEVEL: "junior"})


def test_an_address_that_chooses_what_is_not_there_counts_as_far_as_it_can(
    new_reader: NewReader, site: Site
) -> None:
    page = new_reader().new_page()
    page.goto(f"{site.url}{BASE}?level=wizard&industry=healthcare&toString=x&specialisation=")
    expect(select(page, Axis.INDUSTRY)).to_have_value("healthcare")
    expect(select(page, Axis.LEVEL)).to_have_value("")
    expect_template(page, {Axis.INDUSTRY: "healthcare"})


@pytest.mark.parametrize("format", ["markdown", "text"])
def test_a_combination_is_copied_as_python_writes_it(role_page: Page, format: str) -> None:
    choose(role_page, EXAMPLE)
    expect_template(role_page, EXAMPLE)
    template = composed(EXAMPLE)
    name = {"markdown": "Copy Markdown", "text": "Copy plain text"}[format]

    def copy() -> None:
        button(role_page, name).click()
        button(role_page, "Copy anyway").click()

    (layout,) = (layout for layout in LAYOUTS if layout.name == format)
    made = Description(lay_out(template), defaults(template.placeholders)).render(layout)
    assert copied(role_page, copy) == {"text/plain": made}


def test_what_the_choice_changes_stands_line_by_line(role_page: Page) -> None:
    choose(role_page, EXAMPLE)
    expect_template(role_page, EXAMPLE)
    section = role_page.locator("section.rb-changes")
    template, plain = composed(EXAMPLE), composed({})
    changes = compare(plain, template)
    for kind in ChangeKind:
        these = [change for change in changes if change.kind is kind]
        items = section.locator(f".rb-change-{kind}")
        assert items.count() == len(these), kind
        for change, item in zip(these, items.all(), strict=True):
            part = change.after or change.before
            assert part is not None
            text = part.title if isinstance(part, Section) else part.text
            shown = item.locator(".rb-now" if change.after else ".rb-was").inner_text()
            assert " ".join(shown.split()) == shown_text(text, {})
    origins = section.locator(".rb-origin").all_inner_texts()
    # Colorado asks only for what every posting has a line for, so it changes none.
    assert set(origins) == {"Senior", "NLP", "Healthcare", "Start-up", "Remote"}
    gone = [p.label for p in plain.placeholders if p not in template.placeholders]
    assert gone
    expect(section).to_contain_text("No longer asked for: ")


def test_each_line_says_which_choice_it_comes_from(role_page: Page) -> None:
    choose(role_page, EXAMPLE)
    expect_template(role_page, EXAMPLE)
    button(role_page, "Show where lines come from").click()
    line = role_page.locator("#at-a-glance-remote-hours")
    expect(line.locator(".rb-origin")).to_be_visible()
    expect(line.locator(".rb-origin")).to_have_text("Remote")
    button(role_page, "Show changes").click()
    expect(line).to_have_class("rb-leaf rb-added")


def test_the_notes_are_those_of_all_that_is_chosen(role_page: Page) -> None:
    notes = role_page.locator(".rb-panel > .rb-notes")
    expect(notes).not_to_contain_text("Equal Pay for Equal Work Act")
    choose(role_page, {Axis.JURISDICTION: "us-co"})
    expect(notes).to_contain_text("Equal Pay for Equal Work Act")
    expect(notes).to_contain_text("This is not legal advice.")
    choose(role_page, {Axis.JURISDICTION: ""})
    expect(notes).not_to_contain_text("Equal Pay for Equal Work Act")


def test_what_the_law_requires_is_marked_in_the_form(role_page: Page) -> None:
    choose(role_page, {Axis.JURISDICTION: "us-co"})
    expect_template(role_page, {Axis.JURISDICTION: "us-co"})
    template = composed({Axis.JURISDICTION: "us-co"})
    marked = role_page.locator(".rb-field:has(.rb-required)")
    assert marked.count() == len([p for p in template.placeholders if p.required])


def test_pay_can_be_compared_with_figures_and_is_never_filled_in(role_page: Page) -> None:
    by_name = {p.name: p for p in composed({}).placeholders}
    pay = field(role_page, by_name["pay from"])
    band = role_page.locator(".rb-field:has(input):has(.rb-band) .rb-band")
    expect(band).to_contain_text("United States, all levels: US$")
    choose(role_page, {Axis.LEVEL: "senior", Axis.JURISDICTION: "us-co"})
    expect(band).to_contain_text("United States, senior: US$")
    expect(band).to_contain_text("Colorado, all levels: US$")
    expect(band).to_contain_text("answers")
    expect(pay).to_have_value("")
    described = str(pay.get_attribute("aria-describedby")).split()
    assert band.get_attribute("id") in described
    choose(role_page, {Axis.JURISDICTION: "eu"})
    expect(band).to_have_count(0)


def test_the_chosen_variants_pages_are_a_click_away(role_page: Page, site: Site) -> None:
    choose(role_page, {Axis.LEVEL: "senior", Axis.JURISDICTION: "us-co"})
    pages = role_page.locator(".rb-pages")
    expect(pages.get_by_role("link")).to_contain_text(["changes", "Senior", "Colorado"])
    pages.get_by_role("link", name="Senior").click()
    assert role_page.url == site.url + SENIOR


def test_a_choice_on_a_variants_page_leads_to_the_roles(new_reader: NewReader, site: Site) -> None:
    page = new_reader().new_page()
    page.goto(site.url + SENIOR + "#fill=" + "e30")
    expect(select(page, Axis.LEVEL)).to_have_value("senior")
    select(page, Axis.SPECIALISATION).select_option("nlp")
    page.wait_for_url(f"**/{ROLE}/index.html?level=senior&specialisation=nlp#fill=e30")
    expect_template(page, {Axis.LEVEL: "senior", Axis.SPECIALISATION: "nlp"})


def test_the_composers_data_come_with_the_first_use(new_reader: NewReader, site: Site) -> None:
    page = new_reader().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url + BASE, wait_until="networkidle")
    assert not [url for url in asked if "/composer/" in url]
    choose(page, {Axis.LEVEL: "senior"})
    expect_template(page, {Axis.LEVEL: "senior"})
    choose(page, {Axis.LEVEL: "junior"})
    expect_template(page, {Axis.LEVEL: "junior"})
    assert len([url for url in asked if "/composer/" in url]) == 1


def test_without_its_data_the_composer_names_the_pages(new_reader: NewReader, site: Site) -> None:
    page = new_reader().new_page()
    answer = {"status": 200, "body": "not JSON"}
    page.route("**/composer/*.json", lambda route: fulfil(route, answer))
    page.goto(site.url + BASE)
    choose(page, {Axis.LEVEL: "senior"})
    expect(page.get_by_text("could not be loaded").first).to_be_visible()
    expect(page.locator(".rb-variants").get_by_role("link", name="Senior").first).to_be_visible()
    assert template_lines(page) == lines({}), "the page's own template stays"
    expect(select(page, Axis.LEVEL)).to_have_value("")
    assert page.url.endswith(BASE)
    answer["body"] = (site.folder / "composer" / f"{ROLE}.json").read_text(encoding="utf-8")
    choose(page, {Axis.LEVEL: "junior"})
    expect_template(page, {Axis.LEVEL: "junior"})
    expect(page.locator(".rb-trouble")).to_be_hidden()


def fulfil(route: Route, answer: Mapping[str, object]) -> None:
    route.fulfill(status=200, body=str(answer["body"]), content_type="application/json")


def test_the_panel_keeps_to_the_templates_side(role_page: Page) -> None:
    choose(role_page, EXAMPLE)
    expect_template(role_page, EXAMPLE)
    role_page.set_viewport_size({"width": 1280, "height": 900})
    below = role_page.locator("section.rb-changes")
    below.evaluate("(element) => element.scrollIntoView()")
    panel = role_page.locator(".rb-panel").bounding_box()
    changes = below.bounding_box()
    assert panel and changes
    assert panel["y"] + panel["height"] <= changes["y"]


def test_by_keyboard_alone(role_page: Page) -> None:
    select(role_page, Axis.LEVEL).focus()
    role_page.keyboard.press("ArrowDown")
    expect_template(role_page, {Axis.LEVEL: "junior"})
    focused = role_page.evaluate("document.activeElement.name")
    assert focused == "level", "the focus stays where the reader is choosing"
    role_page.keyboard.press("Tab")
    assert role_page.evaluate("document.activeElement.name") == "specialisation"
