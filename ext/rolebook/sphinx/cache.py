"""Pages that have been read are kept beside the doctrees, so that only edits are read again.

What is kept for a file holds for its bytes and for the code that read them, that of libraries
too; a change to either has it read anew, so the cache is never stale and can be deleted at any
time.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import rolebook
from rolebook.catalog import Catalog, assemble
from rolebook.reader import Page, read_bytes

NAME = "rolebook-pages.pickle"

LIBRARIES = ("markdown-it-py", "mdit-py-plugins")
"""What reads Markdown for the modules of this package."""


def load_cached(root: Path, files: Iterable[Path], folder: Path) -> Catalog:
    """Read files into a catalogue, taking from ``folder`` what has not changed."""
    cache = folder / NAME
    code = _code_digest()
    known = _read(cache, code)
    kept: dict[str, tuple[str, bytes]] = {}
    pages: list[Page] = []
    for path in sorted(files):
        file, data = path.relative_to(root).as_posix(), path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if known.get(file, ("",))[0] == digest:
            kept[file] = known[file]
            pages.append(pickle.loads(known[file][1]))
        else:
            pages.append(read_bytes(file, data))
            kept[file] = (digest, pickle.dumps(pages[-1], pickle.HIGHEST_PROTOCOL))
    if kept != known:
        folder.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps((code, kept), pickle.HIGHEST_PROTOCOL))
    return assemble(pages)


def _read(cache: Path, code: str) -> dict[str, tuple[str, bytes]]:
    try:
        written_by, pages = pickle.loads(cache.read_bytes())
    except Exception:  # Whatever is wrong with it, everything can be read anew.
        return {}
    return pages if written_by == code else {}


def _code_digest() -> str:
    """A digest of the modules and libraries that reading depends on."""
    digest = hashlib.sha256(repr([version(name) for name in LIBRARIES]).encode())
    package = Path(rolebook.__file__).parent
    for path in sorted([*package.glob("*.py"), *package.glob("interview/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
