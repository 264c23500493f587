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
from rolebook.model import Axis, Values
from rolebook.script_data import shapes_json
from rolebook.vacancy import read_vacancy

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
    assert {*wanted.get("shown", ())} <= {*DETAILS}
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


def test_the_schema_would_refuse_another() -> None:
    with pytest.raises(ValidationError):
        Draft4Validator(JOB_SCHEMA).validate({**read("jsonresume"), "remote": "Sometimes"})


# JobPosting

SCHEMA_ORG = json.loads((HERE / "schema-org.json").read_text(encoding="utf-8"))["types"]
RANGES = {
    "hiringOrganization": "Organization",
    "jobLocation": "Place",
    "address": "PostalAddress",
    "applicantLocationRequirements": "Country",
    "baseSalary": "MonetaryAmount",
    "value": "QuantitativeValue",
    "identifier": "PropertyValue",
}
CASES: dict[str, tuple[Values, str | None]] = {
    "all": ({}, None),
    "least": ({name: "" for name in DETAILS if name not in REQUIRED}, None),
    "remote": ({"place of work": "Remote"}, "remote"),
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
    for node, kind in _nodes(posting, "JobPosting"):
        assert node["@type"] == kind
        assert {*node} - {"@type", "@context"} <= {*SCHEMA_ORG[kind].split()}


def _nodes(node: dict[str, Any], kind: str) -> Iterator[tuple[dict[str, Any], str]]:
    yield node, kind
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
        assert posting["applicantLocationRequirements"] == {"@type": "Country", "name": "DE"}
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
        if reading.value is not None and id_ in details_of("jobposting"):
            holders = {p.name for p in template.placeholders if p.detail == id_}
            words = {" ".join(str(ANSWERS.get(name, "")).split()) for name in holders} - {""}
            words |= {" ".join(reading.text.split()), str(reading.value)}
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
