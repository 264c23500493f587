"""The domain ``job``: what pages define and show, and references to it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from rolebook.fences import PAY_LISTINGS
from rolebook.interview.model import Interview
from rolebook.model import Role, Template, Variant
from rolebook.pay.listings import Asked, read_asked
from rolebook.sphinx.handbook import Handbook, Shown

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class JobDomain(Domain):
    """Roles, variants and the sections of their templates.

    The data are plain tuples by docname, so that clearing and merging are one line each
    and the environment stays small. The catalogue is no part of them: it is read anew for
    each build, before the documents are.
    """

    name = "job"
    label = "Job description"
    object_types: ClassVar[dict[str, ObjType]] = {
        "role": ObjType("role", "role"),
        "variant": ObjType("variant", "variant"),
        "section": ObjType("section", "section"),
        "source": ObjType("source", "source"),
        "interview": ObjType("interview kit", "interview"),
        "question": ObjType("question", "question"),
        "skill": ObjType("skill", "skill"),
    }
    roles: ClassVar[dict[str, Any]] = {
        "role": XRefRole(warn_dangling=True),
        "variant": XRefRole(warn_dangling=True),
        "section": XRefRole(warn_dangling=True),
        "source": XRefRole(warn_dangling=True),
        "interview": XRefRole(warn_dangling=True),
        "question": XRefRole(warn_dangling=True),
        "skill": XRefRole(warn_dangling=True),
    }
    initial_data: ClassVar[dict[str, Any]] = {
        "objects": {},
        "shown": {},
        "references": {},
    }
    data_version = 4
    dangling_warnings: ClassVar[dict[str, str]] = {
        "role": "there is no role '%(target)s'",
        "variant": "there is no variant '%(target)s' (write role/variant)",
        "section": "there is no section '%(target)s' (write role/section)",
        "source": "no page describes a source '%(target)s'",
        "interview": "there is no interview kit of a role '%(target)s'",
        "question": "there is no question '%(target)s' (write role/question)",
        "skill": "no list has a skill '%(target)s'",
    }

    handbook: Handbook | None = None
    before: Mapping[str, list[tuple[str, ...]]] = {}

    # What the pages hold

    @property
    def objects(self) -> dict[str, list[tuple[str, str, str, str]]]:
        """By docname: (type, key, title, anchor)."""
        return cast("dict[str, list[tuple[str, str, str, str]]]", self.data["objects"])

    @property
    def shown(self) -> dict[str, list[tuple[Shown, str]]]:
        """By docname: what the page shows of the catalogue, with a digest of how it was."""
        return cast("dict[str, list[tuple[Shown, str]]]", self.data["shown"])

    @property
    def references(self) -> dict[str, list[str]]:
        """By docname: the keys that the page's references name, ours or not."""
        return cast("dict[str, list[str]]", self.data["references"])

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.objects.pop(docname, None)
        self.shown.pop(docname, None)
        self.references.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process read."""
        for table in ("objects", "shown", "references"):
            for docname in docnames:
                if docname in otherdata[table]:
                    self.data[table][docname] = otherdata[table][docname]

    def note_object(self, docname: str, type_: str, key: str, title: str, anchor: str) -> None:
        """Make something on a page a target of references."""
        self.objects.setdefault(docname, []).append((type_, key, title, anchor))

    def note_shown(self, docname: str, shown: Shown) -> None:
        """Remember what a page shows, so that it is read again if that changes."""
        self.shown.setdefault(docname, []).append((shown, self.loaded.digest(shown)))

    def note_references(self, docname: str, keys: Iterable[str]) -> None:
        """Remember what a page refers to, so that it is written again if that changes."""
        # One string for a key, however many pages name it, keeps the environment small.
        if found := [sys.intern(key) for key in sorted(set(keys))]:
            self.references[docname] = found

    @property
    def loaded(self) -> Handbook:
        """The catalogue of this build."""
        if self.handbook is None:
            raise RuntimeError("the catalogue is loaded before documents are read")
        return self.handbook

    def stale(self) -> Iterator[str]:
        """The pages that show something that has changed since they were read."""
        for docname, entries in self.shown.items():
            if any(self.loaded.digest(shown) != known for shown, known in entries):
                yield docname

    def targets(self) -> dict[str, list[tuple[str, ...]]]:
        """By key: everything a reference to it can lead to, and how it is named."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for docname, entries in sorted(self.objects.items()):
            for type_, key, title, anchor in entries:
                found.setdefault(key, []).append((docname, type_, title, anchor))
        return found

    def misled(self) -> Iterator[str]:
        """The pages with a reference that would now be another than in the last build."""
        now = self.targets()
        changed = {k for k in self.before.keys() | now.keys() if self.before.get(k) != now.get(k)}
        for docname, keys in self.references.items():
            if not changed.isdisjoint(keys):
                yield docname

    def pages(self) -> set[str]:
        """The pages of roles, variants and interview kits, those in error too."""
        own = ("page", "interview", "mistake")
        return {name for name, shown in self.shown.items() if any(s[0] in own for s, _ in shown)}

    def entity(self, docname: str) -> Role | Variant | None:
        """The role or variant whose page this is."""
        for (kind, key), _ in self.shown.get(docname, ()):
            if kind == "page":
                catalog = self.loaded.catalog
                return catalog.roles.get(key) or catalog.variants.get(key)
        return None

    def template(self, docname: str) -> Template | None:
        """The template that a page carries."""
        entity = self.entity(docname)
        return self.loaded.template(entity) if entity else None

    def interview(self, docname: str) -> Interview | None:
        """The part of a kit that is on a page."""
        for (kind, key), _ in self.shown.get(docname, ()):
            if kind == "interview":
                return self.loaded.catalog.interviews.get(key)
        return None

    def asked(self, docname: str) -> list[Asked]:
        """The listings of pay on a page."""
        shown = [what for what, _ in self.shown.get(docname, ())]
        return [read_asked(kind, key) for kind, key in shown if kind in PAY_LISTINGS]

    def compared(self, docname: str) -> list[tuple[str, str]]:
        """The roles whose variants a page compares, each with the axis."""
        keys = (key for (kind, key), _ in self.shown.get(docname, ()) if kind == "compare")
        return [(role, axis) for role, _, axis in (key.partition(" ") for key in keys)]

    # References

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Link to a role, variant, section or source; its title stands in for an id."""
        for docname, key, title, anchor in self._targets(typ):
            if key == target:
                return self._link(builder, fromdocname, docname, anchor, title, node, contnode)
        if address := node.get("rolebook_address"):
            from docutils.nodes import reference

            return reference("", "", contnode, refuri=address, internal=False)
        return None

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Link from ``{any}`` and from Markdown links."""
        return [
            (
                f"job:{type_}",
                self._link(builder, fromdocname, docname, anchor, title, node, contnode),
            )
            for type_ in self.object_types
            # A kit has the key of its role, and it is the role that is meant.
            if type_ != "interview"
            for docname, key, title, anchor in self._targets(type_)
            if key == target
        ]

    def _targets(self, type_: str) -> Iterator[tuple[str, str, str, str]]:
        for docname, entries in self.objects.items():
            for kind, key, title, anchor in entries:
                if kind == type_:
                    yield docname, key, title, anchor

    @staticmethod
    def _link(
        builder: Builder,
        fromdocname: str,
        docname: str,
        anchor: str,
        title: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference:
        if not node.get("refexplicit"):
            from docutils.nodes import inline

            contnode = inline("", title, classes=contnode.get("classes", []))
        # A title that says the same again would be heard twice.
        hint = title if contnode.astext() != title else None
        return make_refnode(builder, fromdocname, docname, anchor, contnode, hint)

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """What goes into ``objects.inv`` and the search."""
        for docname, entries in sorted(self.objects.items()):
            for type_, key, title, anchor in entries:
                rank = -1 if type_ in ("section", "source", "question") else 1
                yield key, title, type_, docname, anchor, rank
