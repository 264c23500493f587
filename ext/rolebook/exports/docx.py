"""A description as a Word document whose placeholders are content controls.

The file is a shell, ``word.json``, around the text of each document: made once with
python-docx (``tests/word/word_shell.py``), so that nothing here needs it. Parts are stored
uncompressed, because two libraries seldom compress to the same bytes; ``static/docx.js``
mirrors this module, and ``tests/parity`` holds the cases. The order of elements is that of
ISO/IEC 29500-1, transitional.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from rolebook.exports.layout import (
    BULLET,
    GROUP,
    HEADING,
    NUMBER,
    PARAGRAPH,
    START,
    TEXT,
    TITLE,
    Block,
    Description,
    Leaf,
)
from rolebook.exports.runs import Run, read_runs
from rolebook.model import Placeholder
from rolebook.placeholders import escape_html, escape_text, fill, joined

SHELL = "word.json"
"""The shell's file, in this package: the texts of the parts by their names, in their order.

A text is a list: literals at even places, at odd ones the names of what a document puts there.
"""

_STYLES = {
    TITLE: "Title",
    HEADING: "Heading1",
    GROUP: "Heading2",
    PARAGRAPH: "Normal",
    BULLET: "ListBullet",
    NUMBER: "ListNumber",
}
_NUMBERS = 2
"""The shell's list of the style ``ListNumber``; the lists of a document are numbered on."""

_LONGEST_NAME = 64
"""The most that Word takes as the title or the tag of a content control, in UTF-16 units."""

# XML 1.0, production 2.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_docx(description: Description) -> bytes:
    """A description as a Word document, the same bytes on every machine."""
    body = _Body(description)
    template = description.document.template
    inserted = {
        "body": "".join(map(body.block, description.document.blocks)),
        "title": _escape(body.title()),
        "language": _escape(template.language),
        "lists": "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{_NUMBERS}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for number in range(_NUMBERS + 1, _NUMBERS + body.lists + 1)
        ),
        "links": "".join(
            f'<Relationship Id="{id_}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'relationships/hyperlink" Target="{_escape(address)}" TargetMode="External"/>'
            for address, id_ in body.links.items()
        ),
    }
    return _archive(
        {
            name: "".join(
                inserted[piece] if place % 2 else piece for place, piece in enumerate(pieces)
            )
            for name, pieces in _shell().items()
        }
    )


class _Body:
    """The document's text, and what was numbered while it was written."""

    def __init__(self, description: Description) -> None:
        self._description = description
        template = description.document.template
        self._placeholders = {each.name: each for each in template.placeholders}
        self.controls = 0
        self.lists = 0
        self.links: dict[str, str] = {}

    def title(self) -> str:
        """The title as plain text."""
        leaf = self._description.document.blocks[0].leaves[0]
        values = self._description.values
        return fill(leaf.prepared[TEXT.place], values, escape_text, _unfilled)

    def block(self, block: Block) -> str:
        """A block as paragraphs; each numbered list in it is one of its own."""
        out: list[str] = []
        previous = START
        for leaf in block.leaves:
            if leaf.kind == NUMBER != previous:
                self.lists += 1
            out.append(self._paragraph(leaf))
            previous = leaf.kind
        return "".join(out)

    def _paragraph(self, leaf: Leaf) -> str:
        properties = f'<w:pStyle w:val="{_STYLES[leaf.kind]}"/>'
        if leaf.kind == NUMBER:
            number = _NUMBERS + self.lists
            properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        out = f"<w:p><w:pPr>{properties}</w:pPr>"
        address = ""
        for run in read_runs(leaf.prepared[2]):
            if run.address != address:
                out += "</w:hyperlink>" if address else ""
                address = run.address
                out += f'<w:hyperlink r:id="{self._link(address)}">' if address else ""
            out += self._control(run) if run.slot else _run(run.text, _properties(run))
        return out + ("</w:hyperlink>" if address else "") + "</w:p>"

    def _link(self, address: str) -> str:
        return self.links.setdefault(address, f"link{len(self.links) + 1}")

    def _control(self, run: Run) -> str:
        """A placeholder as a content control; all of one name have the same title and tag."""
        placeholder = self._placeholders[run.text]
        value = joined(self._description.values.get(run.text, ""))
        properties = _properties(run)
        if value:
            state, content = "", _run(value, properties)
        else:
            state = "<w:showingPlcHdr/>"
            content = _run(
                _unfilled(run.text), '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
            )
        self.controls += 1
        return (
            f'<w:sdt><w:sdtPr>{properties}<w:alias w:val="{_name(placeholder.label)}"/>'
            f'<w:tag w:val="{_name(placeholder.name)}"/><w:id w:val="{self.controls}"/>'
            f"{state}{_kind(placeholder)}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )


def _unfilled(name: str) -> str:
    """Without the choices, since those are in the control's list."""
    return f"{{{{ {name} }}}}"


def _kind(placeholder: Placeholder) -> str:
    if not placeholder.choices:
        return "<w:text/>"
    items = "".join(
        f'<w:listItem w:displayText="{choice}" w:value="{choice}"/>'
        for choice in map(_escape, dict.fromkeys(placeholder.choices))
    )
    # A drop-down list takes one choice. Where several may be picked, a combo box lets the
    # reader type the others behind the one.
    kind = "comboBox" if placeholder.multiple else "dropDownList"
    return f"<w:{kind}>{items}</w:{kind}>"


def _run(text: str, properties: str) -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{_escape(text)}</w:t></w:r>'


def _properties(run: Run) -> str:
    properties = ""
    if run.address:
        properties += '<w:rStyle w:val="Hyperlink"/>'
    if run.code:
        properties += '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>'
    if run.strong:
        properties += "<w:b/><w:bCs/>"
    if run.emphasis:
        properties += "<w:i/><w:iCs/>"
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def _name(text: str) -> str:
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * _LONGEST_NAME]
    return _escape(units.decode("utf-16-le", "surrogatepass"))


def _escape(text: str) -> str:
    return escape_html(_NOT_XML.sub("\ufffd", text))


@cache
def _shell() -> Mapping[str, Sequence[str]]:
    text = (files("rolebook") / "exports" / SHELL).read_text(encoding="utf-8")
    shell: dict[str, list[str]] = json.loads(text)
    return shell


def _archive(texts: Mapping[str, str]) -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w") as file:
        for name, text in texts.items():
            entry = ZipInfo(name)  # dated 1980-01-01, the earliest day an archive knows
            entry.create_system = 3  # Unix, wherever this is
            file.writestr(entry, text.encode("utf-8"))
    return archive.getvalue()
