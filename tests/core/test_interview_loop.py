"""A kit -> what is asked at each stage."""

from __future__ import annotations

import pytest
from core_kits import book, competency, loop, page, question, role, sample, sound, stage, variant
from hypothesis import given
from hypothesis import strategies as st

from rolebook.catalog import Catalog
from rolebook.interview.loop import QUESTION_TIME, Loop
from rolebook.interview.model import Sample


def asked(loop: Loop) -> list[str]:
    return [each.id for each in loop.asked]


def reserve(loop: Loop) -> list[str]:
    return [each.id for each in loop.reserve]


def small(*blocks: str, needs: str = "", minutes: int = 30) -> Catalog:
    """A role with must-haves, and a kit with one stage whose questions have two thirds of it."""
    head = (competency("code"), competency("care"), stage("talk", minutes))
    return book(role("engineer", *needs.split()), page("engineer", *head, *blocks))


def test_must_haves_come_first() -> None:
    catalog = small(
        *(question("first"), question("second", competency="care")),
        *(question("python", assesses="python"), question("tests", assesses="tests")),
        needs="python tests",
    )
    plan = loop(catalog)
    assert asked(plan) == ["python", "tests"]
    assert reserve(plan) == ["first", "second"]
    assert plan.left_out == ()


def test_a_question_that_assesses_more_spares_another() -> None:
    catalog = small(
        *(question("python", assesses="python"), question("both", assesses="python, tests")),
        *(question("tests", assesses="tests"), question("other", competency="care")),
        needs="python tests",
    )
    assert asked(loop(catalog)) == ["both", "other"]


def test_what_few_questions_assess_is_taken_before_the_time_is_gone() -> None:
    # Each must-have alone would fit; the one that only one question assesses does not wait.
    catalog = small(
        *(question("easy", assesses="python"), question("easier", assesses="python", minutes=5)),
        question("rare", assesses="tests", minutes=15),
        needs="python tests",
    )
    plan = loop(catalog)
    assert asked(plan) == ["easier", "rare"]
    assert plan.left_out == ()


def test_what_the_time_does_not_allow_for_is_left_out() -> None:
    catalog = small(
        *(question("python", assesses="python"), question("tests", assesses="tests")),
        question("care", assesses="care", competency="care"),
        needs="python tests care design",
    )
    plan = loop(catalog)
    assert len(plan.asked) == 2
    (left_out,) = plan.left_out  # nothing assesses "design", so that no time would help it
    (kept,) = reserve(plan)
    assert left_out.id == kept


def test_each_must_have_lists_what_is_asked_before_what_is_in_reserve() -> None:
    catalog = small(
        *(question("one", assesses="python", minutes=15), question("other", competency="care")),
        question("two", assesses="python, tests", minutes=15),
        needs="python tests design",
    )
    found = {item.id: [each.id for each in by] for item, by in loop(catalog).by_requirement}
    assert found == {"python": ["two", "one"], "tests": ["two"], "design": []}


def test_the_time_that_is_left_goes_to_the_competency_asked_about_least() -> None:
    catalog = small(
        *(question("a"), question("b"), question("c", competency="care"), question("d")),
        minutes=45,
    )
    assert asked(loop(catalog)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("minutes", "count"), [(30, 2), (29, 1), (60, 4), (15, 1), (14, 0), (45, 3)]
)
def test_questions_have_two_thirds_of_a_stage(minutes: int, count: int) -> None:
    catalog = small(*(question(f"q{number}") for number in range(9)), minutes=minutes)
    assert len(loop(catalog).asked) == count


@pytest.mark.parametrize(("time", "count"), [(None, 0), (60, 0), (40, 0), (30, 1), (10, 3)])
def test_a_sample_takes_its_time_from_the_questions(time: int | None, count: int) -> None:
    questions = (question(f"q{number}") for number in range(9))
    (plan,) = loop(small(sample("task", minutes=time), *questions, minutes=60)).plans
    assert [each.id for each in plan.samples] == ["task"]
    assert len(plan.questions) == count


def test_a_sample_that_does_not_fit_is_in_reserve() -> None:
    plan = loop(small(sample("long", minutes=31), sample("short", minutes=30), question("a")))
    assert (asked(plan), reserve(plan)) == (["short"], ["long", "a"])


def test_a_sample_assesses_too() -> None:
    catalog = small(
        *(sample("task", minutes=5, assesses="python"), question("python", assesses="python")),
        *(question("tests", assesses="tests"), question("other")),
        needs="python tests",
    )
    assert asked(loop(catalog)) == ["task", "tests"]


def test_the_sample_is_the_most_particular_one_and_the_roles_own() -> None:
    catalog = sound(
        book(
            *(role("engineer"), role("lead", extends="engineer"), variant("senior", of="lead")),
            *(variant("junior", of="lead"), variant("mid", of="lead")),
            page("engineer", competency("code"), stage("talk", 30), sample("inherited")),
            page("lead", sample("own"), sample("senior", level="senior"), sample("other")),
        )
    )
    assert asked(loop(catalog)) == ["inherited"]
    assert asked(loop(catalog, "lead", level="junior")) == ["own"]
    assert asked(loop(catalog, "lead", level="senior")) == ["senior"]


def test_each_chosen_variant_gets_a_question_of_its_own() -> None:
    levels = (variant("senior"), variant("nlp", axis="specialisation"))
    head = (competency("code"), competency("care"), stage("talk", 45))
    general = (question(f"q{number}", competency="care") for number in range(5))
    special = (
        question("nlp", specialisation="nlp"),
        question("nlp-too", specialisation="nlp"),
        question("senior", level="senior"),
    )
    catalog = sound(book(role("engineer"), *levels, page("engineer", *head, *general, *special)))
    assert set(asked(loop(catalog, level="senior", specialisation="nlp"))) == {
        "nlp",
        "senior",
        "q0",
    }
    assert "nlp" not in asked(loop(catalog, level="senior"))


def test_a_question_at_a_stage_that_does_not_exist_is_not_asked() -> None:
    plan = loop(
        small(question("a"), question("b", stage="tolk", assesses="python"), needs="python")
    )
    assert (asked(plan), reserve(plan), plan.left_out) == (["a"], [], ())


def test_a_kit_without_stages_asks_nothing() -> None:
    plan = loop(book(role("engineer", "python"), page("engineer", question("a"))))
    assert (plan.plans, asked(plan)) == ((), [])


MUST_HAVES = ("a", "b", "c")


@st.composite
def kits(draw: st.DrawFn) -> Catalog:
    """A role with three must-haves, two stages and any questions and samples."""
    blocks = [competency("code"), competency("care")]
    blocks += [stage(id_, draw(st.integers(5, 90))) for id_ in ("talk", "task")]
    for number in range(draw(st.integers(0, 8))):
        make = draw(st.sampled_from([question, question, sample]))
        assesses = draw(st.lists(st.sampled_from(MUST_HAVES), unique=True))
        made = make(
            f"x{number}",
            minutes=draw(st.integers(1, 20)),
            stage=draw(st.sampled_from(["talk", "task"])),
            competency=draw(st.sampled_from(["code", "care"])),
            assesses=", ".join(assesses) or None,
        )
        blocks.append(made)
    return book(role("engineer", *MUST_HAVES), page("engineer", *blocks))


@given(kits())
def test_a_loop_keeps_the_time_and_loses_nothing(catalog: Catalog) -> None:
    plan = loop(catalog)
    assert sorted(asked(plan) + reserve(plan)) == sorted(each.id for each in plan.kit.assessments)
    for part in plan.plans:
        assert len(part.samples) <= 1
        assert all(each.minutes <= part.stage.minutes for each in part.samples)
        taken = sum(each.minutes for each in part.asked)
        assert not part.questions or taken <= part.stage.minutes * QUESTION_TIME
        # Whatever would still have fitted is asked.
        free = part.stage.minutes * QUESTION_TIME - taken
        assert all(isinstance(each, Sample) or each.minutes > free for each in part.reserve)
    assessed = {id_ for each in plan.asked for id_ in each.assesses}
    assessable = {id_ for each in plan.kit.assessments for id_ in each.assesses}
    assert {item.id for item in plan.left_out} == assessable - assessed
