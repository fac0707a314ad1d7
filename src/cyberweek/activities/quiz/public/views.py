"""The quiz as residents see it: a complete plain form that an island may make nicer. Reads releases and facts only."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cyberweek.activities.quiz import rules
from cyberweek.activities.quiz.facts import AnswerGiven, PaperSubmitted
from cyberweek.activities.quiz.public.words import labels, refusal
from cyberweek.activities.quiz.rules import Paper, Told
from cyberweek.activities.quiz.snapshot import QuizSnapshot
from cyberweek.component import ports
from cyberweek.component.facts import ChanceEarned
from cyberweek.component.reading import NotFound, Shown, release_snapshot, shown
from cyberweek.component.rules import replay
from cyberweek.kernel.clock import system_clock
from cyberweek.ledger.fact import FactTypes
from cyberweek.ledger.queries import stream_rows
from cyberweek.people.ticket import Attempt, Forged, Signer
from cyberweek.plan.queries import shown_campaign

_TYPES = FactTypes((AnswerGiven, PaperSubmitted, ChanceEarned))


class Taken(NamedTuple):
    """An attempt taken up from its cookie: the signed token, its release, its state and the last answer's verdict."""

    token: str
    snapshot: QuizSnapshot
    paper: Paper
    last: AnswerGiven | None


@never_cache
@require_safe
def play(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin, go on, or look at the result, by what this device's attempt has come to."""
    seen = _shown(slug)
    taken = None if seen.is_withdrawn else _taken(request, seen.activity.pk)
    told = None if taken is None else rules.show(taken.snapshot, taken.paper)
    context: dict[str, Any] = {
        "activity": seen.activity,
        "snapshot": seen.snapshot,
        "phase": "withdrawn" if seen.snapshot is None else seen.snapshot.window.phase(system_clock()).value,
        "told": told,
        "verdict": None if taken is None else _verdict(taken),
        "refused": refusal(request.GET.get("refused", "")),
        "begin_url": f"/lane/quiz/{seen.activity.pk}/begin",
        "do_url": f"/lane/quiz/{seen.activity.pk}/do",
        "back": reverse("quiz:play", args=[slug]),
        "english": get_language() == "en",
        "chances_url": next((url for link in ports.chance_links if (url := link(seen.activity))), ""),
        "props": _props(seen, taken, told),
    }
    return render(request, "quiz/public/play.html", context)


def _shown(slug: str) -> Shown:
    campaign = shown_campaign()
    if campaign is None:
        raise Http404
    try:
        return shown(campaign.pk, slug, QuizSnapshot)
    except NotFound:
        raise Http404(_("这项活动还没有开放")) from None


def _taken(request: HttpRequest, activity: int) -> Taken | None:
    token = request.COOKIES.get(f"cw_attempt_{activity}", "")
    try:
        attempt = Signer(settings.TICKET_KEY).read_attempt(token)
        snapshot = release_snapshot(attempt.release, QuizSnapshot)
    except (Forged, NotFound):
        return None
    if attempt.activity != activity:
        return None
    paper = _paper(snapshot, attempt)
    return Taken(token, snapshot, paper, paper.answers[-1] if paper.answers else None)


def _paper(snapshot: QuizSnapshot, attempt: Attempt) -> Paper:
    facts = [(_TYPES.read(row), row.at) for row in stream_rows(attempt.stream)]
    return replay(rules.RULES, snapshot, attempt, facts)


def _verdict(taken: Taken) -> dict[str, Any] | None:
    """The last answer in words: what was asked, what was right, why."""
    if taken.last is None:
        return None
    said = rules.verdict(taken.paper, taken.last)
    question = rules.shown(taken.paper, taken.last.place)
    options = question.options or (_("对"), _("错"))
    return {
        "right": said.right,
        "stem": question.stem,
        "correct": [options[each] for each in said.correct],
        "explanation": said.explanation,
        "basis": said.basis,
    }


def _props(seen: Shown, taken: Taken | None, told: Told | None) -> dict[str, Any]:
    return {
        "activity": seen.activity.pk,
        "begin": f"/lane/quiz/{seen.activity.pk}/begin",
        "do": f"/lane/quiz/{seen.activity.pk}/do",
        "attempt": taken.token if taken else None,
        "mode": taken.paper.mode if taken else 0,
        "chances": next((url for link in ports.chance_links if (url := link(seen.activity))), ""),
        "told": msgspec.to_builtins(told) if told else None,
        "language": get_language() or "zh-hans",
        "labels": labels(),
    }
