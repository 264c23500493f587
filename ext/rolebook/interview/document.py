"""A loop as documents to print and to hand out: rows of blocks, the same for every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rolebook.interview.loop import Loop, StagePlan
from rolebook.interview.model import Assessment, Grade, Handout, Question, Sample
from rolebook.model import Item

BRIEF = "candidate-brief"
"""The handout that goes to the candidate; the others go to the interviewers."""

NO_EVIDENCE = "no evidence"
SCORES = (*Grade, NO_EVIDENCE)
"""What can be ticked: a competency that did not come up is not a weak one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``depth`` 1 is the document's title. With ``new_page``, it begins a page."""

    depth: int
    text: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of inline Markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; its lines are inline Markdown."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of heads; ``widths`` are per cent. With ``to_write_in``, rows are high."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    to_write_in: bool = False


@dataclass(frozen=True, slots=True)
class Ticks:
    """A label with boxes to tick."""

    label: str
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blanks:
    """Labels with room to write behind them; with ``tall``, room for some sentences."""

    labels: tuple[str, ...]
    tall: bool = False


Block = Heading | Text | Bullets | Table | Ticks | Blanks


@dataclass(frozen=True, slots=True)
class KitDocument:
    """A document of a kit: its title and language (BCP 47), and its blocks."""

    title: str
    language: str
    blocks: tuple[Block, ...]


def kit_document(loop: Loop, title: str, language: str) -> KitDocument:
    """All that interviewers need for one opening; ``title`` is that of the template."""
    name = f"Interview kit: {title}"
    return KitDocument(name, language, (Heading(1, name), *_kit(loop)))


def brief_document(loop: Loop, title: str, language: str) -> KitDocument:
    """What the candidate is told beforehand."""
    name = f"Your interviews: {title}"
    return KitDocument(name, language, (Heading(1, name), *_brief(loop)))


def titles(loop: Loop) -> dict[str, str]:
    """The titles of competencies by id."""
    return {each.id: each.title for each in loop.kit.competencies}


def minutes(count: int) -> str:
    """A time in words."""
    return f"{count} minute{'' if count == 1 else 's'}"


def time_of(each: Assessment) -> str:
    """The time for a question or a work sample, in words."""
    if not each.minutes:
        return "the whole stage"
    return f"at most {minutes(each.minutes)}" if isinstance(each, Sample) else minutes(each.minutes)


def _kit(loop: Loop) -> Iterator[Block]:
    names = titles(loop)
    yield Heading(2, "The loop")
    yield Table(
        ("Stage", "Time", "With", "Competencies"),
        (20, 15, 25, 40),
        tuple(
            (
                plan.stage.title,
                minutes(plan.stage.minutes),
                plan.stage.people,
                ", ".join(dict.fromkeys(names.get(each.competency, "") for each in plan.asked)),
            )
            for plan in loop.plans
        ),
    )
    yield Heading(2, "Coverage")
    yield _coverage(loop)
    yield Heading(2, "What assesses each must-have")
    yield Table(
        ("Must-have", "Assessed by"),
        (50, 50),
        tuple((item.text, _by(loop, found)) for item, found in loop.by_requirement),
    )
    for number, plan in enumerate(loop.plans, start=1):
        yield from _stage(number, plan, names)
    yield from _scorecard(loop)
    for handout in loop.kit.handouts:
        if handout.id != BRIEF:
            yield from _handout(handout)


def _coverage(loop: Loop) -> Table:
    """How many questions and samples each stage asks for each competency."""
    asked = {each.competency for each in loop.asked}
    share = 60 // max(1, len(loop.plans))
    return Table(
        ("Competency", *(plan.stage.title for plan in loop.plans)),
        (100 - share * len(loop.plans), *(share for _ in loop.plans)),
        tuple(
            (
                competency.title,
                *(
                    str(sum(each.competency == competency.id for each in plan.asked) or "–")
                    for plan in loop.plans
                ),
            )
            for competency in loop.kit.competencies
            if competency.id in asked
        ),
    )


def _by(loop: Loop, assessments: Iterable[Assessment]) -> str:
    stages = {stage.id: stage.title for stage in loop.kit.stages}
    asked = [each for each in assessments if each in loop.asked]
    return "; ".join(f"{each.text} ({stages[each.stage]})" for each in asked) or "Not in this loop"


def _stage(number: int, plan: StagePlan, names: dict[str, str]) -> Iterator[Block]:
    stage = plan.stage
    heading = f"{number}. {stage.title}, {minutes(stage.minutes)}"
    yield Heading(2, heading, new_page=True)
    yield Text(f"**With:** {stage.people}")
    yield Blanks(("Candidate", "Interviewer", "Date"))
    if stage.interviewers:
        yield Bullets(_lines(stage.interviewers))
    for sample in plan.samples:
        yield from _sample(sample, names)
    for question in plan.questions:
        yield from _question(question, names)
    if plan.reserve:
        yield Heading(3, "In reserve")
        yield Text("To ask instead, once a question has got around. Their guides are on the page.")
        yield Bullets(tuple(f"{each.text} ({time_of(each)})" for each in plan.reserve))


def _question(question: Question, names: dict[str, str]) -> Iterator[Block]:
    yield Heading(3, question.text)
    competency = names.get(question.competency, "")
    yield Text(f"{competency} · {question.kind} · {time_of(question)}")
    yield Bullets(tuple(f"Probe: {text}" for text in _lines(question.probes)))
    yield Table(
        tuple(grade.capitalize() for grade in Grade),
        (33, 33, 34),
        (tuple(question.answers[grade].text for grade in Grade),),
    )
    if question.warnings:
        yield Bullets(tuple(f"Warning sign: {text}" for text in _lines(question.warnings)))
    yield Ticks("Score", SCORES)
    yield Blanks(("Evidence, in the candidate's words",), tall=True)


def _sample(sample: Sample, names: dict[str, str]) -> Iterator[Block]:
    yield Heading(3, sample.text)
    yield Text(f"{names.get(sample.competency, '')} · work sample · {time_of(sample)}")
    yield Text("**The candidate is told:**")
    pay = [sample.pay] if sample.pay else []
    yield Bullets(_lines((*sample.brief, sample.ai_use, sample.adjustments, *pay)))
    yield Table(
        ("Judged by", *(grade.capitalize() for grade in Grade), "Score"),
        (18, 24, 24, 24, 10),
        tuple(
            (row.name.text, *(row.grades[grade].text for grade in Grade), "")
            for row in sample.criteria
        ),
    )
    yield Blanks(("Evidence",), tall=True)


def _scorecard(loop: Loop) -> Iterator[Block]:
    yield Heading(2, "Scorecard", new_page=True)
    yield Blanks(("Candidate", "Interviewer", "Date"))
    yield Text(
        "One for each interviewer, filled in alone and before anyone talks. Tick a score only for"
        " what came up, and write the evidence behind it."
    )
    asked = {each.competency for each in loop.asked}
    yield Table(
        ("Competency", "Weak", "Fair", "Strong", "No evidence", "Evidence"),
        (24, 8, 8, 8, 12, 40),
        tuple(
            (each.title, "☐", "☐", "☐", "☐", "")
            for each in loop.kit.competencies
            if each.id in asked
        ),
        to_write_in=True,
    )
    yield Ticks("Every must-have met", ("yes", "no", "not known"))
    yield Blanks(("Which is not, and what was said",), tall=True)


def _handout(handout: Handout) -> Iterator[Block]:
    yield Heading(2, handout.title, new_page=True)
    yield from _items(handout.items)


def _brief(loop: Loop) -> Iterator[Block]:
    for number, plan in enumerate(loop.plans, start=1):
        stage = plan.stage
        yield Heading(2, f"{number}. {stage.title}, {minutes(stage.minutes)}")
        yield Text(f"With: {stage.people}")
        rules = [rule for each in plan.samples for rule in (each.ai_use, each.adjustments)]
        yield Bullets(_lines((*stage.candidate, *rules)))
    for handout in loop.kit.handouts:
        if handout.id == BRIEF:
            yield Heading(2, "How we judge, and what you can ask for")
            yield from _items(handout.items)


def _items(items: Sequence[Item]) -> Iterator[Block]:
    """Paragraphs and lists, one list for each run of list items."""
    run: list[str] = []
    for item in items:
        if item.kind == "paragraph":
            if run:
                yield Bullets(tuple(run))
                run = []
            yield Text(item.text)
        else:
            run.append(item.text)
    if run:
        yield Bullets(tuple(run))


def _lines(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.text for item in items)
