"""``pay/areas.csv``: the places that figures are of, and which lies in which."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rolebook.details import FORMS, DetailKind
from rolebook.diagnostics import Code
from rolebook.iso_codes import COUNTRIES
from rolebook.pay.fields import Fields, Names
from rolebook.pay.files import AREAS, Files
from rolebook.pay.model import Area, AreaKind

COLUMNS = ("code", "name", "kind", "parent")

WHERE = f"Areas are listed in '{AREAS}'."

_CODES: Mapping[AreaKind, tuple[str, str]] = {
    AreaKind.WORLD_REGION: (r"world:[a-z][a-z0-9-]*", "Write it like world:europe."),
    AreaKind.COUNTRY: ("|".join(sorted(COUNTRIES)), f"{FORMS[DetailKind.COUNTRY]}."),
    AreaKind.STATE: (r"[A-Z]{2}-[A-Z0-9]{1,3}", "Write it as in ISO 3166-2, such as US-CO."),
    AreaKind.METRO: (
        r"cbsa:[0-9]{5}|(?!cbsa:|world:)[a-z][a-z0-9-]*:[A-Za-z0-9.-]+",
        "Write the list and the code there, such as cbsa:41860.",
    ),
}
"""How the codes of each kind are written, and what to tell who writes them otherwise."""

_SIZES = [*AreaKind]
"""The kinds of area, the largest first."""


def read_areas(files: Files) -> dict[str, Area]:
    """The areas by code. An area that lies in one in error is left out with it."""
    rows: dict[str, tuple[Fields, Area]] = {}
    for fields in files.rows(AREAS, COLUMNS, "area"):
        area = _area(fields)
        if "code" in fields.faulty:
            files.lose(AREAS)
        first = rows.setdefault(area.code, (fields, area))[1]
        if first is not area and area.code:
            message = f"gives '{area.code}', which is at {AREAS}:{first.origin.line} already."
            fields.report("code", Code.PAY_DUPLICATE, message, "Delete one of them.")
    everywhere = files.names("area", rows, AREAS, WHERE)
    sound: dict[str, Area] = {}
    # The larger come first, so that what an area lies in is sound or not by then.
    for fields, area in sorted(rows.values(), key=lambda row: _SIZES.index(row[1].kind)):
        if fields.sound:
            _parent(fields, area, everywhere, rows)
        if fields.sound and (area.parent is None or area.parent in sound):
            sound[area.code] = area
        else:
            files.lost[AREAS].add(area.code)
    return {code: sound[code] for code in rows if code in sound}


def _area(fields: Fields) -> Area:
    kind = fields.choice("kind", AreaKind)
    code = fields.text("code")
    pattern, remedy = _CODES[kind]
    if code and "kind" not in fields.faulty and not re.fullmatch(pattern, code):
        fields.refuse("code", f"which is not the code of a {kind}", remedy)
    return Area(code, fields.text("name"), kind, fields.optional("parent"), fields.origin)


def _parent(
    fields: Fields, area: Area, areas: Names, rows: Mapping[str, tuple[Fields, Area]]
) -> None:
    """Check what an area lies in."""
    if area.parent is None:
        if area.kind in (AreaKind.STATE, AreaKind.METRO):
            fields.miss("parent")
        return
    fields.name("parent", areas)
    if not fields.sound:
        return
    parent = rows[area.parent][1]
    if _SIZES.index(parent.kind) >= _SIZES.index(area.kind):
        why = f"which is a {parent.kind}, no larger than a {area.kind}"
        fields.refuse("parent", why, f"A {area.kind} lies in a larger area, if in any.")
    elif area.kind is AreaKind.STATE and not area.code.startswith(f"{area.parent}-"):
        fields.refuse("parent", "which is not its country", f"Write '{area.code[:2]}'.")
