"""Every role and variant of a handbook as files in a folder, with an index of them.

The folder is the command's own: it must be new, empty, or hold the index of an earlier
batch, whose files are then replaced. Files are made aside and moved in whole, so that a
reader of the folder never meets half of one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import click

from rolebook.catalog import Catalog
from rolebook.compose import compose
from rolebook.exports import FORMATS
from rolebook.model import Axis, Template, Values

INDEX = "index.json"
FORMAT, VERSION = "rolebook-batch", 1

# What this command names its files; an index that someone changed must not lead it elsewhere.
_FILE = re.compile(r"[a-z0-9-]+/[a-z0-9-]+(\.[a-z]+)+")


@dataclass(frozen=True, slots=True)
class Part:
    """A template of a batch, with the one variant it has, if any, and what fills it."""

    template: Template
    axis: Axis | None = None
    variant: str | None = None
    values: Values = field(default_factory=dict)

    def file(self, format: str) -> str:
        """Where it lies in the folder: no axis is called "role", so no two share a name."""
        stem = f"{self.axis}-{self.variant}" if self.axis else "role"
        return f"{self.template.role}/{stem}{FORMATS[format].suffix}"


def each_part(catalog: Catalog) -> Iterator[Part]:
    """Every role alone, and with each variant that it can take, shared ones too."""
    for id_, role in sorted(catalog.roles.items()):
        yield Part(compose(catalog, id_))
        for axis, variant in catalog.variants_of(role):
            yield Part(compose(catalog, id_, {axis: variant}), axis, variant)


def write_batch(
    out: Path, batch: Sequence[Part], make: Callable[[Part], Mapping[str, bytes] | None]
) -> bool:
    """Write what ``make`` makes of each template, by format, with an index of it all.

    Returns whether it was written: not where ``make`` gave None. Raises
    :class:`click.UsageError` for a folder that is someone else's, and :class:`OSError` if
    it cannot be written.
    """
    previous = _previous(out)
    is_new = not out.exists()
    aside = out / f".rolebook-{os.getpid()}"
    aside.mkdir(parents=True)
    try:
        rows = _write_aside(aside, batch, make)
        if rows is None:
            return False
        names = {str(row["file"]) for row in rows}
        for name in sorted(names - previous):
            if (out / name).exists():
                raise click.UsageError(f"{out / name} is not of an earlier batch. Move it away.")
        index = {"format": FORMAT, "version": VERSION, "files": rows}
        text = json.dumps(index, ensure_ascii=False, indent=2) + "\n"
        (aside / INDEX).write_text(text, encoding="utf-8", newline="\n")
        for name in sorted(previous - names):
            (out / name).unlink(missing_ok=True)
        # The index first: what is interrupted from here on is still known as ours.
        for name in (INDEX, *sorted(names)):
            (out / name).parent.mkdir(exist_ok=True)
            (aside / name).replace(out / name)
        for folder in {(out / name).parent for name in previous - names}:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        return True
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if is_new and not any(out.iterdir()):
            out.rmdir()


def _write_aside(
    aside: Path, batch: Sequence[Part], make: Callable[[Part], Mapping[str, bytes] | None]
) -> list[dict[str, str | int | None]] | None:
    """Write each file, and return the rows of the index; None if one could not be part."""
    rows: list[dict[str, str | int | None]] = []
    is_complete = True
    bar = click.progressbar(batch, label="Exporting", file=sys.stderr)
    with bar if sys.stderr.isatty() else nullcontext(batch) as shown:
        for part in shown:
            files = make(part)
            is_complete = is_complete and files is not None
            for format, data in (files or {}).items():
                file = aside / part.file(format)
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(data)
                rows.append(
                    {
                        "file": part.file(format),
                        "role": part.template.role,
                        "axis": part.axis,
                        "variant": part.variant,
                        "title": part.template.title,
                        "format": format,
                        "bytes": len(data),
                        "sha256": hashlib.sha256(data).hexdigest(),
                    }
                )
    return sorted(rows, key=lambda row: str(row["file"])) if is_complete else None


def _previous(out: Path) -> set[str]:
    """The files of an earlier batch in the folder."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return set()
    try:
        index = json.loads((out / INDEX).read_text(encoding="utf-8"))
        if index["format"] == FORMAT:
            return {name for row in index["files"] if _FILE.fullmatch(name := row["file"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    raise click.UsageError(
        f"{out} holds something else than an earlier batch. Name a new or empty folder."
    )
