"""Read a quiz's draft and its checks, and how it is played. Never writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date
from functools import lru_cache
from typing import NamedTuple

import msgspec
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cyberweek.activities.quiz import metrics
from cyberweek.activities.quiz.areas import Cell, Papers, cells
from cyberweek.activities.quiz.facts import AnswerGiven, PaperSubmitted
from cyberweek.activities.quiz.models import Quiz
from cyberweek.activities.quiz.paper import Spread, spread
from cyberweek.activities.quiz.patterns import Odd, Timed, odd
from cyberweek.activities.quiz.snapshot import Area, Item, QuizSnapshot, Slot, TopicAdvice
from cyberweek.component import ports
from cyberweek.component.models import Visibility
from cyberweek.component.ports import DistrictFigures, Missing
from cyberweek.component.reading import release_snapshots
from cyberweek.kernel.codec import canonical, decode
from cyberweek.kernel.regulations import citation
from cyberweek.kernel.windows import Window
from cyberweek.ledger.queries import activity_counts, bodies_of, counts, newest_bodies
from cyberweek.plan.models import Activity, Campaign
from cyberweek.questions.draft import wording
from cyberweek.questions.models import Basis, Question, Topic
from cyberweek.questions.queries import questions_on
from cyberweek.questions.statistics import Answered
from cyberweek.units.models import Unit
from cyberweek.units.queries import units_on

SPREAD_OF = 2_000  # papers drawn to see how alike they are
DISTRICTS = (Unit.Kind.DISTRICT, Unit.Kind.COUNTY, Unit.Kind.ZONE)
EASE = {1: 85, 2: 70, 3: 55}
"""How many of a hundred answers are expected to be right at a difficulty, before anybody has answered."""

KIND_NAMES = {
    Question.Kind.SINGLE: gettext_lazy("单选"),
    Question.Kind.MULTIPLE: gettext_lazy("多选"),
    Question.Kind.TRUTH: gettext_lazy("判断"),
    Question.Kind.TAP: gettext_lazy("找疑点"),
}


class Line(NamedTuple):
    """A question of the bank as the console lists it: used by the quiz or not, in force on the opening day or not."""

    question: Question
    cited: str
    is_chosen: bool
    holds: bool

    @property
    def kind_name(self) -> str:
        return str(KIND_NAMES[Question.Kind(self.question.kind)])


def quiz_of(activity: Activity) -> Quiz | None:
    return Quiz.objects.filter(activity=activity).first()


def chosen_ids(quiz: Quiz) -> set[int]:
    return set(quiz.chosen.values_list("id", flat=True))


def bank_lines(quiz: Quiz, *, topic: str = "", words: str = "") -> list[Line]:
    """The bank as seen from a quiz, in a constant number of queries."""
    opening = localdate(quiz.opens)
    held = {question.pk: basis for question, basis in questions_on(opening)}
    chosen = chosen_ids(quiz)
    found = Question.objects.select_related("topic").prefetch_related("bases")
    if topic:
        found = found.filter(topic=topic)
    if words:
        found = found.filter(stem__icontains=words) | found.filter(code__icontains=words)
    return [Line(each, _cited(each, held.get(each.pk), opening), each.pk in chosen, each.pk in held) for each in found]


def missing(activity: Activity) -> list[Missing]:
    """What keeps a quiz from opening: no draft, a question that nobody reviewed or whose law is not in force on the day,
    too few for a slot."""
    if activity.kind != "quiz":
        return []
    url = reverse("quiz_console:edit", args=[activity.slug])
    quiz = quiz_of(activity)
    if quiz is None:
        return [Missing(_("答题活动还没有设置：请先保存开放时间和抽题方案"), url)]
    opening = localdate(quiz.opens)
    held = {question.pk for question, _basis in questions_on(opening)}
    chosen = list(quiz.chosen.all())
    problems = [
        Missing(_("%(code)s 所依据的条款在开放当天（%(day)s）没有施行：%(stem)s") % {
            "code": each.code, "day": opening.isoformat(), "stem": each.stem[:30]}, url)
        for each in chosen if each.pk not in held
    ]  # fmt: skip
    problems += [
        Missing(_("%(code)s 还没有经第二个人审核：%(stem)s") % {"code": each.code, "stem": each.stem[:30]},
                reverse("bank:question", args=[each.code]))
        for each in chosen if each.stage != Question.Stage.REVIEWED
    ]  # fmt: skip
    return problems + _short_slots(quiz, Counter(each.topic_id for each in chosen), url)


def answered(limit: int) -> Iterator[Answered]:
    """The newest answers of every quiz, as the bank counts them: by the wording under which they were given; two queries."""
    sheets = {release: _sheet(each) for release, each in release_snapshots("quiz", QuizSnapshot).items()}
    decoder = msgspec.json.Decoder(AnswerGiven)
    for stream, release, body in newest_bodies(AnswerGiven.KIND, limit=limit):
        fact, sheet = decoder.decode(body), sheets[release]
        yield Answered(
            stream, sheet.length, fact.item, sheet.wordings[fact.item], fact.choice, fact.right, fact.took_ms
        )


class _Sheet(NamedTuple):
    """What a release asked: how many questions on a paper, and the wording of each."""

    length: int
    wordings: dict[str, str]


def _sheet(snapshot: QuizSnapshot) -> _Sheet:
    wordings = {each.code: wording(each.kind, each.stem, each.options, each.answer) for each in snapshot.items}
    return _Sheet(snapshot.length, wordings)


def _short_slots(quiz: Quiz, have: Counter[str], url: str) -> list[Missing]:
    if not quiz.blueprint:
        return [Missing(_("抽题方案是空的：请写明每个专题抽几道题"), url)]
    wanted: Counter[str] = Counter()
    for slot in quiz.blueprint:
        wanted[slot["topic"]] += slot["count"]
    return [
        Missing(_("专题 %(topic)s 要抽 %(wanted)d 题，题库里只选了 %(have)d 题") % {
            "topic": topic, "wanted": count, "have": have[topic]}, url)
        for topic, count in wanted.items() if have[topic] < count
    ]  # fmt: skip


def snapshot_of(quiz: Quiz) -> QuizSnapshot:
    """The quiz as it would be published now."""
    opening = localdate(quiz.opens)
    chosen = chosen_ids(quiz)
    items = tuple(_item(question, basis, opening) for question, basis in questions_on(opening) if question.pk in chosen)
    used = {slot["topic"] for slot in quiz.blueprint}
    topics = Topic.objects.filter(code__in=used).order_by("code")
    return QuizSnapshot(
        activity=quiz.activity_id,
        title_zh=quiz.activity.name_zh,
        title_en=quiz.activity.name_en,
        window=Window(quiz.opens.astimezone(UTC), quiz.closes.astimezone(UTC)),
        items=items,
        blueprint=tuple(Slot(slot["topic"], slot["count"]) for slot in quiz.blueprint),
        topics=tuple(TopicAdvice(t.code, t.name_zh, t.name_en, t.advice_zh, t.advice_en) for t in topics),
        pass_percent=quiz.pass_percent,
        gives_chances=any(link(quiz.activity) is not None for link in ports.chance_links),
        districts=_areas(units_on(opening, DISTRICTS)),
        units=_areas(units_on(opening).exclude(kind__in=(*DISTRICTS, Unit.Kind.COLLECTIVE))),
    )


def spread_of(snapshot: QuizSnapshot) -> Spread:
    """How alike the papers of a quiz are that is published as it stands now."""
    return _spread_of(canonical(snapshot))


def district_cells(activity: Activity, snapshot: QuizSnapshot) -> list[Cell]:
    """How the districts did, by name."""
    return _cells(activity, snapshot.districts, "district")


def district_figures(campaign: Campaign) -> DistrictFigures | None:
    """How many papers of the campaign's quizzes came from each district, in two queries; too few show none."""
    seen = Visibility.objects.filter(activity__campaign=campaign, activity__kind="quiz", withdrawn=False)
    bodies = dict(seen.exclude(release=None).order_by("activity__no").values_list("activity", "release__body"))
    if not bodies:
        return None
    areas = {each.code: each for body in bodies.values() for each in decode(bytes(body), QuizSnapshot).districts}
    found: Counter[str] = Counter()
    for (_metric, activity, bucket), value in counts([metrics.DISTRICT_PAPERS.name]).items():
        if activity in bodies:
            found[bucket.removeprefix("district:")] += value
    shown = cells(list(areas.values()), {code: Papers(value, 0) for code, value in found.items() if code in areas})
    return DistrictFigures(_("今日答卷"), {each.area.code: each.papers for each in shown})


def odd_participants(activity: Activity) -> list[Odd]:
    """Who played daily papers as no person does. Reads every answer of the activity once: seconds for a million."""
    return odd(_timed(activity.pk))


def _timed(activity: int) -> Iterator[Timed]:
    """The finished daily papers with their times; in memory are only those that are under way."""
    took: dict[int, list[int]] = {}
    kinds = (AnswerGiven.KIND, PaperSubmitted.KIND)
    for stream, actor, kind, _version, body in bodies_of(kinds, activity):
        if kind == AnswerGiven.KIND:
            took.setdefault(stream, []).append(msgspec.json.decode(body, type=_Took).took_ms)
        elif stream in took and msgspec.json.decode(body, type=_Mode).mode == "daily":
            yield Timed(actor, tuple(took.pop(stream)))
        else:
            took.pop(stream, None)


class _Took(msgspec.Struct):
    took_ms: int


class _Mode(msgspec.Struct):
    mode: str = "daily"


def unit_cells(activity: Activity, snapshot: QuizSnapshot) -> list[Cell]:
    """How the units did, by name."""
    return _cells(activity, snapshot.units, "unit")


def area_name(area: Area) -> str:
    """In the language of the page."""
    return area.name_en if get_language() == "en" else area.name_zh


def _cells(activity: Activity, areas: tuple[Area, ...], kind: str) -> list[Cell]:
    counted = activity_counts(activity.pk)
    papers, passed = (metrics.BY_AREA[kind, what].name for what in ("papers", "passed"))
    found = {
        each.code: Papers(counted[papers, bucket], counted.get((passed, bucket), 0))
        for each in areas
        if (papers, bucket := f"{kind}:{each.code}") in counted
    }
    return cells(areas, found)


@lru_cache(maxsize=8)
def _spread_of(body: bytes) -> Spread:
    return spread(decode(body, QuizSnapshot), SPREAD_OF)


def _areas(units: QuerySet[Unit]) -> tuple[Area, ...]:
    """In the order of their codes, which are the names as they are spoken."""
    return tuple(Area(unit.code, unit.name_zh, unit.name_en or unit.name_zh) for unit in units.order_by("code"))


def _item(question: Question, basis: Basis | None, day: date) -> Item:
    return Item(
        question.code, question.topic_id, question.kind, question.difficulty, question.stem, tuple(question.options),
        tuple(question.answer), question.explanation, _cited(question, basis, day), EASE[question.difficulty],
    )  # fmt: skip


def _cited(question: Question, basis: Basis | None, day: date) -> str:
    """The article that makes the answer right on a day, else where the question comes from."""
    return (basis is not None and citation(basis.law, basis.article, day)) or question.source
