"""What the law of a place asks, as docutils' own nodes: on its page, and in a table of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from rolebook.model import Rules, Variant
from rolebook.rules_text import COLUMNS, NO_ADVICE, cells, facts
from rolebook.sphinx.leaf import leaf_nodes
from rolebook.sphinx.tables import KEY, SORTABLE, SORTED, boxed

if TYPE_CHECKING:
    from rolebook.sphinx.render import Renderer

_CAPTION = "What the law asks of a posting, by place"


def law(renderer: Renderer, variant: Variant, rules: Rules) -> nodes.section:
    """What the law asks, as a section of the jurisdiction's page."""
    node = renderer.section(
        renderer.free("law"), "rb-law", "What the law asks", variant, in_template=False
    )
    fields = nodes.field_list("")
    for fact in facts(rules):
        said = nodes.paragraph("", "", *leaf_nodes(renderer.directive, fact.text, rules.origin))
        fields += nodes.field("", nodes.field_name("", fact.name), nodes.field_body("", said))
    node += fields
    node += nodes.paragraph("", NO_ADVICE)
    return node


def table(renderer: Renderer) -> list[nodes.Node]:
    """All jurisdictions with rules, by place, a column each of what their rules say."""
    found = renderer.handbook.jurisdictions()
    if not found:
        return [nodes.paragraph("", "No jurisdiction has rules yet.")]
    titles = [nodes.entry("", nodes.paragraph("", title)) for title in ("Place", *COLUMNS)]
    titles[0]["classes"].append(SORTED)
    body = nodes.tbody("", *(_row(renderer, variant, rules) for variant, rules in found))
    # In characters, for plain text; elsewhere the columns find their widths.
    columns = [nodes.colspec(colwidth=16) for _ in titles]
    columns[0]["stub"] = 1
    head = nodes.thead("", nodes.row("", *titles))
    group = nodes.tgroup("", *columns, head, body, cols=len(titles))
    node = nodes.table("", nodes.title("", _CAPTION), group, classes=[SORTABLE])
    return [*boxed(node, _CAPTION), nodes.paragraph("", NO_ADVICE)]


def _row(renderer: Renderer, variant: Variant, rules: Rules) -> nodes.row:
    row = nodes.row("")
    row += nodes.entry("", nodes.paragraph("", "", renderer.link(variant, variant.heading)))
    for cell in cells(rules):
        text = leaf_nodes(renderer.directive, cell.text, rules.origin)
        entry = nodes.entry("", nodes.paragraph("", "", *text))
        if cell.key is not None:
            entry["classes"].append(KEY + cell.key)
        row += entry
    return row
