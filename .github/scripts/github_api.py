"""The few requests to GitHub's REST API that the workflows make."""

from __future__ import annotations

import json
import os
from http.client import HTTPException
from typing import Any
from urllib.request import Request, urlopen

TIMEOUT = 30
"""Seconds until a request is given up."""

BOT = "github-actions[bot]"
"""Who writes with a workflow's own token."""


class ApiError(Exception):
    """GitHub's API did not answer as it should."""


class Repository:
    """The repository of this run, as ``GITHUB_REPOSITORY`` and ``GITHUB_TOKEN`` give it.

    Every request raises :class:`ApiError` if it is not answered as it should be.
    """

    def __init__(self) -> None:
        self.url = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}"
        self.token = os.environ["GITHUB_TOKEN"]

    def get(self, path: str) -> Any:
        """The data at a path."""
        return self._data("GET", path)

    def get_all(self, path: str, most: int = 20) -> list[dict[str, Any]]:
        """The entries of a list, of at most ``most`` pages of a hundred."""
        found: list[dict[str, Any]] = []
        joint = "&" if "?" in path else "?"
        for page in range(1, most + 1):
            entries = self.get(f"{path}{joint}per_page=100&page={page}")
            found += entries
            if len(entries) < 100:
                break
        return found

    def post(self, path: str, **data: object) -> Any:
        """Make something, and return it."""
        return self._data("POST", path, data)

    def patch(self, path: str, **data: object) -> Any:
        """Change something, and return it."""
        return self._data("PATCH", path, data)

    def download(self, path: str, limit: int) -> bytes:
        """A file. Raises ValueError if it has more than ``limit`` bytes."""
        data = self._send("GET", path, most=limit + 1)
        if len(data) > limit:
            raise ValueError(f"More than {limit} bytes: {path}")
        return data

    def _data(self, method: str, path: str, data: object = None) -> Any:
        answer = self._send(method, path, data)
        try:
            return json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise ApiError(f"no JSON from {path}") from error

    def _send(self, method: str, path: str, data: object = None, most: int | None = None) -> bytes:
        """What is answered, or the first bytes of it."""
        try:
            with urlopen(self._request(method, path, data), timeout=TIMEOUT) as response:
                answer: bytes = response.read(most)
        # Of these, only errors of the connection come as URLError.
        except (OSError, HTTPException) as error:
            raise ApiError(str(error) or type(error).__name__) from error
        return answer

    def _request(self, method: str, path: str, data: object = None) -> Request:
        body = None if data is None else json.dumps(data).encode()
        request = Request(f"{self.url}/{path}", data=body, method=method)
        request.add_header("Accept", "application/vnd.github+json")
        request.add_header("X-GitHub-Api-Version", "2022-11-28")
        # Files come from another host by a redirect; the token must not go there.
        request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        return request
