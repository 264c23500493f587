"""A kit's documents -> bytes, by part and format. The build and the command write here."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from rolebook.exports.runs import read_runs
from rolebook.exports.word import run_properties, text_run, word_file
from rolebook.inline import prepare
from rolebook.interview.document import (
    Blanks,
    Block,
    Bullets,
    Heading,
    KitDocument,
    Table,
    Text,
    Ticks,
    brief_document,
    kit_document,
    titles,
)
from rolebook.interview.loop import Loop
from rolebook.interview.model import Assessment, Grade, Question, Sample
from rolebook.model import Item
from rolebook.placeholders import escape_html, escape_text, fill

# All that a column can have: the style is the same in each kit, as a policy knows it by its hash.
_WIDTHS = "".join(f".w{width}{{width:{width}%}}" for width in range(1, 101))

STYLE = (
    "body{max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff;"
    "font:1rem/1.5 Charter,Cambria,Georgia,serif}"
    "h1,h2,h3{line-height:1.25}h2{margin-top:2.5rem}h3{margin-top:2rem}"
    "ul{padding-left:1.25rem}li{margin-block:.25rem}"
    "table{width:100%;border-collapse:collapse;table-layout:fixed;font-size:.9rem}"
    "th,td{border:1px solid #767676;padding:.35rem .5rem;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}th{background:#f0f0f0}"
    ".high td{height:3.5rem}"
    ".boxes span{margin-right:1.25rem;white-space:nowrap}"
    ".blanks{display:flex;gap:1.5rem;flex-wrap:wrap}"
    ".blanks span{flex:1 1 10rem;border-bottom:1px solid #767676}"
    ".tall span{height:5.5rem}"
    f"{_WIDTHS}@page{{margin:18mm}}"
    "@media print{body{max-width:none;margin:0;padding:0;font-size:10.5pt;line-height:1.4}"
    ".new-page{break-before:page;margin-top:0}h2,h3{break-after:avoid}"
    "section:has(.boxes),tr,.blanks,.boxes{break-inside:avoid}.boxes{break-after:avoid}}"
)
"""The styles of a printed kit. A site's policy on content has to allow for their hash."""

# A bar that would end a cell of a table in Markdown: one that no backslash escapes.
_PIPE = re.compile(r"(?<!\\)((?:\\\\)*)\|")

_WORD_STYLES = {1: "Title", 2: "Heading1", 3: "Heading2"}
_WORD_WIDTH = 9000
"""The width of a table, in twentieths of a point: within the margins on A4 and Letter paper."""

SCORECARD_HEADS = (
    *("stage", "part", "competency", "must_haves", "question"),
    *(grade.value for grade in Grade),
    *("score", "evidence"),
)
"""The columns of a scorecard. ``part`` is a question's kind, or the criterion of a sample;
``must_haves`` are lines of the template; the last two are for the interviewer."""


def write_html(document: KitDocument) -> bytes:
    """A document as a web page of its own, made to be printed."""
    body = "".join(map(_html_part, _parts(document.blocks)))
    return (
        f'<!doctype html>\n<html lang="{escape_html(document.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape_html(document.title)}</title>\n"
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    ).encode()


def write_markdown(document: KitDocument) -> bytes:
    """A document as Markdown, for a message or a wiki."""
    return "\n".join(map(_markdown, document.blocks)).encode()


def write_docx(document: KitDocument) -> bytes:
    """A document as a Word file."""
    body = "".join(map(_word, document.blocks))
    return word_file(body, document.title, document.language)


def write_scorecard(loop: Loop) -> bytes:
    """What is asked as a table to score in, as CSV: UTF-8 with a mark, as spreadsheets need it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(SCORECARD_HEADS)
    for row in _score_rows(loop):
        writer.writerow([_cell(_plain(value)) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _score_rows(loop: Loop) -> Iterator[tuple[str, ...]]:
    names = titles(loop)
    lines = {item.id: item.text for item, _ in loop.by_requirement}
    for plan in loop.plans:
        for each in plan.asked:
            must_haves = " ".join(lines[id_] for id_ in each.assesses if id_ in lines)
            competency, text = names.get(each.competency, ""), each.text
            for part, grades in _scored(each):
                cells = [grades[grade].text for grade in Grade]
                yield (plan.stage.title, part, competency, must_haves, text, *cells, "", "")


def _scored(each: Assessment) -> Iterator[tuple[str, Mapping[Grade, Item]]]:
    """What is scored by itself: a question by its kind, or each criterion of a sample."""
    if isinstance(each, Question):
        yield each.kind.value, each.answers
    elif isinstance(each, Sample):
        for row in each.criteria:
            yield row.name.text, row.grades


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _plain(text: str) -> str:
    return fill(prepare(text)[1], {}, escape_text, _blank)


def _inline(text: str) -> str:
    return fill(prepare(text)[2], {}, escape_html, _blank)


def _blank(name: str) -> str:
    """A placeholder of a must-have or a title: kits are not filled in, so it stays one."""
    return f"{{{{ {name} }}}}"


# HTML


def _parts(blocks: Iterable[Block]) -> list[list[Block]]:
    """The blocks, those from a heading on together."""
    parts: list[list[Block]] = []
    for block in blocks:
        if not parts or isinstance(block, Heading):
            parts.append([])
        parts[-1].append(block)
    return parts


def _html_part(blocks: list[Block]) -> str:
    """A heading with what stands below it, in a section if that is a question or the like."""
    html = "".join(map(_html, blocks))
    is_whole = isinstance(blocks[0], Heading) and blocks[0].depth == 3
    return f"<section>\n{html}</section>\n" if is_whole else html


def _html(block: Block) -> str:
    match block:
        case Heading():
            new_page = ' class="new-page"' if block.new_page else ""
            return f"<h{block.depth}{new_page}>{_inline(block.text)}</h{block.depth}>\n"
        case Text():
            return f"<p>{_inline(block.text)}</p>\n"
        case Bullets():
            lines = "".join(f"<li>{_inline(line)}</li>\n" for line in block.lines)
            return f"<ul>\n{lines}</ul>\n"
        case Table():
            return _html_table(block)
        case Ticks():
            boxes = "".join(f"<span>☐ {escape_html(box)}</span> " for box in block.boxes)
            return f'<p class="boxes"><strong>{escape_html(block.label)}:</strong> {boxes}</p>\n'
        case Blanks():
            blanks = "".join(f"<span>{escape_html(label)}:</span>" for label in block.labels)
            tall = " tall" if block.tall else ""
            return f'<p class="blanks{tall}">{blanks}</p>\n'


def _html_table(table: Table) -> str:
    columns = "".join(f'<col class="w{width}">' for width in table.widths)
    heads = "".join(f'<th scope="col">{_inline(head)}</th>' for head in table.heads)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>\n"
        for row in table.rows
    )
    high = ' class="high"' if table.to_write_in else ""
    return (
        f"<table{high}>\n<colgroup>{columns}</colgroup>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table>\n"
    )


# Markdown


def _markdown(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.depth} {block.text}\n"
        case Text():
            return f"{block.text}\n"
        case Bullets():
            return "".join(f"- {line}\n" for line in block.lines)
        case Table():
            rows = (block.heads, ("---",) * len(block.heads), *block.rows)
            cells = ([_PIPE.sub(r"\1\|", cell) for cell in row] for row in rows)
            return "".join(f"| {' | '.join(row)} |\n" for row in cells)
        case Ticks():
            return f"{block.label}: {' '.join(f'☐ {box}' for box in block.boxes)}\n"
        case Blanks():
            return "".join(f"{label}: ................\n" for label in block.labels)


# Word


def _word(block: Block) -> str:
    match block:
        case Heading():
            style = f'<w:pStyle w:val="{_WORD_STYLES[block.depth]}"/>'
            return _paragraph(block.text, style + ("<w:pageBreakBefore/>" * block.new_page))
        case Text():
            return _paragraph(block.text)
        case Bullets():
            return "".join(
                _paragraph(line, '<w:pStyle w:val="ListBullet"/>') for line in block.lines
            )
        case Table():
            return _word_table(block)
        case Ticks():
            boxes = "".join(f"   ☐ {box}" for box in block.boxes)
            return _paragraph(f"**{block.label}:**{boxes}")
        case Blanks():
            return "".join(
                _word_rows(((f"**{label}:**",),), (100,), 1200 if block.tall else 400)
                for label in block.labels
            )


def _paragraph(text: str, properties: str = "") -> str:
    runs = "".join(text_run(run.text, run_properties(run)) for run in read_runs([_inline(text)]))
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>" if properties else f"<w:p>{runs}</w:p>"


def _word_table(table: Table) -> str:
    heads = tuple(f"**{head}**" for head in table.heads)
    return _word_rows((heads, *table.rows), table.widths, 900 if table.to_write_in else 0, True)


def _word_rows(
    rows: tuple[tuple[str, ...], ...], widths: tuple[int, ...], height: int, has_head: bool = False
) -> str:
    """A table, with an empty line behind it: Word would join it with one that follows."""
    sizes = [_WORD_WIDTH * width // 100 for width in widths]
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="767676"/>' for side in sides
    )
    out = ""
    for number, row in enumerate(rows):
        is_head = has_head and number == 0
        properties = "<w:cantSplit/>"
        if height and not is_head:
            properties += f'<w:trHeight w:val="{height}"/>'
        properties += "<w:tblHeader/>" * is_head
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/></w:tcPr>{_paragraph(cell)}</w:tc>'
            for cell, size in zip(row, sizes, strict=True)
        )
        out += f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(sizes)}" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{out}</w:tbl><w:p/>"
    )


# By part and format

Writer = Callable[[Loop, str, str], bytes]
"""From a loop, the template's title and its language."""


def _document(
    make: Callable[[Loop, str, str], KitDocument], write: Callable[[KitDocument], bytes]
) -> Writer:
    return lambda loop, title, language: write(make(loop, title, language))


KIT_FORMATS: Mapping[str, Mapping[str, Writer]] = {
    "kit": {
        "html": _document(kit_document, write_html),
        "docx": _document(kit_document, write_docx),
        "markdown": _document(kit_document, write_markdown),
    },
    "brief": {
        "html": _document(brief_document, write_html),
        "docx": _document(brief_document, write_docx),
        "markdown": _document(brief_document, write_markdown),
    },
    "scorecard": {"csv": lambda loop, title, language: write_scorecard(loop)},
}
"""How each part of a kit is written, by format."""

SUFFIXES: Mapping[str, str] = {"html": ".html", "docx": ".docx", "markdown": ".md", "csv": ".csv"}
"""The suffix of a file of each format."""
