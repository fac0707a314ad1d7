"""What participants agree to and are told, in both languages; the digest of a consent is kept with the claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cyberweek.prizes.facts import (
    AddressesRead,
    DayKeyPublished,
    DrawHeld,
    ListFrozen,
    MarkDecided,
    ParticipantMarked,
    PersonsErased,
    PrizeForfeited,
    SheetFrozen,
    SourceConfirmed,
    SourceRecorded,
)
from cyberweek.prizes.receipt import BadReceipt, OtherDraw
from cyberweek.prizes.sheet import Fault
from cyberweek.ui.templatetags.ui import day, moment


def consent(organiser: str, days: int) -> str:
    """The words beside the box that a claimant ticks: what, what for, how long, and how to take it back."""
    return _(
        "我同意%(organiser)s收集我的手机号码，只用于核实领奖人、发放本次奖品和联系我领奖，不作他用；"
        "号码加密保存，领奖结束后再保存 %(days)d 天以便补发和申诉，到期删除；我也可以随时在领奖结果页要求删除。"
        "不同意不影响答题，只是不能领奖。"
    ) % {"organiser": organiser, "days": days}


def age_statement() -> str:
    return _("我已满十四周岁；未满十四周岁的，由监护人本人以自己的号码领取。")


def code_text(campaign: str) -> str:
    """The text that carries a code; {code} stands where it goes."""
    words = _("【%(campaign)s】领奖验证码 {code}，10 分钟内有效。任何人向您索要验证码都是诈骗。")
    return words % {"campaign": campaign.replace("{", "").replace("}", "")}


def refusal(reason: str) -> str:
    """Why a chance cannot claim, and what to do."""
    return {
        "not-claiming": _("现在不在领奖时间内。"),
        "no-rank": _("这次机会没有抽中可以领奖的名次。"),
        "claimed": _("这次机会已经领过奖。"),
        "gone": _("这次机会的领奖信息已经删除，不能再领一次。"),
        "no-stock": _("这种奖品的卡券暂时发完了。请稍后再来，您的机会不会变。"),
        "no-address": _("这份奖品不需要邮寄地址。"),
    }.get(reason, _("现在不能领奖。"))


def bad_receipt(error: BadReceipt) -> str:
    """Why a receipt is not taken, and what to do."""
    if isinstance(error, OtherDraw):
        return _("这张凭证属于另一次抽奖，请到那次抽奖的页面查。")
    return _("这不是一张有效的抽奖凭证。请粘贴凭证文件里的全部内容。")


def too_early(reason: str, when: str) -> str:
    """Why a step of a draw cannot be taken yet, and what comes first."""
    return {
        "clock": _("还不到时候，%(when)s 以后才能做这一步。") % {"when": iso(when) if when else ""},
        "counting": _("台账还没有统计完，请过几秒钟再试。"),
        "appeals": _("还有申诉没有决定。请先到“异常作答”逐个看过，再封存名单。"),
        "no-list": _("请先封存名单：名单封存以前，谁也不应知道公开数。"),
        "unconfirmed": _("公开数还没有全部由第二人复核。"),
    }[reason]


def iso(value: str) -> str:
    """Say an ISO day or moment as people do."""
    return day(date.fromisoformat(value)) if len(value) == len("2026-11-24") else moment(datetime.fromisoformat(value))


def why_marked(reason: str) -> str:
    """What a mark means, in words; a reason of an earlier version stays as it is."""
    return {
        "even-pace": _("每题用时几乎完全一样，像程序在答"),
        "cloned-pace": _("和另外多台设备每题用时都一样，像程序在答"),
    }.get(reason, reason)


def wrong_in_words() -> dict[str, str]:
    """What the checker in the browser can find wrong, by its own words (`frontend/islands/prizes/verify/pack.ts`)."""
    return {
        "digest": _("摘要和公布的不符。"),
        "bytes": _("文件不完整，或被改动过。"),
        "format": _("文件不是抽奖结果。"),
        "sheet": _("规则和封存的摘要不符。"),
        "commitment": _("秘密数不是事先承诺的那一个。"),
        "sources": _("公开数不是规则里写的那几个。"),
        "count": _("机会的数目不对。"),
        "order": _("名单没有排序，或有重复。"),
        "excluded": _("不参加的机会没有写明原因。"),
        "root": _("名单和封存的根不符。"),
        "seed": _("种子不是由名单、秘密数和公开数算出来的。"),
        "alternates": _("候补的数目和规则不符。"),
        "ranks": _("名次或奖品和重新计算的不符。"),
    }


_FIELDS = {
    "organiser": gettext_noop("主办单位"), "contact": gettext_noop("联系方式"), "period": gettext_noop("机会的起止时间"),
    "conditions": gettext_noop("参加条件"), "manner": gettext_noop("参加方式"), "prizes": gettext_noop("奖品"),
    "draw_at": gettext_noop("开奖时间"), "draw_method": gettext_noop("开奖方法"), "sources": gettext_noop("公开数"),
    "claim": gettext_noop("领奖时间"), "claim_way": gettext_noop("领奖方式"), "delivery": gettext_noop("发放方式"),
    "abandonment": gettext_noop("放弃的处理"), "complaints": gettext_noop("投诉渠道"), "minors": gettext_noop("未成年人"),
    "instant": gettext_noop("即时奖"), "commitment": gettext_noop("秘密数"), "sheet": gettext_noop("规则"),
}  # fmt: skip
_FAULTS = {
    "empty": gettext_noop("没有填写"),
    "ends before it begins": gettext_noop("结束早于开始"),
    "before the last chance": gettext_noop("必须晚于机会截止"),
    "before the draw": gettext_noop("不能早于开奖"),
    "worth more than the law allows": gettext_noop("单个奖品超过法定上限"),
    "two have the same code": gettext_noop("有两种奖品编号相同"),
    "an impossible number": gettext_noop("数量不合理"),
    "impossible odds": gettext_noop("中奖率不合理"),
    "cannot be read": gettext_noop("读不出来"),
}


def faults_in_words(faults: Iterable[Fault]) -> list[str]:
    """What a sheet lacks or says wrongly, field by field."""
    return [
        _("%(field)s：%(why)s") % {"field": _(_FIELDS[each.field]), "why": _(_FAULTS[each.why])}
        + (f"（{each.detail}）" if each.detail else "")
        for each in faults
    ]


_SAID = {
    SheetFrozen.KIND: gettext_noop("公布抽奖规则，摘要 %(digest)s"),
    ListFrozen.KIND: gettext_noop("封存抽奖名单：%(count)s 次机会，%(excluded)s 次不参加，根 %(root)s"),
    SourceRecorded.KIND: gettext_noop("记录公开数 %(name)s：%(value)s"),
    SourceConfirmed.KIND: gettext_noop("复核公开数 %(name)s：%(value)s"),
    DrawHeld.KIND: gettext_noop("开奖：排出 %(ranked)s 个名次，结果摘要 %(digest)s"),
    DayKeyPublished.KIND: gettext_noop("公布 %(day)s 的即时奖密钥"),
    PrizeForfeited.KIND: gettext_noop("第 %(rank)s 名逾期未领，视为放弃"),
    AddressesRead.KIND: gettext_noop("取走待寄地址，共 %(count)s 条"),
    ParticipantMarked.KIND: gettext_noop("标记一台设备：%(reason)s，%(papers)s 份答卷"),
    MarkDecided.KIND: gettext_noop("对一个标记作出决定"),
    PersonsErased.KIND: gettext_noop("删除领奖人信息，共 %(claims)s 条"),
}
_DIGESTS = ("digest", "root", "key", "seed")


def act_words(kind: str, body: Mapping[str, Any]) -> str | None:
    """An official act on a draw in words; None for a fact that belongs to another room."""
    if kind not in _SAID:
        return None
    if kind == ParticipantMarked.KIND:
        body = {**body, "reason": why_marked(body["reason"])}
    return _(_SAID[kind]) % {name: str(value)[:12] if name in _DIGESTS else value for name, value in body.items()}
