"""Every builder of Sphinx takes a handbook; translators get its lines and give them back."""

from __future__ import annotations

import pickle
import re
from collections import defaultdict
from pathlib import Path
from zipfile import ZipFile

import pytest
from babel.messages.pofile import read_po
from building import Book, Build, handbook, words

from rolebook.catalog import load
from rolebook.compose import compose, texts
from rolebook.model import Axis

pytestmark = pytest.mark.xdist_group("build-builders")

CONF = """
# An EPUB needs a version, an identifier and a copyright; Sphinx warns without.
version = "1"
copyright = "Nobody"
epub_identifier = "https://example.org/"
epub_scheme = "URL"
rolebook_edit_url = "https://example.org/edit/{path}#L{line}"
"""
BUILDERS = {
    "latex": ("testhandbook.tex", "testhandbook.tex"),
    "text": ("roles/engineer/senior.txt", "roles/engineer/senior.txt"),
    "man": ("testhandbook.1", "testhandbook.1"),
    "texinfo": ("testhandbook.texi", "testhandbook.texi"),
    "epub": ("Testhandbook.epub", "roles/engineer/senior.xhtml"),
    "xml": ("roles/engineer/senior.xml", "roles/engineer/senior.xml"),
    "singlehtml": ("index.html", "index.html"),
    "dirhtml": ("roles/engineer/senior/index.html", "roles/engineer/senior/index.html"),
}
"""For each builder a file that it leaves, and one that the senior variant's lines are in."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(tmp_path_factory.mktemp("builders"), handbook(), conf=CONF)


@pytest.fixture(scope="module")
def built(book: Book) -> dict[str, Build]:
    """The builds, each made when it is first asked for."""

    class Builds(dict[str, Build]):
        def __missing__(self, builder: str) -> Build:
            self[builder] = book.build("-n", "-W", builder=builder)
            return self[builder]

    return Builds()


@pytest.mark.parametrize("builder", [*BUILDERS, "gettext"])
def test_no_warning(built: dict[str, Build], builder: str) -> None:
    build = built[builder]
    assert (build.status, build.warnings) == (0, [])


@pytest.mark.parametrize("builder", BUILDERS)
def test_template_is_there(built: dict[str, Build], builder: str) -> None:
    """An inherited line, one of the variant's own and a placeholder, without our extras."""
    result, page = BUILDERS[builder]
    assert (built[builder].out / result).is_file()
    text = words(re.sub(r"<[^>]+>|\\sphinxhyphen\{\}", "", built[builder].text(page)))
    for line in ("You need not tick every box.", "keeps its data.", "company name"):
        assert line in text.replace("\\", "")
    if builder != "dirhtml":
        assert "Download:" not in text
        assert "rolebook-data" not in built[builder].text(page)
        assert "example.org/edit" not in built[builder].text(page)


def test_text(built: dict[str, Build]) -> None:
    text = words(built["text"].text("roles/engineer/staff.txt").replace("* ", ""))
    catalog = load(built["text"].source)
    template = compose(catalog, "data-engineer", {Axis.LEVEL: "staff"})
    for line, _ in texts(template):
        if not re.search(r"[*`\[]|contract", line):
            assert words(line) in text.replace('"', "").replace("*", ""), line
    assert "Full-time or not" in text


@pytest.mark.parametrize("builder", ["epub", "singlehtml", "text", "latex"])
def test_only_web_pages_have_the_script(built: dict[str, Build], builder: str) -> None:
    build = built[builder]
    assert not [name for name in build.files() if name.endswith("rolebook.js")]
    if builder == "epub":
        names = ZipFile(build.out / "Testhandbook.epub").namelist()
        assert not [name for name in names if name.endswith("rolebook.js")]
    assert "rolebook.js" not in build.text(BUILDERS[builder][1])


# Translation


def places(build: Build, catalogue: str) -> dict[str, list[tuple[str, int]]]:
    """Where each message of a catalogue stands."""
    with (build.out / f"{catalogue}.pot").open("rb") as file:
        return {
            str(message.id): [
                ((build.out / name).resolve().relative_to(build.source).as_posix(), line)
                for name, line in message.locations
            ]
            for message in read_po(file, charset="utf-8")
            if message.id
        }


def test_messages(book: Book, built: dict[str, Build]) -> None:
    """Each line once, as it is written and where it is written."""
    catalog = load(book.source)
    expected: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for role in catalog.roles.values():
        for axis, id_ in [(None, ""), *catalog.variants_of(role)]:
            for line, owner in texts(compose(catalog, role.id, {axis: id_} if axis else {})):
                if owner is not None and owner.origin.file.startswith("roles/"):
                    expected[line].add((owner.origin.file, owner.origin.line))
    found = places(built["gettext"], "roles")
    # Two groups of duties have one title, which is shown once.
    del expected["What you will do"]
    for line, origins in expected.items():
        assert sorted(found[line]) == sorted(origins), line
    file = "roles/engineer/index.md"
    assert found["What you will do"] == [(file, book.line(file, ":group: Building") - 3)]
    shared = "shared/startup.md"
    assert places(built["gettext"], "shared")["Do other things too."] == [
        (shared, book.line(shared, "Do other things too."))
    ]


GERMAN = {
    "Write things down.": "Alles aufschreiben.",
    "What you will do": "Deine Aufgaben",
    "Running": "Betrieb",
    "You need not tick every box.": "Du musst nicht alles können.",
    "Be on call for {{ on-call days }} days a month.": "An {{ on-call days }} Tagen Bereitschaft.",
    "Mend what breaks, then [read our guide](../../guide.md).": (
        "Heile, was bricht, und [lies](../../guide.md)."
    ),
    "Senior data engineer": "Erfahrene Dateningenieurin",
}


def test_german(tmp_path: Path) -> None:
    book = Book(tmp_path, handbook(), conf='language = "de"\nlocale_dirs = ["locale"]\n')
    entries = (f'msgid "{msgid}"\nmsgstr "{text}"\n' for msgid, text in GERMAN.items())
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    # The message catalogue of a top folder has the folder's name.
    book.write({"locale/de/LC_MESSAGES/roles.po": "\n".join([head, *entries])})
    build = book.build("-n", "-W")
    assert (build.status, build.warnings) == (0, [])
    for page in ("roles/engineer/senior.html", "roles/engineer/staff.html", "roles/analyst.html"):
        template = build.page(page).select_one("#template")
        assert template is not None
        assert words(template.select_one("#duties > h3") or "").startswith("Deine Aufgaben")
        assert "Du musst nicht alles können." in words(template)
        assert "You need not tick" not in words(template)
    senior = build.page("roles/engineer/senior.html")
    on_call = senior.select_one("#duties-running-on-call")
    assert on_call is not None
    assert words(on_call) == "An {{ on-call days }} Tagen Bereitschaft."
    mark = on_call.select_one(".rb-ph")
    assert mark is not None
    assert words(mark) == "{{ on-call days }}"
    link = senior.select_one("#duties-running-mend a")
    assert link is not None
    assert (words(link), link["href"]) == ("lies", "../../guide.html")
    assert "Alles aufschreiben." in words(senior.select_one("#changes") or "")
    assert "Betrieb" in words(senior)
    environment = pickle.loads((build.doctrees / "environment.pickle").read_bytes())
    contents = words(environment.tocs["roles/engineer/senior"].astext())
    assert contents.startswith("Erfahrene Dateningenieurin")
    assert "Deine Aufgaben" in contents
