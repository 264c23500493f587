"""What is to be filled in: read from ``--fill`` and ``--set``, and fitted to a template."""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from rolebook.details import DETAILS, Detail
from rolebook.diagnostics import known
from rolebook.exports.shapes import shapes
from rolebook.model import Axis, Placeholder, Template
from rolebook.placeholders import fold, normalise
from rolebook.vacancy import detail_of, read_value, unreadable


@dataclass(frozen=True, slots=True)
class Answer:
    """What was given under a name; ``listed`` if it was written as a list.

    ``filed`` if it comes from a file, which may serve formats that ask for other details.
    """

    values: tuple[str, ...]
    listed: bool = False
    filed: bool = False


Answers = Mapping[str, Answer]

_ARRANGEMENT = "arrangement"
"""The one detail that a variant can give."""


def read_answers(file: Path | None, settings: Sequence[str]) -> Answers:
    """The answers of a ``.toml`` or ``.json`` file and of ``--set``, which goes before it.

    Raises :class:`click.UsageError` for what is no answer.
    """
    return {**_from_file(file), **_from_settings(settings)} if file else _from_settings(settings)


def _from_settings(settings: Sequence[str]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise click.UsageError(f"--set takes NAME=VALUE, not '{setting}'.")
        name = fold(name)
        earlier = answers[name].values if name in answers else ()
        answers[name] = Answer((*earlier, value))
    return answers


def _from_file(file: Path) -> dict[str, Answer]:
    try:
        text = file.read_text(encoding="utf-8")
        loads = tomllib.loads if file.suffix == ".toml" else json.loads
        data = loads(text, parse_float=_as_written)
    except ValueError as error:
        raise click.UsageError(f"{file} cannot be read: {error}") from error
    except RecursionError as error:
        raise click.UsageError(f"{file} cannot be read: it has too many brackets.") from error
    if not isinstance(data, dict):
        raise click.UsageError(f"{file} must hold names and values, one a placeholder.")
    answers = {}
    for name, value in data.items():
        listed = isinstance(value, list)
        texts = [_text(one) for one in (value if listed else [value])]
        values = tuple(text for text in texts if text is not None)
        if len(values) < len(texts):
            raise click.UsageError(
                f"{file}: '{name}' must be a text, a number, a date or a list of these."
            )
        answers[fold(name)] = Answer(values, listed, filed=True)
    return answers


def _as_written(number: str) -> str | float:
    """A number's own digits: 18.50 stays as it is. Infinity and the like are none."""
    return number if number[-1].isdigit() else float(number)


def _text(value: object) -> str | None:
    """What a value of a file says; None if it is no text, number or date."""
    # TOML has dates; one with a time is no date, and what is true or false is no number.
    if type(value) is datetime.date:
        return value.isoformat()
    if type(value) is int:
        return str(value)
    return value if isinstance(value, str) else None


def fit(
    answers: Answers, template: Template, with_details: bool
) -> tuple[dict[str, str | list[str]], set[str]]:
    """The values that the answers give the template, and the names that it has no use for.

    The id of a detail stands for the placeholder that stands for the detail, unless that is
    answered too. What no placeholder takes is kept ``with_details``; without, it is passed
    over if it comes from a file.

    Raises :class:`click.UsageError` for a value that a placeholder or detail cannot have.
    """
    placeholders = {p.name: p for p in template.placeholders}
    holders = {detail_of(p): p for p in reversed(template.placeholders) if p.name not in answers}
    values: dict[str, str | list[str]] = {}
    useless = set()
    for name, answer in answers.items():
        placeholder = placeholders.get(name) or (holders.get(name) if name in DETAILS else None)
        if placeholder is not None:
            values[placeholder.name] = _for_placeholder(name, answer, placeholder)
        elif name == _ARRANGEMENT and _chosen(template) and _code(answer):
            continue  # the variant says it
        elif name in DETAILS and with_details:
            values[name] = _for_detail(name, answer, DETAILS[name])
        elif name not in DETAILS or not (
            answer.filed or name in map(detail_of, template.placeholders)
        ):
            useless.add(name)
    return values, useless


def refuse_contradiction(answers: Answers, template: Template) -> None:
    """Raise :class:`click.UsageError` for an arrangement other than that of the variant."""
    answer, chosen = answers.get(_ARRANGEMENT), _chosen(template)
    if answer is not None and chosen and (code := _code(answer)) and code != chosen:
        raise click.UsageError(
            f"'{_ARRANGEMENT}' is '{answer.values[-1]}', and --{Axis.ARRANGEMENT} is '{chosen}'."
            " Change one of them, or leave the answer out."
        )


def _chosen(template: Template) -> str | None:
    """The arrangement of the template's variant, if that is one that programs know."""
    id_ = dict(template.variants).get(Axis.ARRANGEMENT)
    return id_ if id_ in DETAILS[_ARRANGEMENT].codes else None


def _code(answer: Answer) -> str | int | None:
    if answer.listed:
        return None
    return read_value(DETAILS[_ARRANGEMENT], normalise(answer.values[-1]))


def refuse(useless: Iterable[str], templates: Iterable[Template], with_details: bool) -> None:
    """Raise :class:`click.UsageError` for the first of some names that fit nowhere."""
    names = {p.name for template in templates for p in template.placeholders}
    for name in sorted(useless):
        if name in DETAILS:
            raise click.UsageError(
                f"The template has no place for the detail '{name}'."
                f" These formats have: {', '.join(shapes()['formats'])}."
            )
        kinds = "placeholder or detail" if with_details else "placeholder"
        names |= set(DETAILS) if with_details else set()
        raise click.UsageError(
            f"The template has no {kinds} '{name}'. {known(name, names, 'placeholder')}"
        )


def _for_placeholder(name: str, answer: Answer, placeholder: Placeholder) -> str | list[str]:
    if placeholder.multiple:
        return [_choice(name, value, placeholder) for value in answer.values]
    return _choice(name, _single(name, answer), placeholder)


def _choice(name: str, value: str, placeholder: Placeholder) -> str:
    """A value that a placeholder can have; the code of a choice stands for the choice."""
    choices, codes = placeholder.choices, placeholder.codes
    if not choices or not value or value in choices:
        return value
    if value in codes:
        return choices[codes.index(value)]
    raise click.UsageError(
        f"'{value}' is not a choice for '{name}'. {known(value, choices, 'choice')}"
    )


def _for_detail(name: str, answer: Answer, detail: Detail) -> str:
    value = _single(name, answer)
    if not value or read_value(detail, normalise(value)) is not None:
        return value
    if detail.codes:
        raise click.UsageError(
            f"'{value}' is not a choice for '{name}'. {known(value, detail.codes, 'choice')}"
        )
    raise click.UsageError(f"'{name}': {unreadable(detail, normalise(value))}")


def _single(name: str, answer: Answer) -> str:
    if answer.listed:
        raise click.UsageError(f"'{name}' takes one value, not a list.")
    return answer.values[-1]
