"""What is counted from tasks."""

from cyberweek.component.metric import Metric
from cyberweek.kernel.text import mark
from cyberweek.supervision.facts import (
    ExtensionAsked,
    TaskActTakenBack,
    TaskAssigned,
    TaskClosed,
    TaskReopened,
    TaskReported,
    TaskReturned,
    TaskSignedFor,
    TaskUrged,
    TaskWithdrawn,
)

METRICS = (
    Metric(name="task.assigned", label=mark("交办任务数"), unit=mark("项"), fact=TaskAssigned),
    Metric(name="task.signed-for", label=mark("签收任务数"), unit=mark("项"), fact=TaskSignedFor),
    Metric(name="task.closed", label=mark("办结登记数"), unit=mark("项"), fact=TaskClosed),
    Metric(name="task.reopened", label=mark("退回重办数"), unit=mark("项"), fact=TaskReopened),
    Metric(name="task.reported", label=mark("反馈次数"), unit=mark("次"), fact=TaskReported),
    Metric(name="task.returned", label=mark("退回补充次数"), unit=mark("次"), fact=TaskReturned),
    Metric(name="task.extension-asked", label=mark("申请延期次数"), unit=mark("次"), fact=ExtensionAsked),
    Metric(name="task.urged", label=mark("催办次数"), unit=mark("次"), fact=TaskUrged),
    Metric(name="task.withdrawn", label=mark("撤销任务数"), unit=mark("项"), fact=TaskWithdrawn),
    Metric(
        name="task.acts-taken-back", label=mark("撤回次数"), unit=mark("次"), fact=TaskActTakenBack,
        bucket=lambda fact: "act:" + fact.act, daily=False,
    ),
)  # fmt: skip
