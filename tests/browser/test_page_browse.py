"""The list of all roles, filtered by facets, and the lists of skills."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from role_page import NewReader, Site, catalog, in_browser

from rolebook.model import Axis, Role

pytestmark = in_browser

INDEX = "roles/index.html"
SKILLS = "skills.html"


def roles() -> list[Role]:
    return catalog().ranked_roles()


def headings(*families: str, level: str = "", specialisation: str = "") -> list[str]:
    """The roles that have one of these families, and each of these variants."""
    wanted = {(Axis.LEVEL, level), (Axis.SPECIALISATION, specialisation)}
    wanted = {(axis, id_) for axis, id_ in wanted if id_}
    return [
        role.heading
        for role in roles()
        if (not families or role.family in families) and wanted <= {*catalog().variants_of(role)}
    ]


def shown(page: Page) -> list[str]:
    return page.locator(".rb-entry-title:visible").all_inner_texts()


def fold(page: Page, name: str) -> Locator:
    return page.locator(".rb-browse > details", has=page.locator("summary", has_text=name))


def choose(page: Page, facet: str, *values: str) -> None:
    """Open a facet, if it is closed, and tick values."""
    group = fold(page, facet)
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    for value in values:
        group.locator(f'input[value="{value}"]').check()


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.fixture
def index(new_reader: NewReader, site: Site) -> Page:
    page = new_reader().new_page()
    page.goto(site.url + INDEX)
    return page


def test_at_first_every_role_is_shown(index: Page) -> None:
    assert shown(index) == headings()
    expect(index.locator(".rb-browse").get_by_role("status")).to_have_text(
        f"All {len(roles())} roles"
    )
    expect(index.get_by_role("button", name="Clear all filters")).to_be_hidden()
    facets = ["Family", "Level", "Specialisation", "Industry", "Skill"]
    assert [
        text.strip() for text in index.locator(".rb-browse summary").all_inner_texts()
    ] == facets


def test_levels_stand_in_their_order_whichever_role_comes_first(
    new_reader: NewReader, site: Site
) -> None:
    page = new_reader().new_page()

    def drop_level(route: Route) -> None:
        """Have the first role lack a level that others have."""
        html = re.sub(
            r"<a [^>]*><span[^>]*>Mid-level</span></a>, ", "", route.fetch().text(), count=1
        )
        route.fulfill(body=html, content_type="text/html")

    page.route(f"**/{INDEX}", drop_level)
    page.goto(site.url + INDEX)
    levels = page.locator('.rb-browse input[name="level"]')
    names = ["Junior", "Mid-level", "Senior", "Staff", "Lead"]
    assert levels.evaluate_all("(all) => all.map(({ value }) => value)") == names


def test_values_of_a_facet_are_alternatives_and_facets_add_up(index: Page) -> None:
    choose(index, "Family", "Data")
    assert shown(index) == headings("data")
    choose(index, "Family", "Software")
    assert shown(index) == headings("data", "software")
    choose(index, "Family", "Machine learning")
    choose(index, "Level", "Staff")
    found = headings("data", "software", "machine-learning", level="staff")
    assert 0 < len(found) < len(roles())
    assert shown(index) == found
    status = index.locator(".rb-browse").get_by_role("status")
    expect(status).to_have_text(f"{len(found)} of {len(roles())} roles")
    choose(index, "Level", "Junior")
    assert len(shown(index)) > len(found)


def test_a_count_says_what_a_value_alone_would_show(index: Page) -> None:
    choose(index, "Level", "Staff")
    data = fold(index, "Family").locator("label", has_text="Data").locator(".rb-browse-count")
    assert data.text_content() == f"({len(headings('data', level='staff'))})"
    junior = fold(index, "Level").locator("label", has_text="Junior").locator(".rb-browse-count")
    assert junior.text_content() == f"({len(headings(level='junior'))})"


def test_nothing_that_fits_is_said(index: Page) -> None:
    choose(index, "Family", "Data")
    choose(index, "Specialisation", "NLP")
    assert shown(index) == []
    status = index.locator(".rb-browse").get_by_role("status")
    expect(status).to_have_text(f"None of {len(roles())} roles fits all of this")


def test_a_role_says_which_chosen_skill_it_asks_for(index: Page) -> None:
    choose(index, "Skill", "Kubernetes", "R")
    assert shown(index) == ["Machine learning engineer", "MLOps engineer", "Data scientist"]
    reasons = index.locator(".rb-reasons:visible")
    assert reasons.all_inner_texts() == ["Asks for Kubernetes", "Asks for Kubernetes", "Asks for R"]
    reasons.first.get_by_role("link").click()
    expect(index.locator("#skill-kubernetes")).to_be_in_viewport()


def test_the_address_keeps_the_choice(index: Page, site: Site) -> None:
    choose(index, "Skill", "C++", "Kubernetes")
    choose(index, "Level", "Senior")
    assert query(index) == {"skill": ["C++", "Kubernetes"], "level": ["Senior"]}
    before = shown(index)
    index.reload()
    assert shown(index) == before
    expect(fold(index, "Skill").locator("summary")).to_contain_text("C++, Kubernetes")
    # Back is to the choice before; what the address has besides stays.
    index.goto(f"{site.url}{INDEX}?from=mail&level=Chief&level=Staff#content")
    assert shown(index) == headings(level="staff")
    choose(index, "Family", "Data")
    assert query(index) == {"from": ["mail"], "level": ["Staff"], "family": ["Data"]}
    assert index.url.endswith("#content")
    index.go_back()
    assert shown(index) == headings(level="staff")
    assert not fold(index, "Family").locator("input:checked").count()


def test_the_choice_can_be_cleared(index: Page) -> None:
    choose(index, "Level", "Staff")
    index.get_by_role("button", name="Clear all filters").click()
    assert shown(index) == headings()
    assert query(index) == {}
    # The button is gone; the reader is at the first facet.
    expect(fold(index, "Family").locator("summary")).to_be_focused()


def test_the_keyboard_is_enough(index: Page) -> None:
    fold(index, "Family").locator("summary").focus()
    index.keyboard.press("Enter")
    index.keyboard.press("Tab")
    focused = index.locator(":focus")
    expect(focused).to_have_attribute("value", "Machine learning")
    assert focused.evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"
    index.keyboard.press("Space")
    assert shown(index) == headings("machine-learning")
    for _ in {role.family for role in roles() if role.family}:
        index.keyboard.press("Tab")
    expect(index.locator(":focus")).to_contain_text("Level")


def test_the_groups_have_names(index: Page) -> None:
    filters = index.get_by_role("group", name="Filter the roles")
    choose(index, "Level")
    level = filters.get_by_role("group", name="Level", exact=True)
    assert level.get_by_role("checkbox", name="Senior").count() == 1


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", [INDEX, INDEX + "?skill=SQL&family=Data", SKILLS])
def test_nothing_stands_over_the_edge(
    new_reader: NewReader, site: Site, path: str, width: int
) -> None:
    page = new_reader(viewport={"width": width, "height": 900}).new_page()
    page.goto(site.url + path)
    for summary in page.locator(".rb-browse summary, .rb-entry-facts summary").all():
        if summary.is_visible():
            summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_every_role_is_there(new_reader: NewReader, site: Site) -> None:
    page = new_reader(java_script_enabled=False).new_page()
    page.goto(site.url + INDEX)
    assert shown(page) == headings()
    assert not page.locator(".rb-browse").count()
    # A role's skills unfold without a script too, and lead to their entries.
    entry = page.locator(".rb-role-index > ul > li").first
    entry.locator("summary").click()
    entry.locator(".rb-facet-skill").get_by_role("link", name="Kubernetes", exact=True).click()
    term = page.locator("#skill-kubernetes")
    expect(term).to_be_in_viewport()
    demand = term.locator("xpath=following-sibling::dd[1]")
    demand.get_by_role("link", name="MLOps engineer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("MLOps engineer")
