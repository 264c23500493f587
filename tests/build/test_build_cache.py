"""Pages that were read are kept for as long as reading them again would give the same."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest
from building import handbook

from rolebook.reader import Page, read_bytes
from rolebook.sphinx import cache

SENIOR = "roles/engineer/senior.md"
EVERYTHING = sorted(name for name in handbook() if name.endswith(".md"))


@pytest.mark.parametrize(
    ("edited", "updated", "read"),
    [
        (None, None, []),
        (SENIOR, None, [SENIOR]),
        (None, "markdown-it-py", EVERYTHING),
        (None, "mdit-py-plugins", EVERYTHING),
    ],
)
def test_what_is_read_again(
    edited: str | None,
    updated: str | None,
    read: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = tmp_path / "source"
    for name, text in handbook().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    files = [root / name for name in EVERYTHING]
    cache.load_cached(root, files, tmp_path)
    seen: list[str] = []

    def spy(file: str, data: bytes) -> Page:
        seen.append(file)
        return read_bytes(file, data)

    monkeypatch.setattr(cache, "read_bytes", spy)
    if edited:
        (root / edited).write_text(handbook()[edited] + "\n", encoding="utf-8")
    if updated:
        monkeypatch.setattr(cache, "version", lambda name: version(name) + "+" * (name == updated))
    cache.load_cached(root, files, tmp_path)
    assert sorted(seen) == read
