"""Figures of pay on pages: each traced to its row and its source, and to the files beside."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from building import Book, Build, differences, rewritten, words

from rolebook.catalog import load
from rolebook.pay.model import Figure
from rolebook.pay.money import locale_of
from rolebook.pay.read import read
from rolebook.pay.views import COLUMNS, figure_id
from rolebook.pay.words import Words

pytestmark = pytest.mark.xdist_group("build-pay")

FILES = {
    path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
    for folder in [Path(__file__).parent / "pay"]
    for path in sorted(folder.rglob("*.*"))
}
TODAY = {"SOURCE_DATE_EPOCH": "1795219200"}  # 2026-11-21
PAGES = ("pay", "areas", "sources", "beside", "world", "elsewhere")
WORDS = Words(locale_of("en"))
CONF = 'version = "1"\ncopyright = "Nobody"\nepub_identifier = "https://example.org/"\n'
BUILDERS = {
    "latex": "testhandbook.tex",
    "text": "pay.txt",
    "man": "testhandbook.1",
    "texinfo": "testhandbook.texi",
    "epub": "pay.xhtml",
    "xml": "pay.xml",
    "dirhtml": "pay/index.html",
}
FIGURES = "pay/figures/figures.csv"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(tmp_path_factory.mktemp("pay"), FILES, conf=CONF)


@pytest.fixture(scope="module")
def built(book: Book) -> Build:
    build = book.build("-n", "-W", env=TODAY)
    assert (build.status, build.warnings) == (0, [])
    return build


@pytest.fixture(scope="module")
def figures(book: Book) -> dict[str, Figure]:
    pay = read(book.source, load(book.source), date(2026, 11, 21))
    assert pay.diagnostics == ()
    found = {figure_id(figure): figure for figure in pay.figures}
    assert len(found) == len(pay.figures) == 13
    return found


def traced(page: Tag) -> Iterator[tuple[Tag, str]]:
    """All that shows a figure, with the figure's id."""
    for part in page.select(".rb-figure, .rb-chart-line"):
        (id_,) = [c[10:] for c in part["class"] if c.startswith("rb-figure-")] or [""]
        if id_:
            yield part, id_


def table(build: Build, page: str, place: int = 0) -> list[list[str]]:
    rows = build.page(f"{page}.html").select("table")[place].select("tr")
    return [[words(cell) for cell in row.select("th, td")] for row in rows]


def structured(build: Build, page: str) -> list[dict[str, Any]]:
    scripts = build.page(f"{page}.html").find_all("script", type="application/ld+json")
    data = [json.loads(script.string or "") for script in scripts]
    assert all(each["@context"] == "https://schema.org" for each in data)
    return [occupation for each in data for occupation in each["@graph"]]


# Every figure is that of a row


@pytest.mark.parametrize("name", PAGES)
def test_every_sum_is_that_of_its_row_and_names_its_source(
    built: Build, figures: dict[str, Figure], name: str
) -> None:
    page = built.page(f"{name}.html")
    seen = 0
    for row, id_ in traced(page):
        figure = figures[id_]
        if row.name != "tr":
            continue
        for column in COLUMNS:
            for cell in row.select(f"td.rb-{column}"):
                said = words(cell.find("p") or "")
                assert said == WORDS.sum(figure, column)
                seen += 1
        publisher = {"bureau": "The Bureau", "index": "The Index", "guess": "Guess & Co"}
        around = row.find_parent(class_="rb-pay")
        assert isinstance(around, Tag)
        in_row = publisher[figure.source] in words(row)
        assert in_row or publisher[figure.source] in words(
            around.select_one(".rb-pay-source") or ""
        )
    assert seen or name == "sources"


@pytest.mark.parametrize("name", PAGES)
def test_no_sum_stands_on_a_page_that_is_not_traced(built: Build, name: str) -> None:
    page = built.page(f"{name}.html")
    main = page.select_one("main") or page
    for part in main.select(".rb-figure, [aria-hidden=true], script"):
        part.decompose()
    assert re.findall(r"[$€£]|\d,\d{3}", words(main)) == []


def test_each_row_says_all_that_one_must_know(built: Build) -> None:
    head, *rows = table(built, "pay")
    assert head == [
        *("Level, area", "10th percentile", "25th percentile", "Median"),
        *("75th percentile", "90th percentile", "People", "Source", "To heed"),
    ]
    assert [row[0] for row in rows] == [
        "All levels United States",
        "All levels figures for Data scientists (SOC 15-2051) United States",
        "All levels figures for Software developers (SOC 15-1252) United States",
        "Junior United States",
        "Senior United States",
    ]
    assert rows[0][1:7] == [
        *("US$100,000", "US$140,000", "US$190,000", "US$230,000", "US$280,000", "971 answers")
    ]
    index = "The Index as of 31 December 2024 gross, base or all is not said"
    assert rows[0][7:] == [index, "Old: newer figures may differ."]
    assert rows[1][6:] == [
        *("262,440 employed", "The Bureau as of 31 May 2026 gross, base pay", "")
    ]
    head, *rows = table(built, "pay", 1)
    assert head == ["Level, area", "Mean", "People", "Source", "To heed"]
    ((_, mean, people, _, marks),) = rows
    assert (mean, people) == ("US$122,375", "not said")
    assert marks.startswith("A claim of its publisher. A mean, not a median")
    page = words(built.page("pay.html").select_one(".rb-pay") or "")
    assert "Data scientists (SOC 15-2051) stand in for the role: They do much of the same." in page
    assert "Newest figure: 30 June 2026. Oldest figure: 31 December 2024." in page


def test_levels_are_compared_within_sources_that_tell_them(built: Build) -> None:
    _, *rows = table(built, "pay", 2)
    assert [(row[0], row[3]) for row in rows] == [
        ("All levels United States", "US$190,000"),
        ("Junior United States", "US$140,000"),
        ("Senior United States", "US$204,000"),
    ]


def test_withheld_capped_and_broken_sums_say_so(built: Build) -> None:
    head, *rows = table(built, "areas")
    assert head[:2] == ["Area", "State"]
    assert [row[0] for row in rows] == ["Colorado", "Denver, CO", "Greeley, CO", "New Mexico"]
    assert [row[1] for row in rows] == ["Colorado", "Colorado", "Colorado", "New Mexico"]
    assert rows[1][6] == "at least US$239,200"
    assert rows[2][4] == "US$99,000.50"
    assert (rows[3][3], rows[3][6]) == ("withheld", "withheld")
    assert rows[1][-1] == "Capped by the source: 90th percentile may be higher."
    assert rows[3][-1] == "Withheld by the source: 25th percentile, 90th percentile."
    (source,) = built.page("areas.html").select(".rb-pay-source")
    assert words(source) == "All of them: The Bureau, as of 31 May 2026; gross, base pay."
    # Sorted as numbers, whatever their text.
    keys = [cell["class"] for cell in built.page("areas.html").select("td.rb-p90")]
    assert ["rb-p90", "rb-key-239200"] in keys
    assert ["rb-p90", "rb-key-"] in keys


def test_the_world_is_told_in_each_currency_and_on_demand_in_one(built: Build) -> None:
    assert [row[0] for row in table(built, "world")[1:]] == [
        "United Kingdom All levels",
        "United States All levels",
        "United States figures for Data scientists (SOC 15-2051) All levels",
        "United States figures for Software developers (SOC 15-1252) All levels",
    ]
    assert table(built, "world", 1)[1][:3] == ["Europe All levels", "€70,000", "€90,000"]
    head, kingdom, *_ = table(built, "world", 2)
    assert head[-2:] == ["Rate", "To heed"]
    assert re.fullmatch(r"£60,000 about €[67]\d,\d00", kingdom[3])
    rate = r"GBP 1 = EUR 1\.\d+ European Central Bank, \d+ \w+ 2026"
    assert re.fullmatch(rate, kingdom[head.index("Rate")])
    assert "own currency" in table(built, "world", 3)[1][-2]


def test_sources_say_what_they_are_and_have_an_address(built: Build) -> None:
    page = built.page("sources.html")
    section = page.find(id="source-bureau")
    assert isinstance(section, Tag)
    said = words(section)
    for fact in (
        *("The Bureau: Wages", "Official statistics", "Public domain", "Asks employers."),
        *("Knows no <levels>.", "1 May 2026", "Figures here", "31 May 2026"),
    ):
        assert fact in said
    links = {a["href"] for a in built.page("pay.html").select("td a")}
    assert links == {f"sources.html#source-{name}" for name in ("bureau", "index", "guess")}
    assert 'href="sources.html#source-index"' in built.text("elsewhere.html")


def test_without_a_page_of_sources_the_link_leads_to_the_publisher(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != "sources.md"}
    files["index.md"] = files["index.md"].replace("sources\n", "")
    files["elsewhere.md"] = files["elsewhere.md"].partition("See")[0]
    build = Book(tmp_path, files).build("-n", "-W", env=TODAY)
    assert (build.status, build.warnings) == (0, [])
    links = {a["href"] for a in build.page("pay.html").select("td a")}
    assert "https://bureau.example/wages" in links


def test_sources_that_disagree_are_told_apart(built: Build) -> None:
    said = words(built.page("beside.html").select_one(".rb-pay") or "")
    assert "The medians run from US$120,230, The Bureau (Data scientists" in said
    assert "to US$190,000, The Index." in said
    for why in (
        "of different kinds",
        "of different people",
        "of different times",
        "different parts",
    ):
        assert why in said


# The picture


def test_the_picture_shows_the_table_and_obeys_a_strict_host(
    built: Build, figures: dict[str, Figure]
) -> None:
    for name in PAGES:
        page = built.page(f"{name}.html")
        assert not page.select("main [style], main style, main script:not([type])")
        for svg in page.select("svg.rb-drawn, svg.rb-axis"):
            assert svg["aria-hidden"] == "true"
    chart = built.page("pay.html").select_one(".rb-chart")
    assert chart is not None
    shown = [id_ for _, id_ in traced(chart)]
    rows = built.page("pay.html").select_one(".rb-pay")
    assert rows is not None
    assert shown == [id_ for row, id_ in traced(rows) if row.name == "tr"]
    medians = {
        id_: float(str(line["x1"]).rstrip("%"))
        for part, id_ in traced(chart)
        for line in part.select(".rb-median")
    }
    order = sorted(medians, key=lambda id_: figures[id_].percentiles["p50"])
    assert sorted(medians.values()) == [medians[id_] for id_ in order]


# Beside the page


def test_the_files_hold_every_figure_with_its_licence(
    built: Build, figures: dict[str, Figure]
) -> None:
    data = json.loads(built.text("downloads/pay/engineer.json"))["figures"]
    rows = [*csv.DictReader(io.StringIO(built.text("downloads/pay/engineer.csv")))]
    assert {row["id"] for row in data} == {row["id"] for row in rows} == figures.keys()
    for row, line in zip(data, rows, strict=True):
        figure = figures[row["id"]]
        assert {n: Decimal(str(row[n])) for n in COLUMNS if row[n] is not None} == figure.sums
        assert {n: Decimal(line[n]) for n in COLUMNS if line[n]} == figure.sums
        assert row["licence"] == line["licence"] != ""
        assert row["source_title"] == line["source_title"] != ""
    assert [
        row["source"] for row in json.loads(built.text("downloads/pay/sources.json"))["sources"]
    ] == [*("bureau", "index", "guess")]
    page = built.page("pay.html")
    for link in page.select(".rb-pay-files a"):
        assert (built.out / str(link["href"])).is_file()


def test_the_structured_data_are_what_the_page_shows(
    built: Build, figures: dict[str, Figure]
) -> None:
    page = built.page("pay.html")
    claims = {id_ for id_, figure in figures.items() if figure.source == "guess"}
    shown = {id_ for row, id_ in traced(page) if row.name == "tr"}
    found = {each["identifier"]: each for each in structured(built, "pay")}
    assert found.keys() == shown - claims
    names = {
        "p10": "percentile10",
        "p25": "percentile25",
        "p50": "median",
        "p75": "percentile75",
        "p90": "percentile90",
    }
    for row, id_ in traced(page):
        if row.name != "tr" or id_ in claims:
            continue
        (salary,) = found[id_]["estimatedSalary"]
        assert salary["@type"] == "MonetaryAmountDistribution"
        assert salary["duration"] == "P1Y"
        for column, name in names.items():
            (cell,) = row.select(f"td.rb-{column}")
            assert words(cell) == WORDS.money(Decimal(salary[name]), salary["currency"])
        sample = figures[id_].sample
        assert salary.get("sampleSize") == sample
    senior = next(each for each in found.values() if "senior" in each["name"])
    assert senior["name"] == "Engineer, senior"
    proxy = next(each for each in found.values() if each["name"] == "Data scientists")
    assert proxy["occupationalCategory"] == "SOC 15-2051"
    assert structured(built, "world") == structured(built, "sources") == []


def test_files_that_no_page_offers_any_more_are_deleted(tmp_path: Path) -> None:
    book = Book(tmp_path, FILES)
    assert "downloads/pay/sources.csv" in book.build(env=TODAY).files()
    book.remove("sources.md")
    book.edit("index.md", "sources\n", "")
    book.edit("elsewhere.md", "See {job:source}`index`.", "")
    last = book.build(env=TODAY)
    assert "downloads/pay/sources.csv" not in last.files()
    assert "downloads/pay/engineer.csv" in last.files()


# Other builders, other markup


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_takes_it(book: Book, builder: str) -> None:
    build = book.build("-n", "-W", builder=builder, env=TODAY)
    assert (build.status, build.warnings) == (0, [])
    text = words(re.sub(r"<[^>]+>|\\sphinxhyphen\{\}|\\", "", build.text(BUILDERS[builder])))
    for found in ("120,230", "Data scientists", "not said"):
        assert found in text


def test_the_tables_stand_on_pages_of_other_markup_too(tmp_path: Path) -> None:
    text = "Pay\n===\n\n.. job:pay:: engineer US-CO\n\n.. job:pay:: nobody\n"
    files = {name: text for name, text in FILES.items() if name != "pay.md"}
    build = Book(tmp_path, {**files, "pay.rst": text}).build(env=TODAY)
    (warned,) = build.warnings
    assert (warned.path, warned.line, warned.type) == ("pay.rst", 6, "rolebook.unknown-parent")
    assert "Colorado" in words(build.page("pay.html").select_one("table") or "")


def test_the_area_is_that_of_the_configuration(tmp_path: Path) -> None:
    build = Book(tmp_path, FILES, conf='rolebook_pay_area = "GB"').build("-W", env=TODAY)
    assert words(build.page("pay.html").select_one("tbody tr") or "").startswith(
        "All levels United Kingdom £40,000"
    )


# Mistakes


@pytest.mark.parametrize(
    ("block", "code", "said"),
    [
        (
            "pay enginer",
            "unknown-parent",
            "no role 'enginer' to show the pay of. Did you mean 'engineer'",
        ),
        ("pay", "missing-name", "names no role"),
        ("pay engineer Colorado", "bad-value", "Write its code: 'US-CO'."),
        ("pay-levels engineer XX", "bad-value", "no area 'XX' in pay/areas.csv"),
        ("pay-areas engineer soc:1", "bad-value", "'soc:1' does not stand in for 'engineer'"),
        ("pay-world engineer EURO", "bad-value", "'EURO' is no currency"),
        ("pay-sources enginer", "unknown-parent", "no role 'enginer'"),
        ("pay engineer US now", "bad-value", "'now' is more than '{job:pay}' takes"),
    ],
)
def test_a_wrong_argument_is_told_by_every_build_and_by_the_command(
    tmp_path: Path, block: str, code: str, said: str
) -> None:
    book = Book(
        tmp_path, {**FILES, "areas.md": f"# Areas\n\n:::{{job:{block}}}\n:::\n".replace("} ", "} ")}
    )
    name, _, argument = block.partition(" ")
    book.write({"areas.md": f"# Areas\n\n:::{{job:{name}}} {argument}\n:::\n"})
    first = book.build(env=TODAY)
    (warned,) = first.warnings
    assert (warned.path, warned.line, warned.type) == ("areas.md", 3, f"rolebook.{code}")
    assert said in warned.text
    assert book.build(env=TODAY).warnings == first.warnings
    assert book.findings() == first.warnings


# What an edit writes again


def test_an_edited_figure_rewrites_the_pages_that_show_it(tmp_path: Path) -> None:
    book = Book(tmp_path, FILES)
    before = book.build(env=TODAY).stamps()

    def build() -> set[str]:
        nonlocal before
        after = book.build(env=TODAY).stamps()
        written, before = rewritten(before, after), after
        return {name for name in written if name.endswith(".html")} & {f"{n}.html" for n in PAGES}

    assert build() == set()
    book.edit(FIGURES, "75000,95000,130000", "75000,95000,131000")
    # The others offer the file that holds it.
    assert build() >= {"areas.html", "pay.html"}
    assert "US$131,000" in words(book.build(env=TODAY).page("areas.html"))
    before = book.build(env=TODAY).stamps()

    book.edit("pay/sources.toml", "Asks people.", "Asks some people.")
    assert build() == {"sources.html"}

    book.edit("pay/sources.toml", "The Index", "An Index")
    assert build() >= {"sources.html", "pay.html", "beside.html", "elsewhere.html"}

    text = book.read(FIGURES).splitlines(keepends=True)
    book.write({FIGURES: "".join([text[0], *sorted(text[1:])])})
    assert build() == set()
    last = book.build(env=TODAY)
    assert differences(last.lasting(), book.build(name="clean", env=TODAY).lasting()) == []


def test_figures_get_old_without_an_edit(tmp_path: Path) -> None:
    book = Book(tmp_path, FILES)
    assert "Old:" not in words(
        book.build(env={"SOURCE_DATE_EPOCH": "1782864000"}).page("areas.html")
    )
    later = book.build(env={"SOURCE_DATE_EPOCH": "1893456000"})
    assert "Old:" in words(later.page("areas.html"))
    assert {warned.type for warned in later.warnings} == {"rolebook.pay-stale"}


def test_a_handbook_without_figures_says_so(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if not name.startswith("pay/")}
    listings = ("pay} engineer", "pay-areas} engineer", "pay-sources}")
    pages = {"pay.md": "# Pay\n" + "".join(f"\n:::{{job:{each}\n:::\n" for each in listings)}
    kept = ("index.md", "roles/engineer.md", "roles/junior.md", "roles/senior.md")
    files = {name: text for name, text in files.items() if name in kept} | pages
    files["index.md"] = (
        "# Handbook\n\n```{toctree}\nroles/engineer\nroles/junior\nroles/senior\npay\n```\n"
    )
    build = Book(tmp_path, files).build("-n", "-W", env=TODAY)
    assert (build.status, build.warnings) == (0, [])
    said = words(BeautifulSoup(build.text("pay.html"), "html.parser"))
    assert "There are no figures for this yet." in said
    assert "The handbook has no sources of pay data yet." in said
