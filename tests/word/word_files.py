"""A small template with all that a Word file has to write, and what can be read from a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from rolebook.catalog import assemble
from rolebook.compose import compose
from rolebook.exports import export
from rolebook.model import Template, Values
from rolebook.reader import read

ROLE = """\
# Engineer at {{ company }}

:::{job:role} engineer
:language: en-GB

You build *models* for **{{ company }}** & see [the {{ team }} page](https://example.org/a?b=1&c=2).

:::

:::{job:section} What you will do
:id: models
:group: Models

- Train models on {{ cloud }}.
- Own `x < 1` and **all *of {{ team }}***.

:::

:::{job:section} What you will do
:id: people
:group: People

Explain {{ team }}'s plan.

:::

:::{job:section} Steps, in {{ currency: EUR / "new" EUR }}
:id: steps

1. A call.
2. A task, paid in {{ currency }}.

Then we decide.

1. An offer.

:::

:::{job:section} How to apply
:id: apply

1. Write to <mailto:jobs@example.org>.

- See [the page](https://example.org/a?b=1&c=2).

:::

:::{job:placeholder} company
:label: Company & co.

:::

:::{job:placeholder} cloud
:label: Cloud platform
:choices: AWS / GCP / Our own
:multiple:

:::
"""

FILLED: Values = {
    "company": " R&D\n<b>Ltd</b> ",
    "team": "Platform",
    "cloud": ["Our own", "GCP"],
    "currency": '"new" EUR',
}

LINES = (
    ("Title", "Engineer at {company}"),
    ("Normal", "You build models for {company} & see the {team} page."),
    ("Heading 1", "What you will do"),
    ("Heading 2", "Models"),
    ("List Bullet", "Train models on {cloud}."),
    ("List Bullet", "Own x < 1 and all of {team}."),
    ("Heading 2", "People"),
    ("Normal", "Explain {team}'s plan."),
    ("Heading 1", "Steps, in {currency}"),
    ("List Number", "A call."),
    ("List Number", "A task, paid in {currency}."),
    ("Normal", "Then we decide."),
    ("List Number", "An offer."),
    ("Heading 1", "How to apply"),
    ("List Number", "Write to mailto:jobs@example.org."),
    ("List Bullet", "See the page."),
)
"""The template's lines: style and text, placeholders in braces."""
SLOTS = ("company", "company", "team", "cloud", "team", "team", "currency", "currency")
"""The placeholders in the order of the lines."""
BLANK_TEXTS = {name: f"{{{{ {name} }}}}" for name in SLOTS}
FILLED_TEXTS = {
    "company": "R&D <b>Ltd</b>",
    "team": "Platform",
    "cloud": "Our own, GCP",
    "currency": '"new" EUR',
}


@dataclass(frozen=True)
class Control:
    """A content control as a file has it."""

    kind: str
    title: str | None
    tag: str | None
    items: tuple[str, ...]
    text: str
    placeholder: bool


CONTROLS = {
    "company": ("text", "Company & co.", ()),
    "team": ("text", "Team", ()),
    "cloud": ("comboBox", "Cloud platform", ("AWS", "GCP", "Our own")),
    "currency": ("dropDownList", "Currency", ("EUR", '"new" EUR')),
}
"""Kind, title and list of the control of each placeholder."""
KINDS = {kind for kind, _, _ in CONTROLS.values()}


def template() -> Template:
    return compose(assemble([read("engineer.md", ROLE)]), "engineer")


def word_file(values: Values) -> bytes:
    return export(template(), "docx", values)


def open_file(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def text_of(element: Any) -> str:
    """The text of an element with that of its controls, which python-docx passes over."""
    return "".join(each.text or "" for each in element.iter(qn("w:t")))


def lines(word: Document) -> list[tuple[str, str]]:
    return [
        (paragraph.style.name or "" if paragraph.style else "", text_of(paragraph._p))
        for paragraph in word.paragraphs
    ]


def controls(word: Document) -> Iterator[Control]:
    body: Any = word.element.body
    for control in body.iter(qn("w:sdt")):
        properties = control.find(qn("w:sdtPr"))
        named = {each.tag: each for each in properties}
        (kind,) = (kind for kind in KINDS if qn(f"w:{kind}") in named)
        items = named[qn(f"w:{kind}")].findall(qn("w:listItem"))
        yield Control(
            kind=kind,
            title=_value(named.get(qn("w:alias"))),
            tag=_value(named.get(qn("w:tag"))),
            items=tuple(item.get(qn("w:displayText")) for item in items),
            text=text_of(control.find(qn("w:sdtContent"))),
            placeholder=qn("w:showingPlcHdr") in named,
        )


def _value(element: Any) -> str | None:
    return None if element is None else element.get(qn("w:val"))
