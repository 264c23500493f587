"""The catalogue during one build: its templates composed once, and what pages show of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib.metadata import version

from rolebook.catalog import Catalog
from rolebook.compose import compose
from rolebook.fences import PAY_LISTINGS
from rolebook.interview.kit import Choice, Kit, choose, must_haves, whole_kit
from rolebook.interview.loop import Loop, plan_loop
from rolebook.interview.model import Interview
from rolebook.model import (
    Axis,
    Chosen,
    Role,
    Rules,
    Section,
    SectionKind,
    Skill,
    SkillGroup,
    Template,
    Variant,
)
from rolebook.names import short_name
from rolebook.pay.download import record, source_record
from rolebook.pay.listings import Asked, faults, read_asked
from rolebook.pay.model import PayBook
from rolebook.pay.suggest import Bands, bands
from rolebook.pay.views import View, Views
from rolebook.skills import Asking, SkillNames, all_skills, asked_for
from rolebook.sphinx.outputs import digest_of

Shown = tuple[str, str]
"""What a page shows: ("page", entity), ("card", role), ("variants", role), ("roles", axis or
""), ("role-index", ""), ("jurisdictions", ""), ("compare", role and axis), ("interview", page),
("reviewed", file), ("skills", file), a listing of pay with its argument or, where its file
should define an entity and does not, ("mistake", file)."""


class Handbook:
    """A catalogue and pay data, with the templates of pages kept once they are composed.

    ``today`` is the day of the build, by which figures are new or old; ``area`` the one
    whose pay is shown where a page names none.
    """

    def __init__(self, catalog: Catalog, pay: PayBook, today: date, area: str) -> None:
        self.catalog = catalog
        self.pay = pay
        self.today = today
        self._bands: dict[str, Bands] = {}
        levels = {
            role.id: {
                id_: short_name(variant, role)
                for (axis, id_), variant in catalog.variants_of(role).items()
                if axis is Axis.LEVEL
            }
            for role in catalog.roles.values()
        }
        self.views = Views(pay, levels, today, area)
        self._templates: dict[Chosen, Template] = {}
        self._kits: dict[str, Kit | None] = {}
        self._kit_files = {page.origin.file for page in catalog.interviews.values()}
        self._loops: dict[Chosen, Loop] = {}
        self.skill_names = SkillNames(catalog)
        self._figures: dict[str, str] = {}
        self._cards: dict[str, object] = {}

    def kit(self, role_id: str) -> Kit | None:
        """A role's whole interview kit, inherited or not; none if there is no such role or kit."""
        if role_id not in self._kits:
            known = role_id in self.catalog.roles
            self._kits[role_id] = whole_kit(self.catalog, role_id) if known else None
        return self._kits[role_id]

    def kits_for(self, entity: Role | Variant) -> list[Interview]:
        """The kits to interview with: the role's, or the nearest inherited, and the variant's."""
        role = entity if isinstance(entity, Role) else self.catalog.roles[entity.role or ""]
        lineage = reversed(self.catalog.role_lineage(role))
        found = [self.catalog.interviews[r.id] for r in lineage if r.id in self.catalog.interviews]
        own = self.catalog.interviews.get(entity.key) if isinstance(entity, Variant) else None
        return [*found[:1], *([own] if own else [])]

    def pay_page(self, role: Role) -> str | None:
        """The file of the page that shows a role's pay in the handbook's own area, if any does."""
        wanted = Asked("pay", role.id)
        asked = self.catalog.asked
        return next((o.file for name, words, o in asked if read_asked(name, words) == wanted), None)

    def choices(self, page: Interview) -> list[Choice]:
        """The choices of variants that a page of a kit is about.

        They are every level, alone and with each specialisation or other variant that has a
        page of the kit, or those of them that are for the page's own variant.
        """
        choices = self.all_choices(self.catalog.roles[page.role])
        return [each for each in choices if page.variant is None or page.variant in each.values()]

    def all_choices(self, role: Role) -> list[Choice]:
        """The same for all pages of a role's kit."""
        axes = self.axes_of(role)
        levels: list[Choice] = [{Axis.LEVEL: v.id} for v in axes.pop(Axis.LEVEL, [])]
        keys = {each.key for each in self.catalog.kit_pages(role)}
        lineage = self.catalog.role_lineage(role)
        special: list[Choice] = [
            {axis: variant.id}
            for axis, variants in axes.items()
            for variant in variants
            if axis is Axis.SPECIALISATION
            or any(f"{parent.id}/{variant.id}" in keys for parent in lineage)
        ]
        return [{**level, **other} for level in levels or [{}] for other in [{}, *special]]

    def loops(self, page: Interview) -> list[Loop]:
        """The loops that a page of a kit is about, one for each of its :meth:`choices`."""
        kit = self.kit(page.role)
        assert kit is not None
        return [self.loop(kit, choice) for choice in self.choices(page)]

    def loop(self, kit: Kit, choice: Choice) -> Loop:
        """What is asked at each stage for one choice of variants."""
        key = (kit.role, tuple(choice.items()))
        if key not in self._loops:
            template = self.composed(kit.role, choice)
            self._loops[key] = plan_loop(choose(kit, choice), must_haves(template))
        return self._loops[key]

    def composed(self, role_id: str, choice: Choice) -> Template:
        """A role's template with variants, composed once."""
        key = (role_id, tuple(choice.items()))
        if key not in self._templates:
            self._templates[key] = compose(self.catalog, role_id, choice)
        return self._templates[key]

    @cached_property
    def askings(self) -> Mapping[str, tuple[Asking, ...]]:
        """By the id of a skill: what asks for it."""
        return asked_for(self.catalog, self.composed)

    def skill_groups(self, file: str) -> list[SkillGroup]:
        """The lists of skills in a file."""
        return [group for group in self.catalog.skill_groups if group.origin.file == file]

    def asked_of(self, role: Role) -> list[Skill]:
        """The skills that a role's templates ask for, in the order of the lists."""
        return [
            skill
            for skill in all_skills(self.catalog)
            if any(asking.role is role for asking in self.askings[skill.id])
        ]

    def template(self, entity: Role | Variant) -> Template | None:
        """The template on an entity's page: none for a variant that many roles share."""
        role = entity.id if isinstance(entity, Role) else entity.role
        if role is None:
            return None
        return self.composed(role, {} if isinstance(entity, Role) else {entity.axis: entity.id})

    def role_template(self, role: Role) -> Template:
        """The template of a role without any variant."""
        template = self.template(role)
        assert template is not None
        return template

    def axes_of(self, role: Role) -> dict[Axis, list[Variant]]:
        """The role's variants by axis, in the order of the axes and of the variants."""
        axes: dict[Axis, list[Variant]] = {}
        for (axis, _), variant in self.catalog.variants_of(role).items():
            axes.setdefault(axis, []).append(variant)
        return axes

    def jurisdictions(self) -> list[tuple[Variant, Rules]]:
        """The jurisdictions that have rules, with these, by name."""
        found = ((v, self.catalog.rules_of(v)) for v in self.catalog.variants.values())
        pairs = [(variant, rules) for variant, rules in found if rules]
        return sorted(pairs, key=lambda pair: (pair[0].heading.casefold(), pair[0].key))

    def digest(self, shown: Shown) -> str:
        """A short digest of all that a page shows of the catalogue."""
        return digest_of(self._facts(shown))

    def _facts(self, shown: Shown) -> object:
        kind, key = shown
        catalog = self.catalog
        if kind == "mistake":
            return key in catalog.by_file or key in self._kit_files
        if kind == "roles":
            return [self._card(role) for _, role in sorted(catalog.roles.items())]
        if kind == "role-index":
            return [
                (self._card(role), [(s.id, s.name) for s in self.asked_of(role)])
                for role in catalog.ranked_roles()
            ]
        if kind == "skills":
            return self._skills(key)
        if kind == "jurisdictions":
            return [(v.key, v.heading, v.origin.file, rules) for v, rules in self.jurisdictions()]
        if kind == "compare":
            return self._compared(*key.split(" "))
        if kind in PAY_LISTINGS:
            return self._pay(read_asked(kind, key))
        if kind == "reviewed":
            return catalog.reviews.get(key)
        if kind == "interview":
            return self._kit_facts(key)
        role = catalog.roles.get(key)
        if kind in ("card", "variants"):
            return self._card(role) if role else None
        entity = role or catalog.variants.get(key)
        if entity is None:
            return None
        roles = [entity] if isinstance(entity, Role) else catalog.roles_of(entity)
        cards = [self._card(role) for role in roles]
        template = self.template(entity)
        if template is None:
            assert isinstance(entity, Variant)
            files = {parent.origin.file for parent in catalog.variant_lineage(entity)}
            # It says where it changes a template, and nothing of what stands there.
            places = [
                (section.id, section.title, section.origin)
                for role in roles
                for section in self.role_template(role).sections
            ]
            return (self._sources(files), places, cards)
        entities: list[Role | Variant] = [
            parent for role in roles for parent in catalog.role_lineage(role)
        ]
        if isinstance(entity, Variant):
            entities += catalog.variant_lineage(entity)
        # The files it is made of say what a template says; only placeholders come from others.
        sources = self._sources({each.origin.file for each in entities})
        band = self.pay_band(template)
        kits = [(kit.key, kit.heading) for kit in self.kits_for(entity)]
        return (sources, template.placeholders, band, kits, cards)

    def _sources(self, files: Iterable[str]) -> list[tuple[str, str | None]]:
        """Files with digests of what they hold."""
        return [(file, self.catalog.digests.get(file)) for file in sorted(files)]

    def pay_band(self, template: Template) -> tuple[str, ...]:
        """What the pay of a template can be compared with, a sentence a source."""
        choice = dict(template.variants)
        level, jurisdiction = (choice.get(a, "") for a in (Axis.LEVEL, Axis.JURISDICTION))
        return self.pay_bands(self.catalog.roles[template.role]).of(level, jurisdiction)

    def pay_bands(self, role: Role) -> Bands:
        """The same for every choice of level and jurisdiction."""
        if role.id not in self._bands:
            ids: dict[Axis, list[str]] = {Axis.LEVEL: [], Axis.JURISDICTION: []}
            for axis, id_ in self.catalog.variants_of(role):
                if axis in ids:
                    ids[axis].append(id_)
            levels, jurisdictions = ids.values()
            area = self.views.area
            self._bands[role.id] = bands(self.pay, role.id, levels, jurisdictions, area)
        return self._bands[role.id]

    def pay_view(self, asked: Asked) -> View:
        """The figures that a listing of pay shows; none if its argument is in error."""
        views = self.views
        if any(faults(asked, self.catalog.roles, self.pay)):
            return View(())
        if asked.name == "pay-areas":
            return views.by_area(asked.role, asked.occupation)
        if asked.name == "pay-world":
            return views.world(asked.role)
        if not asked.role:
            return views.of_sources()
        area = asked.area or views.area
        if asked.name == "pay-levels":
            return views.by_level(asked.role, area)
        return views.pay(asked.role, area)

    def _pay(self, asked: Asked) -> object:
        """All that a listing of pay shows. Where rows stand in their files is not shown."""
        rows = self.pay_view(asked).rows
        role = self.catalog.roles.get(asked.role)
        # What is told of a source where it is described is more than what its figures bear.
        sources = [] if asked.role else [source_record(s) for s in self.pay.sources.values()]
        problems = [*faults(asked, self.catalog.roles, self.pay)]
        # What other currencies are worth changes with the day and the package that has the rates.
        rates = (self.today, version("currencyconverter")) if asked.currency else None
        # The files beside the page hold all figures of the role, whichever it shows.
        held = self._held(asked.role) if asked.role and rows else ""
        figures = [(record(row), row.marks, row.source_name) for row in rows]
        area = self.pay.areas.get(asked.area or self.views.area)
        names = (role.heading if role else None, area.name if area else None)
        return (names, figures, held, sources, rates, problems)

    def _held(self, role: str) -> str:
        """A digest of all figures of a role, which several pages hold."""
        if role not in self._figures:
            rows = self.views.everything(role).rows
            figures = [(record(row), row.marks, row.source_name) for row in rows]
            self._figures[role] = digest_of(figures)
        return self._figures[role]

    def _kit_facts(self, key: str) -> object:
        """All that a page shows of a role's interview kit."""
        page = self.catalog.interviews.get(key)
        if page is None:
            return None
        role = self.catalog.roles[page.role]
        entities: list[Role | Variant] = [*self.catalog.role_lineage(role)]
        variants = self.catalog.variants_of(role)
        for (axis, _), variant in variants.items():
            # Loops are made for these; of the others a page shows the names.
            if axis in (Axis.LEVEL, Axis.SPECIALISATION):
                entities += self.catalog.variant_lineage(variant)
        sources = self._sources(kit.origin.file for kit in self.catalog.kit_pages(role))
        names = [(variant.key, variant.heading) for variant in variants.values()]
        return sources, _seen_by_kits(entities), names

    def _compared(self, role_id: str, axis: str) -> object:
        """All that a comparison of a role's variants shows, and offers to choose from."""
        role = self.catalog.roles.get(role_id)
        if role is None:
            return None
        entities: list[Role | Variant] = [*self.catalog.role_lineage(role)]
        for variant in self.axes_of(role).get(Axis(axis), []):
            entities += self.catalog.variant_lineage(variant)
        sources = self._sources({entity.origin.file for entity in entities})
        pages = [variant.origin.file for variant in self.catalog.variants_of(role).values()]
        return sources, pages, self._card(role)

    def _skills(self, file: str) -> object:
        """All that the lists of skills in a file show."""
        return [
            (group, [self._asking(a) for skill in group.skills for a in self.askings[skill.id]])
            for group in self.skill_groups(file)
        ]

    @staticmethod
    def _asking(asking: Asking) -> object:
        shown = [(v.key, v.heading) for v in (*asking.levels, *asking.others)]
        role = asking.role
        facts = (role.id, role.heading, role.noun) if role else None
        return asking.demand, facts, asking.plain, asking.throughout, shown

    def _card(self, role: Role) -> object:
        if role.id not in self._cards:
            self._cards[role.id] = self._card_facts(role)
        return self._cards[role.id]

    def _card_facts(self, role: Role) -> object:
        skills = [self.skill_names.find(name) for name in role.skills]
        return (
            [skill.id if skill else None for skill in skills],
            *(role.id, role.heading, role.noun, role.lede, role.family, role.skills, role.order),
            role.origin.file,
            [(v.key, v.heading, v.axis) for v in self.catalog.variants_of(role).values()],
            [(key, getattr(self.catalog.roles.get(key), "heading", "")) for key in role.related],
            (self.pay_page(role), [kit.key for kit in self.kits_for(role)]),
        )


def _seen_by_kits(entities: Sequence[Role | Variant]) -> list[Role | Variant]:
    """Roles and variants with no more than a kit shows of them: must-haves, steps, names.

    Otherwise an edit of a duty would have all kits of the role written again.
    """
    kinds = (SectionKind.REQUIREMENTS, SectionKind.PROCESS)
    blocks = [block for entity in entities for block in entity.blocks]
    ids = {block.id for block in blocks if isinstance(block, Section) and block.kind in kinds}
    return [
        replace(
            entity,
            blocks=tuple(
                block
                for block in entity.blocks
                if (block.id if isinstance(block, Section) else block.section) in ids
            ),
            summary=(),
            notes=(),
            questions=(),
        )
        for entity in entities
    ]
