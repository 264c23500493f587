"""``rolebook check``: what is wrong in a handbook."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from rolebook.catalog import load
from rolebook.check import check as check_catalog
from rolebook.cli.common import FOUND, print_findings, root_option, today
from rolebook.diagnostics import Code, Diagnostic
from rolebook.pay.fresh import check_pay
from rolebook.pay.listings import check_listings
from rolebook.pay.read import read


@click.command(
    epilog="""\b
Examples:
  rolebook check
  rolebook check content/roles/machine-learning-engineer      only findings in these files
  rolebook check --format github                              marks a pull request's lines
  rolebook check --ignore review-due --ignore pay-stale       not what time alone brings about"""
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option(
    "--ignore",
    metavar="CODE",
    multiple=True,
    type=click.Choice([code.id for code in Code]),
    help="Leave out findings of this code; can be given several times.",
)
@root_option
@click.pass_obj
def check(
    root: Path,
    paths: tuple[Path, ...],
    format_: str,
    ignore: tuple[str, ...],
    own_root: Path | None,
) -> None:
    """Report what is wrong, with file, line and remedy, and which figures of pay are old.

    The whole handbook is read, since a change in one file can break another. With PATHS,
    only findings in these files and folders are printed.
    """
    root = own_root or root
    wanted = [path.resolve() for path in paths]
    for path, full in zip(paths, wanted, strict=True):
        if not full.is_relative_to(root.resolve()):
            raise click.BadParameter(f"'{path}' is not in the handbook, which is '{root}'.")
    day = today()
    catalog = load(root)
    book = read(root, catalog, day)
    everything = [
        *check_catalog(catalog, day),
        *check_pay(book, day),
        *check_listings(catalog, book),
    ]
    found = [
        finding
        for finding in sorted(everything)
        if finding.id not in ignore
        and (not wanted or any(_within(root / finding.file, path) for path in wanted))
    ]
    print_findings(found, root, format_)
    if format_ == "text":
        click.echo(_verdict(found), err=True)
    sys.exit(FOUND if found else 0)


def _within(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder)


def _verdict(found: Sequence[Diagnostic]) -> str:
    if not found:
        return "Nothing found."
    return f"{len(found)} finding{'' if len(found) == 1 else 's'}."
