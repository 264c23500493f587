"""All roles and variants of a handbook, by name, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TypeVar

from rolebook.diagnostics import Code, Diagnostic, diagnostic, diagnostic_at, known
from rolebook.fences import Span
from rolebook.interview.model import Interview
from rolebook.model import (
    Axis,
    Entity,
    Origin,
    Placeholder,
    Review,
    Role,
    Rules,
    Skill,
    SkillGroup,
    Variant,
)
from rolebook.names import short_name
from rolebook.reader import KIT, Page, read_bytes

T = TypeVar("T", Role, Variant, Placeholder, Interview, Skill, SkillGroup)

ALL = "all"
"""What a variant applies to that fits every role."""

ANYTHING = "*"
"""Among broken keys, one that nobody knows."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """What a handbook holds. Broken entities are left out and reported.

    ``by_file`` finds the role or variant that a file defines, by its path relative to
    the root. ``own`` are the variants of each role, ``shared`` those of many. ``lost`` are
    the files of which a finding hides something; ``left_out`` the names of what is in error,
    :data:`ANYTHING` if there is no telling; ``spans`` the lines of blocks, by file;
    ``digests`` those of the files; ``asked`` the names and arguments of listings of pay;
    ``interviews`` the pages of kits, by role or ``role/variant``; ``reviews`` when pages were
    last read over, by file; ``skill_groups`` the lists of skills.
    """

    roles: Mapping[str, Role]
    variants: Mapping[str, Variant]
    placeholders: tuple[Placeholder, ...]
    by_file: Mapping[str, Role | Variant]
    own: Mapping[str, tuple[Variant, ...]]
    shared: tuple[Variant, ...]
    lost: frozenset[str]
    left_out: frozenset[str]
    spans: Mapping[str, tuple[Span, ...]]
    digests: Mapping[str, str]
    asked: tuple[tuple[str, str, Origin], ...]
    interviews: Mapping[str, Interview]
    reviews: Mapping[str, Review]
    skill_groups: tuple[SkillGroup, ...]
    diagnostics: tuple[Diagnostic, ...]

    def role_lineage(self, role: Role) -> tuple[Role, ...]:
        """The role's ancestors, the furthest first, and itself."""
        parents = self.role_lineage(self.roles[role.extends]) if role.extends else ()
        return (*parents, role)

    def variant_lineage(self, variant: Variant) -> tuple[Variant, ...]:
        """The variants this one extends, the furthest first, and itself."""
        parent = self.variants.get(variant.extends) if variant.extends else None
        return (*(self.variant_lineage(parent) if parent else ()), variant)

    def ranked_roles(self) -> list[Role]:
        """All roles by their order, those of a family together."""
        return sorted(self.roles.values(), key=lambda r: (r.order, r.family or "", r.heading, r.id))

    def name_of(self, variant: Variant) -> str:
        """What a variant is called whatever the role: "Senior", "Healthcare"."""
        role = self.roles.get(variant.role or "")
        return short_name(variant, role) if role else variant.heading

    def names_on(self, axis: str) -> list[str]:
        """The names of all variants on an axis, in their order."""
        found = (variant for variant in self.variants.values() if variant.axis == axis)
        ranked = sorted(found, key=lambda variant: (variant.order, variant.id, variant.key))
        return list(dict.fromkeys(self.name_of(variant) for variant in ranked))

    def variants_of(self, role: Role) -> dict[tuple[Axis, str], Variant]:
        """Every variant the role can take, by axis and id, in axis order.

        Within an axis they stand by ``order``, then by id. A variant of the role itself
        stands in for a shared one with its axis and id.
        """
        shared = [v for v in self.shared if ALL in v.applies_to or role.family in v.applies_to]
        found = {(v.axis, v.id): v for v in [*shared, *self.own.get(role.id, ())]}
        order = list(Axis)
        ranked = sorted(found.values(), key=lambda v: (order.index(v.axis), v.order, v.id))
        return {(v.axis, v.id): v for v in ranked}

    def rules_of(self, variant: Variant) -> Rules | None:
        """The rules of a jurisdiction: its own, or those of the nearest it extends."""
        lineage = reversed(self.variant_lineage(variant))
        return next((found.rules for found in lineage if found.rules), None)

    def kit_pages(self, role: Role) -> tuple[Interview, ...]:
        """The pages that make up a role's kit: those of its ancestors first, its variants' last.

        What an ancestor asks for one of its variants is left out if the role has no such one.
        """
        pages = []
        variants = self.variants_of(role)
        for parent in self.role_lineage(role):
            own = [id_ for axis, id_ in self.variants_of(parent) if (axis, id_) in variants]
            keys = [parent.id, *(f"{parent.id}/{id_}" for id_ in own)]
            pages += [page for key in dict.fromkeys(keys) if (page := self.interviews.get(key))]
        return tuple(pages)

    def heirs(self, role_id: str) -> tuple[Role, ...]:
        """The role and those that extend it, directly or not, by id."""
        return tuple(
            role
            for _, role in sorted(self.roles.items())
            if role_id in (parent.id for parent in self.role_lineage(role))
        )

    def roles_of(self, variant: Variant) -> tuple[Role, ...]:
        """The roles that can take the variant, by id."""
        return tuple(
            role
            for _, role in sorted(self.roles.items())
            if self.variants_of(role).get((variant.axis, variant.id)) == variant
        )


def is_left_out(path: PurePath) -> bool:
    """Whether a file, by its path in a handbook, is no part: it is in or named ``_...``, ``.…``."""
    return any(part[0] in "._" for part in path.parts)


def files_below(root: Path) -> list[Path]:
    """The Markdown files of a handbook, but those in or named ``_...`` and ``.…``."""
    return sorted(
        path
        for path in root.rglob("*.md")
        # A folder can have such a name too, and so can a link to nothing.
        if path.is_file() and not is_left_out(path.relative_to(root))
    )


def read_pages(root: Path, files: Iterable[Path] | None = None) -> list[Page]:
    """Read a handbook's files, by default all Markdown below ``root``."""
    return [
        read_bytes(path.relative_to(root).as_posix(), path.read_bytes())
        for path in sorted(files_below(root) if files is None else files)
    ]


def load(root: Path, files: Iterable[Path] | None = None) -> Catalog:
    """Read a handbook's files (by default all Markdown below ``root``) into a catalogue."""
    return assemble(read_pages(root, files))


def assemble(pages: Iterable[Page]) -> Catalog:
    """Join pages into a catalogue, leaving out and reporting what does not fit."""
    found: list[Diagnostic] = []
    broken: set[str] = set()
    broken_kits: set[str] = set()
    roles: dict[str, Role] = {}
    variants: dict[str, Variant] = {}
    placeholders: dict[str, Placeholder] = {}
    interviews: dict[str, Interview] = {}
    groups: dict[str, SkillGroup] = {}
    skills: dict[str, Skill] = {}
    pages = sorted(pages, key=lambda page: page.file)
    for page in pages:
        found += page.diagnostics
        broken.update(key for key in page.broken if not key.endswith(KIT))
        broken_kits.update(key for key in page.broken if key.endswith(KIT))
        if page.lost and page.header is None:
            broken.add(ANYTHING)
        for placeholder in page.placeholders:
            _add(placeholders, placeholder.name, placeholder, "placeholder", found)
        for group in page.skill_groups:
            if _add(groups, group.title, group, "list of skills", found):
                own_skills = [s for s in group.skills if _add(skills, s.id, s, "skill", found)]
                groups[group.title] = replace(group, skills=tuple(own_skills))
        if isinstance(page.header, Role):
            _add(roles, page.header.key, page.header, "role", found)
        elif isinstance(page.header, Interview):
            first = _add(interviews, page.header.key, page.header, "interview kit of", found)
            broken_kits.update(() if first else [page.header.origin.entity])
        elif page.header is not None:
            _add(variants, page.header.key, page.header, "variant", found)
    named = {*roles, *variants}
    _drop_namesakes(roles, variants, broken, found)
    _check_families(roles, variants, broken, found)
    _drop_orphans(roles, variants, broken, found)
    own: dict[str, list[Variant]] = {}
    for variant in variants.values():
        if variant.role is not None:
            own.setdefault(variant.role, []).append(variant)
    by_file: dict[str, Role | Variant] = {r.origin.file: r for r in roles.values()}
    by_file |= {v.origin.file: v for v in variants.values()}
    left_out = broken | (named - {*roles, *variants})
    catalog = Catalog(
        roles=roles,
        variants=variants,
        placeholders=tuple(placeholders.values()),
        by_file=by_file,
        own={role: tuple(found) for role, found in own.items()},
        shared=tuple(variant for variant in variants.values() if variant.role is None),
        digests={page.file: page.digest for page in pages},
        spans={page.file: page.spans for page in pages if page.spans},
        lost=frozenset(page.file for page in pages if page.lost),
        left_out=frozenset(left_out),
        asked=tuple(asked for page in pages for asked in page.asked),
        interviews={},
        reviews={page.file: page.review for page in pages if page.review},
        skill_groups=tuple(groups.values()),
        diagnostics=(),
    )
    for role, axis, origin in (listed for page in pages for listed in page.listed):
        # A variant that was left out may be on the axis.
        excused = left_out if role in roles else {role, ANYTHING} & left_out
        if not excused and (lack := missing(catalog, role, axis)):
            found.append(diagnostic_at(origin, Code.UNKNOWN_PARENT, *lack))
    for key, interview in [*interviews.items()]:
        if twice := _two_owners(catalog, interview):
            del interviews[key]
            found.append(diagnostic_at(interview.origin, Code.DUPLICATE_ID, *twice))
            broken_kits.add(interview.origin.entity)
            continue
        if lack := _missing_owner(catalog, interview):
            del interviews[key]
            if not {interview.role, key, ANYTHING} & left_out:
                origin = interview.origin
                found.append(diagnostic_at(origin, Code.UNKNOWN_PARENT, *lack))
            broken_kits.add(interview.origin.entity)
    return replace(
        catalog,
        left_out=frozenset(left_out | broken_kits),
        interviews=interviews,
        diagnostics=tuple(sorted(found)),
    )


def _missing_owner(catalog: Catalog, interview: Interview) -> tuple[str, str] | None:
    """What a page of a kit names that does not exist: a message, a remedy."""
    role = catalog.roles.get(interview.role)
    if role is None:
        remedy = known(interview.role, catalog.roles, "role")
        return f"There is no role '{interview.role}' that this could be the kit of.", remedy
    ids = [id_ for _, id_ in catalog.variants_of(role)]
    if interview.variant and interview.variant not in ids:
        message = f"The role '{role.id}' has no variant '{interview.variant}'."
        return message, known(interview.variant, ids, "variant")
    return None


def _two_owners(catalog: Catalog, interview: Interview) -> tuple[str, str] | None:
    """Two variants, on two axes, that a page of a kit may mean: a message, a remedy."""
    role = catalog.roles.get(interview.role)
    variants = catalog.variants_of(role) if role else ()
    axes = [f"'{axis}'" for axis, id_ in variants if id_ == interview.variant]
    if len(axes) < 2:
        return None
    message = f"'{interview.key}' is a variant on the axes {' and '.join(axes)}."
    return message, "Give one of them another id, so that this is the kit of one of them."


def missing(catalog: Catalog, role_id: str, axis: Axis | None) -> tuple[str, str] | None:
    """What a page cannot show of a role, or of its variants on an axis: a message, a remedy."""
    role = catalog.roles.get(role_id)
    if role is None:
        remedy = known(role_id, catalog.roles, "role")
        return f"There is no role '{role_id}' to show here.", remedy
    axes = {axis for axis, _ in catalog.variants_of(role)}
    if axis is not None and axis not in axes:
        message = f"The role '{role_id}' has no variants on the axis '{axis}' to compare."
        none = "Write one, or delete this block."
        return message, known(axis, axes, "axis") if axes else none
    return None


def _add(table: dict[str, T], name: str, thing: T, what: str, found: list[Diagnostic]) -> bool:
    """Whether the thing is the first of its name; reports it if not."""
    first = table.setdefault(name, thing)
    if first is not thing:
        found.append(
            diagnostic(
                thing.origin.file,
                thing.origin.line,
                Code.DUPLICATE_ID,
                f"The {what} '{name}' is defined at {first.origin.file}:{first.origin.line}"
                " already.",
                "Give one of them another name, or delete it.",
            )
        )
    return first is thing


def _drop_namesakes(
    roles: Mapping[str, Role],
    variants: dict[str, Variant],
    broken: set[str],
    found: list[Diagnostic],
) -> None:
    """Leave out shared variants with the id of a role: pages find both by one name."""
    for key in roles.keys() & variants.keys():
        variant, role = variants.pop(key), roles[key]
        broken.add(key)
        found.append(
            diagnostic_at(
                variant.origin,
                Code.DUPLICATE_ID,
                f"The variant '{key}' has the id of the role at"
                f" {role.origin.file}:{role.origin.line}.",
                "Give one of them another name, or delete it.",
            )
        )


def _drop_orphans(
    roles: dict[str, Role],
    variants: dict[str, Variant],
    broken: set[str],
    found: list[Diagnostic],
) -> None:
    """Leave out what extends something missing, and what goes in circles.

    Leaving one out can orphan another, so this goes on until nothing changes. What
    extends something that is itself in error is left out without a finding of its own.
    """
    broken = set(broken)
    changed = True
    while changed:
        changed = False
        tables: list[dict[str, Role] | dict[str, Variant]] = [roles, variants]
        for table in tables:
            for key, entity in list(table.items()):
                parent = entity.extends
                # A shared variant is nobody's parent: its key is no role's, and has no slash.
                names = [*roles] if table is roles else [*roles, *(v for v in variants if "/" in v)]
                if parent is None or parent in names:
                    continue
                if parent not in broken and ANYTHING not in broken:
                    found.append(
                        diagnostic_at(
                            entity.origin,
                            Code.UNKNOWN_PARENT,
                            f"'{key}' extends '{parent}', which does not exist.",
                            known(parent, (name for name in names if name != key), "role"),
                        )
                    )
                broken.add(key)
                del table[key]
                changed = True
        for table in tables:
            for circle in _circles(table):
                found.append(
                    diagnostic_at(
                        table[circle[0]].origin,
                        Code.CYCLE,
                        f"'{circle[0]}' in the end extends itself:"
                        f" {' extends '.join([*circle, circle[0]])}.",
                        "Let one of them extend something else, or nothing.",
                    )
                )
                for key in circle:
                    broken.add(key)
                    del table[key]
                changed = True


def _circles(table: Mapping[str, Entity]) -> list[list[str]]:
    circles: list[list[str]] = []
    for key in table:
        steps = [key]
        while (step := table[steps[-1]].extends) is not None and step in table:
            if step in steps:
                break
            steps.append(step)
        if step == key and not any(key in circle for circle in circles):
            circles.append(steps)
    return circles


def _check_families(
    roles: Mapping[str, Role],
    variants: Mapping[str, Variant],
    broken: set[str],
    found: list[Diagnostic],
) -> None:
    families = {role.family for role in roles.values() if role.family}
    for variant in variants.values():
        for family in variant.applies_to:
            # A role in error may be the one that has it.
            if family != ALL and family not in families and not broken:
                found.append(
                    diagnostic_at(
                        variant.origin,
                        Code.UNKNOWN_PARENT,
                        f"'{variant.key}' applies to the family '{family}', which no role has.",
                        known(family, [*families, ALL], "family"),
                    )
                )
    for role in roles.values():
        for other in role.related:
            if other not in roles and other not in broken and ANYTHING not in broken:
                found.append(
                    diagnostic_at(
                        role.origin,
                        Code.UNKNOWN_PARENT,
                        f"'{role.key}' names the related role '{other}', which does not exist.",
                        known(other, roles, "role"),
                    )
                )
