"""What is done with many tasks at once, and undone at once. One form, one service call, one answer."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cyberweek.kernel.clock import system_clock
from cyberweek.ledger.door import writer
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_acting_for, seat_for, seats_of, units_of
from cyberweek.plan.models import TaskUnit
from cyberweek.plan.queries import shown_campaign
from cyberweek.supervision import filters, forms, own_tasks, queries, services
from cyberweek.supervision.evidence import Said
from cyberweek.supervision.rules import OFFICE, move_named
from cyberweek.supervision.words import BULK_WORDS, lacks_words

UNDO = "supervision.undo"
MOST_SAVED = 20


def acts_for(user) -> list[tuple[str, str]]:
    """What a person may do with many tasks: (move, word), in the order of a task's life."""
    may = {OFFICE: user.has_perm("task.decide"), "unit": user.has_perm("task.enter")}
    return [(name, _(words)) for name, words in BULK_WORDS.items() if may[move_named(name).by]]


def last_done(request: HttpRequest) -> dict[str, Any] | None:
    """What was done last with many tasks, as long as nobody has undone it."""
    return request.session.get(UNDO)


@require_POST
@right_required("task.enter")
def act_on_many(request: HttpRequest) -> HttpResponse:
    """Make one move with everything that was ticked; what does not allow it now is left as it is."""
    names = [name for name, _words in acts_for(request.user)]
    pairs = queries.find_pairs(_ticked(request), campaign=_campaign(), units=units_of(request.user))
    form = forms.Bulk(request.POST, moves=names)
    if not pairs or not form.is_valid():
        messages.error(request, form.first_error if pairs else _("没有勾选任务：请先勾选，再选要办的事。"))
        return _back(request)
    given = form.cleaned_data
    said = Said(secrets.token_hex(16), given["words"].strip()) if given["words"].strip() else None
    try:
        moved = _moved(request, given["act"], pairs, services.Given(said=said, due=given["due"]))
    except services.Lacks as error:
        messages.error(request, lacks_words(error.needs))
        return _back(request)
    _report(request, given["act"], moved, len(pairs) - len(moved))
    return _back(request)


@require_POST
@right_required("task.enter")
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what was done last with many tasks; what went on since then stays."""
    done = request.session.pop(UNDO, None)
    if done is None:
        messages.error(request, _("没有可以撤回的操作。"))
        return _back(request)
    steps = dict(done["steps"])
    pairs = queries.find_pairs(list(steps), campaign=_campaign(), units=units_of(request.user))
    back = services.take_back_many(
        pairs, steps, writer=writer(), seats=[s.pk for s in seats_of(request.user)], at=system_clock()
    )
    left = len(steps) - back
    messages.success(request, ngettext("已撤回 %(n)d 项。", "已撤回 %(n)d 项。", back) % {"n": back})
    if left:
        words = ngettext(
            "%(n)d 项已有新的进展或超过十分钟，没有撤回。", "%(n)d 项已有新的进展或超过十分钟，没有撤回。", left
        )
        messages.error(request, words % {"n": left})
    return _back(request)


@require_POST
@right_required("task.decide")
def assign(request: HttpRequest) -> HttpResponse:
    """Hand out everything that is not handed out yet."""
    campaign = _campaign()
    pairs = list(TaskUnit.objects.filter(task__campaign=campaign).select_related("task", "unit").order_by("pk"))
    steps = services.assign(pairs, hand=_office_hand(request))
    if steps:
        _remember(request, steps)
    messages.success(request, _("已交办 %(count)d 项任务。") % {"count": len(steps)})
    return redirect("supervision:tasks")


@require_http_methods(["GET", "POST"])
@right_required("task.decide")
def new_task(request: HttpRequest) -> HttpResponse:
    """Set a task that no plan names, and hand it out at once."""
    form = forms.OwnTask(request.POST or None, campaign=_campaign())
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "supervision/new_task.html", {"form": form}, status=status)
    pairs = own_tasks.add_task(_campaign(), own_tasks.OwnTask(**form.cleaned_data))
    services.assign(pairs, hand=_office_hand(request))
    messages.success(request, _("任务已立项并交办给 %(n)d 个单位。") % {"n": len(pairs)})
    return redirect("supervision:task", pairs[0].pk)


@require_POST
@right_required("task.enter")
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the present filters under a name, for whoever holds the seat."""
    form = forms.SavedView(request.POST)
    seat = next(iter(seats_of(request.user)))
    if not form.is_valid():
        messages.error(request, _("请给这个视图起个名字，最多 30 个字。"))
    elif not own_tasks.save_view(seat.pk, form.cleaned_data["name"], filters.query(request), most=MOST_SAVED):
        messages.error(request, _("最多存 20 个视图，请先删掉不用的。"))
    else:
        messages.success(request, _("视图已存，同一岗位的人都能用。"))
    return _back(request)


@require_POST
@right_required("task.enter")
def remove_view(request: HttpRequest, pk: int) -> HttpResponse:
    if not own_tasks.remove_view(pk, [seat.pk for seat in seats_of(request.user)]):
        raise PermissionDenied
    messages.success(request, _("视图已删除。"))
    return _back(request)


def _moved(request: HttpRequest, name: str, pairs: list[TaskUnit], given: services.Given) -> dict[int, int]:
    """Make the move by the seat that may: the office's own for its moves, the unit's for a unit's."""
    if name == "assign":
        return services.assign(pairs, hand=_office_hand(request))
    if move_named(name).by == OFFICE:
        return services.move_many(pairs, name, hand=_office_hand(request), given=given)
    moved: dict[int, int] = {}
    by_seat: dict[int, list[TaskUnit]] = {}
    for pair in pairs:
        if request.user.has_perm("task.answer", pair.unit):
            by_seat.setdefault(seat_acting_for(request.user, pair.unit).pk, []).append(pair)
    for seat, own in by_seat.items():
        moved |= services.move_many(own, name, hand=services.Hand(writer(), seat, system_clock()), given=given)
    return moved


def _report(request: HttpRequest, name: str, moved: dict[int, int], left: int) -> None:
    if moved:
        _remember(request, moved)
        said = ngettext("%(act)s：%(n)d 项。", "%(act)s：%(n)d 项。", len(moved))
        messages.success(request, said % {"act": _(BULK_WORDS[name]), "n": len(moved)})
    if left:
        said = ngettext("%(n)d 项现在不能这样办，没有动。", "%(n)d 项现在不能这样办，没有动。", left)
        messages.error(request, said % {"n": left})


def _remember(request: HttpRequest, steps: dict[int, int]) -> None:
    request.session[UNDO] = {"steps": [[pair, step] for pair, step in steps.items()], "n": len(steps)}


def _office_hand(request: HttpRequest) -> services.Hand:
    return services.Hand(writer(), seat_for(request.user, Seat.Role.ORGANISER).pk, system_clock())


def _ticked(request: HttpRequest) -> list[int]:
    return [int(each) for each in request.POST.getlist("pair") if each.isascii() and each.isdigit() and len(each) < 10]  # noqa: PLR2004 -- fits a key


def _campaign():
    campaign = shown_campaign()
    if campaign is None:
        raise Http404
    return campaign


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('supervision:tasks')}?{filters.query(request)}".rstrip("?"))
