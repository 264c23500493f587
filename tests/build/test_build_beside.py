"""The extension beside others: docutils' own directive, reStructuredText, other themes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from building import Book, handbook, words

from rolebook.script_data import shapes_json

pytestmark = pytest.mark.xdist_group("build-beside")

# It writes a file of its own without naming the encoding.
QUIET = {"PYTHONWARNINGS": "ignore::EncodingWarning:pydata_sphinx_theme.pygments"}
THEMES = ("alabaster", "basic", "furo", "pydata_sphinx_theme", "rolebook", "sphinx_book_theme")


@pytest.mark.parametrize("theme", THEMES)
def test_themes(tmp_path: Path, theme: str) -> None:
    build = Book(tmp_path, handbook(), theme=theme).build("-n", "-W", env=QUIET)
    assert (build.status, build.warnings) == (0, [])
    page = build.page("roles/engineer/senior.html")
    template = page.select_one("#template")
    assert template is not None
    assert "Decide how {{ company name }} keeps its data." in words(template)
    script = page.select_one('script[src*="rolebook.js"]')
    assert script is not None
    assert script.has_attr("defer")
    assert re.fullmatch(r"\.\./\.\./_static/rolebook\.js\?v=[0-9a-f]{8}", str(script["src"]))
    styles = [str(link["href"]) for link in page.select('link[rel="stylesheet"]')]
    assert [href for href in styles if re.search(r"/rolebook\.css\?v=[0-9a-f]{8}$", href)]
    assert build.text("_static/rolebook.js").startswith("(() => {")
    assert "word/document.xml" in json.loads(build.text("_static/rolebook-word.json"))
    assert build.text("_static/rolebook-shapes.json") == shapes_json()
    if theme == "furo":
        contents = page.select_one(".toc-drawer")
        assert contents is not None
        assert "What we pay" in words(contents)


ROLES = {
    "rst": ("page.rst", "Page\n====\n\n.. role:: loud\n\n:loud:`words`\n", []),
    "eval-rst": (
        "page.md",
        "# Page\n\n```{eval-rst}\n.. role:: loud\n\n:loud:`words`\n```\n",
        [],
    ),
    # It works as ever, and is reported: in Markdown it is nearly always a slip.
    "MyST": (
        "page.md",
        "# Page\n\n```{role} loud\n```\n\n{loud}`words`\n",
        [("page.md", 3, "rolebook.bare-directive")],
    ),
}


@pytest.mark.parametrize(("name", "text", "warned"), ROLES.values(), ids=ROLES.keys())
def test_role_of_docutils(
    tmp_path: Path, name: str, text: str, warned: list[tuple[str, int, str]]
) -> None:
    build = Book(tmp_path, {name: text}).build("-n")
    assert [(w.path, w.line, w.type) for w in build.warnings] == warned
    loud = build.page("page.html").select_one("span.loud")
    assert loud is not None
    assert words(loud) == "words"


def test_role_of_docutils_with_options(tmp_path: Path) -> None:
    text = "Page\n====\n\n.. role:: code-py(code)\n   :language: python\n\n:code-py:`print()`\n"
    build = Book(tmp_path, {"page.rst": text}).build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    assert build.page("page.html").select_one("code.code-py") is not None


def test_lists_in_restructuredtext(tmp_path: Path) -> None:
    text = ":orphan:\n\nLists\n=====\n\n.. job:roles::\n\n"
    text += ".. job:card:: data-engineer\n\n.. job:variants:: data-analyst\n"
    files = {**handbook(), "lists.rst": text}
    build = Book(tmp_path, files).build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    page = build.page("lists.html")
    titles = [words(title) for title in page.select(".rb-card-title")]
    assert titles == ["Data analyst", "Data engineer", "Data engineer"]
    assert "Looks after the data" in words(page)
    (variants,) = page.select("section > .rb-variants")
    assert [words(link) for link in variants.select("a")] == ["Startup"]


def test_colon_fences_are_on_beside_other_extensions(tmp_path: Path) -> None:
    conf = 'myst_enable_extensions = ["deflist"]'
    files = {**handbook(), "more.md": "---\norphan: true\n---\n# More\n\nTerm\n: Meaning\n"}
    build = Book(tmp_path, files, conf=conf).build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    assert build.page("more.html").find("dl") is not None
    assert build.page("roles/analyst.html").select_one("#template") is not None
