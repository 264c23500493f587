"""What ``nox -s dist`` builds for a release."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import rolebook

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "ext/rolebook"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def test_the_wheel_has_every_file_of_the_package_and_no_other(dist: Path) -> None:
    (wheel,) = dist.glob(f"rolebook-{rolebook.__version__}-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    files = [path for path in PACKAGE.rglob("*") if path.is_file()]
    there = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in files
        if "__pycache__" not in path.parts
    }
    assert names == there


def test_the_sdist_has_what_the_wheel_is_made_of(dist: Path) -> None:
    name = f"rolebook-{rolebook.__version__}"
    with tarfile.open(dist / f"{name}.tar.gz") as archive:
        names = set(archive.getnames())
    for file in ("pyproject.toml", "README.md", "LICENSE", "ext/rolebook/theme/theme.toml"):
        assert f"{name}/{file}" in names
    assert not any(f"{name}/{folder}/" in each for each in names for folder in (".nox", "build"))
