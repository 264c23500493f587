"""Sums, days and numbers as a reader sees them, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal

from rolebook.pay.model import Figure
from rolebook.pay.money import long_date, money

WITHHELD = "withheld"
NOT_GIVEN = "\N{EN DASH}"
"""What stands in a cell for which the source has no sum."""


@dataclass(frozen=True, slots=True)
class Words:
    """Writes for one locale."""

    locale: Locale

    def money(self, amount: Decimal, currency: str) -> str:
        """A sum with its currency: "US$120,230"."""
        return money(amount, currency, self.locale)

    def sum(self, figure: Figure, column: str) -> str:
        """One sum of a figure: withheld, "at least", or not given, in words."""
        amount = figure.sums.get(column)
        if amount is None:
            return WITHHELD if column in figure.suppressed else NOT_GIVEN
        least = "at least " if column in figure.top_coded else ""
        return least + self.money(amount, figure.currency)

    def day(self, day: date) -> str:
        """A day: "1 May 2025"."""
        return long_date(day, self.locale)

    def count(self, number: int) -> str:
        """A number of people: "262,440"."""
        return format_decimal(number, locale=self.locale)

    def short(self, amount: Decimal) -> str:
        """A sum without its currency, for the ticks of a scale: "125K"."""
        return format_compact_decimal(amount, fraction_digits=1, locale=self.locale)
