"""What the theme's pages tell a search that Pagefind makes: what to search, and by which facets.

Pagefind reads a finished site, so it indexes several builds into one. A page says in its
markup which part of it is text, and in ``meta`` elements what is known of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx

from rolebook.catalog import Catalog
from rolebook.model import Role, Variant
from rolebook.script_data import script_json
from rolebook.skills import AXES
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.downloads import BUILDERS

PAGEFIND = "pagefind"
"""The theme's option ``search`` where its own search page is to use Pagefind's index."""

FACETS = ("kind", "role", *AXES)
"""The names of all facets, in the order in which a reader sees them."""

ANY_PAGE = "xqpage"
"""A word that every page has in its data, for a search by facets alone.

Pagefind would load its whole index for one without words.
"""

_IGNORED = "data-pagefind-ignore"

_UNSEARCHED = re.compile(r'<div(?= class="rb-(?:chart|composer|panel|variants)[ "])')
"""The start of what is on a page to lead on or to work with."""

_CHANGES = re.compile(r'<section(?= class="rb-changes[ "])')
"""The start of the list of changes, which repeats lines of the template above it."""

_TITLE = re.compile(r"<h1(?=[ >])")
"""The start of a page's title, which is searched as such; an excerpt would repeat it."""

_PERMALINK = re.compile(r'<a(?= class="headerlink")')
"""The start of a heading's link to itself, whose sign is no word of the page."""


def use_pagefind(app: Sphinx) -> None:
    """Leave out Sphinx's own search where the theme's options name another.

    To write its index takes an eighth of a build.
    """
    if searched_by(app) and app.builder.name in BUILDERS:
        app.builder.search = False  # type: ignore[attr-defined]
        app.connect("html-page-context", add_search)
        app.connect("html-collect-pages", search_page)


def searched_by(app: Sphinx) -> str:
    """The theme's option ``search``; empty for Sphinx's own search."""
    return str(app.config.html_theme_options.get("search") or "")


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Event ``html-collect-pages``: the search page, unless it is another build's."""
    if searched_by(app) == PAGEFIND:
        catalog = cast("JobDomain", app.env.get_domain("job")).loaded.catalog
        settings = {
            # The values of an axis have an order of their own.
            "facets": [(name, catalog.names_on(name)) for name in FACETS],
            "any": ANY_PAGE,
            "words": app.config.html_theme_options.get("search_words") or {},
        }
        yield "search", {"rb_search_settings": script_json(settings)}, "pagefind.html"


def add_search(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Event ``html-page-context``: say what is searched of a page, and where to search.

    It comes after the navigation, which tells the section of a page.
    """
    address = searched_by(app)
    pathto = context["pathto"]
    context["rb_search"] = pathto("search") if address == PAGEFIND else pathto(address, 1)
    if doctree is None or {"nosearch", "no-search"} & app.env.metadata[pagename].keys():
        return
    domain = cast("JobDomain", app.env.get_domain("job"))
    body = context["body"]
    for start in (_UNSEARCHED, _PERMALINK):
        body = start.sub(rf"\g<0> {_IGNORED}", body)
    if domain.template(pagename):
        body = _CHANGES.sub(rf"\g<0> {_IGNORED}", body)
    # Who searches for a role wants its own page before those of its variants.
    meta = "title, subject" if isinstance(domain.entity(pagename), Role) else "title"
    title = rf'\g<0> {_IGNORED} data-pagefind-meta="{meta}"'
    context["body"] = _TITLE.sub(title, body, count=1)
    facets = facets_of(domain, pagename)
    if kind := app.config.html_theme_options.get("search_kind"):
        facets["kind"] = [kind]
    elif "kind" not in facets:
        facets["kind"] = [section["title"] for section in context["rb_nav"] if section["above"]]
    context["rb_any_page"] = ANY_PAGE
    context["rb_facets"] = [
        (name, value) for name in FACETS for value in dict.fromkeys(facets.get(name, ()))
    ]


def facets_of(domain: JobDomain, docname: str) -> dict[str, list[str]]:
    """What the domain knows of a page: the values of its facets, by their names."""
    catalog = domain.loaded.catalog
    if interview := domain.interview(docname):
        own = catalog.variants.get(interview.key) or catalog.variants.get(interview.variant or "")
        return {"kind": ["Interview kit"], **_facets(catalog, [interview.role], own)}
    entity = domain.entity(docname)
    if isinstance(entity, Role):
        return {"kind": ["Job description"], **_facets(catalog, [entity.id])}
    if isinstance(entity, Variant):
        own_kind = {"kind": ["Job description"]} if entity.role else {}
        return {**own_kind, **_facets(catalog, [entity.role or ""], entity)}
    if compared := domain.compared(docname):
        return {"kind": ["Comparison"], **_facets(catalog, [role for role, _ in compared])}
    if asked := domain.asked(docname):
        return {"kind": ["Pay"], **_facets(catalog, [each.role for each in asked])}
    return {}


def _facets(
    catalog: Catalog, roles: Iterable[str], variant: Variant | None = None
) -> dict[str, list[str]]:
    found = {"role": [catalog.roles[role].heading for role in roles if role in catalog.roles]}
    if variant and variant.axis in AXES:
        found[variant.axis] = [catalog.name_of(variant)]
    return found
