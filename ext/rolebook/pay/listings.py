"""What pages ask to be shown of pay: the directives' arguments, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rolebook.catalog import ANYTHING, Catalog
from rolebook.diagnostics import Code, Diagnostic, diagnostic_at, known
from rolebook.iso_codes import CURRENCIES
from rolebook.pay.model import PayBook

DEFAULT_AREA = "US"
"""The area whose pay is meant where neither a page nor a configuration names one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A directive's argument, taken apart.

    ``area`` is an area's code, ``occupation`` an occupation's, ``currency`` one of ISO 4217;
    ``more`` is what is too much.
    """

    name: str
    role: str
    area: str | None = None
    occupation: str | None = None
    currency: str | None = None
    more: str = ""


def read_asked(name: str, argument: str) -> Asked:
    """Take apart the argument of one of :data:`rolebook.fences.PAY_LISTINGS`."""
    role, _, rest = argument.strip().partition(" ")
    second, _, more = rest.strip().partition(" ")
    if name == "pay-world":
        return Asked(name, role, currency=second.upper() or None, more=more.strip())
    if name == "pay-areas":
        return Asked(name, role, occupation=second or None, more=more.strip())
    return Asked(name, role, area=second or None, more=more.strip())


def faults(asked: Asked, roles: Collection[str], book: PayBook) -> Iterator[tuple[Code, str, str]]:
    """What is wrong with an argument: code, message and remedy."""
    if not asked.role and asked.name == "pay-sources":
        return
    if not asked.role:
        message = f"'{{job:{asked.name}}}' names no role."
        yield Code.MISSING_NAME, message, known("", roles, "role")
    elif asked.role not in roles:
        message = f"There is no role '{asked.role}' to show the pay of."
        yield Code.UNKNOWN_PARENT, message, known(asked.role, roles, "role")
    if asked.area is not None and asked.area not in book.areas:
        message = f"There is no area '{asked.area}' in pay/areas.csv."
        yield Code.BAD_VALUE, message, _known_area(asked.area, book)
    standing_in = [proxy.occupation for proxy in book.proxies if proxy.role == asked.role]
    if asked.occupation is not None and asked.occupation not in standing_in:
        message = f"The occupation '{asked.occupation}' does not stand in for '{asked.role}'."
        yield Code.BAD_VALUE, message, known(asked.occupation, standing_in, "occupation")
    if asked.currency is not None and asked.currency not in CURRENCIES:
        message = f"'{asked.currency}' is no currency of ISO 4217."
        yield Code.BAD_VALUE, message, "Name one, such as EUR, or none."
    if asked.more:
        message = f"'{asked.more}' is more than '{{job:{asked.name}}}' takes."
        yield Code.BAD_VALUE, message, "Delete it."


def check_listings(catalog: Catalog, book: PayBook) -> tuple[Diagnostic, ...]:
    """What is wrong with the arguments of all listings of pay in Markdown files."""
    found = []
    for name, argument, origin in catalog.asked:
        asked = read_asked(name, argument)
        excused = {asked.role, ANYTHING} & catalog.left_out
        for code, message, remedy in faults(asked, catalog.roles, book):
            if code is not Code.UNKNOWN_PARENT or not excused:
                found.append(diagnostic_at(origin, code, message, remedy))
    return tuple(found)


def _known_area(area: str, book: PayBook) -> str:
    """A remedy; all areas would be hundreds."""
    by_name = {each.name.casefold(): code for code, each in book.areas.items()}
    if code := by_name.get(area.casefold()):
        return f"Write its code: '{code}'."
    wide = [code for code in book.areas if ":" not in code]
    return known(area, wide, "area")
