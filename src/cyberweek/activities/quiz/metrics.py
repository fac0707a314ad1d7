"""What is counted from a quiz's facts. The report, the console and the wall read these and nothing else."""

from cyberweek.activities.quiz.facts import AnswerGiven, PaperSubmitted
from cyberweek.component.metric import Metric
from cyberweek.kernel.text import mark

PARTICIPANTS = Metric(
    name="quiz.participants",
    label=mark("答题参与设备数"),
    unit=mark("台"),
    fact=AnswerGiven,
    distinct=True,
    headline=True,
)
ANSWERS = Metric(
    name="quiz.answers",
    label=mark("答题次数"),
    unit=mark("题次"),
    fact=AnswerGiven,
    bucket=lambda fact: "topic:" + fact.topic,
)
RIGHT = Metric(
    name="quiz.right-answers",
    label=mark("答对次数"),
    unit=mark("题次"),
    fact=AnswerGiven,
    value=lambda fact: int(fact.right),
    bucket=lambda fact: "topic:" + fact.topic,
)
PAPERS = Metric(name="quiz.papers", label=mark("完成答卷数"), unit=mark("份"), fact=PaperSubmitted, headline=True)
PASSED = Metric(
    name="quiz.passed",
    label=mark("合格答卷数"),
    unit=mark("份"),
    fact=PaperSubmitted,
    value=lambda fact: int(fact.passed),
)

METRICS = (PARTICIPANTS, ANSWERS, RIGHT, PAPERS, PASSED)
