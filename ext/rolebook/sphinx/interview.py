"""A role's interview kit as docutils' own nodes, and the files of it beside its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docutils import nodes

from rolebook.interview.document import BRIEF, minutes, time_of
from rolebook.interview.kit import Choice, Kit
from rolebook.interview.loop import Loop
from rolebook.interview.model import (
    Assessment,
    Competency,
    Grade,
    Handout,
    Interview,
    Question,
    Sample,
    Scope,
    Stage,
)
from rolebook.model import Axis, Item
from rolebook.names import short_name
from rolebook.sphinx.render import Placed, Renderer
from rolebook.sphinx.tables import WIDE, boxed
from rolebook.sphinx.translated import link_text

KIT_FILES = "rb-kit-files"
"""The class of the box that gets links to a kit's files on web pages."""

KIT_TABLE = "rb-kit-table"
"""The class of a kit's tables."""


@dataclass(frozen=True, slots=True)
class Required:
    """A must-have: ``names`` of the variants that ask for it, none if all do."""

    item: Item
    names: tuple[str, ...]
    assessments: tuple[Assessment, ...]


def stages_of(loops: Sequence[Loop]) -> list[Stage]:
    """The stages that some loop has, those with one id together."""
    stages = [plan.stage for loop in loops for plan in loop.plans]
    order = list(dict.fromkeys(stage.id for stage in stages))
    distinct = [stage for place, stage in enumerate(stages) if stage not in stages[:place]]
    return sorted(distinct, key=lambda stage: order.index(stage.id))


def requirements_of(loops: Sequence[Loop], page: Interview) -> list[Item]:
    """The must-haves that a page is about: those of the levels, or what a variant adds."""
    plain = [loop for loop in loops if not is_special(loop.kit.choice)]
    found = dict.fromkeys(item for loop in plain or loops for item, _ in loop.by_requirement)
    return [item for item in found if plain or item.origin.entity in (page.key, page.variant)]


def is_special(choice: Choice) -> bool:
    """Whether a choice has a variant of another axis than the levels."""
    return bool(choice.keys() - {Axis.LEVEL})


class KitRenderer:
    """Renders one page of a role's kit for one directive.

    ``loops`` are those that the page offers files for: they say which stages and must-haves
    it is about. A question is a card on the page that it was written on; the others link to it.
    """

    def __init__(
        self, renderer: Renderer, page: Interview, kit: Kit, loops: Sequence[Loop]
    ) -> None:
        self.renderer = renderer
        self.page = page
        self.role = renderer.catalog.roles[page.role]
        self.kit = kit
        self.loops = loops
        self.stages = stages_of(loops)
        self.required = [self.require(item) for item in requirements_of(loops, page)]
        file = page.origin.file
        self.own = tuple(each for each in kit.assessments if each.origin.file == file)
        self.anchors = {each.id: element_id(each) for each in kit.assessments}
        self.competency_ids = {
            each.id: renderer.free(f"competency-{each.id}") for each in kit.competencies
        }

    def render(self) -> list[nodes.Node]:
        """The whole page: the loop, what it covers, the questions, and what to hand out."""
        return [
            *self.files(),
            *([self.loop()] if self.stages else []),
            *([self.requirements()] if self.required else []),
            *([self.coverage()] if self.stages else []),
            *(self.competency(each) for each in self.kit.competencies if self.asked(each)),
            *self.samples(),
            *self.elsewhere(),
            *(self.handout(each) for each in self.kit.handouts if self.is_here(each)),
        ]

    def anchors_by_id(self) -> dict[str, tuple[str, str]]:
        """By id of a question or sample: the id of its element, and its text."""
        return {each.id: (self.anchors[each.id], self.said(each.text, each)) for each in self.own}

    def files(self) -> Iterator[nodes.Node]:
        """The place of the links to files, which a web page fills."""
        section = self.section("kits", "rb-kit", "Take a kit")
        section += nodes.paragraph(
            "",
            "A kit holds the stages with their questions, guides to what answers hold, a scorecard"
            " and the agenda of the debrief, for one level. The brief is for the candidate.",
        )
        section += self.renderer.box(KIT_FILES)
        yield section

    def loop(self) -> nodes.section:
        """The stages, with what the candidate is told."""
        section = self.section("loop", "rb-loop", "The loop")
        rows: list[list[list[nodes.Node]]] = []
        for stage in self.stages:
            title: list[nodes.Node] = [self.line(stage.title, stage)]
            if who := self.scope(stage.scope):
                title.append(nodes.paragraph("", who, classes=["rb-scope"]))
            rows.append(
                [
                    title,
                    [nodes.paragraph("", minutes(stage.minutes))],
                    [self.line(stage.people, stage)],
                    [self.renderer.paragraph(item) for item in stage.candidate],
                ]
            )
        heads = ("Stage", "Time", "With", "What the candidate is told")
        section += _table("The loop", heads, rows, (18, 12, 20, 50))
        section += nodes.paragraph(
            "",
            "About two thirds of a stage are for questions; the rest is for the opening, the"
            " candidate's own questions and the close.",
        )
        return section

    def requirements(self) -> nodes.section:
        """Each must-have, with what assesses it."""
        section = self.section("must-haves", "rb-must-haves", "What assesses each must-have")
        rows: list[list[list[nodes.Node]]] = []
        for asked in self.required:
            line: list[nodes.Node] = [self.renderer.paragraph(asked.item)]
            if who := ", ".join(asked.names):
                line.append(nodes.paragraph("", who, classes=["rb-scope"]))
            links = nodes.bullet_list(
                "",
                *(
                    nodes.list_item("", nodes.paragraph("", "", self.link(each)))
                    for each in asked.assessments
                ),
            )
            rows.append([line, [links] if links.children else [nodes.paragraph("", "Nothing yet")]])
        heads = ("Must-have", "Assessed by")
        section += _table("What assesses each must-have", heads, rows, (45, 55))
        return section

    def coverage(self) -> nodes.section:
        """How many questions and samples each stage has for each competency."""
        section = self.section("coverage", "rb-coverage", "Coverage")
        stages = {s.id: self.said(s.title, s) for s in reversed(self.stages)}
        ids = list(dict.fromkeys(stage.id for stage in self.stages))
        offered = {each.id: each for loop in self.loops for each in (*loop.asked, *loop.reserve)}
        rows: list[list[list[nodes.Node]]] = []
        for competency in self.kit.competencies:
            asked = [each for each in offered.values() if each.competency == competency.id]
            counts = [sum(each.stage == id_ for each in asked) for id_ in ids]
            if any(counts):
                row: list[list[nodes.Node]] = [[self.titled(competency)]]
                row += [[nodes.paragraph("", str(count or "–"))] for count in counts]
                rows.append(row)
        heads = ("Competency", *(stages[id_] for id_ in ids))
        widths = (40, *(60 // len(ids) for _ in ids))
        section += nodes.paragraph(
            "",
            "The number of questions and work samples by stage. A kit for one level asks some of"
            " them and keeps the others in reserve.",
        )
        section += _table("Coverage", heads, rows, widths)
        return section

    def linked(self, each: Assessment) -> nodes.list_item:
        """What stands for a question whose card is on another page."""
        line = nodes.list_item("", nodes.paragraph("", "", self.link(each)))
        line["ids"], line["classes"] = [self.anchors[each.id]], ["rb-question-link"]
        return line

    def titled(self, competency: Competency) -> nodes.paragraph:
        """A competency's title, which leads to its questions if the page has some."""
        title = self.said(competency.title, competency)
        if not self.asked(competency):
            return nodes.paragraph("", title)
        return nodes.paragraph("", "", self.refer(self.competency_ids[competency.id], title))

    def competency(self, competency: Competency) -> nodes.section:
        """A competency with its questions."""
        section = self.renderer.section(
            self.competency_ids[competency.id],
            "rb-competency",
            competency.title,
            competency,
            in_template=False,
        )
        section += self.renderer.items("", competency.items)
        for question in self.asked(competency):
            section += self.question(question)
        return section

    def asked(self, competency: Competency) -> list[Question]:
        """The page's own questions about a competency."""
        own = (each for each in self.own if isinstance(each, Question))
        return [question for question in own if question.competency == competency.id]

    def is_here(self, handout: Handout) -> bool:
        """Whether a handout belongs on this page: one for all roles is told on the role's."""
        is_general = not (self.page.variant or handout.scope)
        return handout.origin.file == self.page.origin.file or is_general

    def question(self, question: Question) -> nodes.Element:
        """A card: the question, its probes, and what answers of each grade hold."""
        card = self.card(question, [question.kind.value])
        if question.probes:
            card += nodes.paragraph("", "Probes", classes=["rb-kit-label"])
            card += self.renderer.items("", question.probes)
        card += self.grades(question.answers)
        if question.warnings:
            card += nodes.paragraph("", "Warning signs", classes=["rb-kit-label"])
            warnings = self.renderer.items("", question.warnings)
            card += self.renderer.box("rb-warnings", *warnings)
        return card

    def samples(self) -> Iterator[nodes.Node]:
        """The work samples, with their rubrics."""
        samples = [each for each in self.own if isinstance(each, Sample)]
        if not samples:
            return
        section = self.section("work-samples", "rb-samples", "Work samples")
        for sample in samples:
            section += self.sample(sample)
        yield section

    def elsewhere(self) -> Iterator[nodes.Node]:
        """Links to the questions of the kit that stand on other pages, a list for each page."""
        pages = {
            page.origin.file: page
            for page in self.renderer.catalog.kit_pages(self.role)
            if page.origin.file != self.page.origin.file
        }
        offered = {each.id for loop in self.loops for each in (*loop.asked, *loop.reserve)}
        section = self.section("elsewhere", "rb-elsewhere", "Also in this kit")
        for file, page in pages.items():
            lines = [
                self.linked(each)
                for each in self.kit.assessments
                if each.origin.file == file and each.id in offered
            ]
            if lines:
                section += nodes.rubric("", self.said(page.heading, page))
                section += nodes.bullet_list("", *lines)
        if len(section.children) > 1:
            yield section

    def sample(self, sample: Sample) -> nodes.Element:
        """A card: the brief, the rubric, and the rules."""
        titles = {each.id: self.said(each.title, each) for each in self.kit.competencies}
        card = self.card(sample, [titles.get(sample.competency, "")])
        card += nodes.paragraph("", "What the candidate is told", classes=["rb-kit-label"])
        pay = [sample.pay] if sample.pay else []
        told = (*sample.brief, sample.ai_use, sample.adjustments, *pay)
        card += self.renderer.items("", told)
        rows = [
            [
                [self.renderer.paragraph(row.name)],
                *([self.renderer.paragraph(row.grades[grade])] for grade in Grade),
            ]
            for row in sample.criteria
        ]
        heads = ("Judged by", *(grade.capitalize() for grade in Grade))
        card += _table(f"Rubric: {sample.text}", heads, rows, (19, 27, 27, 27))
        return card

    def grades(self, answers: Mapping[Grade, Item]) -> nodes.definition_list:
        """What each grade holds."""
        return nodes.definition_list(
            "",
            *(
                nodes.definition_list_item(
                    "",
                    nodes.term("", grade.capitalize(), classes=[f"rb-grade-{grade}"]),
                    nodes.definition("", self.renderer.paragraph(answers[grade])),
                )
                for grade in Grade
            ),
            classes=["rb-grades"],
        )

    def card(self, each: Assessment, facts: Sequence[str]) -> nodes.Element:
        """What cards of questions and samples have in common."""
        card = self.renderer.box("rb-question")
        title = nodes.rubric(each.text, "", *self.renderer.leaf(each.text, each))
        title["heading-level"] = 3
        self.renderer.name(title, self.anchors[each.id])
        self.renderer.mark(title, each.text)
        card += self.renderer.place(title, each.origin)
        stages = {s.id: self.said(s.title, s) for s in reversed(self.stages)}
        told = [stages.get(each.stage, each.stage), *facts, time_of(each)]
        if who := self.scope(each.scope):
            told.append(who)
        card += nodes.paragraph("", " · ".join(told), classes=["rb-kit-facts"])
        return card

    def handout(self, handout: Handout) -> nodes.section:
        """A text to hand out; the candidate's brief says that the stages go with it."""
        id_ = self.renderer.free(handout.id)
        section = self.renderer.section(
            id_, "rb-handout", handout.title, handout, in_template=False
        )
        if handout.id == BRIEF:
            section += nodes.paragraph(
                "", "The file for the candidate begins with the stages as the loop above has them."
            )
        section += self.renderer.items("", handout.items)
        return section

    # Parts

    def section(self, id_: str, name: str, title: str) -> nodes.section:
        """A section of the page that the kit's role stands for."""
        return self.renderer.section(
            self.renderer.free(id_), name, title, self.role, in_template=False
        )

    def line(self, text: str, owner: Stage) -> nodes.Element:
        """A line that was written in the kit."""
        node = nodes.paragraph(text, "", *self.renderer.leaf(text, owner))
        return self.renderer.place(self.renderer.mark(node, text), owner.origin)

    def said(self, text: str, owner: Placed) -> str:
        """A line of the kit in words alone, for a link to it and among others."""
        return link_text(self.renderer.directive.env, text, owner.origin)

    def link(self, each: Assessment) -> nodes.Element:
        """A link to a question's or a sample's card."""
        text = self.said(each.text, each)
        if each.origin.file == self.page.origin.file:
            return self.refer(self.anchors[each.id], text)
        key = f"{each.origin.entity.partition('/')[0]}/{each.id}"
        return self.renderer.refer("question", key, text)

    def refer(self, id_: str, text: str) -> nodes.reference:
        """A link to something on this page."""
        return nodes.reference("", text, internal=True, refid=id_)

    def require(self, item: Item) -> Required:
        """Which variants ask for a must-have, and what assesses it there."""
        found: dict[str, Assessment] = {}
        choices = []
        for loop in self.loops:
            for other, assessments in loop.by_requirement:
                if other is item or other == item:
                    found.update((each.id, each) for each in assessments)
                    choices.append(loop.kit.choice)
        # What comes with a level comes with it whatever else is chosen.
        plain = [choice for choice in choices if len(choice) < 2]
        keys = dict.fromkeys([*choice.items()][-1] for choice in plain or choices if choice)
        everyone = plain and len(plain) == sum(len(loop.kit.choice) < 2 for loop in self.loops)
        variants = self.renderer.catalog.variants_of(self.role)
        names = [] if everyone else [short_name(variants[key], self.role) for key in keys]
        return Required(item, tuple(names), tuple(found.values()))

    def scope(self, scope: Scope) -> str:
        """For whom something is, in words; empty if for all."""
        variants = self.renderer.catalog.variants_of(self.role)
        names = [
            short_name(variants[axis, id_], self.role)
            for axis, ids in scope.items()
            for id_ in ids
            if (axis, id_) in variants
        ]
        return ", ".join(dict.fromkeys(names))


def _table(
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Sequence[nodes.Node]]],
    widths: Sequence[int],
) -> list[nodes.Node]:
    """A table in a box that scrolls where the page is narrow, with the arrow keys too."""
    head = nodes.row("", *(nodes.entry("", nodes.paragraph("", text)) for text in heads))
    body = nodes.tbody(
        "", *(nodes.row("", *(nodes.entry("", *cell) for cell in row)) for row in rows)
    )
    specs = [nodes.colspec(colwidth=width) for width in widths]
    specs[0]["stub"] = 1
    group = nodes.tgroup("", *specs, nodes.thead("", head), body, cols=len(specs))
    table = nodes.table("", group, classes=[KIT_TABLE, "longtable", WIDE])
    return boxed(table, title)


def element_id(each: Assessment) -> str:
    """The id of what stands for a question or a sample on a page of its kit."""
    return f"{'sample' if isinstance(each, Sample) else 'question'}-{each.id}"
