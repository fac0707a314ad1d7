"""The page of one unit's task, and every move that starts from it. The list and what is done with many is in views."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cyberweek.kernel.clock import CHINA, system_clock, to_ms
from cyberweek.ledger.door import writer
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_acting_for, seat_for, seats_of, units_of
from cyberweek.supervision import album, forms, own_tasks, queries, services
from cyberweek.supervision.evidence import LINK, PEOPLE, PHOTO, Said
from cyberweek.supervision.rules import OFFICE, Move, NotNow, TooLate, allows, can_take_back, move_named
from cyberweek.supervision.words import DONE_WORDS, NEED_WORDS, lacks_words
from cyberweek.ui.words import word_of

View = Callable[..., HttpResponse]
FORMS: dict[str, type[forms.Seen]] = {
    "sign-for": forms.Seen,
    "report": forms.Report,
    "close": forms.Seen,
    "return": forms.Remark,
    "reopen": forms.Remark,
    "urge": forms.Seen,
    "due": forms.DueDay,
    "withdraw": forms.Remark,
    "ask-extension": forms.Extension,
    "refuse-extension": forms.Remark,
}


def form_of(name: str, data: Any = None, **initial: object) -> forms.Seen:
    """The form of a move; several stand on one page, so each names its fields apart."""
    return FORMS[name](data, initial=initial, auto_id=f"{name}_%s")


@require_GET
@right_required("task.enter")
def task(request: HttpRequest, pair: int) -> HttpResponse:
    return show(request, find_line(request, pair))


def moves(name: str) -> View:
    """The view that makes the move of that name with what its form asks."""
    move = move_named(name)

    @require_POST
    @right_required("task.decide" if move.by == OFFICE else "task.enter")
    def view(request: HttpRequest, pair: int) -> HttpResponse:
        line = find_line(request, pair)
        filled = form_of(name, request.POST)
        if not filled.is_valid():
            return show(request, line, {name: filled}, status=422)
        return make(request, line, move, filled)

    return view


sign = moves("sign-for")
close = moves("close")
urge = moves("urge")
due = moves("due")
give_back = moves("return")
reopen = moves("reopen")
withdraw = moves("withdraw")
ask_extension = moves("ask-extension")
refuse_extension = moves("refuse-extension")


@require_POST
@right_required("task.enter")
def report(request: HttpRequest, pair: int) -> HttpResponse:
    """Keep the photos that came along, then report; what is wrong with one is said, and nothing typed is lost."""
    line = find_line(request, pair)
    _require_right(request, line, move_named("report"))
    wrong = album.receive(line.pair, request.FILES.getlist("photo"), at=system_clock())
    form = form_of("report", request.POST)
    if wrong or not form.is_valid():
        for words in wrong:
            messages.error(request, words)
        return show(request, line, {"report": form}, status=422)
    return make(request, line, move_named("report"), form)


@require_POST
@right_required("task.enter")
def add_photos(request: HttpRequest, pair: int) -> HttpResponse:
    """Keep photos before anything is reported; the form comes back as it was filled in."""
    line = find_line(request, pair)
    _require_right(request, line, move_named("report"))
    files = request.FILES.getlist("photo")
    wrong = album.receive(line.pair, files, at=system_clock())
    for words in wrong or ([] if files else [_("没有选照片：请先选一张或几张。")]):
        messages.error(request, words)
    return show(request, line, {"report": form_of("report", **request.POST.dict())}, status=422 if wrong else 200)


@require_GET
@right_required("task.enter")
def photo(request: HttpRequest, pair: int, pk: int) -> HttpResponse:
    line = find_line(request, pair)
    body = album.bytes_of(line.pair, pk, small="small" in request.GET)
    if body is None:
        raise Http404
    return HttpResponse(body, content_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})


@require_POST
@right_required("task.enter")
def erase_photo(request: HttpRequest, pair: int, pk: int) -> HttpResponse:
    """Erase a photo: the unit while it works on the task, the office at any time, for somebody may be in it."""
    line = find_line(request, pair)
    if not (request.user.has_perm("task.decide") or (_may_answer(request, line) and line.state.stage == "signed")):
        raise PermissionDenied
    if not album.erase_photo(line.pair, pk):
        raise Http404
    messages.success(request, _("照片已删除。"))
    return redirect("supervision:task", pair=pair)


@require_POST
@right_required("task.enter")
def take_back(request: HttpRequest, pair: int) -> HttpResponse:
    """Undo one's own last act on a task."""
    line = find_line(request, pair)
    seat = next((each.pk for each in seats_of(request.user) if -each.pk == line.state.acted_by), 0)
    form = forms.Seen(request.POST)
    form.is_valid()
    try:
        services.take_back(
            line.pair, hand=services.Hand(writer(), seat, system_clock()), seen=form.cleaned_data["seen"]
        )
    except (TooLate, services.Overtaken):
        messages.error(request, _("不能撤回：只有办理人本人能在十分钟内撤回最后一步。请改用退回、改期限等办法。"))
    else:
        messages.success(request, _("已撤回，任务回到上一步。"))
    return redirect("supervision:task", pair=pair)


@require_POST
@right_required("task.decide")
def choose_kind(request: HttpRequest, pair: int) -> HttpResponse:
    line = find_line(request, pair)
    form = forms.Kind(request.POST)
    if not form.is_valid():
        return show(request, line, {"kind": form}, status=422)
    own_tasks.choose_kind(line.pair.task, form.cleaned_data["kind"])
    messages.success(request, _("任务类型已改，反馈时要的佐证随之改变。"))
    return redirect("supervision:task", pair=pair)


def make(request: HttpRequest, line: queries.TaskLine, move: Move, form: forms.Seen) -> HttpResponse:
    """Make a move with a valid form, and say what became of it."""
    _require_right(request, line, move)
    given = form.cleaned_data
    try:
        services.make_move(
            line.pair, move.name, hand=hand(request, line, move), given=_given(line, given), seen=given["seen"]
        )
    except services.Overtaken:
        messages.error(request, _("刚才有人先办了这项任务，您的操作没有记录。下面是现在的状态，请看后再定。"))
    except NotNow as error:
        messages.error(request, _("现在不能这样办：这项任务%(state)s。") % {"state": word_of(error.stage).label})
    except services.Lacks as error:
        form.add_error(None, lacks_words(error.needs))
        return show(request, line, {move.name: form}, status=422)
    else:
        messages.success(request, _(DONE_WORDS[move.name]))
    return redirect("supervision:task", pair=line.pair.pk)


def hand(request: HttpRequest, line: queries.TaskLine, move: Move) -> services.Hand:
    """By which of their seats a person makes a move."""
    seat = (
        seat_for(request.user, Seat.Role.ORGANISER)
        if move.by == OFFICE
        else seat_acting_for(request.user, line.pair.unit)
    )
    return services.Hand(writer(), seat.pk, system_clock())


def find_line(request: HttpRequest, pair: int) -> queries.TaskLine:
    """The task, or 404 also when it is another unit's: its existence is not told."""
    line = queries.find_line(pair, today=today())
    units = units_of(request.user)
    if line is None or (units is not None and line.pair.unit_id not in units):
        raise Http404
    return line


def today() -> date:
    return system_clock().astimezone(CHINA).date()


def show(
    request: HttpRequest, line: queries.TaskLine, filled: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with the forms that somebody has filled in so far."""
    answer, decide = _may_answer(request, line), request.user.has_perm("task.decide")
    now = system_clock()
    may = {
        name: allows(line.state, move_named(name)) and (decide if move_named(name).by == OFFICE else answer)
        for name in FORMS
    }
    context = {
        "line": line,
        "history": queries.history(line),
        "others": queries.other_units(line, today=today()),
        "counted": queries.counted(line.pair),
        "shots": album.shots(line.pair),
        "report": queries.statement(line.pair, line.state.digest) if line.state.digest else None,
        "forms": {
            name.replace("-", "_"): (filled or {}).get(name) or form_of(name, seen=line.state.steps)
            for name in FORMS
            if may[name]
        },
        "needs": [_(NEED_WORDS[need]) for need in (PEOPLE, PHOTO, LINK) if need in line.kind.needs],
        "may_take_back": any(
            can_take_back(line.state, actor=-seat.pk, at=to_ms(now)) for seat in seats_of(request.user)
        ),
        "may_erase": decide or (answer and line.state.stage == "signed"),
        "kind_form": (filled or {}).get("kind") or (forms.Kind(initial={"kind": line.kind.name}) if decide else None),
        "behalf": decide and not any(seat.unit_id == line.pair.unit_id for seat in seats_of(request.user)),
        "now": now,
    }
    return render(request, "supervision/task.html", context, status=status)


def _given(line: queries.TaskLine, given: dict[str, Any]) -> services.Given:
    """What a form says, as a move takes it; the photos of a report are those that are kept."""
    if "words" not in given:
        return services.Given(due=given.get("due"))
    is_report = "links" in given
    said = Said(
        salt=secrets.token_hex(16),
        words=given["words"].strip(),
        people=given.get("people") or 0,
        grade=given.get("grade") or "",
        links=given.get("links") or (),
        photos=tuple(shot.digest for shot in album.shots(line.pair)) if is_report else (),
    )
    counted = queries.counted(line.pair) if is_report else ()
    return services.Given(said=said, due=given.get("due"), counted=counted)


def _require_right(request: HttpRequest, line: queries.TaskLine, move: Move) -> None:
    may = request.user.has_perm("task.decide") if move.by == OFFICE else _may_answer(request, line)
    if not may:
        raise PermissionDenied


def _may_answer(request: HttpRequest, line: queries.TaskLine) -> bool:
    return request.user.has_perm("task.answer", line.pair.unit)
