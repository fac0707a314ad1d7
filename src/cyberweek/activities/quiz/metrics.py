"""What is counted from a quiz's facts. The report, the console and the wall read these and nothing else."""

from cyberweek.activities.quiz.facts import AnswerGiven, ClassPaperSubmitted, PaperSubmitted
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
CLASS_PAPERS = Metric(
    name="quiz.class-papers",
    label=mark("班级答卷数"),
    unit=mark("份"),
    fact=ClassPaperSubmitted,
    distinct=True,
    daily=False,
    bucket=lambda fact: class_bucket(fact.classroom),
)
DISTRICT_PAPERS = Metric(
    name="quiz.district-papers",
    label=mark("计入区县的答卷数"),
    unit=mark("份"),
    fact=PaperSubmitted,
    daily=False,
    value=lambda fact: int(fact.district != ""),
    bucket=lambda fact: "district:" + fact.district,
)
DISTRICT_PASSED = Metric(
    name="quiz.district-passed",
    label=mark("计入区县的合格答卷数"),
    unit=mark("份"),
    fact=PaperSubmitted,
    daily=False,
    value=lambda fact: int(fact.district != "" and fact.passed),
    bucket=lambda fact: "district:" + fact.district,
)
UNIT_PAPERS = Metric(
    name="quiz.unit-papers",
    label=mark("计入单位的答卷数"),
    unit=mark("份"),
    fact=PaperSubmitted,
    daily=False,
    value=lambda fact: int(fact.unit != ""),
    bucket=lambda fact: "unit:" + fact.unit,
)
UNIT_PASSED = Metric(
    name="quiz.unit-passed",
    label=mark("计入单位的合格答卷数"),
    unit=mark("份"),
    fact=PaperSubmitted,
    daily=False,
    value=lambda fact: int(fact.unit != "" and fact.passed),
    bucket=lambda fact: "unit:" + fact.unit,
)

BY_AREA = {
    ("district", "papers"): DISTRICT_PAPERS,
    ("district", "passed"): DISTRICT_PASSED,
    ("unit", "papers"): UNIT_PAPERS,
    ("unit", "passed"): UNIT_PASSED,
}
FIGURES = (PARTICIPANTS, ANSWERS, RIGHT, PAPERS, PASSED, CLASS_PAPERS)
METRICS = (*FIGURES, *BY_AREA.values())


def class_bucket(classroom: int) -> str:
    """Where a class's papers are counted, and by which they are found again: the ledger keeps no index of actors."""
    return f"class:{classroom}"
