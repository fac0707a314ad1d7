"""What was understood of a plan: structs whose JSON has exactly the agreed keys.

The source lines of each item travel beside a Plan (`plan.lines`, `plan.evidence`) and are never part of its JSON.
"""

from __future__ import annotations

import msgspec

from cyberweek.plan.reader.evidence import Evidence

KINDS = (
    "gathering", "expo", "contest", "theme-days", "recommendation", "works", "quiz",
    "duel", "survey", "classroom", "media", "outreach", "other",
)  # fmt: skip


class Launch(msgspec.Struct):
    """The opening ceremony: when, where, and what happens at it."""

    date: str | None = None
    place: str | None = None
    items: list[str] = []


class Activity(msgspec.Struct):
    """One activity of the plan; `date` is an ISO day or start/end, `no` the number that the text gives."""

    no: int | None
    name: str
    kind: str = "other"
    date: str | None = None
    place: str | None = None
    hosts: list[str] = []
    guides: list[str] = []
    organisers: list[str] = []


class ThemeDay(msgspec.Struct):
    """A day of the week with a name of its own and the units that lead it."""

    date: str | None
    name: str
    leads: list[str] = []


class TaskRow(msgspec.Struct):
    """A row of the division of tasks; `collective` for a row such as 各区县网信办."""

    units: list[str]
    collective: bool = False
    tasks: list[str] = []


class Deadline(msgspec.Struct):
    """Something that units hand in by a day."""

    date: str | None
    what: str | None = None
    to: str | None = None
    channels: list[str] = []


class Unit(msgspec.Struct):
    """A unit and the other names under which the plan speaks of it."""

    name: str
    aliases: list[str] = []


class Finding(msgspec.Struct):
    """Something that a careful reader would question, with the line it is about."""

    code: str
    severity: str
    message: str
    line: int | None = None


class Plan(msgspec.Struct, dict=True):
    """A plan as understood. Equal texts give equal plans."""

    title: str | None = None
    start: str | None = None
    end: str | None = None
    theme: str | None = None
    launch: Launch = msgspec.field(default_factory=Launch)
    activities: list[Activity] = []
    theme_days: list[ThemeDay] = []
    task_rows: list[TaskRow] = []
    deadlines: list[Deadline] = []
    onward: list[str] = []
    units: list[Unit] = []
    findings: list[Finding] = []

    @property
    def evidence(self) -> Evidence:
        """What the text showed beyond the keys; empty for a plan that was decoded from JSON."""
        return self.__dict__.setdefault("_evidence", Evidence())

    @evidence.setter
    def evidence(self, found: Evidence) -> None:
        self.__dict__["_evidence"] = found

    @property
    def lines(self) -> dict[str, list[int]]:
        """JSON path such as `activities[3]` → the numbers of the source lines it was read from."""
        return self.evidence.lines

    @property
    def pairs(self) -> int:
        """Unit–task pairs: each unit of a row is answerable for each task of that row."""
        return sum(len(row.units) * len(row.tasks) for row in self.task_rows)

    def line_of(self, path: str) -> int | None:
        """The first source line of a JSON path."""
        return next(iter(self.lines.get(path, ())), None)


def as_json(plan: Plan) -> bytes:
    """Write a plan as JSON with two spaces of indentation."""
    return msgspec.json.format(msgspec.json.encode(plan), indent=2)


def from_json(data: bytes) -> Plan:
    """Read a plan back, for instance after an organiser corrected it."""
    return msgspec.json.decode(data, type=Plan)
