"""A stand-in for GitHub's REST API on this machine, and a script run against it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).parents[2] / ".github/scripts"
PREFIX = "/api/repos/owner/name/"
TOKEN = "token-of-the-run"


class Api:
    """What is asked for by path, and what was sent: (method, path, data)."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.sent: list[tuple[str, str, Any]] = []
        self.strangers: list[str | None] = []
        self.url = ""

    def run(self, script: str, *arguments: str, **environment: str) -> tuple[int, str]:
        """A script's exit status and what it printed."""
        done = subprocess.run(
            [sys.executable, str(SCRIPTS / script), *arguments],
            check=False,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={
                **os.environ,
                "GITHUB_API_URL": f"{self.url}/api",
                "GITHUB_SERVER_URL": "https://git.example.org",
                "GITHUB_REPOSITORY": "owner/name",
                "GITHUB_TOKEN": TOKEN,
                **environment,
            },
        )
        return done.returncode, done.stdout


@contextmanager
def serve_api() -> Iterator[Api]:
    """The stand-in, until the end of the block."""
    api = Api()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            data = json.loads(self.rfile.read(length)) if length else None
            if not self.path.startswith(PREFIX):
                # Where files are kept: another host, which must not see the token.
                api.strangers.append(self.headers.get("Authorization"))
                self.reply(200, api.answers[self.path])
                return
            assert self.headers["Authorization"] == f"Bearer {TOKEN}"
            path = self.path.removeprefix(PREFIX)
            if self.command != "GET":
                api.sent.append((self.command, path, data))
                self.reply(200, {"number": 7})
            elif path not in api.answers:
                self.reply(404, {"message": "Not Found"})
            elif isinstance(api.answers[path], str):
                self.send_response(302)
                self.send_header("Location", api.url + api.answers[path])
                self.end_headers()
            else:
                self.reply(200, api.answers[path])

        do_GET = do_POST = do_PATCH = answer  # noqa: N815

        def reply(self, status: int, data: Any) -> None:
            body = data if isinstance(data, bytes) else json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing on the test's terminal."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    api.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
