"""The command of the README runs every test that there is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_folder_is_passed_over() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-p", "no:cacheprovider"]
    done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, encoding="utf-8")
    # With its name each file tells how many it has: "tests/docs/test_collected.py: 1".
    counts = dict(line.rsplit(": ", 1) for line in done.stdout.splitlines() if ": " in line)
    files = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/*/test_*.py")}
    assert counts.keys() & files == files
