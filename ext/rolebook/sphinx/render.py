"""Entities and templates as docutils' own nodes, so that every builder can print them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from rolebook.changes import Change, ChangeKind, Part, compare
from rolebook.model import (
    Axis,
    Block,
    Item,
    ItemKind,
    Note,
    Origin,
    Role,
    Section,
    Template,
    Variant,
)
from rolebook.names import short_name, words_of
from rolebook.rules_text import rules_note
from rolebook.sphinx.handbook import Handbook
from rolebook.sphinx.jurisdictions import law
from rolebook.sphinx.leaf import leaf_nodes

LEAF = "rolebook_leaf"
"""Marks a text element that is a line of a template: the transforms look for it."""

_CHANGE_TITLES = {
    ChangeKind.ADDED: "Added",
    ChangeKind.REPLACED: "Replaced",
    ChangeKind.MOVED: "Moved",
    ChangeKind.REMOVED: "Removed",
}


class Placed(Protocol):
    """Whatever was written somewhere."""

    @property
    def origin(self) -> Origin:
        """Where it was written."""


class Renderer:
    """Renders for one directive on one page."""

    def __init__(self, directive: SphinxDirective, handbook: Handbook) -> None:
        self.directive = directive
        self.handbook = handbook
        self.catalog = handbook.catalog
        self.root = f"{directive.env.srcdir}{os.sep}"
        self.anchors: dict[str, str] = {}
        """The element id of each section of the template: its own id, unless that is taken."""

    def place(self, node: nodes.Element, origin: Origin) -> nodes.Element:
        """Give a node the file and line it was written at."""
        node.source, node.line = self.root + origin.file, origin.line
        return node

    # Pages

    def page(self, entity: Role | Variant) -> list[nodes.Node]:
        """What the header block of a role or variant puts on its page."""
        template = self.handbook.template(entity)
        if template is None:
            assert isinstance(entity, Variant)
            return [*self.shared_variant(entity)]
        role = self.catalog.roles[template.role]
        changes: tuple[Change, ...] = ()
        if isinstance(entity, Variant):
            changes = compare(self.handbook.role_template(role), template)
        return [
            *self.facts(role, entity),
            *self.axes(role, entity),
            self.template(template, changes, entity),
            # A column of its own, within which the panel can follow the reader.
            self.box("rb-side", self.panel(template, entity)),
            *self.changes(changes, entity),
            *self.questions(entity),
        ]

    def facts(self, role: Role, entity: Role | Variant) -> Iterator[nodes.Node]:
        """The role's family, skills and related roles, and the kits to interview for it."""
        facts: list[tuple[str, list[nodes.Node]]] = []
        if role.family:
            facts.append(("Family", [nodes.Text(words_of(role.family))]))
        if role.skills:
            facts.append(("Skills", joined(self.skill(name) for name in role.skills)))
        others = (self.catalog.roles.get(key) for key in role.related)
        if related := joined(self.link(other, other.heading) for other in others if other):
            facts.append(("Related roles", related))
        kits = self.handbook.kits_for(entity)
        if links := joined(self.refer("interview", kit.key, kit.heading) for kit in kits):
            facts.append(("Interviews", links))
        if facts:
            yield self.box("rb-facts", self.pairs(facts))

    def pairs(self, facts: Iterable[tuple[str, list[nodes.Node]]]) -> nodes.bullet_list:
        """A list of names with their values."""
        return nodes.bullet_list(
            "",
            *(
                nodes.list_item(
                    "",
                    nodes.paragraph("", "", nodes.strong("", name), nodes.Text(" "), *value),
                )
                for name, value in facts
            ),
        )

    def axes(
        self,
        role: Role,
        current: Role | Variant | None = None,
        among: Sequence[Variant] | None = None,
    ) -> Iterator[nodes.Node]:
        """Links to the role and its variants, a line an axis; the current page unlinked.

        With ``among``, only to those of the variants.
        """
        lines = []
        for axis, all_variants in self.handbook.axes_of(role).items():
            variants = [v for v in all_variants if among is None or v in among]
            if not variants:
                continue
            entries: list[nodes.Node] = []
            if axis is Axis.LEVEL:
                entries.append(self.entry(role, "Any level", current))
            entries += [self.entry(v, short_name(v, role), current) for v in variants]
            item = nodes.paragraph("", "", nodes.strong("", axis.capitalize()))
            for entry in entries:
                item += nodes.Text(" ")
                item += entry
            lines.append(nodes.list_item("", item))
        if lines:
            yield self.box("rb-variants", nodes.bullet_list("", *lines))

    def entry(
        self, entity: Role | Variant, name: str, current: Role | Variant | None
    ) -> nodes.Node:
        """A link to an entity's page, or its name in strong on that page."""
        if entity is current:
            return nodes.strong("", name, classes=["rb-current"])
        return self.link(entity, name)

    def skill(self, name: str) -> nodes.Node:
        """The name of a skill, as a link to its entry where it has one."""
        skill = self.handbook.skill_names.find(name)
        return self.refer("skill", skill.id, name) if skill else nodes.Text(name)

    def link(self, entity: Role | Variant, text: str) -> nodes.Element:
        """A reference to an entity's page."""
        return self.refer("role" if isinstance(entity, Role) else "variant", entity.key, text)

    def refer(self, type_: str, key: str, text: str) -> nodes.Element:
        """A reference to something of the domain."""
        return addnodes.pending_xref(
            "",
            nodes.inline("", text),
            refdomain="job",
            reftype=type_,
            reftarget=key,
            refexplicit=True,
            refwarn=True,
            refdoc=self.directive.env.docname,
        )

    def refer_page(self, file: str, text: str) -> nodes.Element:
        """A reference to a page by its file."""
        env = self.directive.env
        return addnodes.pending_xref(
            "",
            nodes.inline("", text),
            refdomain="std",
            reftype="doc",
            reftarget=f"/{env.path2doc(self.root + file)}",
            refexplicit=True,
            refwarn=True,
            refdoc=env.docname,
        )

    def box(self, name: str, *children: nodes.Node) -> nodes.compound:
        """A ``div`` of our own; ``container`` would pick up the styles of CSS frameworks."""
        return nodes.compound("", *children, classes=[name])

    # The template

    def template(
        self, template: Template, changes: Sequence[Change], entity: Role | Variant
    ) -> nodes.section:
        """The whole job description as a section of the page."""
        kinds = {id(change.after): change.kind for change in changes if change.after}
        section = self.section(self.free("template"), "rb-template", template.title, entity)
        for part in template.sections:
            self.anchors[part.id] = self.free(part.id)
        section += self.items("", template.summary, kinds)
        parent, shown = section, None
        for part in template.sections:
            if not part.group or part.title != shown:
                parent = self.section(self.anchors[part.id], "rb-section", part.title, part)
                section += parent
                shown = part.title
            if part.group:
                group = nodes.rubric("", "", *self.leaf(part.group, part), classes=["rb-group"])
                if parent["ids"] != [self.anchors[part.id]]:
                    self.name(group, self.anchors[part.id])
                parent += self.place(self.mark(group, part.group), part.origin)
            parent += self.items(part.id, part.items, kinds)
        return section

    def section(
        self,
        id_: str,
        name: str,
        title: str,
        owner: Placed,
        *,
        in_template: bool = True,
    ) -> nodes.section:
        """A section with its title; made by hand, since MyST would move a heading away."""
        heading = nodes.title(title, "", *self.leaf(title, owner))
        # Sphinx's translation of titles relies on names, as it does on the source below.
        name_ = nodes.fully_normalize_name(heading.astext())
        node = nodes.section("", classes=[name], ids=[id_], names=[name_])
        self.directive.state.document.note_implicit_target(node)
        if in_template:
            self.mark(heading, title)
        node += self.place(heading, owner.origin)
        self.place(node, owner.origin)
        return node

    def free(self, id_: str) -> str:
        """The id, or one like it that nothing on the page has."""
        name, number = id_, 1
        while name in self.directive.state.document.ids or name in self.anchors.values():
            number += 1
            name = f"{id_}-{number}"
        return name

    def name(self, node: nodes.Element, id_: str) -> None:
        """Give a node an id that :meth:`free` found."""
        node["ids"].append(id_)
        self.directive.state.document.note_explicit_target(node)

    def leaf(self, text: str, owner: Placed) -> list[nodes.Node]:
        """A text as nodes, parsed as if it stood where its owner does."""
        return leaf_nodes(self.directive, text, owner.origin)

    @staticmethod
    def mark(node: nodes.TextElement, text: str) -> nodes.TextElement:
        """Mark a line of a template. Its source text is what translators see."""
        node.rawsource = text
        node[LEAF] = True
        return node

    def items(
        self, section: str, items: Sequence[Item], kinds: dict[int, ChangeKind] | None = None
    ) -> list[nodes.Node]:
        """Paragraphs and lists, one list for each run of items of a kind."""
        result: list[nodes.Node] = []
        current: nodes.Element | None = None
        previous = ItemKind.PARAGRAPH
        for item in items:
            element: nodes.Element = self.paragraph(item)
            if item.kind is not ItemKind.PARAGRAPH:
                if current is None or item.kind is not previous:
                    current = _list(item.kind)
                    result.append(current)
                element = self.place(nodes.list_item("", element), item.origin)
                current += element
            else:
                current = None
                result.append(element)
            previous = item.kind
            element["classes"].append("rb-leaf")
            if kind := (kinds or {}).get(id(item)):
                element["classes"].append(f"rb-{kind}")
            if section and item.id:
                self.name(element, self.free(f"{section}-{item.id}"))
        return result

    def paragraph(self, part: Part) -> nodes.paragraph:
        """One line of a template or the title of a section, with where it came from."""
        text = part.text if isinstance(part, Item) else part.title
        node = nodes.paragraph(text, "", *self.leaf(text, part))
        self.mark(node, text)
        node["rolebook_origin"] = (part.origin.file, part.origin.line, part.origin.entity)
        self.place(node, part.origin)
        return node

    # Beside the template

    def panel(self, template: Template, entity: Role | Variant) -> nodes.compound:
        """What stands beside the template: its fields and the notes to the writer."""
        panel = self.box("rb-panel")
        panel += nodes.rubric("", "Use this template")
        panel += self.licence()
        if template.placeholders:
            fields = nodes.definition_list("", classes=["rb-fields"])
            for placeholder in template.placeholders:
                said = [placeholder.help] if placeholder.help else []
                if placeholder.choices:
                    several = "One or more of" if placeholder.multiple else "One of"
                    said.append(f"{several}: {' / '.join(placeholder.choices)}")
                if placeholder.default:
                    said.append(f"Unless you change it: {placeholder.default}")
                said = said or ["Your own words."]
                if placeholder.detail == "pay-minimum" and (
                    band := self.handbook.pay_band(template)
                ):
                    said += ["For comparison:", *band]
                if placeholder.required:
                    said.append(f"Required: {entity.heading}")
                fields += nodes.definition_list_item(
                    "",
                    nodes.term("", placeholder.label),
                    nodes.definition("", *(nodes.paragraph("", text) for text in said)),
                )
            panel += nodes.rubric("", "To fill in")
            panel += fields
        panel += self.notes(template, entity)
        return panel

    def licence(self) -> list[nodes.Node]:
        """The terms under which the template may be used, if the project states them."""
        config = self.directive.config
        if not config.rolebook_licence:
            return []
        name: nodes.Node = nodes.Text(config.rolebook_licence)
        if config.rolebook_licence_url:
            name = nodes.reference("", config.rolebook_licence, refuri=config.rolebook_licence_url)
        text = nodes.Text("The words of this template may be copied: ")
        return [nodes.paragraph("", "", text, name, classes=["rb-licence"])]

    def notes(self, template: Template, entity: Role | Variant) -> list[nodes.Node]:
        """The notes to the writer, in the order of the sections they are about."""
        role = self.catalog.roles[template.role]
        notes = [note for owner in self.catalog.role_lineage(role) for note in owner.notes]
        if isinstance(entity, Variant):
            if template.rules:
                notes.append(rules_note(entity.heading, template.rules, template.sections))
            notes += [n for owner in self.catalog.variant_lineage(entity) for n in owner.notes]
        if not notes:
            return []
        titles = {section.id: section.title for section in template.sections}
        rubric = nodes.rubric("", "Notes for the writer")
        return [self.box("rb-notes", rubric, *self.note_lines(notes, titles))]

    def note_lines(self, notes: Iterable[Note], titles: Mapping[str, str]) -> Iterator[nodes.Node]:
        """Notes in the order of the sections they are about, whose titles these are."""
        yield nodes.paragraph("", "These are for you; they are not copied with the template.")
        order = [None, *titles]
        for note in sorted(
            (note for note in notes if note.section in order), key=lambda n: order.index(n.section)
        ):
            if note.section is not None:
                yield nodes.paragraph(
                    "", "", nodes.strong("", titles[note.section]), classes=["rb-note-about"]
                )
            yield from self.plain_items(note.items)

    def plain_items(self, items: Sequence[Item]) -> list[nodes.Node]:
        """Items that are no part of a template: notes and answers."""
        result = self.items("", items)
        for node in result:
            for paragraph in node.findall(nodes.paragraph):
                # A message of the parser holds paragraphs that are no lines.
                paragraph.attributes.pop(LEAF, None)
                paragraph.attributes.pop("rolebook_origin", None)
            for element in node.findall(nodes.Element):
                if "rb-leaf" in element.get("classes", ()):
                    element["classes"].remove("rb-leaf")
        return result

    def changes(self, changes: Sequence[Change], entity: Role | Variant) -> Iterator[nodes.Node]:
        """What a variant changes against its role, section by section."""
        if not isinstance(entity, Variant):
            return
        node = self.section(
            self.free("changes"),
            "rb-changes",
            f"What this {entity.axis} changes",
            entity,
            in_template=False,
        )
        if not changes:
            node += nodes.paragraph("", "Nothing: the template is that of the role.")
        for kind, title in _CHANGE_TITLES.items():
            these = [change for change in changes if change.kind is kind]
            if not these:
                continue
            node += nodes.rubric("", title)
            node += nodes.bullet_list("", *(self.change(change) for change in these), bullet="-")
        yield node

    def change(self, change: Change) -> nodes.list_item:
        """One changed line or heading: where it stands and, if it was replaced, what it was."""
        where = change.section.title if change.section else "Summary"
        if isinstance(change.after or change.before, Section):
            where = "Section"
        item = nodes.list_item("", classes=[f"rb-change-{change.kind}"])
        was = None if change.kind is ChangeKind.MOVED else change.before
        for name, part in (("rb-was", was), ("rb-now", change.after)):
            if part is not None:
                paragraph = self.paragraph(part)
                paragraph["classes"].append(name)
                item += paragraph
        item.insert(0, nodes.paragraph("", where, classes=["rb-where"]))
        return item

    def questions(self, entity: Role | Variant) -> Iterator[nodes.Node]:
        """The FAQ of a page."""
        if not entity.questions:
            return
        node = self.section(
            self.free("questions"),
            "rb-questions",
            "Questions and answers",
            entity,
            in_template=False,
        )
        for question in entity.questions:
            rubric = nodes.rubric(
                question.question,
                "",
                *leaf_nodes(self.directive, question.question, question.origin),
            )
            node += self.place(rubric, question.origin)
            node += self.plain_items(question.items)
        yield node

    def shared_variant(self, variant: Variant) -> Iterator[nodes.Node]:
        """The page of a variant that many roles share: what it says, and for which roles."""
        roles = self.catalog.roles_of(variant)
        lines = nodes.bullet_list("", bullet="-")
        for role in roles:
            paragraph = nodes.paragraph("", "", self.link(role, role.heading))
            lines += nodes.list_item("", paragraph)
        box = self.box("rb-facts", nodes.paragraph("", "Choose it for:"), lines)
        box["classes"].append("rb-choosable")
        yield box
        if rules := self.catalog.rules_of(variant):
            yield law(self, variant, rules)
        node = self.section(
            self.free("changes"),
            "rb-changes",
            f"What this {variant.axis} adds",
            variant,
            in_template=False,
        )
        for block in variant.blocks:
            title, owner = self.block_title(block, roles)
            node += self.place(nodes.rubric(title, "", *self.leaf(title, owner)), owner.origin)
            if isinstance(block, Section) or block.items:
                node += self.items("", block.items)
            if not isinstance(block, Section) and (block.remove or block.drop):
                gone = ", ".join(block.remove) or "the whole section"
                node += nodes.paragraph("", f"Left out: {gone}")
        if not variant.blocks:
            node += nodes.paragraph("", "Nothing: the template is that of the role.")
        yield node
        yield from self.advice(variant, roles)
        yield from self.questions(variant)

    def advice(self, variant: Variant, roles: Sequence[Role]) -> Iterator[nodes.Node]:
        """The notes of a variant that many roles share."""
        if not variant.notes:
            return
        parts = [part for role in roles for part in self.handbook.role_template(role).sections]
        parts += [block for block in variant.blocks if isinstance(block, Section)]
        node = self.section(
            self.free("advice"), "rb-advice", "Notes for the writer", variant, in_template=False
        )
        node += [*self.note_lines(variant.notes, {part.id: part.title for part in parts})]
        yield node

    def block_title(self, block: Block, roles: Sequence[Role]) -> tuple[str, Block]:
        """The title of the section a block adds or changes, and where that is written."""
        if block.title is not None:
            return block.title, block
        for role in roles:
            for section in self.handbook.role_template(role).sections:
                if section.id == block.section:
                    return section.title, section
        return block.section, block

    # Lists for any page

    def card(self, role: Role, axis: Axis | None = None) -> nodes.compound:
        """A role with its lede and links to its variants, its pay and its interview kit.

        With ``axis``, the variants are those on that axis, and no others are named.
        """
        card = self.box("rb-card")
        title = nodes.paragraph("", "", self.link(role, role.heading), classes=["rb-card-title"])
        card += title
        if role.lede:
            card += self.place(
                nodes.paragraph("", "", *leaf_nodes(self.directive, role.lede, role.origin)),
                role.origin,
            )
        variants = self.handbook.axes_of(role)
        if axis:
            card += [*self.axes(role, among=variants.get(axis, []))]
        else:
            own = self.catalog.own.get(role.id, ())
            card += [*self.axes(role, among=own)]
            shared = {a: len([v for v in all_ if v not in own]) for a, all_ in variants.items()}
            counts = ", ".join(f"{a} ({count})" for a, count in shared.items() if count)
            if counts:
                text = f"Combine it with: {counts}"
                card += nodes.paragraph("", text, classes=["rb-shared-axes"])
        card += [*self.card_links(role)]
        return card

    def card_links(self, role: Role) -> Iterator[nodes.Node]:
        """Where a role's pay and its interview kit are, if any page has them."""
        links: list[nodes.Node] = []
        if file := self.handbook.pay_page(role):
            links.append(self.refer_page(file, "Pay"))
        links += [
            self.refer("interview", kit.key, "Interview kit")
            for kit in self.handbook.kits_for(role)
        ]
        if links:
            parts = [part for link in links for part in (nodes.Text(" "), link)]
            yield nodes.paragraph("", "", *parts[1:], classes=["rb-card-links"])

    def all_roles(self, axis: Axis | None = None) -> nodes.compound:
        """A card for every role, by their order, those of a family together."""
        cards = (self.card(role, axis) for role in self.catalog.ranked_roles())
        return self.box("rb-roles", *cards)


def joined(parts: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Inline nodes with commas between them."""
    result: list[nodes.Node] = []
    for part in parts:
        result += [nodes.Text(", ")] * bool(result)
        result.append(part)
    return result


def _list(kind: ItemKind) -> nodes.Element:
    if kind is ItemKind.BULLET:
        return nodes.bullet_list("", bullet="-")
    return nodes.enumerated_list("", enumtype="arabic", prefix="", suffix=".")
