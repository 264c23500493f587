"""A template as a web page of its own: no script, no request, its few styles inside."""

from __future__ import annotations

from rolebook.exports.layout import HTML, Description
from rolebook.model import Template
from rolebook.placeholders import escape_html

_STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;"
    "font:1rem/1.6 Charter,Cambria,Georgia,serif}"
    "h1,h2,h3{line-height:1.25}"
)


def frame(template: Template) -> tuple[str, str]:
    """What stands before and after the description in its page.

    The page's title has the template's, placeholders unfilled.
    """
    before = (
        f'<!doctype html>\n<html lang="{escape_html(template.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape_html(template.title)}</title>\n"
        f"<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    return before, "</body>\n</html>\n"


def to_html(description: Description) -> str:
    """A description as a standalone HTML document."""
    before, after = frame(description.document.template)
    return before + description.render(HTML) + after
