"""What is counted of draws and prizes."""

from cyberweek.component.metric import Metric
from cyberweek.kernel.text import mark
from cyberweek.prizes.facts import PrizeClaimed, PrizeForfeited, PrizeGranted

CLAIMED = Metric(name="prize.claimed", label=mark("申领次数"), unit=mark("次"), fact=PrizeClaimed)
GRANTED = Metric(
    name="prize.granted", label=mark("发出奖品"), unit=mark("件"), fact=PrizeGranted,
    bucket=lambda fact: "prize:" + fact.prize,
)  # fmt: skip
FORFEITED = Metric(name="prize.forfeited", label=mark("逾期放弃"), unit=mark("件"), fact=PrizeForfeited)

METRICS = (CLAIMED, GRANTED, FORFEITED)
