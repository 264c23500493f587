"""What a template's page holds, and what lies beside it."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from building import Book, Build, handbook, words

from rolebook.exports import FORMATS

pytestmark = pytest.mark.xdist_group("build-page")

PAGES = {
    "data-engineer": "roles/engineer/index.html",
    "data-engineer/senior": "roles/engineer/senior.html",
    "data-engineer/staff": "roles/engineer/staff.html",
    "data-analyst": "roles/analyst.html",
}
EDIT_URL = "https://example.org/edit/{path}#L{line}"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    # Curled quotes would be the only difference between a page and what is copied from it.
    conf = f'smartquotes = False\nrolebook_edit_url = "{EDIT_URL}"\nrolebook_licence = "CC0 1.0"\n'
    return Book(tmp_path_factory.mktemp("page"), handbook(), conf=conf)


@pytest.fixture(scope="module")
def built(book: Book) -> Build:
    build = book.build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    return build


def exported(book: Book, key: str, format: str) -> bytes:
    """What the command line exports for a page."""
    role, _, level = key.partition("/")
    options = ["--level", level] if level else []
    result = book.rolebook("export", role, *options, "--format", format)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize(("key", "page"), PAGES.items())
def test_page_holds_the_whole_template(book: Book, built: Build, key: str, page: str) -> None:
    template = built.page(page).select_one(".rb-template")
    assert template is not None
    for extra in template.select(".headerlink, .rb-origin"):
        extra.decompose()
    body = BeautifulSoup(exported(book, key, "html"), "html.parser").body
    assert body is not None
    # A blank on a page is its name alone; its choices are listed beside the template.
    blank = re.compile(r"\{\{ ([^{}:]+): [^{}]+ \}\}")
    assert words(template) == blank.sub(r"{{ \1 }}", words(body))


@pytest.mark.parametrize("key", PAGES)
def test_downloads_are_the_exports(book: Book, built: Build, key: str) -> None:
    for format in FORMATS.values():
        path = built.out / f"downloads/{key}{format.suffix}"
        if format.beside:
            assert path.read_bytes() == exported(book, key, format.name)
        else:  # a template is no vacancy
            assert not path.exists()


@pytest.mark.parametrize("page", PAGES.values())
def test_download_links(built: Build, page: str) -> None:
    links = built.page(page).select("a.rb-download")
    assert [words(link) for link in links] == [
        format.label for format in FORMATS.values() if format.beside
    ]
    for link in links:
        assert (built.out / page).parent.joinpath(str(link["href"])).is_file()


def test_no_page_calls_itself_a_vacancy(built: Build) -> None:
    for path in built.out.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "ld+json" not in text or '"JobPosting"' not in text, path


def test_marks(built: Build) -> None:
    page = built.page("roles/engineer/senior.html")
    work = page.select_one("#steps-work .rb-ph")
    assert work is not None
    assert work["class"] == ["rb-ph", "rb-ph--contract", "rb-filled"]
    assert words(work) == "Full-time"
    tidy = page.select_one("#duties-tidy")
    assert tidy is not None
    assert tidy["class"] == ["rb-leaf", "rb-replaced"]
    mark = tidy.select_one(".rb-ph")
    assert mark is not None
    assert mark["class"] == ["rb-ph", "rb-ph--number-of-teams"]
    assert words(mark) == "{{ number of teams }}"
    panel = page.select_one(".rb-panel")
    assert panel is not None
    for text in ("CC0 1.0", "Post the range.", "Days on call", "One or more of: AWS / GCP / Azure"):
        assert text in words(panel)


def test_contents_and_search(built: Build) -> None:
    environment = pickle.loads((built.doctrees / "environment.pickle").read_bytes())
    contents = environment.tocs["roles/engineer/senior"].astext().split("\n\n")
    expected = ["What you will do", "What you bring", "What we pay", "How we hire"]
    assert [title for title in contents if title in expected] == expected
    index = json.loads(built.text("searchindex.js").partition("(")[2].removesuffix(")"))
    senior = index["docnames"].index("roles/engineer/senior")
    assert [senior, "pay"] in index["alltitles"]["What we pay"]
    for word in ("tidi", "direct"):
        pages = index["terms"][word]
        assert senior in (pages if isinstance(pages, list) else [pages])
    titles = {entry[-1] for entry in index["objects"][""]}
    assert titles >= {"Data engineer", "Senior data engineer", "Startup"}


@pytest.mark.parametrize(("key", "page"), PAGES.items())
def test_data(built: Build, key: str, page: str) -> None:
    data = built.data(page)
    assert data["id"] == key
    assert data["handbook"] == "Test handbook"
    sections = [section["id"] for section in data["template"]["sections"]]
    assert data["blocks"] == ["", *sections]
    for leaves in data["leaves"].values():
        assert sorted(leaves) == sorted(data["blocks"])
        assert all(len(parts) % 2 for block in leaves.values() for _, parts in block)


def test_pages_without_a_template_have_no_data(built: Build) -> None:
    for page in ("index.html", "guide.html", "plain.html", "shared/startup.html"):
        assert built.page(page).find(id="rolebook-data") is None


def test_nothing_closes_the_data(tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script><!--"
    role = (
        f"# Role\n\n:::{{job:role}} role\n\nWe write `{evil}` & so on.\n\n:::\n\n"
        ":::{job:section} Work\n:id: work\n\n- Know {{ tool }}. {#a}\n\n:::\n\n"
        f":::{{job:placeholder}} tool\n:help: {evil}\n:default: {evil}\n\n:::\n"
    )
    book = Book(tmp_path, {"role.md": role}, conf=f'rolebook_handbook = "{evil}"')
    build = book.build("-W")
    assert (build.status, build.warnings) == (0, [])
    html = build.text("role.html")
    assert "<script>alert" not in html
    start = html.index('id="rolebook-data">') + len('id="rolebook-data">')
    source = html[start : html.index("</script>", start)]
    assert "<" not in source
    data: dict[str, Any] = json.loads(source)
    assert data["handbook"] == evil
    assert data["template"]["values"] == {"tool": evil}
    assert data["leaves"]["text"][""][1] == ["paragraph", [f"We write {evil} & so on."]]


# Links to the source


def test_edit_links(book: Book, built: Build) -> None:
    for page in PAGES.values():
        lines = built.page(page).select("#template .rb-leaf")
        assert lines
        for line in lines:
            link = line.select_one("a.rb-origin")
            assert isinstance(link, Tag)
            match = re.fullmatch(r"https://example.org/edit/(.+)#L(\d+)", str(link["href"]))
            assert match
            link.decompose()
            source = book.read(match[1]).splitlines()[int(match[2]) - 1]
            # The words up to the first markup or placeholder are in the source as they are.
            plain = re.match(r"[^{*`\[]*", source.lstrip("-123. "))
            assert plain
            if plain[0]:
                assert words(line).startswith(words(plain[0]))


def test_edit_links_name_where_a_line_comes_from(built: Build) -> None:
    staff = built.page("roles/engineer/staff.html")
    names = {
        str(line["id"]): words(link)
        for line in staff.select("#template .rb-leaf[id]")
        if (link := line.select_one("a.rb-origin"))
    }
    assert names["needs-legacy"] == "this page"
    assert names["duties-direction"] == "senior"
    assert names["duties-build"] == "data engineer"


def test_no_edit_links_unless_asked_for(tmp_path: Path) -> None:
    book = Book(tmp_path, handbook())
    assert "rb-origin" not in book.build().text("roles/engineer/senior.html")


# What a build keeps


def test_environment_stays_small(tmp_path: Path) -> None:
    """Nodes, or the catalogue, in the environment would be copied between processes."""
    count = 100
    words_ = " ".join(["word"] * 12)
    sections = "".join(
        f":::{{job:section}} Section {number}\n:id: section-{number}\n\n"
        + "".join(f"- Bullet {bullet}: {words_}. {{#b-{bullet}}}\n" for bullet in range(5))
        + "\n:::\n\n"
        for number in range(8)
    )
    files = {
        f"role-{n}.md": f"# Role {n}\n\n:::{{job:role}} role-{n}\n\nWe seek.\n\n:::\n\n{sections}"
        for n in range(count)
    }
    build = Book(tmp_path, files).build(builder="dummy", jobs=2)
    assert (build.status, build.warnings) == (0, [])
    data = (build.doctrees / "environment.pickle").read_bytes()
    # Measured: 4,600 bytes a role, two thirds of them Sphinx's tables of contents; ours are 500.
    assert len(data) / count < 7_000
    ours = pickle.loads(data).domaindata["job"]
    assert len(pickle.dumps(ours)) / count < 750


@pytest.mark.parametrize("name", ["index", "roles/engineer/senior"])
def test_each_page_leads_to_its_source(built: Build, name: str) -> None:
    links = built.page(f"{name}.html").select(".foot a")
    (link,) = (a for a in links if words(a) == "Edit this page")
    assert link["href"] == EDIT_URL.format(path=f"{name}.md", line=1)
