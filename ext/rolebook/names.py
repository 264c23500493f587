"""Ids and the names that readers see in their place."""

from __future__ import annotations

import re

from rolebook.model import Role, Variant

ID = re.compile(r"[a-z][a-z0-9-]*")
"""What an id consists of."""


def id_of(text: str) -> str:
    """An id made of what ``text`` has of letters and digits; empty if that is nothing."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-").lstrip("-0123456789")


def words_of(id_: str) -> str:
    """An id as a reader sees it where nothing names it otherwise: "Machine learning"."""
    return id_[:1].upper() + id_[1:].replace("-", " ")


def lower_first(heading: str) -> str:
    """ "Machine learning engineer" inside a sentence; "MLOps engineer" stays as it is."""
    first = heading.split(" ", 1)[0]
    return heading[:1].lower() + heading[1:] if first[1:].islower() else heading


def short_name(variant: Variant, role: Role) -> str:
    """A variant's heading without its role's name: "Senior" for "Senior data engineer"."""
    heading = variant.heading
    for name in (role.heading, role.noun):
        if heading.lower().endswith(" " + name.lower()):
            return heading[: -len(name) - 1].rstrip(" ,:")
    return heading
