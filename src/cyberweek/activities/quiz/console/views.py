"""The quiz in the console: settings, questions, checks, preview, publish, withdraw, live figures."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cyberweek.activities.quiz import queries, services
from cyberweek.activities.quiz.forms import SettingsForm, WithdrawForm
from cyberweek.activities.quiz.metrics import FIGURES
from cyberweek.activities.quiz.models import Quiz
from cyberweek.activities.quiz.paper import draw
from cyberweek.component import services as component
from cyberweek.component.models import Visibility
from cyberweek.component.services import NothingShown, NotReady
from cyberweek.kernel.clock import system_clock
from cyberweek.kernel.codec import canonical, digest
from cyberweek.ledger import door
from cyberweek.ledger.queries import activity_counts
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_for
from cyberweek.plan.models import Activity
from cyberweek.plan.queries import shown_campaign
from cyberweek.questions.models import Topic


@right_required("activity.edit")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    activity = activity_of(slug)
    quiz = queries.quiz_of(activity)
    form = _form(request, activity, quiz)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        services.save_settings(
            activity, opens=cleaned["opens"], closes=cleaned["closes"], pass_percent=cleaned["pass_percent"],
            blueprint=form.blueprint(),
        )  # fmt: skip
        messages.success(request, _("设置已保存。发布以后居民才会看到变化。"))
        return redirect("quiz_console:edit", slug)
    return render(request, "quiz/console/edit.html", {**_context(activity, quiz), "form": form})


@right_required("activity.edit")
def choose_questions(request: HttpRequest, slug: str) -> HttpResponse:
    """The bank with what this quiz uses of it; a POST keeps exactly what is ticked among the lines that were shown."""
    activity = activity_of(slug)
    quiz = get_object_or_404(Quiz, activity=activity)
    topic, words = request.GET.get("topic", ""), request.GET.get("q", "").strip()
    lines = queries.bank_lines(quiz, topic=topic, words=words)
    if request.method == "POST":
        ticked = {int(each) for each in request.POST.getlist("question") if each.isdigit()}
        shown = {line.question.pk for line in lines}
        services.choose(quiz, sorted((queries.chosen_ids(quiz) - shown) | (ticked & shown)))
        messages.success(request, _("题目已保存。"))
        return redirect(request.get_full_path())
    context = {
        "activity": activity,
        "lines": lines,
        "topics": Topic.objects.order_by("code"),
        "topic": topic,
        "q": words,
    }
    return render(request, "quiz/console/questions.html", context)


@right_required("activity.edit")
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """A paper as somebody might draw it, with the right answers marked; another number draws another paper."""
    activity = activity_of(slug)
    quiz = get_object_or_404(Quiz, activity=activity)
    number = int(request.GET.get("paper", "1")) if request.GET.get("paper", "1").isdigit() else 1
    problems = queries.missing(activity)
    snapshot = queries.snapshot_of(quiz)
    placed = [] if problems else draw(snapshot, number, number)
    lines = [
        {"item": each.item, "options": [(each.item.options[i] if each.item.options else (_("对"), _("错"))[i],
                                         i in each.item.answer) for i in each.order]}
        for each in placed
    ]  # fmt: skip
    context = {"activity": activity, "lines": lines, "missing": problems, "next": number + 1, "number": number}
    return render(request, "quiz/console/preview.html", context)


@right_required("activity.publish")
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    quiz = get_object_or_404(Quiz, activity=activity_of(slug))
    seat = seat_for(request.user, Seat.Role.ORGANISER)
    try:
        release = services.publish(quiz, writer=door.writer(), seat=seat.pk, at=system_clock())
    except NotReady as error:
        messages.error(request, _("还不能发布：%(what)s") % {"what": "；".join(each.message for each in error.missing)})
    else:
        messages.success(request, _("第 %(n)d 版已发布，居民马上就能看到。") % {"n": release.number})
    return redirect("quiz_console:edit", slug)


@right_required("activity.publish")
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    activity = activity_of(slug)
    form = WithdrawForm(request.POST)
    seat = seat_for(request.user, Seat.Role.ORGANISER)
    if not form.is_valid():
        messages.error(request, _("请写明撤下的理由。"))
        return redirect("quiz_console:edit", slug)
    try:
        component.withdraw(activity, form.cleaned_data["reason"], writer=door.writer(), seat=seat.pk, at=system_clock())
    except NothingShown:
        messages.error(request, _("这项活动没有公开的版本。"))
    else:
        messages.success(request, _("已撤下。重新发布即可恢复。"))
    return redirect("quiz_console:edit", slug)


def activity_of(slug: str) -> Activity:
    """A quiz of the running campaign; raises Http404."""
    return get_object_or_404(Activity, campaign=shown_campaign(), slug=slug, kind="quiz")


def _form(request: HttpRequest, activity: Activity, quiz: Quiz | None) -> SettingsForm:
    topics = list(Topic.objects.order_by("code"))
    counts = {slot["topic"]: slot["count"] for slot in quiz.blueprint} if quiz else {}
    return SettingsForm(request.POST or None, topics=topics, counts=counts, initial=_initial(activity, quiz))


def _initial(activity: Activity, quiz: Quiz | None) -> dict[str, Any]:
    first = activity.starts or activity.campaign.starts
    last = activity.ends or activity.campaign.ends
    opens = localtime(quiz.opens) if quiz else make_aware(datetime.combine(first, time(9)))
    closes = localtime(quiz.closes) if quiz else make_aware(datetime.combine(last + timedelta(days=1), time()))
    shape = "%Y-%m-%dT%H:%M"
    return {
        "opens": f"{opens:{shape}}",
        "closes": f"{closes:{shape}}",
        "pass_percent": quiz.pass_percent if quiz else 80,
    }


def _context(activity: Activity, quiz: Quiz | None) -> dict[str, Any]:
    counts, problems = activity_counts(activity.pk), queries.missing(activity)
    visibility = Visibility.objects.select_related("release").filter(activity=activity).first()
    return {
        "activity": activity,
        "quiz": quiz,
        "missing": problems,
        "spread": None if quiz is None or problems else queries.spread_of(queries.snapshot_of(quiz)),
        "spread_of": queries.SPREAD_OF,
        "visibility": visibility,
        "is_shown": visibility is not None and visibility.release is not None and not visibility.withdrawn,
        "is_changed": _is_changed(quiz, visibility),
        "figures": [(metric, counts.get((metric.name, ""), 0)) for metric in FIGURES],
        "chosen": len(queries.chosen_ids(quiz)) if quiz else 0,
        "withdraw_form": WithdrawForm(),
        "props": {"url": "/lane/live"},
    }


def _is_changed(quiz: Quiz | None, visibility: Visibility | None) -> bool:
    """True when the draft would publish something other than what people see."""
    if quiz is None or visibility is None or visibility.release is None:
        return quiz is not None
    return digest(canonical(queries.snapshot_of(quiz))) != visibility.release.digest
