"""What a teacher sees of a class: sums of its papers, and nothing before there are ten. Reads facts by their streams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from cyberweek.activities.quiz import metrics
from cyberweek.activities.quiz.areas import LEAST
from cyberweek.activities.quiz.facts import FACTS, AnswerGiven, PaperSubmitted
from cyberweek.activities.quiz.models import ClassCode, Classroom
from cyberweek.activities.quiz.snapshot import QuizSnapshot
from cyberweek.component.reading import release_snapshot
from cyberweek.kernel.codes import NoCode, read_code
from cyberweek.ledger.fact import FactTypes
from cyberweek.ledger.queries import activity_counts, actors_counted, streams_rows
from cyberweek.plan.models import Activity

MISSED = 5  # questions that are named
SEVERAL = 2  # wrong answers without which a question is not named
_TYPES = FactTypes(FACTS)


class ClassLine(NamedTuple):
    """A class as a list shows it; `papers` is None while there are too few to say."""

    classroom: Classroom
    code: ClassCode
    papers: int | None


class TopicShare(NamedTuple):
    """How much of a topic a class answered right, 0 to 1."""

    name_zh: str
    name_en: str
    share: float


class Missed(NamedTuple):
    """A question that several answered wrong."""

    stem: str
    wrong: int
    answers: int


class ClassView(NamedTuple):
    """A class's papers together."""

    papers: int
    passed: int
    topics: list[TopicShare]
    missed: list[Missed]


def class_lines(activity: Activity, units: Collection[int] | None) -> list[ClassLine]:
    """The classes of some units, or all, in two queries."""
    found = Classroom.objects.filter(activity=activity).select_related("unit", "code")
    if units is not None:
        found = found.filter(unit__in=units)
    counts = activity_counts(activity.pk)
    return [ClassLine(each, each.code, _enough(counts, each)) for each in found]


def class_view(classroom: Classroom) -> ClassView | None:
    """None while the class has fewer than ten papers."""
    name, bucket = metrics.CLASS_PAPERS.name, metrics.class_bucket(classroom.pk)
    streams = actors_counted(name, classroom.activity_id, bucket)
    if len(streams) < LEAST:
        return None
    rows = [row for rows in streams_rows(streams).values() for row in rows]
    facts = [_TYPES.read(row) for row in rows if row.kind in (AnswerGiven.KIND, PaperSubmitted.KIND)]
    answers = [fact for fact in facts if isinstance(fact, AnswerGiven)]
    passed = sum(isinstance(fact, PaperSubmitted) and fact.passed for fact in facts)
    snapshots = [release_snapshot(each, QuizSnapshot) for each in sorted({row.release for row in rows})]
    return ClassView(len(streams), passed, _topics(snapshots, answers), _missed(snapshots, answers))


def open_code(activity: Activity, text: str) -> ClassCode | None:
    """The class that a code admits to, or None when there is none, or it is closed."""
    try:
        code = read_code(text)
    except NoCode:
        return None
    return ClassCode.objects.filter(activity=activity, text=code, closed_at=None).first()


def _enough(counts: dict[tuple[str, str], int], classroom: Classroom) -> int | None:
    papers = counts.get((metrics.CLASS_PAPERS.name, metrics.class_bucket(classroom.pk)), 0)
    return papers if papers >= LEAST else None


def _topics(snapshots: Iterable[QuizSnapshot], answers: list[AnswerGiven]) -> list[TopicShare]:
    names = {topic.code: topic for snapshot in snapshots for topic in snapshot.topics}
    given = Counter(answer.topic for answer in answers)
    right = Counter(answer.topic for answer in answers if answer.right)
    return [TopicShare(each.name_zh, each.name_en, right[code] / given[code])
            for code, each in names.items() if given[code]]  # fmt: skip


def _missed(snapshots: Iterable[QuizSnapshot], answers: list[AnswerGiven]) -> list[Missed]:
    stems = {item.code: item.stem for snapshot in snapshots for item in snapshot.items}
    given = Counter(answer.item for answer in answers)
    wrong = Counter(answer.item for answer in answers if not answer.right)
    most = sorted(wrong.items(), key=lambda each: (-each[1], each[0]))[:MISSED]
    return [Missed(stems[code], count, given[code]) for code, count in most if count >= SEVERAL]
