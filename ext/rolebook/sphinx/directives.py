"""The directives of the domain ``job``.

The blocks that make entities are read by :mod:`rolebook.reader` from the file itself,
before any document is read. So these directives take no options of their own (MyST then
leaves their content alone) and look their entity up by its file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from rolebook.catalog import missing
from rolebook.diagnostics import Code, known
from rolebook.fences import OPTIONS, PAY_LISTINGS, split_compared
from rolebook.model import Axis, Role, Variant
from rolebook.pay.listings import faults, read_asked
from rolebook.pay.money import locale_of
from rolebook.pay.words import Words
from rolebook.placeholders import fold
from rolebook.rules_text import written_date
from rolebook.sphinx.comparison import tables
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.interview import KitRenderer
from rolebook.sphinx.jurisdictions import table
from rolebook.sphinx.pay import PayRenderer
from rolebook.sphinx.render import Renderer
from rolebook.sphinx.role_index import role_index
from rolebook.sphinx.skills import skill_list

logger = logging.getLogger(__name__)


class JobDirective(SphinxDirective):
    """What the directives share: the catalogue and a renderer."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True

    @property
    def domain(self) -> JobDomain:
        """The domain, with this build's catalogue."""
        return cast("JobDomain", self.env.get_domain("job"))

    @property
    def renderer(self) -> Renderer:
        """A renderer for this page."""
        return Renderer(self, self.domain.loaded)

    @property
    def in_markdown(self) -> bool:
        """Whether this page's structure is read by :mod:`rolebook.reader`."""
        return self.env.doc2path(self.env.docname).suffix == ".md"

    def warn(self, code: Code, text: str) -> None:
        """Warn at the directive."""
        logger.warning(
            code.told(text, self.config.rolebook_manual_url),
            location=self.get_location(),
            type="rolebook",
            subtype=code.id,
        )

    def show(self, kind: str, key: str) -> None:
        """Note what the page shows of the catalogue."""
        self.domain.note_shown(self.env.docname, (kind, key))

    def mistake(self, file: str) -> list[nodes.Node]:
        """What stands in place of an entity that could not be read. The checks report why."""
        if not self.in_markdown:
            self.warn(
                Code.MISPLACED_BLOCK,
                f"'{self.name}' is read in Markdown files only, and this is none.",
            )
        self.show("mistake", file)
        text = "There is a mistake in this page's source; 'rolebook check' says which."
        return [nodes.warning("", nodes.paragraph("", text))]


class BlockDirective(JobDirective):
    """A block that is shown with its entity, not where it stands."""

    def run(self) -> list[nodes.Node]:
        """Show nothing here."""
        return []


class HeaderDirective(JobDirective):
    """``role`` and ``variant``: shows the entity's whole template."""

    def run(self) -> list[nodes.Node]:
        """The page of the entity that this file defines."""
        file = self.env.doc2path(self.env.docname, base=False).as_posix()
        entity = self.domain.loaded.catalog.by_file.get(file)
        if entity is None or entity.id != fold(" ".join(self.arguments)):
            return self.mistake(file)
        self.show("page", entity.key)
        renderer = self.renderer
        page = renderer.page(entity)
        self.note_targets(entity, renderer.anchors)
        return page

    def note_targets(self, entity: Role | Variant, anchors: Mapping[str, str]) -> None:
        """Make the page and its template's sections targets of references."""
        docname = self.env.docname
        type_ = "role" if isinstance(entity, Role) else "variant"
        self.domain.note_object(docname, type_, entity.key, entity.heading, "")
        template = self.domain.loaded.template(entity)
        for section in template.sections if template else ():
            self.domain.note_object(
                docname,
                "section",
                f"{entity.key}/{section.id}",
                section.title,
                anchors[section.id],
            )


class InterviewDirective(JobDirective):
    """``interview``: shows the whole kit of a role."""

    def run(self) -> list[nodes.Node]:
        """The kit that this file defines, with all that it inherits."""
        key = fold(" ".join(self.arguments))
        handbook = self.domain.loaded
        file = self.env.doc2path(self.env.docname, base=False).as_posix()
        page = handbook.catalog.interviews.get(key)
        kit = handbook.kit(page.role) if page else None
        if page is None or kit is None or page.origin.file != file:
            return self.mistake(file)
        self.show("interview", key)
        renderer = KitRenderer(self.renderer, page, kit, handbook.loops(page))
        docname = self.env.docname
        self.domain.note_object(docname, "interview", key, page.heading, "")
        for id_, (anchor, text) in renderer.anchors_by_id().items():
            self.domain.note_object(docname, "question", f"{page.role}/{id_}", text, anchor)
        return renderer.render()


class ReviewDirective(JobDirective):
    """``reviewed``: says when the page was last read over, and against what."""

    def run(self) -> list[nodes.Node]:
        """A note at the end of the page; nothing if there is a mistake in the block."""
        file = self.env.doc2path(self.env.docname, base=False).as_posix()
        review = self.domain.loaded.catalog.reviews.get(file)
        self.show("reviewed", file)
        if review is None:
            return [] if self.in_markdown else self.mistake(file)
        renderer = self.renderer
        day, due = written_date(review.day), written_date(review.due)
        return [
            renderer.box(
                "rb-reviewed",
                nodes.paragraph("", f"Last reviewed on {day}, against:"),
                *renderer.items("", review.sources),
                nodes.paragraph("", f"To be reviewed again by {due}."),
            )
        ]


class SkillsDirective(JobDirective):
    """``skills``: shows a list of skills, each with the templates that ask for it."""

    def run(self) -> list[nodes.Node]:
        """The list as a section; nothing if it could not be read."""
        file = self.env.doc2path(self.env.docname, base=False).as_posix()
        title = fold(" ".join(self.arguments))
        if not self.in_markdown:
            return self.mistake(file)
        self.show("skills", file)
        groups = self.domain.loaded.skill_groups(file)
        group = next((group for group in groups if group.title == title), None)
        if group is None:
            return []
        renderer = self.renderer
        anchors = {skill.id: renderer.free(f"skill-{skill.id}") for skill in group.skills}
        for skill in group.skills:
            key, anchor = skill.id, anchors[skill.id]
            self.domain.note_object(self.env.docname, "skill", key, skill.name, anchor)
        return [*skill_list(renderer, group, anchors)]


class ListingDirective(JobDirective):
    """``card``, ``variants``, ``roles`` and the like: shows entities on any page."""

    def run(self) -> list[nodes.Node]:
        """The list, as the catalogue is now; a change to it has the page read again."""
        kind = self.name.partition(":")[2] or self.name
        key = fold(" ".join(self.arguments))
        self.show(kind, key)
        if kind == "roles":
            return self.all_roles(key)
        if kind == "role-index":
            return role_index(self.renderer)
        if kind == "jurisdictions":
            return table(self.renderer)
        roles = self.domain.loaded.catalog.roles
        role = roles.get(key)
        if role is None:
            # In Markdown the checks report it, on every build.
            if not self.in_markdown:
                self.warn(
                    Code.UNKNOWN_PARENT,
                    f"There is no role '{key}'. {known(key, roles, 'role')}",
                )
            return []
        if kind == "card":
            return [self.renderer.card(role)]
        return [*self.renderer.axes(role)]

    def all_roles(self, axis: str) -> list[nodes.Node]:
        """The cards of all roles, with the variants of one axis if that is named."""
        if not axis or axis in [*Axis]:
            return [self.renderer.all_roles(Axis(axis) if axis else None)]
        # In Markdown the checks report it, on every build.
        if not self.in_markdown:
            remedy = known(axis, Axis, "axis")
            self.warn(Code.BAD_VALUE, f"There is no axis '{axis}' to list. {remedy}")
        return []


class CompareDirective(JobDirective):
    """``compare``: shows the variants of a role on one axis side by side."""

    def run(self) -> list[nodes.Node]:
        """A table for each section; nothing if there is no such role, axis or variant."""
        catalog = self.domain.loaded.catalog
        role, axis = split_compared(fold(" ".join(self.arguments)))
        if axis not in [*Axis]:
            remedy = known(axis, Axis, "axis")
            return self.report(Code.BAD_VALUE, f"There is no axis '{axis}' to compare. {remedy}")
        self.show("compare", f"{role} {axis}")
        if lack := missing(catalog, role, Axis(axis)):
            return self.report(Code.UNKNOWN_PARENT, " ".join(lack))
        return tables(self.renderer, catalog.roles[role], Axis(axis))

    def report(self, code: Code, text: str) -> list[nodes.Node]:
        """Show nothing. In Markdown the checks report it, on every build."""
        if not self.in_markdown:
            self.warn(code, text)
        return []


class PayDirective(JobDirective):
    """``pay`` and its kin: shows figures of pay on any page."""

    def run(self) -> list[nodes.Node]:
        """Tables of figures; nothing if the argument is in error."""
        name = self.name.partition(":")[2] or self.name
        argument = fold(" ".join(self.arguments))
        self.show(name, argument)
        handbook = self.domain.loaded
        asked = read_asked(name, argument)
        problems = [*faults(asked, handbook.catalog.roles, handbook.pay)]
        for code, message, remedy in problems:
            # In Markdown the checks report it, on every build.
            if not self.in_markdown:
                self.warn(code, f"{message} {remedy}")
        if problems:
            return []
        renderer = PayRenderer(self, handbook.views, Words(locale_of(self.config.language)))
        if asked.role:
            role = handbook.catalog.roles[asked.role]
            return renderer.show(asked, role, asked.area or handbook.views.area)
        sections = []
        for source in handbook.pay.sources.values():
            id_ = self.renderer.free(f"source-{source.id}")
            sections.append(renderer.source(source, id_))
            self.domain.note_object(self.env.docname, "source", source.id, source.title, id_)
        return renderer.sources(sections)


DIRECTIVES: dict[str, type[JobDirective]] = {
    **dict.fromkeys(OPTIONS, BlockDirective),
    "role": HeaderDirective,
    "variant": HeaderDirective,
    "interview": InterviewDirective,
    "reviewed": ReviewDirective,
    "skills": SkillsDirective,
    "card": ListingDirective,
    "variants": ListingDirective,
    "roles": ListingDirective,
    "role-index": ListingDirective,
    "jurisdictions": ListingDirective,
    "compare": CompareDirective,
    **dict.fromkeys(PAY_LISTINGS, PayDirective),
}
