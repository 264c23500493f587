"""Serve a built site as a host would: compressed, with types and the policy's headers."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rolebook.policy import HEADERS_FILE

COMPRESSED = ("text/", "application/json", "application/xml", "image/svg+xml")
"""The types that hosts compress. Pagefind compresses its own files itself."""


def read_headers(site: Path) -> list[tuple[str, str]]:
    """The headers that the site's file for its host asks for, on every page."""
    lines = (site / HEADERS_FILE).read_text(encoding="utf-8").splitlines()
    pairs = (line.strip().partition(": ") for line in lines if line.startswith(" "))
    return [(name, value) for name, _, value in pairs]


class Handler(http.server.SimpleHTTPRequestHandler):
    """A folder's files, each compressed once, with the page for what is not there."""

    protocol_version = "HTTP/1.1"

    def __init__(
        self,
        *args: Any,
        headers: list[tuple[str, str]],
        compressed: dict[Path, bytes],
        **options: Any,
    ) -> None:
        self.site_headers = headers
        self.compressed = compressed
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        """Send a file, or the page for what is not there."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        status = 200
        if not path.is_file():
            path, status = Path(self.directory, "404.html"), 404
        type_ = self.guess_type(str(path))
        self.send_response(status)
        for name, value in self.site_headers:
            self.send_header(name, value)
        is_text = type_.startswith(COMPRESSED)
        body = self.compress(path) if is_text else path.read_bytes()
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        is_page = type_ == "text/html"
        self.send_header("Content-Type", f"{type_}; charset=utf-8" if is_page else type_)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def compress(self, path: Path) -> bytes:
        """A file's bytes, gzipped; kept, so that no measured page waits for it."""
        if path not in self.compressed:
            self.compressed[path] = gzip.compress(path.read_bytes(), 6, mtime=0)
        return self.compressed[path]

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address at which a built site is served, with a slash at its end."""
    handler = functools.partial(
        Handler, directory=str(site), headers=read_headers(site), compressed={}
    )
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
