"""How questions stand: what answers say of each, and which are alike."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cyberweek.kernel.clock import system_clock, this_day
from cyberweek.ledger.queries import has_simulated, head
from cyberweek.people.rights import right_required
from cyberweek.questions import listing
from cyberweek.questions.models import Question
from cyberweek.questions.statistics import interval
from cyberweek.questions.words import TRUTHS

PER_PAGE = 50


@right_required("bank.edit")
@require_safe
def alike(request: HttpRequest) -> HttpResponse:
    """Every two questions that say nearly the same, side by side."""
    page = Paginator(listing.pairs(), PER_PAGE).get_page(request.GET.get("page"))
    codes = {code for pair in page for code in (pair.one, pair.other)}
    present = {each.code: each for each in Question.objects.filter(code__in=codes)}
    shown = [(present[pair.one], present[pair.other], f"{pair.likeness:.0%}") for pair in page]
    return render(request, "questions/console/alike.html", {**paged(page), "pairs": shown})


@right_required("bank.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def statistics(request: HttpRequest) -> HttpResponse:
    """What answers say of each question; a POST counts anew."""
    if request.method == "POST":
        listing.counted(system_clock(), anew=True)
        return redirect("bank:statistics")
    counted, today = listing.counted(system_clock()), this_day()
    sort = request.GET.get("sort", "look")
    answered = Question.objects.filter(code__in={each.item for each in counted.figures})
    known = [each for each in listing.lines(answered, today=today, counted=counted) if each.figures]
    page = Paginator(sorted(known, key=_SORTS.get(sort, _SORTS["look"])), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **paged(page),
        "counted": counted,
        "is_simulated": has_simulated(head().n),
        "lines": [(each, figures_of(each)) for each in page],
        "sort": sort,
        "sorts": SORT_NAMES,
        "known": len(known),
        "query": urlencode({"sort": sort}),
    }
    return render(request, "questions/console/statistics.html", context)


def _discrimination(line: listing.Line) -> float:
    value = line.figures.discrimination if line.figures else None
    return 2.0 if value is None else value


SORT_NAMES = {
    "look": gettext_lazy("要看看的在前"),
    "facility": gettext_lazy("难的在前"),
    "discrimination": gettext_lazy("区分度低的在前"),
    "time": gettext_lazy("用时长的在前"),
    "exposure": gettext_lazy("答得多的在前"),
    "code": gettext_lazy("按编号"),
}
_SORTS = {
    "look": lambda line: (-len(line.concerns), _discrimination(line), line.question.code),
    "facility": lambda line: (line.figures.facility, line.question.code),
    "discrimination": lambda line: (_discrimination(line), line.question.code),
    "time": lambda line: (-line.figures.took_ms[1], line.question.code),
    "exposure": lambda line: (-line.figures.answers, line.question.code),
    "code": lambda line: line.question.code,
}


def options_of(found: Question) -> list[tuple[str, bool]]:
    """The options with which are right; 对 and 错 of a question that is only judged."""
    texts = found.options or [str(each) for each in TRUTHS]
    return [(text, place in found.answer) for place, text in enumerate(texts)]


def paged(page: Page) -> dict[str, object]:
    """A page of a list, and the numbers of the pages around it."""
    return {"page_of": page, "numbers": page.paginator.get_elided_page_range(page.number)}


def shares_of(line: listing.Line) -> list[dict[str, object]]:
    """Which share of the answers took each option, as bars."""
    if line.figures is None:
        return []
    return [
        {
            "label": f"{text} ✓" if right else text,
            "value": line.figures.share(place),
            "text": f"{line.figures.share(place):.0%}",
        }
        for place, (text, right) in enumerate(options_of(line.question))
    ]


def figures_of(line: listing.Line) -> dict[str, object] | None:
    """The figures of a question as its page says them."""
    figures = line.figures
    if figures is None:
        return None
    low, high = interval(figures.right, figures.answers)
    times = [f"{each / 1000:.1f}" for each in figures.took_ms]
    return {
        "answers": figures.answers,
        "span": (f"{low:.0%}", f"{high:.0%}"),
        "discrimination": "–" if figures.discrimination is None else f"{figures.discrimination:.2f}",
        "compared": figures.compared,
        "times": times,
        "exposure": f"{figures.exposure:.0%}",
    }
