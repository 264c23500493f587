"""Small handbooks with interview kits, written out as Markdown.

Everything has an id and says little else. What is said of a block by keyword is an option:
``question("build", minutes=5, level="senior")``.
"""

from __future__ import annotations

from rolebook.catalog import Catalog, assemble
from rolebook.check import check
from rolebook.compose import compose
from rolebook.interview.kit import Choice, choose, must_haves, whole_kit
from rolebook.interview.loop import Loop, plan_loop
from rolebook.model import Axis
from rolebook.reader import read

GRADES = ("- **Weak:** Little.", "- **Fair:** Some.", "- **Strong:** All.")


def role(id_: str, *must_haves: str, extends: str | None = None) -> str:
    """A page; one that extends another adds its must-haves to that one's."""
    lines = [f"- Must have {must_have}. {{#{must_have}}}" for must_have in must_haves]
    header = _block("role", id_, [], extends=extends)
    if not lines:
        return _page(id_, header)
    if extends:
        return _page(id_, header, _block("patch", "requirements", lines))
    kind = "requirements"
    return _page(id_, header, _block("section", "Must have", lines, id=kind, kind=kind))


def variant(
    id_: str, *must_haves: str, of: str = "engineer", axis: str = "level", order: int = 0
) -> str:
    lines = [f"- Must have {must_have}. {{#{must_have}}}" for must_have in must_haves]
    patches = [_block("patch", "requirements", lines)] if lines else []
    header = _block("variant", id_, [], extends=of, axis=axis, order=order)
    return _page(id_, header, *patches)


def page(key: str, *blocks: str, remove: str | None = None) -> str:
    """A page of a kit."""
    return _page(f"Interview kit: {key}", _block("interview", key, [], remove=remove), *blocks)


def competency(id_: str) -> str:
    return _block("competency", id_.capitalize(), [f"About {id_}."], id=id_)


def stage(id_: str, minutes: int, title: str = "", **scope: str) -> str:
    options = {"id": id_, "minutes": minutes, "with": "an engineer", **scope}
    return _block("stage", title or id_.capitalize(), ["- **Candidate:** You come."], **options)


def question(id_: str, text: str = "", **options: object) -> str:
    lines = ["- **Probe:** How?", *GRADES]
    return _block("question", text or f"About {id_}?", lines, **_assessment(id_, options, 10))


def sample(id_: str, text: str = "", **options: object) -> str:
    lines = ["- **Brief:** You do it.", "- **Criterion:** Done", *GRADES]
    lines += ["- **AI use:** As at work.", "- **Adjustments:** More time."]
    return _block("sample", text or f"Task {id_}", lines, **_assessment(id_, options, None))


def handout(id_: str, *lines: str) -> str:
    return _block("handout", id_.capitalize(), lines or [f"About {id_}."], id=id_)


def book(*pages: str) -> Catalog:
    """A handbook of these pages, in files that are named by their numbers."""
    return assemble(read(f"{number}.md", text) for number, text in enumerate(pages))


def sound(catalog: Catalog) -> Catalog:
    """The handbook, if nothing is wrong with it."""
    assert check(catalog) == ()
    return catalog


def loop(catalog: Catalog, role: str = "engineer", **chosen: str) -> Loop:
    """What is asked for a choice of variants: ``loop(catalog, level="senior")``."""
    kit = whole_kit(catalog, role)
    assert kit
    choice: Choice = {Axis(axis): id_ for axis, id_ in chosen.items()}
    return plan_loop(choose(kit, choice), must_haves(compose(catalog, role, choice)))


def _assessment(id_: str, options: dict[str, object], minutes: int | None) -> dict[str, object]:
    kind = {"kind": "behavioural"} if minutes else {}
    common = {"id": id_, "competency": "code", "stage": "talk", "minutes": minutes}
    return {**common, **kind, **options}


def _page(heading: str, *blocks: str) -> str:
    return "\n".join([f"# {heading.capitalize()}\n", *blocks])


def _block(name: str, argument: str, lines: object, **options: object) -> str:
    assert isinstance(lines, list | tuple)
    head = [f":::{{job:{name}}} {argument}"]
    head += [f":{option}: {value}" for option, value in options.items() if value is not None]
    return "\n".join([*head, "", *lines, *([""] if lines else []), ":::", ""])
