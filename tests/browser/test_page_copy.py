"""Taking the template away: to the clipboard and as files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page, expect
from role_page import (
    SENIOR,
    UNTOUCHED,
    NewReader,
    Site,
    answers,
    button,
    clear_clipboard,
    copied,
    export_by_command,
    field,
    fill_in,
    flavours,
    form,
    fragment,
    headed_blocks,
    in_browser,
    read_clipboard,
    read_fragment,
    rendered,
    section_tools,
    status,
    template,
    unfilled,
    with_defaults,
)

from rolebook.exports import FORMATS, file_stem

pytestmark = in_browser

COPY_BUTTONS = {"Copy rich text": "rich", "Copy Markdown": "markdown", "Copy plain text": "text"}
MENU = {"Rich text": "rich", "Markdown": "markdown", "Plain text": "text"}


@pytest.mark.parametrize("name", COPY_BUTTONS)
def test_copying_the_template(filled_page: Page, name: str) -> None:
    found = copied(filled_page, button(filled_page, name).click)
    assert found == flavours(COPY_BUTTONS[name], answers())
    expect(status(filled_page)).to_contain_text(name.replace("Copy", "Copied as"))
    expect(button(filled_page, name)).to_be_focused()


def test_copying_each_section(filled_page: Page) -> None:
    tools = section_tools(filled_page)
    assert tools.count() == len(headed_blocks())
    for index, blocks in enumerate(headed_blocks()):
        for label, how in MENU.items():
            tools.nth(index).get_by_role("button", name="Copy").click()
            found = copied(filled_page, tools.nth(index).get_by_role("button", name=label).click)
            assert found == flavours(how, answers(), blocks), blocks


def test_copying_a_link(page: Page, site: Site) -> None:
    fill_in(page, answers())
    (link,) = copied(page, button(page, "Copy link").click).values()
    assert link.startswith(site.url + SENIOR + "#fill=")
    assert read_fragment(link) == answers()
    expect(status(page)).to_contain_text("Link copied")


def test_rich_text_keeps_its_structure_when_pasted(filled_page: Page) -> None:
    copied(filled_page, button(filled_page, "Copy rich text").click)
    filled_page.evaluate(
        """() => {
          const mail = Object.assign(document.createElement("div"), { id: "mail" });
          mail.contentEditable = "true";
          document.body.append(mail);
          mail.focus();
        }"""
    )
    filled_page.keyboard.press("Control+V")
    mail = filled_page.locator("#mail")
    expect(mail.locator("h1")).to_have_text(template().title)
    pasted = BeautifulSoup(mail.inner_html(), "html.parser")
    wanted = BeautifulSoup(rendered("html", answers()), "html.parser")
    for name in ("h1", "h2", "h3", "p", "ul > li", "ol > li", "strong", "b"):
        found = [" ".join(tag.get_text().split()) for tag in pasted.select(name)]
        assert found == [" ".join(tag.get_text().split()) for tag in wanted.select(name)], name


# Copying with fields left


def notice(page: Page) -> Locator:
    return page.get_by_role("region", name="Fields left to fill in")


def jumps(page: Page) -> list[str]:
    return notice(page).get_by_role("listitem").all_inner_texts()


@pytest.mark.parametrize("name", COPY_BUTTONS)
def test_copying_with_fields_left_lists_them_first(page: Page, name: str) -> None:
    values = {**answers(), "company name": "", "cloud": [], "pay period": ""}
    fill_in(page, values)
    clear_clipboard(page)
    button(page, name).click()
    assert jumps(page) == [placeholder.label for placeholder in unfilled(values)]
    assert len(jumps(page)) == 3
    expect(notice(page)).to_be_focused()
    assert read_clipboard(page) == {"text/plain": UNTOUCHED}
    found = copied(page, button(page, "Copy anyway").click)
    assert found == flavours(COPY_BUTTONS[name], values)
    expect(notice(page)).to_be_hidden()


def test_a_section_lists_its_own_fields_only(page: Page) -> None:
    values = with_defaults({})
    for index, blocks in enumerate(headed_blocks()):
        tools = section_tools(page).nth(index)
        tools.get_by_role("button", name="Copy").click()
        left = [placeholder.label for placeholder in unfilled(values, blocks)]
        markdown = tools.get_by_role("button", name="Markdown")
        if left:
            markdown.click()
            assert jumps(page) == left
            found = copied(page, button(page, "Copy anyway").click)
        else:
            found = copied(page, markdown.click)
        assert found == flavours("markdown", values, blocks)


def test_jumping_to_a_field_from_the_list(page: Page) -> None:
    clear_clipboard(page)
    for index, placeholder in enumerate(unfilled(with_defaults({}))):
        button(page, "Copy rich text").click()
        notice(page).get_by_role("listitem").nth(index).get_by_role("button").click()
        expect(notice(page)).to_be_hidden()
        wanted = field(page, placeholder)
        if placeholder.multiple:
            group = form(page).get_by_role("group", name=placeholder.label, exact=True)
            wanted = group.get_by_role("checkbox").first
        expect(wanted).to_be_focused()
        expect(wanted).to_be_in_viewport()
    assert read_clipboard(page) == {"text/plain": UNTOUCHED}


def test_going_on_filling_in(page: Page) -> None:
    clear_clipboard(page)
    button(page, "Copy Markdown").click()
    button(page, "Keep filling in").click()
    expect(notice(page)).to_be_hidden()
    expect(field(page, unfilled(with_defaults({}))[0])).to_be_focused()
    assert read_clipboard(page) == {"text/plain": UNTOUCHED}


def test_a_link_carries_gaps_without_a_word(page: Page) -> None:
    fill_in(page, {"company name": "Nine Trams Ltd", "pay period": ""})
    (link,) = copied(page, button(page, "Copy link").click).values()
    # A default taken out has to travel, or the reader of the link would see it again.
    wanted = {**with_defaults({}), "company name": "Nine Trams Ltd", "pay period": ""}
    assert read_fragment(link) == wanted


# Where the browser does not let a page copy

REFUSED = {
    "not permitted": "",
    "no clipboard": 'Object.defineProperty(navigator, "clipboard", { value: undefined });',
    "an old clipboard": 'Object.defineProperty(navigator, "clipboard", { value: {} });',
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_refused_clipboard_leaves_the_text_selected(
    new_reader: NewReader, site: Site, why: str
) -> None:
    reader = new_reader(clipboard=False)
    reader.add_init_script(REFUSED[why])
    page = reader.new_page()
    page.goto(site.url + SENIOR + fragment(answers()))
    witness = new_reader().new_page()
    witness.goto(site.url)
    for name, how in COPY_BUTTONS.items():
        witness.bring_to_front()
        clear_clipboard(witness)
        page.bring_to_front()
        button(page, name).click()
        manual = page.get_by_role("region", name="Copy by hand")
        expect(manual).to_contain_text("does not let the page copy")
        box = manual.get_by_role("textbox")
        expect(box).to_be_focused()
        wanted = flavours(how, answers())
        expect(box).to_have_value(wanted["text/plain"])
        start_and_end = box.evaluate("(box) => [box.selectionStart, box.selectionEnd]")
        length: int = box.evaluate("(box) => box.value.length")
        assert start_and_end == [0, length]
        page.keyboard.press("Control+C")
        expect(manual).to_be_hidden()
        expect(status(page)).to_contain_text(name.replace("Copy", "Copied as"))
        expect(button(page, name)).to_be_focused()
        witness.bring_to_front()
        assert read_clipboard(witness) == wanted


def test_a_refused_link_is_selected_too(new_reader: NewReader, site: Site) -> None:
    page = new_reader(clipboard=False).new_page()
    page.goto(site.url + SENIOR)
    button(page, "Copy link").click()
    manual = page.get_by_role("region", name="Copy by hand")
    expect(manual.get_by_role("textbox")).to_be_focused()
    link = manual.get_by_role("textbox").input_value()
    assert read_fragment(link) == with_defaults({})
    button(page, "Close").click()
    expect(manual).to_be_hidden()
    expect(button(page, "Copy link")).to_be_focused()


# Files

LEFT_AS_THEY_ARE = {"company name": "Nine & <Trams> *Ltd*", "pay period": "", "cloud": ["AWS"]}


@pytest.mark.parametrize("values", [answers(), LEFT_AS_THEY_ARE], ids=["filled", "with gaps"])
def test_downloads_are_the_command_lines_bytes(
    page: Page, tmp_path: Path, values: dict[str, str | list[str]]
) -> None:
    fill_in(page, values)
    answers_file = tmp_path / "answers.json"
    answers_file.write_text(json.dumps(values), encoding="utf-8")
    found = {}
    documents = page.locator(".rb-downloads").filter(has_text="Download: ")
    for each in documents.get_by_role("button").all():
        if each.inner_text() == "PDF":
            continue  # opens the browser's own dialogue
        with page.expect_download() as download:
            each.click()
        found[download.value.suggested_filename] = download.value.path().read_bytes()
    assert found == {
        file_stem(template()) + format.suffix: export_by_command(
            "senior", format.name, "--fill", str(answers_file)
        )
        for format in FORMATS.values()
        if format.beside
    }
