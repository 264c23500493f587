"""Markdown text -> the entities of one file, and what is wrong with it.

The one parser of Rolebook's structure: the command line and the Sphinx build both
read through here. markdown-it-py finds the blocks, as MyST will find them again when
it renders the page around the templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from rolebook.diagnostics import Code, Diagnostic, diagnostic, known
from rolebook.inline import hidden_placeholders, markup_faults
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
    Role,
    Section,
    SectionKind,
    Variant,
)
from rolebook.placeholders import (
    NAME,
    default_label,
    fold,
    malformed,
    slug,
    split_choices,
    uses,
)

ID = re.compile(r"[a-z][a-z0-9-]*")
DOMAIN = "job"
LISTINGS = ("card", "roles", "variants")
"""Directives that show entities on any page; the reader passes over them."""

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "role": ("family", "skills", "noun", "extends", "related", "language"),
    "variant": ("axis", "extends", "applies-to", "title", "order"),
    "section": ("id", "kind", "group", "after"),
    "patch": ("remove", "after", "title", "drop"),
    "placeholder": ("label", "choices", "multiple", "default", "help"),
    "note": (),
    "faq": (),
}
"""The directives that make entities, and the options of each."""

FLAGS = frozenset({"drop", "multiple"})

_OPENER = re.compile(r"^(?P<fence>:{3,}|`{3,}|~{3,})\{(?P<name>[^}]*)\}(?P<argument>.*)$")
_OPTION = re.compile(r"^:(?P<name>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>.*))?$")
_ITEM_ID = re.compile(r"\s*\{#([^{}]*)\}\s*$")
_ID_NEARBY = re.compile(r"\{\s*#[^{}]*\}")
# Blank, or a bullet of one line whose text no block rule of Markdown could take for its own.
_PLAIN_BULLET = re.compile(r"^(?:[ \t]*|- (?:[^\W\d_]|\{\{|\*\*\w).*)$")
_COMMENT = re.compile(r"^(%|<!--)")
_BARE = frozenset(OPTIONS) - {"note"}  # MyST has a `note` of its own

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Page:
    """What one file holds. ``header`` is its role or variant, if it has one.

    ``placeholders`` are those of a file without a header: they hold everywhere.
    ``listed`` are the roles that cards and lists on the page name.
    """

    file: str
    header: Role | Variant | None = None
    placeholders: tuple[Placeholder, ...] = ()
    listed: tuple[tuple[str, Origin], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Fenced:
    """A block of the job domain as written, its options with their lines.

    ``start`` and ``end`` are the places of its body in the reader's lines.
    """

    name: str
    argument: str
    line: int
    options: Mapping[str, tuple[str, int]]
    start: int
    end: int


@dataclass(slots=True)
class _Parts:
    """What has been read of a page's entity so far."""

    blocks: list[Block] = field(default_factory=list)
    placeholders: list[Placeholder] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def read_bytes(file: str, data: bytes) -> Page:
    """Read a file's bytes; ``file`` is its path relative to the handbook's root."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        finding = diagnostic(
            file,
            line,
            Code.NOT_UTF8,
            f"This line holds the byte 0x{data[error.start]:02x}, which is not UTF-8 text.",
            "Save the file with the encoding UTF-8.",
        )
        return Page(file, diagnostics=(finding,))
    return read(file, text)


def read(file: str, text: str) -> Page:
    """Read a file's text; ``file`` is its path relative to the handbook's root."""
    if not might_hold_blocks(text):
        return Page(file)
    return _Reader(file, text.removeprefix("\ufeff").replace("\r\n", "\n")).page()


def might_hold_blocks(text: str) -> bool:
    """A quick look, so that ordinary pages cost nothing."""
    return f"{{{DOMAIN}:" in text or any(f"{{{name}}}" in text for name in _BARE)


@cache
def _block_parser() -> MarkdownIt:
    # Only the block structure is wanted. Link definitions stay text: a template has no
    # place to keep them.
    parser = MarkdownIt("commonmark").use(colon_fence_plugin).use(front_matter_plugin)
    parser.core.ruler.disable("inline")
    return parser.disable("reference")


class _Reader:
    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        # The number of each line in the file: mending a fence adds lines of our own.
        self.numbers = list(range(1, len(self.lines) + 1))
        self.entity = ""
        self.found: list[Diagnostic] = []
        self.listed: list[tuple[str, Origin]] = []

    def report(self, line: int, code: Code, message: str, remedy: str) -> None:
        self.found.append(diagnostic(self.file, line, code, message, remedy))

    def origin(self, line: int) -> Origin:
        return Origin(self.file, line, self.entity)

    # The page

    def page(self) -> Page:
        tokens, blocks = self.blocks()
        header = next((block for block in blocks if block.name in ("role", "variant")), None)
        heading = self.heading(tokens, header)
        lede = self.lede(tokens, header)
        if header is not None:
            self.entity = _entity_key(header)
            self.loose_text(tokens, blocks)
        parts = _Parts()
        for block in blocks:
            if block is not header and self.is_placed(block, header):
                self.read_block(block, parts)
        entity = self.read_header(header, heading, lede, parts) if header is not None else None
        return Page(
            self.file,
            entity,
            () if header is not None else tuple(parts.placeholders),
            tuple(self.listed),
            tuple(sorted(set(self.found))),
        )

    def is_placed(self, block: Fenced, header: Fenced | None) -> bool:
        """Whether a block stands where it means something; reports it if not."""
        if header is None:
            if block.name == "placeholder":
                return True
            self.report(
                block.line,
                Code.MISPLACED_BLOCK,
                f"A '{block.name}' belongs to a role or a variant, and this page has none.",
                "Put a {job:role} or {job:variant} block before it, or move it to such a page.",
            )
            return False
        if block.name in ("role", "variant"):
            self.report(
                block.line,
                Code.SECOND_HEADER,
                f"This page already holds the {header.name} of line {header.line}.",
                f"Give this {block.name} a file of its own.",
            )
            return False
        if block.line < header.line:
            self.report(
                block.line,
                Code.MISPLACED_BLOCK,
                f"This '{block.name}' stands before the {header.name} that it belongs to.",
                f"Move it below the {header.name} block of line {header.line}.",
            )
        return True

    def heading(self, tokens: Sequence[Token], header: Fenced | None) -> str:
        first = next(
            (place for place, token in enumerate(tokens) if token.type == "heading_open"), None
        )
        if first is not None and tokens[first].tag == "h1":
            span = tokens[first].map
            if header is None or (span and self.numbers[span[0]] < header.line):
                return fold(tokens[first + 1].content)
        if header is None:
            return ""
        name = header.argument.replace("-", " ").capitalize() or "Name of the role"
        self.report(
            header.line,
            Code.MISSING_HEADING,
            f"No page heading stands before this {header.name}.",
            f"Begin the page with its name, for example '# {name}'.",
        )
        return name

    def lede(self, tokens: Sequence[Token], header: Fenced | None) -> str:
        """The first paragraph between the page's heading and its header block."""
        for place, token in enumerate(tokens):
            span = token.map
            if header is None or (span and self.numbers[span[0]] >= header.line):
                break
            if token.type == "paragraph_open" and not token.level:
                return fold(tokens[place + 1].content)
        return ""

    def loose_text(self, tokens: Sequence[Token], blocks: Sequence[Fenced]) -> None:
        first, last = blocks[0].line, blocks[-1].line
        for token in tokens:
            if token.level or token.map is None or token.type in ("colon_fence", "fence"):
                continue
            line = self.numbers[token.map[0]]
            if token.type == "html_block" or (
                token.type == "paragraph_open" and _COMMENT.match(self.lines[token.map[0]])
            ):
                continue
            if first < line < last and not token.type.endswith("_close"):
                self.report(
                    line,
                    Code.LOOSE_TEXT,
                    "This text stands between blocks and is part of no template.",
                    "Move it above the first block, or below the last one under a '##' heading.",
                )

    # Blocks

    def blocks(self) -> tuple[list[Token], list[Fenced]]:
        """The page's tokens and its blocks.

        When a fence is broken it is mended in memory and the page parsed again, so that
        one slip gives one finding and the blocks after it are still read.
        """
        while True:
            tokens = _block_parser().parse("\n".join(self.lines))
            fences = [t for t in tokens if t.type in ("colon_fence", "fence")]
            if not any(self.mend(fence) for fence in fences):
                return tokens, [block for fence in fences for block in self.fenced(fence)]

    def mend(self, fence: Token) -> bool:
        """Report and repair a broken fence; True if the page must be parsed again."""
        start, end = fence.map or (0, 0)
        if fence.type == "colon_fence" and not fence.info.strip():
            self.report(
                self.numbers[start],
                Code.STRAY_FENCE,
                f"This '{fence.markup}' closes no block, so it opens one that hides what follows.",
                "Delete it, or open the block that it should close.",
            )
            self.lines[start] = ""
            return True
        name = self.directive(fence)
        if name is None:
            return False
        for place in range(start + 1, end):
            inner = _OPENER.match(self.lines[place])
            if inner is not None:
                self.report(
                    self.numbers[place],
                    Code.NESTED_FENCE,
                    f"A {{{inner['name']}}} block opens inside the {{{DOMAIN}:{name}}} block"
                    f" of line {self.numbers[start]}.",
                    f"Close that one first: '{fence.markup}' on a line of its own above this one.",
                )
                self.insert(place, fence.markup)
                return True
        if end - 1 == start or not _closes(self.lines[end - 1], fence.markup):
            self.report(
                self.numbers[start],
                Code.UNCLOSED_FENCE,
                f"The {{{DOMAIN}:{name}}} block is never closed.",
                f"Put '{fence.markup}' on a line of its own below its last line.",
            )
            self.insert(end, fence.markup)
            return True
        return False

    def insert(self, place: int, line: str) -> None:
        self.lines.insert(place, line)
        self.numbers.insert(place, self.numbers[max(place - 1, 0)])

    def directive(self, fence: Token) -> str | None:
        """The name of the job directive a fence opens, without its domain."""
        opened = _OPENER.match(fence.markup + fence.info.strip())
        if opened is None or not opened["name"].startswith(f"{DOMAIN}:"):
            return None
        return opened["name"].removeprefix(f"{DOMAIN}:")

    def fenced(self, fence: Token) -> Iterator[Fenced]:
        opened = _OPENER.match(fence.markup + fence.info.strip())
        if opened is None or fence.map is None:
            return
        line = self.numbers[fence.map[0]]
        if opened["name"] in _BARE:
            self.report(
                line,
                Code.BARE_DIRECTIVE,
                f"'{{{opened['name']}}}' is not a directive of Rolebook.",
                f"Write '{{{DOMAIN}:{opened['name']}}}'.",
            )
            return
        name = self.directive(fence)
        if name in ("card", "variants"):
            self.listed.append((fold(opened["argument"]), self.origin(line)))
        if name is None or name in LISTINGS:
            return
        if name not in OPTIONS:
            self.report(
                line,
                Code.UNKNOWN_DIRECTIVE,
                f"There is no block '{{{DOMAIN}:{name}}}'.",
                known(name, [*OPTIONS, *LISTINGS], "block"),
            )
            return
        start, end = fence.map[0] + 1, fence.map[1] - 1
        options: dict[str, tuple[str, int]] = {}
        while start < end and (option := _OPTION.match(self.lines[start])):
            self.take_option(name, option, self.numbers[start], options)
            start += 1
        yield Fenced(name, fold(opened["argument"]), line, options, start, end)

    def take_option(
        self, block: str, option: re.Match[str], line: int, options: dict[str, tuple[str, int]]
    ) -> None:
        name, value = option["name"], fold(option["value"] or "")
        if name not in OPTIONS[block]:
            takes = OPTIONS[block]
            self.report(
                line,
                Code.UNKNOWN_OPTION,
                f"A '{block}' has no option ':{name}:'.",
                known(name, takes, "option") if takes else f"A '{block}' takes no options.",
            )
        elif name in options:
            self.report(
                line,
                Code.REPEATED_OPTION,
                f"':{name}:' stands on line {options[name][1]} already.",
                "Keep one of the two.",
            )
        elif not value and name not in FLAGS:
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

    # Values

    def valid_id(self, value: str, line: int, what: str) -> bool:
        if not value:
            self.report(
                line,
                Code.MISSING_NAME,
                f"This '{what}' has no id.",
                f"Write one behind the directive: '{{{DOMAIN}:{what}}} some-id'.",
            )
            return False
        if not ID.fullmatch(value):
            fitting = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-0123456789")
            self.report(
                line,
                Code.MALFORMED_ID,
                f"'{value}' is not an id: it takes a-z, 0-9 and '-', beginning with a letter.",
                f"Write '{fitting}'." if fitting else "Choose a short English name.",
            )
            return False
        return True

    def id_list(self, block: Fenced, option: str) -> tuple[str, ...]:
        value, line = block.options.get(option, ("", 0))
        ids = tuple(part.strip() for part in value.split(",") if part.strip())
        return tuple(id_ for id_ in ids if self.valid_id(id_, line, option))

    def id_option(self, block: Fenced, option: str) -> str | None:
        value, line = block.options.get(option, ("", 0))
        return value if value and self.valid_id(value, line, option) else None

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
        tokens = _block_parser().parse("\n".join(lines))
        items: list[Item] = []
        kind = ItemKind.PARAGRAPH
        depth = 0
        first_in_item = False
        for token in tokens:
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
                    place = tokens.index(token) + 1
                    if tokens[place].type == "list_item_close":
                        self.unsupported(line, "an empty list item", "Write it or delete it.")
                case "inline":
                    if depth and not first_in_item:
                        self.unsupported(
                            line,
                            "a second paragraph in a list item",
                            "Put it in the item's line, or make it an item of its own.",
                        )
                    first_in_item = False
                    items += self.item(token.content, kind, line)
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
                    items += self.item(fold(token.content), kind, line) if token.content else ()
        self.repeated(((i.id, i.origin.line) for i in items if i.id), "item")
        return tuple(items)

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
            id_ = match[1].strip()
            if not self.valid_id(id_, line, "item"):
                id_ = None
        if stray := _ID_NEARBY.search(text):
            self.report(
                line,
                Code.MALFORMED_ID,
                f"'{stray[0]}' is not at the end of its line, so it names nothing.",
                "Put it last: '- Text. {#some-id}'.",
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
                section = block.argument or None
                if items and (section is None or self.valid_id(section, block.line, "note")):
                    parts.notes.append(Note(section, items, self.origin(block.line)))
            case "faq":
                items = self.said(block)
                if not block.argument:
                    self.no_name(block, "question", "What do they do?")
                elif items:
                    question = Question(block.argument, items, self.origin(block.line))
                    parts.questions.append(question)

    def no_name(self, block: Fenced, what: str, example: str) -> None:
        self.report(
            block.line,
            Code.MISSING_NAME,
            f"This '{block.name}' has no {what}.",
            f"Write it behind the directive: '{{{DOMAIN}:{block.name}}} {example}'.",
        )

    def said(self, block: Fenced) -> tuple[Item, ...]:
        items = self.items(block)
        if not items:
            self.report(
                block.line,
                Code.EMPTY_BLOCK,
                f"This '{block.name}' says nothing.",
                "Write its text below it, or delete the block.",
            )
        return items

    def section(self, block: Fenced, parts: _Parts) -> Iterator[Section]:
        title = block.argument
        if not title:
            self.no_name(block, "title", "What you will do")
            return
        self.check_text(title, block.line)
        id_, line = block.options.get("id", ("", block.line))
        if not id_:
            id_ = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-0123456789")
        if not self.valid_id(id_, line, "section"):
            return
        items = self.items(block)
        if not items:
            self.report(
                block.line,
                Code.EMPTY_SECTION,
                f"The section '{id_}' has no items.",
                "Write its paragraphs or bullets below it, or delete the block.",
            )
            return
        for other in parts.blocks:
            if isinstance(other, Section) and other.id == id_:
                self.repeated([(id_, other.origin.line), (id_, block.line)], "section")
                return
        kind = self.one_of(block, "kind", SectionKind)
        group, after = self.text_option(block, "group"), self.id_option(block, "after")
        yield Section(
            id_, title, kind or SectionKind.OTHER, group, items, self.origin(block.line), after
        )

    def patch(self, block: Fenced) -> Iterator[Patch]:
        if not self.valid_id(block.argument, block.line, "patch"):
            return
        patch = Patch(
            section=block.argument,
            title=self.text_option(block, "title"),
            drop="drop" in block.options,
            remove=self.id_list(block, "remove"),
            after=self.id_option(block, "after"),
            items=self.items(block),
            origin=self.origin(block.line),
        )
        changes = patch.items or patch.remove or patch.title is not None
        if not changes and not patch.drop:
            self.report(
                block.line,
                Code.EMPTY_BLOCK,
                f"This patch of '{patch.section}' changes nothing.",
                "Give it items, ':remove:', ':title:' or ':drop:', or delete it.",
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
        for item in self.items(block):
            self.report(
                item.origin.line,
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
        if "multiple" in block.options and not value:
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
        )

    # The header

    def read_header(
        self, header: Fenced, heading: str, lede: str, parts: _Parts
    ) -> Role | Variant | None:
        extends = self.extends(header)
        summary = self.items(header)
        if not self.valid_id(header.argument, header.line, header.name):
            return None
        common: dict[str, Any] = {
            "id": header.argument,
            "heading": heading,
            "lede": lede,
            "summary": summary,
            "blocks": tuple(parts.blocks),
            "placeholders": tuple(parts.placeholders),
            "notes": tuple(parts.notes),
            "questions": tuple(parts.questions),
            "origin": self.origin(header.line),
            "extends": extends,
        }
        if header.name == "role":
            return Role(
                **common,
                noun=header.options.get("noun", (_lower_first(heading), 0))[0],
                family=self.id_option(header, "family"),
                skills=tuple(
                    fold(skill)
                    for skill in header.options.get("skills", ("", 0))[0].split(",")
                    if skill.strip()
                ),
                related=self.id_list(header, "related"),
                language=header.options.get("language", ("en", 0))[0],
            )
        axis = self.one_of(header, "axis", Axis)
        applies_to = self.id_list(header, "applies-to")
        if axis is None and "axis" not in header.options:
            self.report(
                header.line,
                Code.MISSING_OPTION,
                "This variant does not say which axis it is on.",
                f"Add ':axis:' with one of: {', '.join(Axis)}.",
            )
        both = "extends" in header.options and "applies-to" in header.options
        neither = "extends" not in header.options and "applies-to" not in header.options
        if both or neither:
            self.report(
                header.line,
                Code.MISSING_OPTION if neither else Code.BAD_VALUE,
                "This variant says neither what it extends nor what it applies to."
                if neither
                else "This variant both extends one role and applies to many.",
                "Give either ':extends: role' or ':applies-to: family' (or 'all').",
            )
        if axis is None or both or not (extends or applies_to):
            return None
        pattern = self.text_option(header, "title")
        return Variant(
            **common,
            axis=axis,
            order=self.number(header, "order"),
            title_pattern=pattern,
            applies_to=applies_to,
        )

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
        valid = [self.valid_id(id_, line, "extends") for id_ in ids]
        return value if all(valid) else None


def _entity_key(header: Fenced) -> str:
    extends = header.options.get("extends", ("", 0))[0]
    if header.name == "variant" and extends:
        return f"{extends.partition('/')[0]}/{header.argument}"
    return header.argument


def _closes(line: str, markup: str) -> bool:
    return re.fullmatch(rf" {{0,3}}{markup[0]}{{{len(markup)},}}\s*", line) is not None


def _lower_first(heading: str) -> str:
    """ "Machine learning engineer" inside a sentence; "MLOps engineer" stays as it is."""
    first = heading.split(" ", 1)[0]
    return heading[:1].lower() + heading[1:] if first[1:].islower() else heading
