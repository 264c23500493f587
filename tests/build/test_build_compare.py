"""The variants of a role side by side: on every builder's page, and after every edit."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag
from building import Book, Build, differences, handbook, rewritten, words

from rolebook.catalog import load
from rolebook.comparison import Standing
from rolebook.compose import compose
from rolebook.model import Axis, Template
from rolebook.sphinx.comparison import BASE, WORDS

pytestmark = pytest.mark.xdist_group("build-compare")

CONF = """
# An EPUB needs a version, an identifier and a copyright; Sphinx warns without.
version = "1"
copyright = "Nobody"
epub_identifier = "https://example.org/"
epub_scheme = "URL"
rolebook_edit_url = "https://example.org/edit/{path}#L{line}"
"""
PAGE = "compare/levels"
BUILDERS = {
    "latex": "testhandbook.tex",
    "text": f"{PAGE}.txt",
    "man": "testhandbook.1",
    "texinfo": "testhandbook.texi",
    "epub": f"{PAGE}.xhtml",
    "xml": f"{PAGE}.xml",
    "singlehtml": "index.html",
    "dirhtml": f"{PAGE}/index.html",
    "html": f"{PAGE}.html",
}
"""For each builder the file that has the tables."""

ROLE, SENIOR, STAFF = (f"roles/engineer/{name}.md" for name in ("index", "senior", "staff"))


def files(argument: str = "data-engineer") -> dict[str, str]:
    found = handbook()
    found["compare/levels.md"] = f"# Levels\n\nRead on.\n\n:::{{job:compare}} {argument}\n:::\n"
    found["index.md"] = found["index.md"].replace("roles/analyst\n", f"roles/analyst\n{PAGE}\n")
    return found


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(tmp_path_factory.mktemp("compare"), files(), conf=CONF)


@pytest.fixture(scope="module")
def built(book: Book) -> dict[str, Build]:
    """The builds, each made when it is first asked for."""

    class Builds(dict[str, Build]):
        def __missing__(self, builder: str) -> Build:
            self[builder] = book.build("-n", "-W", builder=builder)
            return self[builder]

    return Builds()


# What the tables say


def level(book: Book, id_: str | None) -> Template:
    return compose(load(book.source), "data-engineer", {Axis.LEVEL: id_} if id_ else {})


def columns(page: Tag) -> list[list[str]]:
    """The lines of each column, from top to bottom, where a joined cell is in several."""
    found: list[list[str]] = []
    for table in page.select("table.rb-compare"):
        heads = table.select("thead th")
        assert [head["scope"] for head in heads] == ["col"] * len(heads)
        found = found or [[] for _ in heads[1:]]
        for row in table.select("tbody tr"):
            name, *cells = row.find_all(["th", "td"], recursive=False)
            assert (name.name, name["scope"]) == ("th", "row")
            place = 0
            for cell in cells:
                assert cell.name == "td"
                paragraphs = cell.find_all("p", recursive=False)
                for _ in range(int(str(cell.get("colspan", "1")))):
                    found[place] += [
                        words(p)
                        for p in paragraphs
                        if "rb-standing" not in p.get_attribute_list("class")
                    ]
                    place += 1
            assert place == len(found)
    return found


def plain(text: str) -> str:
    """A line of the example handbook without its markup."""
    text = re.sub(r"\{doc\}`(.*?) <.*?>`", r"\1", text)
    return words(re.sub(r"\[(.*?)\]\(.*?\)", r"\1", text).replace("*", "").replace("`", ""))


def lines(template: Template, titled: Mapping[str, bool]) -> list[str]:
    found = [template.title, *(item.text for item in template.summary)]
    for section in template.sections:
        found += [section.title] if titled.get(section.id) else []
        found += [item.text for item in section.items]
    return [plain(line) for line in found]


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub"])
def test_each_column_has_the_lines_of_its_template(
    book: Book, built: dict[str, Build], builder: str
) -> None:
    # Two levels have a section that the base has not, so its heading is a line too.
    wanted = [lines(level(book, id_), {"pay": True}) for id_ in (None, "senior", "staff")]
    shown = columns(built[builder].page(BUILDERS[builder]))
    # Sphinx curls quotes and dashes.
    straight = str.maketrans("“”’–", '""\'-')
    assert [[line.translate(straight) for line in column] for column in shown] == [
        [line.replace("--", "-") for line in column] for column in wanted
    ]


def test_cells_that_say_the_same_are_joined(built: dict[str, Build]) -> None:
    page = built["html"].page(BUILDERS["html"])
    rows = [
        [
            (words(cell.select_one(".rb-standing") or ""), cell.get("colspan", "1"))
            for cell in row.select("td")
        ]
        for row in page.select("#duties table:first-of-type tbody tr")
    ]
    assert rows[:4] == [
        [("", "3")],
        [("Not in this one", "1"), ("Added", "2")],
        [("", "1"), ("Changed", "2")],
        [("", "1"), ("Dropped", "2")],
    ]


def test_the_heads_link_to_the_pages(built: dict[str, Build]) -> None:
    page = built["html"].page(BUILDERS["html"])
    tables = page.select("table.rb-compare")
    assert len(tables) == 6
    for table in tables:
        assert [(words(a), a["href"]) for a in table.select("thead th a")] == [
            (BASE, "../roles/engineer/index.html"),
            ("Senior", "../roles/engineer/senior.html"),
            ("Staff", "../roles/engineer/staff.html"),
        ]
        box = table.parent
        assert box is not None
        # It scrolls by the keyboard too, and says what it is.
        assert (box["role"], box["tabindex"]) == ("region", "0")
    labels = [str(table.parent["aria-label"]) for table in tables if table.parent]
    assert labels[0] == "Title and summary"
    assert "What you will do: Running" in labels
    titles = [words(title).rstrip("¶") for title in page.select("section.rb-compared > h2")]
    assert titles == [
        *("Title and summary", "What you will do", "What you bring", "What we pay", "How we hire"),
    ]


@pytest.mark.parametrize("builder", [*BUILDERS, "gettext"])
def test_no_warning(built: dict[str, Build], builder: str) -> None:
    assert (built[builder].status, built[builder].warnings) == (0, [])


@pytest.mark.parametrize("builder", BUILDERS)
def test_the_words_are_there_in_every_builder(built: dict[str, Build], builder: str) -> None:
    text = words(re.sub(r"<[^>]+>|\\sphinx\w+\{\}", " ", built[builder].text(BUILDERS[builder])))
    standings = (Standing.CHANGED, Standing.ADDED, Standing.DROPPED, Standing.ABSENT)
    for said in (BASE, "Work that outlived you.", *(WORDS[standing] for standing in standings)):
        assert said in text.replace("\\", "")


def test_a_heading_that_differs_is_a_row(book: Book, tmp_path: Path) -> None:
    changed = files()
    changed[STAFF] += "\n:::{job:patch} steps\n:title: How {{ team }} hires\n\n:::\n"
    page = Book(tmp_path, changed).build("-n", "-W").page(BUILDERS["html"])
    row = page.select_one("#steps tbody tr")
    assert row is not None
    assert [words(cell) for cell in row.find_all(["th", "td"])] == [
        *("Heading", "How we hire", "Changed How {{ team }} hires"),
    ]
    assert row.select_one(".rb-ph--team")


def test_another_axis_has_shared_variants_too(tmp_path: Path) -> None:
    build = Book(tmp_path, files("data-engineer company")).build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    page = build.page(BUILDERS["html"])
    heads = page.select("#summary thead th a")
    assert [words(head) for head in heads] == [BASE, "Startup"]
    assert heads[1]["href"] == "../shared/startup.html"
    assert "Added Do other things too." in words(page.select_one("#duties") or "")


# What the script gets


def island(build: Build, name: str) -> dict[str, Any] | None:
    script = build.page(name).find(id="rolebook-compare")
    if script is None:
        return None
    assert isinstance(script, Tag)
    found: dict[str, Any] = json.loads(script.string or "")
    return found


def test_the_script_is_told_every_column_there_is(built: dict[str, Build]) -> None:
    data = island(built["html"], BUILDERS["html"])
    assert data is not None
    assert data["shown"] == ["base", "senior", "staff"]
    assert [(c["token"], c.get("axis"), c["name"], c["page"]) for c in data["columns"]] == [
        ("base", None, BASE, "../roles/engineer/index.html"),
        ("senior", "level", "Senior", "../roles/engineer/senior.html"),
        ("staff", "level", "Staff", "../roles/engineer/staff.html"),
        ("startup", "company", "Startup", "../shared/startup.html"),
    ]
    composer = json.loads(
        (built["html"].out / PAGE).parent.joinpath(data["data"]).read_text("utf-8")
    )
    assert composer["role"] == "data-engineer"
    assert island(built["html"], "roles/engineer/index.html") is None
    for builder in ("singlehtml", "epub"):
        assert "rolebook-compare" not in built[builder].text(BUILDERS[builder])


def test_an_id_that_two_axes_have_is_named_with_its_axis(tmp_path: Path) -> None:
    changed = files()
    changed["shared/base.md"] = (
        "# Base\n\n:::{job:variant} base\n:applies-to: all\n:axis: arrangement\n\n:::\n"
    )
    changed["shared/senior.md"] = changed["shared/base.md"].replace("base", "senior")
    changed["index.md"] = changed["index.md"].replace(PAGE, f"{PAGE}\nshared/base\nshared/senior")
    data = island(Book(tmp_path, changed).build(), BUILDERS["html"])
    assert data is not None
    tokens = [column["token"] for column in data["columns"]]
    assert tokens == [
        *("base", "level=senior", "staff", "startup", "arrangement=base", "arrangement=senior"),
    ]
    assert data["shown"] == ["base", "level=senior", "staff"]


def test_a_page_with_two_comparisons_is_left_as_it_is(tmp_path: Path) -> None:
    changed = files()
    changed["compare/levels.md"] += "\n:::{job:compare} data-engineer company\n:::\n"
    build = Book(tmp_path, changed).build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    assert island(build, BUILDERS["html"]) is None
    ids = [str(node["id"]) for node in build.page(BUILDERS["html"]).select("[id]")]
    assert len(set(ids)) == len(ids)
    assert {"duties", "duties-2"} <= {*ids}


# Edits


def test_each_edit_of_what_is_shown_rewrites_the_page(tmp_path: Path) -> None:
    book = Book(tmp_path, files())
    last = book.build()
    stamps = last.stamps()
    page = BUILDERS["html"]

    def written() -> set[str]:
        nonlocal last, stamps
        last = book.build()
        before, stamps = stamps, last.stamps()
        return rewritten(before, stamps)

    def text() -> str:
        return words(last.page(page))

    for file, old, new in (
        (ROLE, "Write things down.", "Write everything down."),
        (SENIOR, "Decide how", "Settle how"),
        (STAFF, "Work that outlived you.", "Work that others go on with."),
    ):
        book.edit(file, old, new)
        assert page in written()
        assert new in text()
        assert old not in text()
    book.edit("roles/analyst.md", "Why did sales fall", "When did sales fall")
    assert page not in written()
    # What it offers to choose from counts too.
    book.edit("shared/startup.md", "# Startup", "# Young company")
    assert page in written()
    data = island(last, page)
    assert data is not None
    assert data["columns"][-1]["name"] == "Young company"
    book.rename("shared/startup.md", "shared/young.md")
    book.edit("index.md", "shared/startup", "shared/young")
    assert page in written()
    data = island(last, page)
    assert data is not None
    assert data["columns"][-1]["page"] == "../shared/young.html"
    book.write(
        {
            "roles/engineer/junior.md": "# Junior data engineer\n\n:::{job:variant} junior\n"
            ":extends: data-engineer\n:axis: level\n\nYou will learn.\n\n:::\n"
        }
    )
    book.edit("index.md", f"{PAGE}\n", f"{PAGE}\nroles/engineer/junior\n")
    assert page in written()
    assert [words(head) for head in last.page(page).select("#summary thead th")] == [
        *("Line", BASE, "Junior", "Senior", "Staff"),
    ]
    book.remove(STAFF)
    book.edit("index.md", "roles/engineer/staff\n", "")
    assert page in written()
    assert "go on with" not in text()
    assert last.warnings == []
    again = Book(tmp_path / "fresh", _sources(book)).build()
    assert differences(last.lasting(), again.lasting()) == []


def _sources(book: Book) -> dict[str, bytes]:
    return {
        path.relative_to(book.source).as_posix(): path.read_bytes()
        for path in sorted(book.source.rglob("*"))
        if path.is_file()
    }


def test_several_processes_write_the_same(book: Book, built: dict[str, Build]) -> None:
    together = book.build("-n", "-W", name="together", jobs=2)
    assert differences(built["html"].files(), together.files()) == []


# Mistakes


MISTAKES = {
    "role": ("data-enginer", "unknown-parent", "There is no role 'data-enginer'"),
    "axis": ("data-engineer levels", "bad-value", "There is no axis 'levels' to compare."),
    "nothing on the axis": (
        "data-engineer industry",
        "unknown-parent",
        "The role 'data-engineer' has no variants on the axis 'industry' to compare.",
    ),
}


@pytest.mark.parametrize(("argument", "code", "text"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_reported_by_each_build_and_by_the_command(
    argument: str, code: str, text: str, tmp_path: Path
) -> None:
    book = Book(tmp_path, files(argument))
    for _ in range(2):
        build = book.build()
        (warned,) = build.warnings
        assert (warned.path, warned.line) == ("compare/levels.md", 5)
        assert warned.type == f"rolebook.{code}"
        assert warned.text.startswith(text)
        assert build.warnings == book.findings()
    page = build.page(BUILDERS["html"])
    assert "Read on." in words(page)
    assert not page.select("table.rb-compare")
    assert island(build, BUILDERS["html"]) is None


@pytest.mark.parametrize(("argument", "code", "text"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_in_restructuredtext_is_reported_by_the_directive(
    argument: str, code: str, text: str, tmp_path: Path
) -> None:
    changed = files()
    del changed["compare/levels.md"]
    changed["compare/levels.rst"] = f"Levels\n======\n\n.. job:compare:: {argument}\n"
    (warned,) = Book(tmp_path, changed).build().warnings
    assert (warned.path, warned.line) == ("compare/levels.rst", 4)
    assert warned.type == f"rolebook.{code}"
    assert warned.text.startswith(text)


# Translation

GERMAN = {"Write things down.": "Alles aufschreiben.", "What you will do": "Deine Aufgaben"}


def test_lines_are_translated_and_words_stay(tmp_path: Path) -> None:
    book = Book(tmp_path, files(), conf='language = "de"\nlocale_dirs = ["locale"]\n')
    entries = (f'msgid "{msgid}"\nmsgstr "{text}"\n' for msgid, text in GERMAN.items())
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    book.write({"locale/de/LC_MESSAGES/compare.po": "\n".join([head, *entries])})
    page = book.build().page(BUILDERS["html"])
    duties = page.select_one("#duties")
    assert duties is not None
    assert words(duties.select_one("h2") or "").startswith("Deine Aufgaben")
    rows = [[words(td) for td in row.select("td")] for row in duties.select("tbody tr")]
    assert ["Alles aufschreiben.", "Dropped"] in rows
