"""What the pages must never do, whatever arrives in a field or in a link."""

from __future__ import annotations

import json
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from role_page import (
    PAGES,
    SENIOR,
    NewReader,
    Site,
    answers,
    button,
    copied,
    enter,
    field,
    fill_in,
    fragment,
    in_browser,
    placeholder_named,
    rendered,
    shown_lines,
    slots,
    status,
    template,
    template_lines,
    template_shape,
    with_defaults,
)

from rolebook.placeholders import normalise

pytestmark = in_browser


# At rest. The server asks for the strictest policy, and each test fails on a console error.


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_fetched_from_elsewhere(new_reader: NewReader, site: Site, path: str) -> None:
    reader = new_reader()
    requests: list[Request] = []
    reader.on("request", lambda request: requests.append(request))
    page = reader.new_page()
    page.goto(site.url + path, wait_until="networkidle")
    if path == SENIOR:
        fill_in(page, answers())
        copied(page, button(page, "Copy rich text").click)
        copied(page, button(page, "Copy link").click)
    assert requests
    assert {urlsplit(request.url).netloc for request in requests} == {urlsplit(site.url).netloc}
    for request in requests:
        response = request.response()
        assert response is not None, request.url
        assert response.status == 200, request.url
        assert "set-cookie" not in response.headers
    assert reader.cookies() == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_in_a_page_is_script(new_reader: NewReader, site: Site, path: str) -> None:
    page = new_reader(java_script_enabled=False).new_page()
    page.goto(site.url + path)
    inline = page.evaluate(
        """() => [...document.scripts].filter(({ src }) => !src).map(({ type }) => type)"""
    )
    assert set(inline) <= {"application/json", "application/ld+json"}
    handlers = page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((element) =>
          [...element.attributes]
            .filter(({ name, value }) => /^on/i.test(name) || /^\\s*javascript:/i.test(value))
            .map(({ name }) => `${element.localName} ${name}`))"""
    )
    assert handlers == []


# Hostile values

HOSTILE = {
    "image": "<img src=x onerror=window.hacked=1>",
    "script": '"><script>window.hacked=1;alert(1)</script><b>',
    "svg": "</p></section><svg/onload=alert(1)>",
    "quotes": "' \" ` &quot; &#x27; \\",
    "placeholder": "{{ company name }} {{ product }} {{",
    "right to left": "\u202e\u200fabc\u2066def",
    "line separators": "one\u2028two\u2029three",
    "controls": "a\u0000b\u0007c\u009fd",
    "no-break space": "\u00a0x\u00a0",
    "astral": "\U0001f68b tram",
    "prototype": "__proto__",
    "address": "javascript:alert(1)",
    "markdown": "[x](javascript:alert(1)) **b** # h",
}


@pytest.fixture(scope="module")
def shape(browser: Browser, site: Site) -> list[str]:
    """The elements of an untouched template."""
    page = browser.new_page()
    page.goto(site.url + SENIOR)
    shape = template_shape(page)
    page.close()
    return shape


LONG = "<b>100,000</b> " * 6667
LONGEST_SECONDS = 5


def assert_shown_as_text(page: Page, value: str, shape: list[str]) -> None:
    """The value stands in the company's slots as text, and the page is alive and unharmed."""
    texts = set(slots(page, "company name").all_text_contents())
    assert texts == {normalise(value)}
    assert slots(page, "company name").locator("*").count() == 0
    assert template_shape(page) == shape
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("({}).hacked") is None
    enter(page, placeholder_named("location"), "Oslo")
    assert set(slots(page, "location").all_inner_texts()) == {"Oslo"}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_typed(page: Page, shape: list[str], kind: str) -> None:
    enter(page, placeholder_named("company name"), HOSTILE[kind])
    assert_shown_as_text(page, HOSTILE[kind], shape)
    page.reload()
    assert_shown_as_text(page, HOSTILE[kind], shape)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_in_a_link(empty_page: Page, site: Site, shape: list[str], kind: str) -> None:
    empty_page.goto(site.url + SENIOR + fragment({"company name": HOSTILE[kind]}))
    assert_shown_as_text(empty_page, HOSTILE[kind], shape)


def test_hostile_text_is_copied_as_text(page: Page, site: Site) -> None:
    values = {**answers(), "company name": " ".join(HOSTILE.values())}
    page.goto(site.url + SENIOR + fragment(values))
    found = copied(page, button(page, "Copy rich text").click)
    assert found["text/plain"] == rendered("text", values)
    assert "<img" not in found["text/html"]
    assert "<script" not in found["text/html"]
    assert "<svg" not in found["text/html"]
    found = copied(page, button(page, "Copy Markdown").click)
    assert found == {"text/plain": rendered("markdown", values)}


def test_a_lone_surrogate(page: Page, site: Site, shape: list[str]) -> None:
    field(page, placeholder_named("company name")).evaluate(
        """(input) => {
          input.value = "a\\ud800b";
          input.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    assert_shown_as_text(page, "a\ufffdb", shape)
    page.reload()
    assert_shown_as_text(page, "a\ufffdb", shape)
    page.goto(site.url)
    page.goto(site.url + SENIOR + fragment('{"company name": "a\\udfffb"}'))
    assert_shown_as_text(page, "a\ufffdb", shape)


def test_a_very_long_text(page: Page, site: Site, shape: list[str]) -> None:
    started = time.monotonic()
    enter(page, placeholder_named("company name"), LONG)
    expect(slots(page, "company name").first).to_contain_text("100,000")
    seconds = time.monotonic() - started
    assert seconds < LONGEST_SECONDS, f"took {seconds:.1f} s"
    assert_shown_as_text(page, LONG, shape)
    (link,) = copied(page, button(page, "Copy link").click).values()
    page.goto(site.url)
    started = time.monotonic()
    page.goto(link)
    expect(slots(page, "company name").first).to_contain_text("100,000")
    seconds = time.monotonic() - started
    assert seconds < LONGEST_SECONDS, f"took {seconds:.1f} s"
    assert_shown_as_text(page, LONG, shape)


UNUSABLE = {
    "no object": fragment(["company name"]),
    "null": fragment("null"),
    "a number": fragment("42"),
    "a text": fragment('"company name"'),
    "a number as value": fragment({"company name": 42}),
    "an object as value": fragment({"company name": {"hacked": 1}}),
    "several for one": fragment({"company name": ["a", "b"]}),
    "no texts in a list": fragment({"cloud": [1, {"hacked": 1}]}),
    "no such choice": fragment({"arrangement": HOSTILE["image"], "cloud": [HOSTILE["script"]]}),
    "no such name": fragment({HOSTILE["image"]: "x"}),
    "too long": fragment({"company name": "x" * 200_001}),
    "no JSON": fragment("{'company name': 1}"),
    "deep": fragment("[" * 20_000),
    "no base64": "#fill=%%%",
    "not ASCII": "#fill=é<img src=x onerror=alert(1)>",
    "cut off": fragment(answers())[:-7],
    "no UTF-8": "#fill=_____w",
    "empty": "#fill=",
    "inherited names": fragment(
        '{"__proto__": {"hacked": 1}, "constructor": "x", "toString": "y", "hasOwnProperty": "z"}'
    ),
    "an inherited name": fragment('{"__proto__": "hacked"}'),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_an_unusable_link(empty_page: Page, site: Site, shape: list[str], kind: str) -> None:
    empty_page.goto(site.url + SENIOR + UNUSABLE[kind])
    expect(status(empty_page)).to_contain_text("do not fit the template")
    assert template_lines(empty_page) == shown_lines(template(), with_defaults({}))
    enter(empty_page, placeholder_named("company name"), "Nine Trams Ltd")
    assert_shown_as_text(empty_page, "Nine Trams Ltd", shape)
    expect(empty_page).to_have_url(site.url + SENIOR)


def test_usable_values_survive_among_unusable_ones(page: Page, site: Site) -> None:
    values = json.loads('{"__proto__": "x", "company name": "Nine Trams Ltd", "location": 42}')
    page.goto(site.url + SENIOR + fragment(values))
    expect(status(page)).to_contain_text("do not fit the template")
    wanted = with_defaults({"company name": "Nine Trams Ltd"})
    assert template_lines(page) == shown_lines(template(), wanted)


STORED = {
    "no JSON": "{",
    "null": "null",
    "a list": '["x"]',
    "a text": '"x"',
    "wrong values": '{"company name": 42, "cloud": {"hacked": 1}, "arrangement": ["<img>"]}',
    "inherited names": '{"__proto__": {"hacked": 1}, "constructor": "x"}',
}


@pytest.mark.parametrize("kind", STORED)
def test_unusable_values_in_storage(page: Page, shape: list[str], kind: str) -> None:
    enter(page, placeholder_named("company name"), "x")
    page.evaluate("(text) => localStorage.setItem(localStorage.key(0), text)", STORED[kind])
    page.reload()
    assert template_lines(page) == shown_lines(template(), with_defaults({}))
    enter(page, placeholder_named("company name"), "Nine Trams Ltd")
    assert_shown_as_text(page, "Nine Trams Ltd", shape)
