"""The inline Markdown of one line of a template: to plain text and to HTML.

Markdown output needs nothing from here but :func:`plain_references`; a template's
text is Markdown already.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rolebook.diagnostics import Code
from rolebook.placeholders import Parts, split, uses

# A cross-reference as MyST writes it: {role}`text` or {role}`text <target>`.
_REFERENCE = re.compile(r"\{([A-Za-z][\w:.+-]*)\}(`+)(.+?)\2")
_EXPLICIT = re.compile(r"^(.+?)\s*<[^<>]*>$")
_NEEDS_TEXT = re.compile(r"^(job:.*|ref|doc|numref|any|py:.*)$")
_TARGET = re.compile(r"^\([^()\s]+\)=")
# Characters that can begin inline Markdown; a text without them is its own plain text.
_MARKUP = re.compile(r"[*_`\[\]<>&\\!]")
# Private-use characters stand for placeholders while Markdown is rendered.
_MARK = re.compile("\ue000([0-9]+)\ue001")


@cache
def _inline_parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def plain_references(text: str) -> str:
    """``text`` with each cross-reference as the words a reader sees."""
    return _REFERENCE.sub(lambda match: _words(match[3]), text)


def _words(content: str) -> str:
    explicit = _EXPLICIT.match(content)
    return explicit[1] if explicit else content


def prepare(text: str) -> tuple[Parts, Parts, Parts]:
    """``text`` prepared for filling, as Markdown, plain text and HTML."""
    text = plain_references(text)
    markdown = split(text)
    if not _MARKUP.search("".join(markdown[::2])):
        quoted = tuple(
            html.escape(part) if place % 2 == 0 else part for place, part in enumerate(markdown)
        )
        return markdown, markdown, quoted
    names = markdown[1::2]
    marked = "".join(
        part.replace("\ue000", "\ufffd") if place % 2 == 0 else f"\ue000{place // 2}\ue001"
        for place, part in enumerate(markdown)
    )
    children = _inline_parser().parseInline(marked)[0].children or []
    return (
        markdown,
        _slots(_text(children), names),
        _slots("".join(map(_html, children)), names),
    )


def _slots(text: str, names: Parts) -> Parts:
    pieces = _MARK.split(text)
    return tuple(
        piece if place % 2 == 0 else names[int(piece)] for place, piece in enumerate(pieces)
    )


def _text(tokens: list[Token]) -> str:
    """Plain text: a link is followed by its address, unless that is what it says."""
    out: list[str] = []
    addresses: list[tuple[str, int]] = []
    for token in tokens:
        match token.type:
            case "link_open":
                addresses.append((str(token.attrGet("href") or ""), len(out)))
            case "link_close":
                address, start = addresses.pop()
                shown = "".join(out[start:])
                if address and shown not in (address, address.removeprefix("mailto:")):
                    out.append(f" ({address.removeprefix('mailto:')})")
            case "softbreak" | "hardbreak":
                out.append(" ")
            case "image":
                out.append(token.content)
            case _:
                out.append(token.content)
    return "".join(out)


def _html(token: Token) -> str:
    match token.type:
        case "strong_open" | "strong_close" | "em_open" | "em_close":
            slash = "/" if token.nesting < 0 else ""
            return f"<{slash}{token.tag}>"
        case "link_open":
            return f'<a href="{html.escape(str(token.attrGet("href") or ""))}">'
        case "link_close":
            return "</a>"
        case "code_inline":
            return f"<code>{html.escape(token.content)}</code>"
        case "softbreak" | "hardbreak":
            return " "
        case _:
            return html.escape(token.content)


def hidden_placeholders(text: str) -> Iterator[str]:
    """The names of placeholders that stand in code, in a link's address or in a reference."""
    if "{{" not in text or not _MARKUP.search(text):
        return
    for match in _REFERENCE.finditer(text):
        for use in uses(match[3]):
            yield use.name
    names = [use.name for use in uses(text)]
    shown = set(prepare(text)[1][1::2])
    for token in _inline_parser().parseInline(text)[0].children or []:
        if token.type == "code_inline":
            for use in uses(token.content):
                shown.discard(use.name)
    yield from (name for name in dict.fromkeys(names) if name not in shown)


def markup_faults(text: str) -> Iterator[tuple[Code, str, str]]:
    """What a line of a template holds that a copy could not: (code, message, remedy)."""
    if _TARGET.match(text):
        yield (
            Code.UNSUPPORTED_MARKUP,
            f"'{text.split('=')[0]}=' would be the same label on every page of the role.",
            "Delete it: the item's own id can be linked to.",
        )
    for match in _REFERENCE.finditer(text):
        if _NEEDS_TEXT.match(match[1]) and not _EXPLICIT.match(match[3]):
            yield (
                Code.BARE_REFERENCE,
                f"'{match[0]}' would be copied as '{match[3]}'.",
                f"Give it words: '{{{match[1]}}}`words <{match[3]}>`'.",
            )
    if not _MARKUP.search(text):
        return
    children = _inline_parser().parseInline(text)[0].children or []
    tag = next((token for token in children if token.type == "html_inline"), None)
    if tag is not None:
        yield (
            Code.UNSUPPORTED_MARKUP,
            f"A template's line cannot hold the HTML '{tag.content}'.",
            "Use Markdown, or write '&lt;' for a plain '<'.",
        )
    if any(token.type == "image" for token in children):
        yield (
            Code.UNSUPPORTED_MARKUP,
            "A template's line cannot hold an image.",
            "Say it in words.",
        )
