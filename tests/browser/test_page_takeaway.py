"""Files for other programs: made in the page, the same bytes as the command line's."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from playwright.sync_api import Locator, Page, expect
from role_page import (
    BASE,
    ROLE,
    NewReader,
    Site,
    button,
    catalog,
    field,
    fragment,
    in_browser,
    status,
)

from rolebook.compose import compose
from rolebook.exports import FORMATS, export
from rolebook.model import Axis, Template, Values
from rolebook.placeholders import defaults

pytestmark = in_browser

CHOICE = {Axis.LEVEL: "senior", Axis.ARRANGEMENT: "hybrid", Axis.JURISDICTION: "us-co"}
SYSTEMS = {
    "greenhouse": "Greenhouse",
    "lever": "Lever",
    "ashby": "Ashby",
    "jsonresume": "JSON Resume",
    "jobposting": "Career page",
}
DETAILS = {
    "company-website": "https://example.org",
    "street": "1 Main Street",
    "postal-code": "80202",
    "city": "Denver",
    "region": "CO",
    "country": "US",
    "date-posted": "2026-11-21",
    "department": "Data",
    "team": "Models",
    "requisition": "ML-7",
}


def template() -> Template:
    return compose(catalog(), ROLE, CHOICE)


def filled() -> dict[str, str | list[str]]:
    """A value for every placeholder; those that stand for details as other programs want them."""
    values: dict[str, str | list[str]] = {}
    for p in template().placeholders:
        if p.choices:
            values[p.name] = [p.choices[0]] if p.multiple else p.choices[0]
        else:
            values[p.name] = f"{p.label} <b>&"
    return values | {
        "pay from": "150,000",
        "pay to": "190,000",
        "currency": "USD",
        "application deadline": "2026-12-31",
        "how to apply": "jobs@example.org",
        "location": "Denver, Colorado",
        "company name": "Example Ltd",
    }


def open_filled(new_reader: NewReader, site: Site, values: Values) -> Page:
    page = new_reader().new_page()
    query = "&".join(f"{axis}={id_}" for axis, id_ in CHOICE.items())
    page.goto(f"{site.url}{BASE}?{query}{fragment(values)}")
    expect(page.locator("section.rb-changes")).to_be_visible()
    return page


def system(page: Page, label: str) -> Locator:
    return page.locator(".rb-takeaway").get_by_role("button", name=label, exact=True)


def asking(page: Page) -> Locator:
    """What stands in the page while something is missing."""
    return page.get_by_role("region").filter(has_text="before you download")


@pytest.mark.parametrize("format", SYSTEMS)
def test_the_same_bytes_as_python_writes(
    new_reader: NewReader, site: Site, format: str, tmp_path: Path
) -> None:
    page = open_filled(new_reader, site, filled())
    store = "rolebook:ml-hiring-handbook"
    page.evaluate(
        "([key, values]) => localStorage.setItem(key, values)", [store, json.dumps(DETAILS)]
    )
    page.reload()
    system(page, SYSTEMS[format]).click()
    with page.expect_download() as download:
        asking(page).get_by_role("button", name="Download", exact=True).click()
    found = download.value.path().read_bytes()
    values = {**defaults(template().placeholders), **filled(), **DETAILS}
    assert found == export(template(), format, values)
    assert download.value.suggested_filename.endswith(FORMATS[format].suffix)


def test_a_career_page_is_asked_for_what_it_lacks(new_reader: NewReader, site: Site) -> None:
    values = filled()
    del values["product"]
    page = open_filled(new_reader, site, values)
    system(page, "Career page").click()
    region = asking(page)
    expect(region).to_be_focused()
    expect(region).to_contain_text("It cannot be made without:")
    expect(region.get_by_role("button", name="Product or service", exact=True)).to_be_visible()
    expect(region).to_contain_text("Date posted")
    region.get_by_role("button", name="Download", exact=True).click()
    expect(region).to_be_visible()
    region.get_by_role("button", name="Product or service", exact=True).click()
    product = next(p for p in template().placeholders if p.name == "product")
    expect(field(page, product)).to_be_focused()
    field(page, product).fill("Tram map")
    for label, value in (("Date posted", "2026-11-21"), ("Country", "US")):
        asking(page).get_by_label(label, exact=True).fill(value)
    with page.expect_download() as download:
        asking(page).get_by_role("button", name="Download", exact=True).click()
    text = download.value.path().read_text(encoding="utf-8")
    (data,) = re.findall(r'<script type="application/ld\+json">\n(.*?)\n</script>', text, re.S)
    posting = json.loads(data)
    assert posting["@type"] == "JobPosting"
    assert posting["datePosted"] == "2026-11-21"
    assert "Tram map" in posting["description"]
    expect(status(page)).to_contain_text("Saved")
    expect(asking(page)).to_have_count(0)


def test_what_is_needed_is_asked_for_first(new_reader: NewReader, site: Site) -> None:
    page = open_filled(new_reader, site, filled())
    system(page, "Career page").click()
    expect(asking(page)).to_be_visible()
    labels = asking(page).locator(".rb-field > label").all_inner_texts()
    assert labels[:2] == ["Country", "Date posted"]
    assert labels.index("City") < labels.index("Street")


def test_details_are_kept_for_the_next_time(new_reader: NewReader, site: Site) -> None:
    page = open_filled(new_reader, site, filled())
    system(page, "Lever").click()
    asking(page).get_by_label("Department", exact=True).fill("Data")
    page.reload()
    system(page, "Lever").click()
    expect(asking(page).get_by_label("Department", exact=True)).to_have_value("Data")
    with page.expect_download() as download:
        asking(page).get_by_role("button", name="Download", exact=True).click()
    assert json.loads(download.value.path().read_bytes())["categories"]["department"] == "Data"


def test_what_is_erased_is_not_in_the_next_file(new_reader: NewReader, site: Site) -> None:
    page = open_filled(new_reader, site, filled())
    system(page, "Greenhouse").click()
    asking(page).get_by_label("Requisition number", exact=True).fill("OLD-1")
    button(page, "Erase what I typed").click()
    expect(asking(page).get_by_label("Requisition number", exact=True)).to_have_value("")
    system(page, "Greenhouse").click()
    with page.expect_download() as download:
        asking(page).get_by_role("button", name="Download", exact=True).click()
    assert "OLD-1" not in download.value.path().read_text(encoding="utf-8")


def test_a_date_in_words_is_asked_for_again_as_programs_write_it(
    new_reader: NewReader, site: Site
) -> None:
    page = open_filled(new_reader, site, filled() | {"application deadline": "31 December 2026"})
    system(page, "Career page").click()
    for label, value in (
        ("Date posted", "2026-11-21"),
        ("Country", "US"),
        ("Application deadline", "2026-12-31"),
    ):
        asking(page).get_by_label(label, exact=True).fill(value)
    with page.expect_download() as download:
        asking(page).get_by_role("button", name="Download", exact=True).click()
    text = download.value.path().read_text(encoding="utf-8")
    assert '"validThrough": "2026-12-31' in text
    assert "31 December 2026" in text
    expect(system(page, "Career page")).to_be_focused()


def test_another_choice_closes_what_was_asked(new_reader: NewReader, site: Site) -> None:
    page = open_filled(new_reader, site, filled())
    system(page, "Career page").click()
    expect(asking(page)).to_be_visible()
    page.get_by_label("Arrangement", exact=True).select_option("remote")
    expect(asking(page)).to_have_count(0)


def test_a_word_file_holds_the_placeholders_as_controls(new_reader: NewReader, site: Site) -> None:
    page = open_filled(new_reader, site, {"product": "Tram map"})
    with page.expect_download() as download:
        button(page, "Word").click()
    data = download.value.path().read_bytes()
    values = {**defaults(template().placeholders), "product": "Tram map"}
    assert data == export(template(), "docx", values)
    body = Document(BytesIO(data)).element.body
    controls = [
        (
            control.find(f".//{qn('w:tag')}").get(qn("w:val")),
            "".join(text.text for text in control.iter(qn("w:t"))),
        )
        for control in body.iter(qn("w:sdt"))
    ]
    assert ("product", "Tram map") in controls
    assert ("pay from", "{{ pay from }}") in controls
    assert {tag for tag, _ in controls} == {p.name for p in template().placeholders}


def test_when_nothing_can_be_fetched_the_page_says_so(new_reader: NewReader, site: Site) -> None:
    page = open_filled(new_reader, site, filled())
    page.route("**/rolebook-*.json*", lambda route: route.fulfill(status=200, body="no JSON"))
    button(page, "Word").click()
    expect(status(page)).to_contain_text("could not be loaded")


def test_no_page_of_the_handbook_is_marked_up_as_a_vacancy(site: Site) -> None:
    """A template is no vacancy."""
    pages = [*site.folder.rglob("*.html")]
    assert len(pages) > 50
    for page in pages:
        data = page.read_text(encoding="utf-8").partition('type="application/ld+json"')[2]
        assert "JobPosting" not in data.partition("</script>")[0], page
