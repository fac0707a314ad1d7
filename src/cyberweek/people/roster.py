"""A list of seats as an office keeps it in .xlsx: read, and judged row by row. Never writes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cyberweek.kernel.workbook import Row, rows
from cyberweek.people.models import Holding, Seat, Staff
from cyberweek.people.queries import ROLE_NAMES
from cyberweek.units.models import Unit
from cyberweek.units.queries import names_on

HEADS = {
    "unit": ("单位", "单位名称", "unit"),
    "role": ("职责", "岗位", "角色", "role"),
    "username": ("登录名", "用户名", "user name", "username"),
    "name": ("称呼", "姓名", "联络员姓名", "name"),
}
LOOK_FOR_HEAD = 10  # rows: a title and some remarks may stand above the table
NAME = 150
NEW, SEAT, SAME, BAD = "new", "seat", "same", "bad"
GIVEN_ONE_BY_ONE = {Seat.Role.SYSTEM, Seat.Role.SECURITY, Seat.Role.AUDIT}


class NoHead(Exception):
    """Raised when no row names the columns; `missing` are those that are nowhere."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("、".join(missing))
        self.missing = missing


class Line(msgspec.Struct, frozen=True):
    """A row of the list as it stands there."""

    number: int
    unit: str
    username: str
    role: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a line: a new person with a seat, a further seat, nothing, or nothing because of a reason."""

    line: Line
    state: str
    reason: str = ""
    unit: Unit | None = None
    role: str = ""

    @property
    def role_name(self) -> str:
        return str(ROLE_NAMES[Seat.Role(self.role)]) if self.role else self.line.role


def read(data: bytes) -> list[Line]:
    """The lines below the row that names the columns. Raises NoTable or NoHead."""
    found = rows(data)
    columns, below = _head(found)
    return [Line(row.number, **{name: _cell(row, at) for name, at in columns.items()}) for row in found[below:]]


def judge(lines: Sequence[Line], on: date) -> list[Verdict]:
    """Say of each line what becomes of it, in a constant number of queries."""
    units, people = names_on(on), _people({each.username for each in lines})
    held = _held(people.values())
    verdicts: list[Verdict] = []
    for line in lines:
        verdict = _judged(line, units, people, held)
        verdicts.append(_against(verdicts, verdict))
    return verdicts


def _head(found: Sequence[Row]) -> tuple[dict[str, int], int]:
    """Where each column stands, and from which row on the lines begin."""
    missing = ["单位", "登录名"]
    for index, row in enumerate(found[:LOOK_FOR_HEAD]):
        said = [re.sub(r"\s+", " ", cell).lower() for cell in row.cells]
        columns = {name: said.index(word) for name, words in HEADS.items() for word in words if word in said}
        if {"unit", "username"} <= columns.keys():
            return columns, index + 1
        absent = [HEADS[name][0] for name in ("unit", "username") if name not in columns]
        missing = absent if len(absent) < len(missing) else missing
    raise NoHead(missing)


def _cell(row: Row, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _people(usernames: Collection[str]) -> dict[str, Staff]:
    return {each.username: each for each in Staff.objects.filter(username__in=usernames)}


def _held(people: Collection[Staff]) -> set[tuple[int, int, str]]:
    rows_now = Holding.objects.filter(staff__in=people, until=None)
    return set(rows_now.values_list("staff_id", "seat__unit_id", "seat__role"))


def _judged(
    line: Line, units: Mapping[str, Unit], people: Mapping[str, Staff], held: Collection[tuple[int, int, str]]
) -> Verdict:
    unit, role, known = units.get(line.unit), _role(line.role), people.get(line.username)
    reason = _fault(line, unit, role, known)
    if unit is None or role is None or reason:
        return Verdict(line, BAD, reason, unit, role or "")
    if known is None:
        return Verdict(line, NEW, "", unit, role)
    return Verdict(line, SAME if (known.pk, unit.pk, role) in held else SEAT, "", unit, role)


def _fault(line: Line, unit: Unit | None, role: str | None, known: Staff | None) -> str:
    if not line.username:
        return _("没有登录名。请给每个人一个，例如单位简称加序号。")
    if len(line.username) > NAME or len(line.name) > NAME or not _is_username(line.username):
        return _("登录名只能用文字、数字和 @ . + - _ 。")
    if unit is None:
        return _("没有叫“%(unit)s”的单位。请照“单位”页上的名称写。") % {"unit": line.unit}
    if role is None:
        return _("没有“%(role)s”这种职责。请从说明里选一种。") % {"role": line.role}
    if role in GIVEN_ONE_BY_ONE:
        return _("管理员的岗位不能成批安排，请在“人员”页逐个办理。")
    if known is not None and not known.is_active:
        return _("这个账号已停用，请换一个登录名。")
    return ""


def _against(before: Sequence[Verdict], verdict: Verdict) -> Verdict:
    """A line that says again, or otherwise, what an earlier one said is not taken."""
    for other in before:
        if other.line.username != verdict.line.username or BAD in (other.state, verdict.state):
            continue
        at = {"number": other.line.number}
        if (other.unit, other.role) == (verdict.unit, verdict.role):
            return Verdict(verdict.line, BAD, _("和第 %(number)d 行重复。") % at, verdict.unit, verdict.role)
        if other.line.name != verdict.line.name:
            reason = _("登录名和第 %(number)d 行一样，称呼却不同；一个登录名只能是一个人。") % at
            return Verdict(verdict.line, BAD, reason, verdict.unit, verdict.role)
        if other.state == NEW:
            return Verdict(verdict.line, SEAT, "", verdict.unit, verdict.role)
    return verdict


def _is_username(text: str) -> bool:
    try:
        UnicodeUsernameValidator()(text)
    except ValidationError:
        return False
    return True


def _role(text: str) -> str | None:
    """The role that a word means, in either language; no word means a liaison."""
    if not text:
        return Seat.Role.LIAISON
    return next((str(role) for role in ROLE_NAMES if text in _words_of(role)), None)


def _words_of(role: Seat.Role) -> set[str]:
    return {str(role.value), str(ROLE_NAMES[role]), *_ALSO.get(role, ())}


_ALSO = {
    Seat.Role.ORGANISER: ("组织人员", "办公室", "组委会办公室"),
    Seat.Role.LEAD: ("牵头单位人员", "牵头单位"),
    Seat.Role.LIAISON: ("联络员", "联系人"),
    Seat.Role.JUROR: ("评委",),
    Seat.Role.DUTY: ("值班人员", "值班"),
    Seat.Role.REVIEWER: ("审核人员", "审核"),
    Seat.Role.AUDITOR: ("审计人员", "审计"),
    Seat.Role.SYSTEM: ("系统管理员",),
    Seat.Role.SECURITY: ("安全管理员",),
    Seat.Role.AUDIT: ("审计管理员",),
}
