"""The blocks of an interview kit: options and labelled lines -> :mod:`rolebook.interview.model`.

A line of these blocks begins with what it is, in bold: ``- **Strong:** Checks the labels
first.`` So the source reads as well on GitHub as it does here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from rolebook.diagnostics import Code, known
from rolebook.fences import Fenced, add_options
from rolebook.interview.model import (
    Competency,
    Criterion,
    Grade,
    Handout,
    Question,
    QuestionKind,
    Sample,
    Scope,
    Stage,
)
from rolebook.model import Axis, Item, Origin
from rolebook.placeholders import uses

LONGEST = 24 * 60
"""The most minutes that something in a kit can take: a day."""

_LABELLED = re.compile(r"\*\*(?P<label>[^*]+?):?\*\*:?\s*(?P<text>.*)")
_GRADES = tuple(grade.capitalize() for grade in Grade)
_AXES = tuple(axis.value for axis in Axis)
_NEEDED: Mapping[str, Mapping[str, str]] = {
    "competency": {"id": "judgement"},
    "stage": {"id": "structured", "minutes": "60", "with": "two engineers of the team"},
    "question": {
        "id": "first-look",
        "competency": "judgement",
        "stage": "structured",
        "minutes": "10",
        "kind": QuestionKind.BEHAVIOURAL,
    },
    "sample": {"id": "small-task", "competency": "judgement", "stage": "structured"},
    "handout": {"id": "brief"},
}
"""The options that each block cannot do without, each with a value that it could have."""

E = TypeVar("E", bound=StrEnum)


class BlockReader(Protocol):
    """What reading a block takes: see :class:`rolebook.reader._Reader`."""

    def report(self, line: int, code: Code, message: str, remedy: str) -> None:
        """Note a finding."""

    def origin(self, line: int) -> Origin:
        """Where something of this page was written."""

    def no_name(self, block: Fenced, what: str, example: str) -> None:
        """Report that a block's argument is missing."""

    def said(self, block: Fenced) -> tuple[Item, ...]:
        """The items of a block's body; reports an empty one."""

    def check_text(self, text: str, line: int) -> None:
        """Report what one line cannot hold."""

    def one_of(self, block: Fenced, option: str, values: type[E]) -> E | None:
        """An option with a closed list of values."""

    def id_list(self, block: Fenced, option: str) -> tuple[str, ...]:
        """An option that holds ids."""

    def id_option(self, block: Fenced, option: str) -> str | None:
        """An option that holds one id."""

    def fitting_id(self, value: str, line: int, what: str) -> str:
        """The value if it is an id; if not, it is reported and read on as one."""


@dataclass(slots=True)
class KitParts:
    """What has been read of a page's kit so far."""

    competencies: list[Competency] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    handouts: list[Handout] = field(default_factory=list)


def read_kit_block(reader: BlockReader, block: Fenced, parts: KitParts) -> None:
    """Read one block into ``parts``; what it lacks is reported, and it is left out then."""
    read = _Block(reader, block)
    read.check_options()
    match block.name:
        case "competency":
            parts.competencies += read.competency()
        case "stage":
            parts.stages += read.stage(parts.stages)
        case "question":
            parts.questions += read.question()
        case "sample":
            parts.samples += read.sample()
        case "handout":
            parts.handouts += read.handout()


class _Block:
    def __init__(self, reader: BlockReader, block: Fenced) -> None:
        self.reader = reader
        self.block = block
        self.misread = False
        """Whether a line was reported: what seems to be missing may stand there."""

    def competency(self) -> Iterator[Competency]:
        items = self.plain(self.reader.said(self.block))
        if id_ := self.named("title", "Keeping models in service"):
            origin = self.reader.origin(self.block.line)
            yield Competency(id_, self.block.argument, items, origin)

    def handout(self) -> Iterator[Handout]:
        items = self.plain(self.reader.said(self.block))
        if id_ := self.named("title", "Candidate's brief"):
            origin = self.reader.origin(self.block.line)
            yield Handout(id_, self.block.argument, {}, items, origin)

    def stage(self, others: Iterable[Stage]) -> Iterator[Stage]:
        lines = self.labelled(("Candidate", "Interviewers"))
        self.need({label for label, _ in lines}, ("Candidate",))
        id_, minutes = self.named("title", "Structured interview"), self.minutes()
        people, line = self.block.options.get("with", ("", self.block.line))
        self.check_line(people, line)
        if not (id_ and minutes and people):
            return
        stage = Stage(
            id=id_,
            title=self.block.argument,
            minutes=minutes,
            people=people,
            scope=self.scope(),
            candidate=_of(lines, "Candidate"),
            interviewers=_of(lines, "Interviewers"),
            origin=self.reader.origin(self.block.line),
        )
        other = next((o for o in others if o.id == id_ and _overlap(o.scope, stage.scope)), None)
        if other is None:
            yield stage
        else:
            self.report(
                self.block.line,
                Code.DUPLICATE_ID,
                f"The stage '{id_}' stands on line {other.origin.line} already.",
                "Give one of them another id, or let ':level:' tell them apart.",
            )

    def question(self) -> Iterator[Question]:
        lines = self.labelled(("Probe", *_GRADES, "Warning"))
        answers = self.grades(lines)
        self.need({label for label, _ in lines}, ("Probe", *_GRADES))
        kind = self.reader.one_of(self.block, "kind", QuestionKind)
        common = self.assessment("question", "What would you look at first?")
        if kind and common and len(answers) == len(Grade):
            yield Question(
                **common,
                kind=kind,
                probes=_of(lines, "Probe"),
                answers=answers,
                warnings=_of(lines, "Warning"),
            )

    def sample(self) -> Iterator[Sample]:
        labels = ("Brief", "Criterion", *_GRADES, "AI use", "Adjustments", "Pay")
        lines = self.labelled(labels)
        there = {label for label, _ in lines}
        self.need(there, ("Brief", "Criterion", "AI use", "Adjustments"))
        for label in ("AI use", "Adjustments", "Pay"):
            for other in (found := _of(lines, label))[1:]:
                self.twice(label, other, found[0])
        criteria = tuple(self.criteria(lines))
        common = self.assessment("title", "A small data set with a trap")
        if common and criteria and {"Brief", "AI use", "Adjustments"} <= there:
            yield Sample(
                **common,
                brief=_of(lines, "Brief"),
                criteria=criteria,
                ai_use=_of(lines, "AI use")[0],
                adjustments=_of(lines, "Adjustments")[0],
                pay=next(iter(_of(lines, "Pay")), None),
            )

    def criteria(self, lines: Sequence[tuple[str, Item]]) -> Iterator[Criterion]:
        """The rows of a rubric: a criterion's grades stand below it."""
        starts = [place for place, (label, _) in enumerate(lines) if label == "Criterion"]
        stray = next((i for label, i in lines[: min(starts, default=0)] if label in _GRADES), None)
        if stray:
            self.misread = True
            self.report(
                stray.origin.line,
                Code.INTERVIEW_LINE,
                "This grade stands above the first criterion.",
                "Put '- **Criterion:** what is judged' above it.",
            )
        # Without a criterion, the last end has no start.
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
            own = lines[start:end]
            grades = self.grades(own)
            missing = [name for name in _GRADES if name not in {label for label, _ in own}]
            if missing:
                self.missing(own[0][1].origin.line, "criterion", missing)
            else:
                yield Criterion(own[0][1], grades)

    def grades(self, lines: Sequence[tuple[str, Item]]) -> Mapping[Grade, Item]:
        """What stands behind each grade, once."""
        found: dict[Grade, Item] = {}
        again: list[tuple[str, Item, Item]] = []
        for label, item in lines:
            if label in _GRADES:
                first = found.setdefault(Grade(label.lower()), item)
                again += [(label, item, first)] if first is not item else []
        # The grades of another criterion, whose name is missing, are one slip.
        for label, item, first in again[:1] if self.block.name == "sample" else again:
            self.twice(label, item, first)
        return found

    def twice(self, label: str, item: Item, other: Item) -> None:
        """Report a line that can stand once."""
        grade = self.block.name == "sample" and label in _GRADES
        self.report(
            item.origin.line,
            Code.INTERVIEW_LINE,
            f"'{label}' stands on line {other.origin.line} already.",
            "Put '- **Criterion:** what is judged' above it, or join the two lines into one."
            if grade
            else "Join the two lines into one.",
        )

    def assessment(self, what: str, example: str) -> dict[str, Any]:
        """What questions and samples have in common; empty if something of it is missing."""
        id_ = self.named(what, example)
        whole_stage = self.block.name == "sample" and "minutes" not in self.block.options
        minutes = 0 if whole_stage else self.minutes()
        stage = self.reader.id_option(self.block, "stage")
        competency = self.reader.id_option(self.block, "competency")
        if not (id_ and stage and competency and (minutes or whole_stage)):
            return {}
        return {
            "id": id_,
            "text": self.block.argument,
            "competency": competency,
            "stage": stage,
            "minutes": minutes,
            "scope": self.scope(),
            "assesses": self.reader.id_list(self.block, "assesses"),
            "origin": self.reader.origin(self.block.line),
        }

    # Parts of blocks

    def named(self, what: str, example: str) -> str:
        """The block's id; empty if it, or what stands behind the directive, is missing."""
        argument = self.block.argument
        if not argument:
            self.reader.no_name(self.block, what, example)
        else:
            self.check_line(argument, self.block.line)
        value, line = self.block.options.get("id", ("", 0))
        if not value or not argument:
            return ""
        return self.reader.fitting_id(value, line, "id")

    def check_options(self) -> None:
        """Report the options that the block lacks."""
        needed = _NEEDED[self.block.name]
        missing = [option for option in needed if option not in self.block.options]
        if missing and not self.block.faulty:
            self.report(
                self.block.line,
                Code.MISSING_OPTION,
                f"This {self.block.name} does not give"
                f" {', '.join(f':{option}:' for option in missing)}.",
                add_options(needed, missing),
            )

    def minutes(self) -> int:
        """The minutes of the block; 0 if they are missing or wrong."""
        value, line = self.block.options.get("minutes", ("", 0))
        if not value:
            return 0
        if re.fullmatch(r"[0-9]{1,4}", value) and 0 < int(value) <= LONGEST:
            return int(value)
        self.report(
            line,
            Code.BAD_VALUE,
            f"'{value}' is not a time in minutes.",
            "Write a whole number: ':minutes: 10'.",
        )
        return 0

    def scope(self) -> Scope:
        """For which variants it is."""
        return {Axis(axis): ids for axis in _AXES if (ids := self.reader.id_list(self.block, axis))}

    def labelled(self, labels: Sequence[str]) -> list[tuple[str, Item]]:
        """The lines of the body with their labels, which are taken off."""
        lines: list[tuple[str, Item]] = []
        by_case = {label.lower(): label for label in labels}
        items = self.plain(self.reader.said(self.block))
        self.misread = not items
        for item in items:
            match = _LABELLED.fullmatch(item.text)
            label = by_case.get(" ".join(match["label"].lower().split())) if match else None
            self.misread = self.misread or label is None
            if match is None:
                self.report(
                    item.origin.line,
                    Code.INTERVIEW_LINE,
                    f"This line of a {self.block.name} does not say what it is.",
                    f"Begin it with one of {_bold(labels)}.",
                )
            elif label is None:
                self.report(
                    item.origin.line,
                    Code.INTERVIEW_LINE,
                    f"A {self.block.name} has no line '{match['label']}'.",
                    known(match["label"].capitalize(), labels, "line"),
                )
            elif not match["text"]:
                self.misread = True
                self.report(
                    item.origin.line,
                    Code.INTERVIEW_LINE,
                    f"Nothing stands behind '{label}'.",
                    "Write it, or delete the line.",
                )
            else:
                lines.append((label, replace(item, text=match["text"])))
        return lines

    def plain(self, items: Iterable[Item]) -> tuple[Item, ...]:
        """The items, after a look for what a kit has no use for."""
        kept = tuple(items)
        for item in kept:
            self.check_placeholders(item.text, item.origin.line)
        return kept

    def check_line(self, text: str, line: int) -> None:
        self.reader.check_text(text, line)
        self.check_placeholders(text, line)

    def check_placeholders(self, text: str, line: int) -> None:
        for use in uses(text):
            self.report(
                line,
                Code.UNSUPPORTED_MARKUP,
                f"A kit is not filled in, so '{{{{ {use.name} }}}}' would stay as it is.",
                "Say it in words.",
            )

    def need(self, there: set[str], labels: Sequence[str]) -> None:
        """Report the lines that the block lacks."""
        if missing := [label for label in labels if label not in there]:
            self.missing(self.block.line, self.block.name, missing)

    def missing(self, line: int, what: str, labels: Sequence[str]) -> None:
        if self.misread:
            return
        self.report(
            line,
            Code.INTERVIEW_INCOMPLETE,
            f"This {what} lacks {_bold(labels)}.",
            "Add a line for each: '- **Label:** text'.",
        )

    def report(self, line: int, code: Code, message: str, remedy: str) -> None:
        self.reader.report(line, code, message, remedy)


def _of(lines: Iterable[tuple[str, Item]], label: str) -> tuple[Item, ...]:
    return tuple(item for name, item in lines if name == label)


def _bold(labels: Sequence[str]) -> str:
    return ", ".join(f"'**{label}:**'" for label in labels)


def _overlap(one: Scope, other: Scope) -> bool:
    """Whether some choice of variants is in both."""
    return all(set(one[axis]) & set(other[axis]) for axis in one.keys() & other.keys())
