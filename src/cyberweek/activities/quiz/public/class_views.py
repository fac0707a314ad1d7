"""A class plays together: pupils type the class's code, and nothing is kept that tells one device from another."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cyberweek.activities.quiz.classes import open_code
from cyberweek.activities.quiz.public.attempts import taken
from cyberweek.activities.quiz.public.views import paper_context, shown_quiz
from cyberweek.activities.quiz.rules import Mode
from cyberweek.kernel.clock import system_clock, to_ms
from cyberweek.people.ticket import Admission, Signer

ADMITTED_MS = 2 * 3_600_000  # for so long a page that stays open may begin further papers


@never_cache
@require_safe
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a code is typed."""
    seen = shown_quiz(slug)
    text = request.GET.get("code", "")
    code = open_code(seen.activity, text)
    if code is not None:
        return redirect("quiz:class", slug, code.text)
    context = {"activity": seen.activity, "text": text[:20], "is_unknown": bool(text.strip())}
    return render(request, "quiz/public/enter.html", context, status=404 if context["is_unknown"] else 200)


@never_cache
@require_safe
def play_in_class(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A paper of the class. Only a browser without scripts keeps it in a cookie, which ends with the browser."""
    seen = shown_quiz(slug)
    found = open_code(seen.activity, code)
    if found is None:
        context = {"activity": seen.activity, "text": code[:20], "is_unknown": True}
        return render(request, "quiz/public/enter.html", context, status=404)
    admission = Admission(seen.activity.pk, found.classroom_id, Mode.CLASS, to_ms(system_clock()) + ADMITTED_MS)
    attempt = taken(request.COOKIES.get(f"cw_guest_{seen.activity.pk}", ""), seen.activity.pk)
    if attempt is not None and attempt.attempt.group != found.classroom_id:
        attempt = None
    token = Signer(settings.TICKET_KEY).admission(admission)
    return render(request, "quiz/public/play.html", paper_context(request, seen, attempt, admission=token))
