"""The pictures of the manual's page on the look: small, described, and of the widths they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from manual import DOCS, read
from PIL import Image

PICTURES = sorted((DOCS / "pictures").glob("*.webp"))
WIDTHS = (390, 768, 1280, 1600)


def test_all_pictures_together_are_small() -> None:
    assert len(PICTURES) == 4 * len(WIDTHS)
    assert sum(picture.stat().st_size for picture in PICTURES) < 400_000


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_shown_in_the_room_kept_for_it(picture: Path) -> None:
    width = int(picture.stem.rpartition("-")[2])
    with Image.open(picture) as image:
        size = image.size
    assert size[0] == width
    assert width in WIDTHS
    styles = (DOCS / "_static" / "pictures.css").read_text(encoding="utf-8")
    assert re.search(rf'"-{width}\.webp"\] \{{\s*aspect-ratio: {width} / {size[1]};', styles)
    shown = rf"\{{figure\}} pictures/{picture.name}\n:alt: .{{40,}}\n:loading: lazy\n"
    assert len(re.findall(shown, read("look.md"))) == 1
