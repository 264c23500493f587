"""Figures as schema.org's ``Occupation`` with ``MonetaryAmountDistribution``.

The percentiles of official and survey figures, as a page shows them. Claims are left out:
marked up, they would be passed on as measured. So are sums that a source withholds or caps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rolebook.pay.download import number
from rolebook.pay.model import AreaKind, Period, SourceKind
from rolebook.pay.views import Row, code_name

NAMES = {
    "p10": "percentile10",
    "p25": "percentile25",
    "p50": "median",
    "p75": "percentile75",
    "p90": "percentile90",
}
"""The properties that hold percentiles."""

DURATIONS = {
    Period.YEAR: "P1Y",
    Period.MONTH: "P1M",
    Period.WEEK: "P1W",
    Period.DAY: "P1D",
    Period.HOUR: "PT1H",
}
"""What a sum is paid for, in ISO 8601."""

_PLACES = {AreaKind.COUNTRY: "Country", AreaKind.STATE: "State"}


def is_stated(row: Row) -> bool:
    """Whether a row's figure is part of the structured data."""
    return row.source.kind is not SourceKind.CLAIM and bool(_percentiles(row))


def occupations(rows: Sequence[Row], heading: str) -> dict[str, Any] | None:
    """The rows' figures as one JSON-LD document, an occupation each; none if there are none.

    ``heading`` is the role's name. A figure of an occupation that stands in for the role
    bears that occupation's name.
    """
    stated = {row.id: _occupation(row, heading) for row in rows if is_stated(row)}
    if not stated:
        return None
    return {"@context": "https://schema.org", "@graph": [*stated.values()]}


def _occupation(row: Row, heading: str) -> dict[str, Any]:
    figure = row.figure
    name = row.occupation.rpartition(" (")[0] if row.occupation else heading
    if figure.level:
        name = f"{name}, {row.level.lower()}"
    data: dict[str, Any] = {"@type": "Occupation", "identifier": row.id, "name": name}
    if row.occupation:
        data["occupationalCategory"] = code_name(figure.subject)
    data["occupationLocation"] = {
        "@type": _PLACES.get(row.area.kind, "AdministrativeArea"),
        "name": row.area.name,
    }
    salary: dict[str, Any] = {
        "@type": "MonetaryAmountDistribution",
        "name": figure.part.value,
        "currency": figure.currency,
        "duration": DURATIONS[figure.period],
        **{NAMES[column]: value for column, value in _percentiles(row).items()},
    }
    if figure.sample is not None:
        salary["sampleSize"] = figure.sample
    data["estimatedSalary"] = [salary]
    data["description"] = (
        f"{row.source.publisher}: {row.source.title}, as of {figure.as_of.isoformat()}."
        f" {row.source.licence}. {row.source.address}"
    )
    return data


def _percentiles(row: Row) -> dict[str, int | float]:
    figure = row.figure
    return {
        column: value
        for column in NAMES
        if column not in figure.top_coded
        and (value := number(figure.percentiles.get(column))) is not None
    }
