"""References to roles, variants and sections; and whatever else a template's line refers to."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Book, Build, handbook, words
from sphinx.util.inventory import InventoryFile

pytestmark = pytest.mark.xdist_group("build-references")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(tmp_path_factory.mktemp("references"), handbook())


@pytest.fixture(scope="module")
def built(book: Book) -> Build:
    return book.build("-n", "-W")


def paragraph_links(build: Build, page: str) -> dict[str, str]:
    """The links in the paragraphs of a page's text: their words and addresses."""
    body = build.page(page).select("section > p a.reference")
    return {words(link): str(link["href"]) for link in body}


def test_from_markdown(built: Build) -> None:
    assert built.warnings == []
    links = paragraph_links(built, "guide.html")
    assert links == {
        "Data engineer": "roles/engineer/index.html",
        "Senior data engineer": "roles/engineer/senior.html",
        "What you will do": "roles/engineer/index.html#duties",
        "Data analyst": "roles/analyst.html",
        "the role": "roles/engineer/index.html",
        "its needs": "roles/engineer/index.html#needs",
    }


def test_from_restructuredtext(built: Build) -> None:
    assert paragraph_links(built, "plain.html") == {
        "Data engineer": "roles/engineer/index.html",
        "the senior one": "roles/engineer/senior.html",
        "What you bring": "roles/engineer/index.html#needs",
    }


def test_inventory(built: Build) -> None:
    data = (built.out / "objects.inv").read_bytes()
    inventory = InventoryFile.loads(data, uri="https://example.org").data
    assert set(inventory["job:role"]) == {"data-engineer", "data-analyst"}
    assert set(inventory["job:variant"]) == {
        *("data-engineer/senior", "data-engineer/staff", "startup")
    }
    senior = inventory["job:section"]["data-engineer/senior/pay"]
    assert senior.display_name == "What we pay"
    assert senior.uri == "https://example.org/roles/engineer/senior.html#pay"
    assert {"data-engineer/duties-running", "data-engineer/staff/needs"} <= set(
        inventory["job:section"]
    )


def test_every_target_is_there(built: Build) -> None:
    """Sections of a shared title, too, have a place that a reference can lead to."""
    data = (built.out / "objects.inv").read_bytes()
    inventory = InventoryFile.loads(data, uri="").data
    for type_ in ("job:role", "job:variant", "job:section"):
        for item in inventory[type_].values():
            page, _, anchor = item.uri.lstrip("/").partition("#")
            assert not anchor or built.page(page).find(id=anchor) is not None, item


@pytest.mark.parametrize("page", ["roles/engineer/index.html", "roles/engineer/staff.html"])
def test_no_id_stands_twice(built: Build, page: str) -> None:
    ids = [str(tag["id"]) for tag in built.page(page).find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


def test_ids_that_would_clash(tmp_path: Path) -> None:
    """The section ``duties-build`` and the item ``build`` of ``duties``, among others."""
    role = (
        "# Template\n\n:::{job:role} template\n\nWe seek.\n\n:::\n\n"
        + "".join(
            f":::{{job:section}} {title}\n:id: {id_}\n\n- One thing. {{#{item}}}\n\n:::\n\n"
            for title, id_, item in (
                ("Duties", "duties", "build"),
                ("Builds", "duties-build", "one"),
                ("Changes", "changes", "two"),
                ("Template", "template", "three"),
                ("Questions", "questions", "four"),
            )
        )
        + ":::{job:faq} Why?\n\nSo.\n\n:::\n\n## Changes\n\nNone.\n"
    )
    variant = (
        "# Senior template\n\n:::{job:variant} senior\n:extends: template\n:axis: level\n\n:::\n"
    )
    files = {"role.md": role, "senior.md": variant}
    files["links.md"] = "# Links\n\n" + " ".join(
        f"{{job:section}}`{key}/{id_}`"
        for key in ("template", "template/senior")
        for id_ in ("duties", "duties-build", "changes", "template", "questions")
    )
    build = Book(tmp_path, files).build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    for page in ("role.html", "senior.html"):
        test_no_id_stands_twice(build, page)
    test_every_target_is_there(build)
    for link in build.page("links.html").select("section > p a.reference"):
        page, _, anchor = str(link["href"]).partition("#")
        section = build.page(page).find(id=anchor)
        assert section is not None
        assert section.name == "section"
        assert words(section.find(["h2", "h3"]) or "").startswith(words(link))


def test_dangling(tmp_path: Path) -> None:
    text = (
        "# Links\n\n{job:role}`nobody`\n\n{job:variant}`data-engineer/none`\n\n"
        "{job:section}`data-engineer/nothing`\n\n{any}`nobody/at/all`\n\n[x](<#nobody>)\n"
    )
    files = {**handbook(), "links.md": f"---\norphan: true\n---\n{text}"}
    build = Book(tmp_path, files).build("-n")
    first = 3  # lines of front matter
    assert [(w.path, w.line - first, w.type) for w in build.warnings] == [
        ("links.md", 3, "ref.role"),
        ("links.md", 5, "ref.variant"),
        ("links.md", 7, "ref.section"),
        ("links.md", 9, "ref.any"),
        ("links.md", 11, "myst.xref_missing"),
    ]
    assert [w.text for w in build.warnings][:3] == [
        "there is no role 'nobody'",
        "there is no variant 'data-engineer/none' (write role/variant)",
        "there is no section 'data-engineer/nothing' (write role/section)",
    ]


def test_from_another_project(built: Build, tmp_path: Path) -> None:
    conf = (
        'extensions = ["sphinx.ext.intersphinx", "rolebook"]\n'
        f'intersphinx_mapping = {{"hb": ("https://example.org/", "{built.out}/objects.inv")}}'
    )
    text = (
        "Links\n=====\n\n:job:role:`data-engineer`\n\n"
        ":external+hb:job:variant:`words <data-engineer/senior>`\n\n"
        ":job:section:`data-engineer/duties`\n\n:any:`data-analyst`\n"
    )
    build = Book(tmp_path, {"index.rst": text}, conf=conf).build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    links = [str(a["href"]) for a in build.page("index.html").select("a.external")]
    assert [link for link in links if "example.org" in link] == [
        "https://example.org/roles/engineer/index.html",
        "https://example.org/roles/engineer/senior.html",
        "https://example.org/roles/engineer/index.html#duties",
        "https://example.org/roles/analyst.html",
    ]


# Where a template's line was written

ROLE, SENIOR = "roles/engineer/index.md", "levels/of/engineers/senior.md"
TARGETS = {
    "[guide](../../guide.md)": "guide.html",
    "{doc}`guide <../../guide>`": "guide.html",
    "{doc}`guide </guide>`": "guide.html",
    "[guide](/guide.md)": "guide.html",
    "[part](../../guide.md#variants)": "guide.html#variants",
    "{any}`guide <../../guide>`": "guide.html",
    "{job:variant}`senior <data-engineer/senior>`": "levels/of/engineers/senior.html",
    "{job:section}`needs <data-engineer/needs>`": "roles/engineer/index.html#needs",
}


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The handbook with its senior variant in a folder of another depth."""
    files: dict[str, str] = handbook()
    files[SENIOR] = files.pop("roles/engineer/senior.md")
    files["index.md"] = files["index.md"].replace(
        "roles/engineer/senior", "levels/of/engineers/senior"
    )
    return Book(tmp_path_factory.mktemp("moved"), files, conf="myst_heading_anchors = 2")


def test_relative_links_start_where_they_are_written(moved: Book) -> None:
    role = moved.read(ROLE)
    bullets = "\n".join(f"- It says {link} {{#link-{n}}}" for n, link in enumerate(TARGETS))
    bullets += "\n- It says [file](data.csv) and {download}`file <data.csv>` {#file}"
    moved.write(
        {ROLE: role.replace("- Python {#python}", bullets), "roles/engineer/data.csv": "1\n"}
    )
    build = moved.build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    for page in (ROLE.replace(".md", ".html"), SENIOR.replace(".md", ".html")):
        html, place = build.page(page), build.out / page
        for number, target in enumerate(TARGETS.values()):
            link = html.select_one(f"#needs-link-{number} a")
            assert link is not None
            path, _, anchor = str(link["href"]).partition("#")
            reached = (place.parent / path).resolve() if path else place
            assert f"{reached.relative_to(build.out)}#{anchor}".rstrip("#") == target
        files = [place.parent / str(link["href"]) for link in html.select("#needs-file a")]
        assert [file.read_bytes() for file in files] == [b"1\n", b"1\n"]
    moved.write({ROLE: role})


BROKEN = {
    "You will build and run": "{ref}`words <nowhere>`",
    "Write things down.": "{ref}`words <nowhere>`",
    "You need not tick": "{doc}`words <nowhere>`",
    "An offer.": "[words](nowhere.md)",
    "Mend what breaks": "{job:role}`words <nowhere>`",
    "Say who is on call": "{ref}`words <nowhere>`",
    "No. Ask for": "{nosuchrole}`words`",
}


def test_broken_references_are_where_they_are_written(moved: Book) -> None:
    """The canary of MyST's line offsets: see ``rolebook.sphinx.leaf``."""
    role = moved.read(ROLE)
    lines = role.splitlines()
    broken: dict[int, str] = {}
    for text, reference in BROKEN.items():
        for number, line in enumerate(lines, 1):
            if text in line:
                words_, brace, id_ = line.partition(" {#")
                lines[number - 1] = f"{words_} {reference}{brace}{id_}"
                broken[number] = reference
    assert len(broken) == len(BROKEN)
    moved.write({ROLE: "\n".join(lines) + "\n"})
    build = moved.build("-n", "-E")
    assert {w.path for w in build.warnings} == {ROLE}
    assert {w.line for w in build.warnings} == broken.keys()
    # A bullet, from the pages of the role, the variant, the one that extends that and the
    # other role; the senior variant leaves the line out, and shows it among its changes.
    bullet = moved.line(ROLE, "Write things down.")
    assert [w.text for w in build.warnings if w.line == bullet] == [
        "undefined label: 'nowhere'"
    ] * 4
    moved.write({ROLE: role})
