"""Without JavaScript: everything to read, and files to take away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from role_page import (
    BASE,
    JUNIOR,
    SENIOR,
    NewReader,
    Site,
    catalog,
    export_by_command,
    in_browser,
    shown_lines,
    shown_text,
    template,
    template_lines,
)

from rolebook.exports import FORMATS
from rolebook.model import Axis, Note
from rolebook.placeholders import defaults

pytestmark = in_browser

LEVELS = {None: BASE, "junior": JUNIOR, "senior": SENIOR}


@pytest.fixture(params=LEVELS, ids=str)
def level(request: pytest.FixtureRequest) -> str | None:
    found: str | None = request.param
    return found


@pytest.fixture
def plain_page(new_reader: NewReader, site: Site, level: str | None) -> Page:
    page = new_reader(java_script_enabled=False).new_page()
    page.goto(site.url + LEVELS[level])
    return page


def test_the_whole_template_is_there(plain_page: Page, level: str | None) -> None:
    wanted = template(level)
    assert template_lines(plain_page) == shown_lines(wanted, defaults(wanted.placeholders))
    # Nothing that only a script could bring to life.
    for part in (".rb-template", ".rb-panel"):
        expect(plain_page.locator(part).locator("button, input, select")).to_have_count(0)


def test_the_fields_are_listed(plain_page: Page, level: str | None) -> None:
    fields = plain_page.locator(".rb-fields")
    labels = [placeholder.label for placeholder in template(level).placeholders]
    assert fields.locator("dt").all_inner_texts() == labels
    for place, placeholder in enumerate(template(level).placeholders):
        said = fields.locator("dd").nth(place)
        for text in (placeholder.help, placeholder.default, *placeholder.choices):
            expect(said).to_contain_text(text or "")


def test_the_notes_are_there(plain_page: Page, level: str | None) -> None:
    shown = " ".join(plain_page.locator(".rb-notes").inner_text().split())
    for note in notes(level):
        for item in note.items:
            assert shown_text(item.text, {}) in shown


def notes(level: str | None) -> Iterator[Note]:
    found = template(level)
    yield from catalog().roles[found.role].notes
    if level:
        yield from catalog().variants[found.key].notes


def test_the_files_are_the_command_lines(
    new_reader: NewReader, plain_page: Page, site: Site, level: str | None
) -> None:
    links = plain_page.locator(".rb-downloads a")
    files = {
        format.label: export_by_command(level, format.name)
        for format in FORMATS.values()
        if format.beside
    }
    assert links.all_inner_texts() == [*files]
    for link, data in zip(links.all(), files.values(), strict=True):
        address: str = link.evaluate("(link) => link.href")
        assert address.startswith(site.url)
        assert plain_page.request.get(address).body() == data


def test_the_first_page_is_one_click_from_every_level(new_reader: NewReader, site: Site) -> None:
    page = new_reader(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(site.url)
    for role in catalog().roles.values():
        card = page.locator(".rb-card").filter(
            has=page.get_by_role("link", name=role.heading, exact=True)
        )
        levels = [axis for axis, _ in catalog().variants_of(role) if axis is Axis.LEVEL]
        links = card.locator(".rb-variants").get_by_role("link")
        # The role itself, for any level, and each of its levels.
        expect(links).to_have_count(len(levels) + 1 if levels else 0)
        for link in [*links.all(), *card.locator(".rb-card-links a").all()]:
            box = link.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24
    card = page.locator(".rb-card").filter(has_text="Data engineer")
    card.get_by_role("link", name="Senior").click()
    expect(page.locator(".rb-template h2").first).to_contain_text("Senior data engineer")
    page.goto(site.url)
    card.get_by_role("link", name="Pay").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pay of data engineers")
