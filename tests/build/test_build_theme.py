"""The frame that the theme puts around a page, and its page for lost readers."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Book, Build, words

pytestmark = pytest.mark.xdist_group("build-theme")

INDEX = """# Handbook

Words.

## Part

```{toctree}
About <about>
plain
```
"""
FILES = {
    "index.md": INDEX,
    "about.md": "# About this handbook\n\n## First\n\n## Second\n",
    "plain.md": "# Plain page\n",
}
CONF = """html_theme = "rolebook"
extensions += ["notfound.extension"]
notfound_template = "notfound.html"
notfound_urls_prefix = "/hiring/"
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(tmp_path_factory.mktemp("theme"), FILES, conf=CONF)


@pytest.fixture(scope="module")
def built(book: Book) -> Build:
    build = book.build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    return build


def bar(build: Build, page: str = "plain.html") -> list[str]:
    return [words(link) for link in build.page(page).select(".bar-links li a")]


def test_the_bar_has_the_titles_of_the_first_contents(built: Build) -> None:
    assert bar(built) == ["About", "Plain page"]
    # A page itself, and the way to it, keep the page's own title.
    crumbs = [words(link) for link in built.page("about.html").select(".crumbs a")]
    assert crumbs == ["Handbook", "About this handbook"]


def test_another_title_is_written_to_every_page(tmp_path: Path) -> None:
    book = Book(tmp_path, FILES, conf=CONF)
    book.build()
    book.edit("index.md", "About <about>", "Who we are <about>")
    assert bar(book.build()) == ["Who we are", "Plain page"]


def test_a_page_lists_its_headings_and_the_front_page_does_not(built: Build) -> None:
    listed = [words(link) for link in built.page("about.html").select(".page-toc li li a")]
    assert listed == ["First", "Second"]
    assert built.page("index.html").select(".page-toc") == []


def test_the_mark_gives_way_to_a_logo(built: Build, tmp_path: Path) -> None:
    (mark,) = built.page("plain.html").select(".bar-title img")
    assert (mark["src"], mark["alt"]) == ("_static/mark.svg", "")
    assert (built.out / "_static/mark.svg").is_file()
    conf = f'{CONF}html_logo = "ours.svg"\n'
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    other = Book(tmp_path, {**FILES, "ours.svg": drawing}, conf=conf).build("-n", "-W")
    (logo,) = other.page("plain.html").select(".bar-title img")
    assert logo["src"] == "_static/ours.svg"


def test_lost_readers_are_shown_where_to_look(built: Build) -> None:
    page = built.page("404.html")
    assert [words(heading) for heading in page.select("h1")] == ["Page not found"]
    links = {words(a): str(a["href"]) for a in page.select("main a")}
    assert links == {"About": "/hiring/about.html", "Plain page": "/hiring/plain.html"}
