"""A handbook's ``pay/`` folder: its files into records and findings.

Nothing of a row or a table in error is kept. What refers to something in error is left
out with it, without a finding of its own.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rolebook.catalog import Catalog
from rolebook.model import Axis
from rolebook.pay.areas import WHERE as WHERE_AREAS
from rolebook.pay.areas import read_areas
from rolebook.pay.fields import Names
from rolebook.pay.figures import read_figures
from rolebook.pay.files import AREAS, OCCUPATIONS, SOURCES, Files
from rolebook.pay.model import PayBook
from rolebook.pay.occupations import WHERE as WHERE_OCCUPATIONS
from rolebook.pay.occupations import read_occupations
from rolebook.pay.sources import read_sources


def read(root: Path, catalog: Catalog, today: date) -> PayBook:
    """Read the pay data of the handbook in ``root``; it need not have any.

    Roles and levels are those of ``catalog``. No day in the data may lie after ``today``.
    """
    files = Files(root, today)
    if files.figures():
        files.demand(SOURCES)
        files.demand(AREAS)
    levels = {v.id for v in catalog.variants.values() if v.axis is Axis.LEVEL}
    lost_levels = {name.rpartition("/")[2] for name in catalog.left_out}
    roles = Names("role", [*catalog.roles], catalog.left_out)
    sources = read_sources(files)
    areas = read_areas(files)
    occupations, proxies = read_occupations(files, roles)
    figures = read_figures(
        files,
        roles,
        Names("level", levels, lost_levels),
        files.names("occupation", occupations, OCCUPATIONS, WHERE_OCCUPATIONS),
        files.names("area", areas, AREAS, WHERE_AREAS),
        files.names("source", sources, SOURCES),
    )
    return PayBook(sources, areas, occupations, proxies, figures, tuple(sorted(files.found)))
