"""Interview kits on pages and in files: what they hold, and what an edit writes again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Tag
from building import Book, Build, differences, rewritten, words
from kit_book import HEIR, PAGES, ROLE, STAFF, STREAMING, kit_book

from rolebook.catalog import load
from rolebook.interview.loop import Loop
from rolebook.interview.model import Grade, Question, Sample
from rolebook.interview.write import KIT_FORMATS, SUFFIXES
from rolebook.pay.read import read
from rolebook.sphinx.handbook import Handbook

pytestmark = pytest.mark.xdist_group("build-kit")

CONF = """
version = "1"
copyright = "Nobody"
epub_identifier = "https://example.org/"
epub_scheme = "URL"
"""
BUILDERS = {
    "latex": "testhandbook.tex",
    "text": f"{ROLE}.txt",
    "man": "testhandbook.1",
    "texinfo": "testhandbook.texi",
    "epub": f"{ROLE}.xhtml",
    "xml": f"{ROLE}.xml",
    "singlehtml": "index.html",
    "dirhtml": f"{ROLE}/index.html",
    "html": f"{ROLE}.html",
}
"""For each builder the file that has the role's kit."""

FILES = {
    "kit": ("html", "docx"),
    "brief": ("html", "docx"),
    "scorecard": ("csv",),
}
"""The formats that a page offers each part of a kit in."""

CHOICES = {
    "data-engineer": ("senior", "senior-streaming", "staff", "staff-streaming"),
    "data-analyst": ("any",),
}
"""By role: the choices that there are files for."""


def downloads(role: str, *stems: str) -> set[str]:
    return {
        f"downloads/interview/{role}/{stem}-{part}{SUFFIXES[format]}"
        for stem in stems
        for part, formats in FILES.items()
        for format in formats
    }


EVERY_FILE = {name for role, stems in CHOICES.items() for name in downloads(role, *stems)}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(tmp_path_factory.mktemp("kit"), kit_book(), conf=CONF)


@pytest.fixture(scope="module")
def built(book: Book) -> dict[str, Build]:
    """The builds, each made when it is first asked for."""

    class Builds(dict[str, Build]):
        def __missing__(self, builder: str) -> Build:
            self[builder] = book.build("-n", "-W", builder=builder)
            return self[builder]

    return Builds()


@pytest.fixture(scope="module")
def loaded(book: Book) -> Handbook:
    """The same handbook without a build."""
    catalog, today = load(book.source), date(2026, 11, 21)
    return Handbook(catalog, read(book.source, catalog, today), today, "US")


def page_of(build: Build, name: str) -> Tag:
    return build.page(f"{name}.html")


def cards(page: Tag) -> dict[str, Tag]:
    """The cards of questions and work samples, by what they say on top."""
    found = {words(card.select_one(".rubric") or ""): card for card in page.select(".rb-question")}
    assert len(found) == len(page.select(".rb-question"))
    return found


def table(page: Tag, section: str) -> list[list[str]]:
    rows = page.select(f"#{section} table tr")
    return [[words(cell) for cell in row.find_all(["th", "td"])] for row in rows]


def links(part: Tag | None) -> dict[str, str]:
    return {words(a): str(a["href"]) for a in part.select("a:not(.headerlink)")} if part else {}


# The pages


OWN = {
    ROLE: [
        "What did you mend last, and how did you know what was wrong?",
        "How do you test a query?",
        "Tell us about a table that grew out of hand.",
        "A report disagrees with another. What do you do?",
        "A table with a trap",
    ],
    STAFF: ["Which decision of yours outlived you?"],
    STREAMING: ["An event comes twice. What then?"],
    HEIR: ["Which answer of yours was wrong?"],
}
"""The questions and samples whose cards are on each page: those that were written there."""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_the_cards_that_were_written_on_it(built: dict[str, Build], name: str) -> None:
    page = page_of(built["html"], name)
    assert [*cards(page)] == OWN[name]
    ids = [str(element["id"]) for element in page.select("[id]")]
    assert len(set(ids)) == len(ids)


def test_a_card_has_all_that_was_written(built: dict[str, Build], loaded: Handbook) -> None:
    kit = loaded.kit("data-engineer")
    assert kit is not None
    shown = {
        card: words(tag)
        for name in PAGES
        for card, tag in cards(page_of(built["html"], name)).items()
    }
    for each in kit.assessments:
        said = shown[each.text.replace("*", "")]
        lines = []
        if isinstance(each, Question):
            lines = [*each.probes, *each.warnings, *each.answers.values()]
            assert f" · {each.kind} · {each.minutes} minutes" in said
        elif isinstance(each, Sample):
            lines = [*each.brief, each.ai_use, each.adjustments]
            for row in each.criteria:
                lines += [row.name, *row.grades.values()]
            assert f"at most {each.minutes} minutes · Senior" in said
        assert lines
        for line in lines:
            assert line.text.replace("`", "") in said


def test_grades_stand_side_by_side_in_their_order(built: dict[str, Build]) -> None:
    for card in cards(page_of(built["html"], ROLE)).values():
        names = [words(name) for name in card.select(".rb-grades dt, thead th:not(:first-child)")]
        assert names == [grade.capitalize() for grade in Grade]


def test_what_others_pages_ask_is_linked(built: dict[str, Build]) -> None:
    build = built["html"]
    for name in PAGES:
        for text, href in links(page_of(build, name).select_one("#elsewhere")).items():
            path, _, anchor = href.partition("#")
            other = (build.out / name).parent / path
            target = build.page(str(other.resolve().relative_to(build.out.resolve())))
            found = target.find(id=anchor)
            assert isinstance(found, Tag)
            assert words(found) == text
    heir = links(page_of(build, HEIR).select_one("#elsewhere"))
    # All of the role's but the one that it takes away, and none for a level it does not have.
    assert {*heir} == {text for text in OWN[ROLE] if "grew" not in text}
    assert {*links(page_of(build, ROLE).select_one("#elsewhere"))} == {*OWN[STAFF], *OWN[STREAMING]}


def test_each_must_have_says_what_assesses_it(built: dict[str, Build]) -> None:
    mended, testing, _, disagree, trap = OWN[ROLE]
    outlived, twice = *OWN[STAFF], *OWN[STREAMING]
    head = ["Must-have", "Assessed by"]
    boxes = ["You need not tick every box.", mended]
    python = ["Python", mended]
    sql = "SQL that others can read, “quoted” – and plain."
    page = page_of(built["html"], ROLE)
    assert table(page, "must-haves") == [
        *(head, boxes),
        [sql, f"{trap} {disagree} {testing}"],
        python,
        ["Work that outlived you. Staff", outlived],
    ]
    # No sample for the seniors is among those that the staff are asked.
    staff = page_of(built["html"], STAFF)
    assert table(staff, "must-haves") == [
        *(head, boxes),
        [sql, f"{disagree} {testing}"],
        *(python, ["Work that outlived you.", outlived]),
    ]
    streaming = page_of(built["html"], STREAMING)
    assert table(streaming, "must-haves") == [
        head,
        ["Events that come late or twice, on {{ cloud }}. Streaming", twice],
    ]
    mark = streaming.select_one("#must-haves .rb-ph--cloud")
    assert words(mark or "") == "{{ cloud }}"
    for part in (page, staff, streaming):
        for href in links(part.select_one("#must-haves")).values():
            if href.startswith("#"):
                assert part.select_one(f".rb-question {href}") is not None
    assert links(page.select_one("#must-haves"))[outlived] == (
        "interview-staff.html#question-outlived"
    )


def test_the_stages_and_how_many_questions_each_has(built: dict[str, Build]) -> None:
    page = page_of(built["html"], ROLE)
    assert table(page, "loop") == [
        ["Stage", "Time", "With", "What the candidate is told"],
        [
            *("Call", "30 minutes", "the recruiter"),
            "We talk about the work, and you ask your questions.",
        ],
        [
            *("Piece of work Senior", "60 minutes", "two engineers"),
            "You show a piece of work; see the interview guide.",
        ],
        [
            *("Design review Staff", "90 minutes", "engineers of two teams"),
            "You read a proposal beforehand.",
        ],
    ]
    assert links(page.select_one("#loop tbody")) == {"interview guide": "../../guide.html"}
    assert table(page, "coverage") == [
        ["Competency", "Call", "Piece of work"],
        ["Building what lasts", "1", "5"],
        ["Care for the people who read the numbers", "–", "1"],
    ]
    assert table(page_of(built["html"], STAFF), "coverage")[1:] == [
        ["Building what lasts", "1", "4"],
        ["Care for the people who read the numbers", "–", "1"],
    ]


def test_references_lead_to_kits_and_to_questions(tmp_path: Path) -> None:
    files = kit_book()
    files["guide.md"] += (
        "\nSee {job:interview}`data-engineer`, {job:interview}`theirs <data-engineer/staff>`,"
        " {job:question}`data-engineer/outlived` and {any}`data-analyst`.\n"
    )
    build = Book(tmp_path, files).build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    found = links(build.page("guide.html").select_one("main"))
    assert found["Interview kit: data engineer"] == "roles/engineer/interview.html"
    assert found["theirs"] == "roles/engineer/interview-staff.html"
    assert found["Which decision of yours outlived you?"] == (
        "roles/engineer/interview-staff.html#question-outlived"
    )
    assert found["Data analyst"] == "roles/analyst.html"
    wrong = Book(
        tmp_path / "wrong", {**files, "more.md": "# More\n\n{job:question}`data-engineer/x`\n"}
    )
    (warned,) = [w for w in wrong.build("-n").warnings if w.type.startswith("ref")]
    assert warned.text == "there is no question 'data-engineer/x' (write role/question)"


# The files


def loops(loaded: Handbook) -> Iterator[tuple[str, Loop]]:
    for role in CHOICES:
        for loop in loaded.loops(loaded.catalog.interviews[role]):
            yield "-".join(loop.kit.choice.values()) or "any", loop


def test_the_files_are_what_the_writer_writes(built: dict[str, Build], loaded: Handbook) -> None:
    files = built["html"].files()
    assert {name for name in files if name.startswith("downloads/interview/")} == EVERY_FILE
    seen = 0
    for stem, loop in loops(loaded):
        template = loaded.composed(loop.kit.role, loop.kit.choice)
        for part, formats in FILES.items():
            for format in formats:
                name = f"downloads/interview/{loop.kit.role}/{stem}-{part}{SUFFIXES[format]}"
                data = KIT_FORMATS[part][format](loop, template.title, template.language)
                assert files[name] == data, name
                seen += 1
    assert seen == len(EVERY_FILE)
    differing = {files[name] for name in EVERY_FILE}
    # A brief for a specialisation may be that of the level alone, but for its title.
    assert len(differing) == len(EVERY_FILE) - len(_same_scorecards(files))


def _same_scorecards(files: dict[str, bytes]) -> list[str]:
    names = sorted(name for name in EVERY_FILE if name.endswith(".csv"))
    return [n for place, n in enumerate(names) if files[n] in [files[o] for o in names[:place]]]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_file_is_linked(built: dict[str, Build], builder: str) -> None:
    build, found = built[builder], set[str]()
    for name in PAGES:
        path = f"{name}.html" if builder == "html" else f"{name}/index.html"
        for href in build.page(path).select(".rb-kit-files a"):
            target = (build.out / path).parent / str(href["href"])
            assert target.is_file(), href
            found.add(target.resolve().relative_to(build.out.resolve()).as_posix())
    assert found == EVERY_FILE
    box = build.page(BUILDERS[builder]).select_one(".rb-kit-files")
    assert box is not None
    names = [words(name) for name in box.select("strong")]
    assert names == ["Senior", "Staff", "Senior, Streaming", "Staff, Streaming"]
    assert words(box.select_one("details summary") or "") == "Kits for a specialisation"


VARIANT = """# {heading}

:::{{job:variant}} {id}
:{applies}
:axis: {axis}
:title: {heading} {{title}}

:::
"""


@pytest.mark.parametrize(
    ("kit", "added", "titles"),
    [
        pytest.param(
            ROLE,
            [("staff-streaming", "extends: data-engineer", "level", "Chief")],
            {
                "staff-streaming": "Streaming Staff Senior data engineer",
                "level--staff-streaming": "Chief data engineer",
            },
            id="a level's id is that of another with a specialisation's",
        ),
        pytest.param(
            ROLE,
            [
                ("staff-streaming", "extends: data-engineer", "level", "Chief"),
                ("level--staff-streaming", "extends: data-engineer", "level", "Odd"),
            ],
            {
                "staff-streaming": "Streaming Staff Senior data engineer",
                "level--staff-streaming": "Odd data engineer",
                "level---staff-streaming": "Chief data engineer",
            },
            id="an id that looks like what tells two choices apart",
        ),
        pytest.param(
            HEIR,
            [("any", "applies-to: all", "specialisation", "Versatile")],
            {"any": "Data analyst", "specialisation--any": "Versatile data analyst"},
            id="the id that stands for none",
        ),
        pytest.param(
            HEIR,
            [
                ("growth", "applies-to: all", "specialisation", "Growing"),
                ("growth", "extends: data-analyst", "industry", "Farming"),
            ],
            {"any": "Data analyst", "growth": "Growing data analyst"},
            id="one id on two axes, of which a kit looks at one",
        ),
    ],
)
def test_choices_that_sound_the_same_have_files_of_their_own(
    kit: str, added: list[tuple[str, str, str, str]], titles: dict[str, str], tmp_path: Path
) -> None:
    files = kit_book()
    for number, (id_, applies, axis, heading) in enumerate(added):
        text = VARIANT.format(id=id_, applies=applies, axis=axis, heading=heading)
        files[f"more/{number}.md"] = text
    more = "".join(f"more/{number}\n" for number in range(len(added)))
    files["index.md"] = files["index.md"].replace("roles/analyst\n", f"roles/analyst\n{more}")
    build = Book(tmp_path, files).build()
    data = json.loads(str(build.page(f"{kit}.html").select("#rolebook-kit")[0].string))
    linked = {str(a["href"]) for a in build.page(f"{kit}.html").select(".rb-kit-files a")}
    folder = (build.out / kit).parent / data["folder"]
    stems = [loop["file"] for loop in data["loops"].values()]
    assert len(set(stems)) == len(stems)
    assert linked == {data["folder"] + stem + end for stem in stems for end, _ in data["files"]}
    for stem, title in titles.items():
        brief = (folder / f"{stem}-brief.html").read_text(encoding="utf-8")
        assert title.casefold() in words(BeautifulSoup(brief, "html.parser").title or "").casefold()
    # A page of a variant has its own template, whatever a kit composed.
    if "growth" in titles:
        assert "Farming data analyst" in build.text("downloads/data-analyst/growth.txt")


def test_a_printed_kit_says_what_is_left_to_fill_in(built: dict[str, Build]) -> None:
    for suffix in (".html",):
        text = built["html"].text(f"downloads/interview/data-engineer/staff-streaming-kit{suffix}")
        assert "</strong> that come late or twice, on {{ cloud }}." in text


@pytest.mark.parametrize("builder", ["latex", "text", "epub", "singlehtml"])
def test_only_web_pages_have_files_and_a_script(built: dict[str, Build], builder: str) -> None:
    files = built[builder].files()
    assert not [name for name in files if "downloads/" in name or name.endswith("rolebook-kit.js")]
    assert "rolebook-kit" not in built[builder].text(BUILDERS[builder])


def test_the_kits_script_is_on_their_pages_alone(built: dict[str, Build]) -> None:
    def scripts(name: str) -> set[str]:
        page = built["html"].page(name)
        found = {Path(str(s["src"]).partition("?")[0]).name for s in page.select("script[src]")}
        return found & {"rolebook.js", "rolebook-kit.js"}

    for name in PAGES:
        assert scripts(f"{name}.html") == {"rolebook-kit.js"}
    assert scripts("roles/engineer/index.html") == {"rolebook.js"}


# Builders


@pytest.mark.parametrize("builder", [*BUILDERS, "gettext"])
def test_no_warning(built: dict[str, Build], builder: str) -> None:
    assert (built[builder].status, built[builder].warnings) == (0, [])


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_has_the_words(built: dict[str, Build], builder: str) -> None:
    text = built[builder].text(BUILDERS[builder]).replace("\\sphinxhyphen{}", "-")
    text = words(re.sub(r"<[^>]+>", " ", text).replace("\\", ""))
    for said in (
        "What assesses each must-have",
        "A table with a trap",
        "Names no fault.",
        "Blames a colleague.",
        "Which decision of yours outlived you?",
        "Everyone reads out their marks.",
    ):
        assert said in text, said


# Again


ALWAYS = {"searchindex.js", "objects.inv", "genindex.html", "search.html", ".buildinfo"}


def test_the_second_build_writes_nothing(book: Book, built: dict[str, Build]) -> None:
    before = built["html"].stamps()
    again = book.build(seed=5)
    assert "no targets are out of date." in again.stdout
    written = rewritten(before, again.stamps())
    assert {name for name in written if not name.startswith("_static/")} <= ALWAYS


@pytest.mark.parametrize(("jobs", "seed"), [(1, 1), (2, 2), (2, 3)])
def test_hash_seeds_and_processes_change_no_byte(
    book: Book, built: dict[str, Build], jobs: int, seed: int
) -> None:
    other = book.build("-n", "-W", name=f"again-{jobs}-{seed}", jobs=jobs, seed=seed)
    assert differences(built["html"].files(), other.files()) == []


class Writing:
    """A book that has been built, and what later builds of it write of its kits."""

    def __init__(self, folder: Path) -> None:
        self.book = Book(folder, kit_book())
        self.last = self.book.build()
        self.stamps = self.last.stamps()

    def build(self) -> set[str]:
        """Build again; the kits' pages and files that were written or deleted."""
        self.last = self.book.build()
        after = self.last.stamps()
        written, self.stamps = rewritten(self.stamps, after), after
        return {name for name in written if "interview" in name}

    def assert_as_new(self) -> None:
        clean = self.book.build(name="clean")
        assert differences(clean.lasting(), self.last.lasting()) == []
        assert clean.warnings == self.last.warnings


@pytest.fixture
def writing(tmp_path: Path) -> Writing:
    return Writing(tmp_path)


KIT_PAGES = {f"{name}.html" for name in PAGES}


def test_a_changed_question_is_changed_wherever_it_is_asked(writing: Writing) -> None:
    writing.book.edit(f"{ROLE}.md", "How do you test a query?", "How is a query tested?")
    assert writing.build() == KIT_PAGES | EVERY_FILE
    for name in PAGES:
        text = writing.last.text(f"{name}.html")
        assert "How is a query tested?" in text or name == STREAMING
        assert "How do you test a query?" not in text
    assert "How is a query tested?" in writing.last.text(
        "downloads/interview/data-analyst/any-kit.html"
    )
    writing.assert_as_new()


def test_a_question_of_a_level_does_not_concern_heirs_without_it(writing: Writing) -> None:
    writing.book.edit(f"{STAFF}.md", "Who runs it now?", "Who runs it today?")
    engineers = {f"{name}.html" for name in (ROLE, STAFF, STREAMING)}
    own = downloads("data-engineer", *CHOICES["data-engineer"])
    assert writing.build() == engineers | own
    writing.assert_as_new()


def test_a_changed_must_have_is_changed_in_the_kits(writing: Writing) -> None:
    writing.book.edit("roles/engineer/staff.md", "Work that outlived you.", "Work that lasts.")
    written = writing.build()
    assert written >= {f"{STAFF}.html", f"{ROLE}.html", *downloads("data-engineer", "staff")}
    assert "Work that lasts." in words(page_of(writing.last, STAFF).select_one("#must-haves") or "")
    writing.assert_as_new()


def test_what_kits_do_not_show_leaves_them(writing: Writing) -> None:
    writing.book.edit("shared/startup.md", "Do other things too.", "Do more things.")
    assert writing.build() == set()


def test_a_removed_kit_takes_its_page_and_files_along(writing: Writing) -> None:
    writing.book.remove(f"{HEIR}.md")
    writing.book.edit("index.md", f"{HEIR}\n", "")
    written = writing.build()
    assert written >= {f"{HEIR}.html", *downloads("data-analyst", "any")}
    assert not [name for name in writing.last.files() if "analyst" in name and "interview" in name]
    writing.assert_as_new()


def test_a_removed_part_takes_its_questions_along(writing: Writing) -> None:
    writing.book.remove(f"{STAFF}.md")
    writing.book.edit("index.md", f"{STAFF}\n", "")
    assert f"{ROLE}.html" in writing.build()
    assert not (writing.last.out / f"{STAFF}.html").exists()
    assert "outlived you?" not in writing.last.text(f"{ROLE}.html")
    # Now nothing assesses what staff must have.
    assert {w.type for w in writing.last.warnings} == {"rolebook.unassessed-requirement"}
    writing.assert_as_new()


def test_a_new_variant_gets_its_files(writing: Writing) -> None:
    writing.book.write(
        {
            "roles/engineer/junior.md": "---\norphan: true\n---\n# Junior data engineer\n\n"
            ":::{job:variant} junior\n:extends: data-engineer\n:axis: level\n\n:::\n"
        }
    )
    written = writing.build()
    assert written >= downloads("data-engineer", "junior", "junior-streaming")
    assert "Junior" in words(page_of(writing.last, ROLE).select_one(".rb-kit-files") or "")
    writing.assert_as_new()


# Mistakes


MISTAKES = {
    "no such role": (f"{HEIR}.md", "{job:interview} data-analyst", "{job:interview} data-analist"),
    "no such variant": (f"{STAFF}.md", "data-engineer/staff", "data-engineer/chief"),
    "two of one role": (
        f"{HEIR}.md",
        "{job:interview} data-analyst",
        "{job:interview} data-engineer",
    ),
}
"""What leaves a page without its kit."""


@pytest.mark.parametrize(("file", "old", "new"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_page_without_its_kit_says_so(tmp_path: Path, file: str, old: str, new: str) -> None:
    book = Book(tmp_path, kit_book())
    book.build()
    book.edit(file, old, new)
    for _ in ("first", "second"):
        broken = book.build("-W")
        assert broken.status == 1
        assert broken.warnings == book.findings() != []
    name = file.replace(".md", ".html")
    # Of two kits for one role the first is read, whichever that is.
    shown = [
        f"{page}.html" for page in PAGES if "There is a mistake" in broken.text(f"{page}.html")
    ]
    assert len(shown) == 1
    assert shown == [name] or "two" not in file
    clean = book.build(name="clean")
    assert differences(clean.lasting(), broken.lasting()) == []
    book.edit(file, new, old)
    mended = book.build("-n", "-W")
    assert (mended.status, mended.warnings) == (0, [])
    assert "There is a mistake" not in mended.text(name)
    assert mended.files().keys() >= EVERY_FILE


LINES = {
    "unknown option": ("interview-unknown", ":stage: call", ":stage: cal"),
    "no grade": ("interview-incomplete", "- **Weak:** Names no fault.\n", ""),
    "what is this": ("interview-line", "**Probe:** Who had noticed?", "**Prod:** Who had noticed?"),
    "minutes": ("bad-value", ":minutes: 8", ":minutes: eight"),
    "left out": ("missing-option", ":kind: behavioural\n:minutes: 8\n", ":minutes: 8\n"),
    "placeholder": ("unsupported-markup", "Who had noticed?", "Who at {{ company name }}?"),
    "unassessed": ("unassessed-requirement", ":assesses: python, boxes", ":assesses: boxes"),
    "too long": (
        "interview-time",
        ":minutes: 30\n\n- **Probe:** What had",
        ":minutes: 200\n\n- **Probe:** What had",
    ),
}


@pytest.mark.parametrize(("code", "old", "new"), LINES.values(), ids=LINES.keys())
def test_a_mistake_in_a_block_is_told_by_the_build_as_by_the_check(
    tmp_path: Path, code: str, old: str, new: str
) -> None:
    book = Book(tmp_path, kit_book())
    book.edit(f"{ROLE}.md", old, new)
    expected = book.findings()
    assert f"rolebook.{code}" in {finding.type for finding in expected}
    for _ in ("first", "second"):
        build = book.build("-W")
        assert build.status == 1
        assert [w for w in build.warnings if w.type.startswith("rolebook.")] == expected
    # The rest of the page is there.
    assert "How do you test a query?" in cards(page_of(build, ROLE))


def test_a_role_that_comes_later_mends_the_page_of_its_kit(tmp_path: Path) -> None:
    files = kit_book()
    role = files.pop("roles/analyst.md")
    (files["guide.md"], files["plain.rst"]) = ("# Guide\n", "Plain\n=====\n")
    files["index.md"] = files["index.md"].replace("roles/analyst\n", "")
    book = Book(tmp_path, files)
    assert "There is a mistake" in book.build().text(f"{HEIR}.html")
    book.write({"roles/analyst.md": f"---\norphan: true\n---\n{role}"})
    mended = book.build("-W")
    assert (mended.status, mended.warnings) == (0, [])
    assert [*cards(page_of(mended, HEIR))] == OWN[HEIR]


def test_a_kit_in_restructuredtext_is_refused(tmp_path: Path) -> None:
    build = Book(tmp_path, {"page.rst": "Kit\n===\n\n.. job:interview:: engineer\n"}).build()
    assert [(w.path, w.line, w.type) for w in build.warnings] == [
        ("page.rst", 4, "rolebook.misplaced-block")
    ]


# Translation


def test_each_line_of_a_kit_is_told_to_translators(book: Book, built: dict[str, Build]) -> None:
    with (built["gettext"].out / "roles.pot").open("rb") as file:
        found = {
            str(m.id): {line for _, line in m.locations} for m in read_po(file, charset="utf-8")
        }
    for said in (
        "What did you mend last, and how did you know what was *wrong*?",
        *("Who had noticed?", "Names no fault.", "Blames a colleague.", "Finds the double rows."),
        *(
            "Care for the people who read the numbers",
            "Piece of work",
            "Everyone reads out their marks.",
        ),
    ):
        lines = book.read(f"{ROLE}.md").splitlines()
        assert any(said in lines[line - 1] for line in found[said]), said


GERMAN = {
    "What did you mend last, and how did you know what was *wrong*?": "Was war zuletzt *kaputt*?",
    "Names no fault.": "Nennt keinen Fehler.",
    "Building what lasts": "Bauen, was hält",
    "An event comes twice. What then?": "Ein Ereignis kommt doppelt. Was nun?",
    "You show a piece of work; see the [interview guide](../../guide.md).": (
        "Du zeigst eine Arbeit; siehe den [Leitfaden](../../guide.md)."
    ),
    "**Events** that come late or twice, on {{ cloud }}.": (
        "**Ereignisse**, die spät oder doppelt kommen, in {{ cloud }}."
    ),
}


def test_german(tmp_path: Path) -> None:
    book = Book(tmp_path, kit_book(), conf='language = "de"\nlocale_dirs = ["locale"]\n')
    entries = (f'msgid "{msgid}"\nmsgstr "{text}"\n' for msgid, text in GERMAN.items())
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    book.write({"locale/de/LC_MESSAGES/roles.po": "\n".join([head, *entries])})
    build = book.build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    page = page_of(build, ROLE)
    card = cards(page)["Was war zuletzt kaputt?"]
    assert card.select_one("em") is not None
    assert "Nennt keinen Fehler." in words(card)
    assert "Bauen, was hält" in words(page.select_one("#competency-building > h2") or "")
    assert "Bauen, was hält" in table(page, "coverage")[1]
    assert links(page.select_one("#loop tbody")) == {"Leitfaden": "../../guide.html"}
    # Where it is inherited, or named on another page.
    for name in (HEIR, STAFF, STREAMING):
        found = links(page_of(build, name).select_one("#elsewhere"))
        assert found["Was war zuletzt kaputt?"].endswith("interview.html#question-mended")
    assert "Ein Ereignis kommt doppelt. Was nun?" in links(page.select_one("#elsewhere"))
    assert table(page, "must-haves")[1][1] == "Was war zuletzt kaputt?"
    streaming = page_of(build, STREAMING)
    said = "Ereignisse, die spät oder doppelt kommen, in {{ cloud }}."
    assert table(streaming, "must-haves")[1][0].startswith(said)
    assert streaming.select_one("#must-haves .rb-ph--cloud") is not None
