"""The command ``rolebook``: the same core as the build, without Sphinx.

Exit status: 0 all is well, 1 something was found wrong in the handbook, 2 wrong use.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from rolebook import __version__
from rolebook.catalog import Catalog, load
from rolebook.check import check as check_catalog
from rolebook.compose import UnknownError, compose
from rolebook.diagnostics import Diagnostic, known
from rolebook.exports import FORMATS
from rolebook.exports import export as export_template
from rolebook.model import Axis, Patch, Role, Template, Variant
from rolebook.placeholders import defaults, fold

FOUND, WRONG_USE = 1, 2


def find_root(given: Path | None) -> Path:
    """The handbook's folder: the one given, or this one, or ``content/`` in it.

    This folder is the handbook if it has a ``conf.py`` or no ``content/``.
    """
    if given is not None:
        return given
    here = Path.cwd()
    inside = here / "content"
    return inside if inside.is_dir() and not (here / "conf.py").exists() else here


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  rolebook check                        is anything wrong? (file, line, remedy)
  rolebook list --kind variant          what can be composed?
  rolebook export machine-learning-engineer --level senior --format markdown

Exit status: 0 all is well, 1 something was found wrong, 2 wrong use.""",
)
@click.version_option(__version__, prog_name="rolebook")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The handbook's folder. By default this folder, or content/ in it.",
)
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Check, list and export the job descriptions of a hiring handbook."""
    context.obj = find_root(root)


def _root_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let ``--root`` stand behind the command's name too."""
    return click.option(
        "--root",
        "own_root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The handbook's folder. By default this folder, or content/ in it.",
    )(command)


@main.command(
    epilog="""\b
Examples:
  rolebook check
  rolebook check content/roles/machine-learning-engineer      only findings in these files
  rolebook check --format github                              marks a pull request's lines"""
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
@_root_option
@click.pass_obj
def check(root: Path, paths: tuple[Path, ...], format_: str, own_root: Path | None) -> None:
    """Report what is wrong, with file, line and remedy.

    The whole handbook is read, since a change in one file can break another. With PATHS,
    only findings in these files and folders are printed.
    """
    root = own_root or root
    wanted = [path.resolve() for path in paths]
    found = [
        finding
        for finding in check_catalog(load(root))
        if not wanted or any(_within(root / finding.file, path) for path in wanted)
    ]
    _print_findings(found, root, format_)
    if format_ == "text":
        click.echo(_verdict(found), err=True)
    sys.exit(FOUND if found else 0)


@main.command(
    "list",
    epilog="""\b
Examples:
  rolebook list                         every role and variant
  rolebook list --kind role""",
)
@click.option(
    "--kind",
    type=click.Choice(["role", "variant"]),
    help="Only these; by default all.",
)
@_root_option
@click.pass_obj
def list_(root: Path, kind: str | None, own_root: Path | None) -> None:
    """Print the id of every role and variant, one a line."""
    catalog = load(own_root or root)
    keys = [*catalog.roles] if kind != "variant" else []
    keys += [*catalog.variants] if kind != "role" else []
    for key in sorted(keys):
        click.echo(key)


@main.command(
    epilog="""\b
Examples:
  rolebook show machine-learning-engineer
  rolebook show machine-learning-engineer/senior"""
)
@click.argument("id")
@_root_option
@click.pass_obj
def show(root: Path, id: str, own_root: Path | None) -> None:
    """Describe one role or variant: where it is, what it takes, what it asks for."""
    catalog = load(own_root or root)
    entity = catalog.roles.get(id) or catalog.variants.get(id)
    if entity is None:
        names = [*catalog.roles, *catalog.variants]
        raise click.UsageError(f"There is no role or variant '{id}'. {known(id, names, 'role')}")
    click.echo(entity.heading)
    for name, value in _facts(catalog, entity):
        click.echo(f"  {name + ':':<14} {value}")


def _facts(catalog: Catalog, entity: Role | Variant) -> Iterable[tuple[str, str]]:
    yield "id", entity.key
    yield "file", f"{entity.origin.file}:{entity.origin.line}"
    if isinstance(entity, Variant):
        yield "axis", entity.axis
        yield "extends", entity.extends or f"all of: {', '.join(entity.applies_to)}"
        yield "roles", ", ".join(role.id for role in catalog.roles_of(entity)) or "none"
        yield "changes", ", ".join(dict.fromkeys(_changed(entity))) or "nothing"
        return
    template = compose(catalog, entity.id)
    yield "family", entity.family or "none"
    yield "skills", ", ".join(entity.skills) or "none"
    for axis in Axis:
        ids = [id_ for other, id_ in catalog.variants_of(entity) if other is axis]
        if ids:
            yield axis, ", ".join(ids)
    yield "sections", ", ".join(section.id for section in template.sections) or "none"
    yield "placeholders", ", ".join(p.name for p in template.placeholders) or "none"


def _changed(variant: Variant) -> Iterable[str]:
    for block in variant.blocks:
        yield block.section if isinstance(block, Patch) else block.id


def _axis_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for axis in reversed(Axis):
        command = click.option(
            f"--{axis}", axis.value, metavar="ID", help=f"The variant on the axis '{axis}'."
        )(command)
    return command


@main.command(
    "export",
    epilog="""\b
Examples:
  rolebook export machine-learning-engineer --level senior --format markdown
  rolebook export machine-learning-engineer --set "company name=Example Ltd" --format text
  rolebook export machine-learning-engineer --fill answers.toml --format html --out jd.html

answers.toml holds one line a placeholder ("company name" = "Example Ltd"); a list is for
placeholders that take several choices. Declared defaults are filled in; --blank leaves them.""",
)
@click.argument("role")
@_axis_options
@click.option("--set", "settings", metavar="NAME=VALUE", multiple=True, help="Fill in one value.")
@click.option(
    "--fill",
    "answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Fill in the values of a .json or .toml file.",
)
@click.option("--blank", is_flag=True, help="Leave even placeholders with a default unfilled.")
@click.option(
    "--format",
    "format_",
    type=click.Choice([*FORMATS]),
    default="markdown",
    show_default=True,
    help="The form of the result.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@_root_option
@click.pass_obj
def export_(
    root: Path,
    /,
    role: str,
    settings: Sequence[str],
    answers: Path | None,
    blank: bool,
    format_: str,
    out: Path | None,
    own_root: Path | None,
    **axes: str | None,
) -> None:
    """Compose ROLE with the chosen variants and print it, filled in as far as told."""
    root = own_root or root
    catalog = load(root)
    chosen = {Axis(name): id_ for name, id_ in axes.items() if id_ is not None}
    try:
        template = compose(catalog, role, chosen)
    except UnknownError as error:
        _print_findings(catalog.diagnostics, root, "text", err=True)
        raise click.UsageError(
            f"There is no {error.what} '{error.name}'"
            f"{'' if error.what == 'role' else f' for {role}'}."
            f" {known(error.name, error.known, error.what)}"
        ) from error
    values: dict[str, str | list[str]] = {} if blank else defaults(template.placeholders)
    values |= _answers(answers, template) | _settings(settings, template)
    concerned = set(_files(catalog, template))
    wrong = [finding for finding in check_catalog(catalog) if finding.file in concerned]
    if wrong:
        _print_findings(wrong, root, "text", err=True)
    data = export_template(template, format_, values)
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        try:
            out.write_bytes(data)
        except OSError as error:
            raise click.UsageError(f"{out} cannot be written: {error.strerror}.") from error
    sys.exit(FOUND if wrong else 0)


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


def _settings(settings: Sequence[str], template: Template) -> dict[str, str | list[str]]:
    values: dict[str, str | list[str]] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise click.UsageError(f"--set takes NAME=VALUE, not '{setting}'.")
        name = fold(name)
        placeholder = next((p for p in template.placeholders if p.name == name), None)
        if placeholder is not None and placeholder.multiple:
            earlier = values.get(name, [])
            values[name] = [*earlier, value] if isinstance(earlier, list) else [value]
        else:
            values[name] = value
    return _checked(values, template)


def _answers(file: Path | None, template: Template) -> dict[str, str | list[str]]:
    if file is None:
        return {}
    try:
        text = file.read_text(encoding="utf-8")
        data = tomllib.loads(text) if file.suffix == ".toml" else json.loads(text)
    except (UnicodeDecodeError, ValueError) as error:
        raise click.UsageError(f"{file} cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise click.UsageError(f"{file} must hold names and values, one a placeholder.")
    for name, value in data.items():
        if not isinstance(value, str) and not (
            isinstance(value, list) and all(isinstance(one, str) for one in value)
        ):
            raise click.UsageError(f"{file}: '{name}' must be a text or a list of texts.")
    return _checked({fold(name): value for name, value in data.items()}, template)


def _checked(values: dict[str, str | list[str]], template: Template) -> dict[str, str | list[str]]:
    """The values, if the template has these placeholders and choices."""
    placeholders = {p.name: p for p in template.placeholders}
    for name, value in values.items():
        placeholder = placeholders.get(name)
        if placeholder is None:
            raise click.UsageError(
                f"The template has no placeholder '{name}'."
                f" {known(name, placeholders, 'placeholder')}"
            )
        if isinstance(value, list) and not placeholder.multiple:
            raise click.UsageError(f"'{name}' takes one value, not a list.")
        for one in [value] if isinstance(value, str) else value:
            if placeholder.choices and one and one not in placeholder.choices:
                raise click.UsageError(
                    f"'{one}' is not a choice for '{name}'."
                    f" {known(one, placeholder.choices, 'choice')}"
                )
    return values


def _within(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder)


def _shown(root: Path, file: str) -> str:
    """A finding's file as one can open it from here."""
    path = (root / file).resolve()
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _verdict(found: Sequence[Diagnostic]) -> str:
    if not found:
        return "Nothing found."
    return f"{len(found)} finding{'' if len(found) == 1 else 's'}."


def _print_findings(
    found: Sequence[Diagnostic], root: Path, format_: str, err: bool = False
) -> None:
    if format_ == "json":
        rows = [
            {
                "file": _shown(root, finding.file),
                "line": finding.line,
                "code": finding.id,
                "severity": finding.code.severity.value,
                "message": finding.message,
                "remedy": finding.remedy,
            }
            for finding in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for finding in found:
        severity = finding.code.severity.value
        file = _shown(root, finding.file)
        if format_ == "github":
            click.echo(
                f"::{severity} file={_github(file, True)},line={finding.line},"
                f"title={_github(f'rolebook: {finding.id}', True)}::{_github(finding.text, False)}"
            )
        else:
            click.echo(f"{file}:{finding.line}: {severity}: {finding.text} [{finding.id}]", err=err)


def _github(text: str, is_property: bool) -> str:
    """Escape for a GitHub workflow command, as its toolkit does."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text
