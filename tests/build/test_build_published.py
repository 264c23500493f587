"""The handbook as it is published: addresses that stay, and what needs the site's address."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag
from building import LASTING
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.xdist_group("build-published")

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
DOCS = ROOT / "docs"
PUBLISHED = Path(__file__).with_name("published.txt")
MOVED = "former/place.html"
"""An address of which the builds here are told that its page has moved, to the list of roles."""
ADDRESS = "https://handbook.example.org/hiring/"
REPOSITORY = "https://git.example.org/owner/handbook"
EDITED = re.compile(rf"{REPOSITORY}/edit/main/(?P<path>[\w./-]+)#L(?P<line>\d+)")


def build(out: Path, address: str, repository: str = "", source: Path = CONTENT) -> Path:
    environment = {
        **os.environ,
        "ROLEBOOK_SITE_URL": address,
        "ROLEBOOK_REPOSITORY_URL": repository,
    }
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-E"]
    subprocess.run(
        [
            *command,
            *LASTING,
            *("-D", f"redirects.{MOVED.removesuffix('.html')}=../roles/index.html"),
            *("-d", str(out.with_name("doctrees")), str(source), str(out)),
        ],
        check=True,
        env=environment,
    )
    return out


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook, with the manual below it."""
    folder = tmp_path_factory.mktemp("published")
    site = build(folder / "site", ADDRESS, REPOSITORY)
    manual = build(folder / "manual" / "site", ADDRESS, REPOSITORY, DOCS)
    shutil.copytree(manual, site / "manual")
    return site


def pages(site: Path) -> set[str]:
    """The handbook's pages, but those that only lead on."""
    found = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    return {name for name in found if not name.startswith("manual/")} - {MOVED}


def head(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def test_no_published_address_disappears(site: Path) -> None:
    """Add new addresses to the list; a page that moves leaves a redirect at its old one."""
    listed = PUBLISHED.read_text(encoding="utf-8").splitlines()
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert [name for name in listed if name not in files] == []
    public = re.compile(r"(?!_|downloads/|manual/_).*\.html|api/.*")
    lasting = {name for name in files if public.fullmatch(name)} - {MOVED, f"manual/{MOVED}"}
    assert sorted(lasting - set(listed)) == [], "not in tests/build/published.txt yet"
    assert listed == sorted(set(listed))


@pytest.mark.parametrize("folder", ["", "manual/"])
def test_a_page_that_has_moved_leads_on(site: Path, folder: str) -> None:
    page = head(site / folder / MOVED)
    (refresh,) = page.select('meta[http-equiv="refresh"]')
    (link,) = page.select("body a")
    assert refresh["content"] == f"0; url={link['href']}"
    assert link["href"] == "../roles/index.html"
    # The policy on content would stop an inline script, and leave an empty page.
    assert not page.select("script, style, [style]")


def test_the_site_map_names_every_page_and_no_file(site: Path) -> None:
    names = {"sm": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    found = {element.text or "" for element in root.iterfind("sm:url/sm:loc", names)}
    own = {name for name in pages(site) if not name.startswith(("downloads/", "_"))}
    assert found == {ADDRESS + name for name in own - {"404.html", "search.html"}}


ABOUT = {
    "index.html": "Job descriptions for machine learning and the roles around it, free to use:"
    " choose a role and a level, fill in your details, and post the text as your own.",
    "roles/data-engineer/senior.html": "Answers for how data is brought in, kept and shared, and"
    " for the rules that other teams follow. Use it when nobody else would set that direction.",
    "pay/mlops-engineer.html": "No official statistics know this title, and the survey has few"
    " answers under it.",
    "glossary.html": "Words of hiring and of machine learning as this handbook uses them. Other"
    " people may draw the lines elsewhere, so a posting should say what it means rather than rely"
    " on a word\u2026",
}


@pytest.mark.parametrize(("name", "about"), ABOUT.items())
def test_a_page_tells_its_address_and_its_preview(site: Path, name: str, about: str) -> None:
    page = head(site / name)
    canonical = page.find("link", rel="canonical")
    assert isinstance(canonical, Tag)
    assert canonical["href"] == ADDRESS + name
    told = {str(m["property"]): str(m["content"]) for m in page.find_all("meta", property=True)}
    assert told["og:url"] == ADDRESS + name
    assert told["og:description"] == told["og:image:alt"] == about
    (description,) = page.select('meta[name="description"]')
    assert description["content"] == about
    image = site / told["og:image"].removeprefix(ADDRESS)
    assert image.read_bytes().startswith(b"\x89PNG")


def test_a_page_tells_the_way_down_to_it(site: Path) -> None:
    page = head(site / "roles/data-engineer/senior.html")
    told = [json.loads(s.string or "") for s in page.find_all("script", type="application/ld+json")]
    (crumbs,) = (data for data in told if data["@type"] == "BreadcrumbList")
    entries = [(e["position"], e["name"], e["item"]) for e in crumbs["itemListElement"]]
    shown = [a.get_text() for a in page.select(".crumbs a")]
    assert [name for _, name, _ in entries] == shown
    assert entries[0] == (1, shown[0], f"{ADDRESS}index.html")
    assert entries[-1][2] == f"{ADDRESS}roles/data-engineer/senior.html"


def test_each_page_is_there_as_markdown(site: Path) -> None:
    listed = re.findall(r"^- \[.+?\]\((\S+?)\)", (site / "llms.txt").read_text("utf-8"), re.M)
    own = {name for name in pages(site) if not name.startswith(("downloads/", "_"))}
    made = {name.removesuffix("html") + "md" for name in own - {"404.html", "search.html"}}
    assert set(listed) == made
    senior = (site / "roles/data-engineer/senior.md").read_text("utf-8")
    assert senior.startswith("# Senior data engineer\n")
    assert "{{ company name }} {{ company purpose }}" in senior
    links = re.findall(r"\]\(([^)#:\s]+\.md)", senior)
    assert "../../variants/industries/healthcare.md" in links
    assert [x for x in links if not (site / "roles/data-engineer" / x).resolve().is_file()] == []


def test_the_data_for_other_programs_are_as_their_schema_says(site: Path) -> None:
    schema = json.loads((site / "api/v1/schema.json").read_text("utf-8"))
    files = {*site.glob("api/v1/**/*.json")} - {site / "api/v1/schema.json"}
    assert len(files) == 1 + len([*CONTENT.glob("roles/*/index.md")])
    for file in files:
        Draft202012Validator(schema).validate(json.loads(file.read_text("utf-8")))


def test_what_changed_can_be_followed(site: Path) -> None:
    feed = ElementTree.parse(site / "changes.atom").getroot()
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == len(head(site / "changes.html").select("main section section"))


def test_the_manual_is_published_below_the_handbook(site: Path) -> None:
    manual = site / "manual"
    page = head(manual / "notation.html")
    styles = [str(link["href"]).partition("?")[0] for link in page.select('link[rel="stylesheet"]')]
    own = {f"_static/{path.name}" for path in (DOCS / "_static").glob("*.css")}
    assert own
    assert own <= {*styles}
    (canonical,) = page.select('link[rel="canonical"]')
    assert canonical["href"] == f"{ADDRESS}manual/notation.html"
    assert f"{ADDRESS}manual/notation.html" in (manual / "sitemap.xml").read_text("utf-8")
    assert "](notation.md)" in (manual / "llms.txt").read_text("utf-8")
    # Files keep their names in pages as Markdown, and these hold no HTML.
    assert "\nconf.py\n\n```python\n" in (manual / "tutorial.md").read_text("utf-8")
    assert "<div" not in (manual / "notation.md").read_text("utf-8")


def test_the_page_for_lost_readers_works_from_any_address(site: Path) -> None:
    page = head(site / "404.html")
    addresses = [str(a["href"]) for a in page.find_all("a", href=True)]
    addresses += [str(link["href"]) for link in page.find_all("link", href=True)]
    addresses += [str(script["src"]) for script in page.find_all("script", src=True)]
    inside = [a for a in addresses if "://" not in a and not a.startswith("#")]
    assert inside
    assert [a for a in inside if not a.startswith("/hiring/")] == []


def source_lines(link: Tag) -> tuple[str, list[str], int]:
    """The file that a link edits, its lines, and the number of the line that it opens at."""
    match = EDITED.fullmatch(str(link["href"]))
    assert match, link
    lines = (ROOT / match["path"]).read_text(encoding="utf-8").splitlines()
    return match["path"], lines, int(match["line"])


def page_link(page: BeautifulSoup) -> Tag:
    (link,) = (a for a in page.select(".foot a") if a.get_text() == "Edit this page")
    return link


def test_every_page_leads_to_its_own_file(site: Path) -> None:
    sources = sorted(CONTENT.rglob("*.md"))
    assert len(sources) > 100
    for source in sources:
        name = source.relative_to(CONTENT).with_suffix(".html")
        path, _, line = source_lines(page_link(head(site / name)))
        assert (ROOT / path, line) == (source, 1)


def test_every_page_of_the_manual_leads_to_its_own_file(site: Path) -> None:
    for source in sorted(DOCS.rglob("*.md")):
        name = source.relative_to(DOCS).with_suffix(".html")
        path, _, line = source_lines(page_link(head(site / "manual" / name)))
        assert (ROOT / path, line) == (source, 1)


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("roles/machine-learning-engineer/index.html", {"index.md"}),
        ("roles/machine-learning-engineer/senior.html", {"index.md", "senior.md"}),
        ("roles/data-engineer/junior.html", {"index.md", "junior.md"}),
        ("roles/any-role/index.html", {"index.md"}),
    ],
)
def test_every_line_leads_to_where_it_is_written(site: Path, name: str, files: set[str]) -> None:
    found = set()
    leaves = head(site / name).select("#template .rb-leaf")
    assert len(leaves) > 20
    for leaf in leaves:
        link = leaf.select_one("a.rb-origin")
        assert link is not None
        path, lines, number = source_lines(link)
        found.add(Path(path).name)
        link.decompose()
        # The words up to the first markup or placeholder are in the source as they are.
        plain = re.match(r"[^{*`\[]*", re.sub(r"^(?:[-*]|\d+\.) +", "", lines[number - 1]))
        assert plain
        said = " ".join(leaf.get_text().split())
        assert said.startswith(" ".join(plain[0].split())), f"{path}:{number}"
    assert found == files


def test_what_needs_the_address_is_left_out_without_it(tmp_path: Path) -> None:
    site = build(tmp_path / "site", "")
    assert not (site / "sitemap.xml").exists()
    assert not (site / "changes.atom").exists()
    assert not (site / "llms.txt").exists()
    page = head(site / "index.html")
    assert page.find("link", rel="canonical") is None
    assert page.find("meta", property="og:url") is None
    assert "BreadcrumbList" not in (site / "roles/index.html").read_text(encoding="utf-8")
    assert "Edit this page" not in page.get_text()
