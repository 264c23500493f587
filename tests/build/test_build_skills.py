"""Lists of skills and the list of all roles: what they show, also when the handbook changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import Tag
from building import Book, Build, differences, handbook, words

pytestmark = pytest.mark.xdist_group("build-skills")

SKILLS = """# Skills

:::{job:skills} Languages

- Python
- SQL

:::

:::{job:skills} Tools

- Airflow
- FHIR

:::
"""
ROLES = "# All roles\n\n:::{job:role-index}\n:::\n"
HEALTH = """# Healthcare

:::{job:variant} health
:applies-to: all
:axis: industry

:::

:::{job:section} Extras
:kind: nice-to-have

- FHIR.

:::
"""
ENGINEER = "roles/engineer/index.md"
SENIOR = "roles/engineer/senior.md"
PATCH = """
:::{job:patch} needs
:remove: python

- You run Airflow. {#airflow}

:::
"""


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    files = handbook()
    files |= {"skills.md": SKILLS, "all.md": ROLES, "shared/health.md": HEALTH}
    files["index.md"] += "\n```{toctree}\nskills\nall\nshared/health\n```\n"
    files[SENIOR] += PATCH
    return files


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, files: dict[str, str]) -> Build:
    build = Book(tmp_path_factory.mktemp("book"), files).build("-n", "-W")
    assert build.status == 0, build.stderr
    return build


def asked(build: Build, skill: str) -> dict[str, list[str]]:
    """What a list says of a skill: the lines under each way to ask for it."""
    term = build.page("skills.html").find(id=f"skill-{skill}")
    assert isinstance(term, Tag)
    entry = term.find_next_sibling("dd")
    assert isinstance(entry, Tag)
    return {
        words(head): [words(line) for line in head.find_next_sibling("ul").select("li")]  # type: ignore[union-attr]
        for head in entry.select(".rb-demand")
    }


def facts(build: Build, role: str) -> dict[str, str]:
    """What the list of all roles says of one: its lines by their names."""
    (entry,) = (
        item
        for item in build.page("all.html").select(".rb-role-index > ul > li")
        if words(item.select(".rb-entry-title")[0]) == role
    )
    lines = [item.get_text(" ", strip=True) for item in entry.select(".rb-entry-facts > ul > li")]
    return {line.split()[0]: words(line.partition(" ")[2]).replace(" ,", ",") for line in lines}


def test_levels_have_their_place_among_those_of_all_roles(tmp_path: Path) -> None:
    levels = {"engineer": ("junior", "senior"), "writer": ("mid", "senior", "junior")}
    orders = {"junior": 1, "mid": 2, "senior": 3}
    files = {"all.md": ROLES}
    for role, ids in levels.items():
        files[f"{role}.md"] = f"# {role.title()}\n\n:::{{job:role}} {role}\n:::\n"
        for id_ in ids:
            files[f"{role}-{id_}.md"] = (
                f"# {id_.title()} {role}\n\n:::{{job:variant}} {id_}\n:axis: level\n"
                f":extends: {role}\n:title: {id_.title()} {{title}}\n:order: {orders[id_]}\n:::\n"
            )
    build = Book(tmp_path, files).build()
    assert build.status == 0, build.stderr
    lines = build.page("all.html").select(".rb-facet-level")
    ranks = [{words(each): each["class"] for each in line.select("a > span")} for line in lines]
    junior, mid, senior = (["rb-rank-0"], ["rb-rank-1"], ["rb-rank-2"])
    assert ranks == [
        {"Junior": junior, "Senior": senior},
        {"Junior": junior, "Mid": mid, "Senior": senior},
    ]


def test_a_skill_names_the_templates_that_ask_for_it(built: Build) -> None:
    # The analyst takes over what the engineer has to bring, the staff engineer what the senior has.
    assert asked(built, "python") == {"Must have": ["Data analyst", "Data engineer: any level"]}
    every = "Data engineer, at every level"
    assert asked(built, "sql") == {"Must have": ["Data analyst", every]}
    assert asked(built, "airflow") == {"Must have": ["Data engineer: Senior, Staff"]}
    assert asked(built, "fhir") == {"Nice to have": ["Healthcare, with any role"]}


def test_its_entries_lead_to_these_templates(built: Build) -> None:
    page = built.page("skills.html")
    links = {words(a): str(a["href"]) for a in page.select(".rb-skill-list a.internal")}
    assert links["any level"] == "roles/engineer/index.html"
    assert links["Senior"] == "roles/engineer/senior.html"
    assert links["Healthcare"] == "shared/health.html"


def test_a_role_leads_to_its_skills(built: Build) -> None:
    for page in ("roles/engineer/index.html", "roles/engineer/senior.html"):
        links = built.page(page).select(".rb-facts a[href*=skill-]")
        assert [(words(a), a["href"]) for a in links] == [
            ("python", "../../skills.html#skill-python"),
            ("sql", "../../skills.html#skill-sql"),
        ]


def test_the_list_of_roles_has_all_that_they_are_chosen_by(built: Build) -> None:
    assert facts(built, "Data engineer") == {
        "Family": "Data",
        "Level": "Senior, Staff",
        "Industry": "Healthcare",
        "Skills": "python, sql",
    }
    page = built.page("all.html")
    lines = [words(line) for line in page.select(".rb-facet-skill")]
    assert lines == ["Python, SQL", "Python, SQL, Airflow"]
    assert {str(a["href"]) for a in page.select(".rb-role-index a")} >= {
        "roles/engineer/staff.html",
        "roles/analyst.html",
        "shared/health.html",
        "skills.html#skill-airflow",
    }


def test_only_such_pages_load_what_they_need(built: Build) -> None:
    def loaded(page: str) -> set[str]:
        return {
            name
            for name in ("rolebook-browse.css", "rolebook-browse.js")
            if f"_static/{name}" in built.text(page)
        }

    assert loaded("all.html") == {"rolebook-browse.css", "rolebook-browse.js"}
    assert loaded("skills.html") == {"rolebook-browse.css"}
    assert loaded("index.html") == loaded("roles/analyst.html") == set()


def test_other_builders_have_the_same_lists(tmp_path: Path, files: dict[str, str]) -> None:
    book = Book(tmp_path, files)
    text = book.build("-n", "-W", builder="text")
    assert text.status == 0, text.stderr
    assert "Data engineer, at every level" in text.text("skills.txt")
    assert "All 3 skills that its templates ask for:" in text.text("all.txt")
    latex = book.build("-n", "-W", builder="latex")
    assert latex.status == 0, latex.stderr


def test_references_lead_to_a_skill(tmp_path: Path, files: dict[str, str]) -> None:
    files = files | {
        "note.md": "# Note\n\n{job:skill}`sql`, {job:skill}`cobol`.\n\n[Words](#skill-fhir)\n"
    }
    files["index.md"] += "\n```{toctree}\nnote\n```\n"
    build = Book(tmp_path, files).build()
    (link,) = build.page("note.html").select("a[href='skills.html#skill-sql']")
    assert words(link) == "SQL"
    assert "no list has a skill 'cobol'" in build.warnings[0].text


def test_what_changes_elsewhere_is_right_in_the_lists(
    tmp_path: Path, files: dict[str, str]
) -> None:
    book = Book(tmp_path, files)
    book.build()
    # A level asks for something else; a role gets another name and family; a level comes.
    book.edit(SENIOR, "You run Airflow.", "You run Airflow with SQL and Python.")
    book.edit(ENGINEER, "# Data engineer", "# Data builder")
    book.edit(ENGINEER, ":family: data", ":family: builders")
    book.write(
        {
            "roles/engineer/junior.md": "# Junior data builder\n\n:::{job:variant} junior\n"
            ":extends: data-engineer\n:axis: level\n\n:::\n"
        }
    )
    last = book.build()
    assert asked(last, "python") == {
        "Must have": ["Data builder, at every level", "Data analyst"],
    }
    assert facts(last, "Data builder")["Family"] == "Builders"
    assert "Junior" in facts(last, "Data builder")["Level"]
    # The words of a skill change, and so does what a role's page leads to.
    book.edit("skills.md", "- SQL", "- Databases: databases, sql")
    last = book.build()
    assert asked(last, "databases")["Must have"][0] == "Data builder, at every level"
    (link,) = last.page("roles/analyst.html").select(".rb-facts a[href*=skill-]")
    assert link["href"] == "../skills.html#skill-databases"
    # A list goes.
    book.edit("index.md", "\nskills\n", "\n")
    book.remove("skills.md")
    last = book.build()
    assert last.page("roles/analyst.html").select(".rb-facts a[href*=skill-]") == []
    assert "python, sql" in facts(last, "Data builder")["Skill"]
    clean = book.build(name="clean")
    # Sphinx leaves an ordinary page where it was.
    assert differences(clean.lasting(), last.lasting()) == ["skills.html"]


def test_a_mistake_in_a_list_breaks_no_page(tmp_path: Path, files: dict[str, str]) -> None:
    files = files | {"skills.md": SKILLS + "\n:::{job:skills}\n\n- Excel:\n\n:::\n"}
    files |= {"listed.rst": "Listed\n======\n\n.. job:skills:: Tools\n\n   - Python\n"}
    files["index.md"] += "\n```{toctree}\nlisted\n```\n"
    book = Book(tmp_path, files)
    build = book.build()
    assert "Airflow" in words(build.page("skills.html"))
    in_rst = [warned for warned in build.warnings if warned.path == "listed.rst"]
    assert [warned.type for warned in in_rst] == ["rolebook.misplaced-block"]
    assert sorted(set(build.warnings) - set(in_rst)) == book.findings()
