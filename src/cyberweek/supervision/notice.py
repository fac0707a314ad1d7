"""The draft of a notice (通报) on how the units do, in Chinese as official documents are; the office finishes and signs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from cyberweek.component.ports import OfficialText, TableText, document_writers
from cyberweek.plan.models import Campaign
from cyberweek.supervision.queries import TaskLine, in_state
from cyberweek.supervision.rules import ASSIGNED, DONE, LATE, REPORTED, WITHDRAWN

COLUMNS = (("序号", 12), ("责任单位", 40), ("任务", 70), ("期限", 24))


def write(campaign: Campaign, lines: Sequence[TaskLine], today: date) -> bytes:
    """The draft as .docx."""
    (writer,) = document_writers
    return writer(draft(campaign, lines, today))


def draft(campaign: Campaign, lines: Sequence[TaskLine], today: date) -> OfficialText:
    """What the notice says, from how every task stands today."""
    own = [line for line in lines if line.state.stage != WITHDRAWN]
    late = in_state(own, LATE)
    blocks = [
        (0, f"现将{campaign.name_zh}任务分工落实情况通报如下。"),
        (1, "总体情况"),
        (0, _overview(own, today)),
        (1, "按时办结情况"),
        (0, _praised(own)),
        (1, "逾期情况"),
        (0, _late(late)),
        (1, "工作要求"),
        (0, "请尚未签收、尚未反馈的单位抓紧办理，逾期任务须说明原因和完成时间；已反馈的，请按复核意见补齐佐证材料。"),
    ]
    annexes = (TableText("逾期任务清单", COLUMNS, tuple(_rows(late))),) if late else ()
    return OfficialText(
        title=f"关于{campaign.name_zh}任务办理情况的通报",
        recipient="各责任单位",
        blocks=tuple(blocks),
        signed_by=campaign.area,
        date=_said(today),
        mark="草稿",
        annexes=annexes,
    )


def _overview(lines: Sequence[TaskLine], today: date) -> str:
    done, late = len(in_state(list(lines), DONE)), len(in_state(list(lines), LATE))
    reported, unsigned = len(in_state(list(lines), REPORTED)), len(in_state(list(lines), ASSIGNED))
    units = len({line.pair.unit_id for line in lines})
    return (
        f"截至{_said(today)}，{units}个单位承担任务{len(lines)}项次，已办结{done}项次，已反馈待复核{reported}项次，"
        f"尚未签收{unsigned}项次，逾期{late}项次。"
    )


def _praised(lines: Sequence[TaskLine]) -> str:
    """Units all of whose tasks are done."""
    open_units = {line.pair.unit_id for line in lines if line.state.stage != DONE}
    names = _names(line for line in lines if line.pair.unit_id not in open_units)
    return f"{'、'.join(names)}承担的任务已全部办结。" if names else "目前还没有单位全部办结。"


def _late(lines: Sequence[TaskLine]) -> str:
    if not lines:
        return "没有逾期未办的任务。"
    return f"{'、'.join(_names(lines))}有任务逾期未办结，共{len(lines)}项次，清单见附件。"


def _names(lines: Iterable[TaskLine]) -> list[str]:
    return list(dict.fromkeys(line.pair.unit.name_zh for line in lines))


def _rows(lines: Sequence[TaskLine]) -> Iterable[tuple[str, ...]]:
    for number, line in enumerate(lines, 1):
        due = _said(line.state.due) if line.state.due else ""
        yield (str(number), line.pair.unit.name_zh, line.pair.task.text_zh, due)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
