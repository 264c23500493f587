"""Figures and areas as the text of their files: the same bytes for the same records."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from rolebook.pay import areas as area_file
from rolebook.pay import figures as figure_file
from rolebook.pay.model import SUMS, Area, Figure


def write_figures(figures: Iterable[Figure]) -> str:
    """A file of figures, in an order in which a difference between two releases reads well."""
    return _table(figure_file.COLUMNS, map(_figure_row, sorted(figures, key=_figure_key)))


def write_areas(areas: Iterable[Area]) -> str:
    """The file of areas, by code."""
    rows = (
        (area.code, area.name, area.kind.value, area.parent or "")
        for area in sorted(areas, key=lambda area: area.code)
    )
    return _table(area_file.COLUMNS, rows)


def _figure_key(figure: Figure) -> tuple[str, ...]:
    return (
        *(figure.source, figure.subject, figure.level or "", figure.area),
        *(figure.part.value, figure.as_of.isoformat()),
    )


def _figure_row(figure: Figure) -> tuple[str, ...]:
    sums = figure.sums
    return (
        *(figure.subject, figure.level or "", figure.area),
        *(figure.currency, figure.period.value, figure.tax.value, figure.part.value),
        *(_number(sums.get(name)) for name in SUMS),
        *(_number(figure.sample), _number(figure.employment)),
        *(" ".join(figure.suppressed), " ".join(figure.top_coded)),
        *(figure.source, figure.as_of.isoformat(), figure.retrieved.isoformat()),
        *(figure.confidence.value, figure.note or ""),
    )


def _number(value: Decimal | int | None) -> str:
    # "f": a Decimal such as 1E+5 is to stand as plain digits.
    return "" if value is None else format(value, "f" if isinstance(value, Decimal) else "d")


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
