"""Rolebook: hiring handbooks as code.

Put ``rolebook`` into a Sphinx project's ``extensions``; or use the command ``rolebook``
and the modules of this package, which need no Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__version__ = "0.1.0"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx, which is imported only here."""
    from rolebook.sphinx import setup as setup_extension

    return setup_extension(app)
