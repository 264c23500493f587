"""What a Word file holds, read with python-docx."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import word_shell
from docx.oxml.ns import qn
from hypothesis import example, given
from hypothesis import strategies as st
from word_files import (
    BLANK_TEXTS,
    CONTROLS,
    FILLED,
    FILLED_TEXTS,
    KINDS,
    LINES,
    ROLE,
    SLOTS,
    Control,
    controls,
    lines,
    open_file,
    text_of,
    word_file,
)

from rolebook.catalog import assemble
from rolebook.compose import compose
from rolebook.exports import export
from rolebook.model import Values
from rolebook.placeholders import normalise
from rolebook.reader import read

BOTH = pytest.mark.parametrize(
    ("values", "texts"), [({}, BLANK_TEXTS), (FILLED, FILLED_TEXTS)], ids=["blank", "filled"]
)


@BOTH
def test_every_line_is_there_in_its_style(values: Values, texts: dict[str, str]) -> None:
    expected = [(style, text.format(**texts)) for style, text in LINES]
    assert lines(open_file(word_file(values))) == expected


@BOTH
def test_every_placeholder_is_a_content_control(values: Values, texts: dict[str, str]) -> None:
    expected = []
    for name in SLOTS:
        kind, title, items = CONTROLS[name]
        expected.append(Control(kind, title, name, items, texts[name], placeholder=not values))
    assert [*controls(open_file(word_file(values)))] == expected


def _runs(values: Values, text: str) -> list[Any]:
    body: Any = open_file(word_file(values)).element.body
    return [run for run in body.iter(qn("w:r")) if text_of(run) == text]


def _look(run: Any) -> list[str]:
    return [each.tag.partition("}")[2] for each in run.find(qn("w:rPr"))]


def test_a_value_looks_like_the_words_around_it() -> None:
    company, team = FILLED_TEXTS["company"], FILLED_TEXTS["team"]
    title, strong = _runs(FILLED, company)
    assert title.find(qn("w:rPr")) is None
    assert _look(strong) == ["b", "bCs"]
    linked, both, plain = _runs(FILLED, team)
    assert [each.get(qn("w:val")) for each in linked.iter(qn("w:rStyle"))] == ["Hyperlink"]
    assert _look(both) == ["b", "bCs", "i", "iCs"]
    assert plain.find(qn("w:rPr")) is None


def test_a_blank_has_the_style_of_one_and_what_is_typed_there_another() -> None:
    _, strong = _runs({}, BLANK_TEXTS["company"])
    assert [each.get(qn("w:val")) for each in strong.iter(qn("w:rStyle"))] == ["PlaceholderText"]
    properties = strong.getparent().getparent().find(qn("w:sdtPr"))
    assert _look(properties) == ["b", "bCs"]


def test_markup_is_formatting() -> None:
    assert [_look(run) for run in _runs({}, "models")] == [["i", "iCs"]]
    assert [_look(run) for run in _runs({}, "x < 1")] == [["rFonts"]]
    assert [_look(run) for run in _runs({}, "all ")] == [["b", "bCs"]]


def test_links_lead_where_the_template_says() -> None:
    word = open_file(word_file(FILLED))
    found = [
        (link.address, text_of(link._hyperlink))
        for paragraph in word.paragraphs
        for link in paragraph.hyperlinks
    ]
    assert found == [
        ("https://example.org/a?b=1&c=2", "the Platform page"),
        ("mailto:jobs@example.org", "mailto:jobs@example.org"),
        ("https://example.org/a?b=1&c=2", "the page"),
    ]


def test_each_numbered_list_begins_at_one() -> None:
    word = open_file(word_file({}))
    numbers = {
        num.numId: (num.abstractNumId.val, num.xpath("./w:lvlOverride/w:startOverride/@w:val"))
        for num in word.part.numbering_part.element.num_lst
    }
    used = [
        paragraph._p.xpath("./w:pPr/w:numPr/w:numId")[0].val
        for paragraph in word.paragraphs
        if paragraph.style and paragraph.style.name == "List Number"
    ]
    first, again, second, third = used
    assert first == again
    assert len({first, second, third}) == 3
    style: Any = word.styles["List Number"].element
    (own,) = style.xpath("./w:pPr/w:numPr/w:numId/@w:val")
    for list_ in (first, second, third):
        assert numbers[list_] == (numbers[int(own)][0], ["1"])


def test_title_and_language_are_those_of_the_template() -> None:
    word = open_file(word_file(FILLED))
    assert word.core_properties.title == "Engineer at R&D <b>Ltd</b>"
    assert word.core_properties.language == "en-GB"
    styles: Any = word.styles.element
    assert {*styles.xpath("//w:lang/@*")} == {"en-GB"}
    assert open_file(word_file({})).core_properties.title == "Engineer at {{ company }}"


def test_nothing_says_who_made_the_file_or_when() -> None:
    properties = open_file(word_file(FILLED)).core_properties
    assert properties.author == properties.last_modified_by == properties.comments == ""
    assert properties.created is properties.modified is None


# What a reader may type


def _shown(value: str) -> str:
    """A value as a file can hold it: XML has no way to write some characters."""
    return "".join("\ufffd" if each in "\ufffe\uffff" else each for each in normalise(value))


@given(st.text(st.characters(), max_size=20))
@example("]]></w:t></w:r></w:p>")
@example("&amp;&#0;&#x27;<![CDATA[ \"' ")
@example("\x00\x0b\x1f\x7f\x85\u2028a\ufffe\uffff\U0001ffff")
@example("\ud800a\udfff")
@example("{{ team }} {{ cloud: AWS / GCP }}")
@example("  \xa0a\u3000 ")
@example("[[title]] %s {0} $& \\1")
def test_any_value_comes_back(value: str) -> None:
    word = open_file(word_file({"company": value, "cloud": [value, "GCP"], "currency": value}))
    shown = _shown(value)
    texts = [control.text for control in controls(word)]
    assert texts[0] == texts[1] == (shown or BLANK_TEXTS["company"])
    assert texts[3] == (f"{shown}, GCP" if shown else "GCP")
    assert texts[6] == texts[7] == (shown or BLANK_TEXTS["currency"])
    assert word.core_properties.title == f"Engineer at {shown or BLANK_TEXTS['company']}"
    assert len(word.paragraphs) == len(LINES)


def test_what_xml_cannot_hold_is_replaced_in_the_template_too() -> None:
    role = ROLE.replace("Then we decide.", "Then\x01 we decide\ufffe.")
    role = role.replace(":label: Cloud platform", ":label: Cloud\ufffe")
    word = open_file(export(compose(assemble([read("a.md", role)]), "engineer"), "docx", {}))
    assert ("Normal", "Then\ufffd we decide\ufffd.") in lines(word)
    assert "Cloud\ufffd" in {control.title for control in controls(word)}


@pytest.mark.parametrize(
    ("name", "label", "tag", "title"),
    [
        ("a" * 64, "b" * 64, "a" * 64, "b" * 64),
        ("a" * 65, "b" * 65, "a" * 64, "b" * 64),
        # What stands in two units of UTF-16 is not written in half.
        ("a" + "é" * 70, "b" + "🚀" * 40, "a" + "é" * 63, "b" + "🚀" * 31 + "\ufffd"),
    ],
)
def test_no_control_has_a_longer_name_than_word_takes(
    name: str, label: str, tag: str, title: str
) -> None:
    role = ROLE.replace("{{ team }}", f"{{{{ {name} }}}}")
    role += f"\n:::{{job:placeholder}} {name}\n:label: {label}\n\n:::\n"
    word = open_file(export(compose(assemble([read("a.md", role)]), "engineer"), "docx", {}))
    assert [(c.tag, c.title) for c in controls(word)][2] == (tag, title)


def test_a_choice_given_twice_is_listed_once() -> None:
    role = ROLE.replace('EUR / "new" EUR', "EUR / GBP / EUR")
    word = open_file(export(compose(assemble([read("a.md", role)]), "engineer"), "docx", {}))
    assert [c.items for c in controls(word)][-1] == ("EUR", "GBP")


# The bytes


def test_elements_are_in_the_order_of_the_schema() -> None:
    """What Microsoft's validator lets pass, as Word does: ISO/IEC 29500-1, CT_SdtPr."""
    order = ["rPr", "alias", "tag", "id", "showingPlcHdr", *KINDS]
    for values in ({}, FILLED):
        body: Any = open_file(word_file(values)).element.body
        found = [_look_of(control) for control in body.iter(qn("w:sdtPr"))]
        assert found
        for names in found:
            assert names == sorted(names, key=order.index)
            assert len(names) == len({*names})


def _look_of(element: Any) -> list[str]:
    return [each.tag.partition("}")[2] for each in element]


def test_ids_of_controls_are_unique() -> None:
    body: Any = open_file(word_file({})).element.body
    ids = body.xpath("//w:sdtPr/w:id/@w:val")
    assert len(ids) == len({*ids}) == len(SLOTS)


def test_the_archive_has_no_times_and_no_compression() -> None:
    with zipfile.ZipFile(BytesIO(word_file(FILLED))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [*word_shell.PARTS]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_the_same_bytes_whatever_the_process() -> None:
    code = (
        "import sys, word_files; sys.stdout.buffer.write(word_files.word_file(word_files.FILLED))"
    )
    written = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert written == [word_file(FILLED)] * 2


# The shell


def test_the_shell_is_up_to_date() -> None:
    assert word_shell.SHELL.read_text(encoding="utf-8") == word_shell.write_shell(), (
        "word.json is stale. Run 'python tests/word/word_shell.py'."
    )


def test_the_shell_is_small_and_has_no_style_that_is_not_used() -> None:
    assert word_shell.SHELL.stat().st_size < 10_000
    named = {style.name for style in open_file(word_file({})).styles}
    used = {style for style, _ in LINES} | {"Placeholder Text", "Hyperlink"}
    assert named == used | {*word_shell.DEFAULTS}
