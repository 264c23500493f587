"""Write ``ext/rolebook/exports/word.json``: what a Word file holds around the text.

Run ``python tests/word/word_shell.py`` after a change here. The parts are those of
python-docx's template, whose styles Word knows for its own, with another look and without
what a job description has no use for.

The file is an object of texts by the name of their part, in the order of the archive. A text
is a list: literals at even places; at odd ones the names of what each document puts there.
"""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from lxml import etree

SHELL = Path(__file__).parents[2] / "ext" / "rolebook" / "exports" / "word.json"

PARTS = (
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/numbering.xml",
    "word/settings.xml",
)
RELATIONS = {
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.STYLES,
}

FACE, INK = "Cambria", "16202A"
SLOT = '<w:color w:val="5C4500"/><w:shd w:val="clear" w:color="auto" w:fill="FFF0C2"/>'
"""Marks what is still to be filled in, on screen and on paper."""
LINK = '<w:color w:val="0B6B5D"/><w:u w:val="single"/>'


@dataclass(frozen=True)
class Look:
    """How a style's paragraphs look: points, and ``line`` in heights of the line.

    The size is given for bold text only; other text has the document's.
    """

    before: float
    after: float
    line: float
    bold: float | None = None


LOOKS = {
    "Normal": Look(3, 3, 1.2),
    "Title": Look(0, 8, 1.05, bold=24),
    "Heading 1": Look(15, 3, 1.1, bold=14),
    "Heading 2": Look(8, 2, 1.1, bold=11.5),
    "List Bullet": Look(0, 3, 1.2),
    "List Number": Look(0, 3, 1.2),
}
LISTS = {"List Bullet": ("bullet", "\u2022"), "List Number": ("decimal", "%1.")}
DEFAULTS = ("Default Paragraph Font", "Normal Table", "No List")


def shell() -> dict[str, list[str]]:
    """The parts' texts by their names."""
    word = Document()
    _set_defaults(word)
    for name, look in LOOKS.items():
        _set_look(word.styles[name], look)
    for name, properties in (("Placeholder Text", SLOT), ("Hyperlink", LINK)):
        style: Any = word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=True)
        style.base_style = word.styles["Default Paragraph Font"]
        style.element.append(_xml("rPr", properties))
    _drop_styles(word, {*LOOKS, *DEFAULTS, "Placeholder Text", "Hyperlink"})
    _set_lists(word)
    _set_page(word)
    _set_settings(word)
    _set_properties(word)
    _drop_relations(word.part.package.rels)
    _drop_relations(word.part.rels)
    saved = BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as archive:
        assert {*archive.namelist()} == {*PARTS}
        return {name: _pieces(name, archive.read(name).decode("utf-8")) for name in PARTS}


def _set_defaults(word: Word) -> None:
    """One face and one size, and the language of the text in whatever script it is written."""
    faces = " ".join(f'w:{script}="{FACE}"' for script in ("ascii", "hAnsi", "cs"))
    language = " ".join(f'w:{script}="[[language]]"' for script in ("val", "eastAsia", "bidi"))
    styles = word.styles.element
    styles.replace(
        styles.find(qn("w:docDefaults")),
        _xml(
            "docDefaults",
            f'<w:rPrDefault><w:rPr><w:rFonts {faces}/><w:color w:val="{INK}"/><w:sz w:val="22"/>'
            f'<w:szCs w:val="22"/><w:lang {language}/></w:rPr></w:rPrDefault><w:pPrDefault/>',
        ),
    )


def _set_look(style: Any, look: Look) -> None:
    element = style.element
    for theirs in element.xpath("./w:rPr | ./w:pPr/w:pBdr | ./w:pPr/w:contextualSpacing"):
        theirs.getparent().remove(theirs)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = look.line
    style.quick_style = True
    if look.bold:
        layout.keep_with_next = True
        half = round(look.bold * 2)
        size = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        element.append(_xml("rPr", f"<w:b/><w:bCs/>{size}"))


def _drop_styles(word: Word, kept: set[str]) -> None:
    styles = word.styles.element
    styles.remove(styles.find(qn("w:latentStyles")))
    for style in [*word.styles]:
        if style.name not in kept:
            style.delete()
    for theirs in styles.xpath("./w:style/w:rsid | ./w:style/w:link"):
        theirs.getparent().remove(theirs)


def _set_lists(word: Word) -> None:
    """One list each for the two styles; a document adds lists of the second kind."""
    numbering = word.part.numbering_part.element
    for theirs in [*numbering]:
        numbering.remove(theirs)
    for number, (name, (kind, text)) in enumerate(LISTS.items(), start=1):
        style = word.styles[name].element
        style.xpath("./w:pPr/w:numPr/w:numId")[0].set(qn("w:val"), str(number))
        level = _xml(
            "lvl",
            f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style.styleId}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr>',
            ilvl=0,
        )
        list_ = _xml("abstractNum", '<w:multiLevelType w:val="singleLevel"/>', abstractNumId=number)
        list_.append(level)
        numbering.append(list_)
    for number in range(1, len(LISTS) + 1):
        numbering.append(_xml("num", f'<w:abstractNumId w:val="{number}"/>', numId=number))
    numbering[-1].tail = "[[lists]]"
    _drop_namespaces(numbering)
    _drop_namespaces(word.styles.element)


def _set_page(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2.2)
    section.left_margin = section.right_margin = Cm(2.5)
    ours: Any = section._sectPr
    for name in [*ours.attrib]:
        del ours.attrib[name]
    ours.remove(ours.find(qn("w:docGrid")))
    word.element.body.text = "[[body]]"
    _drop_namespaces(word.element, "r")


def _set_settings(word: Word) -> None:
    """What Word needs to be told so as not to open the file as one of an old version."""
    settings = word.settings.element
    for theirs in [*settings]:
        if theirs.tag != qn("w:characterSpacingControl"):
            settings.remove(theirs)
    mode = 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
    settings.append(_xml("compat", f"<w:compatSetting {mode}/>"))
    _drop_namespaces(settings)


def _set_properties(word: Word) -> None:
    """Title and language. Who made the file, and when, is not ours to say."""
    properties = word.core_properties._element
    for theirs in [*properties]:
        properties.remove(theirs)
    word.core_properties.title = "[[title]]"
    word.core_properties.language = "[[language]]"
    _drop_namespaces(properties)


def _drop_relations(relations: Relationships) -> None:
    for id_, relation in [*relations.items()]:
        if relation.reltype not in RELATIONS:
            del relations[id_]


def _drop_namespaces(element: Any, *kept: str) -> None:
    for name in [*element.attrib]:
        del element.attrib[name]
    etree.cleanup_namespaces(element, keep_ns_prefixes=kept)


def _xml(name: str, inside: str, **attributes: int) -> Any:
    given = "".join(f' w:{key}="{value}"' for key, value in attributes.items())
    return parse_xml(f"<w:{name} {nsdecls('w')}{given}>{inside}</w:{name}>")


def _pieces(name: str, text: str) -> list[str]:
    if name == "word/_rels/document.xml.rels":
        text = text.replace("</Relationships>", "[[links]]</Relationships>")
    return re.split(r"\[\[(\w+)\]\]", text)


def write_shell() -> str:
    """The file's text."""
    return json.dumps(shell(), ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    SHELL.write_text(write_shell(), encoding="utf-8", newline="\n")
    print(f"{SHELL}: {SHELL.stat().st_size} bytes")
