"""What changes in one file is right on every page that shows it, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Book, differences, handbook, rewritten, words

pytestmark = pytest.mark.xdist_group("build-incremental")

ROLE, SENIOR, STAFF = (f"roles/engineer/{name}.md" for name in ("index", "senior", "staff"))
ROLE_PAGES = {f"roles/engineer/{name}.html" for name in ("index", "senior", "staff")}


class Writing:
    """A book that has been built, and what later builds of it write."""

    def __init__(self, folder: Path, files: dict[str, str] | None = None) -> None:
        self.book = Book(folder, handbook() if files is None else files)
        self.last = self.book.build()
        self.stamps = self.last.stamps()

    def build(self) -> set[str]:
        """Build again; the pages and downloads that were written or deleted."""
        self.last = self.book.build()
        after = self.last.stamps()
        written, self.stamps = rewritten(self.stamps, after), after
        return {name for name in written if name.endswith(".html") or "downloads/" in name} - {
            "genindex.html",
            "search.html",
        }

    def links(self, page: str) -> dict[str, str]:
        """The links between a role's pages, as shown on a page: name and address."""
        box = self.last.page(page).select_one(".rb-variants")
        return {words(a): str(a["href"]) for a in box.select("a")} if box else {}


@pytest.fixture
def writing(tmp_path: Path) -> Writing:
    return Writing(tmp_path)


def downloads(*keys: str) -> set[str]:
    return {
        f"downloads/{key}{suffix}" for key in keys for suffix in (".md", ".txt", ".html", ".json")
    }


def test_a_bullet_of_a_role(writing: Writing) -> None:
    writing.book.edit(ROLE, "Write things down.", "Write **everything** down.")
    written = writing.build()
    analyst = {"roles/analyst.html", *downloads("data-analyst")}
    assert written >= ROLE_PAGES | analyst | downloads("data-engineer")
    # Cards and lists show nothing of it. (Sphinx writes what holds a toctree with it, too.)
    assert not written & {"guide.html", "placeholders.html", "plain.html"}
    for page in ("roles/engineer/index.html", "roles/analyst.html"):
        assert "Write everything down." in words(writing.last.page(page))
    # The senior variant leaves the line out, and says so.
    senior = writing.last.page("roles/engineer/senior.html")
    assert "Write everything down." in words(senior.select_one("#changes") or "")
    assert "everything" not in writing.last.text("downloads/data-engineer/senior.md")


def test_a_bullet_of_a_variant(writing: Writing) -> None:
    writing.book.edit(SENIOR, "Decide how", "Settle how")
    written = writing.build()
    assert written >= {"roles/engineer/senior.html", "roles/engineer/staff.html"}
    assert not written & {"roles/engineer/index.html", "roles/analyst.html", "guide.html"}
    assert "Settle how" in words(writing.last.page("roles/engineer/staff.html"))
    assert "Settle how" in writing.last.text("downloads/data-engineer/staff.txt")


def test_a_variant_is_added(writing: Writing) -> None:
    assert set(writing.links("roles/engineer/index.html")) == {"Senior", "Staff", "Startup"}
    writing.book.write(
        {
            "roles/engineer/junior.md": "# Junior data engineer\n\n:::{job:variant} junior\n"
            ":extends: data-engineer\n:axis: level\n\nYou will learn.\n\n:::\n"
        }
    )
    writing.book.edit(
        "index.md", "roles/engineer/senior\n", "roles/engineer/junior\nroles/engineer/senior\n"
    )
    written = writing.build()
    assert written >= {*ROLE_PAGES, "guide.html", "index.html"}
    assert written >= downloads("data-engineer/junior")
    for page in ("roles/engineer/index.html", "roles/engineer/senior.html"):
        assert writing.links(page)["Junior"] == "junior.html"
    for page in ("guide.html", "index.html"):
        hrefs = {a["href"] for a in writing.last.page(page).select(".rb-card a")}
        assert "roles/engineer/junior.html" in hrefs


def test_a_variant_is_removed(writing: Writing) -> None:
    writing.book.remove(STAFF)
    writing.book.edit("index.md", "roles/engineer/staff\n", "")
    written = writing.build()
    assert "roles/engineer/staff.html" in written
    assert not (writing.last.out / "roles/engineer/staff.html").exists()
    assert not any((writing.last.out / name).exists() for name in downloads("data-engineer/staff"))
    for page in ("roles/engineer/index.html", "roles/engineer/senior.html"):
        assert "Staff" not in writing.links(page)
    for page in ("guide.html", "index.html"):
        assert "staff.html" not in writing.last.text(page)


def test_a_role_with_its_variants_is_removed(writing: Writing) -> None:
    for name in (ROLE, SENIOR, STAFF, "roles/analyst.md", "guide.md", "plain.rst"):
        writing.book.remove(name)
    writing.book.write({"index.md": "# Handbook\n\n:::{job:roles}\n:::\n"})
    writing.build()
    left = {name for name in writing.last.files() if name.startswith(("roles/", "downloads/"))}
    assert left == set()
    assert "data-engineer" not in writing.last.text("searchindex.js")


def test_a_variant_gets_another_id(writing: Writing) -> None:
    writing.book.edit(SENIOR, "{job:variant} senior", "{job:variant} principal")
    writing.book.edit(STAFF, "data-engineer/senior", "data-engineer/principal")
    writing.build()
    files = writing.last.files()
    assert downloads("data-engineer/principal") <= files.keys()
    assert not downloads("data-engineer/senior") & files.keys()
    # The guide and the rST page still name the old one.
    warned = {(w.path, w.type) for w in writing.last.warnings}
    assert warned == {("guide.md", "ref.variant"), ("plain.rst", "ref.variant")}


def test_a_variant_gets_another_file(writing: Writing) -> None:
    writing.book.rename(SENIOR, "levels/senior.md")
    writing.book.edit("index.md", "roles/engineer/senior\n", "levels/senior\n")
    writing.build()
    assert not (writing.last.out / "roles/engineer/senior.html").exists()
    assert writing.links("roles/engineer/index.html")["Senior"] == "../../levels/senior.html"
    assert "levels/senior.html" in writing.last.text("guide.html")
    assert "levels/senior.html" in writing.last.text("plain.html")
    assert writing.last.warnings == []


def test_a_variant_gets_another_heading(writing: Writing) -> None:
    writing.book.edit(SENIOR, "# Senior data engineer", "# Expert data engineer")
    writing.build()
    for page in ("roles/engineer/index.html", "roles/engineer/staff.html", "roles/analyst.html"):
        assert "Senior" not in writing.links(page)
    assert "Expert" in writing.links("roles/engineer/index.html")
    # A reference without words of its own shows the heading.
    assert "Expert data engineer" in words(writing.last.page("guide.html"))


def test_a_role_gets_another_heading(writing: Writing) -> None:
    writing.book.edit(ROLE, "# Data engineer", "# Data plumber")
    writing.book.edit(ROLE, ":skills:", ":noun: data engineer\n:skills:")
    writing.build()
    # The analyst's page names it among the related roles.
    for page in ("guide.html", "plain.html", "index.html", "roles/analyst.html"):
        text = words(writing.last.page(page))
        assert "Data plumber" in text
        assert "Data engineer" not in text


def test_a_role_gets_another_noun(writing: Writing) -> None:
    assert "Senior" in writing.links("roles/engineer/staff.html")
    writing.book.edit(ROLE, ":skills:", ":noun: engineer\n:skills:")
    writing.book.edit(ROLE, "# Data engineer", "# Data plumber")
    writing.build()
    assert "Senior data" in writing.links("roles/engineer/staff.html")


def test_a_role_gets_another_id(writing: Writing) -> None:
    """Its variants have lost their role; then they find it again."""
    writing.book.edit(ROLE, "{job:role} data-engineer", "{job:role} data-plumber")
    writing.build()
    assert "There is a mistake" in writing.last.text("roles/engineer/senior.html")
    assert not any(name.startswith("downloads/data-engineer") for name in writing.last.files())
    assert writing.links("roles/engineer/index.html") == {"Startup": "../../shared/startup.html"}
    writing.book.edit(ROLE, "{job:role} data-plumber", "{job:role} data-engineer")
    writing.build()
    assert writing.last.warnings == []
    assert "There is a mistake" not in writing.last.text("roles/engineer/senior.html")
    assert set(writing.links("roles/engineer/index.html")) == {"Senior", "Staff", "Startup"}


def test_a_parent_comes_later(tmp_path: Path) -> None:
    files = handbook()
    role = files.pop(ROLE)
    files["index.md"] = files["index.md"].replace("roles/engineer/index\n", "")
    writing = Writing(tmp_path, files)
    assert {w.type for w in writing.last.warnings} >= {"rolebook.unknown-parent"}
    assert "There is a mistake" in writing.last.text("roles/engineer/senior.html")
    assert not any(name.startswith("downloads/") for name in writing.last.files())
    writing.book.write({ROLE: role, "index.md": handbook()["index.md"]})
    writing.build()
    clean = writing.book.build(name="clean")
    assert clean.warnings == writing.last.warnings == []
    # Other pages keep, under some themes, the sidebar that they had.
    stale = set(differences(clean.lasting(), writing.last.lasting()))
    assert not {name for name in stale if name.startswith(("roles/", "downloads/"))}


def test_a_placeholder_of_the_handbook(writing: Writing) -> None:
    writing.book.edit("placeholders.md", ":default: Full-time", ":default: Part-time")
    written = writing.build()
    assert written >= {*ROLE_PAGES, "roles/analyst.html"}
    assert not written & {"guide.html", "plain.html"}
    assert "Part-time or not" in words(writing.last.page("roles/engineer/staff.html"))
    assert "Part-time or not" in writing.last.text("downloads/data-analyst.txt")


def test_a_placeholder_is_declared_later(writing: Writing) -> None:
    text = writing.book.read("placeholders.md")
    more = ":::{job:placeholder} pay range\n:label: What we pay\n:default: a lot\n\n:::\n"
    writing.book.write({"placeholders.md": f"{text}\n{more}"})
    written = writing.build()
    # The senior variant, and what extends it, have a line with it.
    assert written >= {"roles/engineer/senior.html", "roles/engineer/staff.html"}
    assert "The range is a lot." in words(writing.last.page("roles/engineer/senior.html"))


def test_a_shared_variant_is_added_and_leaves(writing: Writing) -> None:
    text = writing.book.read("shared/startup.md")
    agency = text.replace("Startup", "Agency").replace("startup", "agency")
    writing.book.write({"shared/agency.md": f"---\norphan: true\n---\n{agency}"})
    writing.build()
    for page in (*ROLE_PAGES, "roles/analyst.html"):
        assert "Agency" in writing.links(page)
    assert writing.last.warnings == []
    writing.book.edit("shared/agency.md", ":applies-to: all", ":applies-to: data")
    writing.book.edit("roles/analyst.md", ":family: data", ":family: sums")
    writing.build()
    assert "Agency" in writing.links("roles/engineer/index.html")
    assert "Agency" not in writing.links("roles/analyst.html")
    writing.book.remove("shared/agency.md")
    writing.build()
    assert "Agency" not in writing.links("roles/engineer/index.html")


def test_a_section_of_a_reference_gets_another_title(writing: Writing) -> None:
    writing.book.edit(ROLE, "{job:section} What you will do", "{job:section} Your work")
    writing.build()
    for page in ("guide.html", "roles/engineer/index.html", "roles/analyst.html"):
        assert "Your work" in words(writing.last.page(page))
        assert "What you will do" not in words(writing.last.page(page))


def test_what_a_role_shows_beside_its_template(writing: Writing) -> None:
    """Notes and answers of a role stand on its variants' pages, or are asked for there."""
    writing.book.edit(ROLE, "Say who is on call", "Tell them who is on call")
    writing.book.edit(ROLE, "Is a degree needed?", "Must they have a degree?")
    writing.book.edit(ROLE, ":skills: python, sql", ":skills: sql")
    writing.build()
    clean = writing.book.build(name="clean")
    assert differences(clean.lasting(), writing.last.lasting()) == []
