"""The pages of an interview kit -> the kit for a choice of variants."""

from __future__ import annotations

from core_kits import book, competency, handout, page, question, role, sample, sound, stage, variant

from rolebook.catalog import Catalog
from rolebook.interview.kit import Kit, choose, whole_kit
from rolebook.interview.model import Assessment
from rolebook.model import Axis

LEVELS = (variant("junior", order=1), variant("senior", order=2))


def kit(catalog: Catalog, role_id: str = "engineer", **chosen: str) -> Kit:
    whole = whole_kit(catalog, role_id)
    assert whole
    return choose(whole, {Axis(axis): id_ for axis, id_ in chosen.items()})


def ids(things: object) -> list[str]:
    assert isinstance(things, tuple)
    return [each.id for each in things]


def texts(assessments: tuple[Assessment, ...]) -> list[str]:
    return [each.text for each in assessments]


def test_a_role_without_a_page_has_its_parents_kit() -> None:
    catalog = sound(
        book(
            role("engineer", "python"),
            role("lead", extends="engineer"),
            page(
                "engineer", competency("code"), stage("talk", 60), question("a", assesses="python")
            ),
        )
    )
    inherited = kit(catalog, "lead")
    assert (inherited.role, ids(inherited.questions)) == ("lead", ["a"])
    assert whole_kit(book(role("engineer")), "engineer") is None


def test_a_roles_own_parts_take_the_place_of_inherited_ones() -> None:
    base = page(
        "engineer",
        *(competency("code"), competency("care"), stage("talk", 60), stage("task", 30)),
        *(question("a", assesses="python"), question("b", competency="care"), question("c")),
        *(sample("d", stage="task"), handout("brief")),
    )
    own = page(
        "lead",
        *(competency("lead"), competency("care"), stage("talk", 45, "Long talk")),
        *(question("b", "Own b?", competency="care"), question("e", competency="lead")),
        *(handout("brief", "Own."), handout("rules")),
        remove="c",
    )
    catalog = sound(book(role("engineer", "python"), role("lead", extends="engineer"), base, own))
    lead = kit(catalog, "lead")
    assert ids(lead.competencies) == ["lead", "care", "code"]
    assert [(s.id, s.title, s.minutes) for s in lead.stages] == [
        ("task", "Task", 30),
        ("talk", "Long talk", 45),
    ]
    assert texts(lead.questions) == ["About a?", "Own b?", "About e?"]
    assert ids(lead.samples) == ["d"]
    assert [(h.id, h.items[0].text) for h in lead.handouts] == [
        ("brief", "Own."),
        ("rules", "About rules."),
    ]
    engineer = kit(catalog)
    assert texts(engineer.questions) == ["About a?", "About b?", "About c?"]
    assert ids(engineer.handouts) == ["brief"]


def test_stages_stand_in_the_order_of_the_templates_steps() -> None:
    steps = "1. Talk. {#talk}\n2. Task. {#task}"
    section = f":::{{job:section}} How we hire\n:kind: process\n\n{steps}\n\n:::\n"
    catalog = sound(
        book(
            f"{role('engineer')}\n{section}",
            page(
                "engineer",
                *(competency("code"), stage("task", 30), stage("talk", 60)),
                *(question("a"), sample("b", stage="task")),
            ),
        )
    )
    assert ids(kit(catalog).stages) == ["talk", "task"]


def test_a_stage_for_some_levels_leaves_the_inherited_one_to_the_others() -> None:
    base = page("engineer", competency("code"), stage("talk", 60), question("a"))
    own = page("lead", stage("talk", 30, level="junior"), question("b"))
    levels = (variant(id_, of="lead") for id_ in ("junior", "senior"))
    catalog = sound(book(role("engineer"), role("lead", extends="engineer"), *levels, base, own))
    assert kit(catalog, "lead", level="junior").stages[0].minutes == 30
    assert kit(catalog, "lead", level="senior").stages[0].minutes == 60


def test_what_is_meant_for_some_variants_is_in_their_kits_only() -> None:
    catalog = sound(
        book(
            role("engineer"),
            *LEVELS,
            variant("nlp", axis="specialisation"),
            page(
                "engineer",
                *(competency("code"), competency("text"), stage("talk", 60)),
                stage("task", 30, level="senior"),
                question("all"),
                question("junior", level="junior"),
                question("both", level="junior, senior"),
                question("nlp", specialisation="nlp", competency="text"),
                question("senior-nlp", specialisation="nlp", level="senior"),
                sample("task", stage="task"),
            ),
        )
    )
    junior = kit(catalog, level="junior")
    assert ids(junior.questions) == ["all", "junior", "both"]
    assert ids(junior.competencies) == ["code"]
    # Nothing is left for a stage that juniors do not have.
    assert (ids(junior.stages), ids(junior.samples)) == (["talk"], [])
    senior = kit(catalog, level="senior", specialisation="nlp")
    assert ids(senior.questions) == ["all", "both", "nlp", "senior-nlp"]
    assert ids(senior.samples) == ["task"]
    assert ids(kit(catalog).questions) == ["all", "junior", "both"]


def test_a_page_for_a_variant_holds_for_that_variant_alone() -> None:
    catalog = sound(
        book(
            role("engineer"),
            *LEVELS,
            page(
                "engineer",
                *(competency("code"), stage("talk", 60), question("a"), question("b")),
                handout("brief"),
            ),
            page(
                "engineer/senior",
                *(competency("lead"), stage("talk", 90), question("c", competency="lead")),
                handout("rules"),
                remove="b",
            ),
        )
    )
    junior, senior = kit(catalog, level="junior"), kit(catalog, level="senior")
    assert ids(junior.questions) == ["a", "b"]
    assert ids(senior.questions) == ["a", "c"]
    assert [stage.minutes for stage in (*junior.stages, *senior.stages)] == [60, 90]
    assert ids(junior.competencies) == ["code"]
    assert ids(senior.competencies) == ["lead", "code"]
    assert (ids(junior.handouts), ids(senior.handouts)) == (["brief"], ["rules", "brief"])


def test_a_page_for_a_shared_variant_holds_for_those_who_inherit_it_too() -> None:
    remote = ":::{job:variant} remote\n:applies-to: all\n:axis: arrangement\n\n:::\n"
    catalog = sound(
        book(
            role("engineer"),
            role("lead", extends="engineer"),
            f"# Remote\n\n{remote}",
            page("engineer", competency("code"), stage("talk", 60), question("a")),
            page("engineer/remote", question("b")),
        )
    )
    for id_ in ("engineer", "lead"):
        assert ids(kit(catalog, id_).questions) == ["a"]
        assert ids(kit(catalog, id_, arrangement="remote").questions) == ["a", "b"]
