"""Percentiles: by the stated method, and none of few answers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rolebook.pay.model import PERCENTILES
from rolebook.pay.percentiles import MINIMUM, percentiles

SUMS = st.decimals(1, 10_000_000, places=1)
ENOUGH = st.lists(SUMS, min_size=MINIMUM, max_size=200)


def whole(found: Mapping[str, Decimal] | None) -> dict[str, int]:
    """Percentiles as numbers; they are in whole units, or this fails."""
    assert found is not None
    assert all(value == int(value) for value in found.values())
    return {name: int(value) for name, value in found.items()}


def test_a_case_worked_out_by_hand() -> None:
    # 21 answers are 20 steps: each percentile that is a multiple of five is an answer.
    answers = [Decimal(1000 * n) for n in range(21)]
    assert whole(percentiles(answers)) == {
        "p10": 2000,
        "p25": 5000,
        "p50": 10000,
        "p75": 15000,
        "p90": 18000,
    }


def test_between_two_answers_it_is_linear_and_half_a_unit_goes_to_the_even_one() -> None:
    answers = [Decimal(n) for n in range(20)]
    # 19 steps: 10 % is at 1.9, 25 % at 4.75, 50 % at 9.5, 75 % at 14.25, 90 % at 17.1.
    assert whole(percentiles(answers)) == {"p10": 2, "p25": 5, "p50": 10, "p75": 14, "p90": 17}
    assert whole(percentiles([one + 1 for one in answers]))["p50"] == 10


@given(ENOUGH)
def test_they_are_as_defined(answers: list[Decimal]) -> None:
    found = percentiles(answers)
    assert found is not None
    assert [*found] == [*PERCENTILES]
    ordered = sorted(map(Fraction, answers))
    for name, value in found.items():
        place = Fraction(int(name[1:]), 100) * (len(ordered) - 1)
        below = math.floor(place)
        above = min(below + 1, len(ordered) - 1)
        exact = ordered[below] + (place - below) * (ordered[above] - ordered[below])
        assert value == round(exact)


@given(ENOUGH)
def test_they_rise_and_stay_among_the_answers(answers: list[Decimal]) -> None:
    values = [*(percentiles(answers) or {}).values()]
    assert values == sorted(values)
    assert round(min(answers)) <= values[0]
    assert values[-1] <= round(max(answers))


@given(ENOUGH, st.randoms())
def test_the_order_of_answers_does_not_matter(answers: list[Decimal], random: object) -> None:
    shuffled = [*answers]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert percentiles(shuffled) == percentiles(answers)


@given(st.lists(SUMS, max_size=MINIMUM - 1))
def test_few_answers_give_none(answers: list[Decimal]) -> None:
    assert percentiles(answers) is None
