"""The handbook as data for other programs: an index, and a file for each role.

``schema/api.json`` describes both. Ids are those of the sources, so they stay while a title
or a page's address changes; ``version`` rises with a change that readers must know of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rolebook.catalog import Catalog
from rolebook.compose import compose
from rolebook.exports.json import item_object, template_object
from rolebook.interview.kit import Kit, whole_kit
from rolebook.interview.model import Assessment, Grade, Question, Sample, Stage
from rolebook.model import Axis, Item, Role, Variant

INDEX_FORMAT, ROLE_FORMAT = "rolebook-index", "rolebook-role"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Publication:
    """What the site knows of a handbook beyond its sources.

    ``page`` gives the address of the page that a file becomes, relative to the site's root.
    """

    handbook: str
    licence: str
    licence_url: str
    page: Callable[[str], str]

    def terms(self) -> dict[str, Any]:
        """The name and the licence, as each file has them."""
        licence = {"name": self.licence, "url": self.licence_url} if self.licence else None
        return {"handbook": self.handbook, "licence": licence}


def index_object(catalog: Catalog, publication: Publication) -> dict[str, Any]:
    """All roles, each with its variants, its page and the file of its data."""
    return {
        "format": INDEX_FORMAT,
        "version": VERSION,
        **publication.terms(),
        "roles": [
            {
                **_facts(role, publication),
                "data": f"roles/{role.id}.json",
                "variants": _variants(catalog, role, publication),
            }
            for _, role in sorted(catalog.roles.items())
        ],
    }


def role_object(catalog: Catalog, role: Role, publication: Publication) -> dict[str, Any]:
    """A role: its templates, alone and with each variant of its own, and its interview kit.

    A variant that many roles share is named with its page; the command composes any choice.
    """
    own = [variant for variant in catalog.variants_of(role).values() if variant.role == role.id]
    choices: list[Mapping[Axis, str]] = [{}, *({v.axis: v.id} for v in own)]
    kit = whole_kit(catalog, role.id)
    return {
        "format": ROLE_FORMAT,
        "version": VERSION,
        **publication.terms(),
        **_facts(role, publication),
        "variants": _variants(catalog, role, publication),
        "templates": [template_object(compose(catalog, role.id, c), {}) for c in choices],
        "questions": [
            {"question": q.question, "answer": [item_object(item) for item in q.items]}
            for q in role.questions
        ],
        "interview": _kit(kit) if kit else None,
    }


def to_bytes(data: Mapping[str, Any]) -> bytes:
    """Data as a file: sorted keys, one line, so that equal data are equal bytes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{text}\n".encode()


def _facts(role: Role, publication: Publication) -> dict[str, Any]:
    return {
        "id": role.id,
        "name": role.heading,
        "summary": role.lede,
        "language": role.language,
        "family": role.family,
        "skills": list(role.skills),
        "related": list(role.related),
        "page": publication.page(role.origin.file),
    }


def _variants(catalog: Catalog, role: Role, publication: Publication) -> list[dict[str, Any]]:
    return [_variant(v, publication) for v in catalog.variants_of(role).values()]


def _variant(variant: Variant, publication: Publication) -> dict[str, Any]:
    return {
        "axis": variant.axis.value,
        "id": variant.id,
        "name": variant.heading,
        "shared": variant.role is None,
        "page": publication.page(variant.origin.file),
    }


def _kit(kit: Kit) -> dict[str, Any]:
    return {
        "competencies": [
            {"id": c.id, "title": c.title, "text": _texts(c.items)} for c in kit.competencies
        ],
        "stages": [_stage(stage) for stage in kit.stages],
        "questions": [_question(question) for question in kit.questions],
        "samples": [_sample(sample) for sample in kit.samples],
        "handouts": [{"id": h.id, "title": h.title, "text": _texts(h.items)} for h in kit.handouts],
    }


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "id": stage.id,
        "title": stage.title,
        "minutes": stage.minutes,
        "with": stage.people,
        "for": {axis.value: list(ids) for axis, ids in stage.scope.items()},
        "candidate": _texts(stage.candidate),
        "interviewers": _texts(stage.interviewers),
    }


def _assessment(each: Assessment) -> dict[str, Any]:
    return {
        "id": each.id,
        "text": each.text,
        "competency": each.competency,
        "stage": each.stage,
        "minutes": each.minutes or None,
        "for": {axis.value: list(ids) for axis, ids in each.scope.items()},
        "assesses": list(each.assesses),
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        **_assessment(question),
        "kind": question.kind.value,
        "probes": _texts(question.probes),
        "answers": _grades(question.answers),
        "warnings": _texts(question.warnings),
    }


def _sample(sample: Sample) -> dict[str, Any]:
    return {
        **_assessment(sample),
        "brief": _texts(sample.brief),
        "criteria": [
            {"name": row.name.text, "grades": _grades(row.grades)} for row in sample.criteria
        ],
        "ai_use": sample.ai_use.text,
        "adjustments": sample.adjustments.text,
        "pay": sample.pay.text if sample.pay else None,
    }


def _grades(grades: Mapping[Grade, Item]) -> dict[str, str]:
    return {grade.value: grades[grade].text for grade in Grade}


def _texts(items: tuple[Item, ...]) -> list[str]:
    return [item.text for item in items]
