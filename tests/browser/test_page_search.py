"""The search page: what readers find by words and by facets, wherever they come from."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page, Route, expect
from role_page import CONTENT, SENIOR, NewReader, Site, in_browser

pytestmark = in_browser

SEARCH = "search.html"
FACETS = ("kind", "role", "level", "specialisation", "industry")

Facets = dict[str, str]
"""A page's value of each of its facets. No page of this handbook has two of one."""


@cache
def pages(folder: Path) -> dict[str, Facets]:
    """Every page that can be found, by its address, as its own elements tell."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        if page.select("main[data-pagefind-body]"):
            address = path.relative_to(folder).as_posix().removesuffix("index.html")
            found[address] = {
                str(meta["name"]).partition(":")[2]: str(meta["content"])
                for meta in page.select("meta[data-pagefind-filter]")
            }
    return found


def matching(all_pages: Iterable[Facets], choice: Mapping[str, set[str]]) -> list[Facets]:
    """The pages with one of the chosen values of each facet in which some are chosen."""
    return [
        page
        for page in all_pages
        if all(page.get(facet) in values for facet, values in choice.items())
    ]


def counts(all_pages: Iterable[Facets], choice: Mapping[str, set[str]]) -> dict[str, int]:
    """What has to stand beside each choice: a value's pages among those of the other facets."""
    found: dict[str, int] = {}
    for facet in FACETS:
        others = {name: values for name, values in choice.items() if name != facet}
        tally = Counter(page.get(facet) for page in matching(all_pages, others))
        found |= {f"{facet}: {value}": count for value, count in tally.items() if value}
    return found


def shown_counts(page: Page) -> dict[str, int]:
    """What stands beside each choice that is offered."""
    rows: list[tuple[str, str]] = page.evaluate(
        """() => [...document.querySelectorAll("#search-facets label")]
          .filter((label) => label.checkVisibility())
          .map((label) => [
            `${label.control.name}: ${label.control.value}`,
            label.lastChild.textContent.replace(/\\D/g, ""),
          ])"""
    )
    return {name: int(count) for name, count in rows}


def status(page: Page) -> Locator:
    return page.get_by_role("status")


def titles(page: Page) -> Locator:
    return page.locator("#search-results > li > a")


def choice_of(page: Page, facet: str, value: str) -> Locator:
    return page.locator(f'#search-facets input[name="{facet}"][value="{value}"]')


def look_for(page: Page, site: Site, **query: str | list[str]) -> None:
    """Open the search page with a query and wait until it has answered."""
    page.goto(f"{site.url}{SEARCH}?{urlencode(query, doseq=True)}")
    expect(status(page)).to_contain_text("found")


def told(count: int) -> str:
    return "1 page found" if count == 1 else f"{count} pages found"


@pytest.fixture
def wide(new_reader: NewReader) -> Page:
    """A page that is wide enough for the facets to lie open."""
    return new_reader(viewport={"width": 1280, "height": 900}).new_page()


# Words


def test_results_follow_what_is_typed(wide: Page, search_site: Site) -> None:
    wide.goto(search_site.url + SEARCH)
    expect(wide.get_by_role("searchbox")).to_be_focused()
    wide.keyboard.type("scorecard", delay=20)
    expect(status(wide)).to_contain_text("pages found")
    expect(wide).to_have_url(f"{search_site.url}{SEARCH}?q=scorecard")
    first = wide.locator("#search-results > li").first
    expect(first.locator("mark").first).to_contain_text("scorecard", ignore_case=True)
    wide.get_by_role("searchbox").fill("")
    expect(status(wide)).to_be_empty()
    expect(titles(wide)).to_have_count(0)


def test_a_result_says_what_it_is_and_leads_there(wide: Page, search_site: Site) -> None:
    look_for(wide, search_site, q="senior data scientist")
    result = wide.locator("#search-results > li").first
    expect(result.locator("a")).to_have_text("Senior data scientist")
    expect(result.locator(".facts")).to_have_text("Job description · Data scientist · Senior")
    result.locator("a").click()
    expect(wide).to_have_url(f"{search_site.url}roles/data-scientist/senior.html")


@pytest.mark.parametrize("start", ["index.html", SENIOR, "manual/command.html"])
def test_the_bar_of_any_page_leads_to_results(wide: Page, search_site: Site, start: str) -> None:
    wide.goto(search_site.url + start)
    wide.get_by_role("searchbox").fill("placeholder syntax")
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(f"{search_site.url}{SEARCH}?q=placeholder+syntax")
    expect(titles(wide).first).to_be_visible()


def test_the_manual_is_found_too(wide: Page, search_site: Site) -> None:
    look_for(wide, search_site, q="rolebook_pay_area")
    expect(titles(wide).first).to_have_attribute("href", "/manual/configuration.html")
    expect(wide.locator("#search-results .facts").first).to_have_text("Manual")


def test_more_results_on_request(wide: Page, search_site: Site) -> None:
    look_for(wide, search_site, q="pay")
    expect(titles(wide)).to_have_count(5)
    wide.get_by_role("button", name="Show more").click()
    expect(titles(wide)).to_have_count(15)
    expect(titles(wide).nth(5)).to_be_focused()


def test_more_results_that_come_after_another_search(wide: Page, search_site: Site) -> None:
    look_for(wide, search_site, q="pay")
    held: list[Route] = []
    wide.route("**/pagefind/fragment/**", lambda route: held.append(route))
    with wide.expect_request("**/pagefind/fragment/**"):
        wide.get_by_role("searchbox").fill("glossary")
    with wide.expect_request("**/pagefind/fragment/**"):
        wide.get_by_role("button", name="Show more").click()
    wide.wait_for_timeout(200)
    for route in held:
        route.continue_()
    wide.wait_for_load_state("networkidle")
    expect(titles(wide).first).to_have_text("Glossary")
    expect(titles(wide)).to_have_count(5)


def test_all_results_can_be_reached(wide: Page, search_site: Site) -> None:
    look_for(wide, search_site, level="Senior")
    more = wide.get_by_role("button", name="Show more")
    while more.is_visible():
        before = titles(wide).count()
        more.click()
        expect(titles(wide).nth(before)).to_be_focused()
    addresses = [link.get_attribute("href") or "" for link in titles(wide).all()]
    wanted = [name for name, facets in pages(search_site.folder).items() if facets.get("level")]
    senior = [n for n in wanted if pages(search_site.folder)[n]["level"] == "Senior"]
    assert sorted(addresses) == sorted(f"/{name}" for name in senior)


SYNONYMS = {
    "MLE": ("machine learning engineer", "Machine learning engineer"),
    "mles": ("machine learning engineer", "Machine learning engineer"),
    "senior ML engineer": (
        "senior machine learning engineer",
        "Senior machine learning engineer",
    ),
    "AI developer": ("AI engineer", "AI engineer"),
    "DS": ("data scientist", "Data scientist"),
    "DE": ("data engineer", "Data engineer"),
    "jr DE": ("junior data engineer", "Junior data engineer"),
    "JD": ("job description", "Writing a job description"),
}


@pytest.mark.parametrize("typed", SYNONYMS)
def test_words_of_the_field_find_the_handbooks_own(
    wide: Page, search_site: Site, typed: str
) -> None:
    said, first = SYNONYMS[typed]
    look_for(wide, search_site, q=typed)
    expect(wide.get_by_text(f"Searched for “{said}”")).to_be_visible()
    expect(titles(wide).first).to_have_text(first)
    expect(wide.get_by_role("searchbox")).to_have_value(typed)


def test_a_question_is_searched_by_its_telling_words(wide: Page, search_site: Site) -> None:
    look_for(wide, search_site, q="How do I interview an MLE?")
    meant = wide.get_by_text("Searched for “interview machine learning engineer?”")
    expect(meant).to_be_visible()
    expect(titles(wide).first).to_contain_text("Interview kit")


@pytest.mark.parametrize(
    "typed", ["MLOps", "HTML", "ideas", '"DE"', '"pay  by"', '"How do I"', "to  be"]
)
def test_other_words_are_left_alone(wide: Page, search_site: Site, typed: str) -> None:
    look_for(wide, search_site, q=typed)
    expect(wide.locator("#search-meant")).to_be_hidden()


def test_words_are_left_alone_in_another_language(wide: Page, search_site: Site) -> None:
    def translate(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace('lang="en"', 'lang="de"'))

    wide.route(f"**/{SEARCH}*", translate)
    look_for(wide, search_site, q="drift  in  is")
    expect(wide.locator("html")).to_have_attribute("lang", "de")
    expect(wide.locator("#search-meant")).to_be_hidden()


def test_every_synonym_stands_for_what_the_handbook_says(wide: Page, search_site: Site) -> None:
    (options,) = (
        ast.literal_eval(node.value)
        for node in ast.parse((CONTENT / "conf.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "html_theme_options"
    )
    for said in set(options["search_words"].values()):
        # In quotation marks nothing is stretched to a likely word.
        look_for(wide, search_site, q=f'"{said}"')
        expect(titles(wide).first).to_be_visible()


# Facets

CHOICES: dict[str, dict[str, set[str]]] = {
    "one": {"kind": {"Interview kit"}},
    "two of one facet": {"kind": {"Interview kit", "Pay"}},
    "two facets": {"kind": {"Job description"}, "role": {"Data engineer"}},
    "two of each": {
        "kind": {"Job description", "Interview kit"},
        "role": {"Machine learning engineer", "AI engineer"},
    },
    "three facets": {
        "kind": {"Job description"},
        "role": {"Machine learning engineer", "Data scientist"},
        "level": {"Junior", "Staff"},
    },
    "specialisation": {"specialisation": {"NLP"}},
    "industry": {"industry": {"Healthcare", "E-commerce"}},
}


@pytest.mark.parametrize("case", CHOICES)
def test_facets_narrow_by_one_of_each(wide: Page, search_site: Site, case: str) -> None:
    everything = [*pages(search_site.folder).values()]
    wide.goto(search_site.url + SEARCH)
    expect(choice_of(wide, "kind", "Manual")).to_be_visible()
    assert shown_counts(wide) == counts(everything, {})
    for facet, values in CHOICES[case].items():
        for value in sorted(values):
            choice_of(wide, facet, value).check()
    wanted = matching(everything, CHOICES[case])
    assert 0 < len(wanted) < len(everything)
    expect(status(wide)).to_have_text(told(len(wanted)))
    assert shown_counts(wide) == counts(everything, CHOICES[case])


def test_a_count_is_what_its_choice_finds(wide: Page, search_site: Site) -> None:
    look_for(wide, search_site, q="evaluation")
    offered = shown_counts(wide)
    assert len(offered) > 10
    for name, count in offered.items():
        facet, _, value = name.partition(": ")
        choice_of(wide, facet, value).check()
        expect(status(wide)).to_have_text(told(count))
        choice_of(wide, facet, value).uncheck()
    expect(wide.get_by_role("button", name="Clear choices")).to_be_hidden()


def test_a_choice_outlives_other_words(wide: Page, search_site: Site) -> None:
    look_for(wide, search_site, q="drift", kind="Interview kit")
    wide.get_by_role("searchbox").fill("SNOMED")
    expect(status(wide)).to_contain_text("No page found")
    # It finds nothing, and can still be taken back.
    choice_of(wide, "kind", "Interview kit").uncheck()
    expect(titles(wide).first).to_be_visible()


def test_levels_stand_in_their_order(wide: Page, search_site: Site) -> None:
    wide.goto(search_site.url + SEARCH)
    group = wide.get_by_role("group", name="Level")
    expect(group.locator("label > span:first-of-type")).to_have_text(
        ["Junior", "Mid-level", "Senior", "Staff", "Lead"]
    )


# The address


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_address_holds_the_search(wide: Page, search_site: Site) -> None:
    look_for(wide, search_site, q="drift")
    unfiltered = status(wide).inner_text()
    choice_of(wide, "kind", "Job description").check()
    choice_of(wide, "kind", "Glossary").check()
    choice_of(wide, "role", "MLOps engineer").check()
    wanted = {"q": ["drift"], "kind": ["Glossary", "Job description"], "role": ["MLOps engineer"]}
    expect(status(wide)).to_have_text("1 page found")
    assert query_of(wide) == wanted
    wide.reload()
    expect(status(wide)).to_have_text("1 page found")
    for facet, value in [(f, v) for f in FACETS for v in wanted.get(f, ())]:
        expect(choice_of(wide, facet, value)).to_be_checked()
    titles(wide).first.click()
    wide.wait_for_url("**/roles/**")
    wide.go_back()
    expect(status(wide)).to_have_text("1 page found")
    assert query_of(wide) == wanted
    wide.get_by_role("button", name="Clear choices").click()
    expect(status(wide)).to_have_text(unfiltered)
    assert query_of(wide) == {"q": ["drift"]}


def test_back_takes_back_a_choice(wide: Page, search_site: Site) -> None:
    look_for(wide, search_site, q="drift")
    before = status(wide).inner_text()
    choice_of(wide, "kind", "Glossary").check()
    expect(status(wide)).to_have_text("1 page found")
    wide.go_back()
    expect(status(wide)).to_have_text(before)
    expect(choice_of(wide, "kind", "Glossary")).not_to_be_checked()
    wide.go_forward()
    expect(status(wide)).to_have_text("1 page found")
    expect(choice_of(wide, "kind", "Glossary")).to_be_checked()


# What must never happen

HOSTILE = {
    "element": "<img src=x onerror=window.hacked=1>",
    "script": "</script><script>window.hacked=1</script>",
    "mark": "<mark>drift</mark>",
    "address": "javascript:window.hacked=1",
    "pattern": "(a+)+$ [\\] {2} \\",
    "inherited name": "__proto__ constructor",
    "quotes": '"\'`"',
    "one quote": '"',
    "surrogate": "a\ud800b",
    "long": "drift " * 5000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_queries_are_text(wide: Page, search_site: Site, kind: str) -> None:
    text = HOSTILE[kind]
    shape = "() => [...document.querySelectorAll('main *')].map((e) => e.localName).join()"
    look_for(wide, search_site, q="qqqq qqqq zzzz")
    empty: str = wide.evaluate(shape)
    wide.get_by_role("searchbox").evaluate(
        """(box, text) => {
          box.value = text;
          box.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        text,
    )
    expect(status(wide)).to_contain_text("found")
    wide.goto(f"{search_site.url}{SEARCH}?q={quote(text.encode('utf-8', 'replace')[:2000])}")
    expect(status(wide)).to_contain_text("found")
    if titles(wide).count() == 0:
        assert wide.evaluate(shape) == empty
    assert wide.evaluate("() => window.hacked") is None


def test_an_address_chooses_only_what_there_is(wide: Page, search_site: Site) -> None:
    query: dict[str, str | list[str]] = {
        "q": "drift",
        "kind": ["Glossary", HOSTILE["element"]],
        "__proto__": "x",
        "level": "",
    }
    look_for(wide, search_site, **query)
    expect(status(wide)).to_have_text("1 page found")
    expect(wide.locator("#search-facets input:checked")).to_have_count(1)


def test_texts_of_pages_stay_text(wide: Page, search_site: Site) -> None:
    # The manual has a page's markup in its words.
    look_for(wide, search_site, q="script img class", kind="Manual")
    names: list[str] = wide.evaluate(
        """() => [...document.querySelectorAll("#search-results > li > p *")]
          .map(({ localName, attributes }) => `${localName} ${attributes.length}`)"""
    )
    assert {*names} == {"mark 0"}


# Where a search is not possible


def test_nothing_found(wide: Page, search_site: Site) -> None:
    look_for(wide, search_site, q='"no such words"')
    expect(status(wide)).to_contain_text("No page found")
    expect(titles(wide)).to_have_count(0)
    expect(wide.get_by_role("navigation", name="Lists").get_by_role("link")).not_to_have_count(0)


LISTS = {
    "Roles": "roles/index.html",
    "Skills": "skills.html",
    "Pay": "pay/index.html",
    "Interview kits": "guides/interviewing.html#kits-to-begin-with",
    "Glossary": "glossary.html",
    "Guides": "guides/index.html",
    "Manual": "manual/index.html",
}


def test_without_javascript(new_reader: NewReader, search_site: Site) -> None:
    page = new_reader(java_script_enabled=False).new_page()
    page.goto(search_site.url + SEARCH + "?q=drift")
    expect(page.locator("noscript p")).to_contain_text("Searching needs JavaScript")
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_count(0)
    links = page.get_by_role("navigation", name="Lists").get_by_role("link")
    assert {link.inner_text(): link.get_attribute("href") for link in links.all()} == LISTS
    for address in LISTS.values():
        response = page.goto(search_site.url + address)
        assert response is not None
        assert response.ok
        _, _, anchor = address.partition("#")
        assert not anchor or page.locator(f"[id='{anchor}']").count() == 1


def test_the_list_of_interview_kits_is_complete(new_reader: NewReader, search_site: Site) -> None:
    page = new_reader(java_script_enabled=False).new_page()
    page.goto(search_site.url + LISTS["Interview kits"])
    links = page.locator("#kits-to-begin-with li a")
    found = {link.get_attribute("href") for link in links.all()}
    kits = {
        f"../{path.relative_to(CONTENT).with_suffix('.html').as_posix()}"
        for path in CONTENT.glob("roles/*/interview.md")
    }
    assert found == kits


def test_without_the_index(wide: Page, search_site: Site) -> None:
    # The browser itself writes every failed request to the console, where none may be.
    wide.route(
        "**/pagefind/pagefind.js",
        lambda route: route.fulfill(body="no script", content_type="text/javascript"),
    )
    wide.goto(search_site.url + SEARCH + "?q=drift")
    expect(status(wide)).to_contain_text("could not be loaded")
    expect(wide.get_by_role("navigation", name="Lists")).to_be_visible()
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(f"{search_site.url}{SEARCH}?q=drift")


# For everyone


def test_by_keyboard(wide: Page, search_site: Site) -> None:
    look_for(wide, search_site, q="rubric")
    box = wide.get_by_role("searchbox")
    expect(box).to_be_focused()
    wide.keyboard.press("Tab")
    expect(wide.get_by_role("button", name="Search")).to_be_focused()
    wide.keyboard.press("Tab")
    first = wide.locator("#search-facets input:visible").first
    expect(first).to_be_focused()
    outline = first.evaluate("(box) => getComputedStyle(box).outlineStyle")
    assert outline == "solid"
    wide.keyboard.press("Space")
    expect(first).to_be_checked()
    expect(first).to_be_focused()
    for _ in range(60):
        wide.keyboard.press("Tab")
        if titles(wide).first.evaluate("(link) => link === document.activeElement"):
            return
    pytest.fail("the results are not in the tab order")


SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
STATES = {
    "empty": "",
    "results": "?q=MLE",
    "narrowed": "?q=drift&kind=Interview+kit&role=MLOps+engineer",
    "nothing": "?q=%22no+such+words%22",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(
    new_reader: NewReader, search_site: Site, state: str, size: str, scheme: str
) -> None:
    width, height = SIZES[size]
    page = new_reader(color_scheme=scheme, viewport={"width": width, "height": height}).new_page()
    page.goto(f"{search_site.url}{SEARCH}{STATES[state]}", wait_until="networkidle")
    if size == "phone":
        page.get_by_text("Narrow down").click()
    if state != "nothing":
        expect(page.locator("#search-facets input:visible").first).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
