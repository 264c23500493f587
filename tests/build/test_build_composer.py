"""What the composer of a role's page is built from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from building import Book, handbook, rewritten, words

from rolebook.catalog import load
from rolebook.script_data import composer_data

pytestmark = pytest.mark.xdist_group("build-composer")

PAGE = "roles/engineer/index.html"
DATA = "composer/data-engineer.json"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path, handbook())


def test_the_selects_are_there_without_scripts_running(book: Book) -> None:
    page = book.build().page(PAGE)
    composer = page.select_one(".rb-variants .rb-composer")
    assert composer
    found = {
        words(axis.select("label")[0]): [str(option["value"]) for option in axis.select("option")]
        for axis in composer.select(".rb-axis")
    }
    assert found == {"Level": ["", "senior", "staff"], "Company": ["", "startup"]}
    for label in composer.select("label"):
        assert composer.find(id=label["for"]), label
    links = {words(o): o.get("data-href") for o in composer.select("option[value]:not([value=''])")}
    assert links["Senior"] == "senior.html"
    assert links["Startup"] == "../../shared/startup.html"
    # Without scripts each variant is a link.
    listed = [words(a) for a in page.select(".rb-variants > ul a")]
    assert listed == ["Senior", "Staff", "Startup"]


def test_a_variants_page_opens_with_its_own_choice(book: Book) -> None:
    composer = book.build().page("roles/engineer/senior.html").select_one(".rb-composer")
    assert composer
    assert [str(o["value"]) for o in composer.select("option[selected]")] == ["senior"]
    assert composer["data-page"] == "index.html"
    assert composer["data-composer"] == "../../composer/data-engineer.json"


def test_the_data_are_those_of_the_catalogue(book: Book) -> None:
    built = book.build()
    catalog = load(book.source)
    for role in catalog.roles.values():
        found = json.loads(built.text(f"composer/{role.id}.json"))
        expected = composer_data(catalog, role, found["handbook"])
        assert found == json.loads(json.dumps(expected))


def test_the_data_follow_what_they_come_from_and_nothing_else(book: Book) -> None:
    first = book.build().stamps()
    second = book.build().stamps()
    assert DATA in first
    assert DATA not in rewritten(first, second)
    book.edit("shared/startup.md", "Do other things too.", "Do all things.")
    third = book.build()
    assert DATA in rewritten(second, third.stamps())
    assert "Do all things." in third.text(DATA)
    stamps = third.stamps()
    book.write({"guide.md": book.read("guide.md") + "\nA word more.\n"})
    fourth = book.build().stamps()
    assert DATA not in rewritten(stamps, fourth)


def test_the_data_of_a_role_that_is_gone_go_too(book: Book) -> None:
    assert (book.build().out / "composer" / "data-analyst.json").exists()
    book.remove("roles/analyst.md")
    assert not (book.build().out / "composer" / "data-analyst.json").exists()
