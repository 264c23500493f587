"""Template -> bytes, by format. The build, the command line and the tests all export here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rolebook.exports.html import to_html
from rolebook.exports.json import to_json
from rolebook.exports.layout import MARKDOWN, TEXT, Description, Layout, lay_out
from rolebook.model import Template, Values


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: what it is called, its file suffix and how it is written."""

    name: str
    label: str
    suffix: str
    write: Callable[[Description], str]


def _in(layout: Layout) -> Callable[[Description], str]:
    return lambda description: description.render(layout)


FORMATS: Mapping[str, Format] = {
    format.name: format
    for format in (
        Format(
            "markdown",
            "Markdown",
            ".md",
            _in(MARKDOWN),
        ),
        Format("text", "Plain text", ".txt", _in(TEXT)),
        Format("html", "HTML", ".html", to_html),
        Format("json", "JSON", ".json", to_json),
    )
}


def export(template: Template, format: str, values: Values) -> bytes:
    """The filled template in a format, as UTF-8.

    Raises :class:`KeyError` for a format that is not in :data:`FORMATS`.
    """
    return write(Description(lay_out(template), values), format)


def write(description: Description, format: str) -> bytes:
    """:func:`export` for a template that has been laid out and filled already."""
    return FORMATS[format].write(description).encode("utf-8")


def file_stem(template: Template) -> str:
    """A file name for the template, without suffix: its title in lower case."""
    return re.sub(r"[^a-z0-9]+", "-", template.title.lower()).strip("-") or template.role
