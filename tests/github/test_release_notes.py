from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".github/scripts/release_notes.py"
CHANGELOG = """# Changelog

## [Unreleased]

- To come.

## [1.2.0] - 2026-11-21

### Added

- A thing.

## [1.1.0] - 2026-10-01

- An older thing.

## [1.0.0] - 2026-09-01

[1.0.0]: https://example.org
"""


def run(folder: Path, version: str, tag: str) -> subprocess.CompletedProcess[str]:
    package = folder / "ext/rolebook/__init__.py"
    package.parent.mkdir(parents=True)
    package.write_text(f'"""Doc."""\n\n__version__ = "{version}"\n', encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(SCRIPT), tag],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("version", "notes"),
    [("1.2.0", "### Added\n\n- A thing.\n"), ("1.1.0", "- An older thing.\n")],
)
def test_the_notes_are_the_versions_section(tmp_path: Path, version: str, notes: str) -> None:
    done = run(tmp_path, version, f"v{version}")
    assert (done.returncode, done.stdout, done.stderr) == (0, notes, "")


@pytest.mark.parametrize(
    ("version", "tag", "message"),
    [
        ("1.2.0", "v1.2.1", "The tag is 'v1.2.1', and ext/rolebook/__init__.py says '1.2.0'."),
        ("1.2.0", "1.2.0", "The tag is '1.2.0', and"),
        ("1.3.0", "v1.3.0", "CHANGELOG.md has no section '## [1.3.0] - YEAR-MONTH-DAY' with notes"),
        ("1.0.0", "v1.0.0", "CHANGELOG.md has no section '## [1.0.0] - YEAR-MONTH-DAY' with notes"),
        ("1x2.0", "v1x2.0", "CHANGELOG.md has no section"),
    ],
)
def test_what_cannot_be_released(tmp_path: Path, version: str, tag: str, message: str) -> None:
    done = run(tmp_path, version, tag)
    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr
