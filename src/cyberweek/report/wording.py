"""The summary's own sentences in official Chinese: figures come from the edition, never from a hand."""

from __future__ import annotations

from datetime import date

from cyberweek.report.edition import Body, Held

NUMERALS = "零一二三四五六七八九十"


def title(body: Body) -> str:
    return f"关于{body.campaign}活动开展情况的报告"


def overview(body: Body) -> str:
    """When, on which theme, how much of everything."""
    theme = f"以“{body.theme}”为主题，" if body.theme else ""
    return (
        f"{span(body.starts, body.ends)}，{body.campaign}{theme}组织开展活动{len(body.activities)}项，"
        f"设主题日{len(body.theme_days)}个，{body.units}个单位承担任务{body.tasks}项。"
    )


def participation(body: Body) -> str:
    """What people did, as far as it was counted."""
    online = (
        f"网上知识问答共有{body.value('quiz.participants')}台设备参与，作答{body.value('quiz.answers')}题次，"
        f"完成答卷{body.value('quiz.papers')}份，其中合格{body.value('quiz.passed')}份，"
        f"答题正确率{percent(body.value('quiz.right-answers'), body.value('quiz.answers'))}。"
    )
    people = body.people()
    return online + (f"各单位报送线下参与{people}人次。" if people else "")


def activity(body: Body, held: Held) -> str:
    """When, where and by whom; then what was counted."""
    parts = [span(held.starts, held.ends)] if held.starts else []
    if held.place:
        parts.append(f"在{held.place}举行")
    if held.hosts:
        parts.append(f"由{'、'.join(held.hosts)}主办")
    sentence = "，".join(parts) + "。" if parts else "按方案组织开展。"
    return sentence + _counted(body, held)


def tasks(body: Body) -> str:
    back = body.by_bucket("task.acts-taken-back", "act:")

    def stood(name: str) -> int:
        return body.value(name) - back.get(name, 0)

    assigned, closed = stood("task.assigned"), stood("task.closed") - stood("task.reopened")
    return (
        f"任务分工共交办{assigned}项次，已签收{stood('task.signed-for')}项次，已办结{closed}项次，"
        f"办结率{percent(closed, assigned)}。"
    )


def span(starts: str, ends: str) -> str:
    """2021年10月11日至17日; only what differs is said twice."""
    first, last = date.fromisoformat(starts), date.fromisoformat(ends or starts)
    said = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return said
    if first.year != last.year:
        return f"{said}至{last.year}年{last.month}月{last.day}日"
    return f"{said}至{last.day}日" if first.month == last.month else f"{said}至{last.month}月{last.day}日"


def percent(part: int, whole: int) -> str:
    """One decimal, rounded half up; a dash where there is nothing to divide by."""
    if whole == 0:
        return "—"
    tenths = (part * 1000 * 2 + whole) // (whole * 2)
    return f"{tenths // 10}.{tenths % 10}%"


def _counted(body: Body, held: Held) -> str:
    said = ""
    if held.kind == "quiz" and held.release:
        said += (
            f"参与设备{body.value('quiz.participants', held.id)}台，完成答卷{body.value('quiz.papers', held.id)}份，"
            f"合格{body.value('quiz.passed', held.id)}份。"
        )
    people = body.people(held.id)
    return said + (f"报送参与{people}人次。" if people else "")
