"""Photograph the handbook's pages for the manual: ``nox -s pictures``.

``python docs/pictures.py SITE`` writes the pictures of :data:`PAGES` at :data:`WIDTHS` into
``docs/pictures/``, from the site that was built in the folder SITE.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections import Counter
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).with_name("pictures")
PAGES = {
    "home": "index.html",
    "template": "roles/machine-learning-engineer/senior.html",
    "pay": "pay/machine-learning-engineer.html",
    "kit": "roles/machine-learning-engineer/interview.html?level=senior",
}
WIDTHS = {390: (780, "dark"), 768: (920, "light"), 1280: (780, "light"), 1600: (900, "dark")}
"""The height and the colour scheme for each width, in CSS pixels."""

COLOURS = 24
"""How many a picture keeps: all of them together then weigh less than 400 kB."""


def photograph(browser: Browser, address: str, width: int) -> bytes:
    """What a reader sees first of a page, as a PNG."""
    height, scheme = WIDTHS[width]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page.goto(address, wait_until="networkidle")
    picture = page.screenshot()
    page.close()
    return picture


def compressed(picture: Image.Image) -> Image.Image:
    """The picture in few colours: a page has few, and letters stay sharp without any loss.

    Half of them are the most frequent, so that areas keep theirs, and half the most
    different, so that a hue that is rare keeps its own.
    """
    picture = picture.convert("RGB")
    pixels = zip(*(channel.tobytes() for channel in picture.split()), strict=True)
    frequent = [v for colour, _ in Counter(pixels).most_common(COLOURS // 2) for v in colour]
    different = picture.quantize(COLOURS // 2, method=Image.Quantize.MAXCOVERAGE)
    palette = Image.new("P", (1, 1))
    palette.putpalette([*frequent, *(different.getpalette() or ())])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB")


def main(site: Path) -> None:
    """Write all pictures and print what they weigh together."""
    FOLDER.mkdir(exist_ok=True)
    # The pages need no server: they are read from their files.
    root = f"{site.resolve().as_uri()}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, path in PAGES.items():
            for width in WIDTHS:
                picture = Image.open(io.BytesIO(photograph(browser, root + path, width)))
                file = FOLDER / f"{name}-{width}.webp"
                compressed(picture).save(file, lossless=True, quality=100, method=6)
        browser.close()
    total = sum(file.stat().st_size for file in FOLDER.glob("*.webp"))
    print(f"{len(PAGES) * len(WIDTHS)} pictures, {total / 1000:.0f} kB together, in {FOLDER}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
