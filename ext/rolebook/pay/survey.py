"""A salary survey as a CSV file in the layout of aijobs.net, into figures by role and level.

What such a file holds since 2022 is for the most part not an answer in each row. Rows stand
in pairs that agree in all but pay, the higher sum first: the two ends of the range in one
job posting. So an answer, here, is either such a pair, and counts with the middle of its
range, or a row without a partner, and counts with its sum.

An answer that repeats another in every column, both ends included, counts once. The file
names neither employers nor days; but that one employer posts again is likelier than that 36
have the very same range of 194,000 to 355,000. Rows are not compared one by one: most of those
that are alike are ends of different ranges, and share a round number.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import NamedTuple

from rolebook.model import Confidence, Origin
from rolebook.pay.files import FIGURES
from rolebook.pay.imports import Imported, ImportProblem, SurveyTask, pinned
from rolebook.pay.model import Figure, Part, Period, Tax
from rolebook.pay.percentiles import MINIMUM, percentiles

LEVELS = {"junior": "EN", "mid": "MI", "senior": "SE"}
"""The survey's codes for a handbook's levels. Executives (EX) only count among all levels."""

FULL_TIME = "FT"

MANY = 100
"""From so many answers on, a figure is of medium confidence. No survey earns a high one."""


class About(NamedTuple):
    """All columns of a row but those of pay, as the file calls them."""

    work_year: str
    experience_level: str
    employment_type: str
    job_title: str
    salary_currency: str
    employee_residence: str
    remote_ratio: str
    company_location: str
    company_size: str


COLUMNS = (*About._fields, "salary", "salary_in_usd")
"""The columns a file must have, in any order."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The range of a posting, or the pay of one person: then both ends are the same.

    Sums are for a year, in the currency that ``about`` tells.
    """

    about: About
    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        """What the answer counts with."""
        return (self.low + self.high) / 2


def import_survey(path: Path, task: SurveyTask) -> Imported:
    """The percentiles of each role of the task, by country and level, of full-time work.

    Pay counts in the currency that the task has for the country; nothing is converted. A
    group of too few answers gives no figure. Raises :class:`ImportProblem` for a file that
    is not the pinned one, or not understood.
    """
    rows = [*_read(path, pinned(path, task))]
    answers = Counter(pair(rows))
    figures = []
    small = 0
    for role, country, level in product(task.titles, task.countries, (None, *LEVELS)):
        group = Counter(
            {
                answer: count
                for answer, count in answers.items()
                if answer.about.job_title in task.titles[role]
                and answer.about.company_location == country
                and answer.about.salary_currency == task.countries[country]
                and answer.about.work_year == str(task.year)
                and answer.about.employment_type == FULL_TIME
                and (level is None or answer.about.experience_level == LEVELS[level])
            }
        )
        figure = _figure(task, role, country, level, group)
        if figure is not None:
            figures.append(figure)
        elif group:
            small += 1
    return Imported(
        tuple(figures),
        (),
        (
            f"Rows: {len(rows)}; answers: {answers.total()}; different ones: {len(answers)}.",
            f"Figures: {len(figures)}; groups of fewer than {MINIMUM} answers, left out: {small}.",
        ),
    )


def pair(rows: Iterable[tuple[About, Decimal]]) -> Iterator[Answer]:
    """The answers that rows are, in the order of the file: see the top of this module."""
    before: tuple[About, Decimal] | None = None
    for about, sum_ in rows:
        if before is None:
            before = (about, sum_)
        elif before[0] == about and before[1] >= sum_:
            yield Answer(about, sum_, before[1])
            before = None
        else:
            yield Answer(before[0], before[1], before[1])
            before = (about, sum_)
    if before is not None:
        yield Answer(before[0], before[1], before[1])


def _read(path: Path, content: bytes) -> Iterator[tuple[About, Decimal]]:
    """The rows of a file. Raises :class:`ImportProblem` with the line and the column."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportProblem(f"{path} is not UTF-8 text. Save it as UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise ImportProblem(
                f"{path}:1: it has no column {', '.join(missing)}."
                f" A survey in the layout of aijobs.net has: {', '.join(COLUMNS)}."
            )
        for row in reader:
            where = f"{path}:{reader.line_num}"
            if None in row or None in row.values():
                raise ImportProblem(
                    f"{where}: the row has another number of columns than the first line,"
                    f" {len(reader.fieldnames or ())}. A comma in a value wants quotes around it."
                )
            if not (row["salary"].isascii() and row["salary"].isdigit()):
                raise ImportProblem(
                    f"{where}: column salary: '{row['salary']}' is no whole number."
                    " Write digits only."
                )
            yield About(*(row[column] for column in About._fields)), Decimal(row["salary"])
    except csv.Error as error:
        # The line after the last row that could be read.
        raise ImportProblem(f"{path}:{reader.line_num + 1}: {error}.") from error


def _figure(
    task: SurveyTask, role: str, country: str, level: str | None, group: Counter[Answer]
) -> Figure | None:
    """The figure of a group, with how often each answer was given; None for too few."""
    found = percentiles([answer.middle for answer in group])
    if found is None:
        return None
    repeats = group.total() - len(group)
    return Figure(
        subject=role,
        level=level,
        area=country,
        currency=task.countries[country],
        period=Period.YEAR,
        tax=Tax.GROSS,
        part=Part.UNKNOWN,
        percentiles=found,
        low=None,
        high=None,
        mean=None,
        sample=len(group),
        employment=None,
        suppressed=(),
        top_coded=(),
        source=task.source,
        # The survey tells years only, so its answers are as of the year's last day.
        as_of=date(task.year, 12, 31),
        retrieved=task.retrieved,
        confidence=Confidence.MEDIUM if len(group) >= MANY else Confidence.LOW,
        note=f"Repeated answers left out: {repeats}." if repeats else None,
        origin=Origin(f"{FIGURES}/{task.name}.csv", 0),
    )
