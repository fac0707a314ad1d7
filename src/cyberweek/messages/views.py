"""The inbox of one's seats, and for whoever keeps the post, what did not go out."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from cyberweek.kernel.clock import system_clock
from cyberweek.messages import queries, services
from cyberweek.people.rights import right_required, seats_of

PER_PAGE = 50


@require_GET
@right_required("console.enter")
def inbox(request: HttpRequest) -> HttpResponse:
    seats = _seats(request)
    page = Paginator(queries.letters(seats), PER_PAGE).get_page(request.GET.get("page"))
    context = {"letters": page, "unread": queries.unread(seats), "now": system_clock()}
    return render(request, "messages/inbox.html", context)


@require_POST
@right_required("console.enter")
def open_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a letter as read and go where it leads; one of another seat is not told of."""
    letter = queries.letters(_seats(request)).filter(pk=pk).first()
    if letter is None:
        raise PermissionDenied
    services.mark_read(_seats(request), at=system_clock(), letter=pk)
    return redirect(letter.url or "letters:inbox")


@require_POST
@right_required("console.enter")
def read_all(request: HttpRequest) -> HttpResponse:
    n = services.mark_read(_seats(request), at=system_clock())
    messages.success(request, ngettext("%(n)d 封消息标为已读。", "%(n)d 封消息标为已读。", n) % {"n": n})
    return redirect("letters:inbox")


@require_GET
@right_required("post.keep")
def post(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.stuck(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "messages/post.html", {"stuck": page, "standings": queries.standings()})


@require_POST
@right_required("post.keep")
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    if services.send_again(pk):
        messages.success(request, _("会在一分钟内再发一次。"))
    else:
        messages.error(request, _("这一封没有卡住，不用再发。"))
    return redirect("letters:post")


def _seats(request: HttpRequest) -> list[int]:
    return [seat.pk for seat in seats_of(request.user)]
