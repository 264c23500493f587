"""``rolebook export``: job descriptions, composed, filled in and written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from rolebook.catalog import Catalog, load
from rolebook.check import check as check_catalog
from rolebook.cli.answers import Answers, fit, read_answers, refuse, refuse_contradiction
from rolebook.cli.batch import Part, each_part, write_batch
from rolebook.cli.choice import axis_options, compose_chosen, only_one
from rolebook.cli.common import FOUND, print_findings, root_option, today, writing
from rolebook.exports import FORMATS, write
from rolebook.exports.layout import Description, lay_out
from rolebook.exports.shapes import Gap, shape, shapes
from rolebook.model import Axis, Template
from rolebook.placeholders import defaults

Gaps = dict[tuple[str, str, str], Gap]
"""What formats lack, by format, name and reason: each is told once."""


@click.command(
    "export",
    epilog="""\b
Examples:
  rolebook export machine-learning-engineer --level senior --format markdown
  rolebook export machine-learning-engineer --set "company name=Example Ltd" --format text
  rolebook export machine-learning-engineer --fill answers.toml --format html --out jd.html
  rolebook export machine-learning-engineer --set country=GB --format lever
  rolebook export --all --format markdown --format docx --out descriptions

answers.toml holds one line a placeholder ("company name" = "Example Ltd"); a list is for
placeholders that take several choices. Declared defaults are filled in; --blank leaves them.
The formats for applicant tracking systems and career pages also take details that the text
has no place for, such as country.""",
)
@click.argument("role", required=False)
@axis_options
@click.option("--all", "all_", is_flag=True, help="Export every role and variant, into a folder.")
@click.option("--set", "settings", metavar="NAME=VALUE", multiple=True, help="Fill in one value.")
@click.option(
    "--fill",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Fill in the values of a .json or .toml file.",
)
@click.option("--blank", is_flag=True, help="Leave even placeholders with a default unfilled.")
@click.option(
    "--format",
    "formats",
    type=click.Choice([*FORMATS]),
    default=["markdown"],
    show_default=True,
    multiple=True,
    help="The form of the result; with --all there can be several.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write to a file; with --all, to a folder.",
)
@root_option
@click.pass_obj
def export_(
    root: Path,
    /,
    role: str | None,
    all_: bool,
    settings: Sequence[str],
    file: Path | None,
    blank: bool,
    formats: Sequence[str],
    out: Path | None,
    own_root: Path | None,
    **axes: Sequence[str],
) -> None:
    """Compose ROLE with the chosen variants and print it, filled in as far as told."""
    root = own_root or root
    chosen = {Axis(name): only_one(name, ids) for name, ids in axes.items() if ids}
    formats = [*dict.fromkeys(formats)]
    _check_use(role, all_, chosen, formats, out)
    catalog = load(root)
    answers = read_answers(file, settings)
    if role is None:
        parts = [*each_part(catalog)]
        wrong = check_catalog(catalog, today())
    else:
        template = compose_chosen(catalog, role, chosen, root)
        refuse_contradiction(answers, template)
        parts = [Part(template)]
        concerned = set(_files(catalog, template))
        wrong = tuple(f for f in check_catalog(catalog, today()) if f.file in concerned)
    parts = _filled(parts, answers, blank, any(name in shapes()["formats"] for name in formats))
    print_findings(wrong, root, "text", err=True)
    exporter = _Exporter(formats)
    try:
        if role is None and out is not None:
            written = write_batch(out, parts, exporter.make)
        else:
            written = _write_one(exporter.make(parts[0]), out)
    except OSError as error:
        if out is None:  # a closed pipe is click's business
            raise
        raise click.UsageError(f"{out} cannot be written: {error.strerror}.") from error
    if not written:
        raise click.UsageError("\n".join(_missing(exporter, len(parts))))
    for line in _warnings(exporter.warnings):
        click.echo(line, err=True)
    if role is None:
        click.echo(f"{len(parts) * len(formats)} files in {out}.", err=True)
    sys.exit(FOUND if wrong else 0)


def _check_use(
    role: str | None,
    all_: bool,
    chosen: Mapping[Axis, str],
    formats: Sequence[str],
    out: Path | None,
) -> None:
    if all_ and role is not None:
        raise click.UsageError("--all takes every role: leave out ROLE, or --all.")
    if all_ and chosen:
        raise click.UsageError(f"--all takes every variant: leave out --{next(iter(chosen))}.")
    if all_ and out is None:
        raise click.UsageError("--all needs --out, the folder to write into.")
    if not all_ and role is None:
        raise click.UsageError("Name a ROLE, or take all with --all.")
    if not all_ and len(formats) > 1:
        raise click.UsageError("One ROLE is exported in one --format. Several go with --all.")
    if out is not None:
        with writing(out):
            is_file, is_folder = out.is_file(), out.is_dir()
        if all_ and is_file:
            raise click.UsageError(f"{out} is a file. Name a folder.")
        if not all_ and is_folder:
            raise click.UsageError(f"{out} is a folder. Name a file.")


def _files(catalog: Catalog, template: Template) -> Iterable[str]:
    """The files a template is composed from."""
    role = catalog.roles[template.role]
    available = catalog.variants_of(role)
    for entity in catalog.role_lineage(role):
        yield entity.origin.file
    for choice in template.variants:
        for variant in catalog.variant_lineage(available[choice]):
            yield variant.origin.file
    for placeholder in template.placeholders:
        yield placeholder.origin.file


def _filled(parts: Sequence[Part], answers: Answers, blank: bool, with_details: bool) -> list[Part]:
    """The parts with their values; an answer must fit one of them."""
    filled = []
    useless = set(answers)
    for part in parts:
        given, unused = fit(answers, part.template, with_details)
        values = given if blank else {**defaults(part.template.placeholders), **given}
        filled.append(replace(part, values=values))
        useless &= unused
    if useless:
        refuse(useless, [part.template for part in parts], with_details)
    return filled


class _Exporter:
    """Makes the files of templates, and gathers what they lack.

    ``lacking`` are the keys of the templates that lack what is in ``missing``.
    """

    def __init__(self, formats: Sequence[str]) -> None:
        self.formats = formats
        self.missing: Gaps = {}
        self.lacking: dict[tuple[str, str, str], list[str]] = {}
        self.warnings: Gaps = {}

    def make(self, part: Part) -> dict[str, bytes] | None:
        """A template in each format; None if one of them cannot do without what it lacks."""
        description = Description(lay_out(part.template), part.values)
        files = {}
        for format in self.formats:
            if format in shapes()["formats"]:
                shaped = shape(description, format)
                for gap in shaped.missing:
                    key = (format, gap.name, gap.why)
                    self.missing[key] = gap
                    self.lacking.setdefault(key, []).append(part.template.key)
                self.warnings |= {(format, gap.name, gap.why): gap for gap in shaped.warnings}
                files[format] = shaped.content.encode("utf-8")
            else:
                files[format] = write(description, format)
        return None if self.missing else files


def _write_one(files: Mapping[str, bytes] | None, out: Path | None) -> bool:
    for data in (files or {}).values():
        if out is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()  # before any warning
        else:
            out.write_bytes(data)
    return files is not None


def _missing(exporter: _Exporter, count: int) -> Iterable[str]:
    """What each format cannot do without and, of several templates, which ones lack it."""
    for format in dict.fromkeys(format for format, _, _ in exporter.missing):
        yield f"'{format}' cannot do without:"
        for key, gap in exporter.missing.items():
            if key[0] == format:
                where = _where(exporter.lacking[key], count) if count > 1 else ""
                yield f"  {_asked(gap)}: {gap.why}{where}"


def _where(keys: Sequence[str], count: int) -> str:
    if len(keys) == count:
        return f" In all {count} templates."
    named = ", ".join(keys[:3])
    return f" In {named}{f' and {len(keys) - 3} more' if len(keys) > 3 else ''}."


def _warnings(gaps: Gaps) -> Iterable[str]:
    """A line for each reason, with all that it holds for."""
    for format, why in dict.fromkeys((format, why) for format, _, why in gaps):
        named = [_asked(gap) for key, gap in gaps.items() if (key[0], gap.why) == (format, why)]
        yield f"warning: {format}: {', '.join(named)}: {why}"


def _asked(gap: Gap) -> str:
    """What is asked for, and how to give it."""
    setting = f'"{gap.name}=…"' if " " in gap.name else f"{gap.name}=…"
    return f"{gap.label} (--set {setting})"
