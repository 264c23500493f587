"""Word files as others read them: Microsoft's validator, and LibreOffice."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from office import convert, findings
from word_files import BLANK_TEXTS, FILLED, FILLED_TEXTS, LINES, Control, controls, word_file

from rolebook.catalog import load
from rolebook.compose import compose
from rolebook.exports import export
from rolebook.model import Axis, Values
from rolebook.placeholders import defaults

pytestmark = pytest.mark.xdist_group("office")

ROOT = Path(__file__).parents[2]

HOSTILE = "]]></w:t> & \"'\x00\x0b\x7f\x85\u2028\ufffe\ud800 🚀 [[title]] " + "a" * 500
HOSTILE_VALUES: Values = {"company": HOSTILE, "team": HOSTILE, "cloud": [HOSTILE] * 3}


# The rules of the format: the Open XML SDK, as an npm package


def _shipped() -> bytes:
    content = ROOT / "content"
    role = "machine-learning-engineer"
    template = compose(load(content, sorted(content.rglob("*.md"))), role, {Axis.LEVEL: "senior"})
    return export(template, "docx", defaults(template.placeholders))


WRITTEN: Mapping[str, Callable[[], bytes]] = {
    "blank": lambda: word_file({}),
    "filled": lambda: word_file(FILLED),
    "hostile": lambda: word_file(HOSTILE_VALUES),
    "shipped": _shipped,
}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_validator_finds_nothing(name: str, tmp_path: Path) -> None:
    file = tmp_path / "file.docx"
    file.write_bytes(WRITTEN[name]())
    assert findings(file) == []


@pytest.mark.parametrize(
    ("part", "right", "wrong", "finding"),
    [
        ("word/document.xml", "<w:b/><w:bCs/>", "<w:bCs/><w:b/>", "unexpected child element"),
        ("word/document.xml", 'r:id="link1"', 'r:id="link9"', "does not exist"),
        ("word/numbering.xml", 'w:val="decimal"', 'w:val="roman"', "invalid value"),
        ("word/styles.xml", "<w:keepNext/><w:keepLines/>", "<w:keepLines/><w:keepNext/>", "child"),
    ],
)
def test_the_validator_would_find_something(
    part: str, right: str, wrong: str, finding: str, tmp_path: Path
) -> None:
    whole, broken = tmp_path / "whole.docx", tmp_path / "broken.docx"
    whole.write_bytes(word_file({}))
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode("utf-8")
            if name == part:
                assert right in text
                text = text.replace(right, wrong)
            target.writestr(name, text)
    assert any(finding in said for said in findings(broken))


# LibreOffice


@dataclass(frozen=True)
class Converted:
    """What LibreOffice makes of a file: text, and a Word file again."""

    before: Path
    text: str
    after: Path


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Converted]:
    folder = tmp_path_factory.mktemp("office")
    (folder / "before").mkdir()
    sources = [folder / "before" / f"{name}.docx" for name in ("blank", "filled", "hostile")]
    for source in sources:
        source.write_bytes(WRITTEN[source.stem]())
    for kind, out in (("txt:Text (encoded):UTF8", "text"), ("docx", "after")):
        convert(folder, kind, out, sources)
    return {
        source.stem: Converted(
            source,
            (folder / "text" / f"{source.stem}.txt").read_text(encoding="utf-8-sig"),
            folder / "after" / source.name,
        )
        for source in sources
    }


def _expected(texts: Mapping[str, str]) -> list[str]:
    """The lines as LibreOffice writes them as text, with their marks."""
    lines, number = [], 0
    for style, text in LINES:
        number = number + 1 if style == "List Number" else 0
        mark = {"List Bullet": "• ", "List Number": f"{number}. "}.get(style, "")
        lines.append(mark + text.format(**texts))
    return lines


@pytest.mark.parametrize(("name", "texts"), [("blank", BLANK_TEXTS), ("filled", FILLED_TEXTS)])
def test_libreoffice_reads_every_line_and_counts_each_list_from_one(
    name: str, texts: Mapping[str, str], converted: Mapping[str, Converted]
) -> None:
    read = [line.strip() for line in converted[name].text.splitlines()]
    assert read == _expected(texts)


@pytest.mark.parametrize("name", ["blank", "filled", "hostile"])
def test_libreoffice_writes_the_controls_again(
    name: str, converted: Mapping[str, Converted]
) -> None:
    before = [*controls(Document(str(converted[name].before)))]
    after = [*controls(Document(str(converted[name].after)))]
    assert [_kept(control) for control in after] == [_kept(control) for control in before]
    # LibreOffice 7.4, that of Debian 12, writes no tags, and no titles of lists.
    for old, new in zip(before, after, strict=True):
        assert new.tag in (old.tag, None)
        assert new.title == old.title or (new.title is None and old.items)


def _kept(control: Control) -> tuple[bool, tuple[str, ...], str]:
    """To LibreOffice 7.4 a combo box is a list like others."""
    return control.kind == "text", control.items, control.text
