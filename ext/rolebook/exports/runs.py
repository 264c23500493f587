"""Prepared HTML of a line as runs of text, for what is not written as HTML.

``static/runs.js`` mirrors :func:`read_runs`; ``tests/parity`` holds the cases.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# `inline.prepare` escapes whatever else has an angle bracket, inside an address too.
_TAG = re.compile(r"(<[^>]*>)")
_LINK = '<a href="', '">'


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line that looks the same throughout.

    ``text`` is what it says or, if it is a ``slot``, the name of the placeholder that
    stands there. ``address`` is where it links to, empty if it does not.
    """

    text: str
    slot: bool
    strong: bool
    emphasis: bool
    code: bool
    address: str


def read_runs(parts: Sequence[str]) -> Iterator[Run]:
    """The runs of a line as :func:`rolebook.inline.prepare` prepares it for HTML.

    ``parts`` are literals at even places, names of placeholders at odd ones. Markup that
    opens in one literal runs on across slots until it closes.
    """
    strong = emphasis = 0  # Markdown can nest either in itself
    code, address = False, ""
    for place, part in enumerate(parts):
        if place % 2:
            yield Run(part, True, strong > 0, emphasis > 0, code, address)
            continue
        for turn, piece in enumerate(_TAG.split(part)):
            if turn % 2 == 0:
                if piece:
                    text = html.unescape(piece)
                    yield Run(text, False, strong > 0, emphasis > 0, code, address)
                continue
            match piece:
                case "<strong>":
                    strong += 1
                case "</strong>":
                    strong -= 1
                case "<em>":
                    emphasis += 1
                case "</em>":
                    emphasis -= 1
                case "<code>" | "</code>":
                    code = piece == "<code>"
                case "</a>":
                    address = ""
                case _:
                    address = html.unescape(piece.removeprefix(_LINK[0]).removesuffix(_LINK[1]))
