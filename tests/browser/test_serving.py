"""``nox -s serve``: what is saved is seen in the browser, without anybody reloading the page."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from playwright.sync_api import Browser, expect
from role_page import in_browser

pytestmark = in_browser

ROOT = Path(__file__).parents[2]
CONF = """extensions = ["rolebook"]
html_theme = "rolebook"
html_theme_options = {"search": "pagefind"}
rolebook_policy = True
"""
ADDRESS = re.compile(r"Serving on .*?(http://[\d.]+:\d+)")
INDEX = "# Handbook\n\n```{toctree}\nengineer\n```\n"
ROLE = """# Engineer

:::{job:role} engineer

:::

:::{job:section} What you will do

- Train models. {#train}

:::
"""


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """The function of noxfile.py that makes the command."""
    # Nox runs the tests, and is not installed where they run.
    nox = ModuleType("nox")
    vars(nox).update(session=_session, options=SimpleNamespace(), Session=object)
    monkeypatch.setitem(sys.modules, "nox", nox)
    spec = importlib.util.spec_from_file_location("noxfile", ROOT / "noxfile.py")
    assert spec is not None
    assert spec.loader is not None
    noxfile = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(noxfile)
    made: Callable[..., list[str]] = noxfile.serving
    return made


def _session(function: object = None, **_: object) -> object:
    return function or (lambda decorated: decorated)


def up(address: str) -> bool:
    try:
        urllib.request.urlopen(address).close()
    except OSError:
        return False
    return True


@contextmanager
def served(command: Sequence[str], folder: Path) -> Iterator[str]:
    """The address at which a command serves; what it says goes into a file in ``folder``."""
    said = folder / "said.txt"
    with said.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", command[0].replace("-", "_"), *command[1:]],
            cwd=ROOT,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        # It says where it serves a moment before it does.
        while not (found := ADDRESS.search(said.read_text(encoding="utf-8"))) or not up(found[1]):
            assert process.poll() is None, said.read_text(encoding="utf-8")
            time.sleep(0.1)
        yield found[1]
    finally:
        process.terminate()
        process.wait()


def test_what_is_saved_is_seen(
    browser: Browser, tmp_path: Path, serving: Callable[..., list[str]]
) -> None:
    source, out = tmp_path / "content", tmp_path / "site"
    source.mkdir()
    for name, text in {"conf.py": CONF, "index.md": INDEX, "engineer.md": ROLE}.items():
        (source / name).write_text(text, encoding="utf-8")
    command = serving(str(source), str(out), str(tmp_path / "doctrees"), port=0)
    with served(command, tmp_path) as address:
        page = browser.new_page()
        page.goto(f"{address}/engineer.html")
        expect(page.locator("#template")).to_contain_text("Train models.")
        changed = ROLE.replace("Train models.", "Train and ship models.")
        (source / "engineer.md").write_text(changed, encoding="utf-8")
        # As long as a busy machine may take; how long it takes is measured by nox -s bench.
        expect(page.locator("#template")).to_contain_text("Train and ship models.", timeout=60_000)
        # The index of the search is made behind the page's back, and a page takes the one it finds.
        results = page.locator("#search-results > li")
        started = time.monotonic()
        while not results.count() and time.monotonic() < started + 60:
            page.goto(f"{address}/search.html?q=ship")
            page.wait_for_timeout(500)
        expect(results).to_have_count(1)
