"""The letters about an incident, in official Chinese, from what is recorded. Not the writer: that is offered by a port.

What nobody has recorded is left as a blank to fill in, never as a figure.
"""

from __future__ import annotations

from datetime import datetime

from cyberweek.component.ports import OfficialText
from cyberweek.duty.incidents.grading import Measures
from cyberweek.duty.incidents.queries import Act, IncidentLine, pack_of
from cyberweek.duty.incidents.rules import FIRST, FOLLOW_UP, SUMMARY
from cyberweek.kernel.clock import CHINA, from_ms

RESIDENTS = "residents"
KINDS = (FIRST, FOLLOW_UP, SUMMARY, RESIDENTS)
_BLANK = "（待补充）"
_GRADES = {"general": "一般", "larger": "较大", "major": "重大", "extraordinary": "特别重大"}
_SORTS = {
    "outage": "服务中断",
    "leak": "个人信息泄露",
    "content": "内容被篡改",
    "flaw": "安全漏洞",
    "other": "网络安全",
}
_TITLES = {
    FIRST: "关于{name}事件的报告",
    FOLLOW_UP: "关于{name}事件的续报",
    SUMMARY: "关于{name}事件处置情况的总结报告",
    RESIDENTS: "关于{name}事件的告知书",
}
_FIGURES = {
    "minutes": "服务中断{:,}分钟",
    "people": "涉及{:,}人的个人信息",
    "home_minutes": "首页出现违法内容{:,}分钟",
    "page_minutes": "其他页面出现违法内容{:,}分钟",
    "forwards": "被转发{:,}次",
    "views": "被浏览{:,}次",
    "yuan": "直接经济损失{:,}元",
}


def letter(kind: str, line: IncidentLine, acts: list[Act], measures: Measures, now: datetime) -> OfficialText:
    """The letter of a kind as it would go out now."""
    campaign, mark = line.incident.campaign, "演练" if line.incident.is_drill else ""
    name = f"{campaign.name_zh}{_SORTS[line.state.sort]}"
    blocks = {FIRST: _report, FOLLOW_UP: _report, SUMMARY: _summary, RESIDENTS: _notice}[kind](line, acts, measures)
    return OfficialText(
        title=_TITLES[kind].format(name=name),
        recipient="受影响的各位居民" if kind == RESIDENTS else "上级网信部门",
        blocks=blocks,
        signed_by=f"{campaign.area}网络安全宣传周推进办公室",
        date=_day(now),
        mark=mark,
    )


def _report(line: IncidentLine, acts: list[Act], measures: Measures) -> tuple[tuple[int, str], ...]:
    """The items that the rule names; a first report may leave all but the first two for later."""
    return _sections(
        ("单位和系统基本情况", [f"{line.incident.campaign.name_zh}活动平台{_where(line)}。"]),
        ("事件情况", [_what(line, acts, measures)]),
        ("已采取的措施", _done(acts)),
        ("发展趋势", [_BLANK]),
        ("原因的初步分析", [_BLANK]),
        ("溯源线索", [_kept(acts)]),
        ("下一步措施和请求支援事项", [_BLANK]),
        ("现场保护情况", [_kept(acts)]),
    )


def _summary(line: IncidentLine, acts: list[Act], measures: Measures) -> tuple[tuple[int, str], ...]:
    return _sections(
        ("事件经过", [_what(line, acts, measures)]),
        ("原因", [_BLANK]),
        ("处置措施", _done(acts)),
        ("危害和影响", [_figures(measures) or "没有发现可以用数字说明的危害。"]),
        ("责任认定", [_BLANK]),
        ("整改情况", [_BLANK]),
        ("经验教训", [_BLANK]),
    )


def _notice(line: IncidentLine, acts: list[Act], measures: Measures) -> tuple[tuple[int, str], ...]:
    """What people must be told when something about them may have leaked."""
    return _sections(
        ("发生了什么", [_what(line, acts, measures)]),
        ("涉及的信息种类", [_BLANK]),
        ("可能的危害", [_BLANK]),
        ("我们已经做的", _done(acts)),
        ("您可以做的", ["如收到自称主办方的电话或者短信，请不要提供密码和验证码，并拨打96110核实。"]),
        ("联系方式", [_BLANK]),
    )


def _sections(*parts: tuple[str, list[str]]) -> tuple[tuple[int, str], ...]:
    return tuple(block for title, texts in parts for block in ((1, title), *((0, text) for text in texts)))


def _where(line: IncidentLine) -> str:
    return f"，涉及活动“{line.incident.activity.name_zh}”" if line.incident.activity else ""


def _what(line: IncidentLine, acts: list[Act], measures: Measures) -> str:
    first = acts[0].text.strip().rstrip("。") if acts and acts[0].text else _BLANK
    figures = f"目前已知{known}。" if (known := _figures(measures)) else ""
    state = line.state
    rule = pack.incidents.source if (pack := pack_of(state)).incidents else ""
    return (
        f"{_moment(state.noticed)}发现{_SORTS[state.sort]}事件：{first}。{figures}"
        f"{f'按《{rule}》' if rule else ''}初步定为{_GRADES[state.grade]}网络安全事件。"
    )


def _figures(measures: Measures) -> str:
    known = [words.format(getattr(measures, name)) for name, words in _FIGURES.items() if getattr(measures, name)]
    return "，".join(known)


def _done(acts: list[Act]) -> list[str]:
    """Every act after the first, as the record has it."""
    said = [f"{_moment(act.at)}，{act.words}{'：' + act.text.strip() if act.text else ''}" for act in acts[1:]]
    return [f"{each.rstrip('。')}。" for each in said] or [_BLANK]


def _kept(acts: list[Act]) -> str:
    files = [act.evidence for act in acts if act.evidence]
    if not files:
        return _BLANK
    return "已留存" + "；".join(f"{each.name}（SHA-256 {each.digest[:16]}…）" for each in files) + "。"


def _moment(ms: int) -> str:
    at = from_ms(ms).astimezone(CHINA)
    return f"{_day(at)}{at.hour}时{at.minute:02}分"


def _day(at: datetime) -> str:
    day = at.astimezone(CHINA)
    return f"{day.year}年{day.month}月{day.day}日"
