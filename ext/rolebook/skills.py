"""Which templates ask for which skill, and findings on skills.

A template asks for a skill where one of the skill's words stands in a line of its must-haves,
of its skills or of what is nice to have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rolebook.catalog import Catalog
from rolebook.diagnostics import Code, Diagnostic, diagnostic_at, known
from rolebook.inline import plain_references
from rolebook.model import Axis, Role, SectionKind, Skill, Template, Variant
from rolebook.vocabulary import word_pattern


class Demand(StrEnum):
    """How a template asks for a skill; the strongest first."""

    MUST_HAVE = "must-have"
    LISTED = "listed"
    NICE_TO_HAVE = "nice-to-have"


AXES = (Axis.LEVEL, Axis.SPECIALISATION, Axis.INDUSTRY)
"""The axes whose variants are looked at, each alone with its role, and that readers filter by.

What differs by the others is found in a role's composer.
"""

_DEMANDS = {
    SectionKind.REQUIREMENTS: Demand.MUST_HAVE,
    SectionKind.SKILLS: Demand.LISTED,
    SectionKind.NICE_TO_HAVE: Demand.NICE_TO_HAVE,
}

_ADDRESS = re.compile(r"\]\([^()\s]*\)")
"""The address of a link: words in it are no words of the line."""

Compose = Callable[[str, Mapping[Axis, str]], Template]
"""Makes the template of a role, by its id, with variants."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Templates that ask for a skill in one demand: those of a role, or of a shared variant.

    ``plain`` if the role without variants asks for it, ``throughout`` if all its levels do too;
    ``levels`` are those that do. ``others`` are variants with which it is asked for otherwise
    than without. Without a ``role``, ``others`` holds one variant: every role that can take it
    asks for the skill with it.
    """

    demand: Demand
    role: Role | None
    plain: bool
    throughout: bool
    levels: tuple[Variant, ...]
    others: tuple[Variant, ...]


def all_skills(catalog: Catalog) -> Iterator[Skill]:
    """The skills of all lists, as they stand there."""
    for group in catalog.skill_groups:
        yield from group.skills


class SkillNames:
    """Finds skills by their names, in small letters or capitals, and by their words."""

    def __init__(self, catalog: Catalog) -> None:
        self._skills = [*all_skills(catalog)]
        self._by_name = {skill.name.casefold(): skill for skill in self._skills}

    @cached_property
    def _patterns(self) -> list[tuple[Skill, re.Pattern[str]]]:
        return [(skill, _pattern(skill)) for skill in self._skills]

    def find(self, name: str) -> Skill | None:
        """The skill of a name."""
        return self._by_name.get(name.casefold()) or next(
            (skill for skill, pattern in self._patterns if pattern.fullmatch(name)), None
        )


def asked_for(catalog: Catalog, compose: Compose) -> dict[str, tuple[Asking, ...]]:
    """By the id of a skill: what asks for it, the strongest demand first, by role."""
    skills = [*all_skills(catalog)]
    if not skills:
        return {}
    survey = _Survey(catalog, skills, compose)
    return {
        skill.id: tuple(asking for demand in Demand for asking in survey.askings(skill.id, demand))
        for skill in skills
    }


def skill_findings(
    catalog: Catalog, misread: Iterable[str], compose: Compose
) -> Iterator[Diagnostic]:
    """Names that are no skill's, and skills that nothing asks for.

    Nothing is said where a file with an error, one of ``misread``, may hold what is missing.
    """
    if not catalog.skill_groups or catalog.left_out or catalog.lost:
        return
    misread = {*misread}
    names = SkillNames(catalog)
    listed = {skill.name for skill in all_skills(catalog)}
    if not misread & {group.origin.file for group in catalog.skill_groups}:
        for role in catalog.roles.values():
            for name in role.skills:
                if names.find(name) is None:
                    yield diagnostic_at(
                        role.origin,
                        Code.UNKNOWN_SKILL,
                        f"':skills:' of '{role.id}' names '{name}', which no list of skills has.",
                        known(name, listed, "skill"),
                    )
    if misread & catalog.by_file.keys():
        return
    asked = asked_for(catalog, compose)
    for skill in all_skills(catalog):
        if not asked[skill.id]:
            words = ", ".join(f"'{word}'" for word in skill.words)
            yield diagnostic_at(
                skill.origin,
                Code.UNUSED_SKILL,
                f"No template asks for '{skill.name}': no must-have, skill or nice-to-have of a"
                f" role, level, specialisation or industry has {words}.",
                "Give it the words that they use, or delete it:"
                f" '- {skill.name}: word, other word'.",
            )


class _Survey:
    """All templates with the skills that they ask for."""

    def __init__(self, catalog: Catalog, skills: Iterable[Skill], compose: Compose) -> None:
        finder = _Finder(skills)
        self._roles = catalog.ranked_roles()
        self._variants: dict[str, list[Variant]] = {}
        self._plain: dict[str, dict[str, Demand]] = {}
        self._with: dict[tuple[str, str], dict[str, Demand]] = {}
        for role in self._roles:
            found = catalog.variants_of(role).values()
            self._variants[role.id] = [variant for variant in found if variant.axis in AXES]
            self._plain[role.id] = finder.demands(compose(role.id, {}))
            for variant in self._variants[role.id]:
                template = compose(role.id, {variant.axis: variant.id})
                self._with[role.id, variant.key] = finder.demands(template)
        shared = (v for v in catalog.shared if v.axis in AXES and v.axis is not Axis.LEVEL)
        self._shared = sorted(shared, key=lambda v: (AXES.index(v.axis), v.order, v.id))

    def askings(self, skill: str, demand: Demand) -> Iterator[Asking]:
        """What asks for a skill in one demand: roles first, then shared variants."""
        common = {v.key: v for v in self._shared if self._is_common(v, skill, demand)}
        for role in self._roles:
            plain = self._plain[role.id].get(skill) is demand
            ask = [
                variant
                for variant in self._variants[role.id]
                if self._with[role.id, variant.key].get(skill) is demand
            ]
            levels = [variant for variant in ask if variant.axis is Axis.LEVEL]
            others = [
                variant
                for variant in ask
                if variant.axis is not Axis.LEVEL and not plain and variant.key not in common
            ]
            if plain or levels or others:
                number = sum(variant.axis is Axis.LEVEL for variant in self._variants[role.id])
                throughout = plain and len(levels) == number
                yield Asking(demand, role, plain, throughout, tuple(levels), tuple(others))
        for variant in common.values():
            yield Asking(demand, None, False, False, (), (variant,))

    def _is_common(self, variant: Variant, skill: str, demand: Demand) -> bool:
        """Whether a shared variant has every role that can take it ask for the skill."""
        takers = [role.id for role in self._roles if (role.id, variant.key) in self._with]
        return all(self._with[role, variant.key].get(skill) is demand for role in takers) and any(
            self._plain[role].get(skill) is not demand for role in takers
        )


class _Finder:
    """Finds skills in lines; most lines stand in many templates and are looked at once."""

    def __init__(self, skills: Iterable[Skill]) -> None:
        self._patterns = [
            (skill.id, [_rough(word) for word in skill.words], _pattern(skill)) for skill in skills
        ]
        self._seen: dict[str, tuple[str, ...]] = {}

    def demands(self, template: Template) -> dict[str, Demand]:
        """By the ids of the skills that a template asks for: how it does."""
        named: dict[Demand, set[str]] = {demand: set() for demand in Demand}
        for section in template.sections:
            if demand := _DEMANDS.get(section.kind):
                named[demand].update(*(self._named(item.text) for item in section.items))
        # The strongest demand is put last, and stays.
        return {id_: demand for demand in reversed(Demand) for id_ in named[demand]}

    def _named(self, text: str) -> tuple[str, ...]:
        if text not in self._seen:
            plain = _ADDRESS.sub("]", plain_references(text))
            rough = _rough(plain)
            self._seen[text] = tuple(
                id_
                for id_, words, pattern in self._patterns
                # Few words are anywhere in a line, and to see that is much quicker.
                if any(word in rough for word in words) and pattern.search(plain)
            )
        return self._seen[text]


def _pattern(skill: Skill) -> re.Pattern[str]:
    return re.compile("|".join(map(word_pattern, skill.words)))


def _rough(text: str) -> str:
    """A text such that it holds a word's own whenever the word's pattern finds something."""
    return text.lower().replace("-", " ")
