"""The colours that the manual promises: how each stands out from what it is on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page
from role_page import BASE, DOCS, NewReader, Site, in_browser

pytestmark = in_browser

# A row of the table in docs/look.md: what is drawn, on what, in light, in dark, the least.
ROW = re.compile(
    r"^\|[^|]+\| `(--[\w-]+)` \| `(--[\w-]+)` \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", re.MULTILINE
)
PROMISED = [
    (ink, paper, float(light), float(dark), float(least))
    for ink, paper, light, dark, least in ROW.findall(
        (DOCS / "look.md").read_text(encoding="utf-8")
    )
]
SCHEMES = ("light", "dark")

# As the browser mixes them: a colour drawn on a canvas is told in red, green and blue.
DRAWN = """(name) => {
  const canvas = document.createElement("canvas").getContext("2d");
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.setProperty("color", `var(${name}, transparent)`);
  canvas.fillStyle = getComputedStyle(probe).color;
  probe.remove();
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
}"""


def luminance(page: Page, name: str) -> float:
    """The relative luminance, as WCAG 2 defines it, of a custom property's colour."""
    drawn: list[int] = page.evaluate(DRAWN, name)
    *channels, opacity = drawn
    assert opacity == 255, f"{name} is no colour"
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in channels)
    ]
    return sum(
        weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def test_the_manual_names_the_pairs() -> None:
    # 4.5 for text and 3 for what else must be seen: WCAG 2.2, AA.
    assert {least for *_, least in PROMISED} == {3.0, 4.5}
    assert len(PROMISED) > 10


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("promised", PROMISED, ids=lambda pair: " on ".join(pair[:2]))
def test_a_colour_stands_out_as_promised(
    new_reader: NewReader,
    site: Site,
    promised: tuple[str, str, float, float, float],
    scheme: str,
) -> None:
    page = new_reader(color_scheme=scheme).new_page()
    page.goto(site.url + BASE)
    darker, brighter = sorted(luminance(page, name) for name in promised[:2])
    contrast = (brighter + 0.05) / (darker + 0.05)
    written, least = promised[2 + SCHEMES.index(scheme)], promised[4]
    assert contrast >= least
    assert round(contrast, 1) == written
