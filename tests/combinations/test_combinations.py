"""Every combination of the shipped handbook's variants makes a sound job description.

A reader can choose one variant of each axis. So each role is composed with every choice, in
Python and in the page's script; both must make the same, and all of it must be fit to post.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
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


def faults(template: Template) -> Iterator[str]:
    """What would make a template unfit to post."""
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
