"""Questions of the bank, and a quiz that uses them."""

from __future__ import annotations

from datetime import UTC, datetime

from cyberweek.activities.duel import services as duels
from cyberweek.activities.duel.models import Duel
from cyberweek.activities.quiz import services
from cyberweek.activities.quiz.models import ClassCode, Classroom, Quiz
from cyberweek.activities.quiz.queries import snapshot_of
from cyberweek.component.models import Release
from cyberweek.kernel.codec import canonical, digest
from cyberweek.people.models import Seat
from cyberweek.plan.models import Activity
from cyberweek.questions import queries, review, uploads
from cyberweek.questions.draft import digest_of
from cyberweek.questions.models import BankUpload, Question, Topic
from tests.factories.units import unit

OPENS, CLOSES = datetime(2026, 11, 23, 1, tzinfo=UTC), datetime(2026, 11, 29, 16, tzinfo=UTC)  # 9:00 to midnight, China


def question(no: int) -> Question:
    """A question that is true on every day, cites an article and is reviewed."""
    topic, _is_new = Topic.objects.get_or_create(code="law", defaults={"name_zh": "法律", "name_en": "Law"})
    made = Question.objects.create(
        code=f"q-{no}", topic=topic, kind="truth", stem=f"第 {no} 题", answer=[0], explanation="因为", stage="reviewed"
    )
    made.bases.create(law="cybersecurity-law", article="1")
    made.digest = digest_of(queries.draft_of(made))
    made.save()
    return made


def waiting(no: int, seat: Seat) -> Question:
    """A question that a seat has handed in for review."""
    made = question(no)
    Question.objects.filter(pk=made.pk).update(stage="writing")
    made.steps.create(act="wrote", seat=seat, at=OPENS, digest=made.digest)
    review.ask([made], seat=seat, at=OPENS)
    return made


def upload(no: int, seat: Seat) -> BankUpload:
    """A file of two questions that waits to be confirmed; the topic of one is unknown."""
    rows = f"题干,答案,专题\n文件 {no} 问对不对？,对,law\n文件 {no} 又问对不对？,错,别的\n"
    return uploads.receive(rows.encode(), f"batch-{no}.csv", seat=seat, at=OPENS)


def copies(of: BankUpload, many: int) -> None:
    """Further files that say the same."""
    BankUpload.objects.bulk_create(
        BankUpload(filename=of.filename, body=of.body, read=of.read, seat=of.seat, uploaded_at=of.uploaded_at)
        for _no in range(many)
    )


def release(of: Quiz, number: int = 1) -> Release:
    """The quiz as it was published once; nobody sees it any more."""
    body = canonical(snapshot_of(of))
    return Release.objects.create(
        pk=number, activity=of.activity, kind="quiz", number=number, body=body, digest=digest(body), published_at=OPENS
    )


def classes(of: Activity, many: int) -> None:
    """Classes that may play it together, with codes of their own."""
    for no in range(1, many + 1):
        classroom = Classroom.objects.create(activity=of, unit=unit("school"), name=f"{no} 班", made_at=OPENS)
        ClassCode.objects.create(classroom=classroom, activity=of, text=f"{no:08}")


def quiz(of: Activity, *, opens: datetime = OPENS, closes: datetime = CLOSES) -> Quiz:
    """A draft that draws one question of those that the bank has."""
    blueprint = [{"topic": "law", "count": 1}]
    return services.save_settings(of, opens=opens, closes=closes, pass_percent=80, blueprint=blueprint)


def duel(of: Activity, *, opens: datetime = OPENS, closes: datetime = CLOSES) -> Duel:
    """A duel's draft."""
    return duels.save_settings(of, opens=opens, closes=closes)
