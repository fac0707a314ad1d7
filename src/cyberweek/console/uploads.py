"""Pages on which a plan becomes a campaign: upload, review beside its lines, correct, accept, confirm or revise."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cyberweek.console.forms import FORMS, ConfirmForm, ItemForm, UploadForm
from cyberweek.kernel.clock import system_clock
from cyberweek.ledger.door import writer
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_for
from cyberweek.plan import corrections, queries, revision, services
from cyberweek.plan.models import Campaign, PlanUpload
from cyberweek.plan.proposal import obstacles
from cyberweek.plan.queries import shown_campaign
from cyberweek.plan.reader.source import MAX_BYTES
from cyberweek.plan.reader.understood import Plan
from cyberweek.plan.reader.unreadable import Unreadable
from cyberweek.plan.words import KIND_NAMES

AROUND = 4  # lines before and after an item, on the page where it is corrected


@right_required("plan.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """Every plan that came in; a new one is read at once and shown for review."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = services.receive(file.read(MAX_BYTES + 1), file.name, at=system_clock())
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            return redirect("console:upload", upload.pk)
    status = 422 if form.errors else 200
    return render(request, "console/uploads.html", {"form": form, "uploads": queries.uploads()}, status=status)


@right_required("plan.edit")
@require_safe
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    return _review(request, _find(pk))


@right_required("plan.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    """Correct one item beside the lines it came from; `activities` alone is the path of a new one."""
    found = _find(pk)
    read = queries.read_plan(found)
    entry = _entry(read, found, path)
    initial = entry.item and FORMS[_name(path)].item_data(entry.item)
    form = FORMS[_name(path)](request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _save(request, found, entry.path, form)
    context = {
        "upload": found,
        "entry": entry,
        "form": form,
        "source": _around(read, entry.lines),
        "is_new": not entry.item,
    }
    return render(request, "console/upload_item.html", context, status=422 if form.errors else 200)


@right_required("plan.edit")
@require_POST
def remove(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    found = _find(pk)
    _entry(queries.read_plan(found), found, path)
    return _changed(request, found, path, lambda: services.correct(found, path, None))


@right_required("plan.edit")
@require_POST
def undo(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    found = _find(pk)
    return _changed(request, found, path, lambda: services.undo(found, path))


@right_required("plan.edit")
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a finding stand for a reason; an empty reason takes the acceptance back."""
    found, reason = _find(pk), request.POST.get("reason", "").strip()[:200]
    key = request.POST.get("key", "")[:500]
    if request.POST.get("do") != "withdraw" and not reason:
        messages.error(request, _("请写明为什么可以这样。"))
        return redirect(f"{reverse('console:upload', args=[pk])}#findings")
    return _changed(request, found, "findings", lambda: services.accept(found, key, reason))


@right_required("plan.edit")
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(pk)
    try:
        services.discard(found)
    except services.AlreadyConfirmed:
        messages.error(request, _("这份方案已经确认，不能删除。"))
        return redirect("console:upload", pk)
    messages.success(request, _("已删除“%(name)s”。") % {"name": found.filename})
    return redirect("console:uploads")


@right_required("plan.edit")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it the campaign that everybody sees."""
    found, form = _find(pk), ConfirmForm(request.POST)
    if not form.is_valid():
        return _review(request, found, form=form, status=422)
    seat = seat_for(request.user, Seat.Role.ORGANISER)
    try:
        services.confirm(found, **form.cleaned_data, writer=writer(), seat=seat.pk, at=system_clock())
    except services.NotConfirmable:
        return _review(request, found, form=form, status=422)
    except services.AlreadyConfirmed:
        messages.warning(request, _("这份方案已经确认过了。"))
    except IntegrityError:
        form.add_error("slug", _("已经有一个活动周用了这个简称，请换一个。"))
        return _review(request, found, form=form, status=422)
    else:
        messages.success(request, _("方案已确认，活动周已建立。下一步：交办任务，打开活动。"))
    return redirect("console:plan")


@right_required("plan.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a revised plan would change in the running campaign; change it only when asked."""
    found, campaign = _find(pk), shown_campaign()
    if campaign is None:
        raise Http404
    if request.method == "POST":
        return _revise(request, found, campaign)
    plan = queries.plan_in(found)
    context = {
        "upload": found,
        "campaign": campaign,
        "changes": revision.changes(plan, campaign),
        "hindrances": _hindrances(found, plan),
    }
    return render(request, "console/upload_changes.html", context)


def _revise(request: HttpRequest, found: PlanUpload, campaign: Campaign) -> HttpResponse:
    seat = seat_for(request.user, Seat.Role.ORGANISER)
    try:
        count = services.revise(found, campaign, writer=writer(), seat=seat.pk, at=system_clock())
    except services.NotConfirmable as error:
        for each in error.obstacles:
            messages.error(request, each.message)
        return redirect("console:upload", found.pk)
    except services.AlreadyConfirmed:
        messages.warning(request, _("这份方案已经确认过了。"))
    else:
        messages.success(request, _("已按修订方案更新，%(count)d 处不同。") % {"count": count})
    return redirect("console:plan")


def _review(
    request: HttpRequest, found: PlanUpload, *, form: ConfirmForm | None = None, status: int = 200
) -> HttpResponse:
    read = queries.read_plan(found)
    plan = corrections.corrected(read, found.corrected)
    hit = {line for lines in plan.lines.values() for line in lines}
    running = shown_campaign()
    initial = {
        "area": running.area if running else plan.evidence.place,
        "slug": f"week-{(plan.start or '')[:4]}".strip("-"),
    }
    context = {
        "upload": found,
        "plan": plan,
        "header": corrections.header_of(read, found.corrected),
        "lists": {name: corrections.entries(read, name, found.corrected) for name in corrections.LISTS},
        "findings": _by_weight(queries.found_lines(found, plan)),
        "hindrances": _hindrances(found, plan),
        "source": _source(read, hit),
        "kinds": KIND_NAMES,
        "running": running,
        "form": form or ConfirmForm(initial=initial),
    }
    return render(request, "console/upload.html", context, status=status)


def _by_weight(lines: list[queries.FoundLine]) -> dict[str, list[queries.FoundLine]]:
    """What wants a decision, and what is only good to know."""
    known = [line for line in lines if line.finding.severity == "information"]
    return {"open": [line for line in lines if line not in known], "known": known}


def _hindrances(found: PlanUpload, plan: Plan) -> list[dict[str, str]]:
    """What is in the way of confirming, each with the place of the page where it is mended."""
    paths = corrections.where(queries.read_plan(found), found.corrected)
    missing = [{"message": each.message, "at": _anchor(paths.get(each.path, each.path))} for each in obstacles(plan)]
    errors = [{"message": each.message, "at": "findings"} for each in queries.unaccepted_errors(found, plan)]
    return missing + errors


def _source(read: Plan, hit: set[int]) -> list[tuple[int, str, bool]]:
    return [(number, text, number in hit) for number, text in enumerate(read.evidence.source, 1) if text.strip()]


def _around(read: Plan, lines: list[int]) -> list[tuple[int, str, bool]]:
    """The lines of an item with a few before and after; everything when it has none."""
    source = _source(read, set(lines))
    near = [at for at, (number, _text, _hit) in enumerate(source) if number in lines]
    return source[max(near[0] - AROUND, 0) : near[-1] + AROUND + 1] if near else source


def _save(request: HttpRequest, found: PlanUpload, path: str, form: ItemForm) -> HttpResponse:
    return _changed(request, found, path, lambda: services.correct(found, path, form.item()))


def _changed(request: HttpRequest, found: PlanUpload, path: str, change: Any) -> HttpResponse:
    try:
        change()
    except services.AlreadyConfirmed:
        messages.error(request, _("这份方案已经确认；要改动，请上传修订后的方案。"))
    except corrections.NoSuchItem:
        raise Http404 from None
    return redirect(f"{reverse('console:upload', args=[found.pk])}#{_anchor(path)}")


def _entry(read: Plan, found: PlanUpload, path: str) -> corrections.Entry:
    if path in corrections.LISTS:
        return corrections.Entry(corrections.new_path(path, found.corrected), None, [], is_corrected=False)
    if path == corrections.HEADER:
        return corrections.header_of(read, found.corrected)
    for entry in corrections.entries(read, _name(path), found.corrected) if _name(path) in corrections.LISTS else ():
        if entry.path == path:
            return entry
    raise Http404


def _name(path: str) -> str:
    return path.partition("[")[0]


def _anchor(path: str) -> str:
    return path.replace("[", "-").replace("]", "").replace("+", "new")


def _find(pk: int) -> PlanUpload:
    found = PlanUpload.objects.filter(pk=pk).select_related("campaign").first()
    if found is None:
        raise Http404
    return found
