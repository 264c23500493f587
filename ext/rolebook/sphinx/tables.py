"""What all tables of a page share: the box they scroll in, and the classes they are sorted by."""

from __future__ import annotations

from html import escape

from docutils import nodes

SORTABLE = "rb-sortable"
"""The class of a table whose columns ``static/sort.js`` lets a reader sort."""

SORTED = "rb-ascending"
"""The class of the head of the column that such a table is sorted by as it is built."""

KEY = "rb-key-"
"""A cell's class begins so if it is sorted by a date or a number that is not its text.

A class, as docutils writes no other attribute of a cell. Nothing behind it: not known.
"""


WIDE = "colwidths-given"
"""The class of a table whose columns have widths of their own on paper."""


def leave_widths(doctree: nodes.document, name: str) -> None:
    """Leave the widths of the columns of all tables of a class to a web page's style sheet.

    They would be written as styles in the page, which a host's policy may forbid.
    """
    for table in doctree.findall(nodes.table):
        if name in table["classes"] and WIDE in table["classes"]:
            table["classes"].remove(WIDE)


def boxed(table: nodes.table, label: str) -> list[nodes.Node]:
    """A table in its box, which has a name for those who do not see it.

    The box scrolls where the table is wider than the page, with the arrow keys too.
    """
    box = f'<div class="rb-table" role="region" tabindex="0" aria-label="{escape(label)}">'
    return [nodes.raw("", box, format="html"), table, nodes.raw("", "</div>", format="html")]
