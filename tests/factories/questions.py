"""Questions of the bank, and a quiz that uses them."""

from __future__ import annotations

from datetime import UTC, datetime

from cyberweek.activities.quiz import services
from cyberweek.activities.quiz.models import ClassCode, Classroom, Quiz
from cyberweek.plan.models import Activity
from cyberweek.questions.models import Question, Topic
from tests.factories.units import unit

OPENS, CLOSES = datetime(2026, 11, 23, 1, tzinfo=UTC), datetime(2026, 11, 29, 16, tzinfo=UTC)  # 9:00 to midnight, China


def question(no: int) -> Question:
    """A question that is true on every day and cites an article."""
    topic, _is_new = Topic.objects.get_or_create(code="law", defaults={"name_zh": "法律", "name_en": "Law"})
    made = Question.objects.create(
        code=f"q-{no}", topic=topic, kind="truth", stem=f"第 {no} 题", answer=[0], explanation="因为"
    )
    made.bases.create(law="cybersecurity-law", article="1")
    return made


def classes(of: Activity, many: int) -> None:
    """Classes that may play it together, with codes of their own."""
    for no in range(1, many + 1):
        classroom = Classroom.objects.create(activity=of, unit=unit("school"), name=f"{no} 班", made_at=OPENS)
        ClassCode.objects.create(classroom=classroom, activity=of, text=f"{no:08}")


def quiz(of: Activity, *, opens: datetime = OPENS, closes: datetime = CLOSES) -> Quiz:
    """A draft that draws one question of those that the bank has."""
    blueprint = [{"topic": "law", "count": 1}]
    return services.save_settings(of, opens=opens, closes=closes, pass_percent=80, blueprint=blueprint)
