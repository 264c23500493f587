"""On paper: the template alone, as it would be posted."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from role_page import (
    BASE,
    ROLE,
    SENIOR,
    NewReader,
    Site,
    answers,
    button,
    catalog,
    fragment,
    in_browser,
    shown_lines,
    template,
    template_lines,
)

from rolebook.compose import compose
from rolebook.model import Axis

pytestmark = in_browser

# Points: the size that the paper's name stands for.
PAPERS = {"A4": (595, 842), "Letter": (612, 792)}
MOST_SHEETS = 5


@pytest.fixture
def printed(new_reader: NewReader, linked_site: Site) -> Page:
    """A filled page with all that can be shown in it, as it is printed."""
    page = new_reader().new_page()
    page.goto(linked_site.url + SENIOR + fragment(answers()))
    button(page, "Show changes").click()
    button(page, "Show where lines come from").click()
    page.emulate_media(media="print")
    return page


def test_nothing_but_the_template_is_printed(printed: Page) -> None:
    seen = printed.evaluate(
        """() => {
          const template = document.querySelector(".rb-template");
          const isApart = (element) => !element.contains(template) && !template.contains(element);
          const isSeen = (element) => element.checkVisibility({ visibilityProperty: true })
            && [...element.getClientRects()].some(({ width, height }) => width && height);
          const seen = [...document.body.querySelectorAll("*")]
            .filter((element) => isApart(element) && isSeen(element))
            .map((element) => `${element.localName}.${element.className}`);
          // A text right in an element that holds the template could not be hidden.
          for (let above = template.parentElement; above; above = above.parentElement) {
            for (const node of above.childNodes) {
              if (node.nodeType === Node.TEXT_NODE && node.data.trim()) seen.push(node.data);
            }
          }
          return seen;
        }"""
    )
    assert seen == []


def test_all_lines_and_values_are_printed(printed: Page) -> None:
    assert template_lines(printed) == shown_lines(template(), answers())
    hidden = printed.evaluate(
        """() => {
          const shown = ".rb-template :is(h2, h3, .rb-group, .rb-leaf, .rb-ph)";
          return [...document.querySelectorAll(shown)]
            .filter((element) => !element.getClientRects().length || !element.checkVisibility(
              { visibilityProperty: true, opacityProperty: true }))
            .map((element) => element.textContent);
        }"""
    )
    assert hidden == []


def test_marks_are_plain_on_paper(printed: Page) -> None:
    marked = printed.evaluate(
        """() => {
          const plain = "rgba(0, 0, 0, 0) none 0px 0px none";
          return [...document.querySelectorAll(".rb-template :is(.rb-ph, .rb-leaf, .rb-leaf p)")]
            .flatMap((element) => {
              const style = getComputedStyle(element);
              const { content } = getComputedStyle(element, "::after");
              const found = [style.backgroundColor, style.backgroundImage, style.borderBottomWidth,
                style.borderInlineStartWidth, content].join(" ");
              return found === plain ? [] : [`${element.className}: ${found}`];
            });
        }"""
    )
    assert marked == []
    colours = printed.evaluate(
        """() => {
          const texts = document.querySelectorAll(".rb-template :is(h2, h3, p, li, .rb-ph)");
          return [...new Set([...texts].map((element) => getComputedStyle(element).color))];
        }"""
    )
    assert colours == ["rgb(0, 0, 0)"]


def test_controls_and_origins_are_not_printed(printed: Page) -> None:
    for kind in (".rb-origin", ".rb-tools", ".headerlink", "button"):
        found = printed.locator(f".rb-template {kind}")
        assert found.count(), f"{kind}: nothing to look at"
        assert not any(each.is_visible() for each in found.all()), kind


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white(printed: Page, scheme: str) -> None:
    printed.emulate_media(media="print", color_scheme="dark" if scheme == "dark" else "light")
    painted = printed.evaluate(
        """() => {
          const blank = ["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"];
          return [...document.querySelectorAll(":has(.rb-template), .rb-template")]
            .map((element) => `${element.localName}: ${getComputedStyle(element).backgroundColor}`)
            .filter((found) => !blank.some((colour) => found.endsWith(colour)));
        }"""
    )
    assert painted == []


@pytest.mark.parametrize("paper", PAPERS)
def test_it_takes_a_few_sheets(printed: Page, paper: str) -> None:
    data = printed.pdf(format=paper, print_background=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", data))
    assert 2 <= sheets <= MOST_SHEETS, f"{sheets} sheets"
    ((width, height),) = set(re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", data))
    assert (float(width), float(height)) == pytest.approx(PAPERS[paper], abs=1.5)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_second_program_reads_the_whole_description(
    new_reader: NewReader, site: Site, paper: str
) -> None:
    """A combination, filled in, saved as PDF and read back by pypdf."""
    choice = {Axis.LEVEL: "junior", Axis.SPECIALISATION: "mlops", Axis.JURISDICTION: "ca-on"}
    composed = compose(catalog(), ROLE, choice)
    values = {
        p.name: p.choices[0] if p.choices else f"Our {p.label.lower()}"
        for p in composed.placeholders
    }
    page = new_reader().new_page()
    query = "&".join(f"{axis}={id_}" for axis, id_ in choice.items())
    page.goto(f"{site.url}{BASE}?{query}{fragment(values)}")
    expect(page.locator(".rb-template").get_by_role("heading").first).to_contain_text("MLOps")
    reader = PdfReader(BytesIO(page.pdf(format=paper, print_background=True)))
    # A font may set two letters as one sign, such as "fi".
    read = unicodedata.normalize("NFKC", " ".join(s.extract_text() for s in reader.pages))
    text = "".join(read.split())
    place = 0
    for line in shown_lines(composed, values):
        found = text.find("".join(line.split()), place)
        assert found >= 0, f"not in the PDF, or not in its place: {line}"
        place = found
    assert "Notes for the writer".replace(" ", "") not in text
    assert {
        (round(float(s.mediabox.width)), round(float(s.mediabox.height))) for s in reader.pages
    } <= {
        (width + dx, height + dy)
        for width, height in [PAPERS[paper]]
        for dx in (0, 1, -1)
        for dy in (0, 1, -1)
    }
