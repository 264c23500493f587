"""A template as a web page of its own: no script, no request, its few styles inside."""

from __future__ import annotations

from rolebook.exports.layout import HTML, Description
from rolebook.placeholders import escape_html

STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;"
    "font:1rem/1.6 Charter,Cambria,Georgia,serif}"
    "h1,h2,h3{line-height:1.25}"
)


def frame(language: str) -> tuple[str, str, str]:
    """What stands before the title of the page, between it and the description, and after that."""
    head = (
        f'<!doctype html>\n<html lang="{escape_html(language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>"
    )
    middle = f"</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    return head, middle, "</body>\n</html>\n"


def to_html(description: Description) -> str:
    """A description as a standalone HTML document.

    The page's title has the template's, placeholders unfilled.
    """
    template = description.document.template
    head, middle, end = frame(template.language)
    return f"{head}{escape_html(template.title)}{middle}{description.render(HTML)}{end}"
