"""Every activity kind of this house. To add or remove one is one line here."""

from cyberweek.activities.duel.component import COMPONENT as DUEL
from cyberweek.activities.quiz.component import COMPONENT as QUIZ
from cyberweek.component.facts import ChanceEarned, ReleasePublished, ReleaseWithdrawn
from cyberweek.component.manifest import Registry
from cyberweek.component.metrics import METRICS as COMPONENT_METRICS
from cyberweek.duty.facts import FACTS as DUTY_FACTS
from cyberweek.duty.metrics import METRICS as DUTY_METRICS
from cyberweek.people.facts import FACTS as PEOPLE_FACTS
from cyberweek.plan.facts import FACTS as PLAN_FACTS
from cyberweek.prizes.facts import FACTS as PRIZE_FACTS
from cyberweek.prizes.metrics import METRICS as PRIZE_METRICS
from cyberweek.questions.facts import FACTS as QUESTION_FACTS
from cyberweek.report.facts import FACTS as REPORT_FACTS
from cyberweek.report.metrics import METRICS as REPORT_METRICS
from cyberweek.supervision.facts import FACTS as SUPERVISION_FACTS
from cyberweek.supervision.metrics import METRICS as SUPERVISION_METRICS

REGISTRY = Registry(
    components=(QUIZ, DUEL),
    own_facts=(
        ReleasePublished,
        ReleaseWithdrawn,
        ChanceEarned,
        *PEOPLE_FACTS,
        *PLAN_FACTS,
        *QUESTION_FACTS,
        *SUPERVISION_FACTS,
        *REPORT_FACTS,
        *PRIZE_FACTS,
        *DUTY_FACTS,
    ),
    own_metrics=(*COMPONENT_METRICS, *SUPERVISION_METRICS, *REPORT_METRICS, *PRIZE_METRICS, *DUTY_METRICS),
)
