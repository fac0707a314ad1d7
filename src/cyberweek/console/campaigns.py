"""Pages on which next year begins: every campaign there is, one of them again in another year, and which is shown."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cyberweek.component.cloning import CannotClone, clone
from cyberweek.console import queries
from cyberweek.console.forms import CloneForm
from cyberweek.kernel.clock import system_clock
from cyberweek.ledger.door import writer
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_for
from cyberweek.plan import services
from cyberweek.plan.models import Campaign
from cyberweek.plan.queries import all_campaigns, shown_campaign, texts_of_other_years

YEAR = timedelta(weeks=52)  # to the same day of the week


@right_required("plan.edit")
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    return render(request, "console/campaigns.html", {"campaigns": all_campaigns(), "shown": shown_campaign()})


@right_required("plan.edit")
@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _find(slug))


@right_required("plan.edit")
@require_POST
def copy(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare it again in another year; nobody sees the copy yet."""
    found, form = _find(slug), CloneForm(request.POST)
    if form.is_valid():
        try:
            made = clone(found, **form.cleaned_data)
        except CannotClone as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("已复制为“%(name)s”，展示之前只有组织人员看得到。") % {"name": made.name})
            return redirect("console:campaign", made.slug)
    return _page(request, found, form=form)


@right_required("plan.edit")
@require_POST
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody see it instead of the one that is shown."""
    found, seat = _find(slug), seat_for(request.user, Seat.Role.ORGANISER)
    try:
        services.show(found, writer=writer(), seat=seat.pk, at=system_clock())
    except services.AlreadyShown:
        messages.warning(request, _("“%(name)s”已经在展示。") % {"name": found.name})
    else:
        messages.success(request, _("大家现在看到的是“%(name)s”。下一步：交办任务，打开活动。") % {"name": found.name})
    return redirect("console:campaign", slug)


@right_required("plan.edit")
@require_POST
def throw_away(request: HttpRequest, slug: str) -> HttpResponse:
    found = _find(slug)
    try:
        services.throw_away(found)
    except services.AlreadyShown:
        messages.error(request, _("“%(name)s”展示过，记录都在它名下，不能删除。") % {"name": found.name})
        return redirect("console:campaign", slug)
    messages.success(request, _("已删除“%(name)s”。") % {"name": found.name})
    return redirect("console:campaigns")


def _page(request: HttpRequest, found: Campaign, *, form: CloneForm | None = None) -> HttpResponse:
    context = {
        "campaign": found,
        **queries.plan_of(found),
        "shown": shown_campaign(),
        "doubtful": texts_of_other_years(found),
        "form": form or CloneForm(initial={"starts": found.starts + YEAR}),
    }
    return render(request, "console/campaign.html", context, status=422 if form else 200)


def _find(slug: str) -> Campaign:
    found = Campaign.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found
