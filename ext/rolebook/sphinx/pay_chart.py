"""The charts beside a table of pay, as HTML: hidden from readers who hear the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from html import escape

from rolebook.pay.chart import Scale, axis, bar, scale
from rolebook.pay.model import Period
from rolebook.pay.views import Row, columns_of, has_percentiles, lead, unit
from rolebook.pay.words import Words

KEY = (
    "Thick: the middle half, from the 25th to the 75th percentile. Thin: from the 10th to the 90th."
    " Upright: the median. Dashed box: a range as published. Ring: a mean. Arrow: at least so much."
)
"""How a chart is to be read."""


def charts(rows: Sequence[Row], words: Words) -> Iterator[str]:
    """A chart for each currency and period, with all rows on one scale."""
    groups: dict[tuple[str, Period], list[Row]] = {}
    for row in rows:
        if shown(row):
            groups.setdefault((row.figure.currency, row.figure.period), []).append(row)
    first = lead(rows)
    for found in groups.values():
        if len(found) == 1 and not has_percentiles(found[0].figure):
            continue  # One range has nothing to be seen against.
        common = scale(value for row in found for value in shown(row).values())
        lines = []
        for row in found:
            places = (row.area.name, row.level) if first == "area" else (row.level, row.area.name)
            asides = [each for each in (row.occupation, places[1], row.source_name) if each]
            picture = bar(common, shown(row), row.figure.top_coded)
            name = f"rb-figure-{row.id}"
            lines.append(_line(name, places[0], ", ".join(asides), picture))
        ticks = axis(common, [words.short(tick) for tick in common.ticks])
        lines.append(_line("rb-chart-axis", unit(found[0].figure), "", ticks))
        yield (
            f'<div class="rb-chart" aria-hidden="true">{"".join(lines)}'
            f'<p class="rb-chart-key">{KEY}</p></div>\n'
        )


def shown(row: Row) -> dict[str, Decimal]:
    """The sums of a row that its table shows."""
    return {name: sum_ for name, sum_ in row.figure.sums.items() if name in columns_of([row])}


def spark(rows: Sequence[Row]) -> Callable[[Row], str]:
    """Draws a row's bar for its own cell, on the scale of all ``rows``."""
    common = _common(rows)

    def draw(row: Row) -> str:
        return bar(common, shown(row), row.figure.top_coded, grid=False) if common else ""

    return draw


def spark_key(rows: Sequence[Row], words: Words) -> str:
    """How the bars in the cells are to be read."""
    common = _common(rows)
    if common is None:
        return ""
    currency = rows[0].figure.currency
    ends = " to ".join(words.money(common.ticks[n], currency) for n in (0, -1))
    return f'<p class="rb-chart-key" aria-hidden="true">The bars: {ends}. {KEY}</p>\n'


def _common(rows: Sequence[Row]) -> Scale | None:
    terms = {(row.figure.currency, row.figure.period) for row in rows}
    values = [value for row in rows for value in shown(row).values()]
    return scale(values) if len(terms) == 1 and values else None


def _line(name: str, label: str, aside: str, picture: str) -> str:
    small = f"<small>{escape(aside)}</small>" if aside else ""
    return f'<div class="rb-chart-line {name}"><p>{escape(label)} {small}</p>{picture}</div>'
