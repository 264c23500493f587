"""The picture of a figure: on a round scale, in the right places, and without styles."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolebook.pay.chart import axis, bar, scale

SUMS = st.decimals(min_value=0, max_value=10**9, places=2)
FULL = {
    name: Decimal(n)
    for name, n in zip(("p10", "p25", "p50", "p75", "p90"), (10, 25, 40, 75, 90), strict=True)
}


def drawn(svg: str) -> dict[str, dict[str, str]]:
    """The attributes of what is drawn, by its class."""
    root = ET.fromstring(svg)
    return {part.get("class", part.tag): dict(part.attrib) for part in root.iter()}


@given(st.lists(SUMS, min_size=1, max_size=30))
def test_a_scale_is_round_holds_all_and_is_no_longer_than_needed(values: list[Decimal]) -> None:
    ticks = scale(values).ticks
    assert 2 <= len(ticks) <= 7
    assert ticks[0] <= min(values) <= max(values) <= ticks[-1]
    steps = {later - earlier for earlier, later in itertools.pairwise(ticks)}
    (step,) = steps
    assert step.normalize().as_tuple().digits in ((1,), (2,), (2, 5), (5,))
    assert ticks[1] > min(values) or len(ticks) == 2
    assert ticks[-2] < max(values) or len(ticks) == 2


@given(st.lists(SUMS, min_size=1, max_size=9), SUMS)
def test_places_keep_the_order_of_what_they_show(values: list[Decimal], other: Decimal) -> None:
    common = scale([*values, other])
    places = [Decimal(common.place(value).rstrip("%")) for value in sorted([*values, other])]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= 100


def test_a_scale_of_pay_is_what_one_would_draw() -> None:
    ticks = scale([Decimal(62_500), Decimal(319_000)]).ticks
    assert [*ticks] == [*range(50_000, 400_000, 50_000)]


def test_percentiles_are_a_line_a_box_and_a_mark() -> None:
    parts = drawn(bar(scale([Decimal(0), Decimal(100)]), FULL))
    assert (parts["rb-whole"]["x1"], parts["rb-whole"]["x2"]) == ("10%", "90%")
    assert (parts["rb-middle"]["x"], parts["rb-middle"]["width"]) == ("25%", "50%")
    assert parts["rb-median"]["x1"] == "40%"
    assert not {"rb-range", "rb-mean", "rb-more"} & parts.keys()


def test_ranges_means_and_least_sums_have_shapes_of_their_own() -> None:
    common = scale([Decimal(0), Decimal(100)])
    range_ = drawn(bar(common, {"low": Decimal(20), "high": Decimal(60)}))["rb-range"]
    assert (range_["x"], range_["width"], range_["fill"]) == ("20%", "40%", "none")
    assert "stroke-dasharray" in range_
    assert drawn(bar(common, {"mean": Decimal(50)}))["rb-mean"]["cx"] == "50%"
    assert "rb-more" in drawn(bar(common, FULL, ["p90"]))
    assert "rb-more" not in drawn(bar(common, {"p50": Decimal(40)}, ["p90"]))


@pytest.mark.parametrize("missing", FULL)
def test_what_is_withheld_is_not_drawn(missing: str) -> None:
    values = {name: value for name, value in FULL.items() if name != missing}
    parts = drawn(bar(scale([Decimal(0), Decimal(100)]), values))
    expected = {"p10": "rb-whole", "p90": "rb-whole", "p25": "rb-middle", "p75": "rb-middle"}
    assert expected.get(missing, "rb-median") not in parts


def test_the_lettering_stays_within_and_is_only_text() -> None:
    common = scale([Decimal(0), Decimal(100)])
    svg = axis(common, [f"<{tick}>" for tick in common.ticks])
    texts = ET.fromstring(svg).findall("text")
    assert [text.text for text in texts] == [f"<{tick}>" for tick in common.ticks]
    anchors = [text.get("text-anchor") for text in texts]
    assert (anchors[0], anchors[-1], {*anchors[1:-1]}) == ("start", "end", {"middle"})


def test_a_strict_host_and_a_listener_are_spared() -> None:
    common = scale([Decimal(0), Decimal(100)])
    for svg in (bar(common, FULL, ["p90"]), axis(common, ["a"] * len(common.ticks))):
        root = ET.fromstring(svg)
        assert (root.get("aria-hidden"), root.get("focusable")) == ("true", "false")
        assert not any("style" in part.attrib or part.tag == "style" for part in root.iter())
