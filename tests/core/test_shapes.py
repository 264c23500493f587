"""Descriptions in the shapes of applicant tracking systems, JSON Resume and schema.org."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft4Validator
from jsonschema.exceptions import ValidationError

from rolebook.catalog import load
from rolebook.check import check
from rolebook.compose import compose
from rolebook.details import DETAILS
from rolebook.exports import FORMATS, export
from rolebook.exports.layout import Description, lay_out
from rolebook.exports.shapes import MissingDetailsError, Shaped, details_of, shape, shapes
from rolebook.model import Axis, Item, ItemKind, Origin, Section, SectionKind, Values
from rolebook.script_data import shapes_json
from rolebook.vacancy import legible, read_vacancy

HERE = Path(__file__).parent / "vacancy"
CATALOG = load(HERE / "handbook")
SENIOR = compose(CATALOG, "data-engineer", {Axis.LEVEL: "senior"})
ANSWERS: Values = {
    name: value if isinstance(value, str | list) else value.isoformat()
    for name, value in tomllib.loads((HERE / "answers.toml").read_text(encoding="utf-8")).items()
} | {"period": "a year"}
SHAPES = [*shapes()["formats"]]

# Hostile where a person may type anything at all.
HOSTILE = "</script><script>alert(1)</script><!-- ]]> \u2028 &lt; \"'"


def shaped(format_: str, values: Values, arrangement: str | None = None) -> Shaped:
    chosen = {Axis.ARRANGEMENT: arrangement} if arrangement else {Axis.LEVEL: "senior"}
    template = compose(CATALOG, "data-engineer", chosen)
    return shape(Description(lay_out(template), {**ANSWERS, **values}), format_)


def read(format_: str, values: Values | None = None, arrangement: str | None = None) -> Any:
    content = shaped(format_, values or {}, arrangement).content
    return linked_data(content) if format_ == "jobposting" else json.loads(content)


def linked_data(fragment: str) -> Any:
    (script,) = BeautifulSoup(fragment, "html.parser").find_all("script")
    assert script["type"] == "application/ld+json"
    assert script.string
    return json.loads(script.string)


def test_the_handbook_is_sound() -> None:
    assert check(CATALOG) == ()


@pytest.mark.parametrize("format_", SHAPES)
def test_whole_export(format_: str) -> None:
    expected = HERE / f"filled{FORMATS[format_].suffix}"
    assert export(SENIOR, format_, ANSWERS) == expected.read_bytes()


def test_whole_export_of_a_remote_job() -> None:
    made = shaped("jobposting", {"place of work": "Remote"}, "remote").content
    assert made == (HERE / "remote.jobposting.html").read_text(encoding="utf-8")


# What is missing

GAPS: list[dict[str, Any]] = tomllib.loads((HERE / "gaps.toml").read_text(encoding="utf-8"))["gaps"]


@pytest.mark.parametrize("case", GAPS, ids=[case["about"] for case in GAPS])
def test_gaps(case: dict[str, Any]) -> None:
    found = shaped(case["format"], case["with"], case.get("arrangement"))
    for gaps, lines in ((found.missing, "missing"), (found.warnings, "warnings")):
        assert [f"{g.name} | {g.label} | {g.why}" for g in gaps] == case.get(lines, [])
    assert bool(found.content) == (not found.missing)


def test_the_library_names_all_that_is_missing_and_makes_nothing() -> None:
    with pytest.raises(MissingDetailsError) as raised:
        export(SENIOR, "jobposting", {**ANSWERS, "country": "", "year": ""})
    assert raised.value.format == "jobposting"
    assert [gap.name for gap in raised.value.missing] == ["year", "country"]
    assert str(raised.value) == (
        "jobposting needs more:\n"
        "Year: Still blank in the text.\n"
        "Country: Not given: jobLocation needs it."
    )


@pytest.mark.parametrize("format_", SHAPES)
def test_a_template_is_a_draft_but_never_a_vacancy(format_: str) -> None:
    description = Description(lay_out(SENIOR), {})
    found = shape(description, format_)
    names = {gap.name for gap in (*found.missing, *found.warnings)}
    assert names >= {p.name for p in SENIOR.placeholders}
    assert bool(found.content) == (format_ != "jobposting") == (not found.missing)


def test_no_vacancy_lies_beside_a_page() -> None:
    assert not any(FORMATS[format_].beside for format_ in SHAPES)


REQUIRED = shapes()["formats"]["jobposting"]["required"]


@pytest.mark.parametrize("name", DETAILS)
def test_one_detail_less_never_leaves_an_empty_value(name: str) -> None:
    holder = next((p.name for p in SENIOR.placeholders if p.detail == name), name)
    for format_ in set(SHAPES) - {"jobposting"}:
        _assert_full(read(format_, {name: "", holder: ""}))
    if name not in REQUIRED and holder == name:
        _assert_full(read("jobposting", {name: ""}))


def _assert_full(value: Any) -> None:
    assert value not in ("", None, [], {})
    if isinstance(value, dict):
        assert {*value} != {"@type"}
    for part in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        _assert_full(part)


# What the vendors' systems take: the sources are in docs/command.md


@pytest.mark.parametrize(
    ("format_", "path", "values"),
    [
        (
            "ashby",
            "employmentType",
            {
                "full-time": "FullTime",
                "part-time": "PartTime",
                "contract": "Contract",
                "temporary": "Temporary",
                "internship": "Intern",
            },
        ),
        ("ashby", "isRemote", {"on-site": False, "hybrid": False, "remote": True}),
        ("lever", "workplaceType", {"on-site": "on-site", "hybrid": "hybrid", "remote": "remote"}),
        ("jsonresume", "remote", {"on-site": "None", "hybrid": "Hybrid", "remote": "Full"}),
        (
            "jobposting",
            "jobLocationType",
            {"on-site": None, "hybrid": None, "remote": "TELECOMMUTE"},
        ),
        (
            "jobposting",
            "employmentType",
            {
                "full-time": "FULL_TIME",
                "part-time": "PART_TIME",
                "contract": "CONTRACTOR",
                "temporary": "TEMPORARY",
                "internship": "INTERN",
            },
        ),
        (
            "lever",
            "salaryRange.interval",
            {
                "year": "per-year-salary",
                "month": "per-month-salary",
                "week": "per-week-salary",
                "day": "per-day-wage",
                "hour": "per-hour-wage",
            },
        ),
        (
            "ashby",
            "compensation.compensationTiers.0.components.0.interval",
            {
                "year": "1 YEAR",
                "month": "1 MONTH",
                "week": "1 WEEK",
                "day": "1 DAY",
                "hour": "1 HOUR",
            },
        ),
        (
            "jobposting",
            "baseSalary.value.unitText",
            {"year": "YEAR", "month": "MONTH", "week": "WEEK", "day": "DAY", "hour": "HOUR"},
        ),
    ],
)
def test_every_code_is_the_vendors_word(format_: str, path: str, values: dict[str, Any]) -> None:
    (detail,) = (d for d in DETAILS.values() if {*values} == {*d.codes})
    for code, word in values.items():
        value = read(format_, {detail.id: code})
        for step in path.split("."):
            value = value[int(step)] if isinstance(value, list) else value.get(step)
        assert value == word


def test_every_map_knows_every_code() -> None:
    maps = [*_maps(shapes())]
    assert maps
    for tree in maps:
        assert {*tree["to"]} == {*DETAILS[tree["$map"]].codes}


def _maps(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        if "$map" in tree:
            yield tree
        for part in tree.values():
            yield from _maps(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from _maps(part)


@pytest.mark.parametrize("format_", SHAPES)
def test_every_name_in_a_shape_is_a_fact(format_: str) -> None:
    wanted = shapes()["formats"][format_]
    derived = {*shapes()["derived"]}
    assert {*wanted["recommended"], *wanted.get("required", ())} <= {*DETAILS} | derived
    # A misspelt fact would be left out without a word: no shape has one that is never there.
    remote = read(format_, {"place of work": "Remote"}, "remote")
    text = json.dumps([read(format_), remote])
    assert "$" not in text
    for key in _keys(wanted["tree"]):
        assert key in text


def _keys(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        for key, part in tree.items():
            if key not in ("to", "of", "as", "then", "else", "kinds") and not key.startswith("$"):
                yield f'"{key}"'
            if key not in ("to", "kinds"):
                yield from _keys(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from _keys(part)


def test_greenhouse_counts_cents_and_escapes_its_html() -> None:
    job = read("greenhouse", {"lowest pay": "18.5", "highest pay": "20"})
    assert job["pay_input_ranges"][0]["min_cents"] == 1850
    assert job["pay_input_ranges"][0]["max_cents"] == 2000
    assert job["content"].startswith("&lt;p&gt;You will look after the data of R&amp;amp;D ")
    assert "<" not in job["content"]


def test_nothing_of_the_text_is_lost_for_lever() -> None:
    posting = read("lever")
    parts = [
        posting["description"],
        *(f"{each['text']} {each['content']}" for each in posting["lists"]),
        posting["additional"],
    ]
    words = BeautifulSoup(" ".join(parts), "html.parser").get_text(" ").split()
    html = export(SENIOR, "html", ANSWERS).decode()
    body = BeautifulSoup(html, "html.parser").body
    assert body
    title = SENIOR.title.split()
    for word in body.get_text(" ").split()[len(title) :]:
        assert word in words or f"{word}:" in words
    assert (
        posting["descriptionPlain"]
        == f"{posting['openingPlain']}\n\n{posting['descriptionBodyPlain']}"
    )


def test_a_text_without_lists_is_all_body_for_lever() -> None:
    plain = tuple(s for s in SENIOR.sections if s.id in ("company", "apply", "equal"))
    posting = json.loads(export(replace(SENIOR, sections=plain), "lever", ANSWERS))
    assert "lists" not in posting
    assert "additional" not in posting
    assert posting["descriptionBody"].count("<h2>") == 3


def section(id_: str, kind: SectionKind, *lines: ItemKind, group: str | None = None) -> Section:
    origin = Origin("engineer.md", 1, "engineer")
    items = tuple(Item(None, line, f"{id_} {n}.", origin) for n, line in enumerate(lines, 1))
    return Section(id_, "Tasks" if group else id_.capitalize(), kind, group, items, origin)


BULLET, NUMBER, PARAGRAPH = ItemKind.BULLET, ItemKind.NUMBER, ItemKind.PARAGRAPH
SECTIONS = (
    section("glance", SectionKind.OTHER, BULLET, BULLET),
    section("company", SectionKind.ABOUT_COMPANY, PARAGRAPH),
    section("data", SectionKind.RESPONSIBILITIES, BULLET, group="Data"),
    section("models", SectionKind.RESPONSIBILITIES, BULLET, group="Models"),
    section("must", SectionKind.REQUIREMENTS, BULLET, BULLET),
    section("wish", SectionKind.NICE_TO_HAVE, BULLET),
    section("school", SectionKind.EDUCATION, PARAGRAPH),
    section("pay", SectionKind.PAY, PARAGRAPH, BULLET),
    section("stages", SectionKind.PROCESS, NUMBER, NUMBER, PARAGRAPH),
)


def test_only_lists_are_lists_for_lever_and_prose_keeps_its_form() -> None:
    posting = json.loads(export(replace(SENIOR, sections=SECTIONS), "lever", ANSWERS))
    assert posting["descriptionBody"] == (
        "<h2>Glance</h2>\n<ul>\n<li>glance 1.</li>\n<li>glance 2.</li>\n</ul>\n"
        "<h2>Company</h2>\n<p>company 1.</p>"
    )
    assert posting["lists"] == [
        {"text": "Tasks: Data", "content": "<li>data 1.</li>"},
        {"text": "Tasks: Models", "content": "<li>models 1.</li>"},
        {"text": "Must", "content": "<li>must 1.</li><li>must 2.</li>"},
        {"text": "Wish", "content": "<li>wish 1.</li>"},
    ]
    assert posting["additionalPlain"] == (
        "School\nschool 1.\n\nPay\npay 1.\n\n- pay 2.\n\n"
        "Stages\n1. stages 1.\n2. stages 2.\n\nstages 3."
    )
    assert "<ol>\n<li>stages 1.</li>" in posting["additional"]


def test_sections_under_one_heading_stay_together_for_lever() -> None:
    prose = section("people", SectionKind.RESPONSIBILITIES, PARAGRAPH, group="People")
    sections = (SECTIONS[4], SECTIONS[2], prose)
    posting = json.loads(export(replace(SENIOR, sections=sections), "lever", ANSWERS))
    assert [entry["text"] for entry in posting["lists"]] == ["Must"]
    assert posting["additionalPlain"] == "Tasks\n\nData\n- data 1.\n\nPeople\npeople 1."


@pytest.mark.parametrize(("city", "place"), [("Köln", "Köln, NRW, Germany"), ("", "NRW, Germany")])
def test_a_place_made_of_details_names_the_country(city: str, place: str) -> None:
    for format_, path in (("lever", ("categories",)), ("ashby", ()), ("greenhouse", ())):
        made = read(format_, {"site": "", "city": city})
        for step in path:
            made = made[step]
        assert made["location"] == ({"name": place} if format_ == "greenhouse" else place)


# JSON Resume

# From the npm package resume-schema 1.0.1, under the MIT License beside it.
JOB_SCHEMA = json.loads((HERE / "jsonresume" / "job-schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "values",
    [
        {},
        dict.fromkeys(ANSWERS, ""),
        *({"arrangement": code} for code in DETAILS["arrangement"].codes),
        {"lowest pay": "18.5", "site": HOSTILE},
    ],
)
def test_a_json_resume_job_fits_its_published_schema(values: Values) -> None:
    made = read("jsonresume", values)
    Draft4Validator(JOB_SCHEMA).validate(made)
    # The schema allows any other name, so that they are ours to check.
    assert {*made} <= {*JOB_SCHEMA["properties"]}
    assert {*made.get("location", ())} <= {*JOB_SCHEMA["properties"]["location"]["properties"]}


def test_a_json_resume_job_tells_what_is_asked_for_from_what_is_not() -> None:
    made = json.loads(export(replace(SENIOR, sections=SECTIONS), "jsonresume", ANSWERS))
    assert made["responsibilities"] == ["data 1.", "models 1."]
    assert made["qualifications"] == ["must 1.", "must 2.", "Wish: wish 1.", "School: school 1."]


def test_the_schema_would_refuse_another() -> None:
    with pytest.raises(ValidationError):
        Draft4Validator(JOB_SCHEMA).validate({**read("jsonresume"), "remote": "Sometimes"})


# JobPosting

SCHEMA_ORG = json.loads((HERE / "schema-org.json").read_text(encoding="utf-8"))["types"]
RANGES = {
    "hiringOrganization": "Organization",
    "jobLocation": "Place",
    "address": "PostalAddress",
    "applicantLocationRequirements": "Country State",
    "baseSalary": "MonetaryAmount",
    "value": "QuantitativeValue",
    "identifier": "PropertyValue",
}
CASES: dict[str, tuple[Values, str | None]] = {
    "all": ({}, None),
    "least": ({name: "" for name in DETAILS if name not in REQUIRED}, None),
    "remote": ({"place of work": "Remote"}, "remote"),
    "remote in a whole country": ({"place of work": "Remote", "region": ""}, "remote"),
    "hostile": (
        {
            "company": HOSTILE,
            "year": HOSTILE,
            "site": HOSTILE,
            "requisition": HOSTILE,
            "city": HOSTILE,
        },
        None,
    ),
}


@pytest.mark.parametrize(("values", "arrangement"), CASES.values(), ids=CASES)
def test_a_job_posting_is_one_of_schema_org(values: Values, arrangement: str | None) -> None:
    posting = read("jobposting", values, arrangement)
    assert posting["@context"] == "https://schema.org/"
    assert posting["@type"] == "JobPosting"
    for node, kinds in _nodes(posting, "JobPosting"):
        assert node["@type"] in kinds.split()
        assert {*node} - {"@type", "@context"} <= {*SCHEMA_ORG[node["@type"]].split()}


def _nodes(node: dict[str, Any], kinds: str) -> Iterator[tuple[dict[str, Any], str]]:
    yield node, kinds
    for name, value in node.items():
        if isinstance(value, dict):
            yield from _nodes(value, RANGES[name])


@pytest.mark.parametrize(("values", "arrangement"), CASES.values(), ids=CASES)
def test_a_job_posting_has_what_google_requires(values: Values, arrangement: str | None) -> None:
    posting = read("jobposting", values, arrangement)
    for name in ("title", "description", "datePosted"):
        assert posting[name]
    assert posting["hiringOrganization"]["name"]
    if arrangement == "remote":
        assert posting["jobLocationType"] == "TELECOMMUTE"
        area = posting["applicantLocationRequirements"]
        assert (area["@type"] == "State") == ("region" not in values)
        assert "jobLocation" not in posting
    else:
        assert posting["jobLocation"]["address"]["addressCountry"] == "DE"
        assert "applicantLocationRequirements" not in posting


@pytest.mark.parametrize(("values", "arrangement"), CASES.values(), ids=CASES)
def test_a_reader_sees_every_fact_that_is_marked_up(
    values: Values, arrangement: str | None
) -> None:
    fragment = shaped("jobposting", values, arrangement).content
    soup = BeautifulSoup(fragment, "html.parser")
    for script in soup.find_all("script"):
        script.decompose()
    # A run of spaces is one space to a reader.
    seen = " ".join(soup.get_text(" ").split())
    template = compose(
        CATALOG, "data-engineer", {Axis.ARRANGEMENT: arrangement} if arrangement else {}
    )
    for id_, reading in read_vacancy(template, {**ANSWERS, **values}).items():
        elsewhere = arrangement == "remote" and id_ in ("street", "postal-code", "city")
        if reading.value is not None and id_ in details_of("jobposting") and not elsewhere:
            holders = {p.name for p in template.placeholders if p.detail == id_}
            words = {" ".join(str(ANSWERS.get(name, "")).split()) for name in holders} - {""}
            words |= {" ".join(reading.text.split()), legible(reading)}
            assert any(each in seen for each in words), id_


@pytest.mark.parametrize(("values", "arrangement"), CASES.values(), ids=CASES)
def test_nothing_that_was_typed_becomes_markup(values: Values, arrangement: str | None) -> None:
    fragment = shaped("jobposting", values, arrangement).content
    soup = BeautifulSoup(fragment, "html.parser")
    (article,) = soup.find_all(True, recursive=False)
    assert article.name == "article"
    allowed = {"h1", "h2", "h3", "p", "ul", "li", "em", "strong", "code", "a", "dl", "dt", "dd"}
    assert {tag.name for tag in article.find_all(True)} <= {*allowed, "script"}
    assert len(article.find_all("script")) == 1
    assert "<" not in fragment.rpartition('json">')[2].partition("</script>")[0]


def rows(fragment: str) -> dict[str, str]:
    """What stands in the list below the text."""
    soup = BeautifulSoup(fragment, "html.parser")
    return {
        dt.get_text(): dd.get_text()
        for dt, dd in zip(soup.find_all("dt"), soup.find_all("dd"), strict=True)
    }


def test_what_the_text_does_not_say_follows_it_in_words() -> None:
    silent = replace(SENIOR, summary=(), sections=(), placeholders=())
    values: Values = {
        **{id_: ANSWERS.get(id_, "") for id_ in DETAILS},
        "company-name": "Example Ltd",
        "arrangement": "on-site",
        "employment-type": "part-time",
        "pay-minimum": "18,50",
        "pay-maximum": "20",
        "currency": "eur",
        "pay-period": "hour",
        "benefits": "a pension",
    }
    fragment = shape(Description(lay_out(silent), values), "jobposting").content
    assert rows(fragment) == {
        "Company name": "Example Ltd",
        "Company website": "https://example.org/?a=1&b=c",
        "Date posted": "2026-11-21",
        "Application deadline": "2027-01-31",
        "Employment type": "Part-time",
        "Work arrangement": "On-site",
        "Street": "Domkloster 4",
        "Postal code": "50667",
        "City": "Köln",
        "State or region": "NRW",
        "Country": "Germany",
        "Pay": "18,50 to 20 EUR per hour",
        "Benefits": "a pension",
        "Requisition number": "</script><script>1",
        "Where to apply": "jobs@example.org",
    }
    assert [*rows(fragment)] == [*shapes()["formats"]["jobposting"]["shown"]]


def test_pay_that_the_text_says_is_not_said_again() -> None:
    assert "Pay" not in rows(shaped("jobposting", {}).content)


@pytest.mark.parametrize(
    ("line", "again"),
    [
        ("**Where:** Remote, {{ site }}", False),
        ("Nobody comes to an office.", True),
    ],
)
def test_an_arrangement_that_its_variant_says_is_not_said_again(line: str, again: bool) -> None:
    origin = Origin("remote.md", 1, "remote")
    terms = section("terms", SectionKind.OTHER)
    said = replace(terms, items=(Item(None, BULLET, line, origin),))
    template = replace(
        SENIOR,
        variants=((Axis.ARRANGEMENT, "remote"),),
        sections=(said,),
        placeholders=tuple(p for p in SENIOR.placeholders if p.detail != "arrangement"),
    )
    fragment = shape(Description(lay_out(template), ANSWERS), "jobposting").content
    assert rows(fragment).get("Work arrangement") == ("Remote" if again else None)
    # The same word in a line of the role says nothing of where the work is done.
    other = replace(said, items=(replace(said.items[0], origin=terms.origin),))
    fragment = shape(
        Description(lay_out(replace(template, sections=(other,))), ANSWERS), "jobposting"
    ).content
    assert rows(fragment)["Work arrangement"] == "Remote"


@pytest.mark.parametrize(
    ("region", "area"),
    [
        ("Michigan", {"@type": "State", "name": "Michigan, United States"}),
        ("", {"@type": "Country", "name": "United States"}),
    ],
)
def test_a_remote_job_is_open_where_the_text_says_and_no_wider(
    region: str, area: dict[str, str]
) -> None:
    values: Values = {"place of work": "Remote", "country": "us", "region": region}
    assert read("jobposting", values, "remote")["applicantLocationRequirements"] == area
    seen = rows(shaped("jobposting", values, "remote").content)
    assert seen["Country"] == "United States"
    assert seen.get("State or region", "") == region
    # The workplace is nobody's place of work here.
    assert not {"Street", "Postal code", "City"} & {*seen}


def test_the_description_of_a_job_posting_is_the_text_without_its_title() -> None:
    posting = read("jobposting")
    fragment = shaped("jobposting", {}).content
    assert f"<h1>{posting['title']}</h1>\n{posting['description']}\n<dl>" in fragment


def test_a_fragment_tells_its_language() -> None:
    assert shaped("jobposting", {}).content.startswith('<article lang="en-GB">\n')


# What the page is given


def test_the_page_can_make_a_form_of_the_details() -> None:
    data = json.loads(shapes_json())
    assert [detail["id"] for detail in data["details"]] == [*DETAILS]
    for detail in data["details"]:
        assert {*detail} == {"id", "label", "help", "kind", "codes"}
        assert detail["label"]
        assert detail["help"].endswith(".")
    for name, format_ in data["formats"].items():
        assert format_["label"] == FORMATS[name].label
        assert {*format_["uses"]} == details_of(name) <= {*DETAILS}


def test_the_page_keeps_the_order_of_the_shapes() -> None:
    # Equal bytes need it, and objects that are equal may differ in it.
    formats = json.loads(shapes_json())["formats"]
    for name, wanted in shapes()["formats"].items():
        assert json.dumps(formats[name]["tree"]) == json.dumps(wanted["tree"])
