"""What ``rolebook new`` makes builds strictly once it is named where the command says."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

from building import LASTING

CONTENT = Path(__file__).parents[2] / "content"

NEW = """\
role data-steward --extends {role}
variant senior --axis level --role data-steward
variant charity --axis company --for all
variant night --axis arrangement --for all
variant us-xx --axis jurisdiction --for all
"""

QUESTION = "question drift --role {role} --competency {competency} --stage {stage}"

KIT = """\
# Interview kit: analyst

:::{job:interview} analyst

:::

:::{job:competency} Figures
:id: figures

Says how sure a figure is.

:::

:::{job:stage} Talk
:id: talk
:minutes: 60
:with: two analysts

- **Candidate:** You talk about your work.

:::
"""


def new(folder: Path, line: str) -> None:
    """Run ``rolebook new`` and do what it says is next."""
    command = [sys.executable, "-m", "rolebook", "new", *shlex.split(line)]
    done = subprocess.run(command, capture_output=True, check=False, cwd=folder, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    for page, entry in re.findall(
        r"^- Add a line to the toctree of (.+): (.+)$", done.stdout, re.M
    ):
        path = folder / page
        head, tree, tail = path.read_text(encoding="utf-8").rpartition("```{toctree}")
        tail = tail.replace("\n```", f"\n{entry}\n```", 1)
        path.write_text(f"{head}{tree}{tail}", encoding="utf-8")
    for page, block in re.findall(
        r"^- Add at the end of (.+):\n\n((?:  .*\n|\n)+)", done.stdout, re.M
    ):
        path = folder / page
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\n{textwrap.dedent(block)}", encoding="utf-8")


def build(source: Path, out: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-E", "-a"]
    done = subprocess.run(
        [*command, *LASTING, "-d", f"{out}-doctrees", str(source), str(out)],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_in_a_handbook_from_nothing(tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    conf = 'project = "Handbook"\nextensions = ["rolebook"]\nhtml_theme = "rolebook"\n'
    (book / "conf.py").write_text(conf, encoding="utf-8")
    tree = "```{toctree}\n:hidden:\n\nroles/analyst/interview\n```\n"
    (book / "index.md").write_text(f"# Handbook\n\n{tree}", encoding="utf-8")
    new(book, "role analyst --family data")
    for line in NEW.format(role="analyst").splitlines():
        new(book, line)
    (book / "roles/analyst/interview.md").write_text(KIT, encoding="utf-8")
    asked = QUESTION.format(role="analyst", competency="figures", stage="talk")
    new(book, f"{asked} --assesses main")
    build(book, tmp_path / "out")
    assert "Write what the person does" in (
        (tmp_path / "out/roles/analyst/index.html").read_text(encoding="utf-8")
    )
    assert (tmp_path / "out/variants/us-xx.html").is_file()


def test_in_the_published_handbook(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    for line in NEW.format(role="any-role").splitlines():
        new(tmp_path, line)
    new(tmp_path, QUESTION.format(role="data-engineer", competency="trust", stage="work"))
    build(tmp_path / "content", tmp_path / "out")
    assert (tmp_path / "out/roles/data-steward/senior.html").is_file()
