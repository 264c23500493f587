"""A role's page as a reader uses it, and what Python says must be on it."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext, Locator, Page

from rolebook.catalog import Catalog, load
from rolebook.compose import compose
from rolebook.exports.layout import LAYOUTS, Description, lay_out
from rolebook.inline import prepare
from rolebook.model import Axis, Placeholder, Template, Values
from rolebook.placeholders import defaults, escape_html, fill

CONTENT = Path(__file__).parents[2] / "content"
DOCS = CONTENT.with_name("docs")

ROLE = "machine-learning-engineer"
BASE = f"roles/{ROLE}/index.html"
SENIOR = f"roles/{ROLE}/senior.html"
JUNIOR = f"roles/{ROLE}/junior.html"
COMPARE = f"roles/{ROLE}/compare.html"
KIT = f"roles/{ROLE}/interview.html"
STAFF_KIT = f"roles/{ROLE}/interview-staff.html"
PAGES = ("index.html", "roles/index.html", BASE, JUNIOR, SENIOR, COMPARE, KIT, STAFF_KIT)
"""The kinds of pages: the first one, a list, a role, variants and these side by side, kits."""

EDIT_URL = "https://forge.example/edit/{path}#L{line}"
"""Where the linked copy of the handbook says that its lines are edited."""

in_browser = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
"""The marks of each module. One group, so that one process builds and serves the handbook."""


@dataclass(frozen=True)
class Site:
    """A built handbook and where it is served."""

    folder: Path
    url: str


NewReader = Callable[..., BrowserContext]
"""Makes a browser context: see the fixture ``new_reader``."""


@cache
def catalog() -> Catalog:
    return load(CONTENT)


@cache
def template(level: str | None = "senior") -> Template:
    return compose(catalog(), ROLE, {Axis.LEVEL: level} if level else {})


def export_by_command(level: str | None, format: str, *options: str) -> bytes:
    """What the command line exports."""
    command = [sys.executable, "-m", "rolebook", "--root", str(CONTENT), "export", ROLE]
    command += ["--format", format, *options, *(["--level", level] if level else [])]
    process = subprocess.run(command, capture_output=True, check=False)
    assert process.returncode == 0, process.stderr.decode()
    return process.stdout


# Values


def answers() -> dict[str, str | list[str]]:
    """A value for every placeholder, with what each format has to escape."""
    return {placeholder.name: answer(placeholder) for placeholder in template().placeholders}


def answer(placeholder: Placeholder) -> str | list[str]:
    if placeholder.multiple:
        return [placeholder.choices[0], placeholder.choices[-1]]
    if placeholder.choices:
        return placeholder.choices[-1]
    return f"1. {placeholder.label} *ä* & <b>\"x\"</b> 'y' {{{{ z }}}}"


def with_defaults(values: Values) -> Values:
    return {**defaults(template().placeholders), **values}


def fill_in(page: Page, values: Values) -> None:
    for name, value in values.items():
        enter(page, placeholder_named(name), value)


def enter(page: Page, placeholder: Placeholder, value: str | list[str]) -> None:
    if placeholder.multiple:
        group = form(page).get_by_role("group", name=placeholder.label, exact=True)
        for choice in placeholder.choices:
            group.get_by_role("checkbox", name=choice, exact=True).set_checked(choice in value)
    elif placeholder.choices:
        field(page, placeholder).select_option(value)
    else:
        assert isinstance(value, str)
        field(page, placeholder).fill(value)


def placeholder_named(name: str) -> Placeholder:
    (found,) = (p for p in template().placeholders if p.name == name)
    return found


def unfilled(values: Values, blocks: Iterable[str] | None = None) -> list[Placeholder]:
    """What is left in some blocks, in reading order."""
    names: list[str] = []
    for block in lay_out(template()).blocks:
        if blocks is None or block.id in blocks:
            names += [name for leaf in block.leaves for name in leaf.prepared[1][1::2]]
    return [placeholder_named(name) for name in dict.fromkeys(names) if not values.get(name)]


def fragment(values: object) -> str:
    """A link's fragment. Text is taken for JSON already."""
    text = values if isinstance(values, str) else json.dumps(values)
    return "#fill=" + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_fragment(link: str) -> dict[str, str | list[str]]:
    packed = link.partition("#fill=")[2]
    read: dict[str, str | list[str]] = json.loads(base64.urlsafe_b64decode(packed + "==="))
    return read


# What the page must show and hand out


def rendered(format: str, values: Values, blocks: Sequence[str] | None = None) -> str:
    """The template, or some of its blocks, as Python exports it with these values."""
    document = lay_out(template())
    description = Description(document, values)
    (layout,) = (layout for layout in LAYOUTS if layout.name == format)
    return layout.between.join(
        description.render_block(block, layout)
        for block in document.blocks
        if blocks is None or block.id in blocks
    )


def flavours(how: str, values: Values, blocks: Sequence[str] | None = None) -> Mapping[str, str]:
    """What a way of copying puts on the clipboard."""
    if how != "rich":
        return {"text/plain": rendered(how, values, blocks)}
    # Chromium parses and writes the HTML once, which changes but the two entities that
    # text does not need.
    html = rendered("html", values, blocks).replace("&quot;", '"').replace("&#x27;", "'")
    return {"text/plain": rendered("text", values, blocks), "text/html": html}


def headed_blocks() -> list[list[str]]:
    """The blocks below each heading: some neighbours share one."""
    found: list[list[str]] = []
    for block in lay_out(template()).blocks:
        if block.leaves[0].kind == "group":
            found[-1].append(block.id)
        else:
            found.append([block.id])
    return found


def shown_text(line: str, values: Values) -> str:
    """A line of a template as it reads on the page."""
    markup = fill(prepare(line)[2], values, escape_html, lambda name: "{{ " + name + " }}")
    return " ".join(BeautifulSoup(markup, "html.parser").get_text().split())


def shown_lines(template: Template, values: Values) -> list[str]:
    lines = [template.title, *(item.text for item in template.summary)]
    shown = None
    for section in template.sections:
        if not section.group or section.title != shown:
            lines.append(section.title)
        if section.group:
            lines.append(section.group)
        shown = section.title
        lines += [item.text for item in section.items]
    return [shown_text(line, values) for line in lines]


# The page


def form(page: Page) -> Locator:
    return page.get_by_role("form", name="Fill in the template")


def field(page: Page, placeholder: Placeholder) -> Locator:
    return form(page).get_by_label(placeholder.label, exact=True)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def slots(page: Page, name: str) -> Locator:
    return page.locator(f".rb-template .rb-ph--{name.replace(' ', '-')}")


def status(page: Page) -> Locator:
    return page.get_by_role("status")


def section_tools(page: Page) -> Locator:
    """The copy menus of the opening and of each section."""
    return page.locator(".rb-template .rb-tools")


def template_lines(page: Page) -> list[str]:
    """The lines of the template as the page shows them, without the page's own additions."""
    lines: list[str] = page.evaluate(
        """() => {
          const lines = document.querySelectorAll(".rb-template :is(h2, h3, .rb-group, .rb-leaf)");
          return [...lines].map((line) => {
            const copy = line.cloneNode(true);
            for (const extra of copy.querySelectorAll(".headerlink, .rb-origin")) extra.remove();
            return copy.textContent;
          });
        }"""
    )
    return [" ".join(line.split()) for line in lines]


def template_shape(page: Page) -> list[str]:
    """The template's elements by name. Filling may change none, but for the braces' own."""
    shape: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".rb-template, .rb-template *")]
          .filter((element) => !element.matches(".rb-brace"))
          .map((element) => element.localName)"""
    )
    return shape


def read_clipboard(page: Page) -> Mapping[str, str]:
    """What is on the clipboard, by media type."""
    flavours: dict[str, str] = page.evaluate(
        """async () => {
          // A change is announced a little after it is made, and then ends a reading under way.
          for (;;) {
            try {
              const [item] = await navigator.clipboard.read();
              const found = {};
              for (const type of item.types) found[type] = await (await item.getType(type)).text();
              return found;
            } catch (error) {
              if (error.name !== "InvalidStateError") throw error;
            }
          }
        }"""
    )
    return flavours


UNTOUCHED = "nothing was copied"


def clear_clipboard(page: Page) -> None:
    page.evaluate("(text) => navigator.clipboard.writeText(text)", UNTOUCHED)


def copied(page: Page, copy: Callable[[], None]) -> Mapping[str, str]:
    """What an action puts on the clipboard."""
    clear_clipboard(page)
    copy()
    page.wait_for_function(
        "async (untouched) => (await navigator.clipboard.readText()) !== untouched", arg=UNTOUCHED
    )
    return read_clipboard(page)
