"""Figures as files to take away: CSV and JSON, with the sources and their licences in every row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from rolebook.pay.model import SUMS, Source
from rolebook.pay.views import Row

SUFFIXES = (".csv", ".json")
"""The forms of these files, by the end of their names."""

Value = str | int | float | bool | list[str] | None


def write_rows(rows: Sequence[Row], suffix: str) -> bytes:
    """A table of figures, a row each: ``suffix`` is one of :data:`SUFFIXES`."""
    return _write([record(row) for row in rows], "figures", suffix)


def write_sources(sources: Iterable[Source], suffix: str) -> bytes:
    """A table of sources likewise."""
    return _write([source_record(source) for source in sources], "sources", suffix)


def number(value: Decimal | None) -> int | float | None:
    """A sum as JSON has it: without a fraction if it has none."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def record(row: Row) -> dict[str, Value]:
    """All that is told of a figure, by column."""
    figure, source = row.figure, row.source
    sums = figure.sums
    return {
        "id": row.id,
        "subject": figure.subject,
        "occupation": row.occupation,
        "proxy_because": row.proxy.why if row.proxy else None,
        "level": figure.level,
        "area": figure.area,
        "area_name": row.area.name,
        "area_kind": row.area.kind.value,
        "currency": figure.currency,
        "period": figure.period.value,
        "tax": figure.tax.value,
        "part": figure.part.value,
        **{name: number(sums.get(name)) for name in SUMS},
        "sample": figure.sample,
        "employment": figure.employment,
        "suppressed": [*figure.suppressed],
        "top_coded": [*figure.top_coded],
        "as_of": figure.as_of.isoformat(),
        "retrieved": figure.retrieved.isoformat(),
        "stale": row.stale,
        "confidence": figure.confidence.value,
        "note": figure.note,
        "source": source.id,
        "source_kind": source.kind.value,
        "source_title": source.title,
        "publisher": source.publisher,
        "licence": source.licence,
        "address": source.address,
    }


def source_record(source: Source) -> dict[str, Value]:
    """All that is told of a source, by column."""
    return {
        "source": source.id,
        "kind": source.kind.value,
        "publisher": source.publisher,
        "title": source.title,
        "licence": source.licence,
        "address": source.address,
        "method": source.method,
        "caveats": [*source.caveats],
        "released": source.released.isoformat() if source.released else None,
    }


def _write(records: Sequence[dict[str, Value]], name: str, suffix: str) -> bytes:
    if suffix == ".json":
        return (json.dumps({name: records}, ensure_ascii=False, indent=1) + "\n").encode()
    text = io.StringIO(newline="")
    if records:
        writer = csv.DictWriter(text, [*records[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in r.items()} for r in records)
    return text.getvalue().encode()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, list) else str(value)
