"""The codes of findings: number, severity and title of each. Their pages are docs/plan-findings/<code>.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cyberweek.plan.reader.understood import Finding

Severity = Literal["error", "warning", "information"]


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding. A code once published keeps its meaning."""

    code: str
    severity: Severity
    title: str

    def at(self, line: int | None, message: str) -> Finding:
        """A finding of this kind."""
        return Finding(self.code, self.severity, message, line)


REVERSED = Code("P101", "error", "起止日期颠倒")
OUTSIDE = Code("P102", "warning", "活动不在活动周内")
WEEKDAY = Code("P103", "error", "星期与日期不符")
NO_YEAR = Code("P104", "warning", "没有年份")
NO_WEEK = Code("P105", "warning", "没有活动周起止日期")
IMPOSSIBLE = Code("P106", "error", "日期不存在")
NO_OWNER = Code("P201", "warning", "活动没有责任单位")
TWO_NAMES = Code("P202", "warning", "同一活动有两个名称")
GAP = Code("P203", "warning", "编号不连续")
NO_DATE = Code("P204", "information", "活动没有时间")
NO_PLACE = Code("P205", "information", "启动仪式没有时间或地点")
SAME_NAME = Code("P206", "warning", "两项活动同名")
GROUP_ONLY = Code("P207", "information", "责任单位只有泛称")
NO_ACTIVITY = Code("P208", "warning", "没有活动")
DAY_OUTSIDE = Code("P301", "error", "主题日不在活动周内")
DAY_TWICE = Code("P302", "error", "主题日有两个日期")
DAY_NO_LEAD = Code("P303", "warning", "主题日没有牵头单位")
DAY_SHARED = Code("P304", "information", "两个主题日在同一天")
DAY_NO_DATE = Code("P305", "information", "主题日没有日期")
NO_ROW = Code("P401", "warning", "承担任务的单位不在分工表")
ONLY_TEXT = Code("P402", "warning", "职责只写在正文")
ONLY_TABLE = Code("P403", "information", "职责只写在分工表")
ALIAS = Code("P404", "information", "同一单位有两个名称")
REPEATED = Code("P405", "warning", "同一单位的任务重复")
EMPTY_ROW = Code("P406", "error", "分工行缺单位或任务")
UNDEFINED = Code("P407", "warning", "机构没有说明")
TOO_EARLY = Code("P501", "warning", "总结时限早于活动周结束")
NO_RECEIVER = Code("P502", "warning", "报送没有接收单位")
NO_CLOSING = Code("P503", "information", "没有总结报送时限")
ONWARD_OPEN = Code("P504", "information", "转报没有时限")
PLACEHOLDER = Code("P601", "warning", "留有占位符")
PERSONAL = Code("P602", "information", "含有联系人或号码")

CODES = {
    each.code: each
    for each in (
        REVERSED, OUTSIDE, WEEKDAY, NO_YEAR, NO_WEEK, IMPOSSIBLE,
        NO_OWNER, TWO_NAMES, GAP, NO_DATE, NO_PLACE, SAME_NAME, GROUP_ONLY, NO_ACTIVITY,
        DAY_OUTSIDE, DAY_TWICE, DAY_NO_LEAD, DAY_SHARED, DAY_NO_DATE,
        NO_ROW, ONLY_TEXT, ONLY_TABLE, ALIAS, REPEATED, EMPTY_ROW, UNDEFINED,
        TOO_EARLY, NO_RECEIVER, NO_CLOSING, ONWARD_OPEN, PLACEHOLDER, PERSONAL,
    )
}  # fmt: skip
