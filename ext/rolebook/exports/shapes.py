"""A filled description in the shapes that other programs take: ``shapes.json`` holds them.

A shape is a tree of JSON. In it, ``"$name"`` is a fact (``facts.py`` has them all), and an
object with one of these keys is an instruction; anything else stands for itself:

- ``$map``: the value in ``to`` for a fact's value
- ``$join``: the values of ``of`` as one text, with this between them
- ``$first``: the first of some values that is there
- ``$if``: ``then`` where all these facts are there (``"name"``, or ``"name=value"`` for one
  that has this value), else ``else``
- ``$each``: ``as`` for each entry of a list of facts, only those of certain ``kinds``

What is missing is left out: from an object, from a list, and a whole object or list of
which nothing would be left. ``shown`` is what the people who read the text are told besides,
by what it is called. ``derived`` are facts made of others in the same way, with the
detail to ask for where they are missing. Where each shape comes from is in the manual's page
on the command. ``static/shapes.js`` mirrors this module; ``tests/parity`` holds the cases.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rolebook.details import DETAILS
from rolebook.exports.facts import Facts, facts_of
from rolebook.exports.layout import HTML, Description
from rolebook.placeholders import escape_html, joined
from rolebook.vacancy import Readings, read_vacancy


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a format asks for and that is not there.

    ``name`` is what it is given under: a placeholder's name, or the id of a detail that no
    placeholder of the template stands for. ``detail`` is None for a mere blank in the text.
    """

    name: str
    label: str
    detail: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Shaped:
    """A description in a shape: ``content`` is empty where something is ``missing``.

    ``warnings`` are what the shape has room for and the description does not say.
    """

    missing: tuple[Gap, ...]
    warnings: tuple[Gap, ...]
    content: str


class MissingDetailsError(ValueError):
    """A description that lacks what a format cannot do without, all of it in ``missing``."""

    def __init__(self, format: str, missing: tuple[Gap, ...]) -> None:
        super().__init__(
            "\n".join([f"{format} needs more:", *(f"{gap.label}: {gap.why}" for gap in missing)])
        )
        self.format = format
        self.missing = missing


@cache
def shapes() -> Mapping[str, Any]:
    """The shapes as they are written."""
    text = (files("rolebook") / "exports" / "shapes.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def write_shape(format: str) -> Callable[[Description], bytes]:
    """What writes a description in a shape, in UTF-8.

    It raises :class:`MissingDetailsError` where the shape cannot do without what is missing.
    """

    def write(description: Description) -> bytes:
        shaped = shape(description, format)
        if shaped.missing:
            raise MissingDetailsError(format, shaped.missing)
        return shaped.content.encode("utf-8")

    return write


def shape(description: Description, format: str) -> Shaped:
    """A description in a shape, with what it lacks.

    Raises :class:`KeyError` for a format that is no shape.
    """
    wanted = shapes()["formats"][format]
    template, values = description.document.template, description.values
    readings = read_vacancy(template, values)
    facts = {**facts_of(description, readings)}
    for name, derived in shapes()["derived"].items():
        if (value := _fill(derived["tree"], facts)) is not None:
            facts[name] = value
    blanks = {
        p.name: Gap(p.name, p.label, p.detail, "Still blank in the text.")
        for p in template.placeholders
        if not joined(values.get(p.name, ""))
    }
    required = _gaps(wanted.get("required", {}), "needs it", facts, readings)
    recommended = _gaps(wanted["recommended"], "is left out", facts, readings)
    unread = {
        reading.name: Gap(reading.name, reading.label, id_, f"{reading.fault} It is left out.")
        for id_, reading in readings.items()
        if reading.fault and id_ in details_of(format)
    }
    # One name is named once, with the best reason; a draft may have blanks.
    missing = {**blanks, **required} if "required" in wanted else {}
    warnings = {**({} if "required" in wanted else blanks), **unread, **recommended}
    return Shaped(
        tuple(missing.values()),
        tuple(gap for name, gap in warnings.items() if name not in missing),
        "" if missing else _write(wanted, description, facts),
    )


@cache
def details_of(format: str) -> frozenset[str]:
    """The ids of the details that a shape has room for.

    Raises :class:`KeyError` for a format that is no shape.
    """
    derived = shapes()["derived"]
    wanted = shapes()["formats"][format]
    names = {*_names([wanted["tree"], wanted.get("shown")]), *wanted["recommended"]}
    names |= {name for fact in names & derived.keys() for name in _names(derived[fact]["tree"])}
    return frozenset(re.sub("-(cents|words|unsaid)$", "", name) for name in names) & DETAILS.keys()


def _names(tree: Any) -> Iterator[str]:
    """The facts that a tree names."""
    if isinstance(tree, str) and tree.startswith("$"):
        yield tree[1:]
    elif isinstance(tree, list):
        for part in tree:
            yield from _names(part)
    elif isinstance(tree, dict):
        for key, part in tree.items():
            if key == "$if":
                yield from (condition.partition("=")[0] for condition in part)
            elif key == "$map":
                yield part
            else:
                yield from _names(part)


def _gaps(
    wants: Mapping[str, Any], consequence: str, facts: Facts, readings: Readings
) -> dict[str, Gap]:
    """What is wanted and not there, by name; a want is a fact with what it is wanted for."""
    found = {}
    for fact, purpose in wants.items():
        what = _fill(purpose, facts)
        if what is None or fact in facts:
            continue
        reading = readings[shapes()["derived"].get(fact, {"ask": fact})["ask"]]
        why = f"{reading.fault or 'Not given:'} {what} {consequence}."
        found[reading.name] = Gap(reading.name, reading.label, reading.detail, why)
    return found


# The interpreter


def _fill(tree: Any, facts: Facts) -> Any:
    """The tree with its facts; None for what is missing."""
    if isinstance(tree, str):
        return facts.get(tree[1:]) if tree.startswith("$") else tree
    if isinstance(tree, list):
        return _there(tree, facts) or None
    if not isinstance(tree, dict):
        return tree
    if "$map" in tree:
        return tree["to"].get(facts.get(tree["$map"]))
    if "$join" in tree:
        return tree["$join"].join(map(str, _there(tree["of"], facts))) or None
    if "$first" in tree:
        return next(iter(_there(tree["$first"], facts)), None)
    if "$if" in tree:
        holds = all(_holds(condition, facts) for condition in tree["$if"])
        return _fill(tree.get("then" if holds else "else"), facts)
    if "$each" in tree:
        kinds = tree.get("kinds")
        entries = [e for e in facts[tree["$each"]] if kinds is None or e["kind"] in kinds]
        return [_fill(tree["as"], entry) for entry in entries] or None
    members = {name: _fill(part, facts) for name, part in tree.items()}
    return {name: value for name, value in members.items() if value is not None} or None


def _there(trees: Iterable[Any], facts: Facts) -> list[Any]:
    return [value for value in (_fill(tree, facts) for tree in trees) if value is not None]


def _holds(condition: str, facts: Facts) -> bool:
    name, equals, value = condition.partition("=")
    return facts.get(name) == value if equals else name in facts


# The output


def _write(wanted: Mapping[str, Any], description: Description, facts: Facts) -> str:
    text = json.dumps(_fill(wanted["tree"], facts), ensure_ascii=False, indent=2)
    if "shown" not in wanted:
        return text + "\n"
    language = escape_html(description.document.template.language)
    # A program may be told only what people are shown, so the text gets what it does not say.
    rows = "".join(
        f"<dt>{escape_html(name)}</dt>\n<dd>{escape_html(value)}</dd>\n"
        for name, value in (_fill(wanted["shown"], facts) or {}).items()
    )
    return (
        f'<article lang="{language}">\n{description.render(HTML)}'
        + (f"<dl>\n{rows}</dl>\n" if rows else "")
        # No `<` in it can end the script.
        + '<script type="application/ld+json">\n'
        + text.replace("<", "\\u003c")
        + "\n</script>\n</article>\n"
    )
