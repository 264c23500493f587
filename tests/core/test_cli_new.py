"""``rolebook new``: what it makes has no finding, and overwrites nothing."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from core_kits import competency, page, question, role, stage
from lasting import lasting_findings

from rolebook.catalog import load
from rolebook.check import check
from rolebook.cli import main
from rolebook.interview.model import Grade
from rolebook.model import Axis

CONTENT = Path(__file__).parents[2] / "content"


def new(line: str) -> Result:
    return CliRunner().invoke(main, ["new", *shlex.split(line)])


def texts() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a handbook with a first page."""
    monkeypatch.chdir(tmp_path)
    Path("conf.py").touch()
    Path("index.md").write_text("# Handbook\n\n```{toctree}\n```\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def kit(empty: Path) -> Path:
    """A handbook with a role and its interview kit, whose page goes on behind its blocks."""
    place = ":::{job:section} The place\n:id: place\n\n- A desk. {#desk}\n\n:::\n"
    text = f"{role('engineer', 'python')}\n{place}"
    (empty / "engineer.md").write_text(text, encoding="utf-8")
    blocks = [competency("code"), stage("talk", 60), question("build", assesses="python")]
    text = page("engineer", *blocks) + "\n## More\n\nText.\n"
    (empty / "interview.md").write_bytes(text.replace("\n", "\r\n").encode())
    return empty


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the published handbook."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(CONTENT, "content")
    return tmp_path / "content"


def test_a_handbook_from_nothing(empty: Path) -> None:
    made = {
        "role data-analyst --family data": "roles/data-analyst/index.md",
        "role bi-analyst --extends data-analyst --title 'BI analyst'": "roles/bi-analyst/index.md",
        "variant senior --axis level --role data-analyst": "roles/data-analyst/senior.md",
        "variant head --axis level --role data-analyst/senior": "roles/data-analyst/head.md",
        "variant remote --axis arrangement --for all": "variants/remote.md",
        "variant bank --axis industry --for data": "variants/bank.md",
        "variant us-co --axis jurisdiction --for all": "variants/us-co.md",
    }
    for line, file in made.items():
        result = new(line)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith(f"Made {file}. Next:\n")
        assert "Write" in Path(file).read_text(encoding="utf-8")
    catalog = load(empty)
    assert check(catalog) == ()
    assert catalog.roles["data-analyst"].heading == "Data analyst"
    assert catalog.roles["bi-analyst"].heading == "BI analyst"
    assert catalog.variants["data-analyst/senior"].heading == "Senior data analyst"
    assert catalog.variants["remote"].axis is Axis.ARRANGEMENT
    assert catalog.variants["bank"].applies_to == ("data",)


@pytest.mark.parametrize("extends", ["any-role", "data-engineer", "machine-learning-engineer"])
def test_a_role_of_the_published_handbook(shipped: Path, extends: str) -> None:
    result = new(f"role data-steward --extends {extends}")
    assert result.exit_code == 0, result.output
    assert "- Add a line to the toctree of content/roles/index.md: data-steward/index\n" in (
        result.stdout
    )
    assert lasting_findings(load(shipped)) == ()


@pytest.mark.parametrize("axis", [axis for axis in Axis if axis is not Axis.LEVEL])
def test_a_variant_for_all_of_the_published_handbook(shipped: Path, axis: Axis) -> None:
    result = new(f"variant another --axis {axis} --for all")
    assert result.exit_code == 0, result.output
    assert lasting_findings(load(shipped)) == ()


def test_what_a_kit_does_not_have_for_a_new_level(shipped: Path) -> None:
    """Only a person can write the questions: the command tells which are missing."""
    result = new("variant principal --axis level --role data-engineer")
    assert result.exit_code == 0, result.output
    found = lasting_findings(load(shipped))
    assert {finding.id for finding in found} == {"unassessed-requirement"}
    for finding in found:
        assert f"{finding.text} [unassessed-requirement]" in result.stdout


# Where a page is to be named


@pytest.mark.parametrize(
    ("page", "entries", "is_named"),
    [
        ("index.md", ":glob:\n\nroles/*/index", True),
        ("index.md", ":glob:\n\nroles/**", True),
        ("index.md", ":glob:\n\nroles/analyst/inde?", True),
        ("index.md", ":glob:\n\nroles/*", False),
        ("index.md", ":glob:\n\n*", False),
        ("index.md", "roles/*/index", False),
        ("index.md", "roles/analyst/index.md", True),
        ("index.md", "/roles/analyst/index", True),
        ("index.md", "The analyst <roles/analyst/index>", True),
        ("index.md", "index", False),
        ("index.md", "analyst/index", False),
        ("roles/index.md", "analyst/index", True),
        ("roles/index.md", "/roles/analyst/index", True),
        ("roles/index.md", "../roles/analyst/index", True),
        ("roles/index.md", "The analyst </roles/analyst/index.md>", True),
        ("roles/index.md", "/analyst/index", False),
        ("roles/index.md", ":glob:\n\n*/index", True),
    ],
)
def test_what_a_toctree_names_already(empty: Path, page: str, entries: str, is_named: bool) -> None:
    (empty / "roles").mkdir()
    tree = f"# Pages\n\n```{{toctree}}\n{entries}\n```\n"
    (empty / page).write_text(tree, encoding="utf-8")
    told = new("role analyst").stdout
    assert told.startswith("Made roles/analyst/index.md.")
    assert (f"toctree of {page}: " in told) is not is_named


def test_a_page_without_a_toctree(empty: Path) -> None:
    new("role analyst")
    assert (
        "- Add at the end of roles/analyst/index.md:\n\n"
        "  ```{toctree}\n  :hidden:\n\n  senior\n  ```\n"
    ) in new("variant senior --axis level --role analyst").stdout


def test_a_variant_stands_beside_its_role(kit: Path) -> None:
    result = new("variant junior --axis company --role engineer")
    assert result.stdout.startswith("Made engineer-junior.md.")
    assert new("variant x --axis industry --role engineer --file x.md").exit_code == 0
    assert (kit / "x.md").is_file()


# Questions


@pytest.mark.parametrize("more", ["", "--assesses python --kind technical --text 'Why?'"])
def test_a_question_goes_behind_the_last_one(kit: Path, more: str) -> None:
    before = (kit / "interview.md").read_bytes()
    result = new(f"question drift --role engineer --competency code --stage talk {more}")
    assert (result.exit_code, result.stderr) == (0, "")
    catalog = load(kit)
    assert check(catalog) == ()
    build, drift = catalog.interviews["engineer"].questions
    assert (build.id, drift.id, len(drift.answers)) == ("build", "drift", len(Grade))
    assert result.stdout.startswith(f"Added to interview.md, line {drift.origin.line}. Next:\n")
    assert drift.assesses == (("python",) if more else ())
    after = (kit / "interview.md").read_bytes()
    assert b"\n" not in after.replace(b"\r\n", b"")
    head, tail = before.split(b"\r\n## More")
    assert after.startswith(head)
    assert after.endswith(b"\r\n## More" + tail)


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\f", "\v", "\x1c", "\r"])
def test_a_question_goes_behind_lines_with_a_rare_sign(kit: Path, sign: str) -> None:
    page = kit / "interview.md"
    head, tail = page.read_bytes().decode().split("\r\n## More")
    page.write_bytes(head.replace("# ", f"# {sign} ", 1).encode() + b"\r\n## More" + tail.encode())
    assert new("question drift --role engineer --competency code --stage talk").exit_code == 0
    assert page.read_bytes().startswith(head.replace("# ", f"# {sign} ", 1).encode())
    assert [each.id for each in load(kit).interviews["engineer"].questions] == ["build", "drift"]


def test_a_question_that_is_printed(kit: Path) -> None:
    before = texts()
    line = "question drift --role engineer --competency code --stage talk"
    printed = new(f"{line} --print").stdout
    assert texts() == before
    new(line)
    assert printed.replace("\n", "\r\n").encode() in (kit / "interview.md").read_bytes()


def test_a_question_in_the_published_handbook(shipped: Path) -> None:
    result = new("question drift --role data-engineer --competency trust --stage work")
    assert result.exit_code == 0, result.output
    assert lasting_findings(load(shipped)) == ()


# Wrong use

ASKED = "question drift --role engineer"
LONG = "x" * 300


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("role Data_Analyst", "'Data_Analyst' is not an id: it takes a-z, 0-9 and '-', beginning"),
        ("role Data_Analyst", "Write 'data-analyst'."),
        ("role 7", "Choose a short English name."),
        ("role analyst --family Data", "'Data' is not an id: it takes a-z, 0-9 and '-', beginning"),
        ("role analyst --extends enginer", "There is no role 'enginer'. Did you mean 'engineer'?"),
        ("role analyst --title '{{ a'", "'{{' is not a placeholder."),
        ("role analyst --title ''", "--title takes one line of text, '' is none."),
        ("role engineer", "The role 'engineer' is defined at engineer.md:3 already."),
        ("role x --file interview.md", "interview.md is there already, and is left as it is."),
        ("role x --file ../x.md", "'../x.md' is no page of the handbook."),
        ("role x --file x.rst", "Write a path from its folder that ends in '.md'"),
        ("role x --file _x.md", "'_x.md' would not be read"),
        ("role x --file engineer.md/x.md", "cannot be written: "),
        (f"role {LONG}", f"{LONG}/index.md cannot be written: File name too long."),
        (f"variant {LONG} --axis level --role engineer", "cannot be written: File name too long."),
        ("variant remote --axis place --for all", "'place' is not one of 'level'"),
        ("variant remote --axis arrangement", "Say what it is for: '--role ROLE' for one role"),
        ("variant remote --axis level --role a --for all", "Say what it is for: '--role ROLE'"),
        ("variant remote --axis level --role nobody", "There is no role 'nobody'. Known: engineer"),
        ("variant remote --axis level --for data", "There is no family 'data'. Known: all."),
        (f"{ASKED} --competency cod --stage talk", "There is no competency 'cod'. Did you mean"),
        (f"{ASKED} --competency code --stage tlak", "There is no stage 'tlak'. Did you mean"),
        ("question x --role nobody --competency a --stage b", "There is no role 'nobody'."),
        (f"{ASKED} --competency code --stage talk --minutes 59", "This takes 59 minutes, and"),
        (f"{ASKED} --competency code --stage talk --minutes 0", "0 is not in the range"),
        (f"{ASKED} --competency code --stage talk --assesses sql", "There is no must-have 'sql'"),
        (
            "question build --role engineer --competency code --stage talk",
            "'build' stands at interview.md:23 already. Choose another id.",
        ),
    ],
)
def test_wrong_use_writes_nothing(kit: Path, line: str, message: str) -> None:
    before = texts()
    result = new(line)
    assert result.exit_code == 2
    assert message in result.stderr
    assert texts() == before


def test_a_role_without_a_kit(empty: Path) -> None:
    new("role analyst")
    result = new("question x --role analyst --competency a --stage b")
    assert result.exit_code == 2
    assert "The role 'analyst' has no interview kit of its own." in result.stderr


def test_a_variant_of_an_empty_handbook(empty: Path) -> None:
    result = new("variant remote --axis arrangement --for all")
    assert result.exit_code == 2
    assert "no section in common. Begin a role first: 'rolebook new role'." in result.stderr


def test_a_role_that_the_shared_variants_do_not_fit(shipped: Path) -> None:
    before = texts()
    result = new("role data-steward")
    assert result.exit_code == 2
    assert "Nothing is written, as it would not fit." in result.stderr
    assert "--extends ROLE" in result.stderr
    assert result.stderr.count(" error: ") == 3
    assert texts() == before
