"""Generated handbooks for the benchmark: the same pages for Rolebook and as plain Markdown.

Deterministic: the same count gives the same bytes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

WORDS = (
    *("model", "data", "training", "evaluation", "release", "pipeline", "feature", "monitoring"),
    *("drift", "review", "design", "team", "product", "metric", "incident", "budget", "latency"),
    *("cost", "privacy", "label", "experiment", "baseline", "deployment", "customer", "question"),
    *("answer", "schedule", "owner", "report", "system", "service", "reliability", "test", "plan"),
)
SECTIONS = 12
BULLETS = 8
BULLET_WORDS = 12
FAMILY = 20
"""Pages in a family: the table of contents has two levels, as a real handbook's has."""

SITE = """project = "Benchmark"
html_copy_source = False
smartquotes = False
"""
ROLEBOOK = (
    SITE
    + """extensions = ["rolebook"]
html_theme = "rolebook"
html_use_index = False
html_domain_indices = False
"""
)
PLAIN = (
    'project = "Benchmark"\n'
    """extensions = ["myst_parser"]
html_theme = "furo"
"""
)
COLLAPSED = (
    PLAIN
    + """

def collapse(app, pagename, templatename, context, doctree):
    \"\"\"Let furo ask for the branch of the current page only.\"\"\"
    toctree = context.get("toctree")
    if toctree:
        context["toctree"] = lambda **options: toctree(**{**options, "collapse": True})


def setup(app):
    app.connect("html-page-context", collapse, priority=100)
"""
)


@dataclass(frozen=True)
class Page:
    """One generated role: its sections, each a title and bullets."""

    name: str
    family: str
    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Texts:
    """What generated roles are called, in turn, and the lines that their bullets are drawn from.

    Without lines, a bullet is made of a few words, each of which is then on nearly every page.
    """

    names: tuple[str, ...] = ("Role",)
    lines: tuple[str, ...] = ()


FEW_WORDS = Texts()


def pages(count: int, texts: Texts = FEW_WORDS) -> list[Page]:
    """``count`` pages of about 1,300 words, the same every time."""
    source = random.Random(20260101)

    def bullet() -> str:
        if texts.lines:
            return source.choice(texts.lines)
        return " ".join(source.choices(WORDS, k=BULLET_WORDS)).capitalize() + "."

    return [
        Page(
            f"role-{number:04}",
            f"family-{number // FAMILY:03}",
            f"{texts.names[number % len(texts.names)]} {number:04}",
            tuple(
                (
                    f"Section {section} {source.choice(WORDS)}",
                    tuple(bullet() for _ in range(BULLETS)),
                )
                for section in range(SECTIONS)
            ),
        )
        for number in range(count)
    ]


def write_rolebook(folder: Path, count: int, texts: Texts = FEW_WORDS) -> None:
    """A handbook of ``count`` roles in Rolebook's notation."""
    _write_common(folder, ROLEBOOK, count)
    for page in pages(count, texts):
        out = [
            f"# {page.title}\n\n:::{{job:role}} {page.name}\n",
            f":family: {page.family}\n\nA summary with {{{{ company }}}}.\n\n:::\n",
        ]
        for number, (title, bullets) in enumerate(page.sections):
            out.append(f"\n:::{{job:section}} {title}\n:id: section-{number}\n\n")
            out += (
                f"- {text}{' For {{ company }}.' if place == 0 else ''} {{#item-{place}}}\n"
                for place, text in enumerate(bullets)
            )
            out.append("\n:::\n")
        (folder / page.family / f"{page.name}.md").write_text("".join(out), encoding="utf-8")


def write_plain(folder: Path, count: int, config: str) -> None:
    """The same pages as ordinary Markdown."""
    _write_common(folder, config, count)
    for page in pages(count):
        out = [f"# {page.title}\n\n## {page.title}\n\nA summary with company.\n"]
        for title, bullets in page.sections:
            out.append(f"\n### {title}\n\n")
            out += (
                f"- {text}{' For company.' if place == 0 else ''}\n"
                for place, text in enumerate(bullets)
            )
        (folder / page.family / f"{page.name}.md").write_text("".join(out), encoding="utf-8")


def _write_common(folder: Path, config: str, count: int) -> None:
    folder.mkdir(parents=True)
    (folder / "conf.py").write_text(config, encoding="utf-8")
    families: dict[str, list[str]] = {}
    for page in pages(count):
        families.setdefault(page.family, []).append(page.name)
    _write_contents(folder, "Benchmark", [f"{family}/index" for family in families])
    for family, names in families.items():
        (folder / family).mkdir()
        _write_contents(folder / family, family.capitalize(), names)


def _write_contents(folder: Path, title: str, entries: list[str]) -> None:
    listed = "\n".join(entries)
    (folder / "index.md").write_text(
        f"# {title}\n\n```{{toctree}}\n:hidden:\n\n{listed}\n```\n", encoding="utf-8"
    )
