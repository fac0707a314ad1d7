"""Task facts as people say them. Not the words of states: those are in ui."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cyberweek.ledger.fact import Fact
from cyberweek.supervision.facts import TaskAssigned, TaskClosed, TaskDueMoved, TaskReopened, TaskSignedFor

_SAID = {
    TaskAssigned.KIND: gettext_noop("交办任务"),
    TaskSignedFor.KIND: gettext_noop("签收任务"),
    TaskDueMoved.KIND: gettext_noop("改期限"),
    TaskClosed.KIND: gettext_noop("登记办结"),
    TaskReopened.KIND: gettext_noop("退回重办"),
}


def act_words(kind: str, body: Mapping[str, Any]) -> str | None:
    """Say a task fact by its kind and body; None for a fact that belongs to another room."""
    if kind not in _SAID:
        return None
    if body.get("due"):
        return _("%(act)s，期限 %(day)s") % {"act": _(_SAID[kind]), "day": body["due"]}
    return _(_SAID[kind])


def said(fact: Fact) -> str:
    return act_words(fact.KIND, msgspec.to_builtins(fact)) or fact.KIND
