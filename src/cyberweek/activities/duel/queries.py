"""Read a duel's draft and its checks. Never writes."""

from __future__ import annotations

from datetime import UTC, date

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cyberweek.activities.duel.models import Duel
from cyberweek.activities.duel.snapshot import DuelSnapshot, Item
from cyberweek.component.ports import Missing
from cyberweek.kernel.regulations import citation
from cyberweek.kernel.windows import Window
from cyberweek.plan.models import Activity
from cyberweek.questions.models import Basis, Question
from cyberweek.questions.queries import questions_on

LEAST_ITEMS = 12  # two matches without meeting a question again
MOST_LETTERS = 110  # of stem and options, which a person reads in ten seconds
KINDS = (Question.Kind.SINGLE, Question.Kind.TRUTH)
EASE = {1: 85, 2: 70, 3: 55}
"""How many of a hundred answers are expected to be right at a difficulty, before anybody has answered."""


def duel_of(activity: Activity) -> Duel | None:
    return Duel.objects.filter(activity=activity).first()


def missing(activity: Activity) -> list[Missing]:
    """What keeps a duel from opening: no draft, or too few short questions on the opening day."""
    if activity.kind != "duel":
        return []
    url = reverse("duel_console:edit", args=[activity.slug])
    duel = duel_of(activity)
    if duel is None:
        return [Missing(_("对战还没有设置：请先保存开放时间"), url)]
    found = len(items_on(localdate(duel.opens)))
    if found < LEAST_ITEMS:
        text = _("开放当天（%(day)s）能在十秒内读完的题只有 %(found)d 道，至少要 %(least)d 道：请在题库里补充短题")
        day = localdate(duel.opens).isoformat()
        return [Missing(text % {"day": day, "found": found, "least": LEAST_ITEMS}, url)]
    return []


def snapshot_of(duel: Duel) -> DuelSnapshot:
    """The duel as it would be published now."""
    return DuelSnapshot(
        activity=duel.activity_id,
        title_zh=duel.activity.name_zh,
        title_en=duel.activity.name_en,
        window=Window(duel.opens.astimezone(UTC), duel.closes.astimezone(UTC)),
        items=items_on(localdate(duel.opens)),
    )


def items_on(day: date) -> tuple[Item, ...]:
    """The questions of the bank that hold on a day, have one right option, and can be read in ten seconds."""
    return tuple(_item(question, basis, day) for question, basis in questions_on(day) if _is_short(question))


def _is_short(question: Question) -> bool:
    letters = len(question.stem) + sum(map(len, question.options))
    return question.kind in KINDS and len(question.answer) == 1 and letters <= MOST_LETTERS


def _item(question: Question, basis: Basis | None, day: date) -> Item:
    cited = (basis is not None and citation(basis.law, basis.article, day)) or question.source
    return Item(
        question.code, question.topic_id, question.kind, question.stem, tuple(question.options), question.answer[0],
        question.explanation, cited, EASE[question.difficulty],
    )  # fmt: skip
