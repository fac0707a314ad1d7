"""Incidents and their facts as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from cyberweek.duty.facts import (
    ActivityTakenAway,
    EvidenceKept,
    IncidentClosed,
    IncidentGraded,
    IncidentHandled,
    IncidentNoted,
    IncidentRegistered,
    IncidentReported,
    PartyTold,
)
from cyberweek.ledger.fact import Fact
from cyberweek.ui.templatetags.ui import moment

GRADE_NAMES = {
    "general": _("一般"),
    "larger": _("较大"),
    "major": _("重大"),
    "extraordinary": _("特别重大"),
}
SORT_NAMES = {
    "outage": _("服务中断"),
    "leak": _("信息泄露"),
    "content": _("内容被篡改"),
    "flaw": _("发现漏洞"),
    "other": _("其他"),
}
PARTY_NAMES = {
    "superior": _("上级网信部门"),
    "police": _("公安机关"),
    "leaders": _("本单位领导"),
    "supplier": _("技术服务单位"),
    "residents": _("受影响的居民"),
    "guardians": _("未成年人的监护人"),
    "media": _("媒体"),
}
LETTER_NAMES = {"first": _("首次报告"), "follow-up": _("续报"), "summary": _("总结报告")}
STAGE_NAMES = {"open": _("处置中"), "handled": _("已处置"), "closed": _("已办结")}
MEASURES = {
    "minutes": (_("服务中断了多少分钟"), ("outage",)),
    "people": (_("涉及多少人的个人信息"), ("leak",)),
    "home_minutes": (_("首页上的违法内容留了多少分钟"), ("content",)),
    "page_minutes": (_("其他页面上留了多少分钟"), ("content",)),
    "forwards": (_("被转发多少次"), ("content",)),
    "views": (_("被浏览多少次"), ("content",)),
    "yuan": (_("直接经济损失（元）"), ()),
}
"""By figure: what is asked, and for which sorts of incidents it is asked first."""

_SAID = {
    IncidentRegistered.KIND: _("登记安全事件"),
    IncidentNoted.KIND: _("记一笔"),
    EvidenceKept.KIND: _("留存证据"),
    ActivityTakenAway.KIND: _("撤下活动"),
    IncidentHandled.KIND: _("处置完毕"),
    IncidentClosed.KIND: _("事件办结"),
}


def act_words(kind: str, body: Mapping[str, Any]) -> str | None:
    """Say a fact of duty by its kind and body; None for a fact that belongs to another room."""
    if kind == IncidentRegistered.KIND:
        said = translated("登记安全事件：%(sort)s，%(grade)s") % {
            "sort": SORT_NAMES[body["sort"]], "grade": GRADE_NAMES[body["grade"]]
        }  # fmt: skip
        return translated("演练：%(words)s") % {"words": said} if body["drill"] else said
    if kind == IncidentGraded.KIND:
        by = translated("按法规包的数字") if body["by"] == "pack" else translated("按岗位的判断")
        return translated("定级：%(grade)s（%(by)s）") % {"grade": GRADE_NAMES[body["grade"]], "by": by}
    if kind == PartyTold.KIND:
        return translated("%(moment)s告知%(party)s") % {
            "moment": moment(body["told"]), "party": PARTY_NAMES[body["party"]]
        }  # fmt: skip
    if kind == IncidentReported.KIND:
        return translated("%(moment)s报出%(letter)s") % {
            "moment": moment(body["sent"]), "letter": LETTER_NAMES[body["letter"]]
        }  # fmt: skip
    return str(_SAID[kind]) if kind in _SAID else None


def said(fact: Fact) -> str:
    return act_words(fact.KIND, msgspec.to_builtins(fact)) or fact.KIND
