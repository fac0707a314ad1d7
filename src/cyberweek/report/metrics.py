"""What is counted from imported head-counts."""

from cyberweek.component.metric import Metric
from cyberweek.kernel.text import mark
from cyberweek.report.facts import HeadCountImported, HeadCountVoided

IMPORTED = Metric(
    name="imported.people", label=mark("线下参与人次（报送）"), unit=mark("人次"), fact=HeadCountImported,
    value=lambda fact: fact.people, bucket=lambda fact: "method:" + fact.method, daily=False,
)  # fmt: skip
VOIDED = Metric(
    name="imported.people-voided", label=mark("线下参与人次（作废）"), unit=mark("人次"), fact=HeadCountVoided,
    value=lambda fact: fact.people, daily=False,
)  # fmt: skip
METRICS = (IMPORTED, VOIDED)
