"""Classes in the console: a teacher makes a code for a class, and sees its papers together once there are ten."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cyberweek.activities.quiz import services
from cyberweek.activities.quiz.areas import LEAST
from cyberweek.activities.quiz.classes import ClassView, class_lines, class_view
from cyberweek.activities.quiz.console.views import activity_of
from cyberweek.activities.quiz.forms import ClassForm
from cyberweek.activities.quiz.models import Classroom
from cyberweek.kernel.clock import system_clock, this_day
from cyberweek.kernel.codes import say_code
from cyberweek.people.rights import right_required, units_kept_by
from cyberweek.plan.models import Activity
from cyberweek.plan.queries import shown_campaign
from cyberweek.units.models import Unit
from cyberweek.units.queries import units_on


@right_required("class.keep")
@require_safe
def all_classes(request: HttpRequest) -> HttpResponse:
    """The week's quiz; when there are several, which one."""
    campaign = shown_campaign()
    found = [] if campaign is None else list(campaign.activities.filter(kind="quiz"))
    if len(found) == 1:
        return redirect("quiz_console:activity_classes", found[0].slug)
    return render(request, "quiz/console/which.html", {"activities": found})


@right_required("class.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def classes(request: HttpRequest, slug: str) -> HttpResponse:
    activity, kept = activity_of(slug), units_kept_by(request.user)
    form = ClassForm(request.POST if request.method == "POST" else None, units=_units(kept))
    if form.is_valid():
        made = services.make_class(activity, **form.cleaned_data, at=system_clock(), below=secrets.randbelow)
        messages.success(request, _("答题码已生成，学生输入它就能答题。"))
        return redirect("quiz_console:class", slug, made.pk)
    lines = [(line, say_code(line.code.text)) for line in class_lines(activity, kept)]
    context = {"activity": activity, "lines": lines, "form": form, "least": LEAST}
    return render(request, "quiz/console/classes.html", context, status=422 if form.errors else 200)


@right_required("class.keep")
@require_safe
def classroom(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The class's code to show in the room, and what its papers say together."""
    activity = activity_of(slug)
    found = _classroom(request, activity, pk)
    address = request.build_absolute_uri(reverse("quiz:class", args=[slug, found.code.text]))
    together = class_view(found)
    context = {
        "activity": activity, "classroom": found, "code": say_code(found.code.text), "address": address,
        "view": together, "topics": _bars(together) if together else [], "least": LEAST,
    }  # fmt: skip
    return render(request, "quiz/console/class.html", context)


@right_required("class.keep")
@require_POST
def close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    services.close_class(_classroom(request, activity_of(slug), pk).code, at=system_clock())
    messages.success(request, _("答题码已关闭，不能再用它开始。"))
    return redirect("quiz_console:class", slug, pk)


@right_required("class.keep")
@require_POST
def reopen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    services.open_class(_classroom(request, activity_of(slug), pk).code)
    messages.success(request, _("答题码又可以用了。"))
    return redirect("quiz_console:class", slug, pk)


def _classroom(request: HttpRequest, activity: Activity, pk: int) -> Classroom:
    """A class that this person keeps; raises Http404 for another's."""
    found, kept = (
        Classroom.objects.filter(activity=activity).select_related("code", "unit"),
        units_kept_by(request.user),
    )
    return get_object_or_404(found if kept is None else found.filter(unit__in=kept), pk=pk)


def _bars(together: ClassView) -> list[dict[str, object]]:
    is_english = get_language() == "en"
    return [
        {"label": each.name_en if is_english else each.name_zh, "value": each.share, "text": f"{each.share * 100:.0f}%"}
        for each in together.topics
    ]


def _units(kept: set[int] | None) -> QuerySet[Unit]:
    found = units_on(this_day())
    return found if kept is None else found.filter(pk__in=kept)
