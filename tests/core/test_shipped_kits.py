"""The interview kits in ``content/``: enough of them, and something for every must-have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from rolebook.catalog import load
from rolebook.compose import compose
from rolebook.interview.document import BRIEF
from rolebook.interview.kit import Kit, choose, must_haves, whole_kit
from rolebook.interview.loop import Loop, plan_loop
from rolebook.interview.model import Grade
from rolebook.model import Axis

CATALOG = load(Path(__file__).parents[2] / "content")
ROLES = [*CATALOG.roles]
ENOUGH = {"machine-learning-engineer": 40}
each_role = pytest.mark.parametrize("role", ROLES)


def kit(role: str) -> Kit:
    found = whole_kit(CATALOG, role)
    assert found, f"{role} has no kit"
    return found


def loops(role: str) -> Iterator[Loop]:
    """Each level, alone and with each specialisation."""
    axes: dict[Axis, list[Mapping[Axis, str]]] = {axis: [] for axis in Axis}
    for axis, id_ in CATALOG.variants_of(CATALOG.roles[role]):
        axes[axis].append({axis: id_})
    whole = kit(role)
    for level in axes[Axis.LEVEL] or [{}]:
        for other in [{}, *axes[Axis.SPECIALISATION]]:
            choice = {**level, **other}
            template = compose(CATALOG, role, choice)
            yield plan_loop(choose(whole, choice), must_haves(template))


@each_role
def test_every_must_have_is_assessed_by_what_is_asked(role: str) -> None:
    for loop in loops(role):
        assert loop.by_requirement
        for item, found in loop.by_requirement:
            offered = [each for each in found if each in (*loop.asked, *loop.reserve)]
            assert offered, f"{loop.kit.choice}: {item.text}"
            assert found[0] in loop.asked, f"{loop.kit.choice}: {item.text}"


@each_role
def test_every_stage_asks_something_in_its_time(role: str) -> None:
    for loop in loops(role):
        assert loop.plans
        for plan in loop.plans:
            assert plan.asked, f"{loop.kit.choice}: {plan.stage.id}"
            assert sum(each.minutes for each in plan.asked) <= plan.stage.minutes


@each_role
def test_there_are_questions_enough_to_change_them_between_searches(role: str) -> None:
    own = [each for each in kit(role).questions if kit(role).is_own(each)]
    assert len(own) >= ENOUGH.get(role, 15)
    for loop in loops(role):
        assert loop.reserve


@each_role
def test_each_question_has_probes_and_a_guide_whose_grades_differ(role: str) -> None:
    for question in kit(role).questions:
        assert 2 <= len(question.probes) <= 4, question.id
        assert len({question.answers[grade].text for grade in Grade}) == len(Grade), question.id
        assert len(question.warnings) <= 2, question.id
        assert 5 <= question.minutes <= 15, question.id


@each_role
def test_each_sample_has_a_rubric_and_tells_its_rules(role: str) -> None:
    samples = kit(role).samples
    assert samples
    for sample in samples:
        assert 3 <= len(sample.criteria) <= 5, sample.id
        assert sample.minutes <= 90, sample.id


@each_role
def test_no_kit_asks_the_same_twice(role: str) -> None:
    texts = Counter(_folded(each.text) for each in kit(role).assessments)
    assert not [text for text, count in texts.items() if count > 1]


def test_no_role_repeats_a_question_of_another() -> None:
    written = {each.origin: each for role in ROLES for each in kit(role).assessments}
    texts = Counter(_folded(each.text) for each in written.values())
    assert not [text for text, count in texts.items() if count > 1]


@each_role
def test_each_kit_has_a_brief_for_the_candidate(role: str) -> None:
    assert [handout.id for handout in kit(role).handouts].count(BRIEF) == 1


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
