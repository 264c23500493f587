"""Rolebook: hiring handbooks as code.

Put ``rolebook`` into a Sphinx project's ``extensions``; or use the command ``rolebook``
and the modules of this package, which need no Sphinx.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"


def setup(app: Any) -> dict[str, Any]:
    """Register the extension with ``app``, a Sphinx application; only then is Sphinx needed."""
    from rolebook.sphinx import setup as setup_extension

    return setup_extension(app)
