"""The placeholders of a template's lines, marked after translation."""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx.transforms import SphinxTransform

from rolebook.model import Values
from rolebook.placeholders import defaults, joined, slug, uses
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.render import LEAF


class MarkPlaceholders(SphinxTransform):
    """Turn the placeholders of a template's lines into inline nodes.

    This comes after translation (priority 20), which parses the lines again.
    """

    default_priority = 25

    def apply(self, **kwargs: Any) -> None:
        """Mark them; one with a default shows it, but only on the page of its template."""
        domain = cast("JobDomain", self.env.get_domain("job"))
        docname = self.env.current_document.docname
        template = domain.template(docname)
        shows_lines = domain.compared(docname) or domain.interview(docname)
        if template is None and not shows_lines:
            return
        values = defaults(template.placeholders) if template else {}
        for line in [*self.document.findall(_is_line)]:
            for text in [*line.findall(nodes.Text)]:
                if "{{" in text:
                    text.parent.replace(text, split_text(str(text), values))


def _is_line(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and LEAF in node


def split_text(text: str, values: Values) -> list[nodes.Node]:
    """A text as text nodes and placeholder nodes."""
    result: list[nodes.Node] = []
    last = 0
    for use in uses(text):
        result.append(nodes.Text(text[last : use.start]))
        last = use.end
        value = joined(values.get(use.name, ""))
        classes = ["rb-ph", f"rb-ph--{slug(use.name)}"] + (["rb-filled"] if value else [])
        shown = value or f"{{{{ {use.name} }}}}"
        mark = nodes.inline("", shown, classes=classes)
        result.append(mark)
    result.append(nodes.Text(text[last:]))
    return [node for node in result if node.astext()]
