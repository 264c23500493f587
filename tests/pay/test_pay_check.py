"""``rolebook check`` reports what is wrong with pay data, and which figures are old."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rolebook.cli import main

BOOK = Path(__file__).parent / "book"
NOVEMBER_2026 = "1795262400"
JUNE_2027 = "1811937600"


def check(root: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), "check", *map(str, arguments)])


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOVEMBER_2026)
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(BOOK, tmp_path / "book"))


def test_sound_and_new_figures(book: Path) -> None:
    assert (check(book).exit_code, check(book).output) == (0, "Nothing found.\n")


def test_figures_grow_old_by_the_calendar_alone(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", JUNE_2027)
    result = check(book)
    assert result.exit_code == 1
    assert [line.partition(" Bring")[0] for line in result.stdout.splitlines()] == [
        (
            "book/pay/figures/official.csv:2: warning: Column 'as_of' holds '2025-05-31' in 2 rows"
            " of 'wages-2025', more than 24 months ago."
        ),
        (
            "book/pay/figures/others.csv:2: warning: Column 'as_of' holds '2026-03-31' in a row"
            " of 'answers-2026', more than 12 months ago."
        ),
    ]
    others = check(book, "book/pay/figures/others.csv", "--format", "github")
    assert others.stdout.startswith("::warning file=book/pay/figures/others.csv,line=2,")
    assert len(others.stdout.splitlines()) == 1


def test_findings_of_pages_and_of_pay_stand_together(book: Path) -> None:
    for name, slip in (
        ("roles/senior.md", ("level", "levle")),
        ("pay/areas.csv", ("GB,", "UK,")),
        ("roles/junior.md", (":axis:", ":axes:")),
    ):
        path = book / name
        path.write_text(path.read_text(encoding="utf-8").replace(*slip), encoding="utf-8")
    result = check(book)
    assert result.exit_code == 1
    files = [line.partition(":")[0] for line in result.stdout.splitlines()]
    assert [*dict.fromkeys(files)] == [
        "book/pay/areas.csv",
        "book/roles/junior.md",
        "book/roles/senior.md",
    ]


def test_a_day_that_cannot_be_told_is_wrong_use(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    result = check(book)
    assert result.exit_code == 2
    assert "Error: SOURCE_DATE_EPOCH is 'yesterday', no number of seconds." in result.stderr


def test_checking_loads_no_exchange_rates() -> None:
    """They take a second, and nothing is converted to find mistakes."""
    code = "import sys, rolebook.cli.check; print({'babel', 'currency_converter'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"set()\n"
