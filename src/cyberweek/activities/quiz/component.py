"""The manifest of the quiz."""

from cyberweek.activities.quiz.facts import FACTS
from cyberweek.activities.quiz.metrics import METRICS
from cyberweek.activities.quiz.rules import RULES
from cyberweek.activities.quiz.snapshot import QuizSnapshot
from cyberweek.component.manifest import Component
from cyberweek.kernel.text import mark

COMPONENT = Component(
    kind="quiz",
    name=mark("有奖知识问答"),
    snapshot=QuizSnapshot,
    facts=FACTS,
    gives_chances=True,
    rules=RULES,
    metrics=METRICS,
    play_url="quiz:play",
    console_url="quiz_console:edit",
)
