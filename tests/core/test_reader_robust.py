"""The reader takes any text: it never raises, never hangs, and reports lines that exist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from core_books import Book, books
from core_cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from rolebook.catalog import assemble
from rolebook.check import check
from rolebook.compose import compose
from rolebook.diagnostics import Code
from rolebook.exports import FORMATS, export
from rolebook.exports.shapes import MissingDetailsError
from rolebook.interview.kit import choose, must_haves, whole_kit
from rolebook.interview.loop import plan_loop
from rolebook.interview.model import Interview
from rolebook.interview.write import KIT_FORMATS
from rolebook.model import Entity
from rolebook.reader import Page, read, read_bytes

NOTATION = (
    *(":::", "::::", "```", "~~~", "> ", "- ", "1. ", "  ", "    ", "\t", "# ", "## ", "---", "%"),
    *("{job:role} engineer", "{job:variant} senior", "{job:section} Duties", "{job:patch} duties"),
    *("{job:placeholder} cloud", "{job:note}", "{job:faq} Why?", "{job:card} x", "{job:xyzzy}"),
    *("{role}", "{note}", "{job:", "job:role}", "{Job:Role} x", "::: {job:section} Spaced"),
    *(":::{job:role} engineer", ":::{job:section} Duties", "```{job:section} Pay", ":::{tip}"),
    *(":extends: engineer", ":axis: level", ":applies-to: all", ":drop:", ":remove: a, b", ":id:"),
    *(
        ":choices: A / B",
        ":multiple:",
        ":x: y",
        ":id:a",
        "{#id}",
        "{#",
        "{{ a }}",
        "{{ a: B / C }}",
    ),
    *("{{", "}}", "`{{ a }}`", "[x]({{ a }})", "{job:role}`x`", "<b>", "<!--", "-->", "![i](j)"),
    *("{job:interview} engineer", ":::{job:interview} engineer/senior", "{job:competency} Code"),
    *("{job:stage} Talk", "{job:question} Why?", "{job:sample} Task", "{job:handout} Brief"),
    *(":minutes: 10", ":minutes: 0", ":level: senior", ":stage: talk", ":kind: behavioural"),
    *("**Weak:** a", "**Strong**", "**Criterion:** b", "**:**", "**Probe:**", "**AI use:** c"),
    *("text", "*", "_", "\\", "&amp;", "\ue0001\ue001", "\ue000", "\x00", "\ufeff", "\r", "\x0c"),
)
LINES = st.lists(
    st.one_of(st.sampled_from(NOTATION), st.text(max_size=10)), min_size=1, max_size=4
).map("".join)
TEXTS = st.tuples(
    st.sampled_from(["", "# Engineer\n\n:::{job:role} engineer\n\n:::\n\n"]),
    st.lists(LINES, max_size=15).map("\n".join),
).map("".join)
# Every valid page and every slip that these tests know.
PAGES = [
    data.decode("utf-8", "replace")
    for folder in ("reader", "findings", "compose")
    for case in read_cases(folder)
    for data in case.files.values()
]


def sound(page: Page, text: str, others: Iterable[Page] = ()) -> None:
    """What a page says of itself is true, and a book that holds it can be built."""
    last = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for finding in page.diagnostics:
        assert 1 <= finding.line <= last
        assert finding.file == "page.md"
        assert "\n" not in finding.text
    if isinstance(page.header, Entity):
        items = [*page.header.summary, *(i for b in page.header.blocks for i in b.items)]
        assert all(1 <= item.origin.line <= last and item.text for item in items)
    if isinstance(page.header, Interview):
        assert all(1 <= each.origin.line <= last for each in page.header.assessments)
        assert all(each.text and each.minutes >= 0 for each in page.header.assessments)
    catalog = assemble([page, *others])
    assert {*page.diagnostics} <= {*check(catalog)}
    for role in catalog.roles:
        template = compose(catalog, role)
        for format_ in FORMATS:
            with suppress(MissingDetailsError):  # a template is no vacancy
                export(template, format_, {"a": "b"})
        if kit := whole_kit(catalog, role):
            loop = plan_loop(choose(kit, {}), must_haves(template))
            for formats in KIT_FORMATS.values():
                for write in formats.values():
                    write(loop, template.title, template.language)


@given(TEXTS)
def test_any_text(text: str) -> None:
    sound(read("page.md", text), text)


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    sound(read_bytes("page.md", b"{job:role}" + data), text)


@given(st.sampled_from(PAGES), st.data())
def test_any_slip_in_a_page(page: str, data: st.DataObject) -> None:
    text = "\n".join(data.draw(slips(page.split("\n"))))
    sound(read("page.md", text), text)


KITS = [
    (case.files["engineer.md"], data.decode())
    for case in read_cases("findings")
    if case.title == "interview: A kit that is in order"
    for name, data in case.files.items()
    if name == "interview.md"
]


@given(st.sampled_from(KITS), st.data())
def test_any_slip_in_a_kit(kit: tuple[bytes, str], data: st.DataObject) -> None:
    role, page = kit
    text = "\n".join(data.draw(slips(page.split("\n"))))
    sound(read("page.md", text), text, [read_bytes("engineer.md", role)])


EDITS = ("delete", "double", "swap", "cut", "indent", "add")


@st.composite
def slips(draw: st.DrawFn, lines: Sequence[str], edits: Sequence[str] = EDITS) -> list[str]:
    """The lines after a few of the edits."""
    lines = list(lines)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(len(lines) - 1, 0)))
        match draw(st.sampled_from(edits)):
            case "delete":
                del lines[place : place + 1]
            case "double":
                lines[place:place] = lines[place : place + 1]
            case "swap":
                lines[place : place + 2] = reversed(lines[place : place + 2])
            case "cut":
                lines[place : place + 1] = [line[:-1] for line in lines[place : place + 1]]
            case "indent":
                lines[place : place + 1] = [f"  {line}" for line in lines[place : place + 1]]
            case "add":
                lines.insert(place, draw(LINES))
    return lines


@given(books().filter(lambda book: book.variants), st.data())
def test_a_slip_on_one_page_leaves_the_others_as_they_are(book: Book, data: st.DataObject) -> None:
    axis = data.draw(st.sampled_from([*book.variants]))
    name = f"{axis}.md"
    changed = "\n".join(data.draw(slips(book.files[name].split("\n"), EDITS[:-1])))
    pages = [read(file, changed if file == name else text) for file, text in book.files.items()]
    catalog = assemble(pages)
    others = {other: id_ for other, id_ in book.chosen.items() if other is not axis}
    assert compose(catalog, "engineer", others) == compose(book.catalog, "engineer", others)
    of_pairs = (Code.UNDECLARED_OVERRIDE, Code.EMPTY_SECTION)
    found = [f for f in check(catalog) if f.code not in of_pairs]
    assert {finding.file for finding in found} <= {name}
