"""A real browser, and this repository's own handbook, built once and served to it."""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pay_book import write_pay_book
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    sync_playwright,
)
from role_page import CONTENT, DOCS, EDIT_URL, SENIOR, NewReader, Site, answers, fragment

from rolebook.policy import header_policy

POLICY = header_policy()
"""What the file for the host asks of the pages: nothing inline, nothing from elsewhere."""

# The first is for continuous integration, which runs as root; the others keep it quiet.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


class Handler(Quiet):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


def build(folder: Path, *options: str, source: Path = CONTENT) -> Path:
    """Build the handbook, or another one, below a folder, in a process of its own."""
    out = folder / "site"
    command = [sys.executable, "-m", "sphinx", "-N", "-q", "-d", str(folder / "doctrees")]
    process = subprocess.run(
        [*command, *options, str(source), str(out)],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert process.returncode == 0, process.stderr
    return out


@contextmanager
def serve(folder: Path, handler: type[Quiet] = Handler) -> Iterator[Site]:
    bound = functools.partial(handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), bound) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Site(folder, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The handbook as it is configured."""
    with serve(build(tmp_path_factory.mktemp("handbook"))) as served:
        yield served


@pytest.fixture(scope="session")
def search_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same with the manual and the index of both, as the session "site" of nox makes them."""
    manual = build(tmp_path_factory.mktemp("manual"), source=DOCS)
    shutil.copytree(manual, site.folder / "manual")
    command = [sys.executable, "-m", "pagefind", "--quiet", "--site", str(site.folder)]
    subprocess.run(command, check=True)
    return site


@pytest.fixture(scope="session")
def linked_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The handbook with links to its sources."""
    folder = tmp_path_factory.mktemp("linked-handbook")
    with serve(build(folder, "-D", f"rolebook_edit_url={EDIT_URL}")) as served:
        yield served


@pytest.fixture(scope="session")
def pay_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small handbook with figures of pay of four hundred areas."""
    folder = tmp_path_factory.mktemp("pay-handbook")
    write_pay_book(folder / "source")
    with serve(build(folder, "-W", source=folder / "source")) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Debian's build of it that never has a window runs the tests in two thirds of the time.
    executable = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if executable is None:
        pytest.fail(
            "'chromium' is not on this machine; the browser tests need it."
            " On Debian or Ubuntu: apt-get install chromium",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_reader(browser: Browser) -> Iterator[NewReader]:
    """Make a reader: a browser context, which shares nothing with others.

    Whatever a test does, no page may raise an error, break the policy or open a dialog.
    """
    readers: list[BrowserContext] = []
    complaints: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"console: {message.text}")

    def on_dialog(dialog: Dialog) -> None:
        complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def make(*, clipboard: bool = True, **options: Any) -> BrowserContext:
        # Smooth scrolling would have every test wait.
        reader = browser.new_context(reduced_motion="reduce", **options)
        # To grant some is to refuse all others.
        permissions = ["clipboard-read", "clipboard-write"] if clipboard else ["geolocation"]
        reader.grant_permissions(permissions)
        reader.set_default_timeout(10_000)
        reader.on("console", on_console)
        reader.on("dialog", on_dialog)
        reader.on("weberror", lambda found: complaints.append(f"error: {found.error}"))
        readers.append(reader)
        return reader

    yield make
    for reader in readers:
        reader.close()
    assert complaints == []


@pytest.fixture
def empty_page(new_reader: NewReader) -> Page:
    """A page with nothing in it yet."""
    return new_reader().new_page()


@pytest.fixture
def page(new_reader: NewReader, site: Site) -> Page:
    """The page of the senior machine learning engineer, freshly opened."""
    page = new_reader().new_page()
    page.goto(site.url + SENIOR)
    return page


@pytest.fixture
def filled_page(new_reader: NewReader, site: Site) -> Page:
    """The same page with :func:`role_page.answers` in it, by a link."""
    page = new_reader().new_page()
    page.goto(site.url + SENIOR + fragment(answers()))
    return page
