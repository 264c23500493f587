"""What the law of a place asks: on its page, in the table of all, and beside a template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import Tag
from building import Book, Build, differences, rewritten, words

pytestmark = pytest.mark.xdist_group("build-jurisdictions")

ROLE = """# Engineer

:::{job:role} engineer

:::

:::{job:section} Work
:id: work

- Build. {#build}

:::

:::{job:section} What we pay
:id: money
:kind: pay

- {{ pay from }} to {{ pay to }} {#range}

:::

:::{job:note} money

Be honest.

:::
"""


def place(name: str, id_: str, rules: str, rest: str = "", parent: str = ":applies-to: all") -> str:
    options = "\n".join(rules.split("\n"))
    return (
        f"# {name}\n\nFor employers there.\n\n:::{{job:variant}} {id_}\n{parent}\n"
        f":axis: jurisdiction\n\n:::\n\n:::{{job:rules}}\n{options}\n:::\n\n{rest}"
    )


SYLDAVIA = place(
    "Syldavia",
    "sy",
    """:law: Pay Act, section 3
:in-force: 2021-01
:amended: 2024-05-06
:employers: 9 or more employees
:pay: in-posting
:benefits: required
:requires: pay from, benefits
:sources: [The act](https://example.org/act), [guide](../guide.md)
:checked: 2026-11-21
:confidence: high""",
    """:::{job:patch} money

- Benefits: {{ benefits }} {#sy-benefits}

:::

:::{job:note} money

Name the **highest** figure.

:::

:::{job:note}

Ask a lawyer.

:::
""",
)
BORDURIA = place(
    "Borduria",
    "bo",
    """:law: a draft
:in-force: 2027-09-26
:pay: on-request
:sources: hearsay
:checked: 2026-11
:confidence: low""",
)
RURITANIA = place(
    "Engineer in Ruritania",
    "ru",
    """:law: Decree 5
:pay: in-posting
:requires: pay to
:sources: hearsay
:checked: 2026
:confidence: medium""",
    ":::{job:note} money\n\nPay in gold.\n\n:::\n",
    ":extends: engineer",
)
TABLE = "# Laws\n\n:::{job:jurisdictions}\n:::\n"
FILES = {
    "roles/engineer.md": ROLE,
    "roles/ru.md": RURITANIA,
    "places/sy.md": SYLDAVIA,
    "places/bo.md": BORDURIA,
    "laws.md": TABLE,
    "guide.md": "# Guide\n\nHow we pay.\n",
}
CONF = 'version = "1"\ncopyright = "Nobody"\nepub_identifier = "https://example.org/"\n'
BUILDERS = {
    "latex": "testhandbook.tex",
    "text": "laws.txt",
    "man": "testhandbook.1",
    "texinfo": "testhandbook.texi",
    "epub": "laws.xhtml",
    "xml": "laws.xml",
    "singlehtml": "index.html",
    "dirhtml": "laws/index.html",
    "gettext": "index.pot",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(tmp_path_factory.mktemp("jurisdictions"), FILES, conf=CONF)


@pytest.fixture(scope="module")
def built(book: Book) -> Build:
    build = book.build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    return build


def only(found: list[Tag]) -> Tag:
    (tag,) = found
    return tag


# The page of a jurisdiction


def test_the_page_tells_the_facts(built: Build) -> None:
    section = only(built.page("places/sy.html").select("section.rb-law"))
    assert words(only(section.select("h2"))).startswith("What the law asks")
    terms = [words(term).removesuffix(":") for term in section.select("dt")]
    assert dict(zip(terms, map(words, section.select("dd")), strict=True)) == {
        "Law": "Pay Act, section 3",
        "Employers": "9 or more employees",
        "In force": "since January 2021, last changed on 6 May 2024",
        "Pay": "in the posting",
        "Also to state": "benefits",
        "Not to leave blank": "pay from, benefits",
        "Sources": "The act, guide",
        "Checked": "21 November 2026",
        "Confidence": "high: an official text was read, or several sources agree",
    }
    assert words(section.select("p")[-1]) == "This is not legal advice."
    links = [link["href"] for link in section.select("dd a")]
    assert links == ["https://example.org/act", "../guide.html"]


def test_what_is_uncertain_is_called_so(built: Build) -> None:
    law = only(built.page("places/bo.html").select("section.rb-law"))
    assert "low (uncertain): the sources are old" in words(law)
    assert "from 26 September 2027" in words(law)


def test_the_page_shows_the_notes_and_says_if_no_line_is_added(built: Build) -> None:
    page = built.page("places/sy.html")
    advice = only(page.select("section.rb-advice"))
    assert [words(p) for p in advice.select("p")] == [
        "These are for you; they are not copied with the template.",
        "Ask a lawyer.",
        "What we pay",
        "Name the highest figure.",
    ]
    assert words(only(page.select("#changes li"))) == "Benefits: {{ benefits }}"
    other = built.page("places/bo.html")
    assert not other.select("section.rb-advice")
    assert "Nothing: the template is that of the role." in words(only(other.select("#changes")))


# Beside a template


def test_the_law_is_a_note_on_pay_and_marks_what_it_requires(built: Build) -> None:
    panel = only(built.page("roles/ru.html").select(".rb-panel"))
    notes = only(panel.select(".rb-notes"))
    text = words(notes)
    heads = ["Be honest.", "What the law asks (Engineer in Ruritania; uncertain)", "Pay in gold."]
    assert [head for head in heads if head in text] == heads
    assert [text.index(head) for head in heads] == sorted(text.index(head) for head in heads)
    assert [words(item) for item in notes.select("li")][:2] == [
        "Law: Decree 5",
        "Pay: in the posting",
    ]
    assert "This is not legal advice." in text
    fields = {
        words(term): words(term.find_next_sibling("dd") or "")
        for term in panel.select(".rb-fields dt")
    }
    assert "Required: Engineer in Ruritania" in fields["Pay to"]
    assert "Required" not in fields["Pay from"]


def test_a_role_alone_has_no_law(built: Build) -> None:
    page = words(only(built.page("roles/engineer.html").select(".rb-panel")))
    assert "What the law asks" not in page
    assert "Required" not in page


# The table


def test_the_table_has_a_row_for_each_place_by_name(built: Build) -> None:
    table = only(built.page("laws.html").select("table.rb-sortable"))
    assert words(only(table.select(".caption-text"))) == "What the law asks of a posting, by place"
    heads = [words(head) for head in table.select("thead th")]
    rows = [
        dict(zip(heads, map(words, row.select("th, td")), strict=True))
        for row in table.select("tbody tr")
    ]
    assert [row["Place"] for row in rows] == ["Borduria", "Engineer in Ruritania", "Syldavia"]
    assert rows[2] == {
        "Place": "Syldavia",
        "Pay": "in the posting",
        "Also to state": "benefits",
        "Employers": "9 or more employees",
        "In force": "January 2021",
        "Last changed": "6 May 2024",
        "Confidence": "high",
        "Checked": "21 November 2026",
        "Law": "Pay Act, section 3",
    }
    assert rows[0]["In force"] == "from 26 September 2027"
    assert rows[0]["Employers"] == "–"
    assert rows[0]["Confidence"] == "low (uncertain)"
    links = [str(link["href"]) for link in table.select("tbody th a")]
    assert links == ["places/bo.html", "roles/ru.html", "places/sy.html"]
    assert all((built.out / link).is_file() for link in links)


def test_the_table_says_what_its_columns_are_sorted_by(built: Build) -> None:
    table = only(built.page("laws.html").select("table.rb-sortable"))
    heads = table.select("thead th")
    assert [words(head) for head in heads if "rb-ascending" in head["class"]] == ["Place"]
    keys: dict[str, list[str | None]] = {}
    for row in table.select("tbody tr"):
        for head, cell in zip(heads, row.select("th, td"), strict=True):
            found = [name for name in cell.get("class") or () if name.startswith("rb-key-")]
            keys.setdefault(words(head), []).append(found[0][7:] if found else None)
    assert keys["In force"] == ["2027-09-26", "", "2021-01"]
    assert keys["Last changed"] == ["", "", "2024-05-06"]
    assert keys["Confidence"] == ["-2", "-1", "0"]
    assert keys["Employers"] == ["", "", None]
    assert keys["Place"] == keys["Pay"] == keys["Law"] == [None, None, None]


def test_the_table_scrolls_in_a_box_of_its_own(built: Build) -> None:
    page = built.page("laws.html")
    box = only(page.select(".rb-table"))
    assert [child.name for child in box.find_all(recursive=False)] == ["table"]
    assert (box["role"], box["tabindex"]) == ("region", "0")
    assert box["aria-label"] == words(only(page.select(".caption-text")))
    # A strict host allows no style in an attribute.
    assert not page.select("main [style]")
    assert words(box.find_next_sibling("p") or "") == "This is not legal advice."


def test_without_rules_there_is_no_table(tmp_path: Path) -> None:
    build = Book(tmp_path, {"engineer.md": ROLE, "laws.md": TABLE}).build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    assert "No jurisdiction has rules yet." in words(build.page("laws.html"))


def test_the_table_stands_on_pages_of_other_markup_too(tmp_path: Path) -> None:
    laws = "Laws\n====\n\n.. job:jurisdictions::\n"
    build = Book(tmp_path, {"engineer.md": ROLE, "bo.md": BORDURIA, "laws.rst": laws}).build("-W")
    assert (build.status, build.warnings) == (0, [])
    assert words(only(build.page("laws.html").select("tbody th"))) == "Borduria"


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_takes_it(book: Book, builder: str) -> None:
    build = book.build("-n", "-W", builder=builder)
    assert (build.status, build.warnings) == (0, [])
    text = words(re.sub(r"<[^>]+>|\\sphinxhyphen\{\}|\\", "", build.text(BUILDERS[builder])))
    assert ("rb-table" in text) == (builder == "xml")
    if builder != "gettext":
        # In plain text a cell may take several lines.
        for found in ("Borduria", "on request", "2027", "Decree"):
            assert found in text


# What an edit writes again


def test_an_edited_jurisdiction_rewrites_the_table(tmp_path: Path) -> None:
    book = Book(tmp_path, FILES)
    before = book.build().stamps()

    def build() -> set[str]:
        nonlocal before
        after = book.build().stamps()
        written, before = rewritten(before, after), after
        return written

    book.edit("places/sy.md", "2024-05-06", "2025-05-06")
    assert build() >= {"laws.html", "places/sy.html", "composer/engineer.json"}
    assert "6 May 2025" in words(book.build().page("laws.html"))

    book.edit("places/sy.md", "Name the **highest** figure.", "Name both figures.")
    written = build()
    assert "places/sy.html" in written
    assert "laws.html" not in written

    book.edit("roles/ru.md", "# Engineer in Ruritania", "# Ruritania")
    assert {"laws.html", "roles/ru.html"} <= build()

    book.remove("places/bo.md")
    book.edit("index.md", "places/bo\n", "")
    assert "laws.html" in build()
    last = book.build()
    rows = last.page("laws.html").select("tbody th")
    assert [words(row) for row in rows] == ["Ruritania", "Syldavia"]
    assert differences(last.lasting(), book.build(name="clean").lasting()) == []
