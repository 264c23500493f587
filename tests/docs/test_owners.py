"""Every folder of the handbook has someone who is asked to review its changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from manual import DOCS

ROOT = DOCS.parent
LINES = re.findall(
    r"^([^#\s]\S*) +(.+)$",
    (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8"),
    re.MULTILINE,
)
PATTERNS = [pattern for pattern, _ in LINES]
FOLDERS = sorted({page.parent for page in (ROOT / "content").rglob("*.md")})


@pytest.mark.parametrize(
    "folder",
    [*FOLDERS, DOCS, ROOT / ".github", ROOT / "ext", ROOT / "tests"],
    ids=lambda path: path.name,
)
def test_each_folder_has_a_line(folder: Path) -> None:
    assert f"/{folder.relative_to(ROOT).as_posix()}/" in PATTERNS


@pytest.mark.parametrize(("pattern", "owners"), LINES)
def test_each_line_says_who_owns_what_there_is(pattern: str, owners: str) -> None:
    assert all(re.fullmatch("@rolebook/[a-z-]+", owner) for owner in owners.split())
    assert pattern == "*" or any((ROOT / pattern.strip("/")).iterdir())


def test_no_line_is_overruled_by_a_wider_one() -> None:
    for place, pattern in enumerate(PATTERNS):
        assert not any(pattern.startswith(later.strip("*")) for later in PATTERNS[place + 1 :])
