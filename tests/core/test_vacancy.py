"""The facts of an opening: what is read, from where, and what is told about the rest."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.numbers import get_territory_currencies

from rolebook.catalog import load
from rolebook.compose import compose
from rolebook.details import DETAILS, FORMS, DetailKind
from rolebook.iso_codes import COUNTRIES, COUNTRY_NAMES, CURRENCIES
from rolebook.model import Axis, Origin, Placeholder, Template, Values
from rolebook.vacancy import Reading, legible, read_vacancy

HERE = Path(__file__).parent / "vacancy"
CATALOG = load(HERE / "handbook")
ROLE = compose(CATALOG, "data-engineer")
READINGS: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (HERE / "readings.toml").read_text(encoding="utf-8")
)


def template(*placeholders: Placeholder, arrangement: str = "") -> Template:
    variants = ((Axis.ARRANGEMENT, arrangement),) if arrangement else ()
    return Template("engineer", variants, "en", "Engineer", (), (), placeholders)


def placeholder(
    name: str, detail: str | None = None, choices: tuple[str, ...] = (), codes: tuple[str, ...] = ()
) -> Placeholder:
    origin = Origin("placeholders.md", 1)
    label = f"The {name}"
    return Placeholder(name, label, None, None, choices, False, origin, detail, codes)


def reading(detail: str, values: Values, of: Template | None = None) -> Reading:
    return read_vacancy(of or template(), values)[detail]


@pytest.mark.parametrize(
    ("detail", "text", "value"),
    [(detail, row["text"], row.get("value")) for detail, rows in READINGS.items() for row in rows],
)
def test_a_value_is_read_or_told_never_guessed(
    detail: str, text: str, value: str | int | None
) -> None:
    found = reading(detail, {detail: text})
    assert found.value == value
    assert (found.fault is None) == (value is not None or not text.strip())


@pytest.mark.parametrize(
    ("detail", "text", "fault"),
    [
        (
            "pay-minimum",
            "120k",
            "'120k' cannot be read. Write the number alone, such as 120000, 120,000 or 18.50.",
        ),
        (
            "deadline",
            "soon",
            "'soon' cannot be read. Write year, month and day, such as 2026-01-31.",
        ),
        (
            "country",
            "UK",
            "'UK' cannot be read. Write two letters as in ISO 3166, such as US, GB or DE.",
        ),
        (
            "currency",
            "€",
            "'€' cannot be read. Write three letters as in ISO 4217, such as USD, GBP or EUR.",
        ),
        (
            "company-website",
            "example.org",
            "'example.org' cannot be read. Write the whole address, such as https://example.org.",
        ),
        (
            "pay-period",
            "fortnight",
            "'fortnight' cannot be read. Write one of: year, month, week, day, hour.",
        ),
    ],
)
def test_the_fault_says_what_would_be_right(detail: str, text: str, fault: str) -> None:
    assert reading(detail, {detail: text}).fault == fault


def test_what_would_be_right_can_be_read() -> None:
    for kind, form in FORMS.items():
        detail = next(detail for detail in DETAILS.values() if detail.kind is kind)
        examples = form.partition("such as ")[2].replace(" or ", ", ").split(", ")
        assert examples
        for example in examples:
            assert reading(detail.id, {detail.id: example}).value is not None, example
    assert {*FORMS} == {*DetailKind} - {DetailKind.TEXT, DetailKind.CODE}


def test_every_detail_has_a_reading_even_if_nothing_is_given() -> None:
    found = read_vacancy(ROLE, {})
    assert [*found] == [*DETAILS]
    assert {(r.text, r.value, r.fault, r.shown) for r in found.values()} == {
        ("", None, None, False)
    }


# Where a detail comes from


def test_a_placeholder_stands_for_a_detail() -> None:
    of = template(placeholder("site", "location"), placeholder("city", "region"))
    values: Values = {"site": "Köln", "city": "NRW"}
    assert reading("location", values, of) == Reading(
        "location", "site", "The site", "Köln", "Köln", shown=True
    )
    assert reading("region", values, of).value == "NRW"
    # This one bears the detail's id, but stands for another.
    assert reading("city", values, of) == Reading("city", "city", "City")


def test_a_placeholder_without_detail_stands_for_the_one_it_is_named_after() -> None:
    of = template(placeholder("city"), placeholder("Postal code"))
    assert reading("city", {"city": "Ulm"}, of) == Reading(
        "city", "city", "The city", "Ulm", "Ulm", shown=True
    )
    assert reading("postal-code", {"Postal code": "89073"}, of).name == "Postal code"


def test_the_first_placeholder_that_is_filled_in_counts() -> None:
    of = template(placeholder("a", "city"), placeholder("b", "city"), placeholder("c", "city"))
    assert reading("city", {"b": "Bonn", "c": "Celle"}, of).value == "Bonn"
    assert reading("city", {"a": " "}, of).name == "a"


def test_a_choice_has_the_code_at_its_place() -> None:
    codes = ("full-time", "part-time")
    of = template(placeholder("hours", "employment-type", ("Voll", "Teil"), codes))
    assert reading("employment-type", {"hours": "Teil"}, of).value == "part-time"
    assert reading("employment-type", {"hours": "contract"}, of).value == "contract"
    assert reading("employment-type", {"hours": "Halb"}, of).fault


def test_several_choices_are_one_text() -> None:
    of = template(placeholder("extras", "benefits", ("a", "b")))
    assert reading("benefits", {"extras": ["a", "b"]}, of).value == "a, b"


def test_the_details_own_id_goes_before_a_placeholder() -> None:
    of = template(placeholder("last day", "deadline"))
    values: Values = {"last day": "21 November", "deadline": "2026-11-21"}
    assert reading("deadline", values, of) == Reading(
        "deadline", "deadline", "Application deadline", "2026-11-21", "2026-11-21", shown=True
    )
    assert not reading("deadline", {"deadline": "2026-11-21"}, of).shown


@pytest.mark.parametrize("arrangement", ["on-site", "hybrid", "remote"])
def test_the_chosen_arrangement_is_a_fact(arrangement: str) -> None:
    found = reading("arrangement", {}, template(arrangement=arrangement))
    assert (found.value, found.text, found.fault) == (arrangement, arrangement, None)


def test_another_variant_of_the_axis_says_nothing_of_where_the_work_is_done() -> None:
    assert reading("arrangement", {}, template(arrangement="night-shift")).value is None


def test_an_answer_that_the_chosen_variant_belies_is_told() -> None:
    of = template(placeholder("place", "arrangement"), arrangement="remote")
    assert reading("arrangement", {"place": "Remote"}, of).value == "remote"
    found = reading("arrangement", {"place": "Hybrid"}, of)
    assert found.value is None
    assert found.fault == "'Hybrid' is not what the chosen variant says, 'remote'."


@pytest.mark.parametrize(
    ("detail", "text", "words"),
    [
        ("country", "us", "United States"),
        ("country", "UK", ""),
        ("arrangement", "On site", "On-site"),
        ("pay-minimum", "60,000", "60,000"),
        ("currency", "eur", "EUR"),
        ("city", "den Haag", "den Haag"),
        ("city", "", ""),
    ],
)
def test_a_value_is_legible(detail: str, text: str, words: str) -> None:
    assert legible(reading(detail, {detail: text})) == words


# Details that belong together


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"pay-minimum": "50,000", "pay-maximum": "50000"}, None),
        ({"pay-minimum": "9.50", "pay-maximum": "10"}, None),
        (
            {"pay-minimum": "50,000", "pay-maximum": "9,999"},
            ("pay-maximum", "'9,999' is less than '50,000' (Pay from)."),
        ),
        ({"date-posted": "2026-11-21", "deadline": "2026-11-21"}, None),
        (
            {"date-posted": "2026-11-21", "deadline": "2026-11-20"},
            ("deadline", "'2026-11-20' is earlier than '2026-11-21' (Date posted)."),
        ),
        ({"date-posted": "soon", "deadline": "2026-11-20"}, ("date-posted", None)),
    ],
)
def test_the_second_may_not_come_before_the_first(
    values: Values, fault: tuple[str, str | None] | None
) -> None:
    faults = {id_: r.fault for id_, r in read_vacancy(template(), values).items() if r.fault}
    assert [*faults] == ([fault[0]] if fault else [])
    if fault and fault[1]:
        assert faults == dict([fault])
        assert reading(fault[0], values).value is None


# The codes


def test_countries_are_those_that_unicode_knows() -> None:
    known = {c for c in map(str, Locale("en").territories) if len(c) == 2 and c.isalpha()}
    # CLDR has some more, which ISO 3166 has not assigned.
    others = ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK")
    assert known - {*others, "ZZ"} == COUNTRIES


def test_countries_have_the_names_that_unicode_gives_them() -> None:
    names = Locale("en").territories
    assert {code: names[code] for code in COUNTRIES} == COUNTRY_NAMES


def test_currencies_are_those_that_people_are_paid_in() -> None:
    day = datetime.date(2026, 11, 21)
    known = {code for country in COUNTRIES for code in get_territory_currencies(country, day)}
    # Bulgaria pays in euros since the beginning of that year, which CLDR may not know yet.
    assert known - {"BGN"} == CURRENCIES
