"""What a variant changes, and where each line comes from."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect
from role_page import (
    BASE,
    CONTENT,
    EDIT_URL,
    SENIOR,
    NewReader,
    Site,
    button,
    in_browser,
    shown_text,
    template,
    with_defaults,
)

from rolebook.changes import Change, ChangeKind, Part, compare
from rolebook.model import Item, Origin, Section

pytestmark = in_browser


def test_changes_are_marked_on_demand(page: Page) -> None:
    toggle = button(page, "Show changes")
    expect(toggle).to_have_attribute("aria-pressed", "false")
    assert marked(page) == []
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    wanted = [
        f"{change.kind}: {shown_text(change.after.text, with_defaults({}))}"
        for change in compare(template(None), template())
        if isinstance(change.after, Item)
    ]
    assert marked(page) == wanted
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "false")
    assert marked(page) == []


def marked(page: Page) -> list[str]:
    """The lines with a mark one can see, and the word in it."""
    lines: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".rb-template .rb-leaf")].flatMap((line) => {
          const text = line.matches("li") ? line.querySelector("p") : line;
          const word = getComputedStyle(text, "::after").content.replaceAll('"', "");
          const width = parseFloat(getComputedStyle(line).borderInlineStartWidth);
          if (word === "none" && !width) return [];
          return [`${width ? word : "no line beside it"}: ${line.textContent}`];
        })"""
    )
    return [" ".join(line.split()) for line in lines]


def test_a_role_has_no_changes_to_show(page: Page, site: Site) -> None:
    page.goto(site.url + BASE)
    expect(button(page, "Copy link")).to_be_visible()
    expect(button(page, "Show changes")).to_have_count(0)


def test_the_list_of_changes_is_complete(page: Page) -> None:
    listed = page.locator("section.rb-changes")
    expect(listed.get_by_role("heading")).to_contain_text("What this level changes")
    found = [
        (kind, line(item, ".rb-where"), line(item, ".rb-was"), line(item, ".rb-now"))
        for kind in ChangeKind
        for item in listed.locator(f".rb-change-{kind}").all()
    ]
    changes = compare(template(None), template())
    assert found == [
        (
            kind,
            where(change),
            text(change.before if kind is not ChangeKind.MOVED else None),
            text(change.after),
        )
        for kind in ChangeKind
        for change in changes
        if change.kind is kind
    ]
    assert {kind for kind, *_ in found} >= {*ChangeKind} - {ChangeKind.MOVED}


def line(item: Locator, selector: str) -> str | None:
    found = item.locator(selector).all_text_contents()
    return " ".join(found[0].split()) if found else None


def where(change: Change) -> str:
    if isinstance(change.after or change.before, Section):
        return "Section"
    return change.section.title if change.section else "Summary"


def text(part: Part | None) -> str | None:
    if part is None:
        return None
    return shown_text(part.text if isinstance(part, Item) else part.title, with_defaults({}))


def test_each_line_links_to_its_source(new_reader: NewReader, linked_site: Site) -> None:
    page = new_reader().new_page()
    page.goto(linked_site.url + SENIOR)
    items = [*template().summary]
    for section in template().sections:
        items += section.items
    lines = page.locator(".rb-template .rb-leaf")
    expect(lines).to_have_count(len(items))
    links = page.locator(".rb-template .rb-leaf .rb-origin")
    assert [link.get_attribute("href") for link in links.all()] == [
        address(item.origin) for item in items
    ]
    assert all(is_written_at(item) for item in items)
    expect(links.first).to_be_hidden()
    button(page, "Show where lines come from").click()
    expect(links.first).to_be_visible()
    assert set(links.all_inner_texts()) == {"this page", "machine learning engineer", "any role"}


def test_each_change_links_to_its_source(new_reader: NewReader, linked_site: Site) -> None:
    page = new_reader().new_page()
    page.goto(linked_site.url + SENIOR)
    wanted: list[Part] = []
    for kind in ChangeKind:
        for change in compare(template(None), template()):
            if change.kind is kind:
                wanted += [part for part in (change.before, change.after) if part]
    links = page.locator(".rb-changes .rb-origin")
    assert [link.get_attribute("href") for link in links.all()] == [
        address(part.origin) for part in wanted
    ]
    assert all(is_written_at(part) for part in wanted if isinstance(part, Item))


def address(origin: Origin) -> str:
    return EDIT_URL.format(path=origin.file, line=origin.line)


def is_written_at(item: Item) -> bool:
    """Whether the file holds the item's text, from its very line on."""
    lines = (CONTENT / item.origin.file).read_text(encoding="utf-8").splitlines()
    following = " ".join(" ".join(lines[item.origin.line - 1 :]).split())
    return re.sub(r"^(-|\d+\.) ", "", following).startswith(" ".join(item.text.split()))


def test_without_an_address_there_are_no_source_links(page: Page) -> None:
    expect(button(page, "Copy link")).to_be_visible()
    expect(page.locator(".rb-origin")).to_have_count(0)
    expect(button(page, "Show where lines come from")).to_have_count(0)
