"""What is published: the wheel and the source distribution, and the wheel as others install it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from packaging.metadata import Metadata

import rolebook

pytestmark = pytest.mark.xdist_group("package")

ROOT = Path(__file__).parents[2]
NAME = f"rolebook-{rolebook.__version__}"
INFO = f"{NAME}.dist-info"
HANDBOOK = ROOT / "tests" / "build" / "handbook"

OUTSIDE = {
    name: value
    for name, value in os.environ.items()
    if name not in ("PYTHONPATH", "PYTHONWARNDEFAULTENCODING")
}
"""The environment of somebody who does not have this repository."""


def run(*command: str | Path, cwd: Path, env: Mapping[str, str] = OUTSIDE) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        check=False,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def build(source: Path, target: str, folder: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=source)
    (file,) = folder.iterdir()
    return file


def package() -> dict[str, bytes]:
    """The files of the package in this repository."""
    folder = ROOT / "ext"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, "sdist", tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it is made of the source distribution, without this repository."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return build(folder / NAME, "wheel", tmp_path_factory.mktemp("wheel"))


def test_the_source_distribution_holds_the_package_and_nothing_else(sdist: Path) -> None:
    assert sdist.name == f"{NAME}.tar.gz"
    with tarfile.open(sdist) as archive:
        names = [member.name for member in archive if member.isfile()]
    texts = ("CHANGELOG.md", "LICENSE", "README.md", "pyproject.toml", "PKG-INFO", ".gitignore")
    assert sorted(names) == sorted(
        [f"{NAME}/ext/{name}" for name in package()] + [f"{NAME}/{name}" for name in texts]
    )


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    assert wheel.name == f"{NAME}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    about = {name for name in held if name not in package()}
    files = ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    assert about == {f"{INFO}/{name}" for name in files}
    assert {name: data for name, data in held.items() if name not in about} == package()


def test_the_wheel_is_the_same_without_the_source_distribution(wheel: Path, tmp_path: Path) -> None:
    assert build(ROOT, "wheel", tmp_path).read_bytes() == wheel.read_bytes()


def test_the_metadata_are_valid_and_say_what_an_index_shows(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        about = Metadata.from_email(archive.read(f"{INFO}/METADATA"), validate=True)
    assert str(about.version) == rolebook.__version__
    assert about.author == "The Rolebook contributors"
    assert about.license_expression == "MIT"
    assert about.license_files == ["LICENSE"]
    assert about.description_content_type == "text/markdown"
    assert about.description == (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment with the wheel in it; its dependencies as published."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    programs = folder / "bin"
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return programs


def test_the_installed_package_works_outside_the_repository(
    installed: Path, tmp_path: Path
) -> None:
    book = tmp_path / "book"
    shutil.copytree(HANDBOOK, book)
    (book / "conf.py").write_text(
        'extensions = ["rolebook"]\nhtml_theme = "rolebook"\nrolebook_policy = True\n',
        encoding="utf-8",
    )
    command = installed / "rolebook"
    where = run(installed / "python", "-c", "import rolebook; print(rolebook.__file__)", cwd=book)
    assert Path(where.strip()).is_relative_to(installed.parent)
    assert run(command, "--version", cwd=book) == f"rolebook, version {rolebook.__version__}\n"
    assert run(command, "check", cwd=book) == "Nothing found.\n"
    strict = ("-q", "-n", "-W", "--keep-going")
    assert run(installed / "sphinx-build", *strict, ".", tmp_path / "site", cwd=book) == ""
    for name in ("rolebook.js", "rolebook-kit.js", "rolebook.css", "rolebook-shapes.json"):
        assert (tmp_path / "site" / "_static" / name).stat().st_size > 0
    for format in ("markdown", "text", "html", "docx", "json", "greenhouse"):
        out = tmp_path / f"data-analyst.{format}"
        run(command, "export", "data-analyst", "--format", format, "--out", out, cwd=book)
        assert out.stat().st_size > 0


def test_the_version_is_written_once() -> None:
    places = [
        path.relative_to(ROOT).as_posix()
        for folder in ("ext", "docs", "content", "tests/package")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".toml", ".json", ".md", ".html")
        and f'"{rolebook.__version__}"' in path.read_text(encoding="utf-8")
    ]
    places += [
        name
        for name in ("pyproject.toml", "noxfile.py")
        if f'"{rolebook.__version__}"' in (ROOT / name).read_text(encoding="utf-8")
    ]
    assert places == ["ext/rolebook/__init__.py"]
