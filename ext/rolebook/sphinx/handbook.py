"""The catalogue during one build: its templates composed once, and what pages show of it."""

from __future__ import annotations

import hashlib

from rolebook.catalog import Catalog
from rolebook.compose import compose
from rolebook.model import Axis, Role, Rules, Template, Variant

Shown = tuple[str, str]
"""What a page shows: ("page", entity), ("card", role), ("variants", role), ("roles", ""),
("jurisdictions", ""), ("compare", role and axis) or, where its file should define an entity and
does not, ("mistake", file)."""


class Handbook:
    """A catalogue, with the templates of its pages kept once they are composed."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._templates: dict[str, Template] = {}

    def template(self, entity: Role | Variant) -> Template | None:
        """The template on an entity's page: none for a variant that many roles share."""
        role = entity.id if isinstance(entity, Role) else entity.role
        if role is None:
            return None
        if entity.key not in self._templates:
            chosen = {} if isinstance(entity, Role) else {entity.axis: entity.id}
            self._templates[entity.key] = compose(self.catalog, role, chosen)
        return self._templates[entity.key]

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
        return hashlib.sha256(repr(self._facts(shown)).encode()).hexdigest()[:16]

    def _facts(self, shown: Shown) -> object:
        kind, key = shown
        catalog = self.catalog
        if kind == "mistake":
            return key in catalog.by_file
        if kind == "roles":
            return [self._card(role) for _, role in sorted(catalog.roles.items())]
        if kind == "jurisdictions":
            return [(v.key, v.heading, v.origin.file, rules) for v, rules in self.jurisdictions()]
        if kind == "compare":
            return self._compared(*key.split(" "))
        role = catalog.roles.get(key)
        if kind in ("card", "variants"):
            return self._card(role) if role else None
        entity = role or catalog.variants.get(key)
        if entity is None:
            return None
        roles = [entity] if isinstance(entity, Role) else catalog.roles_of(entity)
        entities = [parent for role in roles for parent in catalog.role_lineage(role)]
        files = {parent.origin.file for parent in entities}
        if isinstance(entity, Variant):
            files |= {parent.origin.file for parent in catalog.variant_lineage(entity)}
        # The files it is made of say what a template says; only placeholders come from others.
        sources = [(file, catalog.digests.get(file)) for file in sorted(files)]
        template = self.template(entity)
        placeholders = template.placeholders if template else ()
        return (sources, placeholders, [self._card(role) for role in roles])

    def _compared(self, role_id: str, axis: str) -> object:
        """All that a comparison of a role's variants shows, and offers to choose from."""
        role = self.catalog.roles.get(role_id)
        if role is None:
            return None
        entities: list[Role | Variant] = [*self.catalog.role_lineage(role)]
        for variant in self.axes_of(role).get(Axis(axis), []):
            entities += self.catalog.variant_lineage(variant)
        files = {entity.origin.file for entity in entities}
        sources = [(file, self.catalog.digests.get(file)) for file in sorted(files)]
        pages = [variant.origin.file for variant in self.catalog.variants_of(role).values()]
        return sources, pages, self._card(role)

    def _card(self, role: Role) -> object:
        return (
            *(role.id, role.heading, role.noun, role.lede, role.family, role.skills, role.order),
            role.origin.file,
            [(v.key, v.heading, v.axis) for v in self.catalog.variants_of(role).values()],
            [(key, getattr(self.catalog.roles.get(key), "heading", "")) for key in role.related],
        )
