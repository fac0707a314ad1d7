"""What is counted from duty. Drills are not."""

from cyberweek.component.metric import Metric
from cyberweek.duty.facts import IncidentRegistered
from cyberweek.kernel.text import mark

METRICS = (
    Metric(
        name="incident.registered", label=mark("安全事件数"), unit=mark("起安全事件"), fact=IncidentRegistered,
        value=lambda fact: int(not fact.drill), daily=False,
    ),
)  # fmt: skip
