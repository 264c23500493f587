"""Money and days as a reader of a language writes them, and figures in another currency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency
from currency_converter import CurrencyConverter, RateNotFoundError

from rolebook.pay.model import Figure

RATE_DIGITS = 5
"""The significant digits of the European Central Bank's reference rates."""

LONGEST_GAP = 7
"""The days between two of its rates at most: weekends and the holidays beside them."""

ENGLISH = "en_GB"
"""The English meant where no country is named: dollars are "US$", since there are others."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """A figure in another currency: one unit of its own was worth ``rate`` on ``day``."""

    figure: Figure
    rate: Decimal
    day: date


def locale_of(language: str) -> Locale:
    """The locale of a language tag ("en", "pt-BR", "zh_CN"); English if Babel has none."""
    name = ENGLISH if language in ("en", "") else language.replace("-", "_")
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(ENGLISH)


def money(value: Decimal, currency: str, locale: Locale) -> str:
    """A sum with its currency; a whole one without decimals, as pay is written."""
    pattern = locale.currency_formats["standard"].pattern
    if value == value.to_integral_value():
        pattern = pattern.replace(".00", "")
        return format_currency(value, currency, pattern, locale, currency_digits=False)
    return format_currency(value, currency, locale=locale)


def long_date(day: date, locale: Locale) -> str:
    """A day with the month in words, which no reader takes for another."""
    return format_date(day, "long", locale)


def convert(figure: Figure, to: str, day: date) -> Conversion | None:
    """A figure in the currency ``to``, at the European Central Bank's rate of ``day``.

    Where there is no rate of that day, the last one before it holds; None if that is more
    than :data:`LONGEST_GAP` days older, or there is no rate at all. A day after the last
    one that the package CurrencyConverter brings along counts as that one.

    No sum gets more significant digits than it has in the source, nor than the rate has.
    """
    found = _rate(figure.currency, to, day)
    if found is None:
        return None
    rate, rate_day = found
    if figure.currency == to:
        return Conversion(figure, rate, rate_day)
    others = _converted(figure.sums.values(), rate)
    converted = replace(
        figure,
        currency=to,
        percentiles={p: others[value] for p, value in figure.percentiles.items()},
        low=None if figure.low is None else others[figure.low],
        high=None if figure.high is None else others[figure.high],
        mean=None if figure.mean is None else others[figure.mean],
    )
    return Conversion(converted, rate, rate_day)


def _rate(currency: str, to: str, day: date) -> tuple[Decimal, date] | None:
    """What one unit was worth, and on which day that was."""
    if currency == to:
        return Decimal(1), day
    converter = _converter()
    if not {currency, to} <= converter.currencies:
        return None
    first, last = converter.bounds[converter.ref_currency]
    for gap in range(LONGEST_GAP + 1 if day >= first else 0):
        tried = min(day, last) - timedelta(days=gap)
        try:
            return _rounded(converter.convert(1, currency, to, tried), RATE_DIGITS), tried
        except RateNotFoundError:
            continue
    return None


@cache
def _converter() -> CurrencyConverter:
    """The rates, which take a second to load."""
    return CurrencyConverter(decimal=True)


def _converted(sums: Iterable[Decimal], rate: Decimal) -> Mapping[Decimal, Decimal]:
    """What each of a row's sums is at a rate.

    The row tells how exact its sums are: to the last digit that is not zero in all of them
    ("100,000 to 140,000" is given to ten thousands, so its first sum has two digits). Sums
    of one more digit are rounded finer, which must not turn their order around.
    """
    ascending = sorted(set(sums))
    last = min((_last_digit(value) for value in ascending), default=0)
    found: dict[Decimal, Decimal] = {}
    least = Decimal(0)
    for value in ascending:
        digits = min(value.adjusted() - last + 1, RATE_DIGITS)
        least = found[value] = max(least, _rounded(value * rate, digits))
    return found


def _last_digit(value: Decimal) -> int:
    """The power of ten of the last digit that counts: zeros do behind a decimal point."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent < 0:
        return exponent
    return len(str(value)) - len(str(value).rstrip("0"))


def _rounded(value: Decimal, digits: int) -> Decimal:
    """A number with so many significant digits, written without an exponent."""
    step = Decimal(1).scaleb(value.adjusted() - digits + 1)
    return Decimal(f"{value.quantize(step, ROUND_HALF_EVEN):f}")
