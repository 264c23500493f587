"""The site's policy on content: in the head of each page, and as a file for the host."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from rolebook.policy import HEADERS_FILE, headers_file, meta_policy
from rolebook.sphinx.downloads import offers_files
from rolebook.sphinx.outputs import write_if_changed


def state_policy(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Event ``html-page-context``: give the theme's layout the policy for its head."""
    if app.config.rolebook_policy:
        context["rb_policy"] = meta_policy()


def write_headers(app: Sphinx, exception: Exception | None) -> None:
    """Event ``build-finished``: write the host's file."""
    if exception is not None or not offers_files(app):
        return
    path = Path(app.outdir, HEADERS_FILE)
    if app.config.rolebook_policy:
        write_if_changed(path, headers_file().encode())
