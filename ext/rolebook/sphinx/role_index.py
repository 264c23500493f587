"""All roles in one list, each with what readers choose among roles by, as docutils' own nodes.

Every builder gets the whole list. On a web page ``static/browse.js`` lets a reader filter it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docutils import nodes
from sphinx import addnodes

from rolebook.model import Axis, Role, Variant
from rolebook.names import short_name, words_of
from rolebook.skills import AXES
from rolebook.sphinx.leaf import leaf_nodes
from rolebook.sphinx.render import Renderer, joined

INDEX = "rb-role-index"
"""The class of the list."""

FACET = "rb-facet"
"""The class of a line whose values are a facet's; a second one, with a hyphen, tells which."""

VALUE = "rb-value"
"""The class of a value that is no link; the links of such a line are values too."""

RANK = "rb-rank-"
"""The class of a value, with its place among all of its facet: a role need not have them all."""

Orders = Mapping[Axis, Sequence[str]]
"""The names of an axis's variants, in their order in the whole handbook."""


def role_index(renderer: Renderer) -> list[nodes.Node]:
    """A list of all roles."""
    roles = renderer.catalog.ranked_roles()
    orders = {axis: renderer.catalog.names_on(axis) for axis in AXES}
    entries = (nodes.list_item("", *_entry(renderer, role, orders)) for role in roles)
    return [renderer.box(INDEX, nodes.bullet_list("", *entries, bullet="-"))]


def _entry(renderer: Renderer, role: Role, orders: Orders) -> Iterator[nodes.Node]:
    link = renderer.link(role, role.heading)
    about: list[nodes.Node] = [nodes.paragraph("", "", link, classes=["rb-entry-title"])]
    if role.lede:
        lede = nodes.paragraph("", "", *leaf_nodes(renderer.directive, role.lede, role.origin))
        about.append(renderer.place(lede, role.origin))
    yield renderer.box("rb-entry-about", *about)
    lines = nodes.bullet_list("", *_facets(renderer, role, orders), bullet="-")
    yield renderer.box("rb-entry-facts", lines, *_more(renderer, role))


def _facets(renderer: Renderer, role: Role, orders: Orders) -> Iterator[nodes.list_item]:
    if role.family:
        name = nodes.inline("", words_of(role.family), classes=[VALUE])
        yield _facet("family", [name])
    axes = renderer.handbook.axes_of(role)
    for axis, order in orders.items():
        if variants := axes.get(axis):
            yield _facet(axis, [_ranked_link(renderer, v, role, order) for v in variants])
    if role.skills and renderer.catalog.skill_groups:
        # What to filter by is all that the templates ask for, which is listed below.
        yield _line("skills", [renderer.skill(name) for name in role.skills])
    elif role.skills:
        yield _facet("skill", [nodes.inline("", name, classes=[VALUE]) for name in role.skills])


def _ranked_link(
    renderer: Renderer, variant: Variant, role: Role, order: Sequence[str]
) -> nodes.Element:
    """A link to a variant; its text says where its name stands in the order of its axis."""
    link = renderer.link(variant, short_name(variant, role))
    for text in link.findall(nodes.inline):
        text["classes"].append(f"{RANK}{order.index(renderer.catalog.name_of(variant))}")
    return link


def _more(renderer: Renderer, role: Role) -> list[nodes.Node]:
    """All skills that a role's templates ask for; folded on a web page, as they are many."""
    skills = renderer.handbook.asked_of(role)
    if not skills:
        return []
    label = f"All {len(skills)} skills that its templates ask for"
    links = [renderer.refer("skill", skill.id, skill.name) for skill in skills]
    return [
        nodes.raw("", f"<details><summary>{label}</summary>", format="html"),
        addnodes.only("", nodes.paragraph("", f"{label}:"), expr="not html"),
        nodes.paragraph("", "", *joined(links), classes=[FACET, f"{FACET}-skill"]),
        nodes.raw("", "</details>", format="html"),
    ]


def _facet(name: str, values: Sequence[nodes.Node]) -> nodes.list_item:
    line = _line(name, values)
    line["classes"] += [FACET, f"{FACET}-{name}"]
    return line


def _line(name: str, values: Sequence[nodes.Node]) -> nodes.list_item:
    head = nodes.strong("", name.capitalize())
    return nodes.list_item("", nodes.paragraph("", "", head, nodes.Text(" "), *joined(values)))
