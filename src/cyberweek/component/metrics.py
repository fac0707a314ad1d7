"""What is counted of the facts that every kind of activity may record."""

from cyberweek.component.facts import ChanceEarned
from cyberweek.component.metric import Metric
from cyberweek.kernel.text import mark

CHANCES = Metric(name="chance.earned", label=mark("抽奖机会"), unit=mark("次"), fact=ChanceEarned)
CHANCE_HOLDERS = Metric(
    name="chance.holders", label=mark("得到抽奖机会的设备数"), unit=mark("台"), fact=ChanceEarned, distinct=True
)

METRICS = (CHANCES, CHANCE_HOLDERS)
