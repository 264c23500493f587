"""Ranges of pay as pictures: small static SVG, an aid beside a table that says it all.

Lengths along the scale are percentages, so a bar fits any width and its lettering keeps its
size. There is no ``style`` attribute, which a strict content security policy forbids: looks
are presentation attributes, and classes for the style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from html import escape

BAR_HEIGHT = 24
"""Of a bar, in pixels of CSS."""

AXIS_HEIGHT = 18
"""Of the line with the lettering of the scale, likewise."""

_STEPS = (Decimal("1"), Decimal("2"), Decimal("2.5"), Decimal("5"), Decimal("10"))


@dataclass(frozen=True, slots=True)
class Scale:
    """A common scale: its ``ticks``, lowest first, are in the unit of the sums."""

    ticks: tuple[Decimal, ...]

    def place(self, value: Decimal) -> str:
        """Where a value lies, as a percentage with two decimals: ``"12.5%"``."""
        share = (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]) * 100
        return f"{share.quantize(Decimal('0.01')).normalize():f}%"


def scale(values: Iterable[Decimal], most: int = 7) -> Scale:
    """The scale with the finest round steps that holds all values, of ``most`` ticks at most.

    It need not begin at nothing: what is compared are places on it, not lengths.
    """
    found = sorted(values)
    low, high = found[0], found[-1]
    exponent = (high - low or high or Decimal(1)).adjusted() - 1
    while True:
        for factor in _STEPS:
            step = factor.scaleb(exponent)
            first = (low / step).to_integral_value(ROUND_FLOOR)
            last = max((high / step).to_integral_value(ROUND_CEILING), first + 1)
            if last - first < most:
                return Scale(tuple(n * step for n in range(int(first), int(last) + 1)))
        exponent += 1


def bar(
    scale: Scale, values: Mapping[str, Decimal], top_coded: Sequence[str] = (), *, grid: bool = True
) -> str:
    """One figure as SVG, from its sums by their columns' names.

    A thin line runs from the 10th to the 90th percentile, a thick one from the 25th to the
    75th, an upright one marks the median; a hollow box is a range, a ring a mean. An arrow
    shows where a sum is "at least". Each differs in shape, so that no colour is needed.
    """
    parts = [_line(scale.place(tick), 0, BAR_HEIGHT, "grid", 1) for tick in scale.ticks if grid]
    for low, high, drawn in (
        ("p10", "p90", _whisker),
        ("low", "high", _hollow),
        ("p25", "p75", _box),
    ):
        if low in values and high in values:
            parts.append(drawn(scale, values[low], values[high]))
    if "p50" in values:
        parts.append(_line(scale.place(values["p50"]), 3, BAR_HEIGHT - 3, "median", 3))
    if "mean" in values:
        parts.append(
            f'<circle class="rb-mean" cx="{scale.place(values["mean"])}" cy="{BAR_HEIGHT // 2}"'
            ' r="5" fill="none" stroke="currentColor" stroke-width="2"/>'
        )
    if open_ended := [values[name] for name in top_coded if name in values]:
        parts.append(
            f'<svg x="{scale.place(max(open_ended))}" y="{BAR_HEIGHT // 2}" overflow="visible">'
            '<path class="rb-more" d="M-7-5 0 0-7 5" fill="none" stroke="currentColor"'
            ' stroke-width="2"/></svg>'
        )
    return _svg("rb-drawn", BAR_HEIGHT, parts)


def axis(scale: Scale, labels: Sequence[str]) -> str:
    """The lettering of a scale as SVG, with a label for each tick."""
    last = len(labels) - 1
    anchors = ["start", *["middle"] * (last - 1), "end"]
    return _svg(
        "rb-axis",
        AXIS_HEIGHT,
        [
            f'<text x="{scale.place(tick)}" y="13" text-anchor="{anchor}" font-size="12"'
            f' fill="currentColor">{escape(label)}</text>'
            for tick, label, anchor in zip(scale.ticks, labels, anchors, strict=True)
        ],
    )


def _svg(name: str, height: int, parts: Iterable[str]) -> str:
    return (
        f'<svg class="{name}" width="100%" height="{height}" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def _line(x: str, top: int, bottom: int, name: str, width: int) -> str:
    faint = ' stroke-opacity="0.2"' if name == "grid" else ""
    return (
        f'<line class="rb-{name}" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"'
        f' stroke="currentColor" stroke-width="{width}"{faint}/>'
    )


def _whisker(scale: Scale, low: Decimal, high: Decimal) -> str:
    y = BAR_HEIGHT // 2
    return (
        f'<line class="rb-whole" x1="{scale.place(low)}" x2="{scale.place(high)}" y1="{y}" y2="{y}"'
        ' stroke="currentColor" stroke-width="2"/>'
    )


def _box(scale: Scale, low: Decimal, high: Decimal) -> str:
    return _rect(scale, low, high, "rb-middle", 'fill="currentColor" fill-opacity="0.45"')


def _hollow(scale: Scale, low: Decimal, high: Decimal) -> str:
    looks = 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 3"'
    return _rect(scale, low, high, "rb-range", looks)


def _rect(scale: Scale, low: Decimal, high: Decimal, name: str, looks: str) -> str:
    start, end = (Decimal(scale.place(value).rstrip("%")) for value in (low, high))
    return (
        f'<rect class="{name}" x="{scale.place(low)}" width="{(end - start).normalize():f}%"'
        f' y="{BAR_HEIGHT // 2 - 6}" height="12" {looks}/>'
    )
