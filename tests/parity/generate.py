"""Write ``cases.jsonl``: what Python and the page's script must both answer.

Run ``python tests/parity/generate.py`` after a change to what either of them answers, and
read the difference before it is committed: it is the change that a reader will see.

A line is one case: its ``kind``, what it is ``about``, its input, and Python's answer as
``expected``. ``test_parity.py`` puts every case to Python, ``parity.test.mjs`` to JavaScript.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar

from rolebook.changes import Part, compare, words
from rolebook.comparison import Row, compare_all, is_same, runs
from rolebook.compose import compose_sections, texts
from rolebook.details import DETAILS, DetailKind
from rolebook.exports import write
from rolebook.exports.json import from_json
from rolebook.exports.layout import LAYOUTS, Description, Document, lay_out
from rolebook.exports.runs import read_runs
from rolebook.exports.shapes import shape, shapes
from rolebook.inline import prepare
from rolebook.model import (
    Axis,
    Block,
    Item,
    ItemKind,
    Origin,
    Patch,
    Placeholder,
    Section,
    SectionKind,
    Template,
)
from rolebook.placeholders import blank, fill, joined, normalise, slug, uses
from rolebook.script_data import page_data, shapes_json
from rolebook.vacancy import read_value

CASES = Path(__file__).with_name("cases.jsonl")

Case = dict[str, Any]
T = TypeVar("T")

HOSTILE: Mapping[str, Sequence[str]] = {
    "words": ("Acme", "Zürich", "日本語", "C++", "C#", ".NET", "R&D", "Example Ltd.", "a  b"),
    "html": (
        "<script>alert(1)</script>",
        '</p><img src=x onerror="alert(1)">',
        "<!-- -->",
        "]]>",
        "</script",
        "&amp; &lt &#x27;",
        "5 < 6 > 4 & more",
        "javascript:alert(1)",
    ),
    "quotes": ('"', "'", '"two"', "O'Neill", "“a” ‘b’", "`", "``", "\\'", "''\"\""),
    "markdown": (
        "*a* **b** ***",
        "_a_ __b__",
        "`code`",
        "[a](b) ![c](d)",
        "[a]: b",
        "<https://example.org>",
        "https://example.org/a_b*c",
        "a | b",
        "~~a~~",
        "\\",
        "\\\\*",
        "a\\",
        "{#id}",
        "{job:role}`a`",
        "!^$%()",
    ),
    "markdown at the start": (
        "#",
        "# a",
        "## a #",
        "+ a",
        "- a",
        "---",
        "=== a",
        "=SUM(A1)",
        ": a",
        ":::{job:role} a",
        "> a",
        "* a",
        "~~~",
        "```",
        "| a |",
        " \t# a",
        "a\n# b",
        "+1",
        "-1. a",
        "#️⃣",
    ),
    "leading numbers": (
        "1",
        "1. a",
        "1) a",
        "12.",
        "12)",
        "1.5 years",
        "1 . a",
        "1a. b",
        "007) a",
        " 1. a",
        "1..2",
        "1.) a",
        "٣. a",
        "１. a",
        "1\u200b. a",
        "\n1. a",
    ),
    "right to left": (
        "\u200f",
        "\u200eשלום\u200e",
        "مرحبا. 1.",
        "\u202ea*b\u202c",
        "\u2066a\u2069",
        "\u061c-",
    ),
    "zero width": (
        "\u200b",
        "\u200c\u200d",
        "\u2060",
        "\ufeff",
        "a\u200bb",
        "\u00ad",
        "\ufeff# a",
        " \u200b ",
    ),
    "astral": ("🚀", "👩‍👩‍👧", "𝐀𝐁", "\U0010ffff", "🇬🇧", "😀*😀", "\U000e0041", "🚀\x00🚀"),
    "lone surrogates": (
        "\ud800",
        "\udbff",
        "\udc00",
        "\udfff",
        "a\ud83d",
        "\ude80b",
        "\ude80\ud83d",
        "🚀\ud83d",
        "\ud83d🚀",
        "\ude80🚀",
        "\ud83d \ude80",
        "\ud83d\x00\ude80",
    ),
    "control characters": (
        "\x01",
        "\x07a\x08",
        "\x0b\x0c",
        "\x1b[31ma",
        "\x1c\x1d\x1e\x1f",
        "\x7f",
        "\x80a\x9f",
        "a\x85b",
        "\x7fa\x7f\x7fb",
    ),
    "noncharacters": ("\ufffe", "\uffff", "a\ufffeb\uffff", "\U0001fffe"),
    "nul": ("\x00", "\x00\x00", "a\x00b", "\x00a\x00"),
    "line separators": ("\u2028", "\u2029", "a\u2028b", "a\u2028\u2029 b", "\u2028- a"),
    "line ends": ("\n", "\r", "\r\n", "a\r\nb", "a\n\nb", "\ra", "a\n- b\n- c"),
    "spaces": (
        "",
        " ",
        "   ",
        "\t",
        "\xa0",
        "\xa0a\xa0",
        " \xa0 ",
        "\u2003a\u2003",
        "\u3000",
        "\u1680a",
        "\u202fa",
        "\u205f\u180e",
    ),
    "placeholders": (
        "{{ company name }}",
        "{{ cloud: A / B }}",
        "{{cloud}}",
        "{{",
        "}}",
        "{{ {{ a }} }}",
        "\ue0000\ue001",
    ),
    # What functions that replace would read as more than text.
    "patterns": ("$&", "$1 $$", "$`", "$'", "$<a>", "\\1", "\\g<1>", "%s", "${a}", "#"),
    "names": ("constructor", "__proto__", "null", "undefined", "0", "false", "NaN", "[]"),
    "long": ("a" * 1000, "*" * 400, " " * 500 + "a", "1" * 300 + ".", "<" * 200, "🚀" * 100),
}

MIXED = "mixed"

# Longer than a Word file's controls can be named, the label with a pair of units at the end.
LONG_NAME, LONG_LABEL = f"{'long ' * 14}name", f"x{'🚀' * 40}"

DECLARED = {
    placeholder.name: placeholder
    for placeholder in (
        Placeholder(name, label, help_, default, choices, multiple, Origin("placeholders.md", line))
        for line, (name, label, help_, default, choices, multiple) in enumerate(
            (
                ("company name", "Company name", "As it is registered.", None, (), False),
                ("cloud", "Cloud", None, "AWS", ("AWS", "GCP", "Azure"), True),
                ("contract", "Contract", None, None, ("Full-time", "Part-time"), False),
                ("currency", "Currency", None, None, ("€", "£", "US$"), False),
                ("pay", "Pay", 'A number, "as is" & <plain>.', "1. 000", (), False),
                ("tools", "Tools", None, None, ("C++", "C#", "R&D", "1. Rust"), True),
                ("team's", "Team's", None, None, (), False),
                ("größe", "Größe", None, "L & XL", (), False),
                ("constructor", "Constructor", None, None, (), False),
                ("toString", "ToString", None, None, ("valueOf", "hasOwnProperty"), True),
                ("10", "10", None, None, (), False),
                ("9", "9", None, "#9", (), False),
                ("Ａ", "Ａ", None, None, (), False),
                ("𝐀", "𝐀", None, None, (), False),
                (LONG_NAME, LONG_LABEL, None, None, ("One", "One", "Two"), False),
            ),
            start=1,
        )
    )
}

STANDING_FOR: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "company name": ("company-name", ()),
    "contract": ("employment-type", ("full-time", "part-time")),
    "currency": ("currency", ()),
    "pay": ("pay-minimum", ()),
    "10": ("pay-maximum", ()),
    "team's": ("location", ()),
    "größe": ("arrangement", ()),
}
"""The details that placeholders of the templates stand for, with the codes of their choices."""

GIVEN: Mapping[DetailKind, Sequence[str]] = {
    DetailKind.TEXT: ("Köln", "a & <b> 'c'", "Example Ltd", "</script>"),
    DetailKind.NUMBER: ("90000", "120,000", "120.000", "150 000,50", "1'200", "18.5", "12,34,567"),
    DetailKind.DATE: ("2026-01-31", "2026-12-01", "2024-02-29"),
    DetailKind.COUNTRY: ("US", "de", "GB"),
    DetailKind.CURRENCY: ("USD", "eur"),
    DetailKind.CODE: ("remote", "Hybrid", "On site", "part-time", "Contract", "year", "HOUR"),
    DetailKind.WEBSITE: ("https://example.org", "http://example.org/?a=1&b=2"),
}
"""What details can be read from."""

UNREADABLE: Mapping[DetailKind, Sequence[str]] = {
    DetailKind.TEXT: (),
    DetailKind.NUMBER: (
        *(
            "120k",
            "$120",
            "1234,567",
            "1.234.56",
            "1,234,50",
            "-1",
            "0.125",
            "1e5",
            "1000000000000",
        ),
        *("999,999,999,999", "9,999,999,999,999", "１２", "1 ,000", "1,00,0000", "12.345.67", ".5"),
        *("1\u2009234", "1\u00a0234.5", "1\u202f234,56", "1’234", "1'234’567", "000", "0,5", "01"),
    ),
    DetailKind.DATE: (
        *("2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0099-01-01", "2026-1-1"),
        *(
            "31.1.2026",
            "2026-01-31T00:00",
            "２０２６-01-31",
            "1900-02-29",
            "2000-02-29",
            "9999-12-31",
        ),
    ),
    DetailKind.COUNTRY: ("UK", "EU", "USA", "Germany", "ﬁ", "ſe", "İT", "X"),
    DetailKind.CURRENCY: ("€", "Euro", "XXX", "ANG", "uſd"),
    DetailKind.CODE: ("full time!", "fernarbeit", "year / month", "Full-tİme", "İ"),
    DetailKind.WEBSITE: (
        "example.org",
        "ftp://example.org",
        "https://",
        "https://a b",
        "HTTPS://a",
    ),
}
"""What comes near to what a detail can be read from; some of it is."""

TITLES = (
    "Machine learning engineer",
    "Engineer at {{ company name }}",
    'Head of "R&D" <{{ team\'s }}>',
    "**Senior** engineer ({{ contract }})",
    "𝐀 & {{ größe }}",
)

HEADINGS = (
    "What you will do",
    "What {{ company name }} offers",
    "Pay & *benefits*",
    "1. Steps #2",
    "{{ tools }}",
)

LINES = (
    "A plain sentence.",
    "Train **models** on {{ cloud }}.",
    "{{ company name }} opens the line, {{ company name }} ends it: {{ company name }}",
    "Read [the guide](https://example.org/a_b?c=1&d='2') first.",
    "See <https://example.org> or [https://example.org](https://example.org).",
    "Write to [us](mailto:jobs@example.org) or [{{ team's }}](https://example.org).",
    "Write `a < b && {c}` and ``a ` b``.",
    "Work with {job:role}`analysts <analyst>` and *{{ tools }}*.",
    "Pay: {{ currency }} {{ pay }}–{{ pay }}, 5 < 6 & \"quotes\", 'single'.",
    "Escaped \\* star, &amp; entity, #hash.",
    "{{ 10 }}{{ 9 }}",
    "{{ größe }}",
    "{{ constructor }} of {{ toString }}",
    "🚀 {{ 𝐀 }} שלום {{ Ａ }}",
    "No\xa0break, \u2028 separator, \x7f delete.",
    "{{ contract }}. {{ cloud }}",
    "**Where:** Remote, for {{ company name }}.",
    f"Feed \x0c, unit \x1f, {{{{ {LONG_NAME} }}}}, \ufffe no character.",
)

MARKUP = (
    "**strong {{ a }} *both {{ b }}* `code {{ c }}`** none {{ d }}",
    "**a __b {{ a }} b__ {{ b }}** {{ c }}",
    "*a **b** _c {{ a }} c_ {{ b }}* {{ c }}",
    "***{{ a }}*** **{{ a }}**{{ a }}",
    "[**a** {{ a }} `b`](https://example.org/?a=1&b='2'&c=\"<3>\") {{ b }}",
    "[](https://example.org) [a]() [{{ a }}](#here)",
    "[a](https://example.org/<b>) [b](<https://example.org/a b>) <mailto:a@example.org>",
    "`<strong>` \\<em> &lt;/a&gt; &amp;amp; &#x27; &quot;",
    "&lt;a href=&quot;x&quot;&gt; {{ a }} <b>{{ b }}</b>",
    "``",
    "",
    "{{ a }}",
)
"""Lines whose markup nests, runs across slots, or only looks like markup."""

BLANKS = {
    "name": (),
    "constructor": (),
    "team's": (),
    "10": (),
    "größe": ("S", "L & XL"),
    "tools": ("C++", "C#"),
}
"""The placeholders of the cases of kind ``fill``, with their choices."""

PATTERNS = (
    ("", "name", ""),
    ("- ", "name", "."),
    ("", "name", "", "name", ""),
    ("{{ ", "name", " }}"),
    ("<b>$&", "name", "</b> *a* "),
    ("", "name", " and ", "constructor", " or ", "tools", ""),
    ("1. ", "10", " ", "größe", ""),
    ("", "team's", " — ", "name", "\u2028"),
)

NAMES = (
    *DECLARED,
    "Company_Name",
    "a -- b",
    "a'",
    "İstanbul",
    "ΟΔΟΣ",
    "Straẞe",
    "\u212aelvin",
    "日本語",
    "É à",
    "x2  y",
)


class Dice:
    """Random choices; only ``random()`` is promised to be the same in every Python."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random

    def below(self, end: int) -> int:
        return int(self._random() * end)

    def chance(self, probability: float) -> bool:
        return self._random() < probability

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def some(self, options: Sequence[T], least: int, most: int) -> list[T]:
        """Different ones of the options, in a random order."""
        left = list(options)
        count = min(least + self.below(most - least + 1), len(left))
        return [left.pop(self.below(len(left))) for _ in range(count)]

    def mixed(self) -> str:
        """Some hostile pieces in a row."""
        short = [category for category in HOSTILE if category != "long"]
        return "".join(self.pick(HOSTILE[self.pick(short)]) for _ in range(1 + self.below(4)))


# What the cases ask


def cases() -> Iterator[Case]:
    """Every case, with Python's answer."""
    pages = [
        plain({"kind": "page", "page": i, "expected": page}) for i, page in enumerate(_pages())
    ]
    documents = read_documents(pages)
    yield from pages
    for case in (
        *_patches(),
        *_changes(),
        *_comparisons(),
        *_names(),
        *_values(),
        *_fills(),
        *_runs(),
        *_exports(pages),
        *_words(pages),
        {"kind": "shapes", "about": "what a page fetches"},
        *_readings(),
        *_shapes(pages),
    ):
        asked = plain(case)
        yield {**asked, "expected": answer(asked, documents)}


def plain(data: Any) -> Any:
    """The data as JSON keeps it: two surrogates that make a pair become one character."""
    return json.loads(json.dumps(data))


def _patches() -> Iterator[Case]:
    dice = Dice("patch")
    for about, change in CHANGES.items():
        for _ in range(30):
            ids = dice.some(("about", "duties", "skills", "pay", "apply"), 1, 3)
            sections = [_section(dice, id_) for id_ in ids]
            yield {
                "kind": "patch",
                "about": about,
                "sections": sections,
                "operations": change(dice, sections),
            }


def _changes() -> Iterator[Case]:
    dice = Dice("changes")
    for about in OTHERS:
        for _ in range(10):
            base = _whole(dice)
            yield {
                "kind": "changes",
                "about": about,
                "base": base,
                "other": _other(dice, about, base),
            }


def _comparisons() -> Iterator[Case]:
    dice = Dice("comparisons")
    for about in OTHERS:
        for _ in range(5):
            base = _whole(dice)
            others = [dice.pick((about, *OTHERS)) for _ in range(1 + dice.below(3))]
            templates = [base, *(_other(dice, other, base) for other in others)]
            yield {"kind": "comparison", "about": about, "templates": templates}


def _names() -> Iterator[Case]:
    for name in NAMES:
        choices = list(DECLARED[name].choices) if name in DECLARED else []
        yield {"kind": "name", "about": name, "name": name, "choices": choices}


def _values() -> Iterator[Case]:
    dice = Dice("values")
    for about, value in _hostile(dice, 250):
        yield {"kind": "normalise", "about": about, "value": value}
    for about, value in _hostile(dice, 80):
        others = [dice.mixed() for _ in range(dice.below(4))]
        place = dice.below(len(others) + 1)
        choices = [*others[:place], value, *others[place:]]
        yield {"kind": "join", "about": about, "choices": choices}
    yield {"kind": "join", "about": "spaces", "choices": []}


def _fills() -> Iterator[Case]:
    dice = Dice("fill")
    for about, value in _hostile(dice, 150):
        values: dict[str, str | list[str]] = {}
        for name in BLANKS:
            if dice.chance(0.5):
                several = dice.chance(0.3)
                values[name] = [dice.mixed(), dice.mixed()] if several else dice.mixed()
        parts = dice.pick(PATTERNS)
        values[parts[1]] = value
        for layout in LAYOUTS:
            yield {
                "kind": "fill",
                "about": about,
                "format": layout.name,
                "parts": parts,
                "choices": BLANKS,
                "values": values,
            }


def _runs() -> Iterator[Case]:
    for text in (*TITLES, *HEADINGS, *LINES, *MARKUP):
        yield {"kind": "runs", "about": text, "parts": prepare(text)[2]}


def _hostile(dice: Dice, mixed: int) -> Iterator[tuple[str, str]]:
    for about, values in HOSTILE.items():
        for value in values:
            yield about, value
    for _ in range(mixed):
        yield MIXED, dice.mixed()


# Patches


def _item(dice: Dice, id_: str | None) -> Case:
    text = f"{dice.pick(('Train', 'Ship', '{{ a }}'))} {dice.below(1000)}"
    return {"id": id_, "kind": dice.pick(list(ItemKind)).value, "text": text}


def _section(dice: Dice, id_: str) -> Case:
    items = [_item(dice, item) for item in dice.some(("a", "b", "c", "d", "e"), 1, 4)]
    if dice.chance(0.4):
        items.insert(dice.below(len(items) + 1), _item(dice, None))
    return {
        "id": id_,
        "title": f"Title {dice.below(1000)}",
        "kind": dice.pick(list(SectionKind)).value,
        "group": dice.pick((None, None, "A group")),
        "items": items,
    }


def _patch(section: str, **changes: Any) -> Case:
    unchanged: Case = {
        "title": None,
        "group": None,
        "drop": False,
        "remove": [],
        "after": None,
        "items": [],
    }
    return {"op": "patch", "section": section, **unchanged, **changes}


def _new(section: Case, after: str | None = None) -> Case:
    return {"op": "section", "after": after, "section": section}


def _ids(section: Case) -> list[str]:
    return [item["id"] for item in section["items"] if item["id"] is not None]


def _new_items(dice: Dice) -> list[Case]:
    return [_item(dice, id_) for id_ in dice.some(("x", "y", "z", None), 1, 3)]


def _replace(dice: Dice, sections: list[Case]) -> list[Case]:
    section = dice.pick(sections)
    items = [_item(dice, id_) for id_ in dice.some(_ids(section), 1, 3)]
    if dice.chance(0.3):  # an id given twice replaces what it has just put there
        items.append(_item(dice, dice.pick(items)["id"]))
    return [_patch(section["id"], items=items)]


def _append(dice: Dice, sections: list[Case]) -> list[Case]:
    return [_patch(dice.pick(sections)["id"], items=_new_items(dice))]


def _after(dice: Dice, sections: list[Case]) -> list[Case]:
    section = dice.pick(sections)
    items = _new_items(dice)
    if dice.chance(0.5):  # a replacement between new items does not part them
        items.insert(dice.below(len(items) + 1), _item(dice, dice.pick(_ids(section))))
    return [_patch(section["id"], after=dice.pick(_ids(section)), items=items)]


def _remove(dice: Dice, sections: list[Case]) -> list[Case]:
    section = dice.pick(sections)
    removed = dice.some(_ids(section), 1, 3)
    changes: dict[str, Any] = {"remove": removed}
    if dice.chance(0.5):  # what is removed can be given again, or be what `after` names
        changes["items"] = [*_new_items(dice), _item(dice, dice.pick(removed))]
        changes["after"] = dice.pick((None, removed[0]))
    return [_patch(section["id"], **changes)]


def _drop(dice: Dice, sections: list[Case]) -> list[Case]:
    return [_patch(dice.pick(sections)["id"], drop=True)]


def _title(dice: Dice, sections: list[Case]) -> list[Case]:
    title = dice.pick(("New title", "{{ cloud }}", ""))
    return [_patch(dice.pick(sections)["id"], title=title)]


def _group(dice: Dice, sections: list[Case]) -> list[Case]:
    return [_patch(dice.pick(sections)["id"], group=dice.pick(("New group", "{{ cloud }}")))]


def _new_section(dice: Dice, sections: list[Case]) -> list[Case]:
    return [_new(_section(dice, id_)) for id_ in dice.some(("new", "other"), 1, 2)]


def _section_after(dice: Dice, sections: list[Case]) -> list[Case]:
    after = [section["id"] for section in sections]
    new = [_new(_section(dice, "new"), dice.pick(after))]
    return [*new, _new(_section(dice, "other"), dice.pick([*after, "new"]))]


def _section_again(dice: Dice, sections: list[Case]) -> list[Case]:
    ids = [section["id"] for section in sections]
    return [_new(_section(dice, dice.pick(ids)), dice.pick([None, *ids]))]


def _absent(dice: Dice, sections: list[Case]) -> list[Case]:
    section = dice.pick(sections)
    operations = [
        _patch("absent", items=_new_items(dice), title="Lost", drop=dice.chance(0.3)),
        _patch(section["id"], remove=["absent", *dice.some(_ids(section), 0, 1)]),
        _patch(section["id"], after="absent", items=_new_items(dice)),
        _new(_section(dice, "new"), "absent"),
    ]
    return dice.some(operations, 1, 4)


def _anonymous(dice: Dice, sections: list[Case]) -> list[Case]:
    section = dice.pick(sections)
    # The words of an item without an id are no name for it.
    items = [{**section["items"][0], "id": None}, _item(dice, None)]
    return [_patch(section["id"], after=dice.pick((None, *_ids(section))), items=items)]


def _conflict(dice: Dice, sections: list[Case]) -> list[Case]:
    section = dice.pick(sections)
    id_, item = section["id"], dice.pick(_ids(section))
    operations = [
        _patch(id_, remove=[item]),
        _patch(id_, items=[_item(dice, item)]),
        _patch(id_, after=item, items=_new_items(dice)),
        _patch(id_, after="x", items=[_item(dice, "x"), _item(dice, "y")]),
        _patch(id_, drop=True),
        _patch(id_, title=f"Title {dice.below(1000)}"),
        _new(_section(dice, id_), dice.pick(sections)["id"]),
    ]
    return dice.some(operations, 2, 4)


def _anything(dice: Dice, sections: list[Case]) -> list[Case]:
    changes = [change for about, change in CHANGES.items() if about != MIXED]
    return [
        operation for change in dice.some(changes, 2, 4) for operation in change(dice, sections)
    ]


CHANGES: Mapping[str, Callable[[Dice, list[Case]], list[Case]]] = {
    "replace": _replace,
    "append": _append,
    "after": _after,
    "remove": _remove,
    "drop": _drop,
    "title": _title,
    "group": _group,
    "new section": _new_section,
    "section after": _section_after,
    "section again": _section_again,
    "absent targets": _absent,
    "anonymous items": _anonymous,
    "conflicts": _conflict,
    MIXED: _anything,
}


# Templates that are compared

OTHERS = (*CHANGES, "shuffled", "another role")


def _whole(dice: Dice) -> Case:
    ids = dice.some(("about", "duties", "skills", "pay", "apply"), 1, 4)
    return {"summary": _summary(dice), "sections": [_section(dice, id_) for id_ in ids]}


def _summary(dice: Dice) -> list[Case]:
    return [_item(dice, None) for _ in range(dice.below(3))]


def _other(dice: Dice, about: str, base: Case) -> Case:
    """A template that came of the base, or of the same idea."""
    sections = base["sections"]
    if about == "shuffled":
        others = [_shuffled(dice, s) for s in dice.some(sections, len(sections) - 1, 9)]
    elif about == "another role":
        others = [_renamed(dice, s) for s in dice.some(sections, len(sections) - 1, 9)]
    else:
        others = _composed(sections, CHANGES[about](dice, sections))
    return {"summary": dice.pick((base["summary"], _summary(dice))), "sections": others}


def _composed(sections: Iterable[Case], operations: Iterable[Case]) -> list[Case]:
    made = compose_sections(
        [_read_section(section) for section in sections],
        [_read_operation(operation) for operation in operations],
    )
    return [_plain_section(section) for section in made]


def _shuffled(dice: Dice, section: Case) -> Case:
    items = dice.some(section["items"], len(section["items"]) - 1, 9)
    if items and dice.chance(0.3):  # the same words twice are two lines
        items.append({**items[0], "id": None})
    return {**section, "items": items}


def _renamed(dice: Dice, section: Case) -> Case:
    items = [{**item, "id": dice.pick((item["id"], "x", None))} for item in section["items"]]
    return {**section, "id": dice.pick((section["id"], "other")), "items": items}


# Templates and their exports


def _pages() -> Iterator[Case]:
    dice = Dice("pages")
    for _ in range(20):
        yield page_data(lay_out(_template(dice)), "parity")


def _template(dice: Dice) -> Template:
    axes = [axis for axis in Axis if dice.chance(0.6 if axis is Axis.ARRANGEMENT else 0.2)]
    template = Template(
        role="engineer",
        variants=tuple((axis, dice.pick(("senior", "remote"))) for axis in axes),
        language=dice.pick(("en", "de", "ar")),
        title=dice.pick(TITLES),
        summary=_items(dice, "summary", 0, 2),
        sections=tuple(_template_sections(dice)),
    )
    names = (use.name for text, _ in texts(template) for use in uses(text))
    return replace(template, placeholders=tuple(_declared(name) for name in dict.fromkeys(names)))


def _declared(name: str) -> Placeholder:
    detail, codes = STANDING_FOR.get(name, (None, ()))
    return replace(DECLARED[name], detail=detail, codes=codes)


def _template_sections(dice: Dice) -> Iterator[Section]:
    title = dice.pick(HEADINGS)
    for line, id_ in enumerate(dice.some(("duties", "constructor", "pay", "a-1", "z"), 1, 4)):
        if dice.chance(0.5):  # else it may share the title with its neighbour
            title = dice.pick(HEADINGS)
        items = _items(dice, id_, 0, 5)
        if dice.chance(0.5):  # else few would be lists throughout
            items = tuple(replace(item, kind=ItemKind.BULLET) for item in items)
        yield Section(
            id=id_,
            title=title,
            kind=dice.pick(list(SectionKind)),
            group=dice.pick((None, "A group", "{{ cloud }} <group>")),
            items=items,
            origin=Origin("roles/engineer.md", line, "engineer"),
        )


def _items(dice: Dice, id_: str, least: int, most: int) -> tuple[Item, ...]:
    items = []
    kind = dice.pick(list(ItemKind))
    for line, text in enumerate(dice.some(LINES, least, most)):
        if dice.chance(0.4):  # else the list or the run of paragraphs goes on
            kind = dice.pick(list(ItemKind))
        name = dice.pick((None, f"{id_}-{line}"))
        entity = dice.pick(("engineer", "remote", "engineer/remote"))
        items.append(Item(name, kind, text, Origin("roles/engineer.md", line, entity)))
    return tuple(items)


def _exports(pages: Sequence[Case]) -> Iterator[Case]:
    dice = Dice("exports")
    for page in pages:
        data = page["expected"]
        placeholders = data["template"]["placeholders"]
        defaults = data["template"]["values"]
        for values in (defaults, *(_answers(dice, placeholders) for _ in range(2))):
            asked = {"kind": "export", "page": page["page"], "values": values}
            for format_ in ("document", "json"):
                yield {**asked, "about": "the whole", "format": format_, "blocks": None}
            for layout in LAYOUTS:
                ids = data["blocks"]
                one, several = [dice.pick(ids)], dice.some(ids, 1, 3)
                for about, blocks in (("the whole", None), ("one", one), ("several", several)):
                    yield {**asked, "about": about, "format": layout.name, "blocks": blocks}


def _words(pages: Sequence[Case]) -> Iterator[Case]:
    dice = Dice("words")
    for page in pages:
        template = page["expected"]["template"]
        answers = [_answers(dice, template["placeholders"]) for _ in range(4)]
        for values in ({}, template["values"], *answers):
            yield {"kind": "docx", "about": "Word", "page": page["page"], "values": values}


def _readings() -> Iterator[Case]:
    for kind in DetailKind:
        detail = next(detail for detail in DETAILS.values() if detail.kind is kind)
        hostile = (value for values in HOSTILE.values() for value in values)
        for value in (*GIVEN[kind], *UNREADABLE[kind], *hostile):
            # What is read has been made one line before.
            asked = {"kind": "reading", "about": kind, "detail": detail.id}
            yield {**asked, "text": normalise(value)}


def _shapes(pages: Sequence[Case]) -> Iterator[Case]:
    dice = Dice("shapes")
    for page in pages:
        template = page["expected"]["template"]
        complete = {p["name"]: p["choices"][:2] or "Given" for p in template["placeholders"]}
        for p in template["placeholders"]:
            if p["detail"]:
                complete[p["name"]] = dice.pick(p["choices"] or GIVEN[DETAILS[p["detail"]].kind])
        details = {id_: dice.pick(GIVEN[detail.kind]) for id_, detail in DETAILS.items()}
        hostile = {id_: _hostile_detail(dice, id_) for id_ in dice.some([*DETAILS], 3, 21)}
        answers = _answers(dice, template["placeholders"])
        for about, values in (
            ("nothing", {}),
            ("complete", {**complete, **details}),
            ("complete but for details", complete),
            ("hostile", {**answers, **hostile}),
            ("hostile and complete", {**complete, **hostile}),
        ):
            yield {"kind": "shape", "about": about, "page": page["page"], "values": values}


def _hostile_detail(dice: Dice, id_: str) -> str:
    kind = DETAILS[id_].kind
    return dice.pick((*GIVEN[kind], *UNREADABLE[kind], dice.mixed()))


def _answers(dice: Dice, placeholders: Sequence[Case]) -> dict[str, str | list[str]]:
    values: dict[str, str | list[str]] = {"unknown": "x", "__proto__": "y", "valueOf": ["z"]}
    for placeholder in placeholders:
        if dice.chance(0.25):
            continue
        pool = [*placeholder["choices"], dice.mixed(), dice.mixed(), dice.pick(HOSTILE["spaces"])]
        # A list where one text is asked for, and the reverse, come from other versions.
        several = placeholder["multiple"] != dice.chance(0.1)
        values[placeholder["name"]] = dice.some(pool, 0, 3) if several else dice.pick(pool)
    return values


# What Python answers


def read_documents(asked: Iterable[Case]) -> dict[int, Document]:
    """The templates of the cases of kind ``page``, laid out, by number."""
    return {
        case["page"]: lay_out(from_json(json.dumps(case["expected"]["template"]))[0])
        for case in asked
        if case["kind"] == "page"
    }


def answer(case: Case, documents: Mapping[int, Document]) -> Any:
    """Python's answer to a case, as plain data."""
    match case["kind"]:
        case "page":
            return plain(page_data(documents[case["page"]], "parity"))
        case "patch":
            return _composed(case["sections"], case["operations"])
        case "changes":
            return _compare(case)
        case "comparison":
            return _compare_all(case)
        case "name":
            placeholder = _placeholder(case["name"], case["choices"])
            return {"slug": slug(placeholder.name), "blank": blank(placeholder)}
        case "normalise":
            return normalise(case["value"])
        case "join":
            return joined(case["choices"])
        case "fill":
            return _fill(case)
        case "runs":
            return [asdict(run) for run in read_runs(case["parts"])]
        case "export":
            return _export(case, documents[case["page"]])
        case "docx":
            description = Description(documents[case["page"]], case["values"])
            return hashlib.sha256(write(description, "docx")).hexdigest()
        case "shapes":
            return shapes_json()  # as text, since the order of its members counts
        case "reading":
            return read_value(DETAILS[case["detail"]], case["text"])
        case "shape":
            description = Description(documents[case["page"]], case["values"])
            return {format_: _shape(description, format_) for format_ in shapes()["formats"]}
        case kind:
            raise ValueError(f"no case is of the kind '{kind}'")


def _compare(case: Case) -> list[Case]:
    changes = compare(_read_template(case["base"]), _read_template(case["other"]))
    return [
        {
            "kind": change.kind.value,
            "section": change.section and change.section.id,
            "before": _named(change.before),
            "after": _named(change.after),
        }
        for change in changes
    ]


def _compare_all(case: Case) -> Case:
    comparison = compare_all([_read_template(template) for template in case["templates"]])
    return {
        "summary": [_plain_row(row) for row in comparison.summary],
        "sections": [
            {
                "headings": _plain_row(section.headings),
                "rows": [_plain_row(row) for row in section.rows],
            }
            for section in comparison.sections
        ],
    }


def _plain_row(row: Row) -> Case:
    cells = [[cell.standing.value, _named(cell.part), _named(cell.was)] for cell in row]
    return {"cells": cells, "runs": [[*run] for run in runs(row)], "same": is_same(row)}


def _named(part: Part | None) -> list[str | None] | None:
    return [part.id, words(part)] if part else None


def _fill(case: Case) -> str:
    layout = next(layout for layout in LAYOUTS if layout.name == case["format"])
    blanks = {
        name: layout.escape_blank(blank(_placeholder(name, choices)))
        for name, choices in case["choices"].items()
    }
    return fill(case["parts"], case["values"], layout.escape, blanks.__getitem__)


def _export(case: Case, document: Document) -> str:
    description = Description(document, case["values"])
    if case["format"] in ("document", "json"):
        written = {"document": "html", "json": "json"}[case["format"]]
        return write(description, written).decode("utf-8")
    layout = next(layout for layout in LAYOUTS if layout.name == case["format"])
    if case["blocks"] is None:
        return description.render(layout)
    blocks = {block.id: block for block in document.blocks}
    return layout.between.join(
        description.render_block(blocks[id_], layout) for id_ in case["blocks"]
    )


def _shape(description: Description, format_: str) -> Case:
    shaped = shape(description, format_)
    return {
        "missing": [asdict(gap) for gap in shaped.missing],
        "warnings": [asdict(gap) for gap in shaped.warnings],
        "content": hashlib.sha256(shaped.content.encode()).hexdigest() if shaped.content else "",
    }


def _placeholder(name: str, choices: Sequence[str]) -> Placeholder:
    return Placeholder(name, name, None, None, tuple(choices), False, _ORIGIN)


# The page's script composes without origins, so the cases hold none.
_ORIGIN = Origin("parity.md", 1)


def _read_items(items: Iterable[Case]) -> tuple[Item, ...]:
    return tuple(Item(i["id"], ItemKind(i["kind"]), i["text"], _ORIGIN) for i in items)


def _read_section(section: Case, after: str | None = None) -> Section:
    return Section(
        id=section["id"],
        title=section["title"],
        kind=SectionKind(section["kind"]),
        group=section["group"],
        items=_read_items(section["items"]),
        origin=_ORIGIN,
        after=after,
    )


def _read_template(template: Case) -> Template:
    return Template(
        role="engineer",
        variants=(),
        language="en",
        title="Engineer",
        summary=_read_items(template["summary"]),
        sections=tuple(_read_section(section) for section in template["sections"]),
    )


def _read_operation(operation: Case) -> Block:
    if operation["op"] == "section":
        return _read_section(operation["section"], operation["after"])
    return Patch(
        section=operation["section"],
        title=operation["title"],
        group=operation["group"],
        drop=operation["drop"],
        remove=tuple(operation["remove"]),
        after=operation["after"],
        items=_read_items(operation["items"]),
        origin=_ORIGIN,
    )


def _plain_section(section: Section) -> Case:
    return {
        "id": section.id,
        "title": section.title,
        "kind": section.kind.value,
        "group": section.group,
        "items": [{"id": i.id, "kind": i.kind.value, "text": i.text} for i in section.items],
    }


# The file


def write_lines(lines: Iterable[Case]) -> str:
    """Cases as text: one a line, in ASCII, so that lone surrogates can be written at all."""
    return "".join(json.dumps(line, separators=(",", ":"), sort_keys=True) + "\n" for line in lines)


def read_lines(text: str) -> list[Case]:
    """The cases that :func:`write_lines` wrote."""
    return [json.loads(line) for line in text.splitlines()]


if __name__ == "__main__":
    CASES.write_text(write_lines(cases()), encoding="ascii", newline="\n")
    print(f"{CASES}: {len(CASES.read_bytes().splitlines())} cases")
