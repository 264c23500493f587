"""The comment on a pull request, of what ``rolebook changes --format json`` printed.

``python changes_comment.py changes.json`` prints it for the page of the run. The data come from
the pull request's own run, so nothing in them is believed: what has another form than expected
is refused, and all text is shown as code.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import untrusted

MARK = "<!-- rolebook: changes -->"
"""Begins the comment, by which it is found again."""

LIMIT = 65_536
"""The most characters that GitHub takes as a comment."""

SUMMARY_LIMIT = 250_000
"""The most characters that are printed: the page of a run takes a mebibyte of UTF-8."""

RESERVE = 500
"""The characters that are kept for the word on what was left out."""

NAMES = 8
"""The most job descriptions of which the names are given at one difference."""

FILES = 100
"""The most files that are listed."""

FATES = {"new": "New", "changed": "Changed", "gone": "Gone"}
LEADS = {"section": "@@ {} @@", "added": "+ {}", "dropped": "- {}", "moved": "! moved: {}"}


class FormError(ValueError):
    """The data have not the form of ``rolebook changes --format json``."""


def read(data: bytes) -> dict[str, Any]:
    """The changes, with each value of its type. Raises :class:`FormError`."""
    try:
        changes = json.loads(data)
        _demand(changes["format"] == "rolebook-changes" and changes["version"] == 1)
        for file in changes["files"]:
            _demand(isinstance(file["file"], str) and file["fate"] in FATES)
        for template in changes["templates"]:
            _demand(template["fate"] in FATES and isinstance(template["against_role"], bool))
            _demand(bool(template["templates"]) and _are_texts(template["templates"]))
            for kind, text in template["lines"]:
                _demand(kind in LEADS and isinstance(text, str))
        _demand(_are_texts(changes["misread"]))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise FormError(f"These are no changes of a handbook: {error!r}") from error
    return dict(changes)


def _demand(held: bool) -> None:
    if not held:
        raise ValueError("a value that cannot be")


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def write(changes: dict[str, Any], preview: str = "", limit: int = LIMIT) -> str:
    """The comment, of ``limit`` characters at most; ``preview`` is a trusted piece of Markdown."""
    files, templates = changes["files"], changes["templates"]
    head = [MARK, "### What this changes in the handbook", preview]
    if not files:
        head.append("No file of the handbook changes.")
    parts = [*_misread(changes["misread"]), *_files(files)]
    if templates:
        parts.append("#### Job descriptions, before and after")
        parts += map(_template, templates)
    elif files:
        parts.append("No job description reads differently.")
    return _fit([part for part in head if part], parts, limit)


def _fit(head: Sequence[str], parts: Sequence[str], limit: int) -> str:
    """Parts below each other, those that find no room left out, with a word that they are."""
    comment = "\n\n".join(head)
    left_out = 0
    for part in parts:
        if len(comment) + 2 + len(part) <= limit - RESERVE:
            comment += f"\n\n{part}"
        else:
            left_out += 1
    if left_out:
        comment += (
            f"\n\n**{left_out} more part{'s' if left_out > 1 else ''} left out**: there is room for"
            f" {limit:,} characters. The page of the workflow's run has more, and"
            " `rolebook changes` prints all."
        )
    return f"{comment}\n"


def _misread(files: Sequence[str]) -> Iterator[str]:
    if files:
        shown = ", ".join(map(untrusted.code, files[:NAMES])) + _more(files[NAMES:])
        yield (
            "> [!WARNING]\n> Some files have errors, so part of them may be missing below:"
            f" {shown}. The checks mark the lines."
        )


def _files(files: Sequence[dict[str, str]]) -> Iterator[str]:
    if not files:
        return
    lines = [f"- {FATES[file['fate']]}: {untrusted.code(file['file'])}" for file in files[:FILES]]
    if len(files) > FILES:
        lines.append(f"- and {len(files) - FILES} more")
    yield "#### Pages and files\n\n" + "\n".join(lines)


def _template(change: dict[str, Any]) -> str:
    names = change["templates"]
    title = f"**{FATES[change['fate']]}:** {', '.join(map(untrusted.code, names[:NAMES]))}"
    title += _more(names[NAMES:])
    if not change["lines"]:
        return title
    if change["against_role"]:
        title += ", against the role alone"
    lines = [LEADS[kind].format(untrusted.plain(text)) for kind, text in change["lines"]]
    return f"{title}\n\n{untrusted.block(lines, 'diff')}"


def _more(rest: Sequence[str]) -> str:
    return f" and {len(rest)} more" if rest else ""


if __name__ == "__main__":
    print(write(read(Path(sys.argv[1]).read_bytes()), limit=SUMMARY_LIMIT), end="")
