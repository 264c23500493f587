"""The directive ``result``: what it shows, and what it says of what it cannot show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from manual import DOCS

CONF = f"""import sys

sys.path.append({str(DOCS)!r})
extensions = ["myst_parser", "example_handbook"]
html_permalinks = False
"""
EXAMPLE = """# Notation

````{code-block} markdown
:caption: index.md

# Data engineer

:::{job:role} data-engineer
:::

:::{job:section} Requirements
:id: requirements

- Python.

:::
````
"""
WRONG = {
    "no part": ("index", "", "Name a part of the page, such as '#requirements' or '.rb-notes'."),
    "neither id nor class": (
        "index",
        "requirements",
        "'requirements' is no part: write '#requirements' for an id, or '.requirements'.",
    ),
    "an unknown id": ("index", "#others", "The page 'index' of the examples has no '#others'."),
    "an unknown page": ("other", "#others", "The examples have no page 'other'."),
}


def build(folder: Path, *results: tuple[str, str]) -> tuple[str, str]:
    """The page of a manual with some results, and the warnings."""
    source, out = folder / "source", folder / "out"
    source.mkdir()
    blocks = [f"```{{result}} {page}\n{parts}\n```\n" for page, parts in results]
    (source / "notation.md").write_text("\n".join([EXAMPLE, *blocks]), encoding="utf-8")
    (source / "index.md").write_text("# Manual\n\n```{toctree}\nnotation\n```\n", "utf-8")
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-N", "-q", str(source), str(out)]
    done = subprocess.run(command, check=False, encoding="utf-8", capture_output=True)
    assert done.returncode == 0, done.stderr
    return (out / "notation.html").read_text(encoding="utf-8"), done.stderr


def test_a_part_is_shown(tmp_path: Path) -> None:
    text, told = build(tmp_path, ("index", "#requirements"))
    assert told == ""
    (result,) = BeautifulSoup(text, "html.parser").select(".result")
    assert result.get_text(" ", strip=True).split() == ["Requirements", "Python."]


@pytest.fixture(scope="module")
def warnings(tmp_path_factory: pytest.TempPathFactory) -> str:
    wrong = ((page, parts) for page, parts, _ in WRONG.values())
    return build(tmp_path_factory.mktemp("manual"), *wrong)[1]


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_shown_is_told(warnings: str, case: str) -> None:
    assert WRONG[case][2] in warnings
    assert "Traceback" not in warnings
