"""Small handbooks on disk, each built by a Sphinx in a process of its own.

A process, because much that goes wrong in a build hides inside one: the hash seed never
changes there, and registries, caches and imported modules outlive an application.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

THEME = "rolebook"
"""The theme of the books that are not about themes."""

LASTING = ("-D", "suppress_warnings=rolebook.review-due,rolebook.pay-stale")
"""Options of a build of what is shipped: what time alone brings about is not at fault there."""

HANDBOOK = Path(__file__).parent / "handbook"

_WARNING = re.compile(
    r"^(?:(?P<path>.+?):(?:(?P<line>\d+):)? )?(?:WARNING|ERROR|CRITICAL): "
    r"(?P<text>.*?)(?: \[(?P<type>[\w.+-]+)\])?$"
)


def handbook() -> dict[str, str]:
    """The example handbook of these tests, as a dictionary to change at will."""
    return {
        path.relative_to(HANDBOOK).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(HANDBOOK.rglob("*"))
        if path.is_file()
    }


@dataclass(frozen=True, order=True)
class Warned:
    """A warning of a build. ``path`` is relative to the book's source, where it can be."""

    path: str
    line: int
    type: str
    text: str


@dataclass(frozen=True)
class Build:
    """What a build left: its exit status, its output folder and what it said."""

    source: Path
    out: Path
    doctrees: Path
    status: int
    stdout: str
    stderr: str

    @cached_property
    def warnings(self) -> list[Warned]:
        """The warnings, sorted, since processes that work side by side mix theirs."""
        found: list[Warned] = []
        for line in self.stderr.splitlines():
            if match := _WARNING.match(line):
                path = (match["path"] or "").removeprefix(f"{self.source}{os.sep}")
                number = int(match["line"] or 0)
                found.append(Warned(path, number, match["type"] or "", match["text"]))
            elif line.strip():
                # What is no warning and belongs to none must not go unseen.
                assert found, self.stderr
                last = found.pop()
                found.append(Warned(last.path, last.line, last.type, f"{last.text}\n{line}"))
        return sorted(found)

    def text(self, name: str) -> str:
        """A file of the output."""
        return (self.out / name).read_text(encoding="utf-8")

    def page(self, name: str) -> Tag:
        """A page of the output."""
        return BeautifulSoup(self.text(name), "html.parser")

    def data(self, name: str) -> dict[str, Any]:
        """The data for the script in a page."""
        script = self.page(name).find(id="rolebook-data")
        assert isinstance(script, Tag)
        return dict(json.loads(script.string or ""))

    def files(self) -> dict[str, bytes]:
        """All files of the output by name, but for Sphinx's own notes for the next build.

        ``.buildinfo`` holds hashes of the configuration and of the tags.
        """
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file() and path.name != ".buildinfo"
        }

    def lasting(self) -> dict[str, bytes]:
        """The files as a build from nothing would leave them.

        Sphinx keeps a word in its search index when no page holds it any more, with an empty
        list of pages. Nobody finds anything by such a word, so it is left out here.
        """
        files = self.files()
        if "searchindex.js" in files:
            head, _, index = files["searchindex.js"].decode().partition("(")
            data = json.loads(index.removesuffix(")"))
            for table in ("terms", "titleterms"):
                data[table] = {word: pages for word, pages in data[table].items() if pages != []}
            files["searchindex.js"] = f"{head}({json.dumps(data)})".encode()
        return files

    def stamps(self) -> dict[str, tuple[int, int]]:
        """For each file of the output, what changes whenever it is written: inode and time."""
        return {
            path.relative_to(self.out).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
            for path in sorted(self.out.rglob("*"))
            if path.is_file()
        }


class Book:
    """A book's source on disk. Doctrees lie beside the output, not in it."""

    def __init__(
        self,
        folder: Path,
        files: Mapping[str, str | bytes],
        *,
        theme: str = THEME,
        conf: str = "",
    ) -> None:
        self.folder = folder
        self.source = folder / "source"
        extra = "" if "index.md" in files or "index.rst" in files else _index(files)
        self.write(
            {
                "conf.py": 'project = "Test handbook"\nauthor = "Nobody"\n'
                'extensions = ["rolebook"]\n'
                f'html_theme = "{theme}"\nhtml_copy_source = False\n{conf}\n',
                **({"index.md": extra} if extra else {}),
                **files,
            }
        )

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files, in folders made as needed."""
        for name, content in files.items():
            path = self.source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)

    def read(self, name: str) -> str:
        """The text of a source file."""
        return (self.source / name).read_text(encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text, which must be there, in a source file."""
        text = self.read(name)
        assert old in text, f"{name} does not hold {old!r}"
        self.write({name: text.replace(old, new)})

    def remove(self, name: str) -> None:
        """Delete a source file."""
        (self.source / name).unlink()

    def rename(self, old: str, new: str) -> None:
        """Give a source file another name."""
        path = self.source / new
        path.parent.mkdir(parents=True, exist_ok=True)
        (self.source / old).rename(path)

    def line(self, name: str, text: str) -> int:
        """The number of the one line of a source file that holds a text."""
        (found,) = (n for n, line in enumerate(self.read(name).splitlines(), 1) if text in line)
        return found

    def build(
        self,
        *options: str,
        builder: str = "html",
        name: str = "",
        jobs: int = 1,
        seed: int = 0,
        env: Mapping[str, str] | None = None,
    ) -> Build:
        """Build the book; builds of one ``name`` share their output and doctrees."""
        name = name or builder
        out, doctrees = self.folder / f"out-{name}", self.folder / f"doctrees-{name}"
        command = [sys.executable, "-m", "sphinx", "-N", "-b", builder, "-j", str(jobs)]
        command += ["-d", str(doctrees), *options, str(self.source), str(out)]
        process = subprocess.run(
            command,
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": str(seed), **(env or {})},
        )
        assert "Traceback" not in process.stderr, process.stderr
        assert "Exception occurred" not in process.stderr, process.stderr
        return Build(self.source, out, doctrees, process.returncode, process.stdout, process.stderr)

    def rolebook(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run the command ``rolebook`` on the source."""
        return subprocess.run(
            [sys.executable, "-m", "rolebook", "--root", str(self.source), *arguments],
            capture_output=True,
            check=False,
            cwd=self.source,
        )

    def findings(self) -> list[Warned]:
        """What ``rolebook check`` finds, as a build has to say it."""
        rows = json.loads(self.rolebook("check", "--format", "json").stdout)
        return sorted(
            Warned(
                row["file"],
                row["line"],
                f"rolebook.{row['code']}",
                f"{row['message']} {row['remedy']}",
            )
            for row in rows
        )


def _index(files: Iterable[str]) -> str:
    """A first page that leads to all others."""
    names = [name.rpartition(".")[0] for name in files if name.endswith((".md", ".rst"))]
    return "\n".join(["# Handbook", "", "```{toctree}", *names, "```", ""])


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The names of files that are not in both, or not the same in both."""
    return sorted(n for n in one.keys() | other.keys() if one.get(n) != other.get(n))


def rewritten(
    before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]]
) -> set[str]:
    """The files that were written, or deleted, between two looks at their stamps."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def words(node: Tag | str) -> str:
    """The visible text of a part of a page, with single spaces."""
    text = node if isinstance(node, str) else node.get_text()
    return " ".join(text.split())
