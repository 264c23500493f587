"""Output folders: others' files stay in them, and each is up to date, whoever shares doctrees."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Book, Build, differences, handbook

pytestmark = pytest.mark.xdist_group("build-outputs")

SENIOR = "roles/engineer/senior.md"
TITLE, NEW_TITLE = "# Senior data engineer", "# Seasoned data engineer"

THEIRS = (
    "downloads/theirs.txt",
    "downloads/data-engineer/theirs.md",
    "composer/theirs.json",
    "api/v1/roles/theirs.json",
)
"""Files that the project puts beside its pages."""

OURS = ("downloads/data-engineer/senior.txt", "downloads/data-engineer/staff.txt")


def edit(book: Book) -> None:
    """Change a line that is in the data of roles, and a title that is in the navigation."""
    book.edit(SENIOR, "Keep the data of", "Keep all data of")
    book.edit(SENIOR, TITLE, NEW_TITLE)
    book.edit("guide.md", "# ", "# Our ")


def data(build: Build) -> dict[str, bytes]:
    """The data of roles, and a page whose navigation alone has changed."""
    wanted = ("composer/", "api/", "plain")
    return {name: text for name, text in build.files().items() if name.startswith(wanted)}


def test_files_of_others_stay(tmp_path: Path) -> None:
    book = Book(
        tmp_path,
        handbook() | {f"extra/{name}": "theirs" for name in THEIRS},
        conf='html_extra_path = ["extra"]\nexclude_patterns = ["extra"]',
    )
    book.write({"downloads/page.md": "---\norphan: true\n---\n# A page\n"})
    build = book.build()
    assert {*THEIRS, *OURS, "downloads/page.html"} <= build.files().keys()
    for name in ("roles/engineer/staff.md", SENIOR):
        book.remove(name)
    build = book.build()
    assert {*THEIRS, "downloads/page.html"} <= build.files().keys()
    assert not {*OURS} & build.files().keys()
    assert not (build.out / "downloads/pay").exists()


@pytest.mark.parametrize("builders", [("html", "html"), ("html", "dirhtml"), ("dirhtml", "html")])
def test_folders_that_share_doctrees_are_both_up_to_date(
    builders: tuple[str, str], tmp_path: Path
) -> None:
    book = Book(tmp_path, handbook())
    shared = ("-d", str(tmp_path / "doctrees"))
    for change in (lambda _: None, edit):
        change(book)
        for number, builder in enumerate(builders):
            build = book.build(*shared, builder=builder, name=f"{number}")
    clean = book.build(builder=builders[-1], name="clean")
    assert len(data(clean)) > 4
    assert differences(data(clean), data(build)) == []


def test_notes_that_are_lost_or_spoilt_are_made_anew(tmp_path: Path) -> None:
    book = Book(tmp_path, handbook())
    first = book.build()
    notes = sorted((first.out / ".rolebook").iterdir())
    assert len(notes) > 2
    for note, spoilt in zip(notes, [b"", b"[]", b"\xff", b"{"], strict=False):
        note.write_bytes(spoilt)
    before = first.files()
    again = book.build()
    assert again.status == 0
    assert {n for n in differences(before, again.files()) if "api" in n} <= {".rolebook/api.json"}
    assert differences(book.build(name="clean").lasting(), again.lasting()) == []
