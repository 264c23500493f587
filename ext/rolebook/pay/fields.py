"""The fields of one row or table of pay data, each read by its kind, each fault told by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from rolebook.catalog import ANYTHING
from rolebook.details import FORMS, DetailKind
from rolebook.diagnostics import Code, Diagnostic, diagnostic, nearest
from rolebook.model import Origin

E = TypeVar("E", bound=StrEnum)

_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,2})?")
_COUNT = re.compile(r"[1-9][0-9]{0,9}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A number as people write it: signs of money around it, its thousands apart.
_WRITTEN = re.compile(
    r"[^0-9.,+-]*"
    r"(?P<whole>[1-9][0-9]{0,2}(?P<apart>[,.'’ \u00a0\u2009\u202f])[0-9]{3}(?:(?P=apart)[0-9]{3})*"
    r"|[1-9][0-9]*)"
    r"(?P<part>\.[0-9]{1,2})?"
    r"[^0-9.,a-zA-Z]*(?:[A-Z]{3})?"
)

_PLAIN = (
    "Write at most twelve digits and nothing else, but for two more behind a decimal point,"
    " such as 120000 or 18.50."
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a field may name: a ``what`` that is ``there``.

    ``lost`` are the names of those that are in error and reported, with
    :data:`rolebook.catalog.ANYTHING` if there is no telling which. ``where`` is a sentence
    that says where they are listed; without it a finding lists them.
    """

    what: str
    there: Collection[str]
    lost: Collection[str] = ()
    where: str = ""

    def remedy(self, name: str) -> str:
        """What would be right instead of ``name``."""
        return " ".join(filter(None, [likely(name, self.there), self._listed()]))

    def _listed(self) -> str:
        if self.where:
            return self.where
        if not self.there:
            return f"There is no {self.what} to name here."
        return f"Known: {', '.join(sorted(self.there))}."


def likely(name: str, names: Collection[str]) -> str:
    """The question whether one of ``names`` was meant; empty if none is like ``name``."""
    folded = {known.casefold(): known for known in names}
    meant = nearest(name.casefold(), folded)
    return f"Did you mean '{folded[meant]}'?" if meant else ""


class Fields:
    """The fields of a row, or of a table, of which ``whole`` is the name ("figure").

    ``values`` are their texts, ``lists`` those that hold several. ``noun`` is what a field
    is called ("Column"), ``line_of`` tells the line of one, and that of the whole for "".

    A method for a field that is at fault reports it and gives back something that stands in
    for the value; once a field is ``faulty``, nothing of the whole may be kept.
    """

    def __init__(
        self,
        file: str,
        values: Mapping[str, str],
        found: list[Diagnostic],
        whole: str,
        noun: str,
        line_of: Callable[[str], int],
        lists: Mapping[str, Sequence[object]] = MappingProxyType({}),
    ) -> None:
        self.file = file
        self.values = values
        self.whole = whole
        self.noun = noun
        self.line_of = line_of
        self.lists = lists
        self.faulty: set[str] = set()
        self._found = found

    @property
    def origin(self) -> Origin:
        """Where the whole begins."""
        return Origin(self.file, self.line_of(""))

    @property
    def sound(self) -> bool:
        """Whether nothing is at fault so far."""
        return not self.faulty

    def reject(self, code: Code, message: str, remedy: str) -> None:
        """Report a fault of the whole."""
        self.faulty.add("")
        self._found.append(diagnostic(self.file, self.line_of(""), code, message, remedy))

    def report(self, name: str, code: Code, message: str, remedy: str) -> None:
        """Report a fault of a field; ``message`` goes on after its name."""
        self.faulty.add(name)
        self.warn(name, code, message, remedy)

    def warn(self, name: str, code: Code, message: str, remedy: str) -> None:
        """Report something about a field that is no fault."""
        text = f"{self.noun} '{name}' {message}"
        self._found.append(diagnostic(self.file, self.line_of(name), code, text, remedy))

    def refuse(self, name: str, why: str, remedy: str) -> None:
        """Report a value that a field cannot take."""
        self.report(name, Code.PAY_VALUE, f"holds '{self.values[name]}', {why}.", remedy)

    def optional(self, name: str) -> str | None:
        """A field's text, None if there is none."""
        return self.values.get(name) or None

    def text(self, name: str) -> str:
        """The text of a field that has to have one."""
        value = self.optional(name)
        if name in self.lists:
            remedy = f"Write '{name} = \"…\"', without brackets."
            self.report(name, Code.PAY_VALUE, "is a list, and can only be a text.", remedy)
        elif value is None:
            self.miss(name)
        return value or ""

    def texts(self, name: str) -> tuple[str, ...]:
        """A field that has to hold a list of texts, which may be empty."""
        listed = self.lists.get(name, ())
        texts = tuple(text for text in listed if isinstance(text, str))
        if len(texts) < len(listed) or name in self.values:
            remedy = f'Write \'{name} = ["A sentence.", "Another."]\'.'
            self.report(name, Code.PAY_VALUE, "is something other than a list of texts.", remedy)
        elif name not in self.lists:
            self.miss(name)
        return texts

    def miss(self, name: str) -> None:
        """Report a field that is not there and has to be."""
        lack = "is empty" if self.values.get(name) == "" else "is missing"
        self.report(name, Code.PAY_VALUE, f"{lack}.", f"Every {self.whole} needs it.")

    def choice(self, name: str, kinds: type[E]) -> E:
        """A field that holds one of a few words."""
        value = self.text(name)
        if value and value not in [*kinds]:
            remedy = f"{likely(value, [*kinds])} Known: {', '.join(kinds)}.".lstrip()
            self.refuse(name, "which it cannot take", remedy)
        return next(iter(kinds)) if name in self.faulty else kinds(value)

    def number(self, name: str) -> Decimal | None:
        """A sum above zero."""
        value = self.optional(name)
        if value is None:
            return None
        if re.fullmatch(r"-[0-9.]+|0+(?:\.0*)?", value):
            self.refuse(name, "which nobody is paid", "Leave it empty if there is no figure.")
        elif not _NUMBER.fullmatch(value):
            self.refuse(name, "which is not a plain number", _mended(value))
        return None if name in self.faulty else Decimal(value)

    def count(self, name: str) -> int | None:
        """A whole number above zero."""
        value = self.optional(name)
        if value is None:
            return None
        if not _COUNT.fullmatch(value):
            remedy = "Write a whole number above zero in digits alone, such as 1200."
            self.refuse(name, "which is not a count", remedy)
        return None if name in self.faulty else int(value)

    def day(self, name: str, today: date) -> date:
        """A day that is not to come, in a field that has to have one."""
        if self.optional(name) is None:
            self.miss(name)
        return self.optional_day(name, today) or date.min

    def optional_day(self, name: str, today: date = date.max) -> date | None:
        """A day that is not to come, None if there is none."""
        value = self.optional(name)
        if value is None:
            return None
        day = _day(value)
        if day is None:
            self.refuse(name, "which is not a date", f"{FORMS[DetailKind.DATE]}.")
        elif day > today:
            self.refuse(name, "a day still to come", "Write a day that has been.")
        return day

    def name(self, name: str, names: Names) -> str:
        """A field that has to name something there is."""
        value = self.text(name)
        if value and value not in names.there:
            if value in names.lost or ANYTHING in names.lost:
                self.faulty.add(name)
            else:
                message = f"names the {names.what} '{value}', which does not exist."
                self.report(name, Code.PAY_UNKNOWN, message, names.remedy(value))
        return value


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def _mended(text: str) -> str:
    """What would be right instead of a number that is not plain."""
    match = _WRITTEN.fullmatch(text)
    # "120.000" may be a hundred and twenty thousand, or a number with three decimals.
    if match is None or (match["apart"] == "." and text.count(".") == 1):
        return _PLAIN
    number = match["whole"].replace(match["apart"] or " ", "") + (match["part"] or "")
    return f"Write '{number}'." if _NUMBER.fullmatch(number) else _PLAIN
