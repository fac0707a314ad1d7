"""Pages of the second person: what waits for review, letting it stand, sending it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cyberweek.kernel.clock import system_clock, this_day
from cyberweek.ledger.door import writer
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_for
from cyberweek.questions import listing, queries, review, services
from cyberweek.questions.console.standing import options_of, paged
from cyberweek.questions.console.views import question_page
from cyberweek.questions.forms import SendBackForm
from cyberweek.questions.models import Question

PER_PAGE = 30


@right_required("bank.review")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Every question that waits, with what it is like; own ones are for somebody else."""
    waiting = queries.whole(Question.objects.filter(stage=Question.Stage.WAITING))
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    seat = seat_for(request.user, Seat.Role.ORGANISER)
    lines = listing.review_lines(list(page.object_list), seat=seat, at=system_clock(), today=this_day())
    context = {
        **paged(page),
        "lines": [(each, options_of(each.line.question)) for each in lines],
        "may_approve": any(not each.is_own for each in lines),
    }
    return render(request, "questions/console/queue.html", context)


@right_required("bank.review")
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Let the ticked questions stand as they were shown."""
    ticked = {code: request.POST.get(f"seen-{code}", "") for code in request.POST.getlist("question")}
    keys = dict(Question.objects.filter(code__in=ticked).values_list("code", "pk"))
    seen = {keys[code]: digest for code, digest in ticked.items() if code in keys}
    seat = seat_for(request.user, Seat.Role.ORGANISER)
    if not seen:
        messages.error(request, _("没有通过任何题：请先勾选。"))
        return redirect("bank:queue")
    try:
        passed = review.approve(seen, seat=seat, writer=writer(), at=system_clock())
    except review.OwnWork as error:
        messages.error(request, _("%(code)s 是您写的或改过的，要由另一个人审核。没有通过任何题。") % {"code": error})
    except review.NotNow as error:
        messages.error(request, _("%(code)s 已经有人处理。没有通过任何题，请刷新后再看。") % {"code": error})
    except services.Moved as error:
        messages.error(request, _("%(code)s 在您看的时候被改动了。没有通过任何题，请再看一遍。") % {"code": error})
    else:
        said = ngettext("已通过 %(n)d 题。", "已通过 %(n)d 题。", len(passed)) % {"n": len(passed)}
        messages.success(request, said)
    return redirect("bank:queue")


@right_required("bank.review")
@require_POST
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Give a question back to its author with a reason."""
    found, form = queries.find(code), SendBackForm(request.POST)
    if found is None:
        raise Http404
    if not form.is_valid():
        return question_page(request, found, form, status=422)
    seat = seat_for(request.user, Seat.Role.ORGANISER)
    try:
        review.send_back(found, form.cleaned_data["reason"], seat=seat, at=system_clock())
    except review.OwnWork:
        messages.error(request, _("这道题是您写的或改过的，要由另一个人审核。"))
    except review.NotNow:
        messages.error(request, _("这道题不在待审核之中，可能已经有人处理。"))
    else:
        messages.success(request, _("已退回，作者会看到理由。"))
    return redirect("bank:question", code)
