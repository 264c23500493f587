"""Every combination of the shipped handbook's variants makes a sound job description.

A reader can choose one variant of each axis. So each role is composed with every choice, in
Python and in the page's script; both must make the same, and all of it must be fit to post.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from rolebook.catalog import load
from rolebook.check import check
from rolebook.compose import compose, texts
from rolebook.exports.layout import lay_out
from rolebook.model import Axis, Role, Template
from rolebook.script_data import composer_data, page_data

HERE = Path(__file__).parent
COMPOSE_JS = HERE.parents[1] / "ext" / "rolebook" / "static" / "compose.js"
CATALOG = load(HERE.parents[1] / "content")
DECLARED = {
    placeholder.name
    for some in (
        CATALOG.placeholders,
        *(entity.placeholders for entity in [*CATALOG.roles.values(), *CATALOG.variants.values()]),
    )
    for placeholder in some
}
SAMPLE = 200

# What one posting must not say in two lines: a pattern for each of the two, and why. A choice of
# a placeholder counts as a line, "benefits: health insurance". Add to this whatever a reader of a
# combination finds to contradict or to repeat itself.
NOT_TOGETHER = (
    (
        r"side by side|\bbeside (you|your|someone)|at your side|in (one|the same) room",
        r"\bAll conversations are by video|Colleagues work from other places",
        "people who are never at one place",
    ),
    (
        r"step-free|without steps|see the (office|place)|in the office",
        r"\bAll conversations are by video",
        "a place that nobody comes to",
    ),
    (
        r"[Ee]quipment(:\*\*| at| for| outside)|\bat home\b(?! with)|from home",
        r"\*\*Work arrangement:\*\* On-site",
        "a home that nobody works in",
    ),
    (r"^benefits: .*equipment", r"\{\{ equipment", "equipment twice"),
    (r"^benefits: .*(bonus|commission|shares|options)", r"\{\{ other pay", "other pay twice"),
    (r"\{\{ other pay", r"\*\*Other pay:\*\*", "other pay twice"),
    (
        r"\*\*Our reply:\*\*",
        r"days after (your|an|the) (last )?interview|tell you whether|hear from us within",
        "two promises of a reply",
    ),
    (r"\*\*Location:\*\*", r"\*\*Where you may live:\*\*", "two places"),
    (r"\{\{ arrangement", r"\*\*Work arrangement:\*\* \w", "two arrangements"),
    (
        r"\bstop work that|you decide (where|what|which|how)",
        r"[Cc]lients? decides?\b",
        "two who decide what is made",
    ),
    (
        r"enough to finish in days|[Cc]olleagues( with more experience)? (choose|settle|design)",
        r"\blasts? (days|weeks)\b|agree with (each|the) client|^Choose\b|^Decide\b|^Own\b|^Lead\b",
        "more than a beginner's tasks",
    ),
    (
        r"[Yy]ou( will)? set (the|how|what)|Your scope is (a system|the whole|all)",
        r"^(Help|Assist|Support)( to| with| in)? (agree|keep|plan|prepare|write|build|review)\b",
        "less than a senior's tasks",
    ),
    (r"[Ff]rom application to offer", r"All stages fit into", "two lengths of the hiring"),
)
# Which line of a section must not stand before which other one, and why.
NOT_BEFORE = (
    (r"^Before your first day", r".", "checks follow an offer, so nothing stands after them"),
    (r"^Where you start in that range", r"^The range\b", "the range comes first"),
)
MULTIPLE = {p.name for p in CATALOG.placeholders if p.multiple}


def axes_of(role: Role) -> dict[Axis, list[str]]:
    """By axis: no choice, and the ids of the variants."""
    axes: dict[Axis, list[str]] = {}
    for axis, id_ in CATALOG.variants_of(role):
        axes.setdefault(axis, [""]).append(id_)
    return axes


def chosen(axes: Mapping[Axis, list[str]], ids: tuple[str, ...]) -> dict[Axis, str]:
    return {axis: id_ for axis, id_ in zip(axes, ids, strict=True) if id_}


def combinations(role: Role, first: str) -> Iterator[dict[Axis, str]]:
    """Every choice with one variant, or none, on the role's first axis."""
    axes = axes_of(role)
    _, *others = axes.values()
    for ids in product([first], *others):
        yield chosen(axes, ids)


SHARES = [
    pytest.param(role, first, id=f"{role.id}-{first or 'any'}")
    for role in CATALOG.roles.values()
    for first in next(iter(axes_of(role).values()), [])
]


def seen(template: Template) -> str:
    """What a reader sees of a template, as one text: the same as in combinations.mjs."""
    lines = [template.title, *(item.text for item in template.summary)]
    for section in template.sections:
        lines += [section.id, section.title, section.group or ""]
        for i in section.items:
            lines += [i.id or "", i.kind.value, i.text, f"{i.origin.entity}:{i.origin.line}"]
    for p in template.placeholders:
        lines += [p.name, p.label, "/".join(p.choices), "true" if p.required else "false"]
    return "\n".join(lines)


@cache
def sides(line: str) -> tuple[tuple[int, int], ...]:
    """Which patterns of NOT_TOGETHER a line fits: the number of the pair, and which of the two."""
    return tuple(
        (number, side)
        for number, pair in enumerate(NOT_TOGETHER)
        for side in (0, 1)
        if re.search(pair[side], line)
    )


@cache
def choices(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name}: {value}" for value in values)


def meetings(lines: Iterable[str]) -> Iterator[str]:
    """The pairs of lines that must not stand in one template."""
    told = [(key, line) for line in lines for key in sides(line)]
    for (number, side), line in told:
        for other, also in told:
            if other == (number, 1) and side == 0 and also != line:
                yield f"{NOT_TOGETHER[number][2]}: {line!r} and {also!r}"


@cache
def held_back(line: str) -> tuple[int, ...]:
    """Which of NOT_BEFORE speak of a line as the one that comes later."""
    return tuple(
        number for number, (first, _, _) in enumerate(NOT_BEFORE) if re.search(first, line)
    )


@cache
def inner_lists(text: str) -> tuple[str, ...]:
    """Placeholders of several values within a sentence, where "a, b" would not read well."""
    found = re.findall(r"\{\{ ([^:{}]+?) \}\}(?!\)|\.?$)", text)
    return tuple(name for name in found if name in MULTIPLE)


def faults(template: Template) -> Iterator[str]:
    """What would make a template unfit to post."""
    yield from meetings(
        line
        for lines in (
            (text for text, _ in texts(template)),
            *(choices(p.name, p.choices) for p in template.placeholders),
        )
        for line in lines
    )
    for section in template.sections:
        for place, item in enumerate(section.items):
            for number in held_back(item.text):
                _, second, why = NOT_BEFORE[number]
                for after in section.items[place + 1 :]:
                    if re.search(second, after.text):
                        yield f"{why}: {item.text!r} before {after.text!r}"
    for section in template.sections:
        if not section.items:
            yield f"the section '{section.id}' is empty"
    for what, words in (
        ("section", [section.id for section in template.sections]),
        ("line", [item.text for section in template.sections for item in section.items]),
        *(
            (f"id in {section.id}", [item.id for item in section.items if item.id])
            for section in template.sections
        ),
    ):
        if len(words) != len(set(words)):
            yield f"a {what} stands twice: {Counter(words).most_common(1)}"
    used = {placeholder.name for placeholder in template.placeholders}
    if not used <= DECLARED:
        yield f"placeholders are declared nowhere: {sorted(used - DECLARED)}"
    for text, _ in texts(template):
        if "{title}" in text or "  " in text:
            yield f"a text is not finished: {text!r}"
        for name in inner_lists(text):
            yield f"{{{{ {name} }}}} may hold a list, and stands within a sentence: {text!r}"
    required = set(template.rules.requires) if template.rules else set()
    if not required <= used:
        yield f"placeholders that the law requires are missing: {sorted(required - used)}"


def test_no_two_axes_meet_in_a_line_by_accident() -> None:
    assert check(CATALOG) == ()


@pytest.mark.parametrize(("role", "first"), SHARES)
def test_every_combination(role: Role, first: str, tmp_path: Path) -> None:
    digests = []
    for choice in combinations(role, first):
        template = compose(CATALOG, role.id, choice)
        assert not [*faults(template)], choice
        digest = hashlib.sha256(f"{template.key}\n{seen(template)}".encode())
        digests.append(digest.hexdigest()[:16])
    in_browser = node_digests(role, first, tmp_path)
    assert len(in_browser) == len(digests)
    for choice, ours, theirs in zip(combinations(role, first), digests, in_browser, strict=True):
        assert ours == theirs, choice


def node_digests(role: Role, first: str, folder: Path) -> list[str]:
    """The digests of the same combinations, composed by the page's script."""
    node = shutil.which("node")
    assert node, "'node' is not on this machine. On Debian or Ubuntu: apt-get install nodejs"
    data = folder / "composer.json"
    data.write_text(json.dumps(composer_data(CATALOG, role, "handbook")), encoding="utf-8")
    done = subprocess.run(
        [node, str(HERE / "combinations.mjs"), str(data), first],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.split("\n")


@pytest.mark.parametrize("role", [*CATALOG.roles.values()], ids=[*CATALOG.roles])
def test_some_combinations_to_the_last_byte(role: Role, tmp_path: Path) -> None:
    """The whole page data, with every line prepared for each format, of a random sample."""
    axes = axes_of(role)
    dice = random.Random(role.id)
    cases: list[list[Any]] = [[{}, page_data(lay_out(compose(CATALOG, role.id)), "handbook")]]
    for _ in range(SAMPLE):
        choice = chosen(axes, tuple(dice.choice(ids) for ids in axes.values()))
        template = compose(CATALOG, role.id, choice)
        cases.append([choice, page_data(lay_out(template), "handbook")])
    data, expected = tmp_path / "composer.json", tmp_path / "cases.json"
    data.write_text(json.dumps(composer_data(CATALOG, role, "handbook")), encoding="utf-8")
    expected.write_text(json.dumps(cases), encoding="utf-8")
    script = f"""
        import assert from "node:assert/strict";
        import {{ readFileSync }} from "node:fs";
        import {{ composePage }} from {json.dumps(COMPOSE_JS.as_uri())};
        const read = (file) => JSON.parse(readFileSync(file, "utf-8"));
        const data = read({json.dumps(str(data))});
        for (const [choice, page] of read({json.dumps(str(expected))})) {{
          assert.deepEqual(composePage(data, choice), page, JSON.stringify(choice));
        }}
    """
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", script],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[:4000]


def test_what_makes_a_template_unfit_is_found() -> None:
    """The checks above would see a fault if there were one."""
    role = next(iter(CATALOG.roles.values()))
    sound = compose(CATALOG, role.id)
    assert [*faults(sound)] == []
    section = sound.sections[0]
    twice = replace(section, items=(*section.items, section.items[0]))
    empty = replace(section, items=())
    stray = replace(sound.placeholders[0], name="never declared")
    for unfit in (
        replace(sound, sections=(twice, *sound.sections[1:])),
        replace(sound, sections=(empty, *sound.sections[1:])),
        replace(sound, sections=(*sound.sections, section)),
        replace(sound, placeholders=(*sound.placeholders, stray)),
        replace(sound, summary=(replace(section.items[0], text="Not {title} yet."),)),
    ):
        assert [*faults(unfit)]


# Lines that did meet once, or would, a pair for each of NOT_TOGETHER.
MET = (
    (
        "You and an engineer explore a small data set side by side.",
        "All conversations are by video, at times that suit your time zone.",
    ),
    (
        "Such as more time, captions or a step-free room, write to us.",
        "All conversations are by video.",
    ),
    ("benefits: equipment for working at home", "**Work arrangement:** On-site"),
    ("benefits: equipment for working at home", "**Equipment:** {{ equipment }}"),
    ("benefits: company shares or options", "Other pay: {{ other pay }}."),
    ("Other pay, such as shares: {{ other pay }}.", "**Other pay:** {{ other pay }}"),
    (
        "**Our reply:** within {{ reply days }} working days after each stage.",
        "At the latest 45 days after your last interview, we tell you more.",
    ),
    ("**Location:** {{ location }}", "**Where you may live:** {{ location }}"),
    ("**Work arrangement:** {{ arrangement }}", "**Work arrangement:** Remote"),
    ("Settle which problems deserve a model, and stop work that fails.", "The client decides."),
    ("Your tasks are small enough to finish in days.", "Runs can last days."),
    ("You set the technical direction.", "Help plan which images are collected."),
    ("It takes about six weeks from application to offer.", "All stages fit into four weeks."),
)


@pytest.mark.parametrize("pair", MET, ids=[pair[2] for pair in NOT_TOGETHER])
def test_lines_that_must_not_meet_are_found(pair: tuple[str, str]) -> None:
    """Planted in a sound template, in either order; each by itself does no harm."""
    sound = compose(CATALOG, next(iter(CATALOG.roles)))
    for lines in (pair, pair[::-1]):
        found = [*faults(planted(sound, lines))]
        assert [fault for fault in found if all(line in fault for line in lines)]
    number = MET.index(pair)
    assert next(meetings(pair)).startswith(NOT_TOGETHER[number][2])
    for line in pair:
        assert not [*meetings([line, line])]


def planted(template: Template, lines: Iterable[str]) -> Template:
    """The template with these lines in a section of their own."""
    section = template.sections[0]
    items = tuple(replace(section.items[0], id=None, text=line) for line in lines)
    return replace(
        template, sections=(*template.sections, replace(section, id="planted", items=items))
    )


def test_lines_out_of_order_and_lists_within_sentences_are_found() -> None:
    sound = compose(CATALOG, next(iter(CATALOG.roles)))
    for lines in (
        ("Before your first day come the checks.", "All stages fit into four weeks."),
        ("Where you start in that range depends on you.", "Or not.", "The range is published."),
        ("Set the alerts for your models on {{ cloud }}, and act on them.",),
    ):
        assert [*faults(planted(sound, lines))]
    assert not inner_lists("Watch cost in production ({{ cloud }}), and repair what slips.")
    assert not inner_lists("You also receive: {{ benefits }}.")
