"""The same source gives the same bytes, and an unchanged one no work."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Book, Build, differences, handbook, rewritten

pytestmark = pytest.mark.xdist_group("build-repeated")

ALWAYS_WRITTEN = {
    # Sphinx renders these templates of its own into every build's output.
    "_static/basic.css",
    "_static/documentation_options.js",
    "_static/language_data.js",
    # The end of a build dumps the index and the inventory, whatever was written before.
    "searchindex.js",
    "objects.inv",
    # Pages without a source, which Sphinx makes last in every build.
    "genindex.html",
    "search.html",
    # Sphinx writes the Pygments styles and its notes for the next build in every build.
    "_static/pygments.css",
    "_static/pygments_dark.css",
    ".buildinfo",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(tmp_path_factory.mktemp("repeated"), handbook())


@pytest.fixture(scope="module")
def built(book: Book) -> Build:
    return book.build("-n", "-W", seed=1)


def test_first_build_has_no_warning(built: Build) -> None:
    assert (built.status, built.warnings) == (0, [])


def test_hash_seed_changes_no_byte(book: Book, built: Build) -> None:
    other = book.build(name="other-seed", seed=2)
    assert differences(built.files(), other.files()) == []
    names = built.files()
    assert {"objects.inv", "searchindex.js", "downloads/data-engineer.md"} <= names.keys()


def test_side_by_side_changes_no_byte(book: Book, built: Build) -> None:
    other = book.build(name="parallel", jobs=2, seed=3)
    assert differences(built.files(), other.files()) == []


def test_all_written_again_changes_no_byte(book: Book, built: Build) -> None:
    before = built.files()
    again = book.build("-E", "-a", seed=4)
    assert differences(before, again.files()) == []


def test_second_build_writes_nothing(book: Book, built: Build) -> None:
    before, files = built.stamps(), built.files()
    second = book.build(seed=5)
    assert "0 added, 0 changed, 0 removed" in second.stdout
    assert "no targets are out of date." in second.stdout
    written = rewritten(before, second.stamps())
    assert written <= ALWAYS_WRITTEN
    assert differences(files, second.files()) == []


def test_second_build_side_by_side_writes_nothing(book: Book, built: Build) -> None:
    first = book.build(name="parallel-twice", jobs=2, seed=6)
    before = first.stamps()
    second = book.build(name="parallel-twice", jobs=2, seed=7)
    assert rewritten(before, second.stamps()) <= ALWAYS_WRITTEN


def test_touching_a_file_changes_no_byte(book: Book, built: Build) -> None:
    before = built.files()
    (book.source / "roles/engineer/index.md").touch()
    again = book.build(seed=8)
    assert "1 changed" in again.stdout
    assert differences(before, again.files()) == []


@pytest.mark.parametrize("builder", ["dirhtml", "text"])
def test_other_builders_repeat_their_bytes(tmp_path: Path, builder: str) -> None:
    book = Book(tmp_path, handbook())
    one = book.build(builder=builder, name="one", seed=1)
    other = book.build(builder=builder, name="other", jobs=2, seed=2)
    assert one.files()
    assert differences(one.files(), other.files()) == []
