"""The rules of a jurisdiction: what a reader is told of them, and what a program reads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from rolebook.catalog import Catalog, assemble, load
from rolebook.cli import main
from rolebook.compose import compose
from rolebook.exports import export
from rolebook.exports.json import from_json
from rolebook.fences import OPTIONS
from rolebook.inline import prepare
from rolebook.model import FORBIDDEN, Axis, PayDisclosure, Rules, Section, Template
from rolebook.reader import read
from rolebook.rules_text import COLUMNS, NO_ADVICE, cells, facts, rules_note, written_date
from rolebook.script_data import composer_data

CONTENT = Path(__file__).parents[2] / "content"
SCHEMA = json.loads((files("rolebook") / "schema" / "template.json").read_text(encoding="utf-8"))

ROLE = """# Engineer

:::{job:role} engineer

:::

:::{job:section} Work
:id: work

- Build. {#build}

:::

:::{job:section} Pay
:id: money
:kind: pay

- {{ pay from }} to {{ pay to }} {#range}

:::

:::{job:note} money

Be honest.

:::
"""

BARE = {
    "law": "Pay Act",
    "pay": "in-posting",
    "sources": "A lawyer",
    "checked": "2026-11-21",
    "confidence": "high",
}
FULL = {
    "law": "Pay Act, section 3 & 4",
    "employers": "25 or more employees",
    "in-force": "2026-01-01",
    "amended": "2026-07",
    "pay": "in-posting",
    "open-ended": "forbidden",
    "single-figure": "allowed",
    "maximum-width": "50000 CAD",
    "exempt-above": "200000 CAD",
    "benefits": "required",
    "other-pay": "required",
    "deadline": "not-required",
    "ai-statement": "required",
    "vacancy-status": "required",
    "forbids": "pay-history, local-experience",
    "requires": "pay from, pay to",
    "sources": "[The act](https://example.org/act?a=1&b=2), a lawyer",
    "checked": "2026-11-21",
    "confidence": "high",
}

CONFIDENCES = ("low", "medium", "high")
SURE = "high: an official text was read, or several sources agree"


def pages(options: Mapping[str, str]) -> dict[str, str]:
    rules = "\n".join(f":{name}: {value}" for name, value in options.items())
    place = (
        "# Freedonia\n\n:::{job:variant} fr\n:applies-to: all\n:axis: jurisdiction\n\n:::\n\n"
        f":::{{job:rules}}\n{rules}\n:::\n\n:::{{job:note}} money\n\nNo open ends.\n\n:::\n"
    )
    return {"engineer.md": ROLE, "fr.md": place}


def book(options: Mapping[str, str]) -> Catalog:
    catalog = assemble(read(name, text) for name, text in pages(options).items())
    assert catalog.diagnostics == ()
    return catalog


def rules_of(**changes: str | None) -> Rules:
    """The bare rules with some options set; None takes one out."""
    options = {**BARE, **{name.replace("_", "-"): value for name, value in changes.items()}}
    catalog = book({name: value for name, value in options.items() if value is not None})
    rules = catalog.rules_of(catalog.variants["fr"])
    assert rules
    return rules


def in_freedonia(options: Mapping[str, str]) -> Template:
    return compose(book(options), "engineer", {Axis.JURISDICTION: "fr"})


def told(rules: Rules) -> dict[str, str]:
    return {fact.name: fact.text for fact in facts(rules)}


# What a reader is told


def test_all_facts_in_order() -> None:
    rules = in_freedonia(FULL).rules
    assert rules
    assert [*told(rules).items()] == [
        ("Law", "Pay Act, section 3 & 4"),
        ("Employers", "25 or more employees"),
        ("In force", "since 1 January 2026, last changed in July 2026"),
        (
            "Pay",
            (
                "in the posting; no range with an open end; a range or a single figure;"
                " the ends of a range at most 50,000 CAD a year apart;"
                " need not be told above 200,000 CAD a year"
            ),
        ),
        (
            "Also to state",
            (
                "benefits, other pay (bonuses and the like), use of AI in the selection,"
                " whether there is a vacancy"
            ),
        ),
        ("Need not be stated", "application deadline"),
        ("Not to ask or write", "pay history, local experience"),
        ("Not to leave blank", "pay from, pay to"),
        ("Sources", "[The act](https://example.org/act?a=1&b=2), a lawyer"),
        ("Checked", "21 November 2026"),
        ("Confidence", SURE),
    ]


def test_what_no_source_states_is_not_told() -> None:
    assert told(rules_of()) == {
        "Law": "Pay Act",
        "Pay": "in the posting",
        "Sources": "A lawyer",
        "Checked": "21 November 2026",
        "Confidence": SURE,
    }


@pytest.mark.parametrize(
    ("changes", "name", "text"),
    [
        ({"pay": "before-interview"}, "Pay", "before the interview"),
        ({"pay": "after-interview"}, "Pay", "after the interview"),
        ({"pay": "on-request"}, "Pay", "on request"),
        ({"pay": "not-required"}, "Pay", "need not be told"),
        ({"open_ended": "allowed"}, "Pay", "in the posting; a range may have an open end"),
        ({"single_figure": "forbidden"}, "Pay", "in the posting; a range, no single figure"),
        (
            {"confidence": "medium"},
            "Confidence",
            "medium (uncertain): the rule is sound, but a date, its reach or its state is open",
        ),
        (
            {"confidence": "low"},
            "Confidence",
            "low (uncertain): the sources are old, few or at odds",
        ),
        ({"checked": "2026"}, "Checked", "2026"),
    ],
)
def test_one_fact(changes: dict[str, str], name: str, text: str) -> None:
    assert told(rules_of(**changes))[name] == text


@pytest.mark.parametrize(
    ("in_force", "amended", "checked", "text"),
    [
        ("2021", None, "2026-11-21", "since 2021"),
        ("2020-03", None, "2026-11-21", "since March 2020"),
        ("2021-05-01", "2026-06-01", "2026-11", "since 1 May 2021, last changed on 1 June 2026"),
        ("2021-05-01", "2026-06-01", "2026-05", "since 1 May 2021, changes on 1 June 2026"),
        (None, "2024", "2026-11-21", "last changed in 2024"),
        # Not in force yet.
        ("2027-09-26", None, "2026-11-21", "from 26 September 2027"),
        ("2026-11-22", None, "2026-11-21", "from 22 November 2026"),
        ("2026-11-21", None, "2026-11-21", "since 21 November 2026"),
        ("2026-12", None, "2026-11-21", "from December 2026"),
        # As far as both say, it was in force when it was checked.
        ("2026-11", None, "2026-11-21", "since November 2026"),
        ("2026-03-01", None, "2026", "since 1 March 2026"),
    ],
)
def test_since_when(in_force: str | None, amended: str | None, checked: str, text: str) -> None:
    rules = rules_of(in_force=in_force, amended=amended, checked=checked)
    assert told(rules)["In force"] == text


@pytest.mark.parametrize("month", range(1, 13))
def test_dates_in_words(month: int) -> None:
    names = "January February March April May June July August September October November December"
    assert written_date(f"2024-{month:02}-09") == f"9 {names.split()[month - 1]} 2024"


def test_a_row_of_the_table() -> None:
    rules = rules_of(in_force="2027-09-26", employers="26 or more employees", confidence="low")
    row = dict(zip(("Pay", *COLUMNS[1:]), cells(rules), strict=True))
    assert {name: (cell.text, cell.key) for name, cell in row.items()} == {
        "Pay": ("in the posting", None),
        "Also to state": ("–", ""),
        "Employers": ("26 or more employees", None),
        "In force": ("from 26 September 2027", "2027-09-26"),
        "Last changed": ("–", ""),
        "Confidence": ("low (uncertain)", "-2"),
        "Checked": ("21 November 2026", "2026-11-21"),
        "Law": ("Pay Act", None),
    }


def test_the_surest_sort_highest() -> None:
    keys = [cells(rules_of(confidence=c))[COLUMNS.index("Confidence")].key for c in CONFIDENCES]
    assert sorted(keys, key=lambda key: int(key or "0")) == keys


# As a note beside a template


def test_the_note_says_all_facts_of_the_place() -> None:
    template = in_freedonia({**FULL, "confidence": "medium"})
    assert template.rules
    note = rules_note("Freedonia", template.rules, template.sections)
    assert note.section == "money"
    first, *said, last = (item.text for item in note.items)
    assert first == "**What the law asks (Freedonia; uncertain)**"
    assert said == [f"**{name}:** {text}" for name, text in told(template.rules).items()]
    assert last == NO_ADVICE
    assert {item.origin.file for item in note.items} == {"fr.md"}


def test_a_note_is_about_the_template_if_that_has_no_section_on_pay() -> None:
    template = in_freedonia(FULL)
    assert template.rules
    others: list[Section] = [section for section in template.sections if section.id != "money"]
    note = rules_note("Freedonia", template.rules, others)
    assert (note.section, note.items[0].text) == (None, "**What the law asks (Freedonia)**")


def test_the_composer_has_the_same_note_before_the_variants_own() -> None:
    catalog = book(FULL)
    data = composer_data(catalog, catalog.roles["engineer"], "Handbook")
    rules = catalog.rules_of(catalog.variants["fr"])
    assert rules
    asked, own = data["variants"][0]["notes"]
    note = rules_note("Freedonia", rules, ())
    expected = [[item.kind.value, prepare(item.text)[2]] for item in note.items]
    # Which section is that on pay, the choice of variants decides.
    assert asked == {"section": None, "kind": "pay", "items": expected}
    assert own == {"section": "money", "items": [["paragraph", ("No open ends.",)]]}
    assert [note["section"] for note in data["notes"]] == ["money"]


def test_no_rules_no_note() -> None:
    bare = "# Remote\n\n:::{job:variant} remote\n:applies-to: all\n:axis: arrangement\n\n:::\n"
    catalog = assemble([read("engineer.md", ROLE), read("remote.md", bare)])
    assert catalog.rules_of(catalog.variants["remote"]) is None
    data = composer_data(catalog, catalog.roles["engineer"], "Handbook")
    assert data["variants"][0]["notes"] == []


def test_a_variant_takes_over_the_rules_of_the_one_it_extends() -> None:
    head = "# {0}\n\n:::{{job:variant}} {1}\n:extends: {2}\n:axis: jurisdiction\n\n:::\n\n"
    rules = "\n".join(f":{name}: {value}" for name, value in BARE.items())
    state = head.format("State", "state", "engineer") + f":::{{job:rules}}\n{rules}\n:::\n"
    city = head.format("City", "city", "engineer/state")
    written = {"engineer.md": ROLE, "state.md": state, "city.md": city}
    catalog = assemble(read(name, text) for name, text in written.items())
    found = catalog.rules_of(catalog.variants["engineer/city"])
    assert found == catalog.rules_of(catalog.variants["engineer/state"])
    assert found
    assert compose(catalog, "engineer", {Axis.JURISDICTION: "city"}).rules == found


# On the command line


def test_show_prints_the_rules_as_facts(tmp_path: Path) -> None:
    for name, text in pages(FULL).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    shown = CliRunner().invoke(main, ["--root", str(tmp_path), "show", "fr"])
    assert (shown.exit_code, shown.stderr) == (0, "")
    rules = in_freedonia(FULL).rules
    assert rules
    lines = dict(line.split(":", 1) for line in shown.stdout.splitlines()[1:-1])
    found = {name.strip(): text.strip() for name, text in lines.items()}
    assert found["axis"] == "jurisdiction"
    expected = {name.lower(): text for name, text in told(rules).items()}
    expected["sources"] = "The act (https://example.org/act?a=1&b=2), a lawyer"
    assert expected.items() <= found.items()
    assert shown.stdout.splitlines()[-1] == f"  {NO_ADVICE}"
    # All values begin in one column.
    assert len({len(name) + len(text) - len(text.lstrip()) for name, text in lines.items()}) == 1


def test_show_of_what_has_no_rules_gives_no_legal_remark(tmp_path: Path) -> None:
    for name, text in pages(FULL).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    shown = CliRunner().invoke(main, ["--root", str(tmp_path), "show", "engineer"])
    assert shown.exit_code == 0
    assert NO_ADVICE not in shown.stdout


# As data


@pytest.mark.parametrize("options", [BARE, FULL], ids=["bare", "full"])
def test_the_json_export_holds_the_rules_and_is_read_back(options: Mapping[str, str]) -> None:
    template = in_freedonia(options)
    written = export(template, "json", {})
    Draft202012Validator(SCHEMA).validate(json.loads(written))
    read_back, _ = from_json(written.decode())
    assert read_back == template
    assert read_back.rules == template.rules
    assert export(read_back, "json", {}) == written


def test_the_rules_as_data() -> None:
    data = json.loads(export(in_freedonia(FULL), "json", {}))
    assert {**data["rules"], "origin": None} == {
        "law": "Pay Act, section 3 & 4",
        "employers": "25 or more employees",
        "in_force": "2026-01-01",
        "amended": "2026-07",
        "pay": "in-posting",
        "open_ended": "forbidden",
        "single_figure": "allowed",
        "maximum_width": {"value": 50000, "currency": "CAD"},
        "exempt_above": {"value": 200000, "currency": "CAD"},
        "benefits": "required",
        "other_pay": "required",
        "deadline": "not-required",
        "ai_statement": "required",
        "vacancy_status": "required",
        "forbids": ["pay-history", "local-experience"],
        "requires": ["pay from", "pay to"],
        "sources": "[The act](https://example.org/act?a=1&b=2), a lawyer",
        "checked": "2026-11-21",
        "confidence": "high",
        "origin": None,
    }
    assert [p["required"] for p in data["placeholders"]] == [True, True]


def test_without_a_jurisdiction_there_are_none() -> None:
    template = compose(book(FULL), "engineer")
    data = json.loads(export(template, "json", {}))
    assert data["rules"] is None
    assert [p["required"] for p in data["placeholders"]] == [False, False]


def test_every_option_is_told_and_described() -> None:
    names = {option.replace("-", "_") for option in OPTIONS["rules"]}
    assert names == {field.name for field in fields(Rules)} - {"origin"}
    assert {*SCHEMA["$defs"]["rules"]["required"]} == names | {"origin"}
    full = in_freedonia(FULL).rules
    assert full
    for name in names - {"law", "pay", "checked", "confidence"}:
        empty: Any = () if isinstance(getattr(full, name), tuple) else None
        assert facts(replace(full, **{name: empty})) != facts(full), name


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("pay", {*PayDisclosure}),
        ("benefits", {"required", "not-required"}),
        ("open-ended", {"allowed", "forbidden"}),
        ("confidence", {*CONFIDENCES}),
    ],
)
def test_the_schema_takes_what_the_notation_takes(option: str, values: set[str]) -> None:
    for value in values:
        data = json.loads(export(in_freedonia({**FULL, option: value}), "json", {}))
        Draft202012Validator(SCHEMA).validate(data)
        assert data["rules"][option.replace("-", "_")] == value
    wrong = json.loads(export(in_freedonia(FULL), "json", {}))
    wrong["rules"][option.replace("-", "_")] = "maybe"
    assert not Draft202012Validator(SCHEMA).is_valid(wrong)


def test_all_that_a_law_may_forbid_is_told_and_described() -> None:
    rules = in_freedonia({**FULL, "forbids": ", ".join(FORBIDDEN)}).rules
    assert rules
    assert told(rules)["Not to ask or write"] == ", ".join(FORBIDDEN.values())
    assert SCHEMA["$defs"]["rules"]["properties"]["forbids"]["items"]["enum"] == [*FORBIDDEN]
    manual = (Path(__file__).parents[2] / "docs" / "notation.md").read_text(encoding="utf-8")
    (row,) = (line for line in manual.splitlines() if line.startswith("| `:forbids:` |"))
    assert re.findall(r"`([a-z-]+)`", row) == [*FORBIDDEN]


def test_the_shipped_jurisdictions_are_told_and_read_back() -> None:
    catalog = load(CONTENT)
    (role, *_) = catalog.roles.values()
    places = [v for (axis, _), v in catalog.variants_of(role).items() if axis is Axis.JURISDICTION]
    assert places
    for place in places:
        template = compose(catalog, role.id, {Axis.JURISDICTION: place.id})
        assert template.rules, place.key
        assert template.rules.sources, place.key
        assert from_json(export(template, "json", {}).decode())[0] == template
        note = rules_note(place.heading, template.rules, template.sections)
        assert (note.section, note.items[-1].text) == ("pay", NO_ADVICE)
