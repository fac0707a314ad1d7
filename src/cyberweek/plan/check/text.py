"""What was left in the text: placeholders, phone numbers, names of contacts."""

from __future__ import annotations

from collections.abc import Iterator

from cyberweek.plan.check import codes
from cyberweek.plan.reader.understood import Finding, Plan


def findings(plan: Plan) -> Iterator[Finding]:
    """Everything that should not stay in a plan that goes out."""
    for mark in plan.evidence.placeholders:
        if mark.text:
            yield codes.PLACEHOLDER.at(mark.line, f"“{mark.text}”像是没有填写的占位符")
    for mark in plan.evidence.personal:
        yield codes.PERSONAL.at(mark.line, "这一行含有联系人姓名或号码，公开前请确认可以公开")
