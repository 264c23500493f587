"""The questions and answers of a page as schema.org's ``FAQPage``.

It says in data what the page says to readers. Google has shown no result for it since
7 May 2026; others may read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rolebook.exports.runs import read_runs
from rolebook.inline import prepare
from rolebook.model import Item, Question


def faq_page(questions: Iterable[Question]) -> Mapping[str, Any] | None:
    """The data of a page with these questions; None if there is none."""
    entries = [
        {
            "@type": "Question",
            "name": _words(question.question),
            "acceptedAnswer": {"@type": "Answer", "text": _answer(question.items)},
        }
        for question in questions
    ]
    if not entries:
        return None
    return {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": entries}


def _answer(items: Iterable[Item]) -> str:
    return "\n".join(_words(item.text) for item in items)


def _words(text: str) -> str:
    """What a reader sees of a line: links without their addresses."""
    return "".join(run.text for run in read_runs(prepare(text)[2]))
