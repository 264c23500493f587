"""Markdown text -> the entities of one file, and what is wrong with it.

The one parser of Rolebook's structure: the command line and the Sphinx build both
read through here. markdown-it-py finds the blocks, as MyST will find them again when
it renders the page around the templates.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from markdown_it.token import Token

from rolebook.details import DETAILS
from rolebook.diagnostics import Code, Diagnostic, diagnostic, known
from rolebook.fences import (
    DOMAIN,
    HEADERS,
    OPTIONS,
    Fenced,
    Fences,
    Span,
    block_parser,
    might_hold_blocks,
)
from rolebook.inline import hidden_placeholders, markup_faults
from rolebook.interview.model import Interview
from rolebook.interview.read import KitParts, read_kit_block
from rolebook.model import (
    Axis,
    Block,
    Item,
    ItemKind,
    Note,
    Origin,
    Patch,
    Placeholder,
    Question,
    Review,
    Role,
    Rules,
    Section,
    SectionKind,
    SkillGroup,
    Variant,
)
from rolebook.names import ID, id_of, lower_first, words_of
from rolebook.placeholders import (
    BRACES,
    NAME,
    default_label,
    fold,
    malformed,
    slug,
    split_choices,
    uses,
)
from rolebook.reviews import read_review
from rolebook.rules import read_rules
from rolebook.vocabulary import read_skills

KIT = "/interview"
"""What the keys of pages of interview kits end in, where roles and variants have keys too."""

_ITEM_ID = re.compile(r"\s*\{#([^{}]*)\}\s*$")
_ID_NEARBY = re.compile(r"\{\s*#(?P<id>[^{}]*)(?P<end>\}|$)")
# What word processors write for a hyphen and a space, and a hyphen without the space.
_NEAR_BULLET = re.compile(r"^\s*([•·‣◦●▪]|-(?=[^\W\d_]))\s*")
# Blank, or a bullet of one line whose text no block rule of Markdown could take for its own.
_PLAIN_BULLET = re.compile(r"^(?:[ \t]*|- (?:[^\W\d_]|\{\{|\*\*\w).*)$")
_STRAY_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_COMMENT = re.compile(r"^(%|<!--)")

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Page:
    """What one file holds. ``header`` is its role, variant or interview kit, if it has one.

    ``placeholders`` are those of a file without a header: they hold everywhere.
    ``listed`` are the roles that cards and lists on the page name, with the axis of those
    whose variants it compares; ``asked`` the names and arguments of its listings of pay;
    ``review`` says when it was last read over; ``skill_groups`` are its lists of skills.
    ``broken`` are the keys of roles, variants and kits (with :data:`KIT`) that the page would
    have held, were it not for a finding; ``lost`` if a finding hides something of the page,
    such as a section, whose name is not known. ``digest`` is that of the file's bytes.
    """

    file: str
    header: Role | Variant | Interview | None = None
    placeholders: tuple[Placeholder, ...] = ()
    listed: tuple[tuple[str, Axis | None, Origin], ...] = ()
    asked: tuple[tuple[str, str, Origin], ...] = ()
    review: Review | None = None
    skill_groups: tuple[SkillGroup, ...] = ()
    broken: tuple[str, ...] = ()
    lost: bool = False
    spans: tuple[Span, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    digest: str = ""


@dataclass(slots=True)
class _Parts:
    """What has been read of a page's entity so far."""

    blocks: list[Block] = field(default_factory=list)
    placeholders: list[Placeholder] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    rules: list[Rules] = field(default_factory=list)
    kit: KitParts = field(default_factory=KitParts)


def read_bytes(file: str, data: bytes) -> Page:
    """Read a file's bytes; ``file`` is its path relative to the handbook's root."""
    return replace(_read_bytes(file, data), digest=hashlib.sha256(data).hexdigest())


def _read_bytes(file: str, data: bytes) -> Page:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # What of it can be guessed (UTF-16 has a NUL beside each letter) serves to know
        # what is missing from the handbook, not to build it.
        rest = read(file, data.decode("utf-8", "replace").replace("\0", ""))
        own = [rest.header.origin.entity] if rest.header else []
        broken = (*rest.broken, *own)
        return Page(file, broken=broken, diagnostics=(not_utf8(file, data, error),))
    return read(file, text)


def not_utf8(file: str, data: bytes, error: UnicodeDecodeError) -> Diagnostic:
    """The finding on a file that could not be decoded."""
    return diagnostic(
        file,
        data[: error.start].count(b"\n") + 1,
        Code.NOT_UTF8,
        f"This line holds the byte 0x{data[error.start]:02x}, which is not UTF-8 text.",
        "Save the file with the encoding UTF-8.",
    )


def read(file: str, text: str) -> Page:
    """Read a file's text; ``file`` is its path relative to the handbook's root."""
    if not might_hold_blocks(text):
        return Page(file)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _Reader(file, text).page()


class _Reader:
    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.fences = Fences(file, text)
        self.lines = self.fences.lines
        self.numbers = self.fences.numbers
        self.found = self.fences.found
        self.entity = ""
        self.broken: list[str] = []
        self.reviewed: Review | None = None
        self.skill_groups: tuple[SkillGroup, ...] = ()

    def report(self, line: int, code: Code, message: str, remedy: str) -> None:
        self.fences.report(line, code, message, remedy)

    def origin(self, line: int) -> Origin:
        return Origin(self.file, line, self.entity)

    # The page

    def page(self) -> Page:
        tokens, blocks = self.fences.read()
        self.review([block for block in blocks if block.name == "reviewed"])
        lists = [block for block in blocks if block.name == "skills"]
        blocks = [block for block in blocks if block.name not in ("reviewed", "skills")]
        header = next((block for block in blocks if block.name in HEADERS), None)
        self.vocabulary(lists, header)
        heading = self.heading(tokens, header)
        lede = self.lede(tokens, header)
        parts = _Parts()
        if header is None:
            for block in self.of_no_entity(blocks):
                self.read_block(block, parts)
            return self.result(None, tuple(parts.placeholders))
        id_ = self.header_id(header)
        if header.name != "interview":
            id_ = id_ or id_of(heading)
        extends = self.extends(header)
        self.entity = _key(header.name, id_, extends)
        blocks = self.of_first(header, blocks)
        if blocks[0] is header:
            self.loose_text(tokens, blocks)
        else:
            self.report(
                blocks[0].line,
                Code.MISPLACED_BLOCK,
                f"This '{blocks[0].name}' stands before the {header.name} that it belongs to.",
                f"Move the {header.name} block of line {header.line} above it.",
            )
        for block in blocks:
            if block is not header and self.belongs(block, header):
                self.read_block(block, parts)
        if header.name == "interview":
            return self.result(self.interview(header, id_, heading, lede, parts.kit), ())
        common: dict[str, Any] = {
            "id": id_,
            "heading": heading,
            "lede": lede,
            "summary": self.items(header),
            "blocks": tuple(parts.blocks),
            "placeholders": tuple(parts.placeholders),
            "notes": tuple(parts.notes),
            "questions": tuple(parts.questions),
            "origin": self.origin(header.line),
            "extends": extends,
        }
        entity = (
            self.role(header, common, parts.rules)
            if header.name == "role"
            else self.variant(header, common, parts.rules)
        )
        return self.result(entity if id_ else None, ())

    def header_id(self, header: Fenced) -> str:
        """What a header is the header of: an id or, of a kit for a variant, two with a slash."""
        ids = header.argument.split("/") if header.name == "interview" else [header.argument]
        if len(ids) > 2:
            self.report(
                header.line,
                Code.BAD_VALUE,
                f"'{header.argument}' names neither a role nor a variant of one.",
                "Write 'role' or 'role/variant'.",
            )
        return "/".join(self.fitting_id(id_, header.line, header.name) for id_ in ids[:2])

    def belongs(self, block: Fenced, header: Fenced) -> bool:
        """Whether a page of this header can hold the block; reports it if not."""
        if block.name in HEADERS[header.name]:
            return True
        home = next(name for name, held in HEADERS.items() if block.name in held)
        self.report(
            block.line,
            Code.MISPLACED_BLOCK,
            f"A '{block.name}' block is no part of {_A[header.name]}.",
            f"Move it to a page with {_A[home]}.",
        )
        return False

    def result(
        self, header: Role | Variant | Interview | None, placeholders: tuple[Placeholder, ...]
    ) -> Page:
        found = tuple(sorted(set(self.found)))
        return Page(
            self.file,
            header,
            placeholders,
            tuple((role, axis, self.origin(n)) for role, axis, n in self.fences.listed),
            tuple((name, argument, self.origin(n)) for name, argument, n in self.fences.asked),
            self.reviewed,
            self.skill_groups,
            tuple(self.broken),
            self.fences.lost,
            tuple(self.fences.spans),
            found,
        )

    def review(self, blocks: Sequence[Fenced]) -> None:
        """Read when the page was reviewed; reports each further block that says so."""
        for block in blocks[1:]:
            self.report(
                block.line,
                Code.SECOND_HEADER,
                f"Line {blocks[0].line} says already when this page was reviewed.",
                "Keep the later one.",
            )
        if blocks:
            self.reviewed = read_review(self, blocks[0])

    def vocabulary(self, blocks: Sequence[Fenced], header: Fenced | None) -> None:
        """Read the page's lists of skills; reports those beside an entity."""
        if header is None:
            self.skill_groups = tuple(read_skills(self, block) for block in blocks)
            return
        for block in blocks:
            self.report(
                block.line,
                Code.MISPLACED_BLOCK,
                f"A list of skills is no part of {_A[header.name]}.",
                "Move it to a page without role, variant or interview kit.",
            )

    def of_no_entity(self, blocks: Sequence[Fenced]) -> list[Fenced]:
        """The blocks that mean something on a page without a header; reports the others."""
        other = next((block for block in blocks if block.name != "placeholder"), None)
        # If a fence was in error, it was the header's.
        if other is not None and not self.fences.lost:
            self.fences.lost = True
            self.report(
                other.line,
                Code.MISPLACED_BLOCK,
                f"A '{other.name}' block belongs to {_homes(other.name)}, and this page has none.",
                "Put that block before it, or move it to such a page.",
            )
        return [block for block in blocks if block.name == "placeholder"]

    def of_first(self, header: Fenced, blocks: Sequence[Fenced]) -> list[Fenced]:
        """The blocks up to a second header; reports each further header."""
        others = [b for b in blocks if b.name in HEADERS and b is not header]
        for other in others:
            self.report(
                other.line,
                Code.SECOND_HEADER,
                f"This page already holds the {header.name} of line {header.line}.",
                f"Give this {other.name} a file of its own.",
            )
            extends = other.options.get("extends", ("", 0))[0]
            self.broken.append(_key(other.name, other.argument, extends))
        return [b for b in blocks if not others or b.line < others[0].line]

    def heading(self, tokens: Sequence[Token], header: Fenced | None) -> str:
        first = next(
            (place for place, token in enumerate(tokens) if token.type == "heading_open"), None
        )
        if first is not None and tokens[first].tag == "h1":
            span = tokens[first].map
            text = fold(tokens[first + 1].content)
            if header is None:
                return text
            if span and self.numbers[span[0]] < header.line:
                self.check_text(text, self.numbers[span[0]])
                return text
        if header is None:
            return ""
        name = words_of(header.argument) or "Name of the role"
        self.report(
            header.line,
            Code.MISSING_HEADING,
            f"No page heading stands before this {header.name}.",
            f"Begin the page with its name, for example '# {name}'.",
        )
        return name

    def lede(self, tokens: Sequence[Token], header: Fenced | None) -> str:
        """The first paragraph between the page's heading and its header block."""
        below_heading = False
        for place, token in enumerate(tokens):
            span = token.map
            if header is None or (span and self.numbers[span[0]] >= header.line):
                break
            below_heading = below_heading or token.type == "heading_open"
            if below_heading and token.type == "paragraph_open" and not token.level:
                text = fold(tokens[place + 1].content)
                if not _COMMENT.match(text):
                    return text
        return ""

    def loose_text(self, tokens: Sequence[Token], blocks: Sequence[Fenced]) -> None:
        # Once in each gap; a stray fence there is what went wrong with the text before it.
        fences = [block.line for block in blocks]
        reported = {bisect(fences, line) for line in self.fences.stray}
        for token in tokens:
            if token.level or token.map is None or token.type in ("colon_fence", "fence"):
                continue
            line = self.numbers[token.map[0]]
            gap = bisect(fences, line)
            if token.type == "html_block" or (
                token.type == "paragraph_open" and _COMMENT.match(self.lines[token.map[0]])
            ):
                continue
            if 0 < gap < len(fences) and gap not in reported:
                reported.add(gap)
                self.report(
                    line,
                    Code.LOOSE_TEXT,
                    "This text stands between blocks and is part of no template.",
                    "Move it above the first block, or below the last one under a '##' heading.",
                )

    # Values

    def fitting_id(self, value: str, line: int, what: str) -> str:
        """The value if it is an id; if not, it is reported and read on as one.

        So what names the thing by its right id is not reported too. Empty if nothing fits.
        """
        if ID.fullmatch(value):
            return value
        fitting = id_of(value)
        if not value and what in OPTIONS:
            self.report(
                line,
                Code.MISSING_NAME,
                f"This '{what}' has no id.",
                f"Write one behind the directive: '{{{DOMAIN}:{what}}} some-id'.",
            )
        else:
            self.report(
                line,
                Code.MALFORMED_ID,
                f"'{value}' is not an id: it takes a-z, 0-9 and '-', beginning with a letter.",
                f"Write '{fitting}'." if fitting else "Choose a short English name.",
            )
        return fitting

    def id_list(self, block: Fenced, option: str) -> tuple[str, ...]:
        value, line = block.options.get(option, ("", 0))
        ids = (part.strip() for part in value.split(",") if part.strip())
        return tuple(id_ for part in ids if (id_ := self.fitting_id(part, line, option)))

    def id_option(self, block: Fenced, option: str) -> str | None:
        value, line = block.options.get(option, ("", 0))
        return (value and self.fitting_id(value, line, option)) or None

    def one_of(self, block: Fenced, option: str, values: type[E]) -> E | None:
        if option not in block.options:
            return None
        value, line = block.options[option]
        try:
            return values(value)
        except ValueError:
            self.report(
                line,
                Code.BAD_VALUE,
                f"'{value}' is not a value of ':{option}:'.",
                known(value, values, option),
            )
            return None

    def number(self, block: Fenced, option: str) -> int:
        value, line = block.options.get(option, ("0", block.line))
        if re.fullmatch(r"[0-9]{1,4}", value):
            return int(value)
        self.report(
            line,
            Code.BAD_VALUE,
            f"'{value}' is not a value of ':{option}:'.",
            f"Write a whole number: ':{option}: 1'.",
        )
        return 0

    def text_option(self, block: Fenced, option: str) -> str | None:
        if option not in block.options:
            return None
        value, line = block.options[option]
        self.check_text(value, line)
        return value

    def check_text(self, text: str, line: int) -> None:
        """Report what cannot be filled in or copied in one line of a template."""
        for braces in malformed(text):
            self.report(
                line,
                Code.MALFORMED_PLACEHOLDER,
                f"'{braces}' is not a placeholder.",
                "Write '{{ name }}' or '{{ name: First / Second }}', with letters, digits,"
                " spaces and hyphens in the name.",
            )
        for use in uses(text):
            if not slug(use.name):
                self.report(
                    line,
                    Code.MALFORMED_PLACEHOLDER,
                    f"The placeholder name '{use.name}' has none of the letters a-z or digits.",
                    "Give it a name with at least one of them; its label may be in any language.",
                )
            if use.choices:
                self.check_choices(use.choices, line)
        for name in hidden_placeholders(text):
            self.report(
                line,
                Code.HIDDEN_PLACEHOLDER,
                f"The placeholder '{name}' stands in code or in a link's address.",
                "Move it into the text.",
            )
        for code, message, remedy in markup_faults(text):
            self.report(line, code, message, remedy)

    def check_choices(self, choices: Sequence[str], line: int) -> None:
        if len(set(choices)) < 2 or len(set(choices)) < len(choices):
            self.report(
                line,
                Code.ONE_CHOICE,
                f"The choices '{' / '.join(choices)}' are fewer than two, or hold one twice.",
                "Give two or more different ones with ' / ' between them, or none for free text.",
            )

    # Bodies

    def items(self, block: Fenced) -> tuple[Item, ...]:
        """The paragraphs and list items of a block's body."""
        lines = self.lines[block.start : block.end]
        if all(_PLAIN_BULLET.match(line) for line in lines):
            return self.plain_bullets(block.start, lines)
        tokens = block_parser().parse("\n".join(lines))
        items: list[Item] = []
        kind = ItemKind.PARAGRAPH
        depth = 0
        first_in_item = False
        for token, following in zip(tokens, [*tokens[1:], None], strict=True):
            line = self.numbers[block.start + token.map[0]] if token.map else block.line
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    depth += 1
                    bullet = token.type == "bullet_list_open"
                    kind = ItemKind.BULLET if bullet else ItemKind.NUMBER
                    if depth > 1:
                        self.unsupported(line, "a list inside a list", "Make it one list.")
                case "bullet_list_close" | "ordered_list_close":
                    depth -= 1
                    kind = kind if depth else ItemKind.PARAGRAPH
                case "list_item_open":
                    first_in_item = True
                    if following is not None and following.type == "list_item_close":
                        self.unsupported(line, "an empty list item", "Write it or delete it.")
                case "inline":
                    if depth and not first_in_item:
                        self.unsupported(
                            line,
                            "a second paragraph in a list item",
                            "Put it in the item's line, or make it an item of its own.",
                        )
                    first_in_item = False
                    for text, at in self.split(token, block):
                        items += self.item(text, kind, at)
                case "paragraph_open" | "paragraph_close" | "list_item_close" | "heading_close":
                    pass
                case "heading_open":
                    self.unsupported(
                        line, "a heading", "Begin a block of its own: '{job:section} Title'."
                    )
                case "html_block" if _COMMENT.match(token.content):
                    pass
                case _ if not token.type.endswith("_close"):
                    self.unsupported(
                        line,
                        f"a {token.type.removesuffix('_open').replace('_', ' ')}",
                        "Say it in paragraphs and list items.",
                    )
        self.repeated(((i.id, i.origin.line) for i in items if i.id), "item")
        return tuple(items)

    def split(self, token: Token, block: Fenced) -> Iterator[tuple[str, int]]:
        """The text of a paragraph or item with its line, parted where a bullet was meant."""
        start = block.start + (token.map[0] if token.map else 0)
        parts: list[tuple[list[str], int]] = []
        for place, text in enumerate(token.content.split("\n"), start):
            line = self.numbers[place]
            if near := _NEAR_BULLET.match(text):
                self.unsupported(
                    line,
                    f"a line that begins with '{near[1]}'",
                    "Begin a bullet with a hyphen and a space: '- Text.'",
                )
                text = text[near.end() :]
            if near or not parts:
                parts.append(([], line))
            parts[-1][0].append(text)
        yield from (("\n".join(texts), line) for texts, line in parts)

    def plain_bullets(self, start: int, lines: Sequence[str]) -> tuple[Item, ...]:
        """The items of a body that holds nothing but one-line bullets: no parser needed."""
        items: list[Item] = []
        for place, line in enumerate(lines, start):
            if line.strip():
                items += self.item(line[2:], ItemKind.BULLET, self.numbers[place])
        self.repeated(((i.id, i.origin.line) for i in items if i.id), "item")
        return tuple(items)

    def unsupported(self, line: int, what: str, remedy: str) -> None:
        self.report(
            line, Code.UNSUPPORTED_MARKUP, f"A template's block cannot hold {what}.", remedy
        )

    def item(self, content: str, kind: ItemKind, line: int) -> Iterator[Item]:
        text = fold(content)
        if kind is ItemKind.PARAGRAPH and _COMMENT.match(text):
            return
        id_ = None
        if match := _ITEM_ID.search(text):
            text = text[: match.start()]
            id_ = self.fitting_id(match[1].strip(), line, "item") or None
        if stray := _ID_NEARBY.search(text):
            # Read on as if it were right, so that what names it is not reported too.
            last = stray["end"] and f"{stray[0]}\n" in content
            id_ = id_ or id_of(stray["id"]) or None
            self.report(
                line,
                Code.MALFORMED_ID,
                f"'{stray[0]}' is not at the end of its line, so it names nothing."
                if stray["end"]
                else f"'{stray[0]}' has no closing brace, so it names nothing.",
                "Begin the line below with a hyphen and a space, if it is a bullet."
                if last
                else "Put it last: '- Text. {#some-id}'.",
            )
        if not text:
            self.unsupported(line, "an item without text", "Write it or delete it.")
            return
        self.check_text(text, line)
        yield Item(id_, kind, text, self.origin(line))

    def repeated(self, ids: Iterable[tuple[str, int]], what: str) -> None:
        seen: dict[str, int] = {}
        for id_, line in ids:
            if id_ in seen:
                self.report(
                    line,
                    Code.DUPLICATE_ID,
                    f"The {what} '{id_}' stands on line {seen[id_]} already.",
                    "Give one of them another name.",
                )
            seen.setdefault(id_, line)

    # The kinds of block

    def interview(
        self, header: Fenced, id_: str, heading: str, lede: str, parts: KitParts
    ) -> Interview | None:
        if items := self.items(header):
            self.report(
                items[0].origin.line,
                Code.MISPLACED_BLOCK,
                "An interview block has no body.",
                "Move the text above the block, or into one of the kit's own.",
            )
        for what, held in (
            ("competency", parts.competencies),
            ("handout", parts.handouts),
            ("question or sample", [*parts.questions, *parts.samples]),
        ):
            named = sorted((each.origin.line, each.id) for each in held)
            self.repeated(((id_, line) for line, id_ in named), what)
        if not id_:
            self.broken.append(self.entity)
            return None
        role, _, variant = id_.partition("/")
        return Interview(
            role=role,
            variant=variant or None,
            heading=heading,
            lede=lede,
            remove=self.id_list(header, "remove"),
            competencies=tuple(parts.competencies),
            stages=tuple(parts.stages),
            questions=tuple(parts.questions),
            samples=tuple(parts.samples),
            handouts=tuple(parts.handouts),
            origin=self.origin(header.line),
        )

    def read_block(self, block: Fenced, parts: _Parts) -> None:
        match block.name:
            case "section":
                parts.blocks += self.section(block, parts)
            case "patch":
                parts.blocks += self.patch(block)
            case "placeholder":
                parts.placeholders += self.placeholder(block, parts)
            case "note":
                items = self.said(block)
                section = block.argument and self.fitting_id(block.argument, block.line, "note")
                parts.notes.append(Note(section or None, items, self.origin(block.line)))
            case "faq":
                items = self.said(block)
                if not block.argument:
                    self.no_name(block, "question", "What do they do?")
                elif items:
                    question = Question(block.argument, items, self.origin(block.line))
                    parts.questions.append(question)
            case "rules":
                self.rules(block, parts)
            case _:
                read_kit_block(self, block, parts.kit)

    def rules(self, block: Fenced, parts: _Parts) -> None:
        if parts.rules:
            self.report(
                block.line,
                Code.SECOND_HEADER,
                f"This page already holds the rules of line {parts.rules[0].origin.line}.",
                "Put them into one block, or give the other law a file of its own.",
            )
            return
        if items := self.items(block):
            self.report(
                items[0].origin.line,
                Code.MISPLACED_BLOCK,
                "A block of rules has no body.",
                "Put advice to the writer into a '{job:note}'.",
            )
        if rules := read_rules(self, block):
            parts.rules.append(rules)

    def no_name(self, block: Fenced, what: str, example: str) -> None:
        self.report(
            block.line,
            Code.MISSING_NAME,
            f"This '{block.name}' has no {what}.",
            f"Write it behind the directive: '{{{DOMAIN}:{block.name}}} {example}'.",
        )

    def said(self, block: Fenced) -> tuple[Item, ...]:
        found = len(self.found)
        items = self.items(block)
        if not items and len(self.found) == found:
            self.report(
                block.line,
                Code.EMPTY_BLOCK,
                f"This '{block.name}' says nothing.",
                "Write its text below it, or delete the block.",
            )
        return items

    def section(self, block: Fenced, parts: _Parts) -> Iterator[Section]:
        title = block.argument
        id_, line = block.options.get("id", (id_of(title), block.line))
        if not title:
            self.no_name(block, "title", "What you will do")
            title = id_
        elif not id_:
            self.report(
                line,
                Code.MISSING_OPTION,
                f"No id can be made of the title '{title}'.",
                "Add ':id: some-id'.",
            )
        id_ = id_ and self.fitting_id(id_, line, "section")
        if not id_:
            self.fences.lost = True
            return
        self.check_text(title, block.line)
        found = len(self.found)
        items = self.items(block)
        if not items and len(self.found) == found:
            self.report(
                block.line,
                Code.EMPTY_SECTION,
                f"The section '{id_}' has no items.",
                "Write its paragraphs or bullets below it, or delete the block.",
            )
        for place, other in enumerate(parts.blocks):
            if isinstance(other, Section) and other.id == id_:
                self.repeated([(id_, other.origin.line), (id_, block.line)], "section")
                # Its items stay known to what names them.
                parts.blocks[place] = replace(other, items=(*other.items, *items))
                return
        kind = self.one_of(block, "kind", SectionKind)
        group, after = self.text_option(block, "group"), self.id_option(block, "after")
        yield Section(
            id_, title, kind or SectionKind.OTHER, group, items, self.origin(block.line), after
        )

    def patch(self, block: Fenced) -> Iterator[Patch]:
        section = self.fitting_id(block.argument, block.line, "patch")
        if not section:
            return
        found = len(self.found)
        patch = Patch(
            section=section,
            title=self.text_option(block, "title"),
            drop="drop" in block.options,
            remove=self.id_list(block, "remove"),
            after=self.id_option(block, "after"),
            items=self.items(block),
            origin=self.origin(block.line),
            overrides=self.id_list(block, "overrides"),
            group=self.text_option(block, "group"),
        )
        changes = patch.items or patch.remove or patch.title is not None or patch.group
        if not changes and not patch.drop:
            if len(self.found) == found and not block.faulty:
                self.report(
                    block.line,
                    Code.EMPTY_BLOCK,
                    f"This patch of '{patch.section}' changes nothing.",
                    "Give it items, ':remove:', ':title:', ':group:' or ':drop:', or delete it.",
                )
        elif changes and patch.drop:
            self.report(
                block.line,
                Code.BAD_VALUE,
                f"This patch drops the section '{patch.section}' and changes it too.",
                "Keep ':drop:' or the changes.",
            )
        else:
            yield patch

    def placeholder(self, block: Fenced, parts: _Parts) -> Iterator[Placeholder]:
        name = block.argument
        if not name:
            self.no_name(block, "name", "company name")
            return
        if not re.fullmatch(NAME, name) or not slug(name):
            self.report(
                block.line,
                Code.MALFORMED_PLACEHOLDER,
                f"'{name}' is not a placeholder's name.",
                "Use letters, digits, spaces and hyphens: 'company name'.",
            )
            return
        for other in parts.placeholders:
            if other.name == name:
                self.repeated([(name, other.origin.line), (name, block.line)], "placeholder")
                return
        if items := self.items(block):
            self.report(
                items[0].origin.line,
                Code.MISPLACED_BLOCK,
                "A placeholder has no body.",
                "Put advice for the reader in ':help:'.",
            )
        value, line = block.options.get("choices", ("", block.line))
        choices = split_choices(value)
        if value:
            self.check_choices(choices, line)
            if wrong := re.search(r"[{}*_`<>\[\]\\&]", value):
                self.report(
                    line,
                    Code.BAD_VALUE,
                    f"A choice cannot hold '{wrong[0]}'.",
                    "Say it in words.",
                )
                choices = ()
        if "multiple" in block.options and not value and not block.faulty:
            self.report(
                block.options["multiple"][1],
                Code.MISSING_OPTION,
                "':multiple:' needs ':choices:' to pick from.",
                "Add ':choices: First / Second', or delete ':multiple:'.",
            )
        default, line = block.options.get("default", (None, block.line))
        if default is not None and choices and default not in choices:
            self.report(
                line,
                Code.BAD_DEFAULT,
                f"The default '{default}' is not among the choices.",
                known(default, choices, "choice"),
            )
            default = None
        yield Placeholder(
            name=name,
            label=block.options.get("label", (default_label(name), 0))[0],
            help=block.options.get("help", (None, 0))[0],
            default=default,
            choices=choices,
            multiple="multiple" in block.options and bool(choices),
            origin=self.origin(block.line),
            **self.detail(block, choices),
        )

    def detail(self, block: Fenced, choices: Sequence[str]) -> dict[str, Any]:
        """Which detail of a vacancy a placeholder is, and the code of each choice."""
        id_, line = block.options.get("detail", (None, block.line))
        codes = split_choices(block.options.get("codes", ("", 0))[0])
        if id_ is None:
            if codes and not block.faulty:
                self.report(
                    block.options["codes"][1],
                    Code.MISSING_OPTION,
                    "':codes:' needs ':detail:', whose values they are.",
                    "Add ':detail: employment-type' or the like, or delete ':codes:'.",
                )
            return {}
        if id_ not in DETAILS:
            self.report(
                line,
                Code.BAD_VALUE,
                f"'{id_}' is not a detail of a vacancy.",
                known(id_, DETAILS, "detail"),
            )
            return {}
        values = DETAILS[id_].codes
        if not values:
            return {"detail": id_}
        codes = codes or tuple(id_of(choice) for choice in choices)
        wrong = [code for code in codes if code not in values]
        if wrong or len(codes) != len(choices):
            self.report(
                block.options.get("codes", ("", line))[1],
                Code.BAD_VALUE,
                f"The detail '{id_}' has the values {', '.join(values)}, and '{wrong[0]}' is none."
                if wrong
                else f"There are {len(choices)} choices and {len(codes)} codes.",
                "Give the code of each choice in order, with ' / ' between them:"
                f" ':codes: {' / '.join(values[:2])}'.",
            )
            return {}
        return {"detail": id_, "codes": codes}

    # The header

    def role(self, header: Fenced, common: Mapping[str, Any], rules: Sequence[Rules]) -> Role:
        if rules:
            self.report(
                rules[0].origin.line,
                Code.MISPLACED_BLOCK,
                "Rules belong to a jurisdiction, and this page holds a role.",
                "Move them to a variant with ':axis: jurisdiction'.",
            )
        return Role(
            **common,
            noun=self.text_option(header, "noun") or lower_first(common["heading"]),
            family=self.id_option(header, "family"),
            skills=tuple(
                fold(skill)
                for skill in header.options.get("skills", ("", 0))[0].split(",")
                if skill.strip()
            ),
            related=self.id_list(header, "related"),
            language=header.options.get("language", ("en", 0))[0],
            order=self.number(header, "order"),
        )

    def variant(
        self, header: Fenced, common: Mapping[str, Any], rules: Sequence[Rules]
    ) -> Variant | None:
        axis = self.one_of(header, "axis", Axis)
        if rules and axis not in (None, Axis.JURISDICTION):
            self.report(
                rules[0].origin.line,
                Code.MISPLACED_BLOCK,
                f"Rules belong to a jurisdiction, and this variant is on the axis '{axis}'.",
                "Move them to a variant with ':axis: jurisdiction'.",
            )
        applies_to = self.id_list(header, "applies-to")
        if axis is None and "axis" not in header.options and not header.faulty:
            self.report(
                header.line,
                Code.MISSING_OPTION,
                "This variant does not say which axis it is on.",
                f"Add ':axis:' with one of: {', '.join(Axis)}.",
            )
        both = "extends" in header.options and "applies-to" in header.options
        neither = "extends" not in header.options and "applies-to" not in header.options
        if both or (neither and not header.faulty):
            self.report(
                header.line,
                Code.MISSING_OPTION if neither else Code.BAD_VALUE,
                "This variant says neither what it extends nor what it applies to."
                if neither
                else "This variant both extends one role and applies to many.",
                "Give either ':extends: role' or ':applies-to: family' (or 'all').",
            )
        title, order = self.title_pattern(header), self.number(header, "order")
        if axis is None or both or not (common["extends"] or applies_to):
            self.broken.append(self.entity)
            return None
        return Variant(
            **common,
            axis=axis,
            order=order,
            title_pattern=title,
            applies_to=applies_to,
            rules=next(iter(rules), None),
        )

    def title_pattern(self, header: Fenced) -> str | None:
        found = len(self.found)
        pattern = self.text_option(header, "title")
        stray = _STRAY_BRACES.search(BRACES.sub("", (pattern or "").replace("{title}", "")))
        if stray and len(self.found) == found:
            self.report(
                header.options["title"][1],
                Code.BAD_VALUE,
                f"'{stray[0]}' in ':title:' stands for nothing.",
                "Write '{title}' where the title before the change goes, and no other braces.",
            )
        return pattern

    def extends(self, header: Fenced) -> str | None:
        value, line = header.options.get("extends", ("", 0))
        if not value:
            return None
        ids = value.split("/") if header.name == "variant" else [value]
        if len(ids) > 2:
            self.report(
                line,
                Code.BAD_VALUE,
                f"'{value}' names neither a role nor a variant of one.",
                "Write 'role' or 'role/variant'.",
            )
            return None
        fitting = [self.fitting_id(id_, line, "extends") for id_ in ids]
        return "/".join(fitting) if all(fitting) else None


_A = {"role": "a role", "variant": "a variant", "interview": "an interview kit"}


def _homes(block: str) -> str:
    """What a block can belong to, in words."""
    return " or ".join(_A[name] for name, held in HEADERS.items() if block in held)


def _key(header: str, id_: str, extends: str | None) -> str:
    if header == "interview":
        return f"{id_}{KIT}"
    return f"{extends.partition('/')[0]}/{id_}" if header == "variant" and extends else id_
