"""The pay pages of the shipped handbook: every sum on them is that of a row of its data."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest
from building import LASTING, Book, Build, words

from rolebook.catalog import load
from rolebook.pay.model import Figure
from rolebook.pay.money import locale_of
from rolebook.pay.read import read
from rolebook.pay.views import COLUMNS, figure_id
from rolebook.pay.words import Words
from rolebook.today import current_day

pytestmark = pytest.mark.xdist_group("build-pay-shipped")

CONTENT = Path(__file__).parents[2] / "content"
PAGES = sorted(path.stem for path in (CONTENT / "pay").glob("*.md"))
AREAS = "machine-learning-engineer-areas"
WORDS = Words(locale_of("en"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    book = Book(tmp_path_factory.mktemp("shipped"), {"index.md": "# Replaced\n"})
    shutil.copytree(CONTENT, book.source, dirs_exist_ok=True)
    build = book.build("-n", "-W", *LASTING)
    assert (build.status, build.warnings) == (0, [])
    return build


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    book = read(CONTENT, load(CONTENT), current_day())
    found = {figure_id(figure): figure for figure in book.figures}
    assert len(found) == len(book.figures)
    return found


def test_there_are_pages() -> None:
    assert {"index", "machine-learning-engineer", AREAS, "sources", "weighing", "world"} <= {*PAGES}


@pytest.mark.parametrize("name", PAGES)
def test_every_sum_is_that_of_a_row_and_nothing_else_is_one(
    built: Build, figures: dict[str, Figure], name: str
) -> None:
    main = built.page(f"pay/{name}.html").select_one("main")
    assert main is not None
    for row in main.select("tr.rb-figure"):
        (id_,) = [c[10:] for c in row["class"] if c.startswith("rb-figure-")]
        for column in COLUMNS:
            for cell in row.select(f"td.rb-{column}"):
                assert words(cell.find("p") or "") == WORDS.sum(figures[id_], column)
    # What a source says of its own making may name sums.
    for part in main.select(".rb-figure, .rb-pay-about, [aria-hidden=true], script"):
        part.decompose()
    assert re.findall(r"[$€£]|\d,\d{3}", words(main)) == []


def test_the_areas_stay_light(built: Build) -> None:
    page = built.text(f"pay/{AREAS}.html")
    assert page.count("rb-figure-") > 300
    assert len(gzip.compress(page.encode())) <= 150_000


def test_the_structured_data_are_those_of_rows(built: Build, figures: dict[str, Figure]) -> None:
    page = built.page("pay/machine-learning-engineer.html")
    (script,) = page.find_all("script", type="application/ld+json")
    for each in json.loads(script.string or "")["@graph"]:
        figure = figures[each["identifier"]]
        (salary,) = each["estimatedSalary"]
        assert (salary["median"], salary["currency"]) == (
            figure.percentiles["p50"],
            figure.currency,
        )
        assert page.select(f"tr.rb-figure-{each['identifier']}")
