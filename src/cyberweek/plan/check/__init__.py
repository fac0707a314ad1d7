"""A compiler for plans: reads what was understood and says what a careful colleague would ask. Changes nothing."""

from __future__ import annotations

from cyberweek.plan.check import activities, dates, division, reporting, text, theme_days
from cyberweek.plan.check.codes import CODES, Code
from cyberweek.plan.reader.understood import Finding, Plan

_GROUPS = (dates, activities, theme_days, division, reporting, text)

__all__ = ["CODES", "Code", "check", "checked"]


def check(plan: Plan) -> list[Finding]:
    """Every finding of a plan in the order of its lines."""
    found = [finding for group in _GROUPS for finding in group.findings(plan)]
    unique = {(each.code, each.message, each.line): each for each in found}
    return sorted(unique.values(), key=lambda each: (each.line or 0, each.code, each.message))


def checked(plan: Plan) -> Plan:
    """The same plan with its findings filled in."""
    plan.findings = check(plan)
    return plan
