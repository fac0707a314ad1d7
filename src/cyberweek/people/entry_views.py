"""The page behind a one-time link: somebody who was never here chooses a password. Open to whoever has the link."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cyberweek.kernel.clock import system_clock
from cyberweek.people import keys, links, services
from cyberweek.people.forms import FirstPassword


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Choose the first password; only sending the form uses the link up, so that looking at it costs nothing."""
    try:
        link = links.find(token, links.ENTER, vault=keys.vault(), at=system_clock())
    except links.BadLink as error:
        return _page(request, {"problem": _why_not(error)}, 410)
    form = FirstPassword(request.POST or None)
    if form.is_valid():
        try:
            services.enter(link, form.cleaned_data["password"], at=system_clock())
        except links.UsedLink as error:
            return _page(request, {"problem": _why_not(error)}, 410)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            messages.success(request, _("密码已设置。请用它登录，接着按提示设置第二重验证。"))
            return redirect("account_login")
    return _page(request, {"form": form, "username": link.staff.username}, 422 if form.errors else 200)


def _page(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    return render(request, "people/first.html", context, status=status)


def _why_not(error: links.BadLink) -> str:
    return {
        links.UnknownLink: _("没有这个链接，或者后来又给了您一个新的。请用最近的一个，或请系统管理员再给一个。"),
        links.ExpiredLink: _("这个链接已经过期。请系统管理员再给您一个。"),
        links.UsedLink: _("这个链接已经用过，一个链接只能用一次。请直接登录；如果不是您用的，请马上告诉系统管理员。"),
    }[type(error)]
