"""Pages on which a division of tasks comes in from a spreadsheet: a trial first, then the doing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cyberweek.people.rights import right_required
from cyberweek.plan.queries import shown_campaign
from cyberweek.supervision import forms, sheet_import
from cyberweek.supervision.sheet_reader import MAX_BYTES, BadSheet, read
from cyberweek.supervision.words import SHEET_WORDS

KEPT = "supervision.sheet"


@require_http_methods(["GET", "POST"])
@right_required("task.decide")
def import_sheet(request: HttpRequest) -> HttpResponse:
    """Take a file and show what it would change; nothing is changed yet."""
    campaign = shown_campaign()
    if campaign is None:
        raise Http404
    form = forms.SheetFile(request.POST or None, request.FILES or None)
    trial = None
    if request.method == "POST" and form.is_valid():
        try:
            rows = read(form.cleaned_data["file"].read(MAX_BYTES + 1), year=campaign.starts.year)
        except BadSheet as error:
            form.add_error("file", _(SHEET_WORDS[error.reason]))
        else:
            trial = sheet_import.trial(campaign, rows)
            request.session[KEPT] = sheet_import.packed(rows)
    status = 422 if form.errors else 200
    return render(request, "supervision/import.html", {"form": form, "trial": trial}, status=status)


@require_POST
@right_required("task.decide")
def import_confirm(request: HttpRequest) -> HttpResponse:
    """Do what the trial showed, compared anew with what is there now."""
    campaign, kept = shown_campaign(), request.session.pop(KEPT, None)
    if campaign is None:
        raise Http404
    if kept is None:
        messages.error(request, _("没有等待导入的表格：请先选文件，看过结果再导入。"))
        return redirect("supervision:import")
    added = sheet_import.apply(campaign, sheet_import.trial(campaign, sheet_import.unpacked(kept)))
    words = ngettext("已加入 %(n)d 项，尚未交办。", "已加入 %(n)d 项，尚未交办。", added)
    messages.success(request, words % {"n": added})
    return redirect("supervision:tasks")
