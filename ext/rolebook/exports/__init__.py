"""Template -> bytes, by format. The build, the command line and the tests all export here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rolebook.exports.docx import to_docx
from rolebook.exports.html import to_html
from rolebook.exports.json import to_json
from rolebook.exports.layout import MARKDOWN, TEXT, Description, Layout, lay_out
from rolebook.exports.shapes import write_shape
from rolebook.model import Template, Values


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: what it is called, its file suffix, its media type, how it is written.

    ``beside`` if each page of a template has it lying beside it, unfilled: a format that
    describes a vacancy is only made of what a reader filled in.
    """

    name: str
    label: str
    suffix: str
    media: str
    write: Callable[[Description], bytes]
    beside: bool = True


def _text(render: Callable[[Description], str]) -> Callable[[Description], bytes]:
    return lambda description: render(description).encode("utf-8")


def _in(layout: Layout) -> Callable[[Description], bytes]:
    return _text(lambda description: description.render(layout))


def _shape(name: str, label: str, suffix: str, media: str = "application/json") -> Format:
    return Format(name, label, suffix, media, write_shape(name), beside=False)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS: Mapping[str, Format] = {
    format.name: format
    for format in (
        Format("markdown", "Markdown", ".md", "text/markdown", _in(MARKDOWN)),
        Format("text", "Plain text", ".txt", "text/plain", _in(TEXT)),
        Format("html", "HTML", ".html", "text/html", _text(to_html)),
        Format("docx", "Word", ".docx", _WORD, to_docx),
        Format("json", "JSON", ".json", "application/json", _text(to_json)),
        _shape("greenhouse", "Greenhouse", ".greenhouse.json"),
        _shape("lever", "Lever", ".lever.json"),
        _shape("ashby", "Ashby", ".ashby.json"),
        _shape("jsonresume", "JSON Resume job", ".jsonresume.json"),
        _shape("jobposting", "Career page (JobPosting)", ".jobposting.html", "text/html"),
    )
}


def export(template: Template, format: str, values: Values) -> bytes:
    """The filled template in a format; text is UTF-8.

    Raises :class:`KeyError` for a format that is not in :data:`FORMATS`, and
    :class:`rolebook.exports.shapes.MissingDetailsError` where a format cannot do without
    what is not filled in.
    """
    return write(Description(lay_out(template), values), format)


def write(description: Description, format: str) -> bytes:
    """:func:`export` for a template that has been laid out and filled already."""
    return FORMATS[format].write(description)


def file_stem(template: Template) -> str:
    """A file name for the template, without suffix: its title in lower case."""
    return re.sub(r"[^a-z0-9]+", "-", template.title.lower()).strip("-") or template.role
