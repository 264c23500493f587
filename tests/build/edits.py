"""A handbook that changes at random, as one does when many people edit it.

The handbook is kept as plain records and written out after every edit.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

LEVELS = ("junior", "senior", "staff", "lead")
WORDS = ("data", "model", "plan", "team", "test", "cost", "tool", "risk", "goal", "rule")
PLACEHOLDERS = ("company name", "cloud", "pay range", "product", "notice period")


@dataclass
class Section:
    """A section of a role, or what a variant changes in one."""

    title: str
    items: dict[str, str] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    after: str = ""
    group: str = ""


@dataclass
class Page:
    """The file of a role or a variant. ``role`` is empty in a role and in a shared variant."""

    file: str
    id: str
    title: str
    role: str = ""
    axis: str = ""
    extends: str = ""
    family: str = "data"
    noun: str = ""
    related: str = ""
    order: int = 0
    lede: str = ""
    summary: str = ""
    sections: dict[str, Section] = field(default_factory=dict)
    blanks: dict[str, str] = field(default_factory=dict)
    note: str = ""
    question: str = ""
    prose: str = ""
    mistake: str = ""

    def text(self) -> str:
        """The file's Markdown."""
        lines = [f"# {self.title}", "", self.lede, ""]
        if self.axis:
            lines += [f":::{{job:variant}} {self.id}", f":axis: {self.axis}"]
            lines += [f":order: {self.order}", *([":applies-to: all"] if not self.role else [])]
        else:
            lines += [f":::{{job:role}} {self.id}", f":family: {self.family}"]
            lines += [f":noun: {self.noun}"] if self.noun else []
            lines += [f":related: {self.related}"] if self.related else []
        lines += [f":extends: {self.extends}"] if self.extends else []
        lines += [":colour: blue"] if self.mistake == "unknown option" else []
        lines += ["", self.summary, "", ":::", ""]
        for id_, section in self.sections.items():
            if self.axis:
                lines += [f":::{{job:patch}} {id_}"]
                lines += [f":remove: {', '.join(section.remove)}"] if section.remove else []
                lines += [f":after: {section.after}"] if section.after else []
                lines += [] if section.items or section.remove else [f":title: {section.title}"]
            else:
                lines += [f":::{{job:section}} {section.title}", f":id: {id_}"]
                lines += [f":group: {section.group}"] if section.group else []
            lines += ["", *(f"- {text} {{#{item}}}" for item, text in section.items.items())]
            lines += [""] + ([] if self.mistake == "unclosed fence" else [":::"]) + [""]
        for name, default in self.blanks.items():
            lines += [f":::{{job:placeholder}} {name}", f":default: {default}", "", ":::", ""]
        if self.note:
            lines += [":::{job:note}", "", self.note, "", ":::", ""]
        if self.question:
            lines += [f":::{{job:faq}} {self.question}", "", "Perhaps.", "", ":::", ""]
        lines += ["## More", "", self.prose, ""] if self.prose else []
        return "\n".join(lines)

    def data(self) -> bytes:
        """The file's bytes."""
        data = self.text().encode("utf-8")
        return data + b"\n\xff\xfe\n" if self.mistake == "not UTF-8" else data


@dataclass
class Changing:
    """The whole handbook."""

    pages: list[Page]
    blanks: dict[str, tuple[str, str]]
    guide: list[str]
    links: list[str]
    shuffled: int = 0

    def roles(self) -> list[Page]:
        """The pages of roles."""
        return [page for page in self.pages if not page.axis]

    def files(self) -> dict[str, bytes]:
        """Every file of the handbook."""
        names = [page.file for page in self.pages]
        random.Random(self.shuffled).shuffle(names)
        files = {page.file: page.data() for page in self.pages}
        index = ["# Handbook", "", ":::{job:roles}", ":::", "", "```{toctree}"]
        files["index.md"] = "\n".join(
            [*index, *(name.removesuffix(".md") for name in names), "guide", "blanks", "```", ""]
        ).encode()
        files["guide.md"] = "\n".join(
            ["# Guide", "", *self.guide, "", *self.links, ""]
            + [f":::{{job:card}} {page.id}\n:::\n" for page in self.roles()[:1]]
            + [f":::{{job:variants}} {page.id}\n:::\n" for page in self.roles()[1:2]]
        ).encode()
        lines = ["# Blanks", ""]
        for name, (label, default) in self.blanks.items():
            lines += [f":::{{job:placeholder}} {name}", f":label: {label}"]
            lines += [f":default: {default}"] if default else []
            lines += ["", ":::", ""]
        files["blanks.md"] = "\n".join(lines).encode()
        return files


Edit = Callable[[Changing, random.Random], str]
"""Changes a handbook in some way and says how; says nothing where there was nothing to change."""


def start(chance: random.Random) -> Changing:
    """A handbook of two roles with a few variants, and one variant for all."""
    book = Changing([], {"company name": ("Company name", "")}, ["Read this first."], [])
    for edit in (add_role, add_role, add_variant, add_variant, add_shared_variant, add_variant):
        edit(book, chance)
    return book


def sentence(chance: random.Random) -> str:
    """A line for a template; some hold placeholders, markup or references."""
    words = " ".join(chance.choices(WORDS, k=4)).capitalize()
    return words + chance.choice(
        [
            ".",
            f" for {{{{ {chance.choice(PLACEHOLDERS)} }}}}.",
            " with **care** and `tests`.",
            " as [the guide](/guide.md) says.",
            " as in {job:role}`a role <role-1>`.",
        ]
    )


def fresh(book: Changing, stem: str) -> str:
    """An id that no page has."""
    taken = {page.id for page in book.pages}
    return next(f"{stem}-{n}" for n in range(1, 1000) if f"{stem}-{n}" not in taken)


def add_role(book: Changing, chance: random.Random) -> str:
    id_ = fresh(book, "role")
    page = Page(f"roles/{id_}/index.md", id_, id_.capitalize().replace("-", " "))
    page.lede, page.summary = sentence(chance), sentence(chance)
    for section, title in (("duties", "Duties"), ("needs", "Needs")):
        items = {f"item-{n}": sentence(chance) for n in range(3)}
        page.sections[section] = Section(title, items)
    others = book.roles()
    if others and chance.random() < 0.4:
        page.extends = chance.choice(others).id
        page.sections = {"extra": Section("Extra", {"one": sentence(chance)})}
    book.pages.append(page)
    return f"add role {id_}"


def add_variant(book: Changing, chance: random.Random) -> str:
    role = chance.choice(book.roles())
    level = chance.choice(LEVELS)
    if any(page.role == role.id and page.id == level for page in book.pages):
        return ""
    file = f"roles/{role.id}/{level}-{len(book.pages)}.md"
    page = Page(file, level, f"{level.capitalize()} {role.title}", role.id, "level", role.id)
    parents = [other for other in book.pages if other.role == role.id]
    if parents and chance.random() < 0.4:
        page.extends = f"{role.id}/{chance.choice(parents).id}"
    change = Section("New title", {"item-1": sentence(chance), "own": sentence(chance)})
    page.sections["duties"] = change
    page.summary = chance.choice(["", sentence(chance)])
    book.pages.append(page)
    return f"add variant {role.id}/{level}"


def add_shared_variant(book: Changing, chance: random.Random) -> str:
    id_ = fresh(book, "context")
    page = Page(f"shared/{id_}.md", id_, id_.capitalize(), "", "company")
    page.sections["duties"] = Section("Work", {"shared": sentence(chance)})
    book.pages.append(page)
    return f"add shared variant {id_}"


def remove_page(book: Changing, chance: random.Random) -> str:
    if len(book.roles()) < 2 or len(book.pages) < 5:
        return ""
    page = book.pages.pop(chance.randrange(1, len(book.pages)))
    return f"remove {page.file}"


def move_page(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.pages)
    old, page.file = page.file, f"moved/{fresh(book, 'page')}-{chance.randrange(10**6)}.md"
    return f"move {old} to {page.file}"


def rename_id(book: Changing, chance: random.Random) -> str:
    """Its variants follow half of the time; otherwise they are orphans, which is a mistake."""
    page = chance.choice(book.pages)
    old, page.id = page.id, fresh(book, page.id.partition("-")[0])
    follow = chance.random() < 0.5
    for other in book.pages:
        if follow and not page.axis and (other.role or other.extends) == old:
            other.role = page.id if other.role else ""
            other.extends = page.id + other.extends.removeprefix(old)
    return f"rename {old} to {page.id}{' with its variants' if follow else ''}"


def mend_parents(book: Changing, chance: random.Random) -> str:
    roles = {page.id for page in book.roles()}
    known = {*roles, *(f"{page.role}/{page.id}" for page in book.pages if page.role)}
    for page in book.pages:
        if page.extends and (page.extends not in known or page.extends == page.id):
            page.extends = chance.choice(sorted(roles)) if page.axis else ""
            page.role = page.extends if page.axis else ""
            return f"mend the parent of {page.file}"
    return ""


def change_title(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.pages)
    page.title = f"{page.title.partition(' of ')[0]} of {chance.choice(WORDS)}s"
    return f"title of {page.file}"


def change_noun(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.roles())
    page.noun = chance.choice(["", page.title.lower(), "member of the staff"])
    return f"noun of {page.file}"


def change_lede(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.pages)
    page.lede = chance.choice(["", "{{ company name }} asks.", sentence(chance)])
    return f"lede of {page.file}"


def change_summary(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.pages)
    page.summary = "" if page.axis and chance.random() < 0.5 else sentence(chance)
    return f"summary of {page.file}"


def change_family(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.roles())
    page.family = chance.choice(["data", "models"])
    return f"family of {page.file}"


def change_related(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.roles())
    page.related = chance.choice(["", *(other.id for other in book.roles())])
    return f"related role of {page.file}"


def change_order(book: Changing, chance: random.Random) -> str:
    page = chance.choice([page for page in book.pages if page.axis] or [book.pages[0]])
    page.order = chance.randrange(5)
    return f"order of {page.file}"


def _section(book: Changing, chance: random.Random) -> tuple[Page, str, Section]:
    page = chance.choice([page for page in book.pages if page.sections])
    id_ = chance.choice(list(page.sections))
    return page, id_, page.sections[id_]


def change_item(book: Changing, chance: random.Random) -> str:
    page, id_, section = _section(book, chance)
    if section.items:
        section.items[chance.choice(list(section.items))] = sentence(chance)
    return f"bullet in {id_} of {page.file}"


def add_item(book: Changing, chance: random.Random) -> str:
    page, id_, section = _section(book, chance)
    section.items[f"more-{chance.randrange(9)}"] = sentence(chance)
    return f"new bullet in {id_} of {page.file}"


def rename_item(book: Changing, chance: random.Random) -> str:
    page, id_, section = _section(book, chance)
    names = {item: item for item in section.items}
    if names:
        names[chance.choice(list(names))] = f"renamed-{chance.randrange(9)}"
    section.items = {names[item]: text for item, text in section.items.items()}
    return f"item id in {id_} of {page.file}"


def remove_item(book: Changing, chance: random.Random) -> str:
    """The last one may go too: an empty section is a mistake."""
    page, id_, section = _section(book, chance)
    if section.items:
        del section.items[chance.choice(list(section.items))]
    return f"bullet removed from {id_} of {page.file}"


def fill_sections(book: Changing, chance: random.Random) -> str:
    for page in book.pages:
        for id_, section in page.sections.items():
            if not section.items:
                section.items["filled"] = sentence(chance)
                return f"mend the empty {id_} of {page.file}"
    return ""


def change_patch(book: Changing, chance: random.Random) -> str:
    variants = [page for page in book.pages if page.axis and page.sections]
    if not variants:
        return ""
    page = chance.choice(variants)
    section = chance.choice(list(page.sections.values()))
    section.remove = chance.choice([[], ["item-0"], ["item-0", "item-2"], ["nothing"]])
    section.after = chance.choice(["", "item-1"])
    return f"patch of {page.file}"


def change_section_title(book: Changing, chance: random.Random) -> str:
    page, id_, section = _section(book, chance)
    section.title = f"{' '.join(chance.choices(WORDS, k=2)).capitalize()}"
    return f"title of {id_} of {page.file}"


def change_section_id(book: Changing, chance: random.Random) -> str:
    page, id_, _ = _section(book, chance)
    new = "duties" if id_ != "duties" and "duties" not in page.sections else "work"
    page.sections = {new if k == id_ else k: section for k, section in page.sections.items()}
    return f"{id_} of {page.file} is {new}"


def change_group(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.roles())
    grouped = chance.random() < 0.7
    for number, section in enumerate(page.sections.values()):
        section.group = f"Part {number}" if grouped else ""
        section.title = "All of it" if grouped else f"Part {number} alone"
    return f"groups of {page.file}"


def change_blank(book: Changing, chance: random.Random) -> str:
    name = chance.choice(PLACEHOLDERS)
    label, default = name.capitalize(), chance.choice(["", *WORDS])
    if chance.random() < 0.2 and name in book.blanks:
        del book.blanks[name]
    else:
        book.blanks[name] = (f"{label} ({chance.choice(WORDS)})", default)
    return f"handbook's placeholder {name}"


def change_own_blank(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.pages)
    name = chance.choice(PLACEHOLDERS)
    if name in page.blanks:
        del page.blanks[name]
    else:
        page.blanks[name] = chance.choice(WORDS)
    return f"placeholder {name} of {page.file}"


def change_beside(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.pages)
    page.note = chance.choice(["", "Mind this.", "Mind that, *please*."])
    page.question = chance.choice(["", "Why?", "How so?"])
    return f"note and question of {page.file}"


def change_prose(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.pages)
    page.prose = chance.choice(["", sentence(chance)])
    return f"prose of {page.file}"


def change_guide(book: Changing, chance: random.Random) -> str:
    book.guide = [sentence(chance), "", f"## {sentence(chance)}", "", sentence(chance)]
    return "guide"


def change_links(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.pages)
    if page.axis:
        key = f"{page.role}/{page.id}" if page.role else page.id
        book.links = [f"See {{job:variant}}`{key}`, {{any}}`words <{key}>`, [](<#{key}>)."]
    else:
        book.links = [f"See {{job:role}}`{page.id}`, {{job:section}}`{page.id}/duties`."]
        book.links += [f"Also {{any}}`{page.id}`, [this](<#{page.id}/duties>)."]
    return f"links of the guide to {page.id}"


def shuffle(book: Changing, chance: random.Random) -> str:
    book.shuffled = chance.randrange(1000)
    return "order of the contents"


def make_mistake(book: Changing, chance: random.Random) -> str:
    page = chance.choice(book.pages)
    page.mistake = chance.choice(["unknown option", "unclosed fence", "not UTF-8"])
    return f"{page.mistake} in {page.file}"


def mend_mistake(book: Changing, chance: random.Random) -> str:
    for page in book.pages:
        if page.mistake:
            mended, page.mistake = page.mistake, ""
            return f"mend {mended} in {page.file}"
    return ""


def make_duplicate(book: Changing, chance: random.Random) -> str:
    one, other = book.roles()[0], book.roles()[-1]
    if one is other:
        return ""
    other.id = one.id
    return f"{other.file} has the id of {one.file}"


def make_circle(book: Changing, chance: random.Random) -> str:
    one, other = book.roles()[0], book.roles()[-1]
    if one is other:
        return ""
    one.extends, other.extends = other.id, one.id
    return f"{one.file} and {other.file} extend each other"


def mend_circle(book: Changing, chance: random.Random) -> str:
    for page in book.roles():
        page.extends = ""
    return "no role extends another"


EDITS: tuple[Edit, ...] = (
    *(add_role, add_variant, add_variant, add_shared_variant, remove_page, move_page),
    *(rename_id, mend_parents, mend_parents, change_title, change_title, change_noun),
    *(change_related, change_lede, change_summary, change_family, change_order),
    *(change_item, change_item),
    *(add_item, rename_item, remove_item, fill_sections, fill_sections, change_patch),
    *(change_section_title, change_section_id, change_group, change_blank, change_blank),
    *(change_own_blank, change_beside, change_prose, change_guide, change_links, shuffle),
    *(make_mistake, mend_mistake, mend_mistake, make_duplicate, make_circle, mend_circle),
)
