"""The command ``rolebook``: the same core as the build, without Sphinx.

Exit status: 0 all is well, 1 something was found wrong in the handbook, 2 wrong use.
"""

from __future__ import annotations

from pathlib import Path

import click

from rolebook import __version__
from rolebook.cli.changes import changes
from rolebook.cli.check import check
from rolebook.cli.common import find_root, web_address
from rolebook.cli.diff import diff
from rolebook.cli.export import export_
from rolebook.cli.interview import interview
from rolebook.cli.new import new
from rolebook.cli.pay import pay
from rolebook.cli.show import list_, show


class Commands(click.Group):
    """Says in one line which file could not be read or written."""

    def invoke(self, context: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(context)
        except OSError as error:
            if error.filename is None:
                raise
            message = f"'{error.filename}' could not be opened: {error.strerror}."
            raise click.ClickException(message) from error


@click.group(
    cls=Commands,
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
@click.option(
    "--manual-url",
    envvar="ROLEBOOK_MANUAL_URL",
    show_envvar=True,
    metavar="URL",
    callback=web_address,
    default="",
    help="Where the manual is published. Each finding then ends in the address of its page.",
)
@click.pass_context
def main(context: click.Context, root: Path | None, manual_url: str) -> None:
    """Check, list and export the job descriptions and interview kits of a handbook."""
    context.obj = find_root(root)


for command in (check, list_, show, diff, changes, export_, interview, pay, new):
    main.add_command(command)
