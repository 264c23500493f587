"""The details of a vacancy that other programs ask for by name.

A placeholder can stand for one of them (``:detail:``), so that a handbook may call it what
it likes; the others are given by their own id when a description is exported. What each
format makes of them is written in ``exports/shapes.json``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class DetailKind(StrEnum):
    """How a detail's value is written."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    COUNTRY = "country"
    CURRENCY = "currency"
    CODE = "code"
    WEBSITE = "website"


FORMS: Mapping[DetailKind, str] = {
    DetailKind.NUMBER: "Write the number alone, such as 120000, 120,000 or 18.50",
    DetailKind.DATE: "Write year, month and day, such as 2026-01-31",
    DetailKind.COUNTRY: "Write two letters as in ISO 3166, such as US, GB or DE",
    DetailKind.CURRENCY: "Write three letters as in ISO 4217, such as USD, GBP or EUR",
    DetailKind.WEBSITE: "Write the whole address, such as https://example.org",
}
"""What would be right where a value of a kind cannot be read; a code's are its detail's."""

WEBSITE = re.compile(r"""https?://[^ <>"]+""")
"""What the whole of a :attr:`DetailKind.WEBSITE` looks like."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail: ``label`` and ``help`` for a form, ``codes`` for the values it can have."""

    id: str
    label: str
    help: str
    kind: DetailKind = DetailKind.TEXT
    codes: tuple[str, ...] = ()


DETAILS: Mapping[str, Detail] = {
    detail.id: detail
    for detail in (
        Detail("company-name", "Company name", "As candidates know it."),
        Detail(
            "company-website",
            "Company website",
            "Its address, with https://.",
            DetailKind.WEBSITE,
        ),
        Detail("location", "Location", "As it reads in the posting."),
        Detail("street", "Street", "Street and number of the workplace."),
        Detail("postal-code", "Postal code", "Of the workplace."),
        Detail("city", "City", "Of the workplace."),
        Detail(
            "region",
            "State or region",
            "Of the workplace; for remote work, the only one where the person may live.",
        ),
        Detail(
            "country",
            "Country",
            "Two letters as in ISO 3166, for example US, GB or DE; for remote work, where the"
            " person may live.",
            DetailKind.COUNTRY,
        ),
        Detail(
            "arrangement",
            "Work arrangement",
            "Where the work is done.",
            DetailKind.CODE,
            ("on-site", "hybrid", "remote"),
        ),
        Detail(
            "employment-type",
            "Employment type",
            "The kind of contract.",
            DetailKind.CODE,
            ("full-time", "part-time", "contract", "temporary", "internship"),
        ),
        Detail("pay-minimum", "Pay from", "A number.", DetailKind.NUMBER),
        Detail("pay-maximum", "Pay to", "A number.", DetailKind.NUMBER),
        Detail(
            "currency",
            "Currency",
            "Three letters as in ISO 4217, for example USD, GBP or EUR.",
            DetailKind.CURRENCY,
        ),
        Detail(
            "pay-period",
            "Pay period",
            "What the pay is for.",
            DetailKind.CODE,
            ("year", "month", "week", "day", "hour"),
        ),
        Detail("benefits", "Benefits", "What comes on top of the pay."),
        Detail("date-posted", "Date posted", "As 2026-01-31.", DetailKind.DATE),
        Detail("deadline", "Application deadline", "As 2026-01-31.", DetailKind.DATE),
        Detail("apply-to", "Where to apply", "A web or e-mail address."),
        Detail("department", "Department", "As your system calls it."),
        Detail("team", "Team", "As your system calls it."),
        Detail("requisition", "Requisition number", "Your own number for this opening."),
    )
}
