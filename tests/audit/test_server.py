"""The server of the audit ends with its block, whatever happens in it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from server import served


def test_it_ends_with_an_error_too(tmp_path: Path) -> None:
    (tmp_path / "_headers").touch()
    before = {*threading.enumerate()}
    with pytest.raises(ZeroDivisionError), served(tmp_path):
        (thread,) = {*threading.enumerate()} - before
        _ = 1 / 0
    thread.join(5)
    assert not thread.is_alive()
