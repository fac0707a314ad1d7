"""What is counted from tasks."""

from cyberweek.component.metric import Metric
from cyberweek.kernel.text import mark
from cyberweek.supervision.facts import TaskAssigned, TaskClosed, TaskReopened, TaskSignedFor

METRICS = (
    Metric(name="task.assigned", label=mark("交办任务数"), unit=mark("项"), fact=TaskAssigned),
    Metric(name="task.signed-for", label=mark("签收任务数"), unit=mark("项"), fact=TaskSignedFor),
    Metric(name="task.closed", label=mark("办结登记数"), unit=mark("项"), fact=TaskClosed),
    Metric(name="task.reopened", label=mark("退回重办数"), unit=mark("项"), fact=TaskReopened),
)
