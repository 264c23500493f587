"""Requests that are not answered as they should be."""

from __future__ import annotations

import socketserver
import threading

import github_api
import pytest
from github_api import ApiError, Repository

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
ANSWERS = {
    "hangs up": (b"", False, "closed connection"),
    "is no HTTP": (b"nonsense\r\n\r\n", False, "nonsense"),
    "breaks off": (HEAD + b"{", False, "IncompleteRead"),
    "is no JSON": (HEAD + b"<p>no</p>", False, "no JSON from pulls/5"),
    "says nothing": (b"", True, "timed out"),
    "stops": (HEAD + b"{", True, "timed out"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_a_broken_answer_is_one_kind_of_error(monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    answer, is_left_waiting, message = ANSWERS[case]
    end = threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while self.rfile.readline().strip():
                pass
            self.wfile.write(answer)
            if is_left_waiting:
                end.wait()

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        monkeypatch.setenv("GITHUB_API_URL", f"http://127.0.0.1:{server.server_address[1]}")
        monkeypatch.setenv("GITHUB_REPOSITORY", "owner/name")
        monkeypatch.setenv("GITHUB_TOKEN", "token")
        monkeypatch.setattr(github_api, "TIMEOUT", 0.2 if is_left_waiting else 30)
        try:
            with pytest.raises(ApiError, match=message):
                Repository().get("pulls/5")
        finally:
            end.set()
            server.shutdown()
