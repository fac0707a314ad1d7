"""What draws offer to other rooms' pages; `project` hands these to the ports."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cyberweek.component.ports import DrawNotice, HeldData, Missing
from cyberweek.kernel.clock import system_clock
from cyberweek.plan.models import Activity
from cyberweek.plan.queries import shown_campaign
from cyberweek.prizes import queries
from cyberweek.prizes.means import vault
from cyberweek.prizes.models import Draw
from cyberweek.prizes.queries import Phase
from cyberweek.prizes.services import sheets
from cyberweek.prizes.words import faults_in_words, iso


def missing(activity: Activity) -> list[Missing]:
    """What a rules sheet lacks before its activity may open."""
    said = faults_in_words(sheets.faults_of(activity, system_clock()))
    url = reverse("prizes_console:sheet", args=[activity.slug])
    return [Missing(_("抽奖规则还缺：%(what)s") % {"what": each}, url) for each in said]


def opening(activity: Activity, seat: int, at: datetime, origin: int) -> None:
    """Freeze the rules sheet as its activity opens."""
    sheets.freeze(activity, seat=seat, at=at, vault=vault(), randomness=secrets.token_bytes, origin=origin)


def notices(activities: Collection[Activity]) -> dict[int, DrawNotice]:
    """What pages of activities say about their draws; one query."""
    now, found = system_clock(), queries.draws_of(activities)
    return {
        each.pk: DrawNotice(_notice(each, now), reverse("prizes:draw", args=[each.activity.slug])) for each in found
    }


def held(participant: int) -> list[HeldData]:
    """What is known of whoever claimed with this device's chances; facts are told by whoever keeps them."""
    campaign = shown_campaign()
    found = queries.claims_of(campaign, participant) if campaign else []
    return [
        HeldData(
            _("领奖信息：%(activity)s") % {"activity": each.draw.activity.name},
            [_("手机号码（加密）"), *([_("收件地址（加密）")] if each.address else [])],
            reverse("prizes:mine", args=[each.draw.activity.slug]),
        )
        for each in found
    ]


def chance_link(activity: Activity) -> str | None:
    """Where a participant finds the chances of an activity."""
    return reverse("prizes:mine", args=[activity.slug]) if queries.has_sheet(activity) else None


def _notice(draw: Draw, now: datetime) -> str:
    sheet = queries.sheet_of(draw)
    phase, first = queries.phase(draw, sheet, now), sheet.prizes[0]
    if phase in (Phase.COMING, Phase.EARNING):
        name = first.name_en if get_language() == "en" and first.name_en else first.name_zh
        said = _("合格就有机会：%(prize)s等 %(count)s 份奖品，%(at)s 开奖")
        return said % {"prize": name, "count": f"{len(sheet.stock):,}", "at": iso(sheet.draw_at)}
    if phase in (Phase.CLOSED, Phase.LISTED):
        return _("%(at)s 开奖") % {"at": iso(sheet.draw_at)}
    if phase == Phase.DRAWN:
        return _("已开奖，%(at)s 起领奖") % {"at": iso(sheet.claim[0])}
    if phase == Phase.CLAIMING:
        return _("已开奖，请在 %(at)s 以前领奖") % {"at": iso(sheet.claim[1])}
    return _("已开奖，全部过程可以核对")
