"""Files in the output folder, and what is noted there of them for the next build.

The environment cannot tell what lies there: two builders, or two folders, can share one. And
others put files there too, which are not ours to delete.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from sphinx.application import Sphinx

NOTES = ".rolebook"
"""The folder of the notes, in the output folder."""


def write_if_changed(path: Path, data: bytes) -> None:
    """Write a file unless it holds these bytes, so that its time stays."""
    try:
        if path.read_bytes() == data:
            return
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def digest_of(facts: object) -> str:
    """A short digest of what something was made from: plain values, tuples and records."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def noted(app: Sphinx, part: str) -> dict[str, str]:
    """What the last build into this folder noted of a part, by name; nothing if that is lost."""
    try:
        entries = json.loads(_notes(app, part).read_bytes())
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}


def note(app: Sphinx, part: str, entries: Mapping[str, str]) -> None:
    """Note what the next build has to know of a part."""
    data = json.dumps(entries, ensure_ascii=False, indent=0, sort_keys=True)
    write_if_changed(_notes(app, part), data.encode("utf-8"))


def note_files(app: Sphinx, part: str, files: Mapping[str, str]) -> None:
    """Note the files of a part, and delete those that an earlier build noted besides.

    ``files`` are their paths in the site, each with a digest of what it was made from, if any.
    """
    outdir = Path(app.outdir)
    for name in noted(app, part).keys() - files.keys():
        path = outdir / name
        if path.is_file():
            path.unlink()
        for folder in path.parents:
            if folder == outdir or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()
    note(app, part, files)


def _notes(app: Sphinx, part: str) -> Path:
    return Path(app.outdir, NOTES, f"{part}.json")
