"""The blocks of a page: where each begins and ends, and its options.

markdown-it-py finds the fences, as MyST will find them again when it renders the page.
What is wrong with one is reported and mended in memory, so that one slip gives one
finding and the blocks after it are still read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from rolebook.diagnostics import Code, Diagnostic, diagnostic, known, nearest
from rolebook.model import Axis
from rolebook.placeholders import fold

DOMAIN = "job"
PAY_LISTINGS = ("pay", "pay-levels", "pay-areas", "pay-world", "pay-sources")
"""Those of the listings that show figures of pay."""

LISTINGS = ("card", "roles", "role-index", "variants", "compare", "jurisdictions", *PAY_LISTINGS)
"""Directives that show entities on any page; the reader passes over them."""

_SCOPE = tuple(axis.value for axis in Axis)
_ASSESSMENT = ("id", "competency", "stage", "minutes", "assesses", *_SCOPE)

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "role": ("family", "skills", "noun", "extends", "related", "language", "order"),
    "variant": ("axis", "extends", "applies-to", "title", "order"),
    "section": ("id", "kind", "group", "after"),
    "patch": ("remove", "after", "title", "group", "drop", "overrides"),
    "placeholder": ("label", "choices", "multiple", "default", "help", "detail", "codes"),
    "rules": (
        *("law", "employers", "in-force", "amended", "pay", "open-ended", "single-figure"),
        *("maximum-width", "exempt-above", "benefits", "other-pay", "deadline", "ai-statement"),
        *("vacancy-status", "forbids", "requires", "sources", "checked", "confidence"),
    ),
    "note": (),
    "faq": (),
    "interview": ("remove",),
    "competency": ("id",),
    "stage": ("id", "minutes", "with", *_SCOPE),
    "question": (*_ASSESSMENT, "kind"),
    "sample": _ASSESSMENT,
    "handout": ("id",),
    "reviewed": ("due",),
    "skills": (),
}
"""The directives that are read for what they say, and the options of each."""

IN_PLACE = ("role", "variant", "interview", "reviewed", "skills")
"""Those of them that show something where they stand; the others are shown with their entity."""

HEADERS: Mapping[str, tuple[str, ...]] = {
    "role": ("section", "patch", "placeholder", "note", "faq", "rules"),
    "variant": ("section", "patch", "placeholder", "note", "faq", "rules"),
    "interview": ("competency", "stage", "question", "sample", "handout"),
}
"""The directives that begin a page's entity, and the blocks that can follow each."""

FLAGS = frozenset({"drop", "multiple"})

_FENCE = r"^(?P<indent> {0,3})(?P<fence>:{3,}|`{3,}|~{3,})[ \t]*"
_OPENER = re.compile(_FENCE + r"\{(?P<name>[^\s}]*)\}(?P<argument>.*)$")
# What was meant to open a block: a brace is missing, or letters are capital.
_NEAR_OPENER = re.compile(
    _FENCE + rf"\{{?\s*{DOMAIN}\s*:\s*(?P<name>[\w-]+)\s*\}}?(?P<argument>.*)$", re.IGNORECASE
)
_SHORT_OPENER = re.compile(
    rf"^(?P<indent> {{0,3}}):{{0,2}}\{{{DOMAIN}:(?P<name>[\w-]+)\}}(?P<argument>[^`]*)$"
)
_CLOSER = re.compile(r"^ {0,3}:{3,}\s*$")
_OPTION = re.compile(r"^(?P<indent>\s*):(?P<name>[A-Za-z][\w-]*):(?P<value>.*)$")
# What was meant as an option: one of the two colons is missing.
_NEAR_OPTION = re.compile(
    r"^\s*(?::(?P<opened>[A-Za-z][\w-]*)|(?P<closed>[A-Za-z][\w-]*):)(?:\s+(?P<value>.*))?$"
)
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:\s|$)")
_BARE = frozenset(OPTIONS) - {"note"}  # MyST has a `note` of its own


@dataclass(frozen=True, slots=True)
class Fenced:
    """A block of the job domain as written, its options with their lines.

    ``faulty`` if one of its options was reported: nothing then is missing. ``start`` and
    ``end`` are the places of its body in the reader's lines.
    """

    name: str
    argument: str
    line: int
    options: Mapping[str, tuple[str, int]]
    faulty: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """The lines of a block, ends included; of a stray fence if ``name`` is empty."""

    name: str
    argument: str
    first: int
    last: int


def might_hold_blocks(text: str) -> bool:
    """A quick look, so that ordinary pages cost nothing."""
    return f"{DOMAIN}:" in text.lower() or any(f"{{{name}}}" in text for name in _BARE)


@cache
def block_parser() -> MarkdownIt:
    """A Markdown parser for the structure of blocks alone."""
    # Only the block structure is wanted. Link definitions stay text: a template has no
    # place to keep them.
    parser = MarkdownIt("commonmark").use(colon_fence_plugin).use(front_matter_plugin)
    parser.core.ruler.disable("inline")
    return parser.disable("reference")


class Fences:
    """The fences of one page.

    ``numbers`` has the line in the file for each of ``lines``: mending a fence adds lines
    of our own. ``listed`` are the roles named by cards and lists, with the axis of those
    that are compared and with their lines; ``asked`` the names and arguments of listings
    of pay with their lines; ``stray`` the lines of fences that close
    nothing; ``spans`` the lines of all blocks.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.numbers = list(range(1, len(self.lines) + 1))
        self.found: list[Diagnostic] = []
        self.listed: list[tuple[str, Axis | None, int]] = []
        self.asked: list[tuple[str, str, int]] = []
        self.stray: list[int] = []
        self.spans: list[Span] = []
        self.lost = False
        self._holds_blocks = f"{{{DOMAIN}:" in text
        # Lines of blocks that open inside others.
        self._nested: set[int] = set()

    def report(self, line: int, code: Code, message: str, remedy: str) -> None:
        """Note a finding at a line of the file."""
        self.found.append(diagnostic(self.file, line, code, message, remedy))

    def read(self) -> tuple[list[Token], list[Fenced]]:
        """The page's tokens and its blocks.

        When a fence is broken it is mended in memory and the page parsed again, so that
        one slip gives one finding and the blocks after it are still read.
        """
        while True:
            tokens = block_parser().parse("\n".join(self.lines))
            fences = [t for t in tokens if t.type in ("colon_fence", "fence")]
            if not any(self._mend(token) for token in tokens if not token.level):
                return tokens, [block for fence in fences for block in self._fenced(fence)]

    def _mend(self, token: Token) -> bool:
        """Report and repair a broken fence; True if the page must be parsed again."""
        start = token.map[0] if token.map else 0
        if token.type == "paragraph_open" and (short := _SHORT_OPENER.match(self.lines[start])):
            self._mend_opener(start, short, ":::")
            return True
        return token.type in ("colon_fence", "fence") and self._mend_fence(token)

    def _mend_opener(self, place: int, near: re.Match[str], fence: str) -> None:
        right = f"{fence}{{{DOMAIN}:{near['name'].lower()}}}"
        self.report(
            self.numbers[place],
            Code.UNKNOWN_DIRECTIVE,
            f"'{self.lines[place].strip()}' opens no block of Rolebook.",
            f"Begin the line with '{right}'.",
        )
        self.lines[place] = f"{near['indent']}{right} {near['argument']}"

    def _mend_fence(self, fence: Token) -> bool:
        start, end = fence.map or (0, 0)
        line = self.numbers[start]
        if fence.type == "colon_fence" and not fence.info.strip():
            self._drop_stray(start, fence.markup)
            return True
        opened = _OPENER.match(self.lines[start])
        near = _NEAR_OPENER.match(self.lines[start])
        if near is not None and (opened is None or not _is_ours(opened)):
            self._mend_opener(start, near, near["fence"])
            return True
        ours = self._directive(fence) is not None
        closed = end - 1 > start and _closes(self.lines[end - 1], fence.markup)
        inner = next(
            (p for p in range(start + 1, end) if self._opens(p, None if ours else fence, closed)),
            end,
        )
        if ours and (place := self._short_closer(start, inner, fence.markup)):
            self._unclosed(line, opened, fence.markup)
            self.lines[place] = fence.markup
            return True
        if inner == end and (closed or not ours):
            return False
        # A heading cannot stand in a block, so one there says where the block should end.
        place = next(
            (p for p in range(start + 1, inner) if ours and _HEADING.match(self.lines[p])), inner
        )
        inside = _OPENER.match(self.lines[inner]) if place == inner < end else None
        if inside is None or not (ours or closed):
            self._unclosed(line, opened, fence.markup)
        else:
            self._nested.add(self.numbers[inner])
            self.report(
                self.numbers[inner],
                Code.NESTED_FENCE,
                f"A {{{inside['name']}}} block opens inside the"
                f" {_label(opened, fence.markup)} block of line {line}.",
                f"Close that one first: '{fence.markup}' on a line of its own above this one.",
            )
        self.lines.insert(place, fence.markup)
        self.numbers.insert(place, self.numbers[place - 1])
        return True

    def _drop_stray(self, place: int, markup: str) -> None:
        """Take out a fence that closes nothing, and report it.

        That of a block around another one is not reported again.
        """
        line = self.numbers[place]
        before = (p for p in reversed(range(place)) if _OPENER.match(self.lines[p]))
        opener = self.numbers[next(before, 0)]
        if opener in self._nested:
            self._nested.remove(opener)
        else:
            text = next((t for t in reversed(self.lines[:place]) if t.strip()), ":::")
            # Text before it was to be part of a block. What block, nobody knows.
            self.lost = self.lost or not _CLOSER.match(text)
            self.report(
                line,
                Code.STRAY_FENCE,
                f"This '{markup}' closes no block, so it opens one that hides what follows.",
                "Delete it, or open the block that it should close.",
            )
        self.stray.append(line)
        self.spans.append(Span("", "", line, line))
        self.lines[place] = ""

    def _unclosed(self, line: int, opened: re.Match[str] | None, markup: str) -> None:
        self.report(
            line,
            Code.UNCLOSED_FENCE,
            f"The {_label(opened, markup)} block is never closed.",
            f"Put '{markup}' on a line of its own below its last line.",
        )

    def _opens(self, place: int, other: Token | None, closed: bool) -> bool:
        """Whether a line opens a block, seen from inside one of ours or some ``other`` fence.

        The latter may show our notation, but not where our fence would end it.
        """
        opener = _OPENER.match(self.lines[place])
        if opener is None or other is None:
            return opener is not None
        return _is_ours(opener) and (not closed or opener["fence"].startswith(other.markup))

    def _short_closer(self, start: int, end: int, markup: str) -> int | None:
        """The place of colons that are too few to close a block."""
        if markup[0] != ":":
            return None
        short = re.compile(rf" {{0,3}}:{{1,{len(markup) - 1}}}\s*")
        return next((p for p in range(start + 1, end) if short.fullmatch(self.lines[p])), None)

    def _directive(self, fence: Token) -> str | None:
        """The name of the job directive a fence opens or is meant to, without its domain.

        A bare name is meant so where the page has other blocks of ours.
        """
        opened = _OPENER.match(fence.markup + fence.info.strip())
        if opened is None:
            return None
        if _is_ours(opened):
            return opened["name"].removeprefix(f"{DOMAIN}:")
        return opened["name"] if opened["name"] in _BARE and self._holds_blocks else None

    def _fenced(self, fence: Token) -> Iterator[Fenced]:
        opened = _OPENER.match(fence.markup + fence.info.strip())
        if opened is None or fence.map is None:
            return
        line = self.numbers[fence.map[0]]
        name = self._directive(fence)
        if opened["name"] in _BARE:
            self.report(
                line,
                Code.BARE_DIRECTIVE,
                f"'{{{opened['name']}}}' is not a directive of Rolebook.",
                f"Write '{{{DOMAIN}:{opened['name']}}}'.",
            )
        elif name is not None and name not in OPTIONS and name not in LISTINGS:
            self.report(
                line,
                Code.UNKNOWN_DIRECTIVE,
                f"There is no block '{{{DOMAIN}:{name}}}'.",
                known(name, [*OPTIONS, *LISTINGS], "block"),
            )
            name = nearest(name, [*OPTIONS, *LISTINGS])
        if name in ("card", "variants"):
            self.listed.append((fold(opened["argument"]), None, line))
        elif name == "compare":
            self._compared(fold(opened["argument"]), line)
        elif name == "roles" and (axis := fold(opened["argument"])):
            self._named_axis(axis, line, "list")
        elif name in PAY_LISTINGS:
            self.asked.append((name, fold(opened["argument"]), line))
        if name is None or name not in OPTIONS:
            return
        if fence.level:
            self.report(
                line,
                Code.MISPLACED_BLOCK,
                f"This '{name}' stands inside a list or a quotation.",
                "Begin its line at the left margin.",
            )
            return
        found = len(self.found)
        start, end = fence.map[0] + 1, fence.map[1] - 1
        options, start = self._options(name, start, end)
        faulty = len(self.found) > found
        argument = fold(opened["argument"])
        self.spans.append(Span(name, argument, line, self.numbers[end]))
        yield Fenced(name, argument, line, options, faulty, start, end)

    def _compared(self, argument: str, line: int) -> None:
        role, axis = split_compared(argument)
        self.listed.append((role, self._named_axis(axis, line, "compare"), line))

    def _named_axis(self, name: str, line: int, purpose: str) -> Axis | None:
        """The axis of this name; none, and a finding, if there is no such axis."""
        if name in [*Axis]:
            return Axis(name)
        message = f"There is no axis '{name}' to {purpose}."
        self.report(line, Code.BAD_VALUE, message, known(name, Axis, "axis"))
        return None

    def _options(self, block: str, start: int, end: int) -> tuple[dict[str, tuple[str, int]], int]:
        """The options of the block whose lines these are, and where its body starts.

        An unknown one counts as the one that was probably meant.
        """
        options: dict[str, tuple[str, int]] = {}
        guesses: dict[str, tuple[str, int]] = {}
        indent = len(self.lines[start - 1]) - len(self.lines[start - 1].lstrip(" "))
        apart = malformed = False
        for place in range(start, end):
            text, line = self.lines[place], self.numbers[place]
            option = _OPTION.match(text)
            if option is None and not apart and (near := self._near_option(block, text, line)):
                name, value = near
                self._take_option(name, value, line, options)
                start = place + 1
                continue
            if option is None or (apart and option["name"] not in OPTIONS[block]):
                if text.strip():
                    break
                apart = True
                continue
            start = place + 1
            name, value = option["name"], fold(option["value"])
            if name not in OPTIONS[block]:
                self._unknown_option(block, name, line)
                if (meant := nearest(name, OPTIONS[block])) and bool(value) != (meant in FLAGS):
                    guesses[meant] = (value, line)
                continue
            spaced = option["value"][:1] in ("", " ", "\t")
            if not malformed and (apart or len(option["indent"]) > indent or not spaced):
                malformed = True
                self.report(
                    line,
                    Code.MALFORMED_OPTION,
                    f"':{name}:' is not written as an option.",
                    "Write options at the line's start directly below the fence, with a space"
                    " before the value.",
                )
            self._take_option(name, value, line, options)
        return guesses | options, start

    def _near_option(self, block: str, text: str, line: int) -> tuple[str, str] | None:
        """The option that a line lacks one colon to be, reported; none if it is text."""
        near = _NEAR_OPTION.match(text)
        name = (near["opened"] or near["closed"]) if near else None
        if near is None or name not in OPTIONS[block]:
            return None
        value = fold(near["value"] or "")
        self.report(
            line,
            Code.MALFORMED_OPTION,
            f"'{text.strip()}' lacks a colon to be an option.",
            f"Write '{f':{name}: {value}'.strip()}'.",
        )
        return name, value

    def _unknown_option(self, block: str, name: str, line: int) -> None:
        takes = OPTIONS[block]
        self.report(
            line,
            Code.UNKNOWN_OPTION,
            f"A '{block}' block has no option ':{name}:'.",
            known(name, takes, "option") if takes else f"A '{block}' block takes no options.",
        )

    def _take_option(
        self, name: str, value: str, line: int, options: dict[str, tuple[str, int]]
    ) -> None:
        if name in options:
            self.report(
                line,
                Code.REPEATED_OPTION,
                f"':{name}:' stands on line {options[name][1]} already.",
                "Keep one of the two.",
            )
        elif not value and name not in FLAGS:
            self.lost = self.lost or name == "id"
            self.report(
                line,
                Code.BAD_VALUE,
                f"':{name}:' has no value.",
                f"Write it behind the colon, or delete the line: ':{name}: value'.",
            )
        elif value and name in FLAGS:
            self.report(
                line,
                Code.BAD_VALUE,
                f"':{name}:' takes no value, and here it has '{value}'.",
                f"Write ':{name}:' alone, or delete the line.",
            )
        else:
            options[name] = (value, line)


def split_compared(argument: str) -> tuple[str, str]:
    """The role and the axis that the argument of a ``compare`` names, level if it names none."""
    role, _, axis = argument.partition(" ")
    return role, axis or Axis.LEVEL.value


def add_options(examples: Mapping[str, str], missing: Iterable[str]) -> str:
    """A remedy for options that are missing, each with a value that it could have."""
    lines = (f"':{option}: {examples[option]}'" for option in missing)
    return f"Write below the directive, for example: {', '.join(lines)}."


def _is_ours(opened: re.Match[str]) -> bool:
    return opened["name"].startswith(f"{DOMAIN}:")


def _label(opened: re.Match[str] | None, markup: str) -> str:
    return f"{{{opened['name']}}}" if opened is not None else f"'{markup}'"


def _closes(line: str, markup: str) -> bool:
    return re.fullmatch(rf" {{0,3}}{markup[0]}{{{len(markup)},}}\s*", line) is not None
