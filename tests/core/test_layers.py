"""The core stands alone, and its modules depend on each other one way."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import rolebook
from rolebook.exports import FORMATS

PACKAGE = Path(rolebook.__file__).parent
CONTENT = Path(__file__).parents[2] / "content"

# Each may import those before it, and its neighbours in the row where there are several.
# A name stands for all in its folder but those that are listed themselves.
LAYERS = (
    ("",),
    ("model",),
    ("diagnostics", "details", "iso_codes", "names", "rules_text", "today"),
    ("placeholders",),
    ("vacancy",),
    ("inline",),
    ("fences",),
    ("interview.model",),
    ("reviews", "rules", "vocabulary", "interview.read"),
    ("contents", "reader"),
    ("catalog",),
    ("pay",),
    ("compose",),
    ("interview.kit",),
    ("interview.loop",),
    (
        *("changes", "clashes", "comparison", "duties", "scaffold", "skills", "strangers"),
        "interview.faults",
    ),
    ("pairs",),
    ("check",),
    ("exports",),
    ("interview.document",),
    ("interview.write", "interview"),
    ("api", "faq", "policy", "script_data"),
    ("cli",),
    ("__main__",),
)
RANKS = {name: rank for rank, names in enumerate(LAYERS) for name in names}
SPHINX = {"sphinx", "docutils", "myst_parser"}

BLOCK = f"""
import sys

class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {SPHINX!r}:
            raise ImportError(f"{{name}} is not to be imported")

sys.meta_path.insert(0, Block())
"""


def module(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


CORE = {
    module(path): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.relative_to(PACKAGE).parts[0] != "sphinx"
}


def listed(name: str) -> str:
    """The longest listed name that a module's begins with."""
    while name and name not in RANKS:
        name = name.rpartition(".")[0]
    return name


def layer(name: str) -> int:
    return RANKS[listed(name)]


def imports(path: Path) -> Iterator[str]:
    """What a module imports when it is imported, and what its types name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    # The extension's entry point imports Sphinx when it is called.
    inside = {
        node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and path == PACKAGE / "__init__.py"
        for node in ast.walk(function)
    }
    guarded = {
        node
        for test in ast.walk(tree)
        if isinstance(test, ast.If) and ast.unparse(test.test) == "TYPE_CHECKING"
        for node in ast.walk(test)
    }
    for node in ast.walk(tree):
        if node in inside or node in guarded:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports hide what they import"
            assert node.module
            yield node.module


@pytest.mark.parametrize("name", CORE)
def test_imports_go_one_way(name: str) -> None:
    for imported in imports(CORE[name]):
        first, _, rest = imported.partition(".")
        if first == "rolebook":
            assert layer(rest) <= layer(name), f"{name} imports {imported}"


@pytest.mark.parametrize("name", CORE)
def test_nothing_in_the_core_imports_sphinx(name: str) -> None:
    used = {imported.partition(".")[0] for imported in imports(CORE[name])}
    assert not used & SPHINX
    assert "rolebook.sphinx" not in imports(CORE[name])


def test_every_layer_is_there() -> None:
    assert {listed(name) for name in CORE} == set(RANKS)


def python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", [name for name in CORE if name != "__main__"])
def test_each_module_can_be_imported_first_and_without_sphinx(name: str) -> None:
    python(f"{BLOCK}\nimport {f'rolebook.{name}'.rstrip('.')}")


def test_sphinx_is_out_of_reach_in_these_tests() -> None:
    for name in sorted(SPHINX):
        caught = f"try:\n    import {name}\nexcept ImportError as error:\n    print(error)"
        assert python(f"{BLOCK}\n{caught}") == f"{name} is not to be imported\n"


def test_the_command_checks_and_exports_without_sphinx() -> None:
    run = (
        f"{BLOCK}\nfrom rolebook.cli import main\nmain(['--root', {str(CONTENT)!r}, *sys.argv[1:]])"
    )
    commands = [["check"]] + [
        ["export", "machine-learning-engineer", "--level", "senior", "--format", format_]
        for format_ in FORMATS
        if format_ != "jobposting"  # it is made of nothing but what is filled in
    ]
    for arguments in commands:
        done = subprocess.run(
            [sys.executable, "-c", run, *arguments], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        assert bool(done.stdout) == (arguments[0] == "export")
