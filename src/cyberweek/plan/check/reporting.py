"""What is handed in: too early, to nobody, never; what goes on without a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cyberweek.plan.check import codes
from cyberweek.plan.reader.understood import Finding, Plan

_CLOSING = re.compile(r"总结|成果|开展情况|活动情况|统计|数据|小结|影像|图片")
_BEFOREHAND = re.compile(r"方案|报名|计划|作品|名单|联络员|联系人|参赛|安排|预案|回执|选手")


def findings(plan: Plan) -> Iterator[Finding]:
    """Everything questionable about reporting."""
    for at, deadline in enumerate(plan.deadlines):
        line = plan.line_of(f"deadlines[{at}]")
        what = deadline.what or ""
        closing = bool(_CLOSING.search(what)) and not _BEFOREHAND.search(what)
        if (
            closing
            and deadline.date
            and plan.end
            and plan.start
            and plan.start <= plan.end
            and deadline.date < plan.end
        ):
            yield codes.TOO_EARLY.at(line, f"“{what}”要求在 {deadline.date} 前报送，活动周到 {plan.end} 才结束")
        if closing and not deadline.to and not deadline.channels:
            yield codes.NO_RECEIVER.at(line, f"“{what}”没有写明报给谁")
    closings = [each for each in plan.deadlines if _CLOSING.search(each.what or "")]
    if not closings and (plan.task_rows or len(plan.activities) > 2):
        yield codes.NO_CLOSING.at(plan.line_of("title"), "没有写明活动总结的报送时限")
    if plan.onward and not any(each.to and set(each.to.split("、")) & set(plan.onward) for each in plan.deadlines):
        yield codes.ONWARD_OPEN.at(plan.line_of("onward"), f"总结报送“{'、'.join(plan.onward)}”没有写明时限")
