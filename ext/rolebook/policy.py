"""What the pages of a site may load and run: its Content-Security-Policy, and as a host's file.

Everything comes from the site itself, and nothing inline runs or styles, but for the styles
of the files that are downloaded to stand alone: their hashes are named. ``wasm-unsafe-eval``
lets Pagefind's search run its WebAssembly, and nothing else that ``unsafe-eval`` would.
"""

from __future__ import annotations

import base64
import hashlib

from rolebook.exports.html import STYLE as TEMPLATE_STYLE
from rolebook.interview.write import STYLE as KIT_STYLE

HEADERS_FILE = "_headers"
"""The file in which Netlify, Cloudflare Pages and hosts like them look for headers."""


def meta_policy() -> str:
    """The policy as a page can state it of itself."""
    styles = " ".join(f"'sha256-{_hash(style)}'" for style in (TEMPLATE_STYLE, KIT_STYLE))
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval'",
            f"style-src 'self' {styles}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def header_policy() -> str:
    """The policy as a host states it: a page cannot say by whom it may be framed."""
    return f"{meta_policy()}; frame-ancestors 'none'"


def headers_file() -> str:
    """The headers for every page, in the form of :data:`HEADERS_FILE`."""
    headers = {
        "Content-Security-Policy": header_policy(),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
