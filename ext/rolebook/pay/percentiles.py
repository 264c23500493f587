"""Percentiles of answers, by one stated method, and none of groups that are too small.

The method is type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (The
American Statistician 50(4), 1996): linear between neighbouring answers, with the lowest
answer as 0 % and the highest as 100 %. They themselves prefer type 8; type 7 is what
spreadsheets (PERCENTILE.INC), NumPy and R compute unless told otherwise, so that a reader
with the same answers can check a figure. From 20 answers on, the types hardly differ.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from rolebook.pay.model import PERCENTILES

MINIMUM = 20
"""Fewer answers than this are not published: one answer could move, or give away, a figure."""


def percentiles(answers: Sequence[Decimal]) -> Mapping[str, Decimal] | None:
    """The percentiles of some sums, in whole units of their currency; of too few, None."""
    if len(answers) < MINIMUM:
        return None
    steps = statistics.quantiles(answers, n=20, method="inclusive")  # 5 %, 10 %, ... 95 %
    return {
        name: steps[int(name.removeprefix("p")) // 5 - 1].quantize(Decimal(1), ROUND_HALF_EVEN)
        for name in PERCENTILES
    }
