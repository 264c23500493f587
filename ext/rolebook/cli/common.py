"""What the subcommands share: the exit statuses, the handbook's folder, printed findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from rolebook.diagnostics import Diagnostic
from rolebook.today import current_day

FOUND = 1
"""The exit status when something is wrong in the handbook; click gives 2 for wrong use."""


def find_root(given: Path | None) -> Path:
    """The handbook's folder: the one given, or this one, or ``content/`` in it.

    This folder is the handbook if it has a ``conf.py`` or no ``content/``.
    """
    if given is not None:
        return given
    here = Path.cwd()
    inside = here / "content"
    return inside if inside.is_dir() and not (here / "conf.py").exists() else here


def root_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let ``--root`` stand behind the command's name too."""
    return click.option(
        "--root",
        "own_root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The handbook's folder. By default this folder, or content/ in it.",
    )(command)


def today() -> date:
    """The day by which figures of pay are new or old; wrong use if nobody can tell it."""
    try:
        return current_day()
    except ValueError as error:
        raise click.UsageError(str(error)) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Make wrong use of what keeps a path from being written."""
    try:
        yield
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror}.") from error


def web_address(_: click.Context, __: click.Parameter, value: str) -> str:
    """An option's value that is the address of a web page, or empty; wrong use if it is not."""
    if value and not value.startswith(("https://", "http://")):
        raise click.BadParameter(f"'{value}' is no web address. Begin it with 'https://'.")
    return value


def print_findings(
    found: Sequence[Diagnostic], root: Path, format_: str, err: bool = False
) -> None:
    """Print findings as ``text``, ``json`` or ``github``, with ``err`` to standard error.

    Each ends in the address of its page, if ``rolebook --manual-url`` tells the manual's.
    """
    manual = click.get_current_context().find_root().params["manual_url"]
    if format_ == "json":
        rows = [
            {
                "file": shown(root, finding.file),
                "line": finding.line,
                "code": finding.id,
                "severity": finding.code.severity.value,
                "message": finding.message,
                "remedy": finding.remedy,
                **({"page": finding.code.page(manual)} if manual else {}),
            }
            for finding in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for finding in found:
        severity = finding.code.severity.value
        file = shown(root, finding.file)
        if format_ == "github":
            click.echo(
                f"::{severity} file={_github(file, True)},line={finding.line},"
                f"title={_github(f'rolebook: {finding.id}', True)}::"
                f"{_github(finding.code.told(finding.text, manual), False)}"
            )
        else:
            line = f"{file}:{finding.line}: {severity}: {finding.text} [{finding.id}]"
            click.echo(finding.code.told(line, manual), err=err)


def shown(root: Path, file: str) -> str:
    """A finding's file as one can open it from here."""
    path = (root / file).resolve()
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _github(text: str, is_property: bool) -> str:
    """Escape for a GitHub workflow command, as its toolkit does."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text
