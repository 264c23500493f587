"""Money as readers of a language write it, and figures in another currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from currency_converter import CurrencyConverter
from hypothesis import assume, given
from hypothesis import strategies as st
from test_pay_select import figure

from rolebook.pay.model import PERCENTILES, Figure
from rolebook.pay.money import convert, locale_of, long_date, money

DAY = date(2025, 5, 30)


@pytest.mark.parametrize(
    ("value", "currency", "language", "text"),
    [
        ("128280", "USD", "en", "US$128,280"),
        ("128280", "USD", "en-US", "$128,280"),
        ("18.5", "GBP", "en", "£18.50"),
        ("18.50", "GBP", "en", "£18.50"),
        ("120000.00", "EUR", "de", "120.000\u00a0€"),
        ("120000", "EUR", "pt-BR", "€\u00a0120.000"),
        ("120000", "EUR", "fr_FR", "120\u202f000\u00a0€"),
        ("2500000", "JPY", "en", "JP¥2,500,000"),
        ("1250000", "INR", "en_IN", "₹12,50,000"),
    ],
)
def test_money(value: str, currency: str, language: str, text: str) -> None:
    assert money(Decimal(value), currency, locale_of(language)) == text


def test_days() -> None:
    english, german = locale_of("en"), locale_of("de")
    assert long_date(DAY, english) == "30 May 2025"
    assert long_date(DAY, german) == "30. Mai 2025"


@pytest.mark.parametrize("language", ["", "en", "xx", "tlh-Latn-x-odd", "not a language"])
def test_a_language_that_babel_does_not_know_is_english(language: str) -> None:
    assert str(locale_of(language)) == "en_GB"


def with_sums(sums: Sequence[Decimal], currency: str = "USD") -> Figure:
    """A figure with up to five percentiles, then a range and a mean."""
    percentiles = dict(zip(PERCENTILES, sums, strict=False))
    low, high, mean = (*sums[5:], None, None, None)[:3]
    return replace(
        figure(), currency=currency, percentiles=percentiles, low=low, high=high, mean=mean
    )


def sums_of(found: Figure) -> list[Decimal]:
    ends = (found.low, found.high, found.mean)
    return [*found.percentiles.values(), *(end for end in ends if end is not None)]


def converted(*sums: str, currency: str = "USD", to: str = "EUR", day: date = DAY) -> list[str]:
    found = convert(with_sums([Decimal(text) for text in sums], currency), to, day)
    assert found is not None
    assert found.figure.currency == to
    return [str(value) for value in sums_of(found.figure)]


def test_the_rate_is_that_of_the_european_central_bank_and_its_day() -> None:
    found = convert(with_sums([Decimal(133080)], "EUR"), "USD", DAY)
    assert found is not None
    rates = CurrencyConverter(decimal=True)
    assert (found.rate, found.day) == (rates.convert(1, "EUR", "USD", DAY), DAY)
    # A reader can work it out again from what is shown.
    assert sums_of(found.figure) == [round(133080 * found.rate, -1)]


@pytest.mark.parametrize(
    ("asked", "used"),
    [
        (date(2025, 6, 1), date(2025, 5, 30)),  # a Sunday
        (date(2024, 12, 26), date(2024, 12, 24)),  # Christmas
        (date(1999, 1, 4), date(1999, 1, 4)),  # the first day of the euro
    ],
)
def test_where_a_day_has_no_rate_the_one_before_it_holds(asked: date, used: date) -> None:
    found = convert(figure(), "EUR", asked)
    assert found is not None
    assert found.day == used


def test_a_day_behind_the_last_rate_counts_as_its_day() -> None:
    found = convert(figure(), "EUR", date(2100, 1, 1))
    assert found is not None
    assert found.day == CurrencyConverter().bounds["USD"].last_date


@pytest.mark.parametrize(
    ("to", "day"),
    [
        ("AED", DAY),  # never one of the bank's
        ("RUB", date(2025, 5, 30)),  # none since March 2022
        ("EUR", date(1998, 12, 31)),
        ("EUR", date.min),
    ],
)
def test_without_a_rate_there_is_no_conversion(to: str, day: date) -> None:
    assert convert(figure(), to, day) is None


@pytest.mark.parametrize(
    ("sums", "to", "result"),
    [
        # 1 USD = 0.88191 EUR = 143.72 JPY = 1.3807 CAD
        (["126000", "198000"], "EUR", ["111000", "175000"]),
        (["100000", "140000"], "EUR", ["88000", "120000"]),
        (["122375"], "EUR", ["107920"]),
        (["63650", "82630", "112590"], "EUR", ["56130", "72870", "99294"]),
        (["18.50", "9.25"], "EUR", ["16.32", "8.16"]),
        (["18.50", "20"], "EUR", ["16.32", "17.64"]),
        (["90000"], "EUR", ["80000"]),
        (["99000", "101000"], "CAD", ["140000", "140000"]),  # not 140000 to 139000
        (["120000", "180000"], "JPY", ["17000000", "26000000"]),
    ],
)
def test_no_sum_gets_more_digits_than_it_had(sums: list[str], to: str, result: list[str]) -> None:
    assert converted(*sums, to=to) == result


def digits(value: Decimal) -> int:
    """The significant digits of a number, without zeros at its end."""
    return len(value.normalize().as_tuple().digits)


def digits_in(sums: Sequence[Decimal], value: Decimal) -> int:
    """Those of a number in a row: down to the last place that is not zero in all of it."""
    places = [value.normalize().as_tuple().exponent for value in sums]
    return value.adjusted() - min(int(place) for place in places) + 1


CURRENCIES = st.sampled_from(["AUD", "CHF", "EUR", "GBP", "IDR", "INR", "JPY", "SEK", "USD"])
WHOLE = st.builds(lambda n, zeros: Decimal(n * 10**zeros), st.integers(1, 10**6), st.integers(0, 4))
CENTS = st.integers(1, 10**5).map(lambda n: Decimal(n) / 4)
SUMS = st.one_of(st.lists(WHOLE, min_size=1, max_size=8), st.lists(CENTS, min_size=1, max_size=8))


@given(SUMS, CURRENCIES, CURRENCIES)
def test_converting_keeps_order_and_adds_no_precision(
    sums: list[Decimal], currency: str, to: str
) -> None:
    assume(currency != to)
    found = convert(with_sums(sums, currency), to, DAY)
    assert found is not None
    results = sums_of(found.figure)
    assert len(results) == len(sums)
    assert digits(found.rate) <= 5
    pairs = sorted(zip(sums, results, strict=True))
    assert [after for _, after in pairs] == sorted(results)
    least = Decimal(0)
    for before, after in pairs:
        kept = min(digits_in(sums, before), 5)
        assert digits(after) <= kept
        exact = before * found.rate
        nearest = abs(after - exact) <= Decimal(10) ** (exact.adjusted() - kept + 1) / 2
        assert nearest or after == least > exact
        least = after


@given(SUMS, CURRENCIES)
def test_converting_to_the_same_currency_changes_nothing(sums: list[Decimal], same: str) -> None:
    before = with_sums(sums, same)
    found = convert(before, same, DAY)
    assert found is not None
    assert (found.figure, found.rate, found.day) == (before, Decimal(1), DAY)


@given(SUMS, CURRENCIES, CURRENCIES)
def test_only_sums_and_currency_change(sums: list[Decimal], currency: str, to: str) -> None:
    before = replace(with_sums(sums, currency), sample=41, top_coded=("p90",), note="A note.")
    found = convert(before, to, DAY)
    assert found is not None
    same = ("currency", "percentiles", "low", "high", "mean")
    assert replace(found.figure, **{name: getattr(before, name) for name in same}) == before
