"""A Sphinx project that has nothing but the extension, under the themes that most projects use."""

from __future__ import annotations

import http
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from conftest import Quiet, build, serve
from playwright.sync_api import Page, expect
from role_page import NewReader, Site, button, copied, in_browser

pytestmark = in_browser

HANDBOOK = Path(__file__).parents[1] / "build" / "handbook"
PAGES = ("index.html", "guide.html", "roles/engineer/index.html", "roles/engineer/senior.html")
SENIOR = PAGES[-1]
WIDTHS = (1280, 768, 390)


CONF = 'project = "Roles"\nextensions = ["rolebook"]\n'
MODE = 'html_context = {"default_mode": "auto"}\n'
"""Without it, pydata's theme and those made from it report an error of their own on every page."""


@dataclass(frozen=True)
class Theme:
    """A theme, what it needs, and whether its pages turn dark by the reader's choice."""

    name: str
    conf: str = ""
    follows: bool = True


THEMES = (
    Theme("alabaster", follows=False),
    Theme("furo"),
    Theme("pydata_sphinx_theme", MODE),
    Theme("sphinx_book_theme", MODE),
)


class Iconless(Quiet):
    """These themes name no icon, and a browser then asks for one."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        if self.path != "/favicon.ico":
            return super().send_head()
        self.send_response(http.HTTPStatus.NO_CONTENT)
        self.end_headers()
        return None


@pytest.fixture(scope="module", params=THEMES, ids=lambda theme: str(theme.name))
def themed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Theme, Site]]:
    """A theme with a handbook that is built strictly in it; these themes need inline scripts."""
    theme: Theme = request.param
    source = tmp_path_factory.mktemp(theme.name) / "source"
    shutil.copytree(HANDBOOK, source)
    conf = f'{CONF}html_theme = "{theme.name}"\n{theme.conf}'
    (source / "conf.py").write_text(conf, encoding="utf-8")
    with serve(build(source.parent, "-n", "-W", source=source), Iconless) as served:
        yield theme, served


def opened(new_reader: NewReader, site: Site, path: str, width: int, scheme: str) -> Page:
    reader = new_reader(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = reader.new_page()
    page.goto(site.url + path)
    return page


def test_a_template_is_filled_in_and_copied(
    new_reader: NewReader, themed: tuple[Theme, Site]
) -> None:
    page = opened(new_reader, themed[1], SENIOR, 1280, "light")
    template = page.locator(".rb-template")
    expect(template).to_contain_text("Decide how {{ company name }} keeps its data.")
    form = page.get_by_role("form", name="Fill in the template")
    form.get_by_label("Company name", exact=True).fill("Example & Sons")
    form.get_by_label("Contract", exact=True).select_option("Part-time")
    form.get_by_role("checkbox", name="GCP", exact=True).check()
    expect(template).to_contain_text("Decide how Example & Sons keeps its data.")
    button(page, "Copy the template").click()
    text = copied(page, button(page, "Copy anyway").click)["text/plain"]
    assert "Decide how Example & Sons keeps its data." in text
    assert "{{ pay range }}" in text


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways(
    new_reader: NewReader, themed: tuple[Theme, Site], path: str
) -> None:
    page = opened(new_reader, themed[1], path, WIDTHS[0], "light")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        room, wide = page.evaluate(
            "() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]"
        )
        assert wide <= room, width


# The lightness of a colour, from 0 to 1, as a canvas paints it: it may be written in any notation.
LIGHTNESS = """(element) => {
  const style = getComputedStyle(element);
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  return [style.backgroundColor, style.color].map((colour) => {
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    const [red, green, blue] = paint.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / 765;
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_templates_and_forms_are_as_dark_as_the_theme(
    new_reader: NewReader, themed: tuple[Theme, Site], scheme: str
) -> None:
    theme, site = themed
    page = opened(new_reader, site, SENIOR, 1280, scheme)
    dark = scheme == "dark" and theme.follows
    for part in (".rb-template", ".rb-panel", ".rb-field input"):
        paper, ink = page.locator(part).first.evaluate(LIGHTNESS)
        assert (paper < 0.3) == dark
        assert (ink > 0.6) == dark
