"""Lists of skills as docutils' own nodes: each skill with the templates that ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docutils import nodes

from rolebook.model import Skill, SkillGroup
from rolebook.names import short_name
from rolebook.skills import Asking, Demand
from rolebook.sphinx.render import Renderer, joined

DEMANDS = {
    Demand.MUST_HAVE: "Must have",
    Demand.LISTED: "In the list of skills",
    Demand.NICE_TO_HAVE: "Nice to have",
}
"""What a reader is told of how a template asks for a skill."""


def skill_list(
    renderer: Renderer, group: SkillGroup, anchors: Mapping[str, str]
) -> Iterator[nodes.Node]:
    """The skills of a group, under its title; ``anchors`` are the element ids by skill."""
    id_ = renderer.free(nodes.make_id(group.title))
    section = renderer.section(id_, "rb-skills", group.title, group, in_template=False)
    entries = nodes.definition_list("", classes=["rb-skill-list"])
    for skill in group.skills:
        term = nodes.term("", skill.name, ids=[anchors[skill.id]])
        renderer.directive.state.document.note_explicit_target(term)
        asked = nodes.definition("", *_asked(renderer, skill))
        entry = nodes.definition_list_item("", term, asked)
        entries += renderer.place(entry, skill.origin)
    section += entries
    yield section


def _asked(renderer: Renderer, skill: Skill) -> Iterator[nodes.Node]:
    askings = renderer.handbook.askings.get(skill.id, ())
    if not askings:
        yield nodes.paragraph("", "No template asks for it.")
    for demand, said in DEMANDS.items():
        lines = [
            nodes.list_item("", nodes.paragraph("", "", *_line(renderer, asking)))
            for asking in askings
            if asking.demand is demand
        ]
        if lines:
            head = nodes.paragraph("", said, classes=["rb-demand"])
            names = nodes.bullet_list("", *lines, bullet="-")
            yield renderer.box(f"rb-{demand}", head, names)


def _line(renderer: Renderer, asking: Asking) -> list[nodes.Node]:
    """Links to the templates of a role, or to a variant for many roles, that ask for a skill."""
    role = asking.role
    if role is None:
        (variant,) = asking.others
        return [renderer.link(variant, variant.heading), nodes.Text(", with any role")]
    if asking.throughout and not asking.others:
        at = [nodes.Text(", at every level")] if asking.levels else []
        return [renderer.link(role, role.heading), *at]
    links = [renderer.link(role, "any level")] if asking.plain else []
    links += [renderer.link(v, short_name(v, role)) for v in (*asking.levels, *asking.others)]
    return [nodes.Text(f"{role.heading}: "), *joined(links)]
