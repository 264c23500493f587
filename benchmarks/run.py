"""Time Rolebook's builds against plain Sphinx with furo, on the same pages, in one run.

Usage: run.py PLAIN_PYTHON [PAGES ...]     (by default 200 and 1000 pages)

PLAIN_PYTHON is an interpreter with Sphinx, MyST and furo as pip installs them. Prints
seconds and ratios as Markdown; a timing never fails anything.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from handbooks import COLLAPSED, write_plain, write_rolebook

EDITED = Path("family-001", "role-0030.md")
REPEATS = 3


def build(python: str, source: Path, out: Path) -> float:
    """Build and return the seconds it took."""
    # Compiled modules are kept, as they are on any machine but one that forbids it.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    command = [python, "-m", "sphinx", "-q", str(source), str(out)]
    start = time.perf_counter()
    subprocess.run(command, check=True, env=environment)
    return time.perf_counter() - start


def edit(source: Path, number: int) -> None:
    """Change one bullet."""
    page = source / EDITED
    lines = page.read_text(encoding="utf-8").split("\n")
    place = max(i for i, line in enumerate(lines) if line.startswith("- "))
    lines[place] = f"- Edited {number} {lines[place][2:]}"
    page.write_text("\n".join(lines), encoding="utf-8")


def measure(
    folder: Path, builds: Mapping[str, tuple[str, Callable[[Path], None]]], repeats: int
) -> dict[str, tuple[float, float]]:
    """The least seconds of a full build and of one after an edit, by name.

    The builds take turns, so that what else the machine does falls on all of them.
    """
    full: dict[str, list[float]] = {name: [] for name in builds}
    edits: dict[str, list[float]] = {name: [] for name in builds}
    for name, (_, write) in builds.items():
        write(folder / name)
    for repeat in range(repeats):
        for name, (python, _) in builds.items():
            out = folder / f"{name}-out-{repeat}"
            full[name].append(build(python, folder / name, out))
            edit(folder / name, repeat)
            edits[name].append(build(python, folder / name, out))
    return {name: (min(full[name]), min(edits[name])) for name in builds}


def main(arguments: list[str]) -> None:
    """Measure and print."""
    plain_python, *counts = arguments
    per_page = {}
    print("| pages | build | plain, s | Rolebook, s | ratio |\n|---|---|---|---|---|")
    for count in map(int, counts or ["200", "1000"]):
        with tempfile.TemporaryDirectory() as folder:
            builds = {
                "plain": (plain_python, partial(write_plain, count=count, config=COLLAPSED)),
                "rolebook": (sys.executable, partial(write_rolebook, count=count)),
            }
            seconds = measure(Path(folder), builds, REPEATS if count <= 200 else 1)
        for place, name in enumerate(["full", "one bullet edited"]):
            plain, ours = seconds["plain"][place], seconds["rolebook"][place]
            print(f"| {count} | {name} | {plain:.1f} | {ours:.1f} | {ours / plain:.2f} |")
        per_page[count] = seconds["rolebook"][0] / count
        sys.stdout.flush()
    if len(per_page) > 1:
        small, *_, large = sorted(per_page)
        ratio = per_page[large] / per_page[small]
        print(f"\nRolebook's time a page at {large} pages over that at {small}: {ratio:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
