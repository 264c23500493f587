"""Variants of a role side by side, as docutils' own nodes: a table for each section.

Every builder gets plain tables. On a web page, neighbouring cells that say the same are
joined, and ``static/comparing.js`` lets a reader choose other columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from rolebook.catalog import missing
from rolebook.comparison import Cell, Comparison, Row, Standing, compare_all, is_same, runs
from rolebook.compose import compose
from rolebook.model import Axis, Item, ItemKind, Role, Variant
from rolebook.names import short_name
from rolebook.script_data import script_json
from rolebook.sphinx.composer import composer_path
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.leaf import docname_of
from rolebook.sphinx.render import Renderer
from rolebook.sphinx.tables import WIDE, boxed, leave_widths

BASE = "Base template"
"""The name of the column of a role without a variant."""

BASE_TOKEN = "base"
"""How an address names that column."""

WORDS = {
    Standing.CHANGED: "Changed",
    Standing.ADDED: "Added",
    Standing.MOVED: "Moved",
    Standing.DROPPED: "Dropped",
    Standing.ABSENT: "Not in this one",
}
"""What a cell says of how it stands to the first column; the script has the same words."""

TABLE = "rb-compare"
"""The class of the tables of this module."""

Head = tuple[Role | Variant, str]
"""What a column is of, and what it is called."""


# In every builder


def tables(renderer: Renderer, role: Role, axis: Axis) -> list[nodes.Node]:
    """The role and its variants of an axis, a column each."""
    variants = renderer.handbook.axes_of(role).get(axis)
    if not variants:
        return []
    chosen: list[dict[Axis, str]] = [{}, *({axis: variant.id} for variant in variants)]
    comparison = compare_all([compose(renderer.catalog, role.id, choice) for choice in chosen])
    heads: list[Head] = [(role, BASE), *((each, short_name(each, role)) for each in variants)]
    return [*_sections(renderer, role, heads, comparison)]


def _sections(
    renderer: Renderer, role: Role, heads: Sequence[Head], comparison: Comparison
) -> Iterator[nodes.section]:
    """The tables, below the titles of the template's sections."""
    title = "Title and summary"
    id_ = renderer.free("summary")
    node = renderer.section(id_, "rb-compared", title, role, in_template=False)
    rows = [_row(renderer, "Title", _titles(role, comparison.titles))]
    rows += [_row(renderer, str(n), row) for n, row in enumerate(comparison.summary, start=1)]
    node += _table(renderer, title, heads, rows)
    shown = None
    for compared in comparison.sections:
        section = compared.first
        title = section.title
        if not section.group or title != shown:
            yield node
            node = renderer.section(renderer.free(section.id), "rb-compared", title, section)
            shown = title
        if section.group:
            group = nodes.rubric("", "", *renderer.leaf(section.group, section))
            group["classes"].append("rb-group")
            node += renderer.place(renderer.mark(group, section.group), section.origin)
            title = f"{title}: {section.group}"
        headings = [] if is_same(compared.headings) else [("Heading", compared.headings)]
        lines = [(str(number), row) for number, row in enumerate(compared.rows, start=1)]
        rows = [_row(renderer, name, row) for name, row in (*headings, *lines)]
        node += _table(renderer, title, heads, rows)
    yield node


def _table(
    renderer: Renderer, title: str, heads: Sequence[Head], rows: Iterable[nodes.row]
) -> list[nodes.Node]:
    links = (renderer.link(entity, name) for entity, name in heads)
    entries = [nodes.entry("", nodes.paragraph("", "", link)) for link in links]
    head = nodes.row("", nodes.entry("", nodes.paragraph("", "Line")), *entries)
    specs = [nodes.colspec(colwidth=10, stub=1), *(nodes.colspec(colwidth=30) for _ in heads)]
    body = nodes.tbody("", *rows)
    group = nodes.tgroup("", *specs, nodes.thead("", head), body, cols=len(specs))
    # LaTeX breaks it over pages, and gives its columns the page's width.
    return boxed(nodes.table("", group, classes=[TABLE, "longtable", WIDE]), title)


def _titles(role: Role, titles: Sequence[str]) -> Row:
    items = [Item(None, ItemKind.PARAGRAPH, title, role.origin) for title in titles]
    same = (Standing.SAME if title == titles[0] else Standing.CHANGED for title in titles)
    return tuple(Cell(item, None, standing) for item, standing in zip(items, same, strict=True))


def _row(renderer: Renderer, name: str, row: Row) -> nodes.row:
    entries = [_entry(renderer, cell) for cell in row]
    node = nodes.row("", nodes.entry("", nodes.paragraph("", name)), *entries)
    node["rolebook_runs"] = runs(row)
    return node


def _entry(renderer: Renderer, cell: Cell) -> nodes.entry:
    entry = nodes.entry("", classes=[f"rb-{cell.standing}"])
    if cell.standing is not Standing.SAME:
        entry += nodes.paragraph("", WORDS[cell.standing], classes=["rb-standing"])
    if cell.part:
        entry += renderer.paragraph(cell.part)
    return entry


# On web pages


def join_cells(doctree: nodes.document) -> None:
    """Join neighbouring cells that say the same; not all other builders could print that."""
    leave_widths(doctree, TABLE)
    for table in doctree.findall(nodes.table):
        if TABLE not in table["classes"]:
            continue
        for row in table.findall(nodes.row):
            entries = cast("list[nodes.entry]", row.children[1:])
            joined: list[tuple[int, int]] = row.get("rolebook_runs", [])
            for start, end in joined:
                if end - start > 1:
                    entries[start]["morecols"] = end - start - 1
                for entry in entries[start + 1 : end]:
                    row.remove(entry)


def scope_headers(body: str) -> str:
    """A page's HTML with the ``scope`` of each header cell, which docutils does not write."""
    body = re.sub(r'<th(?= class="[^"]*\bhead\b)', '<th scope="col"', body)
    return re.sub(r'<th(?= class="[^"]*\bstub\b)', '<th scope="row"', body)


def script_part(app: Sphinx, docname: str) -> str:
    """What the script needs to compare other columns, for a page with one comparison."""
    domain = cast("JobDomain", app.env.get_domain("job"))
    catalog = domain.loaded.catalog
    compared = domain.compared(docname)
    # The address of a page with several would not say which of them it is about.
    if len(compared) != 1 or missing(catalog, compared[0][0], Axis(compared[0][1])):
        return ""
    ((role_id, axis),) = compared
    role = catalog.roles[role_id]
    variants = [*catalog.variants_of(role).values()]
    columns = [_column(app, docname, role, BASE, BASE_TOKEN)]
    taken = [BASE_TOKEN, *(variant.id for variant in variants)]
    for variant in variants:
        token = variant.id if taken.count(variant.id) == 1 else f"{variant.axis}={variant.id}"
        column = _column(app, docname, variant, short_name(variant, role), token)
        columns.append({**column, "axis": variant.axis.value, "id": variant.id})
    data = {
        "data": relative_uri(app.builder.get_target_uri(docname), composer_path(role)),
        "columns": columns,
        "shown": [c["token"] for c in columns if c.get("axis", axis) == axis],
    }
    return f'<script type="application/json" id="rolebook-compare">{script_json(data)}</script>\n'


def _column(
    app: Sphinx, docname: str, entity: Role | Variant, name: str, token: str
) -> dict[str, Any]:
    page = docname_of(entity.origin)
    return {"name": name, "token": token, "page": app.builder.get_relative_uri(docname, page)}
