"""The skills that a handbook knows: the block that lists them, with the words of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from rolebook.diagnostics import Code
from rolebook.fences import Fenced
from rolebook.model import Item, ItemKind, Origin, Skill, SkillGroup
from rolebook.names import id_of


class VocabularyReader(Protocol):
    """What reading a list of skills takes: see :class:`rolebook.reader._Reader`."""

    def report(self, line: int, code: Code, message: str, remedy: str) -> None:
        """Note a finding."""

    def origin(self, line: int) -> Origin:
        """Where something of this page was written."""

    def no_name(self, block: Fenced, what: str, example: str) -> None:
        """Report that a block's argument is missing."""

    def said(self, block: Fenced) -> tuple[Item, ...]:
        """The items of a block's body; reports an empty one."""


def read_skills(reader: VocabularyReader, block: Fenced) -> SkillGroup:
    """The skills in a block; those that cannot be read are reported and left out."""
    if not block.argument:
        reader.no_name(block, "title", "Languages")
    skills = tuple(skill for item in reader.said(block) for skill in _skill(reader, item))
    return SkillGroup(block.argument or "Skills", skills, reader.origin(block.line))


def _skill(reader: VocabularyReader, item: Item) -> Iterator[Skill]:
    line = item.origin.line
    if item.kind is ItemKind.PARAGRAPH:
        reader.report(
            line,
            Code.UNSUPPORTED_MARKUP,
            "A list of skills cannot hold a paragraph.",
            "Write each skill on a line of its own: '- Python'.",
        )
        return
    name, colon, listed = (part.strip() for part in item.text.partition(":"))
    words = tuple(word for part in listed.split(",") if (word := part.strip())) or (name,)
    id_ = item.id or id_of(name)
    if not name or (colon and not listed.strip(" ,")):
        reader.report(
            line,
            Code.BAD_VALUE,
            f"'{item.text}' is not a skill with the words that stand for it.",
            "Write '- Kubernetes: Kubernetes, k8s', or '- Kubernetes' where its name is its word.",
        )
    elif not id_:
        reader.report(
            line,
            Code.MALFORMED_ID,
            f"No id can be made of the name '{name}'.",
            f"Add one at the end of the line: '- {item.text} {{#some-id}}'.",
        )
    else:
        yield Skill(id_, name, words, item.origin)


def word_pattern(word: str) -> str:
    """A regular expression that finds a word or several as a whole.

    One in small letters is found in capitals too; one with a capital only as it is written. A
    space also stands for a hyphen. ``C`` is not found in ``C++``, nor ``R`` in ``R&D``.
    """
    text = re.escape(word).replace(r"\ ", "[ -]")
    flag = "i" if word == word.lower() else ""
    return rf"(?<![^\W_])(?<![+#&-])(?{flag}:{text})(?![^\W_])(?![+#&-])"
