"""Files in and out: upload, dry run, confirm or throw away; export in every format."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cyberweek.kernel.clock import system_clock, this_day
from cyberweek.people.models import Seat
from cyberweek.people.queries import seat_name
from cyberweek.people.rights import right_required, seat_for
from cyberweek.questions import listing, queries, services
from cyberweek.questions import uploads as service
from cyberweek.questions.console.standing import paged
from cyberweek.questions.console.views import asked_in, query_of
from cyberweek.questions.draft import QuestionDraft
from cyberweek.questions.formats.confined import MOST_BYTES
from cyberweek.questions.formats.outcome import Unreadable
from cyberweek.questions.formats.registry import BY_NAME, FORMATS
from cyberweek.questions.forms import BankUploadForm, TopicsForm
from cyberweek.questions.importing import ImportPlan, Line, Verdict
from cyberweek.questions.models import BankUpload
from cyberweek.questions.words import FIELD_NAMES, TRUTHS, place_words, sentence

PER_PAGE = 100


@right_required("bank.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """Every file that waits; a new one is read at once and shown row by row."""
    form = BankUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, seat = form.cleaned_data["file"], seat_for(request.user, Seat.Role.ORGANISER)
        try:
            made = service.receive(file.read(MOST_BYTES + 1), file.name, seat=seat, at=system_clock())
        except Unreadable as error:
            form.add_error("file", sentence(error.fault))
        else:
            return redirect("bank:upload", made.pk)
    context = {
        "form": form,
        "uploads": [(each, seat_name(each.seat)) for each in queries.waiting_uploads()],
        "exports": reverse("bank:exports"),
    }
    return render(request, "questions/console/uploads.html", context, status=422 if form.errors else 200)


@right_required("bank.edit")
@require_safe
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run: what each row would do."""
    found = _find(pk)
    plan, known = queries.import_plan(found), queries.topics()
    shown = request.GET.get("show", "")
    kept = [each for each in plan.lines if not shown or each.verdict == shown]
    page = Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
    names, likes = list(dict.fromkeys([*found.topics, *plan.unknown_topics])), listing.likes(page)
    context = {
        "upload": found,
        "plan": plan,
        **paged(page),
        "rows": [_row(each, likes.get(each.at, [])) for each in page],
        "tabs": _tabs(plan, shown),
        "query": f"show={shown}" if shown else "",
        "form": TopicsForm(names=names, topics=known, chosen=found.topics) if names else None,
        "bank": reverse("bank:index"),
        "will_write": plan.count(Verdict.NEW) + plan.count(Verdict.CHANGED),
    }
    return render(request, "questions/console/upload.html", context)


@right_required("bank.edit")
@require_POST
def topics(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which topics of the bank the names in the file mean."""
    found = _find(pk)
    names = list(dict.fromkeys([*found.topics, *queries.import_plan(found).unknown_topics]))
    form = TopicsForm(request.POST, names=names, topics=queries.topics(), chosen=found.topics)
    if form.is_valid():
        try:
            service.choose_topics(found, form.topics())
        except service.Gone:
            return _gone(request)
    return redirect("bank:upload", pk)


@right_required("bank.edit")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was shown, or nothing."""
    found, seat = BankUpload.objects.filter(pk=pk).first(), seat_for(request.user, Seat.Role.ORGANISER)
    if found is None:
        return _gone(request)
    try:
        done = service.confirm(found, seen=request.POST.get("seen", ""), seat=seat, at=system_clock())
    except service.Gone:
        return _gone(request)
    except services.Moved:
        messages.warning(
            request, _("题库在您核对的时候变了，还没有导入。下面是按现在的题库重新比对的结果，请再看一遍。")
        )
        return redirect("bank:upload", pk)
    except service.NothingToDo:
        messages.error(request, _("没有可以导入的题。"))
        return redirect("bank:upload", pk)
    said = _("已导入：新建 %(new)d 题，修改 %(changed)d 题。它们要提交审核，由另一个人看过以后才能用。")
    messages.success(request, said % {"new": done.new, "changed": done.changed})
    return redirect("bank:index")


@right_required("bank.edit")
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = BankUpload.objects.filter(pk=pk).first()
    try:
        if found is not None:
            service.discard(found)
    except service.Gone:
        return _gone(request)
    messages.success(request, _("已放弃这份文件，题库没有变。"))
    return redirect("bank:uploads")


@right_required("bank.edit")
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """Every format, with how many of the questions it can hold."""
    drafts = _asked(request)
    rows = [(each, sum(each.can_carry(draft) for draft in drafts)) for each in FORMATS]
    context = {"rows": rows, "total": len(drafts), "query": query_of(asked_in(request))}
    return render(request, "questions/console/exports.html", context)


@right_required("bank.edit")
@require_safe
def export(request: HttpRequest, name: str) -> HttpResponse:
    """The questions that are asked for, as a file."""
    if name not in BY_NAME:
        raise Http404
    chosen = BY_NAME[name]
    kept = [draft for draft in _asked(request) if chosen.can_carry(draft)]
    disposition = f'attachment; filename="bank.{chosen.extension}"'
    return HttpResponse(chosen.write(kept), content_type=chosen.media, headers={"Content-Disposition": disposition})


def _asked(request: HttpRequest) -> list[QuestionDraft]:
    asked, today = asked_in(request), this_day()
    counted = listing.counted(system_clock()) if asked.look else None
    return [queries.draft_of(each) for each in queries.whole(listing.found(asked, today=today, counted=counted))]


def _row(line: Line, like: list[tuple[str, str]]) -> dict[str, object]:
    fields = dict.fromkeys(str(FIELD_NAMES[name]) for name in line.changed)
    texts = [] if line.draft is None else line.draft.options or [str(each) for each in TRUTHS]
    options = [(text, place in line.draft.answer) for place, text in enumerate(texts)] if line.draft else []
    fault = None if line.fault is None else {"field": FIELD_NAMES[line.fault.field], "said": sentence(line.fault)}
    at = place_words(line.at)
    return {"line": line, "at": at, "fault": fault, "fields": list(fields), "options": options, "like": like}


def _tabs(plan: ImportPlan, shown: str) -> list[dict[str, object]]:
    names = {
        Verdict.NEW: _("新建"),
        Verdict.CHANGED: _("修改"),
        Verdict.SAME: _("已有"),
        Verdict.REFUSED: _("不能导入"),
        Verdict.REMARK: _("说明"),
    }
    made: list[dict[str, object]] = [{"key": "", "name": _("全部"), "count": len(plan.lines), "current": not shown}]
    made += [
        {"key": key.value, "name": name, "count": plan.count(key), "current": key == shown}
        for key, name in names.items()
        if plan.count(key)
    ]
    return made


def _find(pk: int) -> BankUpload:
    found = BankUpload.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(_("这份文件已经导入或放弃"))
    return found


def _gone(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("这份文件已经由别人导入或放弃，没有再导入一次。"))
    return redirect("bank:uploads")
