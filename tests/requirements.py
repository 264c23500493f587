"""Say plainly what the tests need beyond PyPI and this machine lacks."""

from __future__ import annotations

import shutil
import sys

NEEDED = {
    "chromium": ("the browser tests", "chromium"),
    "git": ("the tests of the comment on a pull request", "git"),
    "node": ("the tests of the page's script", "nodejs"),
    "npm": ("the checks of Word files", "npm"),
    "soffice": ("the tests of Word files", "libreoffice-writer-nogui"),
}


def main() -> int:
    """Print what is missing, with the line that installs it; 1 if anything is."""
    missing = {name: NEEDED[name] for name in NEEDED if shutil.which(name) is None}
    for name, (what, _) in missing.items():
        print(f"'{name}' is not on this machine; {what} need it.", file=sys.stderr)
    if missing:
        packages = " ".join(package for _, package in missing.values())
        print(f"On Debian or Ubuntu: apt-get install {packages}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
