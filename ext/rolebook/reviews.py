"""When pages were last reviewed: the block that says so, and findings on those that are due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from rolebook.diagnostics import Code, Diagnostic, diagnostic_at
from rolebook.fences import Fenced
from rolebook.model import Item, Origin, Review

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class ReviewReader(Protocol):
    """What reading a review takes: see :class:`rolebook.reader._Reader`."""

    def report(self, line: int, code: Code, message: str, remedy: str) -> None:
        """Note a finding."""

    def origin(self, line: int) -> Origin:
        """Where something of this page was written."""

    def no_name(self, block: Fenced, what: str, example: str) -> None:
        """Report that a block's argument is missing."""

    def said(self, block: Fenced) -> tuple[Item, ...]:
        """The items of a block's body; reports an empty one."""


def read_review(reader: ReviewReader, block: Fenced) -> Review | None:
    """The review in a block; None if its dates cannot be read. Without ``due``, a year later."""
    sources = reader.said(block)
    if not block.argument:
        reader.no_name(block, "date", "2026-01-31")
        return None
    day = _day(reader, block.argument, block.line)
    if day is None:
        return None
    due: date | None = _year_later(day)
    if "due" in block.options:
        value, line = block.options["due"]
        due = _day(reader, value, line)
        if due is not None and due <= day:
            reader.report(
                line,
                Code.BAD_VALUE,
                f"By ':due: {value}', this page is due on the day of its review or before it.",
                "Correct one of the two dates.",
            )
            due = None
    if due is None:
        return None
    return Review(day.isoformat(), due.isoformat(), sources, reader.origin(block.line))


def check_reviews(reviews: Iterable[Review], today: date) -> Iterator[Diagnostic]:
    """The findings on the reviews of pages."""
    for review in reviews:
        if date.fromisoformat(review.day) > today:
            yield diagnostic_at(
                review.origin,
                Code.BAD_VALUE,
                f"This page says that it was reviewed on {review.day}, and today is {today}.",
                "Write the day on which somebody read it over.",
            )
        elif date.fromisoformat(review.due) < today:
            yield diagnostic_at(
                review.origin,
                Code.REVIEW_DUE,
                f"This page was to be reviewed by {review.due}.",
                "Read it over against its sources, and write today's date behind the directive.",
            )


def _day(reader: ReviewReader, value: str, line: int) -> date | None:
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    reader.report(
        line,
        Code.BAD_VALUE,
        f"'{value}' is not a day.",
        "Write the year, month and day: '2026-01-31'.",
    )
    return None


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February, or the last year of all
        return date(min(day.year + 1, date.max.year), day.month, 28)
