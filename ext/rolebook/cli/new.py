"""``rolebook new``: pages and blocks to begin with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

import click

from rolebook.catalog import ALL, Catalog, assemble, is_left_out, read_pages
from rolebook.check import check
from rolebook.cli.common import print_findings, root_option, shown, today, writing
from rolebook.contents import place_for
from rolebook.diagnostics import Diagnostic, Severity, known
from rolebook.interview.model import QuestionKind
from rolebook.interview.read import LONGEST
from rolebook.model import Axis
from rolebook.names import ID, id_of
from rolebook.reader import Page, read_bytes
from rolebook.scaffold import (
    default_title,
    insert_block,
    new_question,
    new_role,
    new_variant,
    role_file,
    variant_file,
)

_FILE = click.option(
    "--file",
    metavar="FILE",
    help="Where to write it, from the handbook's folder. By default beside others of its kind.",
)


def _id(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """An argument that is an id, or an option that is one if it is given."""
    if value is None or ID.fullmatch(value):
        return value
    remedy = f"Write '{id_of(value)}'." if id_of(value) else "Choose a short English name."
    raise click.UsageError(
        f"'{value}' is not an id: it takes a-z, 0-9 and '-', beginning with a letter. {remedy}"
    )


def _line(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """An option that is one line of text."""
    if value is not None and (not value.strip() or len(value.splitlines()) > 1):
        raise click.UsageError(f"--{parameter.name} takes one line of text, '{value}' is none.")
    return value.strip() if value else value


_ID = click.argument("id_", metavar="ID", callback=_id)
_TITLE = click.option(
    "--title", callback=_line, help="The page's heading. By default made of the id."
)


@click.group(
    epilog="""\b
Examples:
  rolebook new --help                   what can be begun"""
)
def new() -> None:
    """Begin a role, a variant or a question, with what to write where.

    Nothing is ever overwritten, and what is made has no finding.
    """


@new.command(
    epilog="""\b
Examples:
  rolebook new role data-steward --extends any-role
  rolebook new role bi-analyst --title "BI analyst" --extends any-role --family analysis"""
)
@_ID
@_TITLE
@click.option("--extends", metavar="ROLE", help="A role whose sections it takes over.")
@click.option("--family", metavar="ID", callback=_id, help="The family of roles it belongs to.")
@_FILE
@root_option
@click.pass_obj
def role(
    root: Path,
    id_: str,
    title: str | None,
    extends: str | None,
    family: str | None,
    file: str | None,
    own_root: Path | None,
) -> None:
    """Begin the page of a role. ID names it in the handbook, such as data-steward."""
    book = _Book(own_root or root)
    if extends is not None and extends not in book.catalog.roles:
        _unknown("role", extends, book.catalog.roles)
    try:
        text = new_role(
            book.catalog,
            id_,
            title=title or default_title(book.catalog, id_, None, None),
            extends=extends,
            family=family,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    remedy = "" if extends else _EXTEND
    book.add(file or role_file(id_), text, remedy)


_EXTEND = (
    "A role that takes over the sections of another may fit: '--extends ROLE', with one of those"
    " that 'rolebook list --kind role' names."
)


@new.command(
    epilog="""\b
Examples:
  rolebook new variant principal --axis level --role machine-learning-engineer
  rolebook new variant charity --axis company --for all"""
)
@_ID
@click.option(
    "--axis",
    type=click.Choice([axis.value for axis in Axis]),
    required=True,
    help="In what way it varies the role.",
)
@click.option("--role", "extends", metavar="ROLE", help="The role that it is for, or ROLE/VARIANT.")
@click.option("--for", "applies_to", metavar="FAMILY", help="The family it is for, or 'all'.")
@_TITLE
@_FILE
@root_option
@click.pass_obj
def variant(
    root: Path,
    id_: str,
    axis: str,
    extends: str | None,
    applies_to: str | None,
    title: str | None,
    file: str | None,
    own_root: Path | None,
) -> None:
    """Begin the page of a variant: of one role, or shared by many.

    ID names it on its axis, such as senior on the axis level.
    """
    if (extends is None) == (applies_to is None):
        raise click.UsageError(
            "Say what it is for: '--role ROLE' for one role, '--for FAMILY' for those of a"
            f" family, '--for {ALL}' for all."
        )
    book = _Book(own_root or root)
    catalog = book.catalog
    families = {one.family for one in catalog.roles.values() if one.family}
    if extends is not None and extends not in {*catalog.roles, *_own(catalog)}:
        _unknown("role", extends, [*catalog.roles, *_own(catalog)])
    if applies_to is not None and applies_to not in {*families, ALL}:
        _unknown("family", applies_to, [*families, ALL])
    axis_ = Axis(axis)
    try:
        text = new_variant(
            catalog,
            id_,
            title=title or default_title(catalog, id_, axis_, extends),
            axis=axis_,
            extends=extends,
            applies_to=applies_to or ALL,
            today=today(),
        )
    except ValueError as error:
        raise click.UsageError(f"{error} Begin a role first: 'rolebook new role'.") from error
    book.add(file or variant_file(catalog, id_, axis_, extends), text, "")


@new.command(
    epilog="""\b
Examples:
  rolebook new question drift --role data-engineer --competency trust --stage work
  rolebook new question drift --role data-engineer --competency trust --stage work --print"""
)
@_ID
@click.option("--role", "role_id", metavar="ROLE", required=True, help="The role of the kit.")
@click.option("--competency", metavar="ID", required=True, help="The competency that it shows.")
@click.option("--stage", metavar="ID", required=True, help="The stage at which it is asked.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in QuestionKind]),
    default=QuestionKind.BEHAVIOURAL.value,
    show_default=True,
    help="What it asks for.",
)
@click.option(
    "--minutes",
    type=click.IntRange(1, LONGEST),
    default=10,
    show_default=True,
    help="How long it takes.",
)
@click.option("--assesses", metavar="ID", multiple=True, help="A must-have that it assesses.")
@click.option("--text", callback=_line, help="The question itself.")
@click.option("--print", "print_", is_flag=True, help="Print the block, and write nothing.")
@root_option
@click.pass_obj
def question(
    root: Path,
    id_: str,
    role_id: str,
    competency: str,
    stage: str,
    kind: str,
    minutes: int,
    assesses: Sequence[str],
    text: str | None,
    print_: bool,
    own_root: Path | None,
) -> None:
    """Begin a question in the interview kit of a role, with a guide to its answers.

    It goes behind the last question of the role's own kit.
    """
    book = _Book(own_root or root)
    if role_id not in book.catalog.roles:
        _unknown("role", role_id, book.catalog.roles)
    page = book.catalog.interviews.get(role_id)
    if page is None:
        raise click.UsageError(
            f"The role '{role_id}' has no interview kit of its own. Begin one in a page with"
            f" '{{job:interview}} {role_id}', which the manual's notation describes."
        )
    _known_in_kit(book.catalog, role_id, id_, competency, stage)
    block = new_question(
        id_,
        text=text or "Write the question, as it is asked?",
        competency=competency,
        stage=stage,
        kind=QuestionKind(kind),
        minutes=minutes,
        assesses=assesses,
    )
    book.insert(page.origin.file, block, print_)


def _known_in_kit(catalog: Catalog, role_id: str, id_: str, competency: str, stage: str) -> None:
    """Refuse what a role's kit does not have, and an id that it has already."""
    pages = catalog.kit_pages(catalog.roles[role_id])
    if competency not in (ids := {each.id for page in pages for each in page.competencies}):
        _unknown("competency", competency, ids)
    if stage not in (ids := {each.id for page in pages for each in page.stages}):
        _unknown("stage", stage, ids)
    for each in (each for page in pages for each in (*page.questions, *page.samples)):
        if each.id == id_:
            where = f"{each.origin.file}:{each.origin.line}"
            raise click.UsageError(f"'{id_}' stands at {where} already. Choose another id.")


def _own(catalog: Catalog) -> list[str]:
    """The variants that can be extended: those of one role."""
    return [key for key, variant in catalog.variants.items() if variant.role is not None]


def _unknown(what: str, name: str, names: Iterable[str]) -> None:
    raise click.UsageError(f"There is no {what} '{name}'. {known(name, names, what)}")


_SHOWN = 3
"""How many findings tell why something does not fit."""


class _Book:
    """A handbook that something is added to, if that is no mistake."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pages = {page.file: page for page in read_pages(root)}
        self.catalog = assemble(self.pages.values())

    def add(self, file: str, text: str, remedy: str) -> None:
        """Write a new file and tell what to do next; wrong use if it could not be sound.

        ``remedy`` is a sentence for somebody whose page does not fit the others.
        """
        path = self._free(file)
        file = path.relative_to(self.root).as_posix()
        others = self._others(read_bytes(file, text.encode()), remedy)
        place = place_for(self.root, file)
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        click.echo(f"Made {shown(self.root, file)}. Next:")
        if place is not None:
            where = shown(self.root, place.file)
            if place.has_toctree:
                click.echo(f"- Add a line to the toctree of {where}: {place.entry}")
            else:
                click.echo(f"- Add at the end of {where}:\n")
                click.echo(f"  ```{{toctree}}\n  :hidden:\n\n  {place.entry}\n  ```\n")
        self._tell(others, comments=True)

    def insert(self, file: str, block: str, print_: bool) -> None:
        """Put a block behind the last question of a kit's page, or print it."""
        path = self.root / file
        spans = self.pages[file].spans
        last = max(span.last for span in spans if span.name in ("interview", "question"))
        # As bytes, since reading as text would change the newlines.
        text = insert_block(path.read_bytes().decode(), last, block)
        others = self._others(read_bytes(file, text.encode()), "")
        if print_:
            click.echo(block, nl=False)
            return
        with writing(path):
            path.write_bytes(text.encode())
        click.echo(f"Added to {shown(self.root, file)}, line {last + 2}. Next:")
        self._tell(others, comments=False)

    def _free(self, file: str) -> Path:
        """The path of a file that is not there yet and would be read."""
        name = PurePosixPath(Path(file).as_posix())
        if name.is_absolute() or ".." in name.parts or name.suffix != ".md":
            raise click.UsageError(
                f"'{file}' is no page of the handbook."
                " Write a path from its folder that ends in '.md', such as roles/analyst.md."
            )
        if is_left_out(name):
            raise click.UsageError(
                f"'{file}' would not be read: names that begin with '.' or '_' are left out."
            )
        path = self.root / name
        with writing(path):
            is_there = path.exists()
        if is_there:
            raise click.UsageError(
                f"{shown(self.root, str(name))} is there already, and is left as it is."
                " Choose another id, or name another file with '--file'."
            )
        return path

    def _others(self, page: Page, remedy: str) -> list[Diagnostic]:
        """The warnings that a page would bring to other files.

        Wrong use if it would bring errors, or had a finding itself.
        """
        day = today()
        before = Counter(map(_said, check(self.catalog, day)))
        found = []
        for finding in check(assemble({**self.pages, page.file: page}.values()), day):
            before[_said(finding)] -= 1
            if before[_said(finding)] < 0:
                found.append(finding)
        errors = [finding for finding in found if finding.code.severity is Severity.ERROR]
        if errors or page.file in {finding.file for finding in found}:
            print_findings((errors or found)[:_SHOWN], self.root, "text", err=True)
            raise click.UsageError(f"Nothing is written, as it would not fit. {remedy}".rstrip())
        return found

    def _tell(self, others: Sequence[Diagnostic], comments: bool) -> None:
        rest = ", and delete the lines that begin with '%'" if comments else ""
        click.echo(f"- Replace every text that begins with 'Write'{rest}.")
        if self.catalog.reviews:
            click.echo("- When it is read over, say so in a '{job:reviewed}' block.")
        if others:
            click.echo("- Mend what other pages do not have for it yet:")
            print_findings(others, self.root, "text")
        click.echo("- Run: rolebook check")


def _said(finding: Diagnostic) -> tuple[str, str, str]:
    """A finding but for its line, which moves when lines are added above it."""
    return finding.file, finding.id, finding.text
