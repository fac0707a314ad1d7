"""What is counted from matches. The report, the console and the wall read these and nothing else."""

from cyberweek.activities.duel.facts import AnswerLocked, BotSeated, MatchEnded, SeatTaken
from cyberweek.component.metric import Metric
from cyberweek.kernel.text import mark

PARTICIPANTS = Metric(
    name="duel.participants",
    label=mark("对战参与设备数"),
    unit=mark("台"),
    fact=SeatTaken,
    distinct=True,
    headline=True,
)
MATCHES = Metric(name="duel.matches", label=mark("完成对局数"), unit=mark("局"), fact=MatchEnded, headline=True)
TIED = Metric(
    name="duel.tied-matches",
    label=mark("平局数"),
    unit=mark("局"),
    fact=MatchEnded,
    value=lambda fact: int(fact.winner < 0),
)
BOTS = Metric(name="duel.bot-matches", label=mark("陪练对局数"), unit=mark("局"), fact=BotSeated)
ANSWERS = Metric(
    name="duel.answers",
    label=mark("对战答题次数"),
    unit=mark("题次"),
    fact=AnswerLocked,
    bucket=lambda fact: "topic:" + fact.topic,
)
RIGHT = Metric(
    name="duel.right-answers",
    label=mark("对战答对次数"),
    unit=mark("题次"),
    fact=AnswerLocked,
    value=lambda fact: int(fact.right),
    bucket=lambda fact: "topic:" + fact.topic,
)

METRICS = (PARTICIPANTS, MATCHES, TIED, BOTS, ANSWERS, RIGHT)
