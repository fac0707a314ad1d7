"""Acts on seats and on signing in, as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cyberweek.kernel.text import mark
from cyberweek.people import facts
from cyberweek.people.models import Seat
from cyberweek.people.queries import ROLE_NAMES


def act_words(kind: str, body: Mapping[str, Any]) -> str | None:
    """Say a fact about staff by its kind and body; None for a fact that belongs to another room."""
    if kind == facts.SeatGiven.KIND:
        return _("安排岗位 %(seat)d：%(role)s") % {"seat": body["seat"], "role": ROLE_NAMES[Seat.Role(body["role"])]}
    said = _SAID.get(kind)
    return _(said) % dict(body) if said else None


_SAID = {
    facts.SeatEnded.KIND: mark("结束岗位 %(seat)d"),
    facts.SeatHandedOver.KIND: mark("移交岗位 %(seat)d"),
    facts.StaffAdded.KIND: mark("添加人员 %(count)d 名"),
    facts.StaffClosed.KIND: mark("停用一个账号，结束岗位 %(seats)d 个"),
    facts.StaffLinked.KIND: mark("给出登录链接 %(count)d 个"),
    facts.RecoveryAsked.KIND: mark("请求找回第二重验证，第 %(recovery)d 号"),
    facts.RecoveryApproved.KIND: mark("同意找回第二重验证，第 %(recovery)d 号"),
    facts.RecoveryRefused.KIND: mark("不同意找回第二重验证，第 %(recovery)d 号"),
    facts.RecoveryUsed.KIND: mark("重新设置第二重验证，第 %(recovery)d 号"),
    facts.SessionsEnded.KIND: mark("结束登录，岗位 %(seat)d"),
    facts.StaffRekeyed.KIND: mark("换临时密码，岗位 %(seat)d"),
}
