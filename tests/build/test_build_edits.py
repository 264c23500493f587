"""After many edits, each with a build, a book is what a build from nothing makes of it.

Compared are whole outputs. Left out are ``.buildinfo``, which is Sphinx's own, and words in
the search index that lead nowhere: see ``Build.lasting``. The theme matters: Sphinx itself
leaves the old title of a neighbour on a page, and in every sidebar that shows the whole tree;
Rolebook's own theme has such pages written again, so under it nothing needs leaving out.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import Book, Build, Warned, differences
from edits import EDITS, Edit, start

pytestmark = pytest.mark.xdist_group("build-edits")

COUNT, COMPARED_EVERY = 50, 5


def ours(build: Build) -> list[Warned]:
    return [warning for warning in build.warnings if warning.type.startswith("rolebook.")]


def edits(chance: random.Random) -> Iterator[Edit]:
    """All kinds of edit in some order, then again in another."""
    while True:
        yield from chance.sample(EDITS, len(EDITS))


@pytest.mark.parametrize("seed", [20260101])
def test_edits_add_up(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    changing = start(chance)
    files = changing.files()
    book = Book(tmp_path, files, theme="rolebook")
    book.build(jobs=2)
    done: list[str] = []
    for edit in edits(chance):
        what = edit(changing, chance)
        before, files = files, changing.files()
        if files == before:
            continue
        done.append(what)
        for name in before.keys() - files.keys():
            book.remove(name)
        book.write({name: data for name, data in files.items() if before.get(name) != data})
        edited = book.build(jobs=1 + len(done) % 2, seed=len(done))
        if len(done) % COMPARED_EVERY == 0:
            clean = book.build(name="clean", seed=seed)
            assert differences(edited.lasting(), clean.lasting()) == [], done
            assert ours(edited) == ours(clean) == book.findings(), done
            shutil.rmtree(clean.out)
            shutil.rmtree(clean.doctrees)
        if len(done) == COUNT:
            break
