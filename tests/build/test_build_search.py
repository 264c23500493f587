"""What a page says of itself to a search by Pagefind, and what a build leaves out for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from building import Book, Build, words
from kit_book import STAFF, STREAMING, kit_book

pytestmark = pytest.mark.xdist_group("build-search")

CONF = """html_theme_options = {
    "search": "pagefind",
    "search_words": {"DE": "data engineer", "</script>": "<b>"},
    "search_links": [["All roles", "index.html#all"], ["Elsewhere", "https://example.org/"]],
}
"""

PAGES = {
    "healthcare.md": (
        "# Healthcare\n\nWith patients.\n\n:::{job:variant} healthcare\n:axis: industry\n"
        ":applies-to: all\n\n:::\n\n"
        ":::{job:section} Care\n:id: care\n\n- Think of patients.\n\n:::\n"
    ),
    "compare.md": "# Side by side\n\n:::{job:compare} data-engineer level\n:::\n",
    "guides/index.md": "# Guides\n\n```{toctree}\nwriting\nhidden\n```\n",
    "guides/writing.md": "# Writing & asking\n\nShort sentences.\n",
    "guides/hidden.md": "---\nnosearch: true\n---\n\n# Hidden\n\nNothing to find.\n",
    "stray.md": "---\norphan: true\n---\n\n# Stray\n\nIn no section.\n",
}

FACETS = {
    "roles/engineer/index.html": [("kind", "Job description"), ("role", "Data engineer")],
    "roles/engineer/senior.html": [
        ("kind", "Job description"),
        ("role", "Data engineer"),
        ("level", "Senior"),
    ],
    "healthcare.html": [("kind", "Healthcare"), ("industry", "Healthcare")],
    "compare.html": [("kind", "Comparison"), ("role", "Data engineer")],
    f"{STAFF}.html": [("kind", "Interview kit"), ("role", "Data engineer"), ("level", "Staff")],
    f"{STREAMING}.html": [
        ("kind", "Interview kit"),
        ("role", "Data engineer"),
        ("specialisation", "Streaming"),
    ],
    "guides/index.html": [("kind", "Guides")],
    "guides/writing.html": [("kind", "Guides")],
    "stray.html": [],
    "index.html": [],
}


def book_of(folder: Path, conf: str) -> Book:
    files = {**kit_book(), **PAGES}
    listed = "healthcare\ncompare\nguides/index\n"
    files["index.md"] += f"\n```{{toctree}}\n{listed}```\n"
    return Book(folder, files, conf=conf)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    build = book_of(tmp_path_factory.mktemp("search"), CONF).build()
    assert build.status == 0, build.stderr
    return build


@pytest.mark.parametrize("page", FACETS)
def test_a_pages_facets(built: Build, page: str) -> None:
    found = built.page(page).select("head > meta[data-pagefind-filter]")
    assert [(str(meta["name"]), meta["content"]) for meta in found] == [
        (f"rolebook:{name}", value) for name, value in FACETS[page]
    ]
    assert [meta["data-pagefind-filter"] for meta in found] == [
        f"{name}[content]" for name, _ in FACETS[page]
    ]


@pytest.mark.parametrize("page", FACETS)
def test_a_pages_title_is_searched_as_such(built: Build, page: str) -> None:
    (title,) = built.page(page).select("[data-pagefind-meta^=title]")
    assert title.name == "h1"
    own = page == "roles/engineer/index.html"
    assert title["data-pagefind-meta"] == ("title, subject" if own else "title")


@pytest.mark.parametrize("page", FACETS)
def test_what_is_searched_of_a_page(built: Build, page: str) -> None:
    body = built.page(page).select_one("main[data-pagefind-body]")
    assert body is not None
    # Pagefind takes a title from within what is ignored, but not what is ignored within it.
    assert all(link.has_attr("data-pagefind-ignore") for link in body.select("h1 .headerlink"))
    for ignored in body.select("[data-pagefind-ignore]"):
        ignored.decompose()
    assert not body.select("h1, select, .headerlink, .rb-panel, .rb-variants")
    text = words(body)
    # A template's lines once, not in the list of its changes too; a shared variant has only these.
    assert text.count("Think of patients.") == (page == "healthcare.html")
    template = body.select_one(".rb-template")
    if template is not None:
        line = words(template.select(".rb-leaf")[-1])
        assert text.count(line) == 1


@pytest.mark.parametrize("page", ["guides/hidden.html", "search.html"])
def test_what_is_not_to_be_found(built: Build, page: str) -> None:
    assert "data-pagefind" not in built.text(page)


def test_the_search_page(built: Build) -> None:
    page = built.page("search.html")
    settings = json.loads(page.select("#search-settings")[0].text)
    assert settings["words"] == {"DE": "data engineer", "</script>": "<b>"}
    assert [name for name, _ in settings["facets"]] == [
        *("kind", "role", "level", "specialisation", "industry")
    ]
    assert dict(settings["facets"])["level"] == ["Senior", "Staff"]
    links = page.select("#search-links a")
    assert [(words(link), link["href"]) for link in links] == [
        ("All roles", "index.html#all"),
        ("Elsewhere", "https://example.org/"),
    ]


@pytest.mark.parametrize(
    ("page", "address"),
    [("index.html", "search.html"), ("guides/writing.html", "../search.html")],
)
def test_the_bar_leads_to_it(built: Build, page: str, address: str) -> None:
    (form,) = built.page(page).select(".bar form")
    assert (form["action"], form["method"]) == (address, "get")
    assert [field.get("name") for field in form.select("input")] == ["q"]


def test_sphinxs_index_is_left_out(built: Build) -> None:
    assert not (built.out / "searchindex.js").exists()
    scripts = [str(script.get("src")) for script in built.page("search.html").select("script[src]")]
    assert [name.partition("?")[0] for name in scripts] == ["_static/theme.js", "_static/search.js"]


def test_another_builds_search_page(tmp_path: Path) -> None:
    conf = 'html_theme_options = {"search": "../search.html", "search_kind": "Manual"}\n'
    built = book_of(tmp_path, conf).build()
    assert built.status == 0, built.stderr
    assert not (built.out / "search.html").exists()
    assert not (built.out / "searchindex.js").exists()
    page = built.page("guides/writing.html")
    assert page.select(".bar form")[0]["action"] == "../../search.html"
    (kind,) = page.select('meta[name="rolebook:kind"]')
    assert kind["content"] == "Manual"


def test_sphinxs_own_search_without_the_option(tmp_path: Path) -> None:
    built = book_of(tmp_path, "").build()
    assert built.status == 0, built.stderr
    assert (built.out / "searchindex.js").exists()
    assert built.page("search.html").select('script[src*="searchtools.js"]')
    assert built.page("index.html").select(".bar form")[0]["action"] == "search.html"
    assert not any("data-pagefind" in built.text(page) for page in FACETS)


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "text"])
def test_other_builders(tmp_path: Path, builder: str) -> None:
    built = book_of(tmp_path, CONF).build(builder=builder)
    assert built.status == 0, built.stderr
    if builder == "dirhtml":
        assert built.page("guides/writing/index.html").select(".bar form")[0]["action"] == (
            "../../search/"
        )
        assert (built.out / "search/index.html").exists()


def test_a_renamed_section_renames_the_kind(tmp_path: Path) -> None:
    book = book_of(tmp_path, CONF)
    book.build()
    book.edit("guides/index.md", "# Guides", "# Advice")
    built = book.build()
    (kind,) = built.page("guides/writing.html").select('meta[name="rolebook:kind"]')
    assert kind["content"] == "Advice"
