"""Text that strangers wrote, put into GitHub's Markdown so that it is shown and does nothing.

In code, GitHub makes no mention, reference, link, picture or HTML of what it is given. All that
could end the code early or change how it looks is taken care of here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""The categories of characters that are not seen, end a line or turn the direction of text."""


def plain(text: str) -> str:
    """A text as one line, with ``\\ufffd`` for each character that could hide or reorder others."""
    return "".join(
        " " if character in "\t\n\r" else "\ufffd" if _is_hidden(character) else character
        for character in text
    )


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in HIDDEN


def code(text: str) -> str:
    """A text as a code span."""
    text = plain(text)
    fence = _longer_than_any("`", [text], 1)
    return f"{fence} {text} {fence}" if "`" in text or not text.strip() else f"`{text}`"


def block(lines: Iterable[str], language: str) -> str:
    """Lines as a fenced block of code."""
    lines = [plain(line) for line in lines]
    fence = _longer_than_any("`", lines, 3)
    return "\n".join([f"{fence}{language}", *lines, fence])


def _longer_than_any(mark: str, texts: Iterable[str], least: int) -> str:
    runs = (len(run) for text in texts for run in re.findall(f"{mark}+", text))
    return mark * max(least, 1 + max(runs, default=0))
