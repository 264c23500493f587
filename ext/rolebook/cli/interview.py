"""``rolebook interview``: the interview kit of a role, for chosen variants."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from rolebook.catalog import Catalog, load
from rolebook.cli.choice import axis_options, compose_chosen, only_one
from rolebook.cli.common import root_option, writing
from rolebook.interview.kit import choose, must_haves, whole_kit
from rolebook.interview.loop import plan_loop
from rolebook.interview.write import KIT_FORMATS
from rolebook.model import Axis

_FORMATS = dict.fromkeys(format for formats in KIT_FORMATS.values() for format in formats)


@click.command(
    epilog="""\b
Examples:
  rolebook interview machine-learning-engineer --level senior --out kit.html
  rolebook interview data-engineer --level mid --industry healthcare --format docx --out kit.docx
  rolebook interview data-engineer --level mid --part scorecard --out scorecard.csv
  rolebook interview data-engineer --level mid --part brief --format markdown"""
)
@click.argument("role")
@axis_options
@click.option(
    "--part",
    type=click.Choice([*KIT_FORMATS]),
    default="kit",
    show_default=True,
    help="All that interviewers need, what the candidate is told, or a table to score in.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([*_FORMATS]),
    help="The form of the result. By default html, and csv for the scorecard.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@root_option
@click.pass_obj
def interview(
    root: Path,
    /,
    role: str,
    part: str,
    format_: str | None,
    out: Path | None,
    own_root: Path | None,
    **axes: Sequence[str],
) -> None:
    """Print the interview kit of ROLE for the chosen variants."""
    root = own_root or root
    chosen = {Axis(name): only_one(name, ids) for name, ids in axes.items() if ids}
    formats = KIT_FORMATS[part]
    write = formats.get(format_ or next(iter(formats)))
    if write is None:
        raise click.UsageError(f"A {part} is written as {' or '.join(formats)}, not as {format_}.")
    catalog = load(root)
    template = compose_chosen(catalog, role, chosen, root)
    kit = whole_kit(catalog, role)
    if kit is None:
        raise click.UsageError(f"The role '{role}' has no interview kit.")
    _need_level(catalog, role, chosen.get(Axis.LEVEL))
    choice = dict(template.variants)
    loop = plan_loop(choose(kit, choice), must_haves(template))
    data = write(loop, template.title, template.language)
    if out is None:
        sys.stdout.buffer.write(data)
        return
    with writing(out):
        out.write_bytes(data)


def _need_level(catalog: Catalog, role: str, level: str | None) -> None:
    """A loop is for one level: what a junior is asked is not what a senior is."""
    levels = [id_ for axis, id_ in catalog.variants_of(catalog.roles[role]) if axis is Axis.LEVEL]
    if levels and level is None:
        raise click.UsageError(f"Name the level: --level {', --level '.join(levels)}.")
