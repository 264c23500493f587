"""Template -> bytes, by format. The build, the command line and the tests all export here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rolebook.exports.html import to_html
from rolebook.exports.json import to_json
from rolebook.exports.layout import MARKDOWN, TEXT, render
from rolebook.model import Template, Values


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: what it is called, its file suffix and how it is written."""

    name: str
    label: str
    suffix: str
    write: Callable[[Template, Values], str]


FORMATS: Mapping[str, Format] = {
    format.name: format
    for format in (
        Format("markdown", "Markdown", ".md", lambda t, v: render(t, MARKDOWN, v)),
        Format("text", "Plain text", ".txt", lambda t, v: render(t, TEXT, v)),
        Format("html", "HTML", ".html", to_html),
        Format("json", "JSON", ".json", to_json),
    )
}


def export(template: Template, format: str, values: Values) -> bytes:
    """The filled template in a format, as UTF-8.

    Raises :class:`KeyError` for a format that is not in :data:`FORMATS`.
    """
    return FORMATS[format].write(template, values).encode("utf-8")


def file_stem(template: Template) -> str:
    """A file name for the template, without suffix: its title in lower case."""
    return re.sub(r"[^a-z0-9]+", "-", template.title.lower()).strip("-") or template.role
