"""Pages on which many people get their seats at once: the list, its dry run, and the links for their first sign-in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cyberweek.kernel.clock import CHINA, system_clock
from cyberweek.kernel.workbook import MAX_BYTES, MAX_ROWS, NotAWorkbook, TooLarge
from cyberweek.people import enrolment, keys, links, queries, roster, services
from cyberweek.people.forms import RosterFile
from cyberweek.people.models import Roster
from cyberweek.people.office import acting
from cyberweek.people.rights import right_required


@right_required("staff.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a list of seats; nothing happens before its dry run is confirmed."""
    form = RosterFile(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            lines = roster.read(form.cleaned_data["file"].read(MAX_BYTES + 1))
        except (NotAWorkbook, TooLarge, roster.NoHead) as error:
            form.add_error("file", _why_not(error))
        else:
            return redirect("people:roster", pk=enrolment.receive(lines, at=system_clock()).pk)
    return render(request, "people/roster_upload.html", {"form": form}, status=422 if form.errors else 200)


@right_required("staff.edit")
@require_safe
def dry_run(request: HttpRequest, pk: int) -> HttpResponse:
    """What would become of each line."""
    verdicts = roster.judge(enrolment.lines_of(_find(pk)), system_clock().astimezone(CHINA).date())
    counted = {state: sum(each.state == state for each in verdicts) for state in ("new", "seat", "same", "bad")}
    context = {"pk": pk, "verdicts": verdicts, "counted": counted, "wanted": counted["new"] + counted["seat"]}
    return render(request, "people/roster.html", context)


@require_POST
@right_required("staff.edit")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        people, seats = enrolment.confirm(_find(pk), at=system_clock(), by=acting(request))
    except enrolment.NothingToDo:
        messages.error(request, _("这份名单里没有可以安排的岗位，什么也没有改动。"))
    except services.OwnSeat:
        messages.error(request, _("名单里有您自己。请去掉那一行，由另一位系统管理员来办；什么也没有改动。"))
    except services.KeptApart:
        messages.error(request, _("系统、安全、审计三种管理员须由不同的人担任。"))
    else:
        done = ngettext(
            "安排了 %(seats)d 个岗位，新增 %(people)d 人。", "安排了 %(seats)d 个岗位，新增 %(people)d 人。", seats
        )
        messages.success(request, done % {"seats": seats, "people": people})
        return redirect("people:links")
    return redirect("people:roster", pk=pk)


@require_POST
@right_required("staff.edit")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment.discard(_find(pk))
    messages.success(request, _("名单已丢弃，什么也没有改动。"))
    return redirect("people:roster_upload")


@never_cache
@right_required("staff.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    """Whoever has never signed in; a POST makes their links and shows them, this once, as a list to print."""
    waiting = queries.waiting_for_a_link()
    if request.method != "POST":
        return render(request, "people/links.html", {"lines": waiting, "days": links.GOOD_FOR[links.ENTER].days})
    chosen = [each for each in waiting if str(each.staff.pk) in request.POST.getlist("staff")]
    if not chosen:
        messages.error(request, _("请先勾选至少一个人。"))
        return redirect("people:links")
    at = system_clock()
    made = enrolment.invite(
        [each.staff for each in chosen], vault=keys.vault(), token=keys.new_token, at=at, by=acting(request)
    )
    slips = [(each, _address(request, invitation.token)) for each, invitation in zip(chosen, made, strict=True)]
    return render(request, "people/slips.html", {"slips": slips, "until": at + links.GOOD_FOR[links.ENTER]})


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("account_first", args=[token]))


def _find(pk: int) -> Roster:
    found = Roster.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _why_not(error: Exception) -> str:
    if isinstance(error, NotAWorkbook):
        return _("这不是 Excel 的 .xlsx 文件，或者已损坏、设了密码。请另存为不带密码的 .xlsx 再上传。")
    if isinstance(error, roster.NoHead):
        return _("前十行里没有找到这些列：%(columns)s。请在表头写上“单位”和“登录名”。") % {
            "columns": "、".join(error.missing)
        }
    size = {"size": MAX_BYTES // (1024 * 1024), "rows": MAX_ROWS}
    return _("文件超过 %(size)d MB 或有文字的行超过 %(rows)d 行。请只保留岗位名单这一张表。") % size
