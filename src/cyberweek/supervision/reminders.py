"""Who is reminded of a task, and when: a table, and what it says of one task today. Pure: no database, no clock.

Only the newest step of a task is ever due, so that days that a clock jumps over are not made up for at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cyberweek.kernel.clock import day_of
from cyberweek.supervision.rules import ASSIGNED, SIGNED, TaskState

LIAISON = "liaison"  # as seats call the role
LEAD = "lead"
OFFICE = "organiser"
LADDER = (LIAISON, LEAD, OFFICE)  # a step whose addressee nobody is goes to the next one up


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder: so many days from the day that counts, to whom, and whether a text goes with it."""

    days: int
    to: tuple[str, ...]
    urgent: bool = False


BEFORE_AND_AFTER_DUE = (
    Step(-2, (LIAISON,)),
    Step(0, (LIAISON,), urgent=True),
    Step(1, (LIAISON, LEAD), urgent=True),
    Step(3, (LIAISON, LEAD, OFFICE), urgent=True),
)
UNSIGNED = (Step(1, (LIAISON,)), Step(2, (LIAISON, LEAD)), Step(4, (LEAD, OFFICE)))


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is due to be said of a task today: about its due day or its signature, by which step."""

    about: str
    step: Step
    day: date

    @property
    def reason(self) -> str:
        return f"{self.about}:{self.day.isoformat()}:{self.step.days}"


def reminders(state: TaskState, today: date) -> list[Reminder]:
    """What is due to be said of a task today; nothing once the unit has reported."""
    found = []
    if state.stage in {ASSIGNED, SIGNED} and state.due is not None:
        found.append(_newest("due", BEFORE_AND_AFTER_DUE, state.due, today))
    if state.stage == ASSIGNED:
        found.append(_newest("unsigned", UNSIGNED, day_of(state.assigned_at), today))
    return [each for each in found if each is not None]


def _newest(about: str, steps: tuple[Step, ...], day: date, today: date) -> Reminder | None:
    passed = [step for step in steps if (today - day).days >= step.days]
    return Reminder(about, passed[-1], day) if passed else None
