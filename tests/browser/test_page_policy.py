"""The policy on content: pages and the host's file state it, and all runs under it."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import build, serve
from playwright.sync_api import Browser, Page, expect
from role_page import SENIOR, NewReader, Site, in_browser

from rolebook.policy import HEADERS_FILE, header_policy, meta_policy

pytestmark = in_browser

CONTENT = Path(__file__).parents[2] / "content"
MANUAL = CONTENT.with_name("docs")
KIT = "roles/data-engineer/interview.html"
FILES = ("downloads/data-engineer/senior.html", "downloads/interview/data-engineer/senior-kit.html")


def policy_of(page: Page) -> str | None:
    return page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content")


@pytest.mark.parametrize("path", ["index.html", SENIOR, KIT, "404.html", "search.html"])
def test_each_page_states_the_policy(new_reader: NewReader, search_site: Site, path: str) -> None:
    page = new_reader().new_page()
    page.goto(search_site.url + path)
    assert policy_of(page) == meta_policy()


def test_the_hosts_file_states_it_for_every_page(site: Site) -> None:
    lines = (site.folder / HEADERS_FILE).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "/*"
    assert f"  Content-Security-Policy: {header_policy()}" in lines
    for word in ("unsafe-inline", "'unsafe-eval'", "http:", "https:", "*"):
        assert word not in header_policy()


@pytest.mark.parametrize("path", FILES)
def test_downloaded_pages_keep_their_styles_under_it(
    browser: Browser, site: Site, path: str
) -> None:
    page = browser.new_page()  # a file that stands alone names no icon, which is asked for
    page.goto(site.url + path)
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Charter")


BREAK = """async () => {
  const found = new Set();
  document.addEventListener("securitypolicyviolation", (event) => {
    found.add(event.effectiveDirective.replace(/-(elem|attr)$/, ""));
  });
  const add = (tag, values) => {
    document.body.append(Object.assign(document.createElement(tag), values));
  };
  add("script", { textContent: "window.ran = true" });
  add("style", { textContent: "body { color: red }" });
  add("img", { src: "https://example.org/pixel.png" });
  await new Promise((done) => setTimeout(done, 300));
  return [...found, String(window.ran)];
}"""


def test_what_is_inline_or_from_elsewhere_is_stopped(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(site.url)
    stopped = page.evaluate(BREAK)
    assert sorted(stopped) == ["img-src", "script-src", "style-src", "undefined"]


MOVED = """extensions = ["rolebook", "sphinx_reredirects"]
html_theme = "rolebook"
rolebook_policy = True
redirects = {{"old": "index.html"}}
redirect_html_template_file = "{template}"
"""


def test_a_page_that_has_moved_leads_on_under_it(new_reader: NewReader, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    template = CONTENT / "_redirect.html"
    (source / "conf.py").write_text(MOVED.format(template=template), encoding="utf-8")
    (source / "index.md").write_text("# Here now\n", encoding="utf-8")
    with serve(build(tmp_path, source=source)) as moved:
        page = new_reader().new_page()
        page.goto(f"{moved.url}old.html")
        expect(page).to_have_url(f"{moved.url}index.html")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Here now")
        # Else the server would be gone before all is there.
        page.wait_for_load_state("networkidle")


def test_the_manual_runs_under_it_too(
    new_reader: NewReader, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The reader notes whatever breaks the policy on any of its pages."""
    with serve(build(tmp_path_factory.mktemp("manual"), source=MANUAL)) as manual:
        page = new_reader().new_page()
        for name in ("index", "tutorial", "notation", "command"):
            page.goto(f"{manual.url}{name}.html", wait_until="networkidle")
            assert policy_of(page) == meta_policy()
