"""What happens to a unit's task. The seat that acted is in the row's actor; what a person wrote stays out of facts.

Where somebody wrote something, the fact holds the digest under which the text is kept, until it is erased.
"""

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
    """The office gave the task another day; whatever extension was asked for is answered by it."""

    KIND: ClassVar[str] = "task.due-moved"

    task: int
    unit: str
    due: str


class ExtensionAsked(Fact, frozen=True):
    """The unit asked for another day, and wrote why."""

    KIND: ClassVar[str] = "task.extension-asked"

    task: int
    unit: str
    due: str
    digest: str


class ExtensionRefused(Fact, frozen=True):
    """The office keeps the due day, and wrote why."""

    KIND: ClassVar[str] = "task.extension-refused"

    task: int
    unit: str
    digest: str


class TaskReported(Fact, frozen=True):
    """The unit said what was done. `people` were there by its own count, whose `grade` is measured, estimated or ''."""

    KIND: ClassVar[str] = "task.reported"

    task: int
    unit: str
    digest: str
    people: int
    grade: str
    photos: int
    links: int


class TaskReturned(Fact, frozen=True):
    """The office sent a report back, and wrote what is missing."""

    KIND: ClassVar[str] = "task.returned"

    task: int
    unit: str
    digest: str


class TaskClosed(Fact, frozen=True):
    """The office reviewed the report of that digest, and the task is done."""

    KIND: ClassVar[str] = "task.closed"
    VERSION: ClassVar[int] = 2

    task: int
    unit: str
    digest: str


class TaskClosed1(Fact, frozen=True):
    """Version 1, from when a task was done by the unit's word."""

    KIND: ClassVar[str] = "task.closed"

    task: int
    unit: str


class TaskReopened(Fact, frozen=True):
    """The closing was taken back; the office wrote why."""

    KIND: ClassVar[str] = "task.reopened"
    VERSION: ClassVar[int] = 2

    task: int
    unit: str
    digest: str


class TaskReopened1(Fact, frozen=True):
    """Version 1, from when nobody wrote why."""

    KIND: ClassVar[str] = "task.reopened"
    digest: ClassVar[str] = ""

    task: int
    unit: str


class TaskUrged(Fact, frozen=True):
    """The office asked the unit to hurry."""

    KIND: ClassVar[str] = "task.urged"

    task: int
    unit: str


class TaskWithdrawn(Fact, frozen=True):
    """The unit need not do it any more; the office wrote why."""

    KIND: ClassVar[str] = "task.withdrawn"

    task: int
    unit: str
    digest: str


class TaskActTakenBack(Fact, frozen=True):
    """Whoever made the act of that step, a fact of that name, took it back at once; the task stands as before it."""

    KIND: ClassVar[str] = "task.act-taken-back"

    task: int
    unit: str
    step: int
    act: str


FACTS = (
    TaskAssigned,
    TaskSignedFor,
    TaskDueMoved,
    ExtensionAsked,
    ExtensionRefused,
    TaskReported,
    TaskReturned,
    TaskClosed,
    TaskClosed1,
    TaskReopened,
    TaskReopened1,
    TaskUrged,
    TaskWithdrawn,
    TaskActTakenBack,
)
