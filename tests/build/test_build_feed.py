"""What changed in a handbook, as a feed reader gets it."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from building import Book, Warned

pytestmark = pytest.mark.xdist_group("build-feed")

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
ADDRESS = 'html_baseurl = "https://handbook.example.org/hiring/"\nauthor = "The authors"\n'
CONF = 'rolebook_changes = "news/changes"\n'

PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAAAAACMmsGiAAAAC0lEQVR42mNgwAQAABQAAe5aaQkAAAAASUVORK5CYII="
)

FILES = {
    "index.md": "# Book\n\n```{toctree}\nnews/changes\nguide\n```\n",
    "guide.md": "# Guide\n\nText.\n",
    "news/changes.md": """# What changed

## 2026-11-03: Pay <b>by level</b> & a *new* figure

See the [guide](../guide.md), [below](#older) and [elsewhere](https://example.com/x).

### In detail

- One

(older)=
## 2026-10-31: The guide

It is there.
""",
}


def book(tmp_path: Path, conf: str, **changed: str) -> Book:
    return Book(tmp_path, FILES | changed, conf=conf)


@pytest.mark.parametrize("slash", ["/", ""])
def test_each_section_of_the_page_is_an_entry(slash: str, tmp_path: Path) -> None:
    build = book(tmp_path, ADDRESS.replace('/"', f'{slash}"') + CONF).build()
    assert build.warnings == []
    feed = ElementTree.fromstring(build.text("changes.atom"))
    page = "https://handbook.example.org/hiring/news/changes.html"
    assert feed.findtext("atom:id", "", ATOM) == page
    assert feed.findtext("atom:updated", "", ATOM) == "2026-11-03T00:00:00+00:00"
    assert feed.findtext("atom:author/atom:name", "", ATOM) == "The authors"
    links = {link.get("rel"): link.get("href") for link in feed.findall("atom:link", ATOM)}
    assert links["self"] == "https://handbook.example.org/hiring/changes.atom"
    new, old = feed.findall("atom:entry", ATOM)
    assert new.findtext("atom:title", "", ATOM) == "Pay <b>by level</b> & a new figure"
    assert old.findtext("atom:updated", "", ATOM) == "2026-10-31T00:00:00+00:00"
    content = BeautifulSoup(new.findtext("atom:content", "", ATOM), "html.parser")
    assert [a["href"] for a in content.select("a:not(.headerlink)")] == [
        "https://handbook.example.org/hiring/guide.html",
        f"{page}#older",
        "https://example.com/x",
    ]
    assert "One" in content.get_text()
    # Each leads to its own place on the page.
    anchors = {str(tag["id"]) for tag in build.page("news/changes.html").select("[id]")}
    for entry in (new, old):
        address, _, anchor = entry.findtext("atom:id", "", ATOM).partition("#")
        assert (address, anchor in anchors) == (page, True)


def test_pictures_and_files_of_an_entry_are_found_from_anywhere(tmp_path: Path) -> None:
    changes = """# What changed

## 2026-11-03: A picture

![Dots](dots.png) ![Elsewhere](https://example.com/x.png) {download}`data <data one.csv>`

```{image} dots.png
:scale: 50
```
"""
    made = book(tmp_path, ADDRESS + CONF, **{"news/changes.md": changes})
    made.write({"news/dots.png": PICTURE, "news/data one.csv": "1\n"})
    first = made.build()
    made.edit("guide.md", "Text", "Words")
    # The page of changes is not written again by the second.
    for build in (first, made.build()):
        assert build.warnings == []
        feed = ElementTree.fromstring(build.text("changes.atom"))
        entry = BeautifulSoup(feed.findtext(".//atom:content", "", ATOM), "html.parser")
        assert {str(image["src"]) for image in entry.select("img")} == {
            "https://handbook.example.org/hiring/_images/dots.png",
            "https://example.com/x.png",
        }
        for link in entry.select("a:not(.headerlink)"):
            address = unquote(str(link["href"]))
            base = "https://handbook.example.org/hiring/"
            assert address.startswith((f"{base}_images/", f"{base}_downloads/"))
            assert (build.out / address.removeprefix(base)).is_file()
        assert entry.select("a.download")


def test_breadcrumbs_have_the_whole_address(tmp_path: Path) -> None:
    build = book(tmp_path, ADDRESS.replace('/"', '"')).build()
    assert '"item":"https://handbook.example.org/hiring/guide.html"' in build.text("guide.html")


def test_pages_lead_to_the_feed(tmp_path: Path) -> None:
    build = book(tmp_path, ADDRESS + CONF).build()
    for name, address in {"index.html": "", "news/changes.html": "../"}.items():
        page = build.page(name)
        (link,) = page.select('head link[type="application/atom+xml"]')
        (shown,) = page.select('footer a[type="application/atom+xml"]')
        assert link["href"] == shown["href"] == f"{address}changes.atom"


@pytest.mark.parametrize("conf", [ADDRESS, CONF, ADDRESS + 'rolebook_changes = "gone"\n'])
def test_without_address_or_page_there_is_no_feed(tmp_path: Path, conf: str) -> None:
    build = book(tmp_path, conf).build()
    assert not (build.out / "changes.atom").exists()
    assert "atom" not in build.text("index.html")


@pytest.mark.parametrize("heading", ["Last week", "2026-02-30: No such day", "2026-11-03"])
def test_a_heading_without_a_day_is_reported(tmp_path: Path, heading: str) -> None:
    changed = FILES["news/changes.md"].replace("2026-10-31: The guide", heading)
    build = book(tmp_path, ADDRESS + CONF, **{"news/changes.md": changed}).build()
    assert build.warnings == [
        Warned(
            "news/changes.md",
            12,
            "rolebook.bad-value",
            f"'{heading}' does not tell the day of a change. "
            "Begin the heading with the year, month and day: '2026-01-31: What changed'.",
        )
    ]
    assert build.text("changes.atom").count("<entry>") == 1


def test_a_heading_without_a_day_is_reported_in_every_build(tmp_path: Path) -> None:
    changed = FILES["news/changes.md"].replace("2026-10-31: The guide", "Last week")
    made = book(tmp_path, ADDRESS + CONF, **{"news/changes.md": changed})
    first, second = made.build("-W"), made.build("-W")
    assert first.status == second.status == 1
    assert first.warnings == second.warnings


def test_a_feed_that_is_given_up_does_not_stay(tmp_path: Path) -> None:
    made = book(tmp_path, ADDRESS + CONF)
    assert (made.build().out / "changes.atom").exists()
    made.edit("conf.py", CONF, "")
    assert not (made.build().out / "changes.atom").exists()


def test_a_file_of_the_projects_own_is_left_alone(tmp_path: Path) -> None:
    made = book(tmp_path, 'html_extra_path = ["extra"]\n', **{"extra/changes.atom": "<ours/>"})
    assert made.build().text("changes.atom") == "<ours/>"
    assert made.build().text("changes.atom") == "<ours/>"
