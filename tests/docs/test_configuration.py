"""The values of conf.py that the manual shows do what it says, all in one handbook."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from manual import Command, File, examples, read, run, write

from rolebook.diagnostics import Code

THEME = Path(__file__).parents[2] / "ext" / "rolebook" / "theme" / "static"
MORE = """
html_baseurl = "https://example.com/"
html_theme_options["search"] = "pagefind"
rolebook_changes = "changes"
"""
INDEX = "# Handbook\n\n```{toctree}\nroles/data-engineer\nchanges\n```\n"
ROLE = (
    "# Data engineer\n\n:::{job:role} data-engineer\n:::\n\n"
    ":::{job:section} Tasks\n\n- Code.\n\n:::\n"
)
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def fenced(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", read(page), re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("handbook")
    configured = [*fenced("configuration.md", "python"), *fenced("look.md", "python")]
    (styles,) = fenced("look.md", "css")
    (changes,) = fenced("configuration.md", "markdown")
    # The page of the example leads to one of pay, which this handbook has not.
    changes = changes.replace("(pay/data-engineer.md)", "(roles/data-engineer.md)")
    files = {
        "conf.py": "\n".join([*configured, MORE]),
        "index.md": INDEX,
        "roles/data-engineer.md": ROLE,
        "changes.md": changes,
        "_static/ours.css": styles,
        "_static/ours.svg": LOGO,
    }
    for path, text in files.items():
        write(File(path, text), source)
    done = run(Command("sphinx-build -q -n -W . _build", ""), source)
    assert (done.returncode, done.stdout) == (0, "")
    return source / "_build"


def page(built: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((built / name).read_text(encoding="utf-8"), "html.parser")


def test_a_page_has_what_is_configured(built: Path) -> None:
    role = page(built, "roles/data-engineer.html")
    assert role.select_one('a[href="https://example.com/careers"]')
    assert role.select_one('link[href^="../_static/ours.css"]')
    assert role.select_one('header img[src="../_static/ours.svg"]')
    edited = "https://git.example.com/handbook/edit/main/roles/data-engineer.md#L"
    assert role.select_one(f'a[href^="{edited}"]')
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert role.select_one(f'.rb-panel a[href="{licence}"]')
    assert '"our-handbook"' in str(role)


def test_lost_readers_and_followers_are_served(built: Path) -> None:
    assert page(built, "404.html").select_one('#search-links a[href^="/"]')
    feed = (built / "changes.atom").read_text(encoding="utf-8")
    assert "2026-01-31" in feed
    assert "Pay by level for data engineers" in feed


def test_the_index_of_the_search_is_made_as_it_is_written(built: Path) -> None:
    (lines,) = fenced("configuration.md", "bash")
    *_, index = lines.splitlines()
    command = index.replace("build/site", str(built)).split()
    subprocess.run([sys.executable, *command[1:]], check=True, capture_output=True)
    assert (built / "pagefind" / "pagefind.js").is_file()


def test_every_colour_of_the_example_is_one_of_the_themes(built: Path) -> None:
    theirs = (THEME / "theme.css").read_text(encoding="utf-8")
    theirs += (built / "_static" / "rolebook.css").read_text(encoding="utf-8")
    (styles,) = fenced("look.md", "css")
    names = re.findall(r"^  (--[\w-]+):", styles, re.MULTILINE)
    assert len(names) > 3
    assert [name for name in names if f"var({name})" not in theirs] == []


def test_what_is_suppressed_is_a_finding() -> None:
    codes = re.findall(r'"rolebook\.([\w-]+)"', "".join(fenced("findings.md", "python")))
    assert codes
    assert {*codes} <= {code.id for code in Code}


def test_rows_are_validated_as_it_is_written(tmp_path: Path) -> None:
    for example in examples("pay-files.md"):
        if isinstance(example, File):
            write(example, tmp_path)
    (program,) = fenced("editor.md", "python")
    (tmp_path / "validate.py").write_text(program, encoding="utf-8")
    command = [sys.executable, "validate.py"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    areas = tmp_path / "pay" / "areas.csv"
    areas.write_text(areas.read_text("utf-8").replace(",metro,", ",village,"), "utf-8")
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)
    assert b"village" in done.stderr
