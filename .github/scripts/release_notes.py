"""Print what a tag releases: its section of ``CHANGELOG.md``.

``python release_notes.py v1.2.3`` fails where the tag is not the version of the package, or
where the changelog has nothing to say of it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

VERSION = Path("ext/rolebook/__init__.py")
CHANGELOG = Path("CHANGELOG.md")


def main(tag: str) -> int:
    """Print the notes; 1, with what is wrong, if the tag cannot be released."""
    found = re.search(r'^__version__ = "([^"]+)"$', VERSION.read_text(encoding="utf-8"), re.M)
    version = found[1] if found else ""
    if tag != f"v{version}":
        print(f"The tag is {tag!r}, and {VERSION} says {version!r}.", file=sys.stderr)
        return 1
    text = CHANGELOG.read_text(encoding="utf-8")
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n"
    section = re.search(rf"{heading}(.*?)(?=^## \[|^\[[^\]]+\]: |\Z)", text, re.M | re.S)
    notes = section[1].strip() if section else ""
    if not notes:
        print(
            f"{CHANGELOG} has no section '## [{version}] - YEAR-MONTH-DAY' with notes.",
            file=sys.stderr,
        )
        return 1
    print(notes)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
