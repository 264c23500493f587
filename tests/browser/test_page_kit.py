"""A role's interview kit: choosing a loop, taking its files, and doing without a script."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from role_page import (
    KIT,
    ROLE,
    STAFF_KIT,
    NewReader,
    Site,
    catalog,
    in_browser,
    shown_text,
)

from rolebook.compose import compose
from rolebook.interview.kit import choose, must_haves, whole_kit
from rolebook.interview.loop import Loop, plan_loop
from rolebook.interview.model import Assessment
from rolebook.model import Axis
from rolebook.names import short_name

pytestmark = in_browser

NLP_KIT = f"roles/{ROLE}/interview-nlp.html"
KIT_PAGES = (KIT, STAFF_KIT, NLP_KIT)
ENDS = ("-kit.html", "-kit.docx", "-scorecard.csv", "-brief.html", "-brief.docx")
ASKED, RESERVE = "Asked in this loop", "In reserve"


@cache
def loop(level: str, specialisation: str = "") -> Loop:
    """What is asked for a choice, without any page."""
    kit = whole_kit(catalog(), ROLE)
    assert kit is not None
    pairs = ((Axis.LEVEL, level), (Axis.SPECIALISATION, specialisation))
    choice = {axis: id_ for axis, id_ in pairs if id_}
    return plan_loop(choose(kit, choice), must_haves(compose(catalog(), ROLE, choice)))


def name(axis: Axis, id_: str) -> str:
    role = catalog().roles[ROLE]
    return short_name(catalog().variants_of(role)[axis, id_], role)


def wanted(found: Loop) -> dict[str, str]:
    """The questions of a loop, each with its mark."""
    asked = dict.fromkeys(map(said, found.asked), ASKED)
    return asked | dict.fromkeys(map(said, found.reserve), RESERVE)


def said(each: Assessment) -> str:
    return shown_text(each.text, {})


def shown(page: Page) -> dict[str, str]:
    """The questions that the page shows, as cards or as links to these, with their marks."""
    found: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll(".rb-question, .rb-question-link")]
          .filter((card) => card.checkVisibility())
          .map((card) => [
            card.querySelector(".rubric, a").textContent,
            card.querySelector(".rb-kit-mark")?.textContent ?? "",
          ])"""
    )
    assert len({text for text, _ in found}) == len(found)
    return {" ".join(text.split()): mark for text, mark in found}


def rows(page: Page, section: str) -> list[str]:
    """The first cell of each row that is shown, without what says for whom it is."""
    heads = page.locator(f"{section} tbody tr:visible > th > p:first-child")
    return [" ".join(text.split()) for text in heads.all_inner_texts()]


def status(page: Page) -> Locator:
    return page.get_by_role("status")


def select(page: Page, axis: str) -> Locator:
    return page.get_by_role("group", name="Choose a kit").get_by_label(axis, exact=True)


def links(page: Page) -> Locator:
    """To the questions of the loop that stand on other pages."""
    return page.locator(".rb-question-link a:visible")


def files(page: Page) -> list[str]:
    """The files that are offered, without their folders."""
    addresses = page.locator(".rb-kit-files a:visible").evaluate_all(
        "(all) => all.map((a) => a.href)"
    )
    return [str(address).rpartition("/")[2] for address in addresses]


def expect_loop(page: Page, found: Loop) -> None:
    """The page shows this loop, and says so."""
    choice = found.kit.choice
    text = f"This loop asks {len(found.asked)} and keeps {len(found.reserve)} in reserve"
    expect(status(page)).to_contain_text(text)
    assert shown(page) == wanted(found)
    assert rows(page, ".rb-loop") == [plan.stage.title for plan in found.plans]
    stem = "-".join(choice.values())
    assert files(page) == [stem + end for end in ENDS]
    # Whatever leads to something on this page leads to something that is shown.
    lost: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]:not(.headerlink)')]
          .filter((link) => link.checkVisibility() && link.hash
            && !document.getElementById(link.hash.slice(1))?.checkVisibility())
          .map((link) => link.hash)"""
    )
    assert lost == []
    empty: int = page.evaluate(
        """() => [...document.querySelectorAll(
            ".rb-competency, .rb-samples, .rb-elsewhere > .rubric")]
          .filter((part) => part.checkVisibility()).filter((part) => {
            const cards = (part.matches(".rubric") ? part.nextElementSibling : part);
            return ![...cards.querySelectorAll(".rb-question, .rb-question-link")]
              .some((card) => card.checkVisibility());
          }).length"""
    )
    assert empty == 0


def expect_all(page: Page) -> None:
    """The page shows the whole kit, unmarked."""
    cards = page.locator(".rb-question, .rb-question-link")
    expect(status(page)).to_have_text(
        f"All {cards.count()} questions and work samples."
        " Choose a level for its loop and its files."
    )
    found = shown(page)
    assert len(found) == cards.count()
    assert {*found.values()} == {""}
    assert files(page) == []


@pytest.fixture
def kit(new_reader: NewReader, site: Site) -> Page:
    """The role's page, freshly opened."""
    return open_page(new_reader, site, KIT)


def open_page(new_reader: NewReader, site: Site, path: str) -> Page:
    page = new_reader().new_page()
    page.goto(site.url + path)
    return page


# Choosing


def test_at_first_the_whole_kit_is_shown(kit: Page) -> None:
    expect_all(kit)
    role = catalog().roles[ROLE]
    for axis, none in ((Axis.LEVEL, "All levels"), (Axis.SPECIALISATION, "None")):
        ids = [id_ for each, id_ in catalog().variants_of(role) if each is axis]
        options = select(kit, axis.capitalize()).locator("option").all_inner_texts()
        assert options == [none, *(name(axis, id_) for id_ in ids)]
    assert kit.url.endswith(KIT)


@pytest.mark.parametrize(
    ("level", "specialisation"), [("senior", ""), ("mid", "nlp"), ("staff", "mlops")]
)
def test_a_choice_shows_its_loop(kit: Page, site: Site, level: str, specialisation: str) -> None:
    found = loop(level, specialisation)
    select(kit, "Level").select_option(level)
    if specialisation:
        select(kit, "Specialisation").select_option(specialisation)
    expect_loop(kit, found)
    query = f"?level={level}" + f"&specialisation={specialisation}" * bool(specialisation)
    assert kit.url == site.url + KIT + query
    for link in kit.locator(".rb-kit-files a").all():
        address = link.evaluate("(link) => link.href")
        assert (
            kit.request.get(address).body()
            == Path(site.folder, address.removeprefix(site.url)).read_bytes()
        )
    # What is asked stands out other than by its colour, and each must-have has its own lines.
    assert {*shown(kit).values()} == {ASKED, RESERVE}
    lines = [shown_text(item.text, {}) for item, _ in found.by_requirement]
    assert {*rows(kit, ".rb-must-haves")} <= {*lines}
    if not specialisation:
        assert sorted(rows(kit, ".rb-must-haves")) == sorted(lines)
    for row in kit.locator(".rb-must-haves tbody tr:visible").all():
        (texts,) = (
            [*map(said, assessments)]
            for item, assessments in found.by_requirement
            if shown_text(item.text, {}) == row.locator("th > p").first.inner_text()
        )
        assert sorted(row.locator("li:visible").all_inner_texts()) == sorted(texts)


def test_a_choice_is_taken_back(kit: Page, site: Site) -> None:
    select(kit, "Level").select_option("senior")
    select(kit, "Specialisation").select_option("nlp")
    expect_loop(kit, loop("senior", "nlp"))
    select(kit, "Specialisation").select_option("")
    expect_loop(kit, loop("senior"))
    select(kit, "Level").select_option("")
    expect_all(kit)
    assert kit.url == site.url + KIT


def test_a_specialisation_needs_a_level(kit: Page) -> None:
    select(kit, "Specialisation").select_option("nlp")
    expect_all(kit)
    select(kit, "Level").select_option("junior")
    expect_loop(kit, loop("junior", "nlp"))


def test_a_specialisation_and_an_industry_have_no_kit_together(
    new_reader: NewReader, site: Site
) -> None:
    page = new_reader().new_page()

    def add_industry(route: Route) -> None:
        """Have the page know a kit for an industry too, as if that had a page of its own."""
        known = ',"industry":[["banking","Banking"]]},"files":'
        html, count = re.subn(r'\},\s*"files":', known, route.fetch().text())
        assert count == 1
        # The loops that there are, are for no industry.
        html, count = re.subn(r'("[a-z-]*/[a-z-]*)(":\s*\{")', r"\1/\2", html)
        assert count > 10
        route.fulfill(body=html, content_type="text/html")

    page.route(f"**/{KIT}*", add_industry)
    page.goto(site.url + KIT)
    together = "There is no kit for NLP and Banking together. Keep one, and set the other to None."
    select(page, "Level").select_option("senior")
    select(page, "Specialisation").select_option("nlp")
    select(page, "Industry").select_option("banking")
    expect(status(page)).to_have_text(together)
    assert files(page) == []
    select(page, "Level").select_option("")
    expect(status(page)).to_have_text(together)
    select(page, "Level").select_option("senior")
    select(page, "Industry").select_option("")
    expect_loop(page, loop("senior", "nlp"))


def test_the_choice_outlives_a_reload_and_a_way_back(kit: Page) -> None:
    select(kit, "Level").select_option("lead")
    kit.reload()
    expect_loop(kit, loop("lead"))
    links(kit).first.click()
    expect(kit.get_by_role("heading", level=1)).to_contain_text("any role")
    kit.go_back()
    expect_loop(kit, loop("lead"))
    expect(select(kit, "Level")).to_have_value("lead")


def test_a_shared_link_shows_its_loop(new_reader: NewReader, site: Site) -> None:
    page = open_page(new_reader, site, f"{KIT}?from=mail&specialisation=nlp&level=mid#coverage")
    expect_loop(page, loop("mid", "nlp"))
    expect(page.locator("#coverage")).to_be_in_viewport()
    assert page.url.endswith("?from=mail&specialisation=nlp&level=mid#coverage")


@pytest.mark.parametrize(
    "query", ["?level=nobody", "?level=<b>&specialisation=__proto__", "?level="]
)
def test_a_link_to_no_choice_shows_all(new_reader: NewReader, site: Site, query: str) -> None:
    page = open_page(new_reader, site, KIT + query)
    expect_all(page)
    assert page.url == site.url + KIT


def test_a_levels_page_is_about_its_own_loop(new_reader: NewReader, site: Site) -> None:
    page = open_page(new_reader, site, STAFF_KIT)
    expect_loop(page, loop("staff"))
    expect(page.get_by_label("Level", exact=True)).to_have_count(0)
    select(page, "Specialisation").select_option("nlp")
    expect_loop(page, loop("staff", "nlp"))
    assert page.url == site.url + STAFF_KIT + "?specialisation=nlp"


def test_a_specialisations_page_is_about_its_levels(new_reader: NewReader, site: Site) -> None:
    page = open_page(new_reader, site, NLP_KIT)
    expect_all(page)
    expect(page.get_by_label("Specialisation", exact=True)).to_have_count(0)
    select(page, "Level").select_option("junior")
    expect_loop(page, loop("junior", "nlp"))


def test_a_question_of_another_page_is_found_there(kit: Page) -> None:
    select(kit, "Level").select_option("senior")
    link = links(kit).first
    text = link.inner_text()
    link.click()
    expect(kit.get_by_role("heading", name=text, exact=True)).to_be_in_viewport()


# By keyboard, and by ear


def test_it_all_goes_by_keyboard(kit: Page) -> None:
    kit.locator("#kits").get_by_role("link").first.focus()
    kit.keyboard.press("Tab")
    expect(select(kit, "Level")).to_be_focused()
    outline = "(element) => parseFloat(getComputedStyle(element).outlineWidth)"
    assert select(kit, "Level").evaluate(outline) > 0
    kit.keyboard.type(name(Axis.LEVEL, "senior"))
    expect_loop(kit, loop("senior"))
    kit.keyboard.press("Tab")
    expect(select(kit, "Specialisation")).to_be_focused()
    kit.keyboard.press("ArrowDown")
    chosen = select(kit, "Specialisation").input_value()
    expect_loop(kit, loop("senior", chosen))
    for place in range(len(ENDS)):
        kit.keyboard.press("Tab")
        link = kit.locator(".rb-kit-files a").nth(place)
        expect(link).to_be_focused()
        assert link.evaluate(outline) > 0
    kit.keyboard.press("Tab")
    kit.keyboard.press("Tab")
    # The table can be scrolled by the keys.
    expect(kit.get_by_role("region", name="The loop")).to_be_focused()


def test_what_is_shown_is_said_in_a_live_region(kit: Page) -> None:
    expect(status(kit)).to_have_count(1)
    kit.evaluate("document.querySelector('[role=status]').dataset.same = 'yes'")
    select(kit, "Level").select_option("senior")
    expect(status(kit)).to_have_text(
        re.compile(
            r"^This loop asks \d+ and keeps \d+ in reserve; \d+ for other choices are hidden\.$"
        )
    )
    # A region that came anew with its text would not be read out.
    expect(status(kit)).to_have_attribute("data-same", "yes")


# Without a script


@pytest.mark.parametrize("path", KIT_PAGES)
def test_without_a_script_all_questions_and_files_are_there(
    new_reader: NewReader, site: Site, path: str
) -> None:
    page = new_reader(java_script_enabled=False).new_page()
    page.goto(site.url + path)
    assert page.locator("main select, main button, main input").count() == 0
    cards = page.locator(".rb-question, .rb-question-link")
    assert cards.count() > 40
    assert all(card.is_visible() for card in cards.all())
    expect(page.locator(".rb-kit-mark")).to_have_count(0)
    if path == KIT:
        expect(page.locator(".rb-kit-files details a").first).to_be_hidden()
        page.get_by_text("Kits for a specialisation").click()
    links = page.locator(".rb-kit-files a")
    offered = {str(link.get_attribute("href")).rpartition("/")[2] for link in links.all()}
    role = catalog().roles[ROLE]
    by_axis = {
        axis: [id_ for each, id_ in catalog().variants_of(role) if each is axis]
        for axis in (Axis.LEVEL, Axis.SPECIALISATION)
    }
    stems = {
        KIT: [*by_axis[Axis.LEVEL]]
        + [f"{a}-{b}" for a in by_axis[Axis.LEVEL] for b in by_axis[Axis.SPECIALISATION]],
        STAFF_KIT: ["staff", *(f"staff-{id_}" for id_ in by_axis[Axis.SPECIALISATION])],
        NLP_KIT: [f"{id_}-nlp" for id_ in by_axis[Axis.LEVEL]],
    }[path]
    assert offered == {stem + end for stem in stems for end in ENDS}
    assert all(link.is_visible() for link in links.all())
    folder = site.folder / "downloads" / "interview" / ROLE
    assert offered <= {file.name for file in folder.iterdir()}


def test_each_card_of_a_kit_can_be_read_on_some_page(new_reader: NewReader, site: Site) -> None:
    """Those of the whole kit are on the role's pages, each once."""
    page = new_reader(java_script_enabled=False).new_page()
    page.goto(site.url + KIT)
    own = [*page.locator(".rb-question .rubric").all_inner_texts()]
    links = page.locator(".rb-question-link a").all()
    elsewhere = {link.inner_text(): str(link.evaluate("(a) => a.href")) for link in links}
    everyone = {
        text
        for level in ("junior", "mid", "senior", "staff", "lead")
        for text in wanted(loop(level))
    }
    assert everyone <= {*own, *elsewhere}
    for address in sorted({href.partition("#")[0] for href in elsewhere.values()}):
        page.goto(address)
        ids = page.evaluate(
            "() => [...document.querySelectorAll('.rb-question [id]')].map((e) => e.id)"
        )
        wanted_ids = {
            h.partition("#")[2] for h in elsewhere.values() if h.startswith(address + "#")
        }
        assert wanted_ids <= {*ids}
