"""What a web page of an interview kit gets beyond its text: files, links to them, script data."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from rolebook.interview.kit import Choice
from rolebook.interview.loop import Loop
from rolebook.interview.model import Assessment, Interview
from rolebook.interview.write import KIT_FORMATS, SUFFIXES
from rolebook.model import Axis
from rolebook.names import short_name
from rolebook.script_data import script_json
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.handbook import Handbook
from rolebook.sphinx.interview import (
    KIT_FILES,
    element_id,
    is_special,
    requirements_of,
    stages_of,
)

FOLDER = "downloads/interview"

OFFERED = (
    ("kit", "html", "kit to print"),
    ("kit", "docx", "kit in Word"),
    ("scorecard", "csv", "scorecard (CSV)"),
    ("brief", "html", "candidate's brief to print"),
    ("brief", "docx", "brief in Word"),
)
"""The files of a loop: part, format, and what a link to one says."""


def stems(handbook: Handbook, page: Interview) -> list[tuple[Choice, str]]:
    """The choices that a page is about, each with what the names of its files begin with.

    That is the ids of its variants. Where an earlier choice of the role has the same, as that of
    the level ``lead`` and the industry ``health`` has with a level ``lead-health``, the axes
    stand there too, with as many hyphens between them as it takes.
    """
    found: dict[str, Choice] = {}
    for choice in handbook.all_choices(handbook.catalog.roles[page.role]):
        hyphens = "-"
        stem = hyphens.join(choice.values()) or "any"
        while stem in found:
            hyphens += "-"
            stem = hyphens.join(part for named in choice.items() for part in named)
        found[stem] = choice
    wanted = handbook.choices(page)
    return [(choice, stem) for stem, choice in found.items() if choice in wanted]


def file_name(role: str, stem: str, part: str, format: str) -> str:
    """Where a file for a choice of a role's variants lies in the site."""
    return f"{FOLDER}/{role}/{stem}-{part}{SUFFIXES[format]}"


def offer_kits(app: Sphinx, doctree: nodes.document, docname: str, domain: JobDomain) -> None:
    """Put links to a kit's files into their place on its page."""
    page = domain.interview(docname)
    if page is None:
        return
    role = domain.loaded.catalog.roles[page.role]
    variants = domain.loaded.catalog.variants_of(role)
    here = app.builder.get_target_uri(docname)
    plain, special = nodes.bullet_list(""), nodes.bullet_list("")
    for choice, stem in stems(domain.loaded, page):
        names = [short_name(variants[key], role) for key in choice.items()]
        name = ", ".join(names) or role.heading
        line = nodes.paragraph("", "", nodes.strong("", name), nodes.Text(": "))
        for place, (part, format, label) in enumerate(OFFERED):
            line += nodes.Text(", " if place else "")
            uri = relative_uri(here, file_name(role.id, stem, part, format))
            line += nodes.reference("", label, refuri=uri, internal=True)
        # A page about one variant has few loops, and need not fold any away.
        lines = special if is_special(choice) and page.variant is None else plain
        lines += nodes.list_item("", line)
    for box in doctree.findall(nodes.compound):
        if KIT_FILES in box["classes"]:
            box += plain
            if special.children:
                summary = "<details><summary>Kits for a specialisation</summary>"
                box += [nodes.raw("", summary, format="html"), special]
                box += nodes.raw("", "</details>", format="html")
            return


def write_kits(app: Sphinx, domain: JobDomain, docname: str) -> None:
    """Write the files that a page offers. It is being written too, so they are due."""
    page = domain.interview(docname)
    if page is None:
        return
    Path(app.outdir, FOLDER, page.role).mkdir(parents=True, exist_ok=True)
    kit = domain.loaded.kit(page.role)
    assert kit is not None
    for choice, stem in stems(domain.loaded, page):
        loop = domain.loaded.loop(kit, choice)
        template = domain.loaded.composed(page.role, choice)
        for part, format, _ in OFFERED:
            path = Path(app.outdir, file_name(page.role, stem, part, format))
            path.write_bytes(KIT_FORMATS[part][format](loop, template.title, template.language))


def kit_paths(domain: JobDomain) -> set[str]:
    """The files that some page offers."""
    pages = filter(None, (domain.interview(docname) for docname in domain.shown))
    return {
        file_name(page.role, stem, part, format)
        for page in pages
        for _, stem in stems(domain.loaded, page)
        for part, format, _ in OFFERED
    }


def kit_data(app: Sphinx, domain: JobDomain, docname: str, doctree: nodes.document) -> str:
    """What the script needs to show one choice: an element for a page with a kit.

    A loop has a letter for each question and sample of the page, in its order: ``a`` if it is
    asked, ``r`` if it is in reserve. Stages and must-haves are known by the place of their row,
    loops by the variants of their choice, an axis after the other.
    """
    page = domain.interview(docname)
    kit = domain.loaded.kit(page.role) if page else None
    if page is None or kit is None:
        return ""
    all_loops = domain.loaded.loops(page)
    shown = [id_ for node in doctree.findall(nodes.Element) for id_ in node["ids"]]
    by_anchor = {element_id(each): each for each in kit.assessments}
    cards = [by_anchor[id_] for id_ in shown if id_ in by_anchor]
    stages, required = stages_of(all_loops), requirements_of(all_loops, page)
    role = domain.loaded.catalog.roles[page.role]
    variants = domain.loaded.catalog.variants_of(role)
    chosen = {key for loop in all_loops for key in loop.kit.choice.items()}
    choices: dict[Axis, list[list[str]]] = {}
    for axis, id_ in (key for key in variants if key in chosen):
        choices.setdefault(axis, []).append([id_, short_name(variants[axis, id_], role)])
    loops = {
        "/".join(choice.get(axis, "") for axis in choices): {
            "file": stem,
            "cards": "".join(_letter(each, loop) for each in cards),
            "stages": [stages.index(plan.stage) for plan in loop.plans],
            "required": [
                required.index(item) for item, _ in loop.by_requirement if item in required
            ],
        }
        for loop, (choice, stem) in zip(all_loops, stems(domain.loaded, page), strict=True)
    }
    here = app.builder.get_target_uri(docname)
    data = {
        "choices": choices,
        "files": [[f"-{part}{SUFFIXES[format]}", label] for part, format, label in OFFERED],
        "folder": relative_uri(here, f"{FOLDER}/{role.id}/"),
        "loops": loops,
        "variant": page.variant or "",
    }
    return f'<script type="application/json" id="rolebook-kit">{script_json(data)}</script>\n'


def _letter(each: Assessment, loop: Loop) -> str:
    return "a" if each in loop.asked else "r" if each in loop.reserve else "-"
