"""``pay/occupations.toml``: official occupations, and the roles that they stand in for."""

from __future__ import annotations

import re

from rolebook.diagnostics import Code
from rolebook.pay.fields import Names
from rolebook.pay.files import OCCUPATIONS, Files
from rolebook.pay.model import Occupation, Proxy
from rolebook.pay.toml_file import Document

WHERE = f"Occupations are listed in '{OCCUPATIONS}'."

_CODE = re.compile(r"soc:[0-9]{2}-[0-9]{4}|(?!soc:)[a-z][a-z0-9-]*:[A-Za-z0-9.-]+")

_TABLES: dict[str, type] = {"occupations": dict, "proxies": list}


def read_occupations(files: Files, roles: Names) -> tuple[dict[str, Occupation], tuple[Proxy, ...]]:
    """The occupations by code, and the proxies in the order of the file."""
    document = files.document(OCCUPATIONS)
    for name, part in document.data.items():
        if not isinstance(part, _TABLES.get(name, ())):
            message = f"'{name}' is neither a table of occupations nor a list of proxies."
            remedy = 'Write the headers [occupations."soc:15-2051"] and [[proxies]].'
            files.report(OCCUPATIONS, document.line(name), Code.PAY_COLUMN, message, remedy)
            files.lose(OCCUPATIONS)
            return {}, ()
    occupations = _occupations(files, document)
    names = files.names("occupation", occupations, OCCUPATIONS, WHERE)
    return occupations, _proxies(files, document, roles, names)


def _occupations(files: Files, document: Document) -> dict[str, Occupation]:
    occupations: dict[str, Occupation] = {}
    for code in document.data.get("occupations", {}):
        fields = files.table(OCCUPATIONS, document, ("occupations", code), ("title",), "occupation")
        if fields and not _CODE.fullmatch(code):
            message = f"'{code}' is not the code of an occupation."
            remedy = "Write the classification and the code there, such as soc:15-2051."
            fields.reject(Code.PAY_VALUE, message, remedy)
            files.lose(OCCUPATIONS)
        title = fields.text("title") if fields else ""
        if fields and fields.sound:
            occupations[code] = Occupation(code, title, fields.origin)
        else:
            files.lost[OCCUPATIONS].add(code)
    return occupations


def _proxies(
    files: Files, document: Document, roles: Names, occupations: Names
) -> tuple[Proxy, ...]:
    proxies: dict[tuple[str, str], Proxy] = {}
    for place, _ in enumerate(document.data.get("proxies", ())):
        keys = ("role", "occupation", "why")
        fields = files.table(OCCUPATIONS, document, ("proxies", place), keys, "proxy")
        if fields is None:
            continue
        proxy = Proxy(
            role=fields.name("role", roles),
            occupation=fields.name("occupation", occupations),
            why=fields.text("why"),
            origin=fields.origin,
        )
        first = proxies.get((proxy.role, proxy.occupation))
        if first and fields.sound:
            message = (
                f"'{proxy.occupation}' stands in for '{proxy.role}'"
                f" at {first.origin.file}:{first.origin.line} already."
            )
            fields.reject(Code.PAY_DUPLICATE, message, "Delete one of them.")
        if fields.sound:
            proxies[proxy.role, proxy.occupation] = proxy
    return tuple(proxies.values())
