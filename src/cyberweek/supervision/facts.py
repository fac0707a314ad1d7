"""What happens to a unit's task. The seat that acted is in the row's actor; what a person wrote stays out of facts."""

from __future__ import annotations

from typing import ClassVar

from cyberweek.ledger.fact import Fact


class TaskAssigned(Fact, frozen=True):
    """The office handed a task to a unit. `due` is an ISO day or empty."""

    KIND: ClassVar[str] = "task.assigned"

    task: int
    unit: str
    due: str


class TaskSignedFor(Fact, frozen=True):
    """The unit has taken note and will do it."""

    KIND: ClassVar[str] = "task.signed-for"

    task: int
    unit: str


class TaskDueMoved(Fact, frozen=True):
    """The office gave the task another day."""

    KIND: ClassVar[str] = "task.due-moved"

    task: int
    unit: str
    due: str


class TaskClosed(Fact, frozen=True):
    """The task is done, by the unit's word."""

    KIND: ClassVar[str] = "task.closed"

    task: int
    unit: str


class TaskReopened(Fact, frozen=True):
    """The closing was taken back."""

    KIND: ClassVar[str] = "task.reopened"

    task: int
    unit: str


FACTS = (TaskAssigned, TaskSignedFor, TaskDueMoved, TaskClosed, TaskReopened)
