"""The example handbook of these tests with interview kits for its roles."""

from __future__ import annotations

from pathlib import Path

from building import handbook

FOLDER = Path(__file__).parent / "kit"

ROLE = "roles/engineer/interview"
STAFF, STREAMING = f"{ROLE}-staff", f"{ROLE}-streaming"
HEIR = "roles/analyst-interview"
PAGES = (ROLE, STAFF, STREAMING, HEIR)
"""The pages of kits: a role's, a level's, a specialisation's, and that of a role's heir."""


def kit_book() -> dict[str, str]:
    """All files, as a dictionary to change at will."""
    files = handbook()
    for path in sorted(FOLDER.rglob("*.md")):
        files[path.relative_to(FOLDER).as_posix()] = path.read_text(encoding="utf-8")
    more = "\n".join(["roles/engineer/streaming", *PAGES])
    files["index.md"] = files["index.md"].replace("roles/analyst\n", f"roles/analyst\n{more}\n")
    return files
