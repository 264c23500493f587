"""A handbook with figures of pay of many areas, as there are in the United States."""

from __future__ import annotations

import shutil
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "build" / "pay"
AREAS = 400
STATES = 50
CONF = """project = "Pay"
author = "Nobody"
extensions = ["rolebook"]
html_theme = "rolebook"
html_copy_source = False
"""


def state_name(number: int) -> str:
    return f"State {number:02}"


def median(number: int) -> int:
    """The median of an area by its number: no two are alike, and names do not sort them."""
    return 60_000 + number * 7919 % AREAS * 250


def write_pay_book(folder: Path) -> None:
    """Write it: the book of the build tests, with other areas and their figures."""
    shutil.copytree(SOURCE, folder)
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    areas = folder / "pay" / "areas.csv"
    lines = ["code,name,kind,parent", *areas.read_text(encoding="utf-8").splitlines()[1:4]]
    lines += ['cbsa:19740,"Denver, CO",metro,US-CO', 'cbsa:24540,"Greeley, CO",metro,US-CO']
    lines += ["US-NM,New Mexico,state,US", "world:europe,Europe,world-region,"]
    figures = folder / "pay" / "figures" / "figures.csv"
    rows = [figures.read_text(encoding="utf-8").rstrip("\n")]
    for n in range(STATES):
        lines.append(f"US-X{n:02},{state_name(n)},state,US")
    for n in range(AREAS):
        code = f"cbsa:{50_000 + n}"
        lines.append(f'{code},"Town {n:03}-Élan, X{n % STATES:02}",metro,US-X{n % STATES:02}')
        middle = median(n)
        sums = [middle - 30_101 - n, middle - 15_037, middle, middle + 24_071 + n, middle + 60_013]
        tail = f",,,,,{40 + n * 37},,,bureau,2026-05-31,2026-06-01,high,"
        money = ",".join(map(str, sums))
        rows.append(f"soc:15-2051,,{code},USD,year,gross,base,{money}{tail}")
    areas.write_text("\n".join(lines) + "\n", encoding="utf-8")
    figures.write_text("\n".join(rows) + "\n", encoding="utf-8")
