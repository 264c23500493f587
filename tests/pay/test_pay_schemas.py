"""The schemas of pay's files say what the reader reads: the same keys, and the same refusals.

What a schema cannot say is what rests on another field, row or file, or on the day: the cases of
``schema_silent.toml`` are all that it lets pass.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from test_pay_read import SOUND

import rolebook
from rolebook.iso_codes import COUNTRIES, CURRENCIES
from rolebook.pay import areas, figures, imports, sources
from rolebook.pay.model import AreaKind, Part, Period, SourceKind, Tax

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content"
SCHEMAS = Path(rolebook.__file__).parent / "schema"
NAMES = ("sources", "occupations", "imports", "areas", "figures")
SILENT = tomllib.loads((HERE / "schema_silent.toml").read_text(encoding="utf-8"))


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"pay-{name}.json").read_text(encoding="utf-8"))
    return found


def accepts(name: str, data: object) -> bool:
    checker = Draft7Validator.FORMAT_CHECKER
    return Draft7Validator(schema(name), format_checker=checker).is_valid(data)


def plain(data: object) -> object:
    """TOML as an editor hands it to a schema: days are texts."""
    if isinstance(data, Mapping):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data


def rows(text: Iterable[str]) -> list[dict[str, str]]:
    return [dict(row) for row in csv.DictReader(text)]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(name: str) -> None:
    Draft7Validator.check_schema(schema(name))


def test_a_schema_has_the_readers_keys() -> None:
    (source,) = schema("sources")["patternProperties"].values()
    assert [*source["properties"]] == [*sources.KEYS]
    (task,) = schema("imports")["patternProperties"].values()
    keys = [[*each["properties"]] for each in task["oneOf"]]
    assert keys == [[*imports.OEWS_KEYS], [*imports.SURVEY_KEYS]]
    assert [*schema("areas")["properties"]] == [*areas.COLUMNS]
    assert [*schema("figures")["properties"]] == [*figures.COLUMNS]


def test_a_schema_has_the_readers_words() -> None:
    figure = schema("figures")["properties"]
    (source,) = schema("sources")["patternProperties"].values()
    for words, kinds in (
        (figure["period"], Period),
        (figure["tax"], Tax),
        (figure["part"], Part),
        (source["properties"]["kind"], SourceKind),
        (schema("areas")["properties"]["kind"], AreaKind),
    ):
        assert words["enum"] == [*kinds]


def test_a_schema_has_the_codes_of_the_standards() -> None:
    countries, currencies = (f"^({'|'.join(sorted(all_))})$" for all_ in (COUNTRIES, CURRENCIES))
    assert schema("figures")["properties"]["currency"]["pattern"] == currencies
    (task,) = schema("imports")["patternProperties"].values()
    named = task["oneOf"][1]["properties"]["countries"]["patternProperties"]
    assert named == {countries: {"type": "string", "pattern": currencies}}
    kinds = {
        each["if"]["properties"]["kind"].get("const"): each for each in schema("areas")["allOf"]
    }
    assert kinds["country"]["then"]["properties"]["code"]["pattern"] == countries


@pytest.mark.parametrize("root", [CONTENT, HERE / "book"], ids=["published", "test"])
def test_what_is_read_is_accepted(root: Path) -> None:
    for name in ("sources", "occupations", "imports"):
        path = root / "pay" / f"{name}.toml"
        if path.exists():
            assert accepts(name, plain(tomllib.loads(path.read_text(encoding="utf-8"))))
    validator = Draft7Validator(schema("areas"))
    with (root / "pay/areas.csv").open(encoding="utf-8", newline="") as file:
        assert all(validator.is_valid(row) for row in rows(file))
    validator = Draft7Validator(schema("figures"))
    for path in (root / "pay/figures").glob("[!_]*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert all(validator.is_valid(row) for row in rows(file)), path


def test_a_bad_cell_is_refused() -> None:
    cases = tomllib.loads((HERE / "bad_cells.toml").read_text(encoding="utf-8"))
    empty = dict.fromkeys(figures.COLUMNS, "")
    passed = {
        name
        for name, case in cases.items()
        if accepts("figures", {**empty, **SOUND, **case["cells"]}) and case["findings"]
    }
    refused = {
        name
        for name, case in cases.items()
        if not accepts("figures", {**empty, **SOUND, **case["cells"]}) and not case["findings"]
    }
    assert sorted(passed) == sorted(SILENT["cells"])
    assert refused == set()


def test_a_bad_file_is_refused() -> None:
    cases = tomllib.loads((HERE / "bad_files.toml").read_text(encoding="utf-8"))
    passed = set()
    for name, case in cases.items():
        for file, text in case["files"].items():
            stem = Path(file).stem
            if text and file in ("pay/sources.toml", "pay/occupations.toml"):
                try:
                    data = plain(tomllib.loads(text))
                except tomllib.TOMLDecodeError:
                    continue  # No editor gets as far as the schema.
                if accepts(stem, data) and any(file in finding for finding in case["findings"]):
                    passed.add(name)
    assert sorted(passed) == sorted(SILENT["files"])


def test_a_bad_area_is_refused() -> None:
    cases = tomllib.loads((HERE / "bad_files.toml").read_text(encoding="utf-8"))
    read = rows(cases["area-codes"]["files"]["pay/areas.csv"].strip().splitlines())
    assert [row["code"] for row in read if accepts("areas", row)] == SILENT["area-codes"]


@pytest.mark.parametrize("name", ["sources", "occupations", "imports"])
def test_a_file_names_its_schema(name: str) -> None:
    path = CONTENT / "pay" / f"{name}.toml"
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("#:schema ")
    named = (path.parent / first.removeprefix("#:schema ")).resolve()
    assert named == (SCHEMAS / f"pay-{name}.json").resolve()
