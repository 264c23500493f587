"""What the rules of a jurisdiction ask of the templates made for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rolebook.catalog import Catalog
from rolebook.compose import compose
from rolebook.diagnostics import Code, Diagnostic, diagnostic_at, known
from rolebook.model import Axis, Duty, Role, Rules, Template, Variant
from rolebook.rules_text import is_later
from rolebook.vacancy import detail_of


def check_rules(catalog: Catalog, variant: Variant, today: date) -> Iterator[Diagnostic]:
    """What is wrong with a jurisdiction's rules, whatever the role."""
    rules = catalog.rules_of(variant)
    if rules is None:
        yield diagnostic_at(
            variant.origin,
            Code.MISSING_RULES,
            f"The jurisdiction '{variant.key}' does not say what its law asks.",
            "Add a '{job:rules}' block, with ':pay: not-required' if pay need not be told.",
        )
    elif is_later(rules.checked, today.isoformat()):
        yield diagnostic_at(
            rules.origin,
            Code.BAD_VALUE,
            f"By ':checked: {rules.checked}', the sources were read after today, {today}.",
            "Write the day on which they were last read.",
        )


def requirements(
    catalog: Catalog, variant: Variant, template: Template, role: Role
) -> Iterator[Diagnostic]:
    """What a jurisdiction requires, and its template for a role lacks or may leave blank."""
    rules = catalog.rules_of(variant)
    if rules is None:
        return
    names = [placeholder.name for placeholder in template.placeholders]
    for name in rules.requires:
        if name not in names and not _inherited(catalog, variant, rules, role, name):
            yield diagnostic_at(
                rules.origin if variant.rules else variant.origin,
                Code.MISSING_PLACEHOLDER,
                f"The template of '{role.id}' in '{variant.key}' has no placeholder '{name}'.",
                f"Add a line with '{{{{ {name} }}}}', or take it out of ':requires:'. "
                + known(name, names, "placeholder"),
            )
    # The other duties have no detail by which their placeholder could be known.
    for detail, duty in (("benefits", rules.benefits), ("deadline", rules.deadline)):
        holders = [p.name for p in template.placeholders if detail_of(p) == detail]
        if duty is Duty.REQUIRED and holders and not {*holders} & {*rules.requires}:
            yield diagnostic_at(
                rules.origin,
                Code.BLANK_DUTY,
                f"These rules have ':{detail}: required', and let '{holders[0]}' stay blank.",
                f"Add '{holders[0]}' to ':requires:'.",
            )


def _inherited(catalog: Catalog, variant: Variant, rules: Rules, role: Role, name: str) -> bool:
    """Whether the jurisdiction that a variant has its rules from lacks a placeholder too."""
    for parent in catalog.variant_lineage(variant)[:-1]:
        if parent.rules is rules and parent.axis is Axis.JURISDICTION:
            template = compose(catalog, role.id, {parent.axis: parent.id})
            return all(placeholder.name != name for placeholder in template.placeholders)
    return False
