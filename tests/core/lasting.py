"""Findings but those that come with time alone, so that a test does not fail by the calendar."""

from __future__ import annotations

from rolebook.catalog import Catalog
from rolebook.check import check
from rolebook.diagnostics import Code, Diagnostic


def lasting_findings(catalog: Catalog) -> tuple[Diagnostic, ...]:
    return tuple(finding for finding in check(catalog) if finding.code is not Code.REVIEW_DUE)
