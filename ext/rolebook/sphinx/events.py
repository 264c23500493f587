"""When what happens in a build.

1. ``env-get-outdated``: the catalogue is read, before any document; pages that show
   something of it that has changed are read again.
2. Documents are read, possibly in several processes; each has the whole catalogue.
3. ``env-updated``, which comes in every build: all findings are reported, so that what
   failed the first build fails the second; pages whose navigation changed are written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Set
from pathlib import Path
from typing import cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from rolebook.catalog import load
from rolebook.check import check
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.downloads import offers_files
from rolebook.sphinx.handbook import Handbook
from rolebook.sphinx.navigation import add_navigation, navigation_facts

logger = logging.getLogger(__name__)

THEME = "rolebook"
"""The name of Rolebook's own theme."""


def load_catalog(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> Iterable[str]:
    """Event ``env-get-outdated``: read the catalogue; name the pages to read again."""
    domain = cast("JobDomain", env.get_domain("job"))
    if offers_files(app):
        remove_pages(app, domain, removed)
    paths = (Path(env.doc2path(docname)) for docname in env.found_docs)
    markdown = [path for path in paths if path.suffix == ".md"]
    domain.handbook = Handbook(load(Path(env.srcdir), markdown))
    return set(domain.stale()) - added - changed - removed


def remove_pages(app: Sphinx, domain: JobDomain, removed: Set[str]) -> None:
    """Delete the pages of roles and variants that are gone; Sphinx would leave them."""
    for docname in removed & domain.objects.keys():
        app.builder.get_output_path(docname).unlink(missing_ok=True)  # type: ignore[attr-defined]


def report(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Event ``env-updated``: log every finding."""
    domain = cast("JobDomain", env.get_domain("job"))
    for finding in check(domain.loaded.catalog):
        logger.warning(
            finding.text,
            location=f"{Path(env.srcdir, finding.file)}:{finding.line}",
            type="rolebook",
            subtype=finding.id,
        )
    return rewritten(app, env, domain)


def rewritten(app: Sphinx, env: BuildEnvironment, domain: JobDomain) -> Iterable[str]:
    """The pages to write again since the theme's navigation on them changed.

    Sphinx itself would leave a renamed neighbour's old title on them.
    """
    if not uses_theme(app):
        return ()
    before = domain.navigation
    domain.data["navigation"] = {
        docname: hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
        for docname, facts in navigation_facts(env).items()
    }
    return [docname for docname, now in domain.navigation.items() if before.get(docname) != now]


def uses_theme(app: Sphinx) -> bool:
    """Whether the pages are made with Rolebook's own theme."""
    return app.builder.format == "html" and app.config.html_theme == THEME


def lead_through(app: Sphinx) -> None:
    """Event ``builder-inited``: give the theme's pages their navigation."""
    if uses_theme(app):
        app.connect("html-page-context", add_navigation)
