"""A kit and a brief that were downloaded: read on a screen, and printed."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Page
from pypdf import PdfReader
from role_page import ROLE, NewReader, Site, catalog, in_browser

from rolebook.compose import compose
from rolebook.interview.kit import choose, must_haves, whole_kit
from rolebook.interview.loop import Loop, plan_loop
from rolebook.model import Axis

pytestmark = in_browser

CHOICE = {Axis.LEVEL: "senior", Axis.SPECIALISATION: "nlp"}
# Points: the size that the paper's name stands for.
PAPERS = {"A4": (595, 842), "Letter": (612, 792)}
MARGIN = 18 / 25.4 * 96
"""That of the printed page, in pixels of CSS."""
MOST_SHEETS = {"kit": 30, "brief": 3}


def planned() -> Loop:
    kit = whole_kit(catalog(), ROLE)
    assert kit is not None
    return plan_loop(choose(kit, CHOICE), must_haves(compose(catalog(), ROLE, CHOICE)))


def path_of(site: Site, part: str) -> Path:
    return site.folder / "downloads" / "interview" / ROLE / f"senior-nlp-{part}.html"


def open_file(new_reader: NewReader, site: Site, part: str, **options: object) -> Page:
    """A page that was saved: no server's policy holds for it."""
    page = new_reader(**options).new_page()
    page.goto(path_of(site, part).as_uri())
    return page


def squeezed(text: str) -> str:
    """Without spaces, and each letter as a sign of its own: a font may set two as one."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("part", ["kit", "brief"])
def test_nothing_bars_anyone(
    new_reader: NewReader, site: Site, part: str, width: int, scheme: str
) -> None:
    page = open_file(
        new_reader, site, part, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_columns_are_as_wide_as_they_are_meant(new_reader: NewReader, site: Site) -> None:
    page = open_file(new_reader, site, "kit", viewport={"width": 1280, "height": 900})
    assert page.locator("col[width]").count() == 0
    shares: list[float] = page.locator("table").first.evaluate(
        """(table) => [...table.querySelectorAll("th")].map((head) =>
          (100 * head.getBoundingClientRect().width) / table.getBoundingClientRect().width)"""
    )
    assert shares == pytest.approx([20, 15, 25, 40], abs=0.5)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("part", ["kit", "brief"])
def test_a_second_program_reads_all_that_is_printed(
    new_reader: NewReader, site: Site, part: str, paper: str
) -> None:
    page = open_file(new_reader, site, part)
    reader = PdfReader(BytesIO(page.pdf(format=paper, print_background=True)))
    assert 1 <= len(reader.pages) <= MOST_SHEETS[part], f"{len(reader.pages)} sheets"
    width, height = PAPERS[paper]
    for sheet in reader.pages:
        size = (float(sheet.mediabox.width), float(sheet.mediabox.height))
        assert size == pytest.approx((width, height), abs=1.5)
    text = squeezed(" ".join(sheet.extract_text() for sheet in reader.pages))
    document = BeautifulSoup(path_of(site, part).read_text(encoding="utf-8"), "html.parser")
    lines = [each.get_text() for each in document.select("h1, h2, h3, li, td, p, th")]
    assert len(lines) > 20
    for line in lines:
        # A dictionary of the boxes to tick may lack the sign.
        assert squeezed(line.replace("☐", "")) in text.replace("☐", ""), line
    place = 0
    for heading in document.select("h1, h2, h3"):
        place = text.find(squeezed(heading.get_text()), place)
        assert place >= 0, f"not in its place: {heading.get_text()}"


def test_the_kit_has_what_an_interview_needs(site: Site) -> None:
    document = BeautifulSoup(path_of(site, "kit").read_text(encoding="utf-8"), "html.parser")
    title = compose(catalog(), ROLE, CHOICE).title
    (first,) = document.select("h1")
    assert first.get_text() == f"Interview kit: {title}"
    loop = planned()
    heads = [head.get_text() for head in document.select("h3")]
    plain = [each.text for each in loop.asked]
    assert [head for head in heads if head != "In reserve"] == [
        BeautifulSoup(text, "html.parser").get_text() for text in plain
    ]
    sections = [head.get_text() for head in document.select("h2")]
    assert sections[:2] == ["The loop", "Coverage"]
    assert "Scorecard" in sections
    stages = [f"{n}. {p.stage.title}, " for n, p in enumerate(loop.plans, start=1)]
    assert [s[: len(w)] for s, w in zip(sections[3:], stages, strict=False)] == stages


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("part", ["kit", "brief"])
def test_nothing_is_cut_at_the_edge_of_the_paper(
    new_reader: NewReader, site: Site, part: str, paper: str
) -> None:
    room = round(PAPERS[paper][0] / 72 * 96 - 2 * MARGIN)
    page = open_file(new_reader, site, part, viewport={"width": room, "height": 900})
    page.emulate_media(media="print")
    sticking_out = page.evaluate(
        """() => [...document.body.querySelectorAll("*")]
          .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth
            || element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => `${element.localName}: ${element.textContent.slice(0, 60)}`)"""
    )
    assert sticking_out == []
    # Each stage, the scorecard and each handout begin a sheet, so that they can be given out.
    if part == "kit":
        breaks = page.locator(".new-page").evaluate_all(
            "(all) => all.map((each) => getComputedStyle(each).breakBefore)"
        )
        assert len(breaks) > 4
        assert {*breaks} == {"page"}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_question_is_on_one_sheet_with_its_guide(
    new_reader: NewReader, site: Site, paper: str
) -> None:
    page = open_file(new_reader, site, "kit")
    reader = PdfReader(BytesIO(page.pdf(format=paper, print_background=True)))
    sheets = [squeezed(sheet.extract_text()) for sheet in reader.pages]
    document = BeautifulSoup(path_of(site, "kit").read_text(encoding="utf-8"), "html.parser")
    questions = [each for each in document.select("section") if each.select(".boxes")]
    assert len(questions) > 5
    for question in questions:
        lines = [squeezed(each.get_text()) for each in question.select("h3, li, td")]
        assert any(all(line in sheet for line in lines) for sheet in sheets), lines[0]
