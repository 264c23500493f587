"""Addresses of pages on the web, and of where their lines are edited, as the project configures."""

from __future__ import annotations

from string import Formatter
from urllib.parse import quote, urljoin

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

FIELDS = ("path", "line")
"""What a pattern can hold in braces; the composer's script fills in the same."""


def whole_address(app: Sphinx, path: str) -> str:
    """The address of something in the site, by its path there; ``html_baseurl`` is given."""
    base: str = app.config.html_baseurl
    return urljoin(base.rstrip("/") + "/", path)


def check_edit_url(app: Sphinx, config: Config) -> None:
    """Event ``config-inited``: stop at a pattern that cannot be filled in."""
    pattern = config.rolebook_edit_url
    try:
        parts = [(name, how, as_) for _, name, how, as_ in Formatter().parse(pattern)]
    except (TypeError, ValueError):
        parts = [("", "", None)]
    if any(name is not None and (name not in FIELDS or how or as_) for name, how, as_ in parts):
        raise ConfigError(
            f"rolebook_edit_url cannot be filled in: {pattern!r}. It can hold {{path}}, the file "
            "below the handbook's folder, and {line}; write other braces as %7B and %7D."
        )


def edit_address(pattern: str, file: str, line: int) -> str:
    """Where a line of a file is edited; empty if the pattern is."""
    return pattern.format(path=quote(file), line=line)
