"""Pay as docutils' own nodes: tables of figures, and the sources with what there is to know.

Every builder gets the tables. On a web page ranges are drawn too, from the same figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from rolebook.model import Role
from rolebook.pay.listings import Asked
from rolebook.pay.model import Source
from rolebook.pay.money import Conversion, convert
from rolebook.pay.reasons import KINDS, measure, reasons
from rolebook.pay.views import (
    COLUMNS,
    Row,
    View,
    Views,
    columns_of,
    has_percentiles,
    lead,
    unit,
    what_is_paid,
)
from rolebook.pay.words import NOT_GIVEN, Words
from rolebook.sphinx.pay_chart import charts, spark, spark_key
from rolebook.sphinx.tables import KEY, SORTABLE, SORTED, boxed

FIGURE = "rb-figure"
"""The class of whatever shows a figure; a second one, with a hyphen and its id, tells which."""

SOURCES = "sources"
"""The name of the files that hold the sources; the others have roles' names."""

FILTERABLE = "rb-filterable"
"""The class of a table whose rows ``static/filter.js`` lets a reader filter."""

CHOICES = "rb-choices"
"""The class of the head of a column whose texts are choices to filter by."""

BLOCK = "rb-pay"
"""The class of all that a directive shows. Its ``rolebook_pay`` names the files to offer."""

OTHERS = "ranges and means, as published"
"""What the figures of a table are that have no percentiles."""

ITSELF = "the role itself"

NOTHING = "There are no figures for this yet."


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, and what stands in it."""

    title: str
    entry: Callable[[Row], nodes.entry]
    classes: tuple[str, ...] = ()


class PayRenderer:
    """Renders pay for one directive on one page."""

    def __init__(self, directive: SphinxDirective, views: Views, words: Words) -> None:
        self.directive = directive
        self.views = views
        self.words = words

    # What the directives show

    def show(self, asked: Asked, role: Role, area: str) -> list[nodes.Node]:
        """What a directive shows of a role."""
        if asked.name == "pay":
            return self.pay(role, area)
        if asked.name == "pay-levels":
            return self.levels(role, area)
        if asked.name == "pay-areas":
            return self.areas(role, asked.occupation)
        if asked.name == "pay-world":
            return self.world(role, asked.currency)
        return self.beside(role, area)

    def pay(self, role: Role, area: str) -> list[nodes.Node]:
        """A role's pay in an area: a row for each level, source and part of pay."""
        caption = f"{role.heading}: pay, {self._area(area)}"
        return self._block(caption, self.views.pay(role.id, area), role)

    def levels(self, role: Role, area: str) -> list[nodes.Node]:
        """The distribution by level."""
        caption = f"{role.heading}: pay by level, {self._area(area)}"
        return self._block(caption, self.views.by_level(role.id, area), role)

    def areas(self, role: Role, occupation: str | None) -> list[nodes.Node]:
        """All states and metropolitan areas with figures, to be sorted and filtered."""
        view = self.views.by_area(role.id, occupation)
        if not view.rows:
            return [nodes.paragraph("", NOTHING)]
        measured, others = _split(view.rows)
        common = len({(row.source.id, row.figure.as_of) for row in measured}) == 1
        caption = f"{role.heading}: pay by area"
        parts: list[nodes.Node] = []
        if measured:
            columns = [
                Column("Area", self._place_with_spark(measured), (SORTED,)),
                Column("State", self._state, (CHOICES,)),
                *([] if len({row.occupation for row in measured}) == 1 else [self._subjects()]),
                *self._sums(measured),
                Column("People", self._people),
                *([] if common else [Column("Source", self._source)]),
                *self._heed(measured),
            ]
            parts += self._table(caption, columns, measured, (SORTABLE, FILTERABLE))
            parts.append(nodes.raw("", spark_key(measured, self.words), format="html"))
        if common:
            text = nodes.paragraph("", "All of them: ", classes=["rb-pay-source"])
            asides = "; ".join(self._asides(measured[0]))
            text += [self._source_link(measured[0]), nodes.Text(f", {asides}.")]
            parts.append(text)
        if others:
            parts += self._usual(f"{caption}: {OTHERS}", others)
        return [self._box(role.id, parts, view)]

    def world(self, role: Role, currency: str | None) -> list[nodes.Node]:
        """Regions of the world and countries, in the currencies of their sources or in one."""
        view = self.views.world(role.id)
        caption = f"{role.heading}: pay by region and country"
        if currency is None:
            return self._block(caption, view, role)
        converted = {row.id: self._converted(row, currency) for row in view.rows}
        return self._block(f"{caption}, in {currency} too", view, role, converted)

    def beside(self, role: Role, area: str) -> list[nodes.Node]:
        """What each source says of a role, side by side, and why they may disagree."""
        rows = [row for row in self.views.pay(role.id, area).rows if not row.figure.level]
        if not rows:
            return [nodes.paragraph("", NOTHING)]
        columns = [
            Column("Source", self._source),
            Column("What it is", self._what_it_is),
            Column("Of whom", self._whom),
            self._first("Low", "p25", "low"),
            self._first("Middle", "p50", "mean"),
            self._first("High", "p75", "high"),
            Column("People", self._people),
        ]
        caption = f"{role.heading}: the sources side by side, {self._area(area)}"
        parts = [*self._table(caption, columns, rows), *self._chart(rows)]
        if len({row.source.id for row in rows}) == 1:
            parts.append(nodes.paragraph("", "Only one source has figures: nothing to compare."))
        else:
            why = nodes.rubric("", "Why they may disagree", classes=["rb-pay-why"])
            parts += [*self._spread(rows), why, _bullets(reasons(rows))]
        return [self._box(role.id, parts, View(tuple(rows)))]

    def source(self, source: Source, id_: str) -> nodes.section:
        """A source with all there is to know of it, as a section of the page."""
        heading = f"{source.publisher}: {source.title}"
        title = nodes.title(heading, heading)
        name = nodes.fully_normalize_name(heading)
        node = nodes.section("", title, classes=["rb-pay-about"], ids=[id_], names=[name])
        self.directive.state.document.note_implicit_target(node)
        view = self.views.of_source(source.id)
        facts: list[tuple[str, list[nodes.Node]]] = [
            ("Publisher", [nodes.Text(source.publisher)]),
            ("What it is", [nodes.Text(f"{KINDS[source.kind]}".capitalize())]),
            ("Address", [nodes.reference("", source.address, refuri=source.address)]),
            ("Licence", [nodes.Text(source.licence)]),
            ("Method", [nodes.Text(source.method)]),
        ]
        if source.released:
            facts.append(("Released", [nodes.Text(self.words.day(source.released))]))
        number = self.words.count(len(view.rows))
        facts.append(("Figures here", [nodes.Text(number)]))
        if view.span:
            oldest, newest = view.span
            facts.append(("Newest figure", [nodes.Text(self.words.day(newest))]))
            facts.append(("Oldest figure", [nodes.Text(self.words.day(oldest))]))
        fields = nodes.field_list("")
        for label, value in facts:
            body = nodes.field_body("", nodes.paragraph("", "", *value))
            fields += nodes.field("", nodes.field_name("", label), body)
        if source.caveats:
            body = nodes.field_body("", _bullets(source.caveats))
            fields += nodes.field("", nodes.field_name("", "To heed"), body)
        node += fields
        return node

    def sources(self, sections: Sequence[nodes.section]) -> list[nodes.Node]:
        """All sources; their sections come after what is to say of all of them."""
        if not sections:
            return [nodes.paragraph("", "The handbook has no sources of pay data yet.")]
        return [self._box(SOURCES, [], self.views.of_sources()), *sections]

    # Tables

    def _block(
        self,
        caption: str,
        view: View,
        role: Role,
        converted: dict[str, Conversion | None] | None = None,
    ) -> list[nodes.Node]:
        """The usual table, with its chart, notes, dates and files."""
        rows = view.rows
        if not rows:
            return [nodes.paragraph("", NOTHING)]
        measured, others = _split(rows)
        parts: list[nodes.Node] = []
        if measured:
            parts += self._usual(caption, measured, converted)
        if others:
            parts += self._usual(f"{caption}: {OTHERS}", others, converted)
        return [self._box(role.id, [*parts, *self._chart([*measured, *others])], view)]

    def _usual(
        self,
        caption: str,
        rows: Sequence[Row],
        converted: dict[str, Conversion | None] | None = None,
    ) -> list[nodes.Node]:
        columns = [
            self._whose(lead(rows)),
            *self._sums(rows, converted),
            Column("People", self._people),
            Column("Source", self._source),
            *([Column("Rate", self._rate(converted))] if converted else []),
            *self._heed(rows),
        ]
        return self._table(caption, columns, rows)

    def _table(
        self,
        caption: str,
        columns: Sequence[Column],
        rows: Sequence[Row],
        classes: Sequence[str] = (),
    ) -> list[nodes.Node]:
        units = {unit(row.figure) for row in rows}
        caption = f"{caption} ({units.pop()})" if len(units) == 1 else caption
        specs = [nodes.colspec(colwidth=22 if not n else 12) for n, _ in enumerate(columns)]
        specs[0]["stub"] = 1
        head = nodes.row("")
        for column in columns:
            head += nodes.entry("", nodes.paragraph("", column.title), classes=[*column.classes])
        body = nodes.tbody("")
        for row in rows:
            line = nodes.row("", classes=[FIGURE, f"{FIGURE}-{row.id}"])
            line += [column.entry(row) for column in columns]
            body += line
        group = nodes.tgroup("", *specs, nodes.thead("", head), body, cols=len(specs))
        names = ["rb-figures", "longtable", *classes]
        return boxed(nodes.table("", nodes.title("", caption), group, classes=names), caption)

    def _sums(
        self, rows: Sequence[Row], converted: dict[str, Conversion | None] | None = None
    ) -> list[Column]:
        def column(name: str) -> Column:
            def entry(row: Row) -> nodes.entry:
                return self._sum(row, name, (converted or {}).get(row.id))

            return Column(COLUMNS[name], entry, (f"rb-{name}",))

        return [column(name) for name in columns_of(rows)]

    def _sum(self, row: Row, name: str, conversion: Conversion | None = None) -> nodes.entry:
        amount = row.figure.sums.get(name)
        said = self.words.sum(row.figure, name)
        cell = _entry(said)
        cell["classes"] += [f"rb-{name}", KEY + ("" if amount is None else f"{amount:f}")]
        if amount is not None and conversion and conversion.figure.currency != row.figure.currency:
            other = self.words.sum(conversion.figure, name)
            cell += nodes.paragraph("", f"about {other}", classes=["rb-converted"])
        return cell

    def _first(self, title: str, *names: str) -> Column:
        """A column with the first of several sums that a row has, and which that is."""

        def entry(row: Row) -> nodes.entry:
            name = next((name for name in names if name in row.figure.sums), names[0])
            cell = self._sum(row, name)
            if name in row.figure.sums:
                cell += nodes.paragraph("", COLUMNS[name].lower(), classes=["rb-aside"])
            return cell

        return Column(title, entry, (f"rb-{names[0]}",))

    def _whose(self, first: str) -> Column:
        def entry(row: Row) -> nodes.entry:
            one, other = row.level, row.area.name
            if first == "area":
                one, other = other, one
            cell = _entry(one)
            for line in filter(None, (_figures_for(row), other)):
                cell += nodes.paragraph("", line, classes=["rb-aside"])
            return cell

        return Column("Area, level" if first == "area" else "Level, area", entry)

    def _place_with_spark(self, rows: Sequence[Row]) -> Callable[[Row], nodes.entry]:
        draw = spark(rows)

        def entry(row: Row) -> nodes.entry:
            cell = nodes.entry("", nodes.paragraph("", row.area.name))
            cell += nodes.raw("", draw(row), format="html")
            return cell

        return entry

    def _subjects(self) -> Column:
        return Column("Of whom", lambda row: _entry(row.occupation or ITSELF), (CHOICES,))

    def _heed(self, rows: Sequence[Row]) -> list[Column]:
        marked = any(row.marks for row in rows)
        return [Column("To heed", lambda row: _entry(" ".join(row.marks)))] if marked else []

    def _state(self, row: Row) -> nodes.entry:
        parent = self.views.book.areas.get(row.area.parent or "")
        is_state = parent is None or "-" not in parent.code
        cell = _entry(row.area.name if is_state else parent.name if parent else "")
        cell["classes"].append("rb-state")
        return cell

    def _people(self, row: Row) -> nodes.entry:
        figure = row.figure
        for number, what in ((figure.sample, "answers"), (figure.employment, "employed")):
            if number is not None:
                cell = _entry(f"{self.words.count(number)} {what}")
                cell["classes"] += ["rb-people", f"{KEY}{number}"]
                return cell
        cell = _entry("not said")
        cell["classes"].append(KEY)
        return cell

    def _source(self, row: Row) -> nodes.entry:
        cell = nodes.entry("", nodes.paragraph("", "", self._source_link(row)))
        cell += [nodes.paragraph("", line, classes=["rb-aside"]) for line in self._asides(row)]
        return cell

    def _source_link(self, row: Row) -> nodes.Element:
        """A reference to where the source is described; to its own site if that is nowhere."""
        return addnodes.pending_xref(
            "",
            nodes.inline("", row.source_name),
            refdomain="job",
            reftype="source",
            reftarget=row.source.id,
            refexplicit=True,
            refwarn=False,
            refdoc=self.directive.env.docname,
            rolebook_address=row.source.address,
        )

    def _asides(self, row: Row) -> list[str]:
        return [f"as of {self.words.day(row.figure.as_of)}", what_is_paid(row.figure)]

    def _what_it_is(self, row: Row) -> nodes.entry:
        lines = [KINDS[row.source.kind].capitalize(), f"Gives {measure(row.figure)}"]
        return _entry(*(f"{line}." for line in lines))

    def _whom(self, row: Row) -> nodes.entry:
        return _entry(row.occupation or ITSELF.capitalize(), row.area.name)

    def _rate(self, converted: dict[str, Conversion | None]) -> Callable[[Row], nodes.entry]:
        def entry(row: Row) -> nodes.entry:
            conversion = converted[row.id]
            if conversion is None:
                return _entry("no rate")
            if conversion.figure.currency == row.figure.currency:
                return _entry("its own currency")
            rate = f"{row.figure.currency} 1 = {conversion.figure.currency} {conversion.rate:f}"
            day = f"European Central Bank, {self.words.day(conversion.day)}"
            return nodes.entry(
                "", *(nodes.paragraph("", text) for text in (rate, day)), classes=["rb-rate"]
            )

        return entry

    def _converted(self, row: Row, currency: str) -> Conversion | None:
        return convert(row.figure, currency, self.views.today)

    # Around a table

    def _chart(self, rows: Sequence[Row]) -> list[nodes.Node]:
        return [nodes.raw("", text, format="html") for text in charts(rows, self.words)]

    def _spread(self, rows: Sequence[Row]) -> Iterator[nodes.Node]:
        """The lowest and the highest median, where their currency and period are the same."""
        terms = {(row.figure.currency, row.figure.period) for row in rows}
        known = [row for row in rows if "p50" in row.figure.percentiles]
        if len(terms) > 1 or len({row.figure.percentiles["p50"] for row in known}) < 2:
            return
        low, *_, high = sorted(known, key=lambda row: row.figure.percentiles["p50"])
        text = nodes.paragraph("", "The medians run from ", classes=["rb-spread"])
        for row, after in ((low, " to "), (high, ".")):
            classes = [FIGURE, f"{FIGURE}-{row.id}", "rb-p50"]
            said = self.words.sum(row.figure, "p50")
            text += nodes.inline("", said, classes=classes)
            whom = f" ({row.occupation})" if row.occupation else ""
            text += nodes.Text(f", {row.source_name}{whom}{after}")
        yield text

    def _box(self, files: str, parts: Iterable[nodes.Node], view: View) -> nodes.compound:
        box = nodes.compound("", *parts, classes=[BLOCK])
        box["rolebook_pay"] = files
        proxies = {row.proxy.occupation: row for row in view.rows if row.proxy and files != SOURCES}
        if proxies:
            box += _bullets(
                f"Figures for {row.occupation} stand in for the role: {row.proxy.why}"
                for row in proxies.values()
                if row.proxy
            )
        if view.span:
            oldest, newest = (self.words.day(day) for day in view.span)
            text = f"Newest figure: {newest}. Oldest figure: {oldest}."
            if files != SOURCES and any(self._has_gaps(rows) for rows in _split(view.rows)):
                text += f" {NOT_GIVEN} means that the source does not give it."
            box += nodes.paragraph("", text, classes=["rb-pay-dates"])
        return box

    def _has_gaps(self, rows: Sequence[Row]) -> bool:
        """Whether some cell of a table says that the source does not give it."""
        columns = columns_of(rows)
        return any(self.words.sum(row.figure, n) == NOT_GIVEN for row in rows for n in columns)

    def _area(self, area: str) -> str:
        known = self.views.book.areas.get(area)
        return known.name if known else area


def _split(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows with percentiles, and those without: common columns would be mostly empty."""
    measured = [row for row in rows if has_percentiles(row.figure)]
    return measured, [row for row in rows if row not in measured]


def _figures_for(row: Row) -> str | None:
    return f"figures for {row.occupation}" if row.occupation else None


def _entry(*lines: str) -> nodes.entry:
    return nodes.entry("", *(nodes.paragraph("", line) for line in lines))


def _bullets(lines: Iterable[str]) -> nodes.bullet_list:
    items = (nodes.list_item("", nodes.paragraph("", line)) for line in lines)
    return nodes.bullet_list("", *items, classes=["rb-pay-notes"])
