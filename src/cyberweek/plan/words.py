"""What people call the kinds of activities, and acts on plans as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from cyberweek.plan.facts import CampaignShown, PlanConfirmed, PlanRevised

KIND_NAMES = {
    "gathering": _("论坛与仪式"),
    "expo": _("体验展"),
    "contest": _("攻防竞赛"),
    "theme-days": _("主题日"),
    "recommendation": _("企业推荐"),
    "works": _("作品征集"),
    "quiz": _("知识问答"),
    "duel": _("在线对战"),
    "survey": _("满意度调查"),
    "classroom": _("云课堂"),
    "media": _("媒体宣传"),
    "outreach": _("进基层"),
    "other": _("其他"),
}


def act_words(kind: str, body: Mapping[str, Any]) -> str | None:
    """Say a fact about a plan by its kind and body; None for a fact that belongs to another room."""
    if kind == PlanConfirmed.KIND:
        return translated("确认方案，成为活动周")
    if kind == PlanRevised.KIND:
        return translated("按修订方案更新活动周，%(count)d 处不同") % {"count": body["changes"]}
    if kind == CampaignShown.KIND:
        return translated("把一个活动周展示给所有人")
    return None
