"""Read what the bank's pages show, in a constant number of queries. Never writes, but keeps what took long in the cache."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from itertools import chain
from typing import NamedTuple

import msgspec
from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from cyberweek.component.ports import item_answers
from cyberweek.kernel.regulations import citation
from cyberweek.people.models import Seat
from cyberweek.questions.draft import QuestionDraft, wording_of
from cyberweek.questions.formats.outcome import Place
from cyberweek.questions.importing import Line as ImportLine
from cyberweek.questions.importing import Verdict
from cyberweek.questions.likeness import Likenesses, Pair, signs_of
from cyberweek.questions.models import Basis, Question
from cyberweek.questions.queries import bank_digest, basis_on, draft_of, holds_on, own_among, whole
from cyberweek.questions.statistics import Figures, concerns, figures
from cyberweek.questions.words import CONCERN_NAMES, DIFFICULTY_NAMES, KIND_NAMES

MOST_ANSWERS = 1_000_000  # counted at once: about three seconds
KEPT_S = 600
MOST_LIKE = 3  # shown beside a row
_FIGURES, _PAIRS, _FLAGGED = "bank-figures", "bank-pairs", "bank-flagged"


class Asked(NamedTuple):
    """What a list of questions is filtered by; an empty value asks for everything."""

    q: str = ""
    topic: str = ""
    kind: str = ""
    stage: str = ""
    law: str = ""
    look: str = ""


class Counted(msgspec.Struct):
    """The figures of every wording that was answered, and when they were counted."""

    at: datetime
    figures: list[Figures]
    is_capped: bool

    @property
    def answers(self) -> int:
        return sum(each.answers for each in self.figures)

    def by_item(self) -> dict[str, dict[str, Figures]]:
        found: dict[str, dict[str, Figures]] = {}
        for each in self.figures:
            found.setdefault(each.item, {})[each.wording] = each
        return found


class Line(NamedTuple):
    """A question as the lists show it: its citation today, what answers say of it, and why to look at it."""

    question: Question
    draft: QuestionDraft
    cited: str
    holds: bool
    figures: Figures | None
    older: int
    concerns: list[str]

    @property
    def kind(self) -> Promise:
        return KIND_NAMES[self.question.kind]

    @property
    def difficulty(self) -> Promise:
        return DIFFICULTY_NAMES[self.question.difficulty]

    @property
    def reasons(self) -> list[tuple[str, Promise]]:
        """Why to look at it, each with the tone of its pill."""
        return [("bad" if each in ("lapsed", "key") else "warn", CONCERN_NAMES[each]) for each in self.concerns]

    @property
    def percent(self) -> str:
        """The share of right answers, as a whole number of per cent."""
        return "" if self.figures is None else f"{self.figures.facility:.0%}"


class ReviewLine(NamedTuple):
    """A question that waits for a second person, and whether that may be the one who looks."""

    line: Line
    is_own: bool
    like: list[tuple[Question, str]]


def found(asked: Asked, *, today: date, counted: Counted | None) -> QuerySet[Question]:
    """The questions that are asked for, in the order of their codes."""
    questions = Question.objects.all()
    if asked.q:
        questions = questions.filter(
            Q(stem__icontains=asked.q) | Q(code__icontains=asked.q) | Q(explanation__icontains=asked.q)
        )
    for field in ("topic", "kind", "stage"):
        if getattr(asked, field):
            questions = questions.filter(**{field: getattr(asked, field)})
    if asked.law:
        questions = questions.filter(pk__in=Basis.objects.filter(law=asked.law).values("question"))
    return questions.filter(pk__in=flagged(counted, today)) if asked.look else questions


def lines(questions: QuerySet[Question] | Collection[Question], *, today: date, counted: Counted | None) -> list[Line]:
    """Questions with everything that a list says of them; two queries."""
    known = counted.by_item() if counted else {}
    loaded = whole(questions) if isinstance(questions, QuerySet) else questions
    return [_line(each, today, known.get(each.code, {})) for each in loaded]


def flagged(counted: Counted | None, today: date) -> set[int]:
    """The questions that somebody should look at; worked out again only once something has changed."""
    key = f"{_FLAGGED}:{bank_digest()}:{today}:{counted and counted.at.timestamp()}"
    kept = cache.get(key)
    if kept is None:
        kept = [
            each.question.pk for each in lines(Question.objects.all(), today=today, counted=counted) if each.concerns
        ]
        cache.set(key, kept, KEPT_S)
    return set(kept)


def counts(flags: Collection[int]) -> dict[str, int]:
    """How many questions there are in all, at each stage, and to look at; one query."""
    stages = dict(Question.objects.order_by().values_list("stage").annotate(count=Count("pk")))
    by_stage = {stage: stages.get(stage, 0) for stage in Question.Stage.values}
    return {"": sum(by_stage.values()), **by_stage, "look": len(flags)}


def review_lines(questions: Collection[Question], *, seat: Seat, at: datetime, today: date) -> list[ReviewLine]:
    """Questions that wait for review, with those of the bank that they are like; a constant number of queries."""
    own = own_among([each.pk for each in questions], seat, at)
    present = {each.code: each for each in Question.objects.all()}
    likenesses = _likenesses(present.values())
    return [
        ReviewLine(each, each.question.pk in own, _like(each.question, present, likenesses))
        for each in lines(questions, today=today, counted=None)
    ]


def like(question: Question) -> list[tuple[Question, str]]:
    """Questions that say nearly the same as this one, the most alike first; one query."""
    present = {each.code: each for each in Question.objects.all()}
    return _like(question, present, _likenesses(present.values()))


def likes(shown: Iterable[ImportLine]) -> dict[Place, list[tuple[str, str]]]:
    """For each new row of an import, the codes of the questions that it is like, and how much in per cent; one query."""
    likenesses = _likenesses(Question.objects.all())
    new = [(each.at, each.draft) for each in shown if each.verdict == Verdict.NEW and each.draft]
    return {
        at: [(code, f"{share:.0%}") for code, share in likenesses.like(signs_of(draft.stem, draft.options))[:MOST_LIKE]]
        for at, draft in new
    }


def pairs() -> list[Pair]:
    """Every two questions of the bank that are nearly the same; counted again only once something has changed."""
    key = f"{_PAIRS}:{bank_digest()}"
    kept = cache.get(key)
    if kept is None:
        kept = msgspec.json.encode(_likenesses(Question.objects.all()).pairs())
        cache.set(key, kept, 24 * 3600)
    return msgspec.json.decode(kept, type=list[Pair])


def counted(now: datetime, *, anew: bool = False) -> Counted:
    """What the newest answers say, as of at most ten minutes ago."""
    kept = None if anew else counted_before()
    if kept is None:
        kept = _count(now)
        cache.set(_FIGURES, msgspec.json.encode(kept), KEPT_S)
    return kept


def counted_before() -> Counted | None:
    """What was counted in the last ten minutes, for pages that do not want to wait."""
    kept = cache.get(_FIGURES)
    return None if kept is None else msgspec.json.decode(kept, type=Counted)


def cited_on(question: Question, day: date) -> str:
    """The citation as people read it on a day, else the source in words."""
    basis = basis_on(question, day)
    if basis is None:
        return question.source
    return citation(basis.law, basis.article, day) or f"{basis.law} {basis.article}"


def _count(now: datetime) -> Counted:
    found_now = figures(chain.from_iterable(offer(MOST_ANSWERS) for offer in item_answers))
    counted_now = Counted(now, list(found_now.values()), is_capped=False)
    counted_now.is_capped = counted_now.answers >= MOST_ANSWERS
    return counted_now


def _line(question: Question, today: date, known: dict[str, Figures]) -> Line:
    draft, holds = draft_of(question), holds_on(question, today)
    figure = known.get(wording_of(draft)) if known else None
    reasons = concerns(figure, draft.kind, len(draft.options), draft.answer) if figure else []
    older = sum(each.answers for each in known.values() if each is not figure)
    return Line(
        question, draft, cited_on(question, today), holds, figure, older, reasons if holds else ["lapsed", *reasons]
    )


def _likenesses(questions: Iterable[Question]) -> Likenesses:
    return Likenesses({each.code: signs_of(each.stem, each.options) for each in questions})


def _like(question: Question, present: dict[str, Question], likenesses: Likenesses) -> list[tuple[Question, str]]:
    """Other questions that are alike, each with how much in per cent."""
    alike = likenesses.like(signs_of(question.stem, question.options))
    return [(present[code], f"{share:.0%}") for code, share in alike if code != question.code]
