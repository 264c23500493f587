"""The data of a handbook for other programs: complete, valid, and new only where something is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from building import Book, Build, handbook, rewritten
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.xdist_group("build-api")

KIT = """# Interview kit: engineer

:::{job:interview} data-engineer

:::

:::{job:competency} Care
:id: care

Looks twice.

:::

:::{job:stage} Talk
:id: talk
:minutes: 60
:with: two people

- **Candidate:** We talk.

:::

:::{job:question} What went wrong?
:id: wrong
:competency: care
:stage: talk
:kind: behavioural
:minutes: 10
:level: senior

- **Probe:** And then?
- **Weak:** Nothing.
- **Fair:** A case.
- **Strong:** A case and its cause.

:::

:::{job:sample} A small task
:id: task
:competency: care
:stage: talk

- **Brief:** You get a page.
- **Criterion:** Reading
- **Weak:** None.
- **Fair:** Once.
- **Strong:** Twice.
- **AI use:** As you like.
- **Adjustments:** More time.

:::
"""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    conf = 'rolebook_licence = "CC0 1.0"\nrolebook_licence_url = "https://example.org/cc0"'
    return Book(tmp_path, {**handbook(), "roles/engineer/interview.md": KIT}, conf=conf)


def api(build: Build, name: str) -> dict[str, Any]:
    return dict(json.loads(build.text(f"api/v1/{name}")))


def test_each_file_is_as_its_schema_says(book: Book) -> None:
    build = book.build()
    schema = api(build, "schema.json")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    names = ["index.json", *(role["data"] for role in api(build, "index.json")["roles"])]
    assert len(names) > 2
    for name in names:
        data = api(build, name)
        validator.validate(data)
        # A reader of version 1 can rely on all of it.
        assert not validator.is_valid({**data, "surprise": 1})
        assert not validator.is_valid({**data, "version": 2})


def test_the_index_leads_to_every_role_and_page(book: Book) -> None:
    build = book.build()
    index = api(build, "index.json")
    assert index["licence"] == {"name": "CC0 1.0", "url": "https://example.org/cc0"}
    files = sorted(path.name for path in (build.out / "api/v1/roles").iterdir())
    assert files == sorted(f"{role['id']}.json" for role in index["roles"])
    for role in index["roles"]:
        for page in (role["page"], *(variant["page"] for variant in role["variants"])):
            assert (build.out / page).is_file(), page


def test_a_role_holds_its_templates_questions_and_kit(book: Book) -> None:
    role = api(book.build(), "roles/data-engineer.json")
    variants = [template["variants"] for template in role["templates"]]
    assert variants == [{}, {"level": "senior"}, {"level": "staff"}]
    assert [question["question"] for question in role["questions"]] == ["Is a degree needed?"]
    kit = role["interview"]
    assert [stage["with"] for stage in kit["stages"]] == ["two people"]
    (question,) = kit["questions"]
    assert (question["for"], question["minutes"]) == ({"level": ["senior"]}, 10)
    assert question["answers"]["strong"] == "A case and its cause."
    (sample,) = kit["samples"]
    assert (sample["minutes"], sample["pay"]) == (None, None)


def test_only_the_data_of_what_changed_are_written(book: Book) -> None:
    first = book.build().stamps()
    second = book.build().stamps()
    assert [name for name in rewritten(first, second) if name.startswith("api/")] == []
    book.edit("roles/engineer/interview.md", "What went wrong?", "What went well?")
    third = book.build().stamps()
    changed = sorted(name for name in rewritten(second, third) if name.startswith("api/"))
    # The analyst inherits the engineer's kit.
    assert changed == [f"api/v1/roles/data-{role}.json" for role in ("analyst", "engineer")]
    book.remove("roles/engineer/interview.md")
    assert api(book.build(), "roles/data-engineer.json")["interview"] is None


def test_a_role_that_is_gone_leaves_no_data(book: Book) -> None:
    book.build()
    book.remove("roles/analyst.md")
    build = book.build()
    assert not (build.out / "api/v1/roles/data-analyst.json").exists()
    assert "data-analyst" not in [role["id"] for role in api(build, "index.json")["roles"]]


def test_other_builders_write_none(book: Book) -> None:
    assert not (book.build(builder="text").out / "api").exists()
