"""What the manual's tables list is what there is."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from manual import DOCS, Command, examples, first_cells, read, sections

import rolebook
from rolebook.catalog import assemble
from rolebook.check import check
from rolebook.cli import main
from rolebook.details import DETAILS
from rolebook.diagnostics import Code
from rolebook.exports import FORMATS
from rolebook.exports.json import to_object
from rolebook.exports.layout import Description, lay_out
from rolebook.model import Template
from rolebook.pay.imports import OEWS_KEYS, SURVEY_KEYS
from rolebook.reader import read as read_page

PACKAGE = Path(rolebook.__file__).parent


def paths(group: click.Group, *above: str) -> Iterator[tuple[str, click.Command]]:
    """Every command with the words by which it is called."""
    for name, command in group.commands.items():
        yield " ".join([*above, name]), command
        if isinstance(command, click.Group):
            yield from paths(command, *above, name)


def options(command: click.Command) -> set[str]:
    found = (each.opts for each in command.params if isinstance(each, click.Option))
    return {option for opts in found for option in opts}


COMMANDS = dict(paths(main))


def test_each_command_is_in_the_summary() -> None:
    page = read("command.md")
    (summary,) = re.findall(r"^```text\n(rolebook .+?)^```$", page, re.DOTALL | re.MULTILINE)
    for name, command in COMMANDS.items():
        *above, last = name.split()
        call = " ".join(["rolebook [--root FOLDER]", *above])
        line = rf"^{re.escape(call)} (\w+\|)*{last}\b"
        assert isinstance(command, click.Group) or re.search(line, summary, re.MULTILINE), name
    # Those of the group stand above the subcommands' sections.
    assert all(f"`{option}`" in page.partition("\n## ")[0] for option in options(main))


@pytest.mark.parametrize("name", COMMANDS)
def test_no_subcommand_has_an_option_without_an_entry(name: str) -> None:
    documented = {*first_cells(read("command.md")), "--root"}
    assert options(COMMANDS[name]) <= documented


def with_subcommands(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from with_subcommands(inner)


@pytest.mark.parametrize("name", main.commands)
def test_each_command_is_documented_with_its_options(name: str) -> None:
    taken = set[str]().union(*map(options, with_subcommands(main.commands[name])))
    cells = [cell for cell in first_cells(sections(read("command.md"))[name]) if cell[0] == "-"]
    assert {*cells} == taken - {"--root"}


def test_each_format_is_documented() -> None:
    (text,) = re.findall(r"^### Formats\n(.*?)^### ", read("command.md"), re.DOTALL | re.MULTILINE)
    assert first_cells(text) == [*FORMATS]
    assert re.findall(r"`(\.[\w.]+)`", text) == [format.suffix for format in FORMATS.values()]


def test_each_detail_is_documented() -> None:
    (text,) = re.findall(r"^### Details\n(.*?)^### ", read("command.md"), re.DOTALL | re.MULTILINE)
    assert first_cells(text) == [*DETAILS]
    for detail in DETAILS.values():
        assert all(f"`{code}`" in text for code in detail.codes)


def test_each_key_of_an_import_is_documented() -> None:
    keys = first_cells(sections(read("pay.md"))["Imports"])
    assert keys == [*dict.fromkeys([*OEWS_KEYS, *SURVEY_KEYS])]


def test_the_json_formats_keys_are_documented() -> None:
    _, _, text = read("command.md").partition("### The JSON format\n")
    text, _, _ = text.partition("\n## ")
    template = Template("id", (), "en", "Title", (), ())
    assert sorted(first_cells(text)) == sorted(to_object(Description(lay_out(template), {})))


def test_each_value_of_conf_py_is_documented() -> None:
    source = (PACKAGE / "sphinx" / "__init__.py").read_text(encoding="utf-8")
    values = re.findall(r'add_config_value\("(\w+)"', source)
    assert values
    cells = first_cells(read("configuration.md"))
    assert [cell for cell in cells if cell.startswith("rolebook_")] == values


def test_each_option_of_the_theme_is_documented() -> None:
    theme = tomllib.loads((PACKAGE / "theme" / "theme.toml").read_text(encoding="utf-8"))
    assert first_cells(sections(read("configuration.md"))["The theme `rolebook`"]) == [
        *theme["options"]
    ]


def test_the_finding_shown_is_one_that_the_tutorial_meets() -> None:
    (shown,) = re.findall(r"^```text\n(.*\n)```$", read("findings.md"), re.MULTILINE)
    assert any(
        shown in (example.output or "")
        for example in examples("tutorial.md")
        if isinstance(example, Command)
    )
    assert shown.rstrip("]\n").rpartition("[")[2] in {code.id for code in Code}


def test_imports_go_the_way_of_the_table() -> None:
    layers = [name.rstrip("/") for name in first_cells(sections(read("architecture.md"))["Layers"])]
    assert {"static", "theme"} <= {*layers}
    for path in PACKAGE.rglob("*.py"):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        if module in ("__init__", "__main__", "interview.__init__"):
            continue
        layer = _layer(module, layers)
        used = {_layer(name, layers) for name in _imported(path)} - {layer}
        assert used <= {*layers[: layers.index(layer)]}, module
    assert "cli" not in {
        name.partition(".")[0]
        for path in (PACKAGE / "sphinx").glob("*.py")
        for name in _imported(path)
    }


def _layer(module: str, layers: Sequence[str]) -> str:
    """The row of a module: the longest name that its own begins with."""
    rows = [name for name in layers if f"{module}.".startswith(f"{name}.")]
    assert rows, f"{module} is in no row"
    return max(rows, key=len)


def _imported(path: Path) -> Iterator[str]:
    """The names of the package's modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rolebook."):
            yield (node.module or "").removeprefix("rolebook.")


def test_the_readmes_roles_have_no_findings() -> None:
    text = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```markdown\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    pages = [read_page(f"{number}.md", block) for number, block in enumerate(blocks)]
    assert check(assemble(pages)) == ()
