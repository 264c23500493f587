"""A page of every kind that the site has."""

from __future__ import annotations

from collections.abc import Mapping

from role_page import BASE, COMPARE, KIT, ROLE, SENIOR

KINDS: Mapping[str, str] = {
    "home": "index.html",
    "list of roles": "roles/index.html",
    "role": BASE,
    "level": SENIOR,
    "specialisation": f"roles/{ROLE}/nlp.html",
    "comparison": COMPARE,
    "kit": KIT,
    "kit of any role": "roles/any-role/interview.html",
    "variant for every role": "variants/industries/healthcare.html",
    "list of jurisdictions": "variants/jurisdictions/index.html",
    "jurisdiction": "variants/jurisdictions/us-co.html",
    "list of pay": "pay/index.html",
    "pay of a role": f"pay/{ROLE}.html",
    "pay by area": f"pay/{ROLE}-areas.html",
    "skills": "skills.html",
    "guide": "guides/pay.html",
    "glossary": "glossary.html",
    "placeholders": "placeholders.html",
    "about": "about.html",
    "search": "search.html",
    "what a search found": "search.html?q=drift",
    "address that leads nowhere": "404.html",
    "manual": "manual/index.html",
    "page of the manual": "manual/command.html",
}
"""By name, the address of one page below that of the site with its manual and its search."""

SIZES: Mapping[str, tuple[int, int]] = {"phone": (390, 844), "desktop": (1280, 900)}
"""By name, the width and height of a window in pixels."""
