"""Say plainly what a session of nox needs beyond PyPI and npm and this machine lacks.

Usage: requirements.py SESSION     (tests or audit)
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping

NEEDED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "tests": {
        "chromium": ("the browser tests", "chromium"),
        "git": ("the tests of the comment on a pull request", "git"),
        "node": ("the tests of the page's script", "nodejs"),
        "npm": ("the checks of Word files", "npm"),
        "soffice": ("the tests of Word files", "libreoffice-writer-nogui"),
    },
    "audit": {
        "chromium": ("Lighthouse's judgements", "chromium"),
        "java": ("the checks of HTML, with Java 17 or newer,", "default-jre-headless"),
        "node": ("Lighthouse's judgements", "nodejs"),
        "npm": ("Lighthouse and the HTML checker", "npm"),
    },
}
"""By session and command, what needs it and Debian's package that has it."""


def main(session: str) -> int:
    """Print what is missing, with the line that installs it; 1 if anything is."""
    needed = NEEDED[session]
    missing = {name: needed[name] for name in needed if shutil.which(name) is None}
    for name, (what, _) in missing.items():
        print(f"'{name}' is not on this machine; {what} need it.", file=sys.stderr)
    if missing:
        packages = " ".join(package for _, package in missing.values())
        print(f"On Debian or Ubuntu: apt-get install {packages}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
