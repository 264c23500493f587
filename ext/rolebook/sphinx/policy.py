"""The site's policy on content: in the head of each page, and as a file for the host."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from rolebook.policy import HEADERS_FILE, headers_file, meta_policy
from rolebook.sphinx.downloads import offers_files
from rolebook.sphinx.outputs import digest_of, note, note_files, noted, write_if_changed

PART = "headers"
"""The name of what is noted of the file."""


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
    """Event ``build-finished``: write the host's file, or delete one that we wrote earlier."""
    if exception is not None or not offers_files(app):
        return
    path = Path(app.outdir, HEADERS_FILE)
    data = headers_file().encode()
    ours = noted(app, PART).get(HEADERS_FILE)
    if app.config.rolebook_policy:
        write_if_changed(path, data)
        note(app, PART, {HEADERS_FILE: digest_of(data)})
    elif ours and path.is_file() and digest_of(path.read_bytes()) == ours:
        # One of the project's own, as it came after ours, would have another digest.
        note_files(app, PART, {})
