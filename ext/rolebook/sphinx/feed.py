"""What changed in a handbook, as an Atom feed made of the page that tells it.

Each section of that page is an entry, and its heading gives the day: "2026-01-31: What changed".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin

from docutils import nodes
from feedgenerator import Atom1Feed
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from rolebook.diagnostics import Code
from rolebook.sphinx.addresses import whole_address
from rolebook.sphinx.downloads import offers_files
from rolebook.sphinx.outputs import note_files, write_if_changed

logger = logging.getLogger(__name__)

PART = "feed"
"""The name of what is noted of the file."""

FEED = "changes.atom"
"""The feed's file, at the root of the site."""

_HEADING = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}): +(.+)")


def check_changes(app: Sphinx, env: BuildEnvironment) -> None:
    """Event ``env-updated``: report headings on the page of changes that tell no day."""
    if app.config.rolebook_changes not in env.all_docs:
        return
    for section in _sections(env.get_doctree(app.config.rolebook_changes)):
        if _entry(section) is None:
            title = section[0].astext()
            logger.warning(
                f"'{title}' does not tell the day of a change. "
                "Begin the heading with the year, month and day: '2026-01-31: What changed'.",
                location=section,
                type="rolebook",
                subtype=Code.BAD_VALUE.id,
            )


def offer_feed(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Event ``html-page-context``: name the feed in a page's head, and for the theme's footer."""
    if _is_published(app):
        address = context["rb_feed"] = context["pathto"](FEED, 1)
        link = f'<link rel="alternate" type="application/atom+xml" href="{address}" />'
        context["metatags"] = f"{context.get('metatags', '')}\n    {link}"


def write_feed(app: Sphinx, exception: Exception | None) -> None:
    """Event ``build-finished``: write the feed, or delete one that no page makes any more."""
    if exception is not None or not offers_files(app):
        return
    if not _is_published(app):
        note_files(app, PART, {})
        return
    config = app.config
    builder = cast("StandaloneHTMLBuilder", app.builder)
    page = whole_address(app, builder.get_target_uri(config.rolebook_changes))
    doctree = app.env.get_and_resolve_doctree(config.rolebook_changes, builder)
    # A feed is read elsewhere, so pictures and files have whole addresses there too.
    builder.imgpath = whole_address(app, builder.imagedir)
    builder.dlpath = whole_address(app, "_downloads")
    builder.post_process_images(doctree)
    # Where no page was written, the builder has no numbers yet.
    builder.secnumbers = app.env.toc_secnumbers.get(config.rolebook_changes, {})
    builder.fignumbers = app.env.toc_fignumbers.get(config.rolebook_changes, {})
    feed = Atom1Feed(
        title=config.html_title,
        link=page,
        description=None,
        language=config.language,
        author_name=config.author,
        feed_url=whole_address(app, FEED),
    )
    for section in _sections(doctree):
        entry = _entry(section)
        if entry is None:
            continue
        day, title = entry
        address = f"{page}#{section['ids'][0]}"
        _link_from_anywhere(section, page)
        fragments = (builder.render_partial(part)["fragment"] for part in section[1:])
        feed.add_item(
            title=title,
            link=address,
            description=None,
            unique_id=address,
            pubdate=day,
            content="".join(fragments),
        )
    text = StringIO()
    feed.write(text, "utf-8")
    write_if_changed(Path(app.outdir, FEED), text.getvalue().encode())
    note_files(app, PART, {FEED: ""})


def _is_published(app: Sphinx) -> bool:
    """Whether there are changes to tell, and an address to tell them with."""
    config = app.config
    return bool(
        offers_files(app) and config.html_baseurl and config.rolebook_changes in app.env.all_docs
    )


def _sections(doctree: nodes.document) -> Iterator[nodes.section]:
    """The sections below the page's title."""
    for page in doctree.children:
        if isinstance(page, nodes.section):
            yield from (part for part in page.children if isinstance(part, nodes.section))


def _entry(section: nodes.section) -> tuple[datetime, str] | None:
    """The day and the title of a change; None if its heading tells no day."""
    match = _HEADING.fullmatch(section[0].astext())
    if match is None:
        return None
    try:
        return datetime.fromisoformat(match[1]).replace(tzinfo=UTC), match[2]
    except ValueError:
        return None


def _link_from_anywhere(section: nodes.section, page: str) -> None:
    """Give links their whole address, since a feed is read elsewhere."""
    for link in section.findall(nodes.reference):
        if isinstance(link, addnodes.download_reference):
            continue
        own = f"#{link['refid']}" if "refid" in link else ""
        link["refuri"] = urljoin(page, link.get("refuri") or own)
        link.attributes.pop("refid", None)
