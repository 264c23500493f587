"""What a page is about, for search engines and for who is sent its address: its first paragraph."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

LONGEST = 180
"""Search engines and social networks show about so many characters, and cut what is longer."""

BEFORE_OTHERS = 400
"""The rank of :func:`describe` among what hears an event, of which 500 is the usual one."""


def describe(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Event ``html-page-context``: describe the page, unless its front matter does.

    Sphinxext-opengraph would run on into whatever follows the paragraph, lists and tables too.
    Its fields for a page say what to take instead, in tags and in the picture.
    """
    text = first_words(doctree) if doctree else ""
    if not text:
        return
    fields = {
        "og:description": text,
        "og:image:alt": text,
        # The picture takes a description of this length, the last letters as an ellipsis.
        "ogp_description_length": str(len(escape(text)) + 2),
    }
    context["meta"] = {**fields, **(context.get("meta") or {})}
    tags = context.get("metatags", "")
    if 'name="description"' not in tags:
        tag = f'<meta name="description" content="{escape(context["meta"]["og:description"])}" />'
        context["metatags"] = f"{tags}\n    {tag}"


def first_words(doctree: nodes.document) -> str:
    """The first paragraph of a page's own text, cut at a word if it is long."""
    paragraphs = (
        node
        for node in doctree.findall(nodes.paragraph)
        if isinstance(node.parent, nodes.section | nodes.document)
    )
    text = " ".join(next(paragraphs, nodes.paragraph()).astext().split())
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rpartition(" ")[0].rstrip(" ,;:") + "\u2026"
