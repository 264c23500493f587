"""The programs that open our files: Microsoft's validator, and LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

VALIDATOR = (
    Path(__file__).parents[1]
    / "node_modules"
    / "@xarsh"
    / "ooxml-validator"
    / "dist"
    / "src"
    / "cli.js"
)


def findings(file: Path) -> list[str]:
    """What Microsoft's validator says of a Word file."""
    if not VALIDATOR.is_file():
        pytest.fail(
            "The validator is missing. Run: npm install --no-save --prefix tests", pytrace=False
        )
    done = subprocess.run(
        ["node", str(VALIDATOR), str(file)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout, done.stderr
    return [error["description"] for error in json.loads(done.stdout)["errors"]]


def convert(folder: Path, kind: str, out: str, sources: Iterable[Path]) -> None:
    """Have LibreOffice save files as of another kind in a folder ``out`` below ``folder``."""
    office = shutil.which("soffice")
    if office is None:
        pytest.fail(
            "'soffice' is not on this machine; the tests of Word files need it."
            " On Debian or Ubuntu: apt-get install libreoffice-writer-nogui",
            pytrace=False,
        )
    # A profile of its own, so that no other LibreOffice on the machine is asked instead.
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(folder / out), *map(str, sources)],
        capture_output=True,
        check=True,
        timeout=300,
    )
