"""What a web page of an interview kit gets beyond its text: files, links to them, script data."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from rolebook.interview.loop import Loop
from rolebook.interview.write import KIT_FORMATS, SUFFIXES
from rolebook.model import Axis, Role
from rolebook.script_data import script_json
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.interview import KIT_FILES, requirements_of, stages_of
from rolebook.sphinx.render import short_name

FOLDER = "downloads/interview"

OFFERED = (
    ("kit", "html", "kit to print"),
    ("kit", "docx", "kit in Word"),
    ("scorecard", "csv", "scorecard (CSV)"),
    ("brief", "html", "candidate's brief to print"),
    ("brief", "docx", "brief in Word"),
)
"""The files of a kit: part, format, and what a link to one says."""


def stem(loop: Loop) -> str:
    """What the names of a loop's files begin with: the ids of its variants."""
    return "-".join(loop.kit.choice.values()) or "any"


def file_name(loop: Loop, part: str, format: str) -> str:
    """Where a file of a loop lies in the site."""
    return f"{FOLDER}/{loop.kit.role}/{stem(loop)}-{part}{SUFFIXES[format]}"


def offer_kits(app: Sphinx, doctree: nodes.document, docname: str, domain: JobDomain) -> None:
    """Put links to a kit's files into their place on its page."""
    role = _role(domain, docname)
    if role is None:
        return
    here = app.builder.get_target_uri(docname)
    for box in doctree.findall(nodes.compound):
        if KIT_FILES not in box["classes"]:
            continue
        variants = domain.loaded.catalog.variants_of(role)
        plain, special = nodes.bullet_list(""), nodes.bullet_list("")
        for loop in domain.loaded.loops(role.id):
            names = [short_name(variants[key], role) for key in loop.kit.choice.items()]
            name = ", ".join(names) or role.heading
            line = nodes.paragraph("", "", nodes.strong("", name), nodes.Text(": "))
            for place, (part, format, label) in enumerate(OFFERED):
                line += nodes.Text(", " if place else "")
                uri = relative_uri(here, file_name(loop, part, format))
                line += nodes.reference("", label, refuri=uri, internal=True)
            lines = special if Axis.SPECIALISATION in loop.kit.choice else plain
            lines += nodes.list_item("", line)
        box += plain
        if special.children:
            summary = "<details><summary>Kits for a specialisation</summary>"
            box += [nodes.raw("", summary, format="html"), special]
            box += nodes.raw("", "</details>", format="html")


def write_kits(app: Sphinx, domain: JobDomain, docname: str) -> None:
    """Write the files that a page offers. It is being written too, so they are due."""
    role = _role(domain, docname)
    if role is None:
        return
    Path(app.outdir, FOLDER, role.id).mkdir(parents=True, exist_ok=True)
    for loop in domain.loaded.loops(role.id):
        template = domain.loaded.kit_template(role.id, loop.kit.choice)
        for part, format, _ in OFFERED:
            path = Path(app.outdir, file_name(loop, part, format))
            path.write_bytes(KIT_FORMATS[part][format](loop, template.title, template.language))


def kit_paths(app: Sphinx, domain: JobDomain) -> set[Path]:
    """The files that some page offers."""
    roles = filter(None, (_role(domain, docname) for docname in domain.shown))
    return {
        Path(app.outdir, file_name(loop, part, format))
        for role in roles
        for loop in domain.loaded.loops(role.id)
        for part, format, _ in OFFERED
    }


def kit_data(app: Sphinx, domain: JobDomain, docname: str) -> str:
    """What the script needs to show one choice: an element for a page with a kit.

    Questions and samples are known by their place among the cards of the page, stages and
    must-haves by that of their row.
    """
    role = _role(domain, docname)
    kit = domain.loaded.kit(role.id) if role else None
    if role is None or kit is None:
        return ""
    all_loops = domain.loaded.loops(role.id)
    cards = {each.id: place for place, each in enumerate(kit.assessments)}
    stages, required = stages_of(all_loops), requirements_of(all_loops)
    loops = {
        stem(loop): {
            "asked": [cards[each.id] for each in loop.asked],
            "reserve": [cards[each.id] for plan in loop.plans for each in plan.reserve],
            "stages": [stages.index(plan.stage) for plan in loop.plans],
            "required": [required.index(item) for item, _ in loop.by_requirement],
        }
        for loop in all_loops
    }
    axes = domain.loaded.axes_of(role)
    here = app.builder.get_target_uri(docname)
    data = {
        "cards": [domain.anchor(docname, f"{role.id}/{each.id}") for each in kit.assessments],
        "choices": {
            axis.value: [[variant.id, short_name(variant, role)] for variant in axes[axis]]
            for axis in (Axis.LEVEL, Axis.SPECIALISATION)
            if axis in axes
        },
        "folder": relative_uri(here, f"{FOLDER}/{role.id}/"),
        "files": [[f"-{part}{SUFFIXES[format]}", label] for part, format, label in OFFERED],
        "loops": loops,
    }
    return f'<script type="application/json" id="rolebook-kit">{script_json(data)}</script>\n'


def _role(domain: JobDomain, docname: str) -> Role | None:
    role_id = domain.interview(docname)
    return domain.loaded.catalog.roles[role_id] if role_id else None
