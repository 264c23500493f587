"""The page that compares a role's levels: choosing its columns, and doing without a script."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from role_page import BASE as ROLE_PAGE
from role_page import COMPARE as PAGE
from role_page import (
    ROLE,
    NewReader,
    Site,
    button,
    catalog,
    in_browser,
    shown_text,
    status,
)

from rolebook.changes import Part
from rolebook.comparison import Row, Standing, compare_all, is_same, runs
from rolebook.compose import compose
from rolebook.model import Axis, Item
from rolebook.names import short_name
from rolebook.sphinx.comparison import BASE, WORDS

pytestmark = in_browser

VARIANTS = {
    id_: variant for (_, id_), variant in catalog().variants_of(catalog().roles[ROLE]).items()
}
LEVELS = ["base", *(id_ for id_, variant in VARIANTS.items() if variant.axis is Axis.LEVEL)]


def name(token: str) -> str:
    """What a column is called."""
    return BASE if token == "base" else short_name(VARIANTS[token], catalog().roles[ROLE])


def check(page: Page, token: str) -> Locator:
    return page.get_by_role("checkbox", name=name(token), exact=True)


def checked(page: Page) -> list[str]:
    return [
        str(box.get_attribute("value"))
        for box in page.locator(".rb-columns input").all()
        if box.is_checked()
    ]


def open_page(new_reader: NewReader, site: Site, query: str = "") -> Page:
    page = new_reader().new_page()
    page.goto(site.url + PAGE + query)
    return page


@pytest.fixture
def levels(new_reader: NewReader, site: Site) -> Page:
    """The page, freshly opened."""
    return open_page(new_reader, site)


# What must be in the tables


def wanted_rows(tokens: Sequence[str]) -> list[list[str]]:
    """Each row, head first, each joined cell once: how it stands, what it says, how wide it is."""
    templates = [
        compose(catalog(), ROLE, {} if t == "base" else {VARIANTS[t].axis: t}) for t in tokens
    ]
    comparison = compare_all(templates)
    head = ["Line", *(name(token) for token in tokens)]
    titles = [templates[0].title, *comparison.titles]
    row = ["Title"]
    for before, title in zip(titles, comparison.titles, strict=False):
        if len(row) > 1 and before == title:
            row[-1] = row[-1][:-1] + str(int(row[-1][-1]) + 1)
        else:
            word = WORDS[Standing.CHANGED] if title != titles[0] else ""
            row.append(f"{word}|{shown_text(title, {})}|1")
    rows = [head, row, *_numbered(comparison.summary)]
    for section in comparison.sections:
        rows.append(head)
        if not is_same(section.headings):
            rows.append(_shown("Heading", section.headings))
        rows += _numbered(section.rows)
    return rows


def _numbered(rows: Sequence[Row]) -> list[list[str]]:
    return [_shown(str(number), row) for number, row in enumerate(rows, start=1)]


def _shown(head: str, row: Row) -> list[str]:
    cells = [(row[start], end - start) for start, end in runs(row)]
    return [
        head,
        *(f"{WORDS.get(cell.standing, '')}|{_text(cell.part)}|{width}" for cell, width in cells),
    ]


def _text(part: Part | None) -> str:
    if part is None:
        return ""
    return shown_text(part.text if isinstance(part, Item) else part.title, {})


def shown_rows(page: Page) -> list[list[str]]:
    rows: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll("table.rb-compare tr")].map((row) =>
          [...row.cells].map((cell) => {
            if (cell.localName === "th") return cell.textContent;
            const said = [...cell.children].filter((p) => !p.matches(".rb-standing"));
            const word = cell.querySelector(".rb-standing")?.textContent ?? "";
            return `${word}|${said.map((p) => p.textContent).join("")}|${cell.colSpan}`;
          }))"""
    )
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def shown_markup(page: Page) -> list[str]:
    """The tables' elements with the attributes that readers, styles and tests go by."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("section.rb-compared, section.rb-compared *")]
          .filter((element) => !element.closest(".headerlink"))
          .map((element) => {
            const wanted = ["id", "href", "scope", "colspan", "role", "tabindex", "aria-label"];
            const classes = [...element.classList].filter((name) => /^(rb-|rubric)/.test(name));
            const has = wanted.filter((name) => element.hasAttribute(name));
            const said = has.map((name) => `${name}=${element.getAttribute(name)}`);
            return [element.localName, ...classes.sort(), ...said].join(" ");
          })"""
    )
    return [element for element in found if element not in ("span", "span rb-brace")]


def expect_columns(page: Page, tokens: Sequence[str]) -> None:
    said = [name(token) for token in tokens]
    expect(page.locator("#summary thead")).to_have_text(re.compile(r"\s*".join(["Line", *said])))
    assert shown_rows(page) == wanted_rows(tokens)


# The page as it is built


def test_all_levels_are_there_without_a_script(new_reader: NewReader, site: Site) -> None:
    page = new_reader(java_script_enabled=False).new_page()
    page.goto(site.url + PAGE)
    heads = page.locator("#summary thead th")
    assert heads.all_inner_texts() == ["Line", *(name(token) for token in LEVELS)]
    expect(page.locator(".rb-columns")).to_have_count(0)
    for row in (page.locator("#requirements tr").nth(1), page.locator("#pay tr").nth(1)):
        expect(row.locator("th[scope=row]")).to_be_visible()
    heads.get_by_role("link", name=name(LEVELS[-1]), exact=True).click()
    assert page.url.endswith(f"/{LEVELS[-1]}.html")


def test_the_tables_say_what_python_says(levels: Page) -> None:
    expect_columns(levels, LEVELS)
    assert checked(levels) == LEVELS
    expect(levels.get_by_role("columnheader", name=BASE).first).to_be_visible()
    expect(levels.get_by_role("rowheader", name="1", exact=True).first).to_be_visible()


def test_the_roles_page_leads_here(new_reader: NewReader, site: Site) -> None:
    page = new_reader().new_page()
    page.goto(site.url + ROLE_PAGE)
    page.get_by_role("link", name="Compare the levels").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Compare the levels")


# Choosing columns


def without(*tokens: str) -> list[str]:
    return [token for token in LEVELS if token not in tokens]


def test_columns_are_chosen_and_taken_back(levels: Page) -> None:
    check(levels, "junior").uncheck()
    expect_columns(levels, without("junior"))
    *names, last = map(name, without("junior"))
    expect(status(levels)).to_have_text(f"Side by side: {', '.join(names)} and {last}.")
    check(levels, "nlp").check()
    expect_columns(levels, [*without("junior"), "nlp"])
    assert levels.url.endswith(f"?with={','.join([*without('junior'), 'nlp'])}")
    levels.get_by_text("Jurisdiction", exact=True).click()
    check(levels, "mid").uncheck()
    check(levels, "us-ny").check()
    expect_columns(levels, [*without("junior", "mid"), "nlp", "us-ny"])
    button(levels, "Reset").click()
    expect_columns(levels, LEVELS)
    assert levels.url.endswith(PAGE)
    expect(button(levels, "Reset")).to_be_focused()


def test_any_two_can_be_compared(new_reader: NewReader, site: Site) -> None:
    for tokens in (["junior", "nlp"], ["healthcare", "remote"], ["base", "us-co"]):
        page = open_page(new_reader, site, f"?with={tokens[1]},{tokens[0]}")
        expect_columns(page, tokens)
        assert checked(page) == tokens
        for token in tokens:  # also where its group is folded up at first
            expect(check(page, token)).to_be_visible()


def test_what_the_script_builds_is_what_sphinx_builds(new_reader: NewReader, site: Site) -> None:
    page = open_page(new_reader, site)
    built = shown_markup(page)

    def other_columns(route: Route) -> None:
        """The page as if its own columns were others, so that the script has to build these."""
        response = route.fetch()
        body = response.text()
        own = ",".join(f'"{token}"' for token in LEVELS)
        assert f'"shown":[{own}]' in body
        route.fulfill(response=response, body=body.replace(f'"shown":[{own}]', '"shown":["base"]'))

    page.route(f"{site.url}{PAGE}*", other_columns)
    page.goto(f"{site.url}{PAGE}?with={','.join(LEVELS)}")
    expect(status(page)).to_contain_text("Side by side")
    expect_columns(page, LEVELS)
    assert shown_markup(page) == built


def test_two_at_least_and_six_at_most(levels: Page) -> None:
    button(levels, "Clear").click()
    assert checked(levels) == []
    expect(status(levels)).to_have_text("Choose at least two columns.")
    check(levels, "senior").check()
    expect(status(levels)).to_have_text("Choose at least two columns.")
    expect_columns(levels, LEVELS)
    check(levels, "nlp").check()
    expect_columns(levels, ["senior", "nlp"])
    others = ["mlops", "edge-ai", "deep-learning", "generative-ai"]
    for token in others:
        check(levels, token).check()
    six = [token for token in VARIANTS if token in ("senior", "nlp", *others)]
    expect_columns(levels, six)
    check(levels, "junior").click()
    expect(status(levels)).to_contain_text("Six columns are the most")
    expect(check(levels, "junior")).not_to_be_checked()
    expect_columns(levels, six)


def test_back_and_forward_and_a_link(new_reader: NewReader, levels: Page, site: Site) -> None:
    check(levels, "junior").uncheck()
    expect_columns(levels, without("junior"))
    check(levels, "base").uncheck()
    expect_columns(levels, without("junior", "base"))
    link = levels.url
    levels.go_back()
    expect_columns(levels, without("junior"))
    assert checked(levels) == without("junior")
    levels.go_back()
    expect_columns(levels, LEVELS)
    levels.go_forward()
    expect_columns(levels, without("junior"))
    other = new_reader().new_page()
    other.goto(link)
    expect_columns(other, without("junior", "base"))


@pytest.mark.parametrize(
    ("query", "tokens"),
    [
        ("?with=", LEVELS),
        ("?with=senior", LEVELS),
        ("?with=senior,nobody", LEVELS),
        ("?with=senior,<b>,junior,junior", ["junior", "senior"]),
        ("?with=nlp,lead,staff,senior,mid,junior,base", LEVELS),
        ("?q=1&with=mid%2Csenior#pay", ["mid", "senior"]),
    ],
)
def test_an_address_is_taken_as_far_as_it_goes(
    new_reader: NewReader, site: Site, query: str, tokens: list[str]
) -> None:
    page = open_page(new_reader, site, query)
    expect_columns(page, tokens)
    if "q=1" in query:
        check(page, "base").check()
        expect_columns(page, ["base", *tokens])
        assert page.url.endswith(f"?q=1&with=base,{','.join(tokens)}#pay")


def test_by_keyboard(levels: Page) -> None:
    check(levels, "base").focus()
    levels.keyboard.press("Space")
    expect_columns(levels, without("base"))
    expect(check(levels, "base")).to_be_focused()
    levels.keyboard.press("Tab")
    expect(check(levels, "junior")).to_be_focused()
    levels.keyboard.press("Space")
    expect_columns(levels, without("base", "junior"))
    expect(check(levels, "junior")).to_be_focused()
    levels.get_by_text("Industry", exact=True).focus()
    levels.keyboard.press("Enter")
    levels.keyboard.press("Tab")
    levels.keyboard.press("Space")
    first = next(id_ for id_, variant in VARIANTS.items() if variant.axis is Axis.INDUSTRY)
    expect(check(levels, first)).to_be_focused()
    expect_columns(levels, [*without("base", "junior"), first])


# Without what other columns are made of


def test_the_tables_stay_when_the_data_do_not_come(new_reader: NewReader, site: Site) -> None:
    page = new_reader().new_page()
    # The browser itself writes every failed request to the console, where none may be.
    page.add_init_script(
        "window.refused = true; const real = window.fetch;"
        "window.fetch = (...a) => window.refused ? Promise.reject(new TypeError()) : real(...a);"
    )
    page.goto(site.url + PAGE)
    check(page, "junior").click()
    expect(status(page)).to_contain_text("could not be loaded, so the tables stay as they are.")
    expect_columns(page, LEVELS)
    assert checked(page) == LEVELS
    assert page.url.endswith(PAGE)
    page.evaluate("window.refused = false")
    check(page, "junior").click()
    expect_columns(page, without("junior"))


def test_a_link_to_other_columns_without_the_data(new_reader: NewReader, site: Site) -> None:
    page = new_reader().new_page()
    page.add_init_script("window.fetch = () => Promise.reject(new TypeError())")
    page.goto(site.url + PAGE + "?with=mid,senior")
    expect(status(page)).to_contain_text("could not be loaded")
    expect_columns(page, LEVELS)


def test_from_a_folder(new_reader: NewReader, site: Site) -> None:
    page = new_reader().new_page()
    page.add_init_script("window.fetch = () => Promise.reject(new TypeError())")
    page.goto((site.folder / PAGE).as_uri())
    expect_columns(page, LEVELS)
    check(page, "base").click()
    expect(status(page)).to_contain_text("could not be loaded")
    expect_columns(page, LEVELS)


# On a phone


@pytest.mark.parametrize("query", ["", "?with=base,senior,nlp,us-ny"])
def test_on_a_phone_the_tables_scroll_and_the_page_does_not(
    new_reader: NewReader, site: Site, query: str
) -> None:
    page = new_reader(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(site.url + PAGE + query)
    expect(page.locator(".rb-columns")).to_be_visible()
    if query:
        expect_columns(page, ["base", "senior", "nlp", "us-ny"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator("#about-company .rb-table")
    assert box.evaluate("(box) => box.scrollWidth > box.clientWidth")
    # What stands across all columns can be read without scrolling, and after it.
    text = box.locator("td p").first
    for left in (0, 10_000):
        box.evaluate("(box, left) => { box.scrollLeft = left }", left)
        place = text.bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 390
    head = box.locator("tbody th").first.bounding_box()
    assert head is not None
    assert head["x"] >= 0
