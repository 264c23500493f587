"""When a page was read over, and its questions as data: what a built page says of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import Tag
from building import Book, Warned, words

pytestmark = pytest.mark.xdist_group("build-reviews")

ROLE = """# Engineer

:::{job:role} engineer

:::

:::{job:section} Work
:id: work

- Build. {#build}

:::

:::{job:faq} Is a **degree** needed?

No. See [the guide](../guide.md).

- A job counts.
- So does `open source`.

:::

:::{job:faq} Is remote work possible, if 1 < 2?

Yes & often.

:::

## More

Ordinary text.

:::{job:reviewed} 2026-10-31
:due: 2027-02-28

- The [guide](../guide.md)
- Our own openings

:::
"""

GUIDE = (
    "# Guide\n\nText.\n\n:::{job:reviewed} 2026-11-01\n\n- A *book*\n\n:::\n\n## After\n\nMore.\n"
)

DAY = {"SOURCE_DATE_EPOCH": "1793491200"}  # 2026-11-01


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path, {"roles/engineer.md": ROLE, "guide.md": GUIDE})


def test_a_page_says_when_it_was_read_over_and_against_what(book: Book) -> None:
    build = book.build("-n", "-W", env=DAY)
    assert (build.status, build.warnings) == (0, [])
    role = build.page("roles/engineer.html").select_one(".rb-reviewed")
    assert isinstance(role, Tag)
    assert words(role) == (
        "Last reviewed on 31 October 2026, against: The guide Our own openings"
        " To be reviewed again by 28 February 2027."
    )
    assert [a["href"] for a in role.select("a")] == ["../guide.html"]
    guide = build.page("guide.html").select_one(".rb-reviewed")
    assert isinstance(guide, Tag)
    assert "To be reviewed again by 1 November 2027." in words(guide)
    # It stands where it was written.
    heading = guide.find_next("h2")
    assert isinstance(heading, Tag)
    assert "After" in heading.text


def test_a_page_that_is_due_warns_in_every_build(book: Book) -> None:
    later = {"SOURCE_DATE_EPOCH": "1804032000"}  # 2027-03-03
    expected = Warned(
        "roles/engineer.md",
        book.line("roles/engineer.md", "{job:reviewed}"),
        "rolebook.review-due",
        "This page was to be reviewed by 2027-02-28. Read it over against its sources, and write"
        " today's date behind the directive.",
    )
    assert book.build(env=later).warnings == [expected]
    assert book.build(env=later).warnings == [expected]


def test_a_new_day_of_review_is_shown_at_once(book: Book) -> None:
    book.build(env=DAY)
    book.edit("guide.md", "2026-11-01", "2026-10-30")
    assert "30 October 2026" in book.build(env=DAY).text("guide.html")


def test_questions_and_answers_are_data_of_their_page(book: Book) -> None:
    build = book.build(env=DAY)
    page = build.page("roles/engineer.html")
    (script,) = page.find_all("script", type="application/ld+json")
    data = json.loads(script.get_text())
    assert (data["@context"], data["@type"]) == ("https://schema.org", "FAQPage")
    assert [(q["name"], q["acceptedAnswer"]["text"]) for q in data["mainEntity"]] == [
        ("Is a degree needed?", "No. See the guide.\nA job counts.\nSo does open source."),
        ("Is remote work possible, if 1 < 2?", "Yes & often."),
    ]
    # What the data say, a reader sees.
    shown = words(page)
    for question in data["mainEntity"]:
        for text in [question["name"], *question["acceptedAnswer"]["text"].split("\n")]:
            assert text in shown
    assert build.page("guide.html").find("script", type="application/ld+json") is None
