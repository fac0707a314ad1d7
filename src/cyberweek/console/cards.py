"""What the console itself puts on its Today page; `project` offers it to the port."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cyberweek.component.ports import TodayCard
from cyberweek.kernel.clock import system_clock
from cyberweek.people.queries import open_recoveries


def recovery_card(_campaign: Any, request: HttpRequest) -> list[TodayCard]:
    """Whoever lost a second factor waits at the door; shown to those who may decide, while somebody does."""
    waiting = open_recoveries(system_clock()) if request.user.has_perm("recovery.decide") else 0
    if not waiting:
        return []
    return [TodayCard(_("等待找回第二重验证"), str(waiting), "warn", reverse("people:recoveries"))]
