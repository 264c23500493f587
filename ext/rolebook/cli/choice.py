"""What the commands share that compose one role: the options for its variants."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from rolebook.catalog import Catalog
from rolebook.cli.common import print_findings
from rolebook.compose import UnknownError, compose
from rolebook.diagnostics import known
from rolebook.model import Axis, Template


def axis_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command take a variant of each axis: ``--level ID`` and so on."""
    for axis in reversed(Axis):
        command = click.option(
            f"--{axis}",
            axis.value,
            metavar="ID",
            multiple=True,  # so that a second one can be refused; click takes the last
            help=f"The variant on the axis '{axis}'.",
        )(command)
    return command


def only_one(axis: str, ids: Sequence[str]) -> str:
    """The one id that an axis was given; wrong use if there are several."""
    if len(ids) > 1:
        raise click.UsageError(
            f"--{axis} is given twice, with {' and '.join(ids)}."
            " A template takes one variant an axis."
        )
    return ids[0]


def compose_chosen(catalog: Catalog, role: str, chosen: Mapping[Axis, str], root: Path) -> Template:
    """The template of a role with variants; wrong use if there is no such role or variant."""
    try:
        return compose(catalog, role, chosen)
    except UnknownError as error:
        print_findings(catalog.diagnostics, root, "text", err=True)
        raise click.UsageError(
            f"There is no {error.what} '{error.name}'"
            f"{'' if error.what == 'role' else f' for {role}'}."
            f" {known(error.name, error.known, error.what)}"
        ) from error
