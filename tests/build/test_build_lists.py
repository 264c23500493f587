"""The list of all roles: what its cards lead to, and that this keeps up with the handbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Book, Build, words
from kit_book import kit_book
from test_build_pay import FILES

PAGE = "lists.md"
BY_LEVEL = "---\norphan: true\n---\n# Lists\n\n:::{job:roles} level\n:::\n"
KIT = (
    "---\norphan: true\n---\n# Interview kit: engineer\n\n:::{job:interview} engineer\n:::\n\n"
    ":::{job:competency} Building\n:id: building\n\n- Whether it stands. {#stands}\n\n:::\n"
)


def links(build: Build, page: str = "lists.html") -> dict[str, dict[str, str]]:
    """By the name of a role, the names and addresses of all that its card leads to."""
    return {
        words(card.select_one(".rb-card-title") or ""): {
            words(link): str(link["href"]) for link in card.select("a")
        }
        for card in build.page(page).select(".rb-card")
    }


def test_cards_of_one_axis_leave_the_others_out(tmp_path: Path) -> None:
    book = Book(tmp_path, {**kit_book(), PAGE: BY_LEVEL})
    build = book.build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    assert links(build)["Data engineer"] == {
        "Data engineer": "roles/engineer/index.html",
        "Any level": "roles/engineer/index.html",
        "Senior": "roles/engineer/senior.html",
        "Staff": "roles/engineer/staff.html",
        "Interview kit": "roles/engineer/interview.html",
    }
    assert "Combine it with" not in words(build.page("lists.html"))
    # Without an axis, all of them.
    assert "Streaming" in links(build, "index.html")["Data engineer"]
    assert "Combine it with" in words(build.page("index.html"))


def test_cards_follow_the_pages_of_pay_and_interviews(tmp_path: Path) -> None:
    book = Book(tmp_path, {**FILES, PAGE: BY_LEVEL})
    levels = {"Engineer", "Any level", "Junior", "Senior"}
    assert links(book.build())["Engineer"].keys() == levels | {"Pay"}
    book.write({"interview.md": KIT})
    found = links(book.build())["Engineer"]
    assert (found["Pay"], found["Interview kit"]) == ("pay.html", "interview.html")
    book.remove("pay.md")
    book.edit("index.md", "\npay\n", "\n")
    # Other pages may show the same figures, but none of them is the page of the role's pay.
    assert links(book.build())["Engineer"].keys() == levels | {"Interview kit"}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("lists.md", "# Lists\n\n:::{job:roles} levels\n:::\n"),
        ("lists.rst", "Lists\n=====\n\n.. job:roles:: levels\n"),
    ],
)
def test_an_axis_that_is_none_is_reported(tmp_path: Path, file: str, text: str) -> None:
    build = Book(tmp_path, {file: text}).build()
    (warned,) = [each for each in build.warnings if each.type == "rolebook.bad-value"]
    assert (warned.path, warned.line) == (file, text[: text.index("job:roles")].count("\n") + 1)
    assert "There is no axis 'levels' to list." in warned.text
    assert "Did you mean 'level'?" in warned.text
    assert links(build) == {}
