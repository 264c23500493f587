"""When what happens in a build.

1. ``env-get-outdated``: the catalogue is read, before any document; pages that show
   something of it that has changed are read again.
2. Documents are read, possibly in several processes; each has the whole catalogue.
3. ``env-updated``, which comes in every build: all findings are reported, so that what
   failed the first build fails the second; pages whose navigation changed are written.
"""

from __future__ import annotations

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

logger = logging.getLogger(__name__)


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
    return ()
