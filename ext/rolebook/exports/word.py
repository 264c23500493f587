"""What every Word document is made of: the shell, runs of text, the archive.

The file is a shell, ``word.json``, around the text of each document: made once with
python-docx (``tests/word/word_shell.py``), so that nothing here needs it. Parts are stored
uncompressed, because two libraries seldom compress to the same bytes. The order of elements
is that of ISO/IEC 29500-1, transitional.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from rolebook.exports.runs import Run
from rolebook.placeholders import escape_html

SHELL = "word.json"
"""The shell's file, in this package: the texts of the parts by their names, in their order.

A text is a list: literals at even places, at odd ones the names of what a document puts there.
"""

_NUMBERS = 2
"""The shell's list of the style ``ListNumber``; the lists of a document are numbered on."""

# XML 1.0, production 2.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word_file(
    body: str, title: str, language: str, lists: int = 0, links: Mapping[str, str] | None = None
) -> bytes:
    """A Word document around ``body``, the same bytes on every machine.

    ``lists`` counts its numbered lists; ``links`` has the id of each address it links to.
    """
    inserted = {
        "body": body,
        "title": escape(title),
        "language": escape(language),
        "lists": "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{_NUMBERS}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for number in range(_NUMBERS + 1, _NUMBERS + lists + 1)
        ),
        "links": "".join(
            f'<Relationship Id="{id_}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'relationships/hyperlink" Target="{escape(address)}" TargetMode="External"/>'
            for address, id_ in (links or {}).items()
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


def numbering(count: int) -> str:
    """The properties of a line of the numbered list that is the ``count``-th of its document."""
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{_NUMBERS + count}"/></w:numPr>'


def text_run(text: str, properties: str) -> str:
    """A run of text."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def run_properties(run: Run) -> str:
    """How a run looks."""
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


def escape(text: str) -> str:
    """A text inside XML."""
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
