"""The rules block of a jurisdiction: its options -> :class:`rolebook.model.Rules`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Protocol, TypeVar

from rolebook.details import FORMS, DetailKind
from rolebook.diagnostics import Code, known
from rolebook.fences import Fenced, add_options
from rolebook.iso_codes import CURRENCIES
from rolebook.model import (
    FORBIDDEN,
    Amount,
    Confidence,
    Duty,
    Origin,
    PayDisclosure,
    Permission,
    Rules,
)
from rolebook.placeholders import fold
from rolebook.rules_text import is_later

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_AMOUNT = re.compile(r"([0-9]+) ([A-Z]{3})")
_NEEDED: Mapping[str, str] = {
    "law": "Equal Pay Act",
    "pay": PayDisclosure.IN_POSTING,
    "sources": "[The law](https://example.org/law)",
    "checked": "2026-11-21",
    "confidence": Confidence.MEDIUM,
}
"""The options that a block cannot do without, each with a value that it could have."""

E = TypeVar("E", PayDisclosure, Duty, Permission, Confidence)


class OptionReader(Protocol):
    """What reading a block's options takes: see :class:`rolebook.reader._Reader`."""

    def report(self, line: int, code: Code, message: str, remedy: str) -> None:
        """Note a finding."""

    def origin(self, line: int) -> Origin:
        """Where something of this page was written."""

    def one_of(self, block: Fenced, option: str, values: type[E]) -> E | None:
        """An option with a closed list of values."""

    def id_list(self, block: Fenced, option: str) -> tuple[str, ...]:
        """An option that holds ids."""

    def text_option(self, block: Fenced, option: str) -> str | None:
        """An option that holds inline Markdown."""


def read_rules(reader: OptionReader, block: Fenced) -> Rules | None:
    """The rules in a block; None if it lacks what every reader of rules needs."""
    missing = [option for option in _NEEDED if option not in block.options]
    if missing and not block.faulty:
        reader.report(
            block.line,
            Code.MISSING_OPTION,
            f"These rules do not give {' and '.join(f':{option}:' for option in missing)}.",
            add_options(_NEEDED, missing),
        )
    pay = reader.one_of(block, "pay", PayDisclosure)
    confidence = reader.one_of(block, "confidence", Confidence)
    checked = _date(reader, block, "checked")
    if pay is None or confidence is None or checked is None or "law" not in block.options:
        return None
    names = block.options.get("requires", ("", 0))[0].split(",")
    in_force, amended = _date(reader, block, "in-force"), _date(reader, block, "amended")
    if in_force and amended and is_later(in_force, amended):
        reader.report(
            block.options["amended"][1],
            Code.BAD_VALUE,
            f"By ':amended: {amended}', the law changed before ':in-force: {in_force}'.",
            "Correct one of the two, or leave out the one that no source states.",
        )
    return Rules(
        law=block.options["law"][0],
        employers=reader.text_option(block, "employers"),
        in_force=in_force,
        amended=amended,
        pay=pay,
        open_ended=reader.one_of(block, "open-ended", Permission),
        single_figure=reader.one_of(block, "single-figure", Permission),
        maximum_width=_amount(reader, block, "maximum-width"),
        exempt_above=_amount(reader, block, "exempt-above"),
        benefits=reader.one_of(block, "benefits", Duty),
        other_pay=reader.one_of(block, "other-pay", Duty),
        deadline=reader.one_of(block, "deadline", Duty),
        ai_statement=reader.one_of(block, "ai-statement", Duty),
        vacancy_status=reader.one_of(block, "vacancy-status", Duty),
        forbids=_forbidden(reader, block),
        requires=tuple(fold(name) for name in names if name.strip()),
        sources=reader.text_option(block, "sources"),
        checked=checked,
        confidence=confidence,
        origin=reader.origin(block.line),
    )


def _forbidden(reader: OptionReader, block: Fenced) -> tuple[str, ...]:
    ids = reader.id_list(block, "forbids")
    for id_ in ids:
        if id_ not in FORBIDDEN:
            reader.report(
                block.options["forbids"][1],
                Code.BAD_VALUE,
                f"'{id_}' is not a value of ':forbids:'.",
                known(id_, FORBIDDEN, "value"),
            )
    return tuple(id_ for id_ in ids if id_ in FORBIDDEN)


def _date(reader: OptionReader, block: Fenced, option: str) -> str | None:
    if option not in block.options:
        return None
    value, line = block.options[option]
    if (match := _DATE.fullmatch(value)) and _exists(match):
        return value
    reader.report(
        line,
        Code.BAD_VALUE,
        f"'{value}' is not a date.",
        f"Write the year, month and day as far as known: ':{option}: 2026-01-31'.",
    )
    return None


def _exists(match: re.Match[str]) -> bool:
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _amount(reader: OptionReader, block: Fenced, option: str) -> Amount | None:
    if option not in block.options:
        return None
    value, line = block.options[option]
    if match := _AMOUNT.fullmatch(value):
        if match[2] in CURRENCIES:
            return Amount(int(match[1]), match[2])
        reader.report(
            line,
            Code.BAD_VALUE,
            f"'{match[2]}' in ':{option}:' is not a currency.",
            f"{FORMS[DetailKind.CURRENCY]}.",
        )
        return None
    reader.report(
        line,
        Code.BAD_VALUE,
        f"'{value}' is not a sum of money.",
        f"Write digits and a currency: ':{option}: 50000 CAD'.",
    )
    return None
