"""How each state is said on a pill: its word, tone and sign. Not the states themselves: those belong to the rooms above."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Word:
    label: str | Promise
    tone: str = "quiet"
    icon: str = ""


_WORDS = {
    "open": Word(_("正在进行"), "good", "play"),
    "not-open": Word(_("尚未开始"), "quiet", "clock"),
    "upcoming": Word(_("即将开始"), "quiet", "clock"),
    "closed": Word(_("已结束")),
    "full": Word(_("名额已满"), "warn"),
    "offline": Word(_("线下举行"), "quiet", "place"),
    "draft": Word(_("草稿")),
    "published": Word(_("已发布"), "good", "check"),
    "superseded": Word(_("已被替换")),
    "withdrawn": Word(_("已撤下"), "bad"),
    "writing": Word(_("编写中")),
    "waiting": Word(_("待审核"), "warn", "clock"),
    "reviewed": Word(_("已审核"), "good", "check"),
    "confirmed": Word(_("已确认"), "good", "check"),
    "assigned": Word(_("待签收"), "warn"),
    "signed": Word(_("已签收"), "quiet", "check"),
    "working": Word(_("办理中"), "quiet", "clock"),
    "reported": Word(_("待复核"), "warn", "clock"),
    "asked": Word(_("申请延期"), "warn", "clock"),
    "dropped": Word(_("已撤销")),
    "done": Word(_("已办结"), "good", "check"),
    "due": Word(_("快到期"), "warn", "clock"),
    "late": Word(_("已逾期"), "bad", "warning"),
    "refused": Word(_("未通过"), "bad"),
    "error": Word(_("错误"), "bad", "warning"),
    "warning": Word(_("警告"), "warn", "warning"),
    "information": Word(_("提示")),
    "accepted": Word(_("已认可"), "quiet", "check"),
    "simulated": Word(_("模拟"), "warn"),
    "demo": Word(_("演示"), "warn"),
}


def word_of(state: str) -> Word:
    """Return how a state is said; one without a word of its own is said as it is written."""
    return _WORDS.get(state) or Word(state)
