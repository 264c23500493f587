"""One line of a template as docutils nodes: the only module that knows MyST's insides.

A line is shown on its role's page and on every variant's, but it was written in one
place. Whatever MyST or Sphinx has to say about it must name that place, so the line is
parsed as if it stood there.

Measured on MyST 5.2: ``inline_text`` adds the line number it is given to a map that
starts at 0 and then adds 1, so it takes the number of the line before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util import docname_join
from sphinx.util.docutils import SphinxDirective

from rolebook.model import Origin

# Text that no Markdown rule can change needs no parser; nine lines in ten are such text.
_PLAIN = re.compile(r"[\w\s.,;:'\"()/+%?{}-]*")
_ROLE = re.compile(r"\{[\w:.+-]+\}`|[a-z]:/|www\.|\.\.|--|\([crp]|\+-", re.IGNORECASE)


def leaf_nodes(directive: SphinxDirective, text: str, origin: Origin) -> list[nodes.Node]:
    """``text`` (inline Markdown, one line) as nodes that know their file and line."""
    if _PLAIN.fullmatch(text) and not _ROLE.search(text):
        return [nodes.Text(text)]
    with _written_at(directive, origin) as source:
        children, messages = directive.state.inline_text(text, origin.line - 1)
    for child in children:
        for node in child.findall():
            if isinstance(node, nodes.Element):
                node.source, node.line = source, origin.line
            if isinstance(node, (addnodes.pending_xref, addnodes.download_reference)):
                _refer_from(node, directive.env)
    return [*children, *messages]


def docname_of(origin: Origin) -> str:
    """The name of the page on which something was written: its file's, without the ending."""
    return PurePosixPath(origin.file).with_suffix("").as_posix()


@contextmanager
def _written_at(directive: SphinxDirective, origin: Origin) -> Iterator[str]:
    """Let messages and relative links be those of the file the text was written in."""
    document = directive.state.document
    current = directive.env.current_document
    source, docname = document["source"], current.docname
    document["source"] = str(directive.env.srcdir / origin.file)
    current.docname = docname_of(origin)
    try:
        yield document["source"]
    finally:
        document["source"], current.docname = source, docname


def _refer_from(node: nodes.Element, env: BuildEnvironment) -> None:
    """Resolve a reference from the page it is shown on, wherever it was written."""
    target, written_in = node["reftarget"], node["refdoc"]
    if isinstance(node, addnodes.download_reference):
        if "://" not in target:
            node["reftarget"] = "/" + env.relfn2path(target, written_in)[0]
    elif node["reftype"] in ("doc", "any"):
        docname = docname_join(written_in, target)
        if node["reftype"] == "doc" or docname in env.found_docs:
            node["reftarget"] = "/" + docname
    node["refdoc"] = env.docname
