"""``rolebook list`` and ``rolebook show``: what a handbook holds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from rolebook import rules_text
from rolebook.catalog import ALL, Catalog, load
from rolebook.cli.common import root_option
from rolebook.compose import compose
from rolebook.diagnostics import known
from rolebook.inline import prepare
from rolebook.model import Axis, Patch, Role, Variant


@click.command(
    "list",
    epilog="""\b
Examples:
  rolebook list                         every role and variant
  rolebook list --kind role""",
)
@click.option(
    "--kind",
    type=click.Choice(["role", "variant"]),
    help="Only these; by default all.",
)
@root_option
@click.pass_obj
def list_(root: Path, kind: str | None, own_root: Path | None) -> None:
    """Print the id of every role and variant, one a line."""
    catalog = load(own_root or root)
    keys = [*catalog.roles] if kind != "variant" else []
    keys += [*catalog.variants] if kind != "role" else []
    for key in sorted(keys):
        click.echo(key)


@click.command(
    epilog="""\b
Examples:
  rolebook show machine-learning-engineer
  rolebook show machine-learning-engineer/senior"""
)
@click.argument("id")
@root_option
@click.pass_obj
def show(root: Path, id: str, own_root: Path | None) -> None:
    """Describe one role or variant: where it is, what it takes, what it asks for."""
    catalog = load(own_root or root)
    entity = catalog.roles.get(id) or catalog.variants.get(id)
    if entity is None:
        names = [*catalog.roles, *catalog.variants]
        same = sorted(name for name in catalog.variants if name.endswith(f"/{id}"))
        remedy = f"Name its role too: {', '.join(same)}." if same else known(id, names, "role")
        raise click.UsageError(f"There is no role or variant '{id}'. {remedy}")
    click.echo(entity.heading)
    facts = [*_facts(catalog, entity)]
    width = max(14, *(len(name) + 1 for name, _ in facts))
    for name, value in facts:
        click.echo(f"  {name + ':':<{width}} {value}")
    if isinstance(entity, Variant) and catalog.rules_of(entity):
        click.echo(f"  {rules_text.NO_ADVICE}")


def _facts(catalog: Catalog, entity: Role | Variant) -> Iterable[tuple[str, str]]:
    yield "id", entity.key
    yield "file", f"{entity.origin.file}:{entity.origin.line}"
    if isinstance(entity, Variant):
        yield "axis", entity.axis
        if entity.extends:
            yield "extends", entity.extends
        elif ALL in entity.applies_to:
            yield "applies to", "all roles"
        else:
            yield "applies to", f"roles of the family {' or '.join(entity.applies_to)}"
        yield "roles", ", ".join(role.id for role in catalog.roles_of(entity)) or "none"
        yield "changes", ", ".join(dict.fromkeys(_changed(entity))) or "nothing"
        if rules := catalog.rules_of(entity):
            for fact in rules_text.facts(rules):
                yield fact.name.lower(), "".join(prepare(fact.text)[1])
        return
    template = compose(catalog, entity.id)
    yield "family", entity.family or "none"
    yield "skills", ", ".join(entity.skills) or "none"
    for axis in Axis:
        ids = [id_ for other, id_ in catalog.variants_of(entity) if other is axis]
        if ids:
            yield axis, ", ".join(ids)
    yield "sections", ", ".join(section.id for section in template.sections) or "none"
    yield "placeholders", ", ".join(p.name for p in template.placeholders) or "none"


def _changed(variant: Variant) -> Iterable[str]:
    for block in variant.blocks:
        yield block.section if isinstance(block, Patch) else block.id
