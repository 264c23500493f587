"""The grammar of placeholders, and filling them in.

``static/fill.js`` mirrors :func:`normalise`, :func:`joined`, :func:`fill` and the
escapes; ``tests/parity`` holds the cases both must agree on.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rolebook.model import Placeholder, Values

Parts = tuple[str, ...]
"""Prepared text: literals at even places, placeholder names at odd ones."""

NAME = r"[^\W_](?:[\w '-]*\w)?"
CHOICES = r"[^{}*_`<>\[\]\\&\n]+"
PATTERN = re.compile(r"\{\{\s*(" + NAME + r")\s*(?::\s*(" + CHOICES + r"))?\}\}")
BRACES = re.compile(r"\{\{.*?\}\}|\{\{|\}\}")

# Control characters, spaces and the Unicode line breaks. A value stands inside one
# line of a document, so every run of them is one space.
_SPACE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MARKDOWN = re.compile(r"[\\`*_\[\]{}<>&~|]")
_LEADING_MARK = re.compile(r"^(?=[#+\-=:])")
_LEADING_NUMBER = re.compile(r"^([0-9]+)(?=[.)])")


@dataclass(frozen=True, slots=True)
class Use:
    """One occurrence of a placeholder in a text."""

    name: str
    choices: tuple[str, ...]
    start: int
    end: int


def fold(text: str) -> str:
    """``text`` with every run of white space as one space, trimmed."""
    return " ".join(text.split())


def split_choices(text: str) -> tuple[str, ...]:
    """The choices in ``"A / B / C"``: a slash counts only between spaces."""
    return tuple(fold(choice) for choice in re.split(r"\s+/\s+", text.strip()) if choice.strip())


def uses(text: str) -> Iterator[Use]:
    """Each placeholder in ``text``, in order."""
    for match in PATTERN.finditer(text):
        choices = split_choices(match[2]) if match[2] else ()
        yield Use(fold(match[1]), choices, match.start(), match.end())


def malformed(text: str) -> Iterator[str]:
    """Each thing in double braces that is no placeholder."""
    for match in BRACES.finditer(PATTERN.sub(lambda found: " " * len(found[0]), text)):
        yield match[0]


def slug(name: str) -> str:
    """The name as an HTML class: lower case, other characters than a-z and 0-9 as hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def default_label(name: str) -> str:
    """The label of a placeholder that declares none."""
    return name[:1].upper() + name[1:].replace("_", " ")


def split(text: str) -> Parts:
    """Prepare ``text``: its literals and the names of its placeholders, in turn."""
    parts: list[str] = []
    last = 0
    for use in uses(text):
        parts += [text[last : use.start], use.name]
        last = use.end
    return (*parts, text[last:])


def blank(placeholder: Placeholder) -> str:
    """How an unfilled placeholder is written, so that it can be read back."""
    choices = f": {' / '.join(placeholder.choices)}" if placeholder.choices else ""
    return "{{ " + placeholder.name + choices + " }}"


def normalise(value: str) -> str:
    """A value as it enters a document: one line, no control characters, valid Unicode."""
    return _SURROGATE.sub("\ufffd", _SPACE.sub(" ", value).strip(" "))


def joined(value: str | Sequence[str]) -> str:
    """The text of a value; several choices stand with a comma between them."""
    if isinstance(value, str):
        return normalise(value)
    return ", ".join(text for text in map(normalise, value) if text)


def filled(values: Values) -> dict[str, str | list[str]]:
    """Only the values that say something, normalised, by name."""
    result: dict[str, str | list[str]] = {}
    for name in sorted(values):
        value = values[name]
        if isinstance(value, str):
            kept: str | list[str] = normalise(value)
        else:
            kept = [text for text in map(normalise, value) if text]
        if kept:
            result[name] = kept
    return result


def defaults(placeholders: Sequence[Placeholder]) -> dict[str, str | list[str]]:
    """The values a template starts with: the declared defaults."""
    return {
        p.name: [p.default] if p.multiple else p.default
        for p in placeholders
        if p.default is not None
    }


def fill(
    parts: Sequence[str],
    values: Values,
    escape: Callable[[str], str],
    blank_of: Callable[[str], str],
) -> str:
    """Put values into prepared text, in one pass: a value is never read for placeholders."""
    out: list[str] = []
    for place, part in enumerate(parts):
        if place % 2 == 0:
            out.append(part)
            continue
        value = joined(values.get(part, ""))
        out.append(escape(value) if value else blank_of(part))
    return "".join(out)


def escape_text(value: str) -> str:
    """Plain text needs no escape."""
    return value


def escape_html(value: str) -> str:
    """Escape for HTML text and attribute values."""
    return html.escape(value, quote=True)


def escape_markdown(value: str) -> str:
    """Escape so that Markdown shows the value as it is, at a line's start too."""
    escaped = _MARKDOWN.sub(lambda match: "\\" + match[0], value)
    return _LEADING_NUMBER.sub(r"\1\\", _LEADING_MARK.sub(r"\\", escaped))
