"""Pages of interview kits that lack much, or are for variants of unusual axes, are built too."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Book, Build, words

pytestmark = pytest.mark.xdist_group("build-kit-sparse")

QUESTION = """
:::{{job:question}} What do you know about {what}?
:id: {what}
:competency: code
:stage: talk
:kind: technical
:minutes: 10
:assesses: {what}

- **Probe:** How?
- **Weak:** Little.
- **Fair:** Some.
- **Strong:** All.

:::
"""
FILES = {
    "engineer.md": """# Engineer

:::{job:role} engineer

:::

:::{job:section} Must have
:id: requirements
:kind: requirements

- Python. {#python}

:::
""",
    "clerk.md": "# Clerk\n\n:::{job:role} clerk\n\n:::\n",
    "kit-clerk.md": "# Kit of a clerk\n\n:::{job:interview} clerk\n\n:::\n",
    "kit.md": """# Kit

:::{job:interview} engineer

:::

:::{job:competency} Code
:id: code

Writes it.

:::

:::{job:stage} Talk
:id: talk
:minutes: 30
:with: an engineer

- **Candidate:** You come.

:::
"""
    + QUESTION.format(what="python"),
}
for axis, id_ in (("specialisation", "text"), ("industry", "money")):
    FILES[f"{id_}.md"] = f"""# {id_.capitalize()}

:::{{job:variant}} {id_}
:extends: engineer
:axis: {axis}

:::

:::{{job:patch}} requirements

- Knows {id_}. {{#{id_}}}

:::
"""
    page = f"# Kit for {id_}\n\n:::{{job:interview}} engineer/{id_}\n\n:::\n"
    FILES[f"kit-{id_}.md"] = page + QUESTION.format(what=id_)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return Book(tmp_path_factory.mktemp("sparse"), FILES).build()


def test_it_builds_without_warnings(built: Build) -> None:
    assert (built.status, built.warnings) == (0, [])


def test_a_kit_without_parts_has_a_page_and_files(built: Build) -> None:
    page = built.page("kit-clerk.html")
    assert not page.select(".rb-loop, .rb-must-haves, .rb-coverage")
    assert "downloads/interview/clerk/any-kit.html" in built.files()


@pytest.mark.parametrize("id_", ["text", "money"])
def test_a_page_for_a_variant_tells_its_must_haves_without_levels(built: Build, id_: str) -> None:
    rows = built.page(f"kit-{id_}.html").select(".rb-must-haves tbody tr")
    assert [words(row) for row in rows] == [f"Knows {id_}. What do you know about {id_}?"]
    assert f"downloads/interview/engineer/{id_}-kit.html" in built.files()


@pytest.mark.parametrize("builder", ["text", "latex", "man", "gettext"])
def test_other_builders_take_them(tmp_path: Path, builder: str) -> None:
    build = Book(tmp_path, FILES).build(builder=builder)
    assert (build.status, build.warnings) == (0, [])
