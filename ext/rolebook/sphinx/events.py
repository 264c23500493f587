"""When what happens in a build.

1. ``env-get-outdated``: the catalogue and the pay data are read, before any document; pages
   that show something of them that has changed are read again.
2. Documents are read, possibly in several processes; each has the whole catalogue.
3. ``env-updated``, which comes in every build: all findings are reported, so that what
   failed the first build fails the second; pages whose navigation changed are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from rolebook.catalog import Catalog
from rolebook.check import check
from rolebook.diagnostics import Code
from rolebook.fences import IN_PLACE
from rolebook.pay.fresh import check_pay
from rolebook.pay.listings import check_listings
from rolebook.pay.read import read
from rolebook.sphinx.cache import load_cached
from rolebook.sphinx.description import BEFORE_OTHERS, describe
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.downloads import offers_files
from rolebook.sphinx.handbook import Handbook
from rolebook.sphinx.navigation import add_navigation, navigation_facts
from rolebook.sphinx.outputs import digest_of, note, noted
from rolebook.sphinx.search import use_pagefind
from rolebook.today import current_day

logger = logging.getLogger(__name__)

THEME = "rolebook"
"""The name of Rolebook's own theme."""


def load_catalog(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Event ``env-get-outdated``: read the catalogue; name the pages to read again."""
    domain = cast("JobDomain", env.get_domain("job"))
    paths = (Path(env.doc2path(docname)) for docname in env.found_docs)
    markdown = [path for path in paths if path.suffix == ".md"]
    catalog = load_cached(Path(env.srcdir), markdown, Path(app.doctreedir))
    today = current_day()
    book = read(Path(env.srcdir), catalog, today)
    domain.handbook = Handbook(catalog, book, today, app.config.rolebook_pay_area)
    domain.before = domain.targets()
    unreadable = leave_out(env, domain.loaded.catalog, added, changed, removed)
    if offers_files(app):
        remove_pages(app, unreadable | (removed & domain.pages()))
    lists = (env.files_to_rebuild.get(docname, set()) for docname in unreadable)
    return set(domain.stale()).union(*lists) - added - changed - removed


def hide_blocks(app: Sphinx, docname: str, source: list[str]) -> None:
    """Event ``source-read``: keep from MyST the blocks that are shown elsewhere.

    It would parse them for nothing; and a fence in error, which the reader has reported
    and mended, would swallow the rest of the page. Lines keep their numbers.
    """
    domain = cast("JobDomain", app.env.get_domain("job"))
    file = app.env.doc2path(docname, base=False).as_posix()
    spans = domain.loaded.catalog.spans.get(file)
    if not spans:
        return
    lines = source[0].split("\n")
    for span in spans:
        lines[span.first - 1 : span.last] = [""] * (span.last - span.first + 1)
    for span in spans:
        if span.name in IN_PLACE:
            lines[span.first - 1] = f":::{{job:{span.name}}} {span.argument}"
            if span.last > span.first:
                lines[span.first] = ":::"
            else:
                lines[span.first - 1] += "\n:::"
    source[0] = "\n".join(lines)


def leave_out(
    env: BuildEnvironment, catalog: Catalog, added: set[str], changed: set[str], removed: set[str]
) -> set[str]:
    """Take files that are not UTF-8 for removed, as Sphinx would end in a traceback."""
    unreadable = set()
    for finding in catalog.diagnostics:
        docname = env.path2doc(Path(env.srcdir, finding.file))
        if finding.code is Code.NOT_UTF8 and docname is not None:
            unreadable.add(docname)
    for docnames in (env.found_docs, added, changed):
        docnames -= unreadable
    removed |= unreadable & env.all_docs.keys()
    return unreadable


def remove_pages(app: Sphinx, docnames: Set[str]) -> None:
    """Delete the pages of roles and variants that are gone; Sphinx would leave them."""
    for docname in docnames:
        app.builder.get_output_path(docname).unlink(missing_ok=True)  # type: ignore[attr-defined]


def report(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Event ``env-updated``: log every finding."""
    domain = cast("JobDomain", env.get_domain("job"))
    handbook = domain.loaded
    found = [
        *check(handbook.catalog, handbook.today),
        *check_pay(handbook.pay, handbook.today),
        *check_listings(handbook.catalog, handbook.pay),
    ]
    for finding in sorted(found):
        logger.warning(
            finding.code.told(finding.text, app.config.rolebook_manual_url),
            location=f"{Path(env.srcdir, finding.file)}:{finding.line}",
            type="rolebook",
            subtype=finding.id,
        )
    return {*domain.misled(), *rewritten(app, env)}


def note_references(app: Sphinx, doctree: nodes.document) -> None:
    """Event ``doctree-read``: remember what the page may refer to in the domain."""
    domain = cast("JobDomain", app.env.get_domain("job"))
    domain.note_references(
        app.env.current_document.docname,
        (
            node["reftarget"]
            for node in doctree.findall(pending_xref)
            if node.get("refdomain") == "job" or node.get("reftype") in ("any", "myst")
        ),
    )


def rewritten(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """The pages to write again since the theme's navigation on them changed.

    Sphinx itself would leave a renamed neighbour's old title on them.
    """
    if not (uses_theme(app) and offers_files(app)):
        return ()
    before = noted(app, "navigation")
    navigation = {docname: digest_of(facts) for docname, facts in navigation_facts(env).items()}
    note(app, "navigation", navigation)
    return [docname for docname, now in navigation.items() if before.get(docname) != now]


def uses_theme(app: Sphinx) -> bool:
    """Whether the pages are made with Rolebook's own theme."""
    return app.builder.format == "html" and app.config.html_theme == THEME


def lead_through(app: Sphinx) -> None:
    """Event ``builder-inited``: give the theme's pages their navigation, description and search."""
    if uses_theme(app):
        app.connect("html-page-context", add_navigation)
        app.connect("html-page-context", describe, priority=BEFORE_OTHERS)
        use_pagefind(app)
