"""A description as a Word document whose placeholders are content controls.

``static/docx.js`` mirrors this module and :mod:`rolebook.exports.word`; ``tests/parity`` holds
the cases.
"""

from __future__ import annotations

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
from rolebook.exports.word import escape, numbering, run_properties, text_run, word_file
from rolebook.model import Placeholder
from rolebook.placeholders import escape_text, fill, joined

_STYLES = {
    TITLE: "Title",
    HEADING: "Heading1",
    GROUP: "Heading2",
    PARAGRAPH: "Normal",
    BULLET: "ListBullet",
    NUMBER: "ListNumber",
}
_LONGEST_NAME = 64
"""The most that Word takes as the title or the tag of a content control, in UTF-16 units."""


def to_docx(description: Description) -> bytes:
    """A description as a Word document, the same bytes on every machine."""
    body = _Body(description)
    text = "".join(map(body.block, description.document.blocks))
    language = description.document.template.language
    return word_file(text, body.title(), language, body.lists, body.links)


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
            properties += numbering(self.lists)
        out = f"<w:p><w:pPr>{properties}</w:pPr>"
        address = ""
        for run in read_runs(leaf.prepared[2]):
            if run.address != address:
                out += "</w:hyperlink>" if address else ""
                address = run.address
                out += f'<w:hyperlink r:id="{self._link(address)}">' if address else ""
            out += self._control(run) if run.slot else text_run(run.text, run_properties(run))
        return out + ("</w:hyperlink>" if address else "") + "</w:p>"

    def _link(self, address: str) -> str:
        return self.links.setdefault(address, f"link{len(self.links) + 1}")

    def _control(self, run: Run) -> str:
        """A placeholder as a content control; all of one name have the same title and tag."""
        placeholder = self._placeholders[run.text]
        value = joined(self._description.values.get(run.text, ""))
        properties = run_properties(run)
        if value:
            state, content = "", text_run(value, properties)
        else:
            state = "<w:showingPlcHdr/>"
            content = text_run(
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
        for choice in map(escape, dict.fromkeys(placeholder.choices))
    )
    # A drop-down list takes one choice. Where several may be picked, a combo box lets the
    # reader type the others behind the one.
    kind = "comboBox" if placeholder.multiple else "dropDownList"
    return f"<w:{kind}>{items}</w:{kind}>"


def _name(text: str) -> str:
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * _LONGEST_NAME]
    return escape(units.decode("utf-16-le", "surrogatepass"))
