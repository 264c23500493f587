"""The facts of one opening, read from a template and what was filled in.

A handbook's words are for people; other programs want a number, a date, a code. What
cannot be read as one is told, with what would be right, and never guessed.
``static/vacancy.js`` mirrors this module; ``tests/parity`` holds the cases.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rolebook.details import DETAILS, FORMS, WEBSITE, Detail, DetailKind
from rolebook.iso_codes import COUNTRIES, COUNTRY_NAMES, CURRENCIES
from rolebook.model import Axis, Placeholder, Template, Values
from rolebook.placeholders import joined, slug

Readings = Mapping[str, "Reading"]
"""A reading for each detail, by its id, in the order of :data:`rolebook.details.DETAILS`."""

ORDERED = (
    ("pay-minimum", "pay-maximum", "is less than"),
    ("date-posted", "deadline", "is earlier than"),
)
"""Details of which the second may not come before the first, and how that is said."""

_PLAIN = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,2}))?")
_GROUPED = re.compile(
    r"([1-9][0-9]{0,2})([,.'’ \u00a0\u2009\u202f])((?:[0-9]{2,3}\2)*[0-9]{3})"
    r"(?:([.,])([0-9]{1,2}))?"
)
_DATE = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Reading:
    """One detail as it was found.

    ``name`` is what it is given under: that of the placeholder that stands for it or, where
    the template has none, the detail's own id; ``label`` goes with it. ``text`` is what was
    given, empty if nothing was. ``value`` is None where there is nothing to read or, with
    a ``fault``, where it cannot be read; a number is a count of hundredths. ``shown`` if
    the text of the description has it, in a placeholder or in a line of a chosen variant.
    """

    detail: str
    name: str
    label: str
    text: str = ""
    value: str | int | None = None
    fault: str | None = None
    shown: bool = False


def read_vacancy(template: Template, values: Values) -> Readings:
    """What a filled template says of the opening that it describes.

    A detail is given by a placeholder that stands for it, by a chosen variant (where the
    work is done) or under its own id, which goes before the placeholder: the text may say
    "21 November" where a program needs the date.
    """
    readings = {detail.id: _read(detail, template, values) for detail in DETAILS.values()}
    for first, second, relation in ORDERED:
        low, high = readings[first], readings[second]
        match low.value, high.value:
            case int(one), int(other):
                wrong = other < one
            case str(day), str(other_day):
                wrong = other_day < day
            case _:
                wrong = False
        if wrong:
            fault = f"'{high.text}' {relation} '{low.text}' ({low.label})."
            readings[second] = replace(high, value=None, fault=fault)
    return readings


def read_value(detail: Detail, text: str) -> str | int | None:
    """A detail's value as programs write it; None if ``text`` cannot be read as one."""
    match detail.kind:
        case DetailKind.NUMBER:
            return _hundredths(text)
        case DetailKind.DATE:
            return text if _is_date(text) else None
        case DetailKind.COUNTRY | DetailKind.CURRENCY:
            known = COUNTRIES if detail.kind is DetailKind.COUNTRY else CURRENCIES
            # Some letters of other scripts turn into A to Z when they are capitalised.
            return text.upper() if text.isascii() and text.upper() in known else None
        case DetailKind.CODE:
            return slug(text) if slug(text) in detail.codes else None
        case DetailKind.WEBSITE:
            return text if WEBSITE.fullmatch(text) else None
        case DetailKind.TEXT:
            return text or None


def unreadable(detail: Detail, text: str) -> str:
    """Why a value cannot be read, and what would be right."""
    form = FORMS.get(detail.kind) or f"Write one of: {', '.join(detail.codes)}"
    return f"'{text}' cannot be read. {form}."


def legible(reading: Reading) -> str:
    """A value as people write it: the name of a country, a code with a capital, a number as given.

    Empty if there is no value.
    """
    match reading.value:
        case None:
            return ""
        case int():
            return reading.text
        case value:
            kind = DETAILS[reading.detail].kind
            if kind is DetailKind.COUNTRY:
                return COUNTRY_NAMES[value]
            return value[:1].upper() + value[1:] if kind is DetailKind.CODE else value


def detail_of(placeholder: Placeholder) -> str:
    """The id of the detail that a placeholder stands for: as declared, or as it is called.

    It need not be one of :data:`rolebook.details.DETAILS`.
    """
    return placeholder.detail or slug(placeholder.name)


def _read(detail: Detail, template: Template, values: Values) -> Reading:
    holders = [p for p in template.placeholders if detail_of(p) == detail.id]
    filled = [p for p in holders if joined(values.get(p.name, ""))]
    holder = next(iter(filled or holders), None)
    # A placeholder may bear a detail's id as its name and stand for another detail.
    named = any(p.name == detail.id for p in template.placeholders)
    own = "" if named else joined(values.get(detail.id, ""))
    if own or holder is None:
        text, value = own, read_value(detail, own)
        reading = Reading(detail.id, detail.id, detail.label, text, value, shown=bool(filled))
    else:
        text = joined(values.get(holder.name, ""))
        value = _value_of(detail, holder, text)
        reading = Reading(detail.id, holder.name, holder.label, text, value, shown=bool(filled))
    if text and value is None:
        return replace(reading, fault=unreadable(detail, text))
    chosen = dict(template.variants).get(Axis.ARRANGEMENT)
    if detail.id != "arrangement" or chosen not in detail.codes:
        return reading
    if text and value != chosen:
        fault = f"'{text}' is not what the chosen variant says, '{chosen}'."
        return replace(reading, value=None, fault=fault)
    shown = reading.shown or _says(template, chosen)
    return replace(reading, text=text or chosen, value=chosen, shown=shown)


def _says(template: Template, chosen: str) -> bool:
    """Whether a line that comes from a chosen variant has its id among its words."""
    lines = (*template.summary, *(item for section in template.sections for item in section.items))
    return any(
        (item.origin.entity or "").rpartition("/")[2] == chosen
        and f"-{chosen}-" in f"-{slug(item.text)}-"
        for item in lines
    )


def _value_of(detail: Detail, holder: Placeholder, text: str) -> str | int | None:
    """The value of a placeholder: the code of its choice, if its choices have codes."""
    if holder.codes and text in holder.choices:
        return holder.codes[holder.choices.index(text)]
    return read_value(detail, text)


def _hundredths(text: str) -> int | None:
    """A number in hundredths: at most twelve digits, and two behind the decimal mark.

    A comma or dot before exactly three digits parts thousands, since pay has no thousandths;
    before one or two digits at the end it is the decimal mark.
    """
    if plain := _PLAIN.fullmatch(text):
        whole, decimals = plain[1], plain[2]
    elif grouped := _GROUPED.fullmatch(text):
        whole = grouped[1] + grouped[3].replace(grouped[2], "")
        decimals = grouped[5]
        if len(whole) > 12 or grouped[4] == grouped[2]:
            return None
    else:
        return None
    return int(whole + (decimals or "").ljust(2, "0"))


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False
