"""What is known of pay: figures with their sources, the areas and the occupations they are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rolebook.diagnostics import Diagnostic
from rolebook.model import Confidence, Origin


class SourceKind(StrEnum):
    """What a source is: how much weight its figures can bear, and how soon they age."""

    OFFICIAL = "official"
    SURVEY = "survey"
    CLAIM = "claim"


class Period(StrEnum):
    """What a sum is paid for."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"


class Tax(StrEnum):
    """Whether taxes and contributions are still to be taken off."""

    GROSS = "gross"
    NET = "net"
    UNKNOWN = "unknown"


class Part(StrEnum):
    """Which part of pay a sum is: base pay, or all with bonuses and shares."""

    BASE = "base"
    TOTAL = "total"
    UNKNOWN = "unknown"


class AreaKind(StrEnum):
    """How large an area is."""

    WORLD_REGION = "world-region"
    COUNTRY = "country"
    STATE = "state"
    METRO = "metro"


PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
"""The percentiles of a figure, lowest first, as its columns are called."""

SUMS = (*PERCENTILES, "low", "high", "mean")
"""All columns of a figure that hold money."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from. ``caveats`` are whole sentences; ``released`` is a day.

    ``stale_after`` is the age in months at which its figures count as old; without it that
    of its kind holds (:data:`rolebook.pay.fresh.STALE_AFTER`). Until ``keep_until`` nobody
    is warned that they are old, though pages say so.
    """

    id: str
    kind: SourceKind
    publisher: str
    title: str
    licence: str
    address: str
    method: str
    caveats: tuple[str, ...]
    released: date | None
    stale_after: int | None
    keep_until: date | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Area:
    """A place by its official code.

    ISO 3166-1 alpha-2 for countries ("US"), ISO 3166-2 for states ("US-CO"), "cbsa:41860"
    for a metropolitan area of the US Office of Management and Budget, "world:europe" for a
    region of the world. ``parent`` is the code of the area around it.
    """

    code: str
    name: str
    kind: AreaKind
    parent: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation of an official classification ("soc:15-2051")."""

    code: str
    title: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Proxy:
    """An occupation that stands in for a role in official figures, and why it does."""

    role: str
    occupation: str
    why: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: the pay of a role or an occupation at a level in an area.

    ``subject`` is a role's id or an occupation's code; ``level`` a level's id. Percentiles
    are there as far as the source gives them; ``low`` and ``high`` are the ends of a
    range that its publisher calls one, ``mean`` a mean. ``sample`` counts answers,
    ``employment`` people in the occupation. ``suppressed`` names the columns that the
    source withholds, ``top_coded`` those in which it says only "at least". ``confidence``
    is the handbook's own judgement.
    """

    subject: str
    level: str | None
    area: str
    currency: str
    period: Period
    tax: Tax
    part: Part
    percentiles: Mapping[str, Decimal]
    low: Decimal | None
    high: Decimal | None
    mean: Decimal | None
    sample: int | None
    employment: int | None
    suppressed: tuple[str, ...]
    top_coded: tuple[str, ...]
    source: str
    as_of: date
    retrieved: date
    confidence: Confidence
    note: str | None
    origin: Origin

    @property
    def sums(self) -> dict[str, Decimal]:
        """All sums that there are, by their columns' names in the order of :data:`SUMS`."""
        others = {"low": self.low, "high": self.high, "mean": self.mean}
        found = {**self.percentiles, **others}
        return {name: value for name in SUMS if (value := found.get(name)) is not None}


@dataclass(frozen=True, slots=True)
class PayBook:
    """Everything in a handbook's ``pay/``. Rows in error are left out and reported."""

    sources: Mapping[str, Source]
    areas: Mapping[str, Area]
    occupations: Mapping[str, Occupation]
    proxies: tuple[Proxy, ...]
    figures: tuple[Figure, ...]
    diagnostics: tuple[Diagnostic, ...]
