"""What a page's templates need to lead readers through the site.

Sphinx can resolve the whole tree of contents for every page, which makes a build quadratic
in its pages. A page here knows its ancestors, the pages beside it and those below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from rolebook.script_data import linked_data
from rolebook.sphinx.addresses import edit_address, whole_address
from rolebook.sphinx.downloads import BUILDERS

NEARBY = 15
"""How many pages a list shows on either side of the current one: a section may hold hundreds."""

Page = tuple[str, str]
"""A page's docname and title."""


class Navigation:
    """The tree of pages as it is after reading; walks it once."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.root: str = env.config.root_doc
        self.relations = env.collect_relations()
        self.pages: dict[str, Page] = {
            docname: (docname, title.astext()) for docname, title in env.titles.items()
        }
        self._children: dict[str, tuple[Page, ...]] = {
            docname: self._known(children) for docname, children in env.toctree_includes.items()
        }
        self.bar = self._known_as(env)
        self._places = {
            (parent, docname): place
            for parent, children in self._children.items()
            for place, (docname, _) in enumerate(children)
        }

    def _known(self, docnames: list[str]) -> tuple[Page, ...]:
        """The pages of these names, each once; a tree can name pages that are gone."""
        return tuple(self.pages[name] for name in dict.fromkeys(docnames) if name in self.pages)

    def _known_as(self, env: BuildEnvironment) -> tuple[Page, ...]:
        """The pages below the root, by the titles that its trees of contents give them."""
        trees = env.tocs[self.root].findall(addnodes.toctree) if self.root in env.tocs else ()
        given = {docname: title for tree in trees for title, docname in tree["entries"] if title}
        return tuple((name, given.get(name, title)) for name, title in self.children(self.root))

    def children(self, docname: str) -> tuple[Page, ...]:
        """The pages in a page's own trees of contents."""
        return self._children.get(docname, ())

    def parent(self, docname: str) -> str | None:
        """The page whose tree of contents holds a page; none for the root and strays."""
        relation = self.relations.get(docname)
        return relation[0] if relation else None

    def crumbs(self, docname: str) -> tuple[Page, ...]:
        """The pages from the root down to a page."""
        path = []
        current: str | None = docname
        while current is not None and current != self.root:
            path.append(current)
            current = self.parent(current)
        return self._known([self.root, *reversed(path)])

    def section(self, docname: str) -> str | None:
        """The page that heads a page's section; none where that would hold no other page."""
        if docname == self.root:
            return None
        parent = self.parent(docname)
        if parent not in (None, self.root):
            return parent
        return docname if self.children(docname) else None

    def siblings(self, docname: str) -> tuple[Page, ...]:
        """The pages of a page's section that are near to it."""
        head = self.section(docname)
        return self._near(head, docname) if head is not None else ()

    def nested(self, docname: str) -> tuple[Page, ...]:
        """The pages below a page, unless they are its section already."""
        return () if self.section(docname) == docname else self._near(docname, docname)

    def _near(self, parent: str, docname: str) -> tuple[Page, ...]:
        """The pages below a parent that are around one of them, or else the first."""
        pages = self.children(parent)
        place = self._places.get((parent, docname), 0)
        first = max(0, min(place - NEARBY, len(pages) - 2 * NEARBY - 1))
        return pages[first : first + 2 * NEARBY + 1]

    def neighbours(self, docname: str) -> tuple[Page | None, Page | None]:
        """The pages before and after a page in reading order."""
        _, before, after = self.relations.get(docname) or (None, None, None)
        return self.pages.get(before or ""), self.pages.get(after or "")

    def facts(self, docname: str) -> tuple[Any, ...]:
        """Everything in a page's navigation."""
        return (
            self.bar,
            self.crumbs(docname),
            self.siblings(docname),
            self.nested(docname),
            self.neighbours(docname),
        )


def navigation_facts(env: BuildEnvironment) -> dict[str, tuple[Any, ...]]:
    """Each page's navigation in plain tuples: where it changed, the page is to be rewritten."""
    navigation = Navigation(env)
    return {docname: navigation.facts(docname) for docname in navigation.pages}


def add_navigation(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Event ``html-page-context``: give the theme's layout its links."""
    if app.builder.name not in BUILDERS:
        return
    builder = cast("StandaloneHTMLBuilder", app.builder)
    # Sphinx makes the global context anew for each build, so what is kept there is never stale.
    navigation = builder.globalcontext.get("rb_navigation")
    if navigation is None:
        navigation = builder.globalcontext["rb_navigation"] = Navigation(app.env)
    crumbs = navigation.crumbs(pagename) if pagename in navigation.pages else ()
    above = {docname for docname, _ in crumbs}

    def entry(page: Page, **more: Any) -> dict[str, Any]:
        docname, title = page
        return {
            "docname": docname,
            "title": title,
            # On a page for lost readers, another extension has it give whole addresses.
            "href": context["pathto"](docname),
            "current": docname == pagename,
            **more,
        }

    below = [entry(page) for page in navigation.nested(pagename)]
    head = navigation.section(pagename)
    context["rb_nav"] = [entry(page, above=page[0] in above) for page in navigation.bar]
    context["rb_crumbs"] = [entry(page) for page in crumbs]
    context["rb_section"] = entry(navigation.pages[head]) if head is not None else None
    context["rb_siblings"] = [
        entry(page, children=below if page[0] == pagename else [])
        for page in navigation.siblings(pagename)
    ]
    if pagename in navigation.pages:
        context["rb_edit"] = _edit_address(app, pagename)
        context["body"] += _crumbs_data(app, crumbs)


def _edit_address(app: Sphinx, pagename: str) -> str:
    """Where a page's source is edited; empty where the project does not say."""
    file = app.env.doc2path(pagename, base=False).as_posix()
    return edit_address(app.config.rolebook_edit_url, file, line=1)


def _crumbs_data(app: Sphinx, crumbs: Sequence[Page]) -> str:
    """The way down to a page as schema.org's ``BreadcrumbList``, which needs whole addresses."""
    if not app.config.html_baseurl or len(crumbs) < 2:
        return ""
    entries = [
        {
            "@type": "ListItem",
            "position": place,
            "name": title,
            "item": whole_address(app, app.builder.get_target_uri(docname)),
        }
        for place, (docname, title) in enumerate(crumbs, start=1)
    ]
    return linked_data(
        {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": entries}
    )
