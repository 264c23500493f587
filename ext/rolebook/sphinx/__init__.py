"""The Sphinx part: the only package that imports Sphinx, docutils or MyST."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from rolebook import __version__
from rolebook.pay.listings import DEFAULT_AREA
from rolebook.sphinx.addresses import check_edit_url
from rolebook.sphinx.api_files import write_api
from rolebook.sphinx.assets import add_assets
from rolebook.sphinx.composer import write_composers
from rolebook.sphinx.directives import DIRECTIVES
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.downloads import remove_stale_files
from rolebook.sphinx.events import (
    THEME,
    hide_blocks,
    lead_through,
    load_catalog,
    note_references,
    report,
)
from rolebook.sphinx.feed import check_changes, offer_feed, write_feed
from rolebook.sphinx.garbage import relax
from rolebook.sphinx.pages import finish_doctree, finish_page
from rolebook.sphinx.policy import state_policy, write_headers
from rolebook.sphinx.transforms import MarkPlaceholders

ENV_VERSION = 8
"""Raise it with every change to what is kept in the environment or put on a page."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything. MyST is set up too, with the colon fences that blocks need."""
    app.setup_extension("myst_parser")
    text = frozenset({str})
    app.add_config_value("rolebook_handbook", "", "html", text)
    app.add_config_value("rolebook_licence", "", "env", text)
    app.add_config_value("rolebook_licence_url", "", "env", text)
    app.add_config_value("rolebook_edit_url", "", "env", text)
    app.add_config_value("rolebook_changes", "", "env", text)
    app.add_config_value("rolebook_manual_url", "", "", text)
    app.add_config_value("rolebook_policy", False, "html", frozenset({bool}))
    app.add_config_value("rolebook_pay_area", DEFAULT_AREA, "env", text)
    app.add_domain(JobDomain)
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("job", name, directive)
    app.add_transform(MarkPlaceholders)
    app.add_html_theme(THEME, str(Path(__file__).parent.with_name("theme")))
    app.connect("config-inited", check_edit_url)
    app.connect("config-inited", _enable_colon_fences)
    app.connect("builder-inited", relax)
    app.connect("builder-inited", add_assets)
    app.connect("builder-inited", lead_through)
    app.connect("env-get-outdated", load_catalog)
    app.connect("source-read", hide_blocks)
    app.connect("doctree-read", note_references)
    app.connect("env-updated", report)
    app.connect("env-updated", check_changes)
    app.connect("env-updated", write_composers)
    app.connect("env-updated", write_api)
    app.connect("doctree-resolved", finish_doctree)
    app.connect("html-page-context", finish_page)
    app.connect("html-page-context", state_policy)
    app.connect("html-page-context", offer_feed)
    app.connect("build-finished", remove_stale_files)
    app.connect("build-finished", write_headers)
    app.connect("build-finished", write_feed)
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _enable_colon_fences(app: Sphinx, config: Any) -> None:
    """Blocks are written with colons; a project need not know MyST's name for that."""
    config.myst_enable_extensions = {*config.myst_enable_extensions, "colon_fence"}
