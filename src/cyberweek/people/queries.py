"""Read staff and seats for pages. Never writes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cyberweek.people.models import Holding, Recovery, Seat, SignIn, Staff

SIGN_INS = 100
RECOVERY_GOOD_FOR = timedelta(days=3)

ROLE_NAMES = {
    Seat.Role.ORGANISER: gettext_lazy("组织人员"),
    Seat.Role.LEAD: gettext_lazy("牵头单位人员"),
    Seat.Role.LIAISON: gettext_lazy("联络员"),
    Seat.Role.JUROR: gettext_lazy("评委"),
    Seat.Role.DUTY: gettext_lazy("值班人员"),
    Seat.Role.REVIEWER: gettext_lazy("审核人员"),
    Seat.Role.AUDITOR: gettext_lazy("审计人员"),
    Seat.Role.SYSTEM: gettext_lazy("系统管理员"),
    Seat.Role.SECURITY: gettext_lazy("安全管理员"),
    Seat.Role.AUDIT: gettext_lazy("审计管理员"),
}


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One person as the staff page shows them."""

    staff: Staff
    holdings: list[Holding] = field(default_factory=list)
    has_second_factor: bool = False

    @property
    def name(self) -> str:
        return self.staff.get_full_name()

    @property
    def seats(self) -> list[str]:
        return [seat_name(each.seat) for each in self.holdings]


def seat_name(seat: Seat) -> str:
    """Say a seat: 市委网信办 · 组织人员 1."""
    return _("%(unit)s · %(role)s %(number)d") % {
        "unit": seat.unit.name,
        "role": ROLE_NAMES[Seat.Role(seat.role)],
        "number": seat.number,
    }


def seat_names(ids: Collection[int]) -> dict[int, str]:
    """The names of several seats, in one query."""
    return {seat.pk: seat_name(seat) for seat in Seat.objects.filter(pk__in=ids).select_related("unit")}


def find_seats(ids: Collection[int]) -> dict[int, Seat]:
    """Several seats with their units, in one query."""
    return {seat.pk: seat for seat in Seat.objects.filter(pk__in=ids).select_related("unit")}


def seats_held(roles: Collection[str]) -> dict[tuple[int, str], list[int]]:
    """By unit and role, the seats that somebody holds now; in one query."""
    held: dict[tuple[int, str], list[int]] = {}
    rows = Seat.objects.filter(role__in=roles, holdings__until=None, holdings__staff__is_active=True).distinct()
    for pk, unit, role in rows.order_by("pk").values_list("pk", "unit_id", "role"):
        held.setdefault((unit, role), []).append(pk)
    return held


def who_held(moments: Collection[tuple[int, datetime]]) -> dict[tuple[int, datetime], set[int]]:
    """Who held each seat at its moment, in one query; nobody where the person has been erased."""
    rows = list(Holding.objects.filter(seat__in={seat for seat, _at in moments}))
    return {
        (seat, at): {
            each.staff_id
            for each in rows
            if each.seat_id == seat and each.since <= at and (each.until is None or at < each.until)
        }
        for seat, at in moments
    }


def all_seats() -> list[Seat]:
    """Every seat with its unit, for filters."""
    return list(Seat.objects.select_related("unit").order_by("unit__code", "role", "number"))


def staff_lines(text: str = "") -> list[StaffLine]:
    """Everybody who may sign in, with the seats they hold and whether they have a second factor; three queries."""
    people = _with_holdings(Staff.objects.order_by("-is_active", "username"))
    if text:
        people = people.filter(username__icontains=text)
    secured = set(Authenticator.objects.values_list("user_id", flat=True))
    return [StaffLine(each, _seats_now(each), each.pk in secured) for each in people]


def find_staff(pk: int) -> StaffLine | None:
    person = _with_holdings(Staff.objects.filter(pk=pk)).first()
    if person is None:
        return None
    return StaffLine(person, _seats_now(person), Authenticator.objects.filter(user=person).exists())


def liaisons(units: Collection[int]) -> dict[int, list[Staff]]:
    """Who is liaison of each unit now, in one query."""
    found: dict[int, list[Staff]] = {}
    rows = Holding.objects.filter(seat__unit__in=units, seat__role=Seat.Role.LIAISON, until=None)
    for holding in rows.select_related("staff", "seat").order_by("seat__number"):
        found.setdefault(holding.seat.unit_id, []).append(holding.staff)
    return found


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat as the list of seats shows it: who holds it now, and how many held it before."""

    seat: Seat
    now: Holding | None
    before: int

    @property
    def name(self) -> str:
        return seat_name(self.seat)


def seat_lines(text: str = "") -> list[SeatLine]:
    """Every seat that was ever held, of the units whose names contain a text; two queries."""
    seats = Seat.objects.filter(unit__name_zh__icontains=text) if text else Seat.objects.all()
    held = Prefetch("holdings", queryset=Holding.objects.select_related("staff").order_by("-since"), to_attr="held")
    found = seats.select_related("unit").prefetch_related(held).order_by("unit__kind", "unit__code", "role", "number")
    return [_seat_line(each, each.held) for each in found if each.held]  # type: ignore[attr-defined]  # prefetched


def find_seat(pk: int) -> Seat | None:
    return Seat.objects.filter(pk=pk).select_related("unit").first()


def holders(seat: Seat) -> list[Holding]:
    """Who held a seat, from when to when, the last one first."""
    return list(seat.holdings.select_related("staff").order_by("-since"))


def open_sign_ins(staff: Staff) -> list[SignIn]:
    """Where somebody is signed in now, the latest first: sessions that have not ended and are still kept."""
    found = staff.sign_ins.filter(outcome=SignIn.Outcome.IN, ended_at=None)
    return list(found.filter(session__in=Session.objects.values("session_key")))


def wrong_sign_ins(staff: Staff, limit: int = 10) -> list[SignIn]:
    """The latest tries under somebody's name that failed."""
    return list(staff.sign_ins.exclude(outcome=SignIn.Outcome.IN)[:limit])


def sign_ins(*, before: int | None, outcome: str = "") -> list[SignIn]:
    """A page of everybody's sign-ins, newest first, from below a row; of one outcome or of all."""
    found = SignIn.objects.select_related("staff")
    if outcome in SignIn.Outcome.values:
        found = found.filter(outcome=outcome)
    return list((found if before is None else found.filter(pk__lt=before))[:SIGN_INS])


@dataclass(frozen=True, slots=True)
class RecoveryLine:
    """A request for a way back as the list shows it, and whether this person may still decide it."""

    recovery: Recovery
    seat: str
    approved_by: list[str]
    is_open: bool
    may_decide: bool


def recovery_lines(viewer: int, at: datetime, limit: int = 100) -> list[RecoveryLine]:
    """The latest requests for a way back, with the seats that approved them; three queries at most."""
    found = list(Recovery.objects.select_related("seat__unit", "staff").prefetch_related("approvals")[:limit])
    names = seat_names({each.seat_id for request in found for each in request.approvals.all()})
    return [_recovery_line(each, names, viewer, at) for each in found]


def open_recoveries(at: datetime) -> int:
    """How many requests for a way back nobody has decided yet."""
    return Recovery.objects.filter(outcome=Recovery.Outcome.OPEN, asked_at__gt=at - RECOVERY_GOOD_FOR).count()


def _recovery_line(each: Recovery, names: dict[int, str], viewer: int, at: datetime) -> RecoveryLine:
    is_open = each.outcome == Recovery.Outcome.OPEN and each.asked_at > at - RECOVERY_GOOD_FOR
    approvals = list(each.approvals.all())
    mine = viewer == each.staff_id or any(given.staff_id == viewer for given in approvals)
    return RecoveryLine(
        each, seat_name(each.seat), [names[given.seat_id] for given in approvals], is_open, is_open and not mine
    )


def waiting_for_a_link() -> list[StaffLine]:
    """Everybody who has a seat and has never chosen a password; two queries."""
    without = Staff.objects.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    found = _with_holdings(without.filter(holdings__until=None, holdings__isnull=False).distinct())
    return [StaffLine(each, _seats_now(each)) for each in found.order_by("username")]


def _seat_line(seat: Seat, held: list[Holding]) -> SeatLine:
    now = next((each for each in held if each.until is None), None)
    return SeatLine(seat, now, len(held) - (now is not None))


def _with_holdings(people: QuerySet[Staff]) -> QuerySet[Staff]:
    now = Holding.objects.filter(until=None).select_related("seat__unit").order_by("since")
    return people.prefetch_related(Prefetch("holdings", queryset=now, to_attr="seats_now"))


def _seats_now(person: Staff) -> list[Holding]:
    return person.seats_now  # type: ignore[attr-defined]  # what _with_holdings prefetched
