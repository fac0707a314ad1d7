"""The bank's pages: the list, one question, writing and changing it, handing it on for review."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cyberweek.kernel.clock import system_clock, this_day
from cyberweek.people.models import Seat
from cyberweek.people.queries import seat_name
from cyberweek.people.rights import right_required, seat_for
from cyberweek.questions import listing, queries, review, services
from cyberweek.questions.console.standing import figures_of, options_of, paged, shares_of
from cyberweek.questions.forms import QuestionForm, SendBackForm
from cyberweek.questions.listing import Asked
from cyberweek.questions.models import Question, Step
from cyberweek.questions.words import ACT_NAMES, KIND_NAMES, TRUTHS, law_names

PER_PAGE = 50


@right_required("bank.edit")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    asked, today = asked_in(request), this_day()
    counted = listing.counted(system_clock())
    flags = listing.flagged(counted, today)
    found = queries.whole(listing.found(asked, today=today, counted=counted))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **paged(page),
        "kinds": KIND_NAMES,
        "lines": listing.lines(list(page.object_list), today=today, counted=counted),
        "asked": asked,
        "query": query_of(asked),
        "tabs": _tabs(asked, listing.counts(flags)),
        "topics": queries.topics(),
        "laws": law_names(today),
        "is_filtered": any(asked),
        "may_ask": any(each.stage == Question.Stage.WRITING for each in page.object_list),
    }
    return render(request, "questions/console/index.html", context)


@right_required("bank.edit")
@require_safe
def question(request: HttpRequest, code: str) -> HttpResponse:
    return question_page(request, _find(code), SendBackForm())


def question_page(request: HttpRequest, found: Question, form: SendBackForm, status: int = 200) -> HttpResponse:
    """Everything about one question: as residents see it, what it rests on, what it is like, what was done to it."""
    now, today = system_clock(), this_day()
    (line,) = listing.lines([found], today=today, counted=listing.counted(now))
    seat = seat_for(request.user, Seat.Role.ORGANISER)
    context = {
        "line": line,
        "options": options_of(found),
        "shares": shares_of(line),
        "figures": figures_of(line),
        "like": listing.like(found),
        "trail": [(each, seat_name(each.seat), ACT_NAMES[Step.Act(each.act)]) for each in queries.trail_of(found)],
        "is_own": found.pk in queries.own_among([found.pk], seat, now),
        "is_bundled": found.bundle_digest == found.digest,
        "form": form,
    }
    return render(request, "questions/console/question.html", context, status=status)


@right_required("bank.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a question; it then waits to be handed to a second person."""
    initial = {"topic": request.GET.get("topic", ""), "kind": "single", "difficulty": 1}
    form = QuestionForm(request.POST or None, topics=queries.topics(), today=this_day(), initial=initial)
    if request.method == "POST" and form.is_valid():
        seat = seat_for(request.user, Seat.Role.ORGANISER)
        made = services.add(form.draft(), seat=seat, at=system_clock())
        messages.success(request, _("题目已保存。请提交审核，由另一个人看过以后才能用。"))
        return redirect("bank:question", made.code)
    return _edit_page(request, form, None)


@right_required("bank.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a question; one that was reviewed has to be reviewed again."""
    found = _find(code)
    draft = queries.draft_of(found)
    form = QuestionForm(
        request.POST or None,
        topics=queries.topics(),
        today=this_day(),
        bases=len(draft.bases),
        initial=QuestionForm.data_of(draft),
    )
    if request.method == "POST" and form.is_valid():
        seat, seen = seat_for(request.user, Seat.Role.ORGANISER), request.POST.get("seen", "")
        try:
            services.change(found, form.draft(), seen=seen, seat=seat, at=system_clock())
        except services.Moved:
            form.add_error(None, _("别人刚刚改过这道题。请打开新的一页对照后再改。"))
        else:
            messages.success(request, _("题目已保存。改动过的题要重新审核。"))
            return redirect("bank:question", code)
    return _edit_page(request, form, found)


@right_required("bank.edit")
@require_POST
def remove(request: HttpRequest, code: str) -> HttpResponse:
    try:
        services.remove(_find(code))
    except services.InUse:
        messages.error(request, _("有答题活动选了这道题，不能删除。请先在活动里取消选用。"))
    except services.Bundled:
        messages.error(request, _("随系统附带的题不能删除。不想用它，在活动里不选即可。"))
    else:
        messages.success(request, _("已删除 %(code)s。") % {"code": code})
        return redirect("bank:index")
    return redirect("bank:question", code)


@right_required("bank.edit")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Hand the ticked questions to a second person."""
    chosen = Question.objects.filter(code__in=request.POST.getlist("question"))
    back = request.POST.get("back", "")
    try:
        count = review.ask(list(chosen), seat=seat_for(request.user, Seat.Role.ORGANISER), at=system_clock())
    except review.Unexplained as error:
        messages.error(request, _("%(code)s 还没有解析：居民答完要看到为什么。请先补上。") % {"code": error})
    except review.NotNow as error:
        messages.error(request, _("%(code)s 已经提交或已审核，没有提交任何题。请重新勾选。") % {"code": error})
    else:
        if count:
            messages.success(request, ngettext("已提交 %(n)d 题审核。", "已提交 %(n)d 题审核。", count) % {"n": count})
        else:
            messages.error(request, _("没有提交任何题：请先勾选编写中的题。"))
    if back:
        return redirect("bank:question", back)
    return redirect(f"{reverse('bank:index')}?{query_of(asked_in(request))}")


def asked_in(request: HttpRequest) -> Asked:
    """What the address asks for."""
    return Asked(*(request.GET.get(name, "").strip()[:80] for name in Asked._fields))


def query_of(asked: Asked) -> str:
    return urlencode({name: value for name, value in asked._asdict().items() if value})


def _tabs(asked: Asked, counts: dict[str, int]) -> list[dict[str, object]]:
    names = {
        "": _("全部"),
        "writing": _("编写中"),
        "waiting": _("待审核"),
        "reviewed": _("已审核"),
        "look": _("要看看的"),
    }
    current = "look" if asked.look else asked.stage
    made = []
    for key, name in names.items():
        wanted = asked._replace(stage="" if key == "look" else key, look="1" if key == "look" else "")
        made.append({"name": name, "count": counts[key], "query": query_of(wanted), "current": key == current})
    return made


def _edit_page(request: HttpRequest, form: QuestionForm, found: Question | None) -> HttpResponse:
    status = 422 if form.errors else 200
    labels = {
        "true": str(TRUTHS[0]),
        "false": str(TRUTHS[1]),
        "right": _("正确"),
        "why": _("为什么"),
        "unexplained": _("还没有解析。"),
        "empty": _("题干会显示在这里。"),
    }
    context = {
        "form": form,
        "question": found,
        "options": options_of(found) if found else [],
        "props": {"labels": labels},
        "seen": request.POST.get("seen", "") or (found.digest if found else ""),
        "names": [form[name] for name in form.fields if not name.startswith(("law_", "article_", "from_", "to_"))],
        "bases": [[form[f"{name}_{place}"] for name in ("law", "article", "from", "to")] for place in form.bases],
    }
    return render(request, "questions/console/edit.html", context, status=status)


def _find(code: str) -> Question:
    found = queries.find(code)
    if found is None:
        raise Http404
    return found
