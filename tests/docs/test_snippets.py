"""The editor's snippets: each block has one, and what it writes is read without a finding."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from manual import DOCS

from rolebook.catalog import assemble
from rolebook.check import check
from rolebook.diagnostics import Code
from rolebook.fences import HEADERS, LISTINGS, OPTIONS, PAY_LISTINGS, Fences
from rolebook.interview.model import QuestionKind
from rolebook.model import Axis, Confidence, PayDisclosure, SectionKind
from rolebook.reader import read

FILE = DOCS.parent / ".vscode" / "rolebook.code-snippets"
SNIPPETS = json.loads(FILE.read_text(encoding="utf-8"))

ROLE = """\
# Analyst

:::{job:role} analyst

:::

:::{job:section} Duties
:id: duties

- Answer questions. {#answer}
- Draw charts. {#second}
- Keep records. {#records}

:::
"""
LEVEL = "# Junior\n\n:::{job:variant} junior\n:extends: analyst\n:axis: level\n\n:::\n"
KIT = """\
# Interview kit

:::{job:interview} analyst

:::

:::{job:competency} Figures
:id: figures

Says how sure a figure is.

:::

:::{job:stage} Your work
:id: work
:minutes: 60
:with: two analysts

- **Candidate:** You talk.

:::
"""
MUST_HAVES = """
:::{job:section} Must have
:id: requirements
:kind: requirements

- SQL. {#sql}

:::
"""


def expanded(body: list[str]) -> str:
    """What a snippet writes when nothing is typed: defaults, and the first of choices."""
    text = "\n".join(body)
    text = re.sub(r"\$\{\d+\|([^,|]+)[^|]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:((?:[^}\\]|\\.)*)\}", r"\1", text)
    return re.sub(r"\$\d+", "", text).replace("\\}", "}")


def directive(text: str) -> str:
    found = re.match(r":::\{job:([\w-]+)\}", text)
    assert found, text
    return found[1]


def test_each_block_has_a_snippet() -> None:
    names = {directive(expanded(snippet["body"])) for snippet in SNIPPETS.values()}
    assert names == {*OPTIONS, *LISTINGS}


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_read_without_a_finding(name: str) -> None:
    snippet = SNIPPETS[name]
    text = expanded(snippet["body"])
    kind = directive(text)
    assert snippet["prefix"] == name.replace("Rolebook: ", "job-")
    fences = Fences("page.md", text)
    (blocks, found) = (fences.read()[1], fences.found)
    assert (found, [block.name for block in blocks]) == ([], [kind] * (kind in OPTIONS))
    for block in blocks:
        assert {*block.options} <= {*OPTIONS[kind]}
    pages = {"analyst.md": ROLE, "junior.md": LEVEL}
    if kind in PAY_LISTINGS:
        return  # What they show is in other files than Markdown.
    if kind in ("placeholder", "reviewed", *LISTINGS):
        pages["page.md"] = f"# Page\n\n{text}"
    elif kind == "skills":
        pages["analyst.md"] += MUST_HAVES
        pages["page.md"] = f"# Page\n\n{text}"
    elif kind in ("role", "variant"):
        pages["page.md"] = f"# Page\n\n{text}"
        if "jurisdiction" in text.splitlines()[1]:
            pages["page.md"] += "\n"
    elif kind == "interview":
        pages["interview.md"] = f"# Kit\n\n{text}"
    elif kind in HEADERS["interview"]:
        pages["analyst.md"] += MUST_HAVES
        pages["interview.md"] = f"{KIT}\n{text}"
        if kind in ("competency", "stage"):
            pages["interview.md"] = KIT.partition(f":::{{job:{kind}}}")[0] + text
    elif kind == "rules":
        head = "# Place\n\n:::{job:variant} us-co\n:applies-to: all\n:axis: jurisdiction\n\n:::\n"
        pages["page.md"] = f"{head}\n{text}"
    elif kind == "section":
        pages["page.md"] = f"# Page\n\n:::{{job:role}} clerk\n\n:::\n\n{text}"
    else:
        pages["junior.md"] += f"\n{text}"
    # A part of a kit is not a whole one.
    parts = {Code.INTERVIEW_UNUSED.id, Code.UNASSESSED_REQUIREMENT.id}
    book = assemble(read(file, page) for file, page in pages.items())
    said = [f for f in check(book, date(2026, 11, 21)) if f.id not in parts]
    assert said == []


CHOICES = {
    ("variant", "axis"): Axis,
    ("section", "kind"): SectionKind,
    ("question", "kind"): QuestionKind,
    ("rules", "pay"): PayDisclosure,
    ("rules", "confidence"): Confidence,
}


def test_choices_are_all_that_there_are() -> None:
    seen = set()
    for snippet in SNIPPETS.values():
        kind = directive(expanded(snippet["body"]))
        for line in snippet["body"]:
            if found := re.fullmatch(r":([\w-]+): \$\{\d+\|(.+)\|\}", line):
                seen.add((kind, found[1]))
                assert {*found[2].split(",")} == {*CHOICES[kind, found[1]]}
    assert seen == {*CHOICES}
