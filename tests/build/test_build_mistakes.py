"""A mistake is reported by every build as ``rolebook check`` reports it, and breaks one page."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from building import Book, differences, words

pytestmark = pytest.mark.xdist_group("build-mistakes")

ROLE = """\
# Engineer

:::{job:role} engineer
:family: data

You will build.

:::

:::{job:section} Duties
:id: duties

- Build things. {#build}
- Test them. {#test}

:::
"""
VARIANT = """\
# Senior engineer

:::{job:variant} senior
:extends: engineer
:axis: level

You will lead.

:::

:::{job:patch} duties

- Lead the others. {#lead}

:::
"""
GOOD = ROLE.replace("engineer", "tester").replace("Engineer", "Tester")


@dataclass(frozen=True)
class Case:
    """What is wrong: the codes, and the texts that replace others in the two files."""

    codes: tuple[str, ...]
    role: tuple[str, str] = ("", "")
    variant: tuple[str, str] = ("", "")
    more: str | bytes = b""


CASES = {
    "role twice": Case(("duplicate-id",), more=ROLE),
    "variant twice": Case(("duplicate-id",), more=VARIANT),
    "item twice": Case(("duplicate-id",), role=("{#test}", "{#build}")),
    "id of a role": Case(("malformed-id",), role=("{job:role} engineer", "{job:role} Engi neer")),
    "id of an item": Case(("malformed-id",), role=("{#test}", "{#Test 1}")),
    "unknown parent of a variant": Case(
        ("unknown-parent",), variant=(":extends: engineer", ":extends: enginer")
    ),
    "unknown parent of a role": Case(
        ("unknown-parent",), role=(":family: data", ":extends: nobody")
    ),
    "circle": Case(
        ("cycle",),
        role=(":family: data", ":extends: baker"),
        more="# Baker\n\n:::{job:role} baker\n:extends: engineer\n\nYou will bake.\n\n:::\n",
    ),
    "unknown section": Case(
        ("unknown-section",), variant=("{job:patch} duties", "{job:patch} dutys")
    ),
    "unknown item": Case(
        ("unknown-item",), variant=("{job:patch} duties", "{job:patch} duties\n:remove: bild")
    ),
    "fence not closed": Case(
        ("unclosed-fence",), role=("- Test them. {#test}\n\n:::", "- Test them. {#test}\n")
    ),
    "fence closed twice": Case(
        ("stray-fence",), role=("You will build.\n\n:::", "You will build.\n\n:::\n\n:::")
    ),
    "fence in a fence": Case(
        ("nested-fence",), variant=("You will lead.\n\n:::", "You will lead.\n")
    ),
    "no domain": Case(
        ("bare-directive",), more="# Baker\n\n:::{role} baker\n\nYou will bake.\n\n:::\n"
    ),
    "no domain, backticks": Case(
        ("bare-directive",), more="# Baker\n\n```{role} baker\n```\n\nMore.\n"
    ),
    "unknown option": Case(
        ("unknown-option",), variant=(":axis: level", ":axis: level\n:colour: blue")
    ),
    "unknown block": Case(
        ("unknown-directive",), variant=("{job:patch} duties", "{job:pach} duties")
    ),
    "one choice": Case(("one-choice",), role=("Build things", "Build {{ what: things }}")),
    "choices differ": Case(
        ("choices-differ",),
        role=("Build things", "Build {{ what: things / tools }}"),
        variant=("Lead the others", "Lead {{ what: people / teams }}"),
    ),
    "empty section": Case(
        ("empty-section",), role=("- Build things. {#build}\n- Test them. {#test}\n", "")
    ),
    "not UTF-8": Case(("not-utf8",), more=b"# Baker\n\n:::{job:role} baker\n\nCr\xe8me.\n\n:::\n"),
    "not UTF-8, plain page": Case(("not-utf8",), more=b"# Baker\n\nCr\xe8me, {job:role}.\n"),
    "card of nobody": Case(("unknown-parent",), more="# List\n\n:::{job:card} nobody\n:::\n"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_mistake(tmp_path: Path, case: Case) -> None:
    assert case.role[0] in ROLE
    assert case.variant[0] in VARIANT
    more: dict[str, str | bytes] = {"role.more.md": case.more} if case.more else {}
    book = Book(
        tmp_path,
        {
            "good.md": GOOD,
            "role.md": ROLE.replace(*case.role, 1) if case.role[0] else ROLE,
            "role.senior.md": VARIANT.replace(*case.variant, 1) if case.variant[0] else VARIANT,
            **more,
        },
    )
    expected = book.findings()
    assert {finding.type.removeprefix("rolebook.") for finding in expected} >= set(case.codes)
    for _ in ("first", "second"):
        build = book.build("-W")
        assert build.status == 1
        assert [w for w in build.warnings if w.type.startswith("rolebook.")] == expected
    assert "Build things." in words(build.page("good.html").select_one("#template") or "")
    assert "- Build things." in build.text("downloads/tester.md")
    assert build.page("index.html").find("h1")


def test_without_mistakes(tmp_path: Path) -> None:
    """So that the cases show what they say they do."""
    book = Book(tmp_path, {"good.md": GOOD, "role.md": ROLE, "role.senior.md": VARIANT})
    build = book.build("-n", "-W")
    assert (build.status, build.warnings, book.findings()) == (0, [], [])


def test_mended_mistakes_are_gone(tmp_path: Path) -> None:
    """A page that could not be read at all comes back, and so does the list that has it."""
    book = Book(tmp_path, {"good.md": GOOD, "role.md": ROLE, "senior.md": VARIANT})
    book.build()
    book.write({"role.md": ROLE.encode() + b"\xff"})
    broken = book.build()
    assert {w.type for w in broken.warnings} >= {"rolebook.not-utf8"}
    assert not (broken.out / "role.html").exists()
    assert not (broken.out / "downloads/engineer.md").exists()
    assert "There is a mistake" in broken.text("senior.html")
    book.write({"role.md": ROLE})
    mended = book.build("-W")
    assert (mended.status, mended.warnings) == (0, [])
    clean = book.build(name="clean")
    assert differences(mended.lasting(), clean.lasting()) == []


@pytest.mark.parametrize(
    "pattern", ["x/{file}#L{line}", "x/{path", "x/}{path}", "x/{}", "x/{path!r}", "x/{line:03}"]
)
def test_an_edit_url_that_cannot_be_filled_in(tmp_path: Path, pattern: str) -> None:
    book = Book(tmp_path, {"engineer.md": ROLE}, conf=f"rolebook_edit_url = {pattern!r}")
    # Sphinx itself puts the last step of the way there beside what is wrong.
    build = subprocess.run(
        [sys.executable, "-m", "sphinx", "-N", str(book.source), str(tmp_path / "out")],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert build.returncode == 2
    assert build.stderr.startswith("\nConfiguration error!\n")
    assert f"ConfigError: rolebook_edit_url cannot be filled in: '{pattern}'." in build.stderr
    assert "It can hold {path}, the file below the handbook's folder, and {line};" in build.stderr


def test_mistakes_can_be_silenced(tmp_path: Path) -> None:
    files = {"good.md": GOOD, "role.md": ROLE.replace("{#test}", "{#build}")}
    book = Book(tmp_path, files, conf='suppress_warnings = ["rolebook.duplicate-id"]')
    assert book.build("-W").status == 0


def test_findings_end_in_the_address_of_their_page(tmp_path: Path) -> None:
    files = {
        "good.md": GOOD,
        "role.md": ROLE.replace("{#test}", "{#build}"),
        "page.rst": "Role\n====\n\n.. job:role:: engineer\n",
    }
    conf = 'rolebook_manual_url = "https://example.org/manual"'
    build = Book(tmp_path, files, conf=conf).build()
    assert [(w.type, w.text.split()[-1]) for w in build.warnings] == [
        (f"rolebook.{code}", f"https://example.org/manual/findings/{code}.html")
        for code in ("misplaced-block", "duplicate-id")
    ]


def test_blocks_in_restructuredtext_are_refused(tmp_path: Path) -> None:
    text = "Role\n====\n\n.. job:role:: engineer\n\n.. job:card:: nobody\n"
    build = Book(tmp_path, {"page.rst": text}).build("-W")
    assert build.status == 1
    assert [(w.path, w.line, w.type) for w in build.warnings] == [
        ("page.rst", 4, "rolebook.misplaced-block"),
        ("page.rst", 6, "rolebook.unknown-parent"),
    ]
