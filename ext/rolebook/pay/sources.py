"""``pay/sources.toml``: where the figures come from."""

from __future__ import annotations

from datetime import date

from rolebook.details import FORMS, WEBSITE, DetailKind
from rolebook.diagnostics import Code
from rolebook.names import ID
from rolebook.pay.fields import Fields
from rolebook.pay.files import SOURCES, Files
from rolebook.pay.model import Source, SourceKind

KEYS = (
    *("kind", "publisher", "title", "licence", "address", "method", "caveats"),
    *("released", "stale_after", "keep_until"),
)


def read_sources(files: Files) -> dict[str, Source]:
    """The sources by id."""
    document = files.document(SOURCES)
    sources: dict[str, Source] = {}
    for id_ in document.data:
        fields = files.table(SOURCES, document, (id_,), KEYS, "source")
        if fields and not ID.fullmatch(id_):
            message = f"'{id_}' is not an id: it takes a-z, 0-9 and '-', beginning with a letter."
            fields.reject(Code.MALFORMED_ID, message, "Give the source another id.")
            files.lose(SOURCES)
        source = _source(id_, fields, files.today) if fields else None
        if source and fields and fields.sound:
            sources[id_] = source
        else:
            files.lost[SOURCES].add(id_)
    return sources


def _source(id_: str, fields: Fields, today: date) -> Source:
    address = fields.text("address")
    if address and not WEBSITE.fullmatch(address):
        fields.refuse("address", "which is no web address", f"{FORMS[DetailKind.WEBSITE]}.")
    return Source(
        id=id_,
        kind=fields.choice("kind", SourceKind),
        publisher=fields.text("publisher"),
        title=fields.text("title"),
        licence=fields.text("licence"),
        address=address,
        method=fields.text("method"),
        caveats=fields.texts("caveats"),
        released=fields.optional_day("released", today),
        stale_after=fields.count("stale_after"),
        keep_until=fields.optional_day("keep_until"),
        origin=fields.origin,
    )
