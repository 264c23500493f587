"""The policy's file for the host: there while it is asked for, and in nobody's way after that."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Book

from rolebook.policy import headers_file

pytestmark = pytest.mark.xdist_group("build-policy")

ON = "rolebook_policy = True"
OWN = 'html_extra_path = ["extra"]\nexclude_patterns = ["extra"]'
FILES = {"index.md": "# Book\n", "extra/_headers": "/*\n  X-Own: yes\n"}


@pytest.mark.parametrize(
    ("first", "then", "left"),
    [
        (ON, ON, headers_file()),
        (ON, "", None),
        ("", ON, headers_file()),
        (OWN, OWN, FILES["extra/_headers"]),
        (ON, OWN, FILES["extra/_headers"]),
    ],
)
def test_the_file_for_the_host(tmp_path: Path, first: str, then: str, left: str | None) -> None:
    Book(tmp_path, FILES, conf=first).build()
    book = Book(tmp_path, FILES, conf=then)
    for _ in range(2):
        build = book.build()
        assert build.status == 0
        path = build.out / "_headers"
        assert (path.read_text(encoding="utf-8") if path.exists() else None) == left
