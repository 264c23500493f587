"""``rolebook pay import survey``: percentiles of a survey in the layout of aijobs.net."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from import_inputs import SURVEY_TASK, handbook, row, sha256, survey

from rolebook.cli import main
from rolebook.pay.survey import About, Answer, pair

FIGURES = "pay/figures/index-2024.csv"

MANY = [row(100_000 + 1000 * n) for n in range(21)]
"""21 answers, as no neighbours are the ends of a range: each sum is higher than the last."""


def run(root: Path, file: Path, name: str = "index-2024") -> Result:
    arguments = ["--root", str(root), "pay", "import", "survey", name, str(file)]
    return CliRunner().invoke(main, arguments)


def imported(folder: Path, rows: Iterable[str]) -> dict[tuple[str, str], dict[str, str]]:
    """The rows of an import, by country and level."""
    file = survey(folder / "salaries.csv", rows)
    root = handbook(folder / "book", SURVEY_TASK, sha256(file))
    result = run(root, file)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    with (root / FIGURES).open(encoding="utf-8", newline="") as opened:
        return {(row["area"], row["level"]): row for row in csv.DictReader(opened)}


# Rows into answers

ONE = About("2024", "SE", "FT", "DS", "USD", "US", "0", "US", "M")
OTHER = ONE._replace(company_size="L")


@pytest.mark.parametrize(
    ("rows", "answers"),
    [
        ([], []),
        ([(ONE, 9)], [(ONE, 9, 9)]),
        ([(ONE, 9), (ONE, 7)], [(ONE, 7, 9)]),
        # A range may begin and end with the same sum.
        ([(ONE, 9), (ONE, 9)], [(ONE, 9, 9)]),
        # The higher end comes first, or the two are no range.
        ([(ONE, 7), (ONE, 9)], [(ONE, 7, 7), (ONE, 9, 9)]),
        ([(ONE, 9), (OTHER, 7)], [(ONE, 9, 9), (OTHER, 7, 7)]),
        # A row is the end of one range only.
        ([(ONE, 9), (ONE, 7), (ONE, 5)], [(ONE, 7, 9), (ONE, 5, 5)]),
        ([(OTHER, 8), (ONE, 9), (ONE, 7)], [(OTHER, 8, 8), (ONE, 7, 9)]),
    ],
)
def test_neighbours_are_the_ends_of_a_range(
    rows: list[tuple[About, int]], answers: list[tuple[About, int, int]]
) -> None:
    found = [*pair((about, Decimal(sum_)) for about, sum_ in rows)]
    assert found == [Answer(about, Decimal(low), Decimal(high)) for about, low, high in answers]


# Answers into figures


def test_a_figure_has_its_percentiles_and_where_they_come_from(tmp_path: Path) -> None:
    figures = imported(tmp_path, MANY)
    assert [*figures] == [("US", ""), ("US", "senior")]
    assert figures["US", "senior"] == {
        "subject": "data-scientist",
        "level": "senior",
        "area": "US",
        "currency": "USD",
        "period": "year",
        "tax": "gross",
        "part": "unknown",
        "p10": "102000",
        "p25": "105000",
        "p50": "110000",
        "p75": "115000",
        "p90": "118000",
        "low": "",
        "high": "",
        "mean": "",
        "sample": "21",
        "employment": "",
        "suppressed": "",
        "top_coded": "",
        "source": "index",
        "as_of": "2024-12-31",
        "retrieved": "2025-03-01",
        "confidence": "low",
        "note": "",
    }


def test_a_range_counts_once_with_its_middle(tmp_path: Path) -> None:
    ranges = [row(sum_) for n in range(21) for sum_ in (120_000 + 1000 * n, 80_000 + 1000 * n)]
    figure = imported(tmp_path, ranges)["US", "senior"]
    assert (figure["sample"], figure["p50"]) == ("21", "110000")
    assert (figure["p10"], figure["p90"]) == ("102000", "118000")


def test_a_repeated_answer_counts_once_and_is_told(tmp_path: Path) -> None:
    # Ranges with the same upper end are different answers; the same range again is not.
    ranges = [row(sum_) for n in range(21) for sum_ in (200_000, 100_000 + 1000 * n)]
    once = imported(tmp_path, ranges)["US", "senior"]
    again = imported(tmp_path, [*ranges, *ranges[:6]])["US", "senior"]
    assert (once["sample"], once["note"]) == ("21", "")
    assert again == {**once, "note": "Repeated answers left out: 3."}


def test_a_hundred_answers_earn_medium_confidence(tmp_path: Path) -> None:
    for count, confidence in ((99, "low"), (100, "medium")):
        figures = imported(tmp_path, [row(100_000 + n) for n in range(count)])
        assert figures["US", "senior"]["confidence"] == confidence


def test_twenty_different_answers_are_needed(tmp_path: Path) -> None:
    assert imported(tmp_path, MANY[:20]).keys() == {("US", ""), ("US", "senior")}
    assert not imported(tmp_path, MANY[:19])
    # Neither rows nor repeats make up for it.
    assert not imported(tmp_path, [row(n) for k in range(19) for n in (200_000, 90_000 + k)])
    assert not imported(tmp_path, [*MANY[:19], row(1, job_title="Clerk"), *MANY[:19]])


@pytest.mark.parametrize(
    ("level", "code"), [("junior", "EN"), ("mid", "MI"), ("senior", "SE"), (None, "EX")]
)
def test_levels_are_those_of_a_handbook(tmp_path: Path, level: str | None, code: str) -> None:
    figures = imported(tmp_path, [row(100_000 + n, experience_level=code) for n in range(20)])
    assert figures.keys() == {("US", ""), *([("US", level)] if level else [])}


@pytest.mark.parametrize(
    "about",
    [
        {"employment_type": "CT"},
        {"work_year": "2023"},
        {"job_title": "Lead Data Scientist"},
        {"company_location": "CA"},
        {"salary_currency": "EUR"},
        {"company_location": "GB"},
    ],
)
def test_other_answers_do_not_count(tmp_path: Path, about: dict[str, str]) -> None:
    others = [row(10 + n, **about) for n in range(30)]
    assert imported(tmp_path, [*others, *MANY]) == imported(tmp_path, MANY)


def test_all_titles_of_a_role_and_each_country_in_its_currency(tmp_path: Path) -> None:
    british = {"company_location": "GB", "salary_currency": "GBP"}
    pounds = [row(50_000 + n, job_title="DS", **british) for n in range(10)]
    pounds += [row(60_000 + n, **british) for n in range(11)]
    figures = imported(tmp_path, [*MANY, *pounds])
    assert (figures["GB", ""]["currency"], figures["GB", ""]["p50"]) == ("GBP", "60000")
    assert figures["US", ""]["sample"] == figures["GB", ""]["sample"] == "21"


def test_what_was_read_and_left_out_is_told(tmp_path: Path) -> None:
    file = survey(
        tmp_path / "s.csv",
        [*MANY, row(5, experience_level="EN"), row(4, experience_level="EN"), MANY[0]],
    )
    result = run(handbook(tmp_path / "book", SURVEY_TASK, sha256(file)), file)
    assert result.stderr.splitlines() == [
        "index-2024: Rows: 24; answers: 23; different ones: 22.",
        "index-2024: Figures: 2; groups of fewer than 20 answers, left out: 1.",
    ]


def test_columns_may_stand_in_any_order_among_others(tmp_path: Path) -> None:
    expected = imported(tmp_path, MANY)
    file = tmp_path / "salaries.csv"
    lines = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
    text = "".join(",".join([*reversed(line), "more"]) + "\r\n" for line in lines)
    file.write_text(f"\ufeff{text}", encoding="utf-8", newline="")
    root = handbook(tmp_path / "book", SURVEY_TASK, sha256(file))
    assert run(root, file).exit_code == 0
    with (root / FIGURES).open(encoding="utf-8", newline="") as opened:
        assert [*csv.DictReader(opened)] == [*expected.values()]


def test_importing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    file = survey(tmp_path / "salaries.csv", [*MANY, *MANY])
    root = handbook(tmp_path / "book", SURVEY_TASK, sha256(file))
    made = []
    for seed in ("1", "2"):
        arguments = ["--root", str(root), "pay", "import", "survey", "index-2024", str(file)]
        subprocess.run(
            [sys.executable, "-m", "rolebook", *arguments],
            env={"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        made.append((root / FIGURES).read_bytes())
    assert made[0] == made[1]


# What is refused


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ("salary_currency,", "currency,", "salaries.csv:1: it has no column salary_currency. A"),
        (",101000,", ',"101,000",', "salaries.csv:3: column salary: '101,000' is no whole number."),
        (",101000,", ",101000.5,", "salaries.csv:3: column salary: '101000.5' is no whole number."),
        (",101000,", ",,", "salaries.csv:3: column salary: '' is no whole number."),
        (",101000,", ",101,000,", "salaries.csv:3: the row has another number of columns than"),
        (",101000,", ",", "salaries.csv:3: the row has another number of columns than the first"),
        (",101000,", ',"101000,', "salaries.csv:3: unexpected end of data."),
    ],
)
def test_a_file_with_faults_is_refused_with_line_and_column(
    tmp_path: Path, was: str, now: str, message: str
) -> None:
    file = survey(tmp_path / "salaries.csv", MANY)
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, now, 1), encoding="utf-8")
    root = handbook(tmp_path / "book", SURVEY_TASK, sha256(file))
    result = run(root, file)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (root / FIGURES).exists()


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "salaries.csv"
    file.write_bytes("Gehälter".encode("latin-1"))
    result = run(handbook(tmp_path / "book", SURVEY_TASK, sha256(file)), file)
    assert result.exit_code == 2
    assert f"{file} is not UTF-8 text. Save it as UTF-8." in result.stderr


def test_a_file_with_another_checksum_is_refused(tmp_path: Path) -> None:
    file = survey(tmp_path / "salaries.csv", MANY)
    root = handbook(tmp_path / "book", SURVEY_TASK, sha256(file))
    survey(file, MANY[1:])
    result = run(root, file)
    assert result.exit_code == 2
    assert f"{file}: its SHA-256 checksum is {sha256(file)}, but [index-2024] in" in result.stderr


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ('"index"', '"other"', "pay/imports.toml:2: Key 'source' names the source 'other', which"),
        ("year = 2024", "", "pay/imports.toml:1: Key 'year' is missing. Every import needs it."),
        ("year = 2024", 'year = "now"', "pay/imports.toml:4: Key 'year' holds 'now', which is not"),
        ("2025-03-01", "2999-03-01", "pay/imports.toml:5: Key 'retrieved' holds '2999-03-01', a"),
        ("year =", "yaer =", "pay/imports.toml:4: Key 'yaer' does not belong here. Did you mean"),
        ("data-scientist =", "scientist =", "pay/imports.toml:8: Key 'scientist' is the name of"),
        (
            '["Data Scientist", "DS"]',
            "[1]",
            "pay/imports.toml:8: Key 'data-scientist' is something other",
        ),
        ('"USD"', '"US$"', "pay/imports.toml:11: Key 'US' names the currency 'US$', which does"),
        ("GB =", "UK =", "pay/imports.toml:12: Key 'UK' is the name of no area."),
        ("retrieved =", "retrieved", "pay/imports.toml:5: This is not TOML"),
    ],
)
def test_a_task_with_faults_is_refused_with_its_line(
    tmp_path: Path, was: str, now: str, message: str
) -> None:
    file = survey(tmp_path / "salaries.csv", MANY)
    assert was in SURVEY_TASK
    root = handbook(tmp_path / "book", SURVEY_TASK.replace(was, now, 1), sha256(file))
    result = run(root, file)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (root / FIGURES).exists()


def test_a_title_belongs_to_one_role(tmp_path: Path) -> None:
    file = survey(tmp_path / "salaries.csv", MANY)
    task = SURVEY_TASK.replace('"DS"]', '"DS"]\nother = ["DS"]')
    result = run(handbook(tmp_path / "book", task, sha256(file)), file)
    assert "pay/imports.toml:9: Key 'other' has the title 'DS', and so has" in result.stderr


def test_a_checksum_has_64_digits(tmp_path: Path) -> None:
    file = survey(tmp_path / "salaries.csv", MANY)
    result = run(handbook(tmp_path / "book", SURVEY_TASK, "abc"), file)
    assert result.exit_code == 2
    assert "pay/imports.toml:3: Key 'sha256' holds 'abc', which is no SHA-256" in result.stderr


@pytest.mark.parametrize("name", ["index-2025", "../index-2024"])
def test_an_import_must_be_named_in_the_file(tmp_path: Path, name: str) -> None:
    file = survey(tmp_path / "salaries.csv", MANY)
    root = handbook(tmp_path / "book", SURVEY_TASK + f'["{name}x"]\n', sha256(file))
    result = run(root, file, name)
    assert result.exit_code == 2
    assert f"pay/imports.toml has no table [{name}]. Did you mean" in result.stderr
