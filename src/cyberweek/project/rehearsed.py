"""The house that is rehearsed in: empty but for drafts, with people seated who act, and its edition as it was counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.urls import reverse

from cyberweek.component import ports
from cyberweek.kernel.clock import CHINA
from cyberweek.people.models import Seat, Staff
from cyberweek.plan.folder import read_folder, save
from cyberweek.plan.models import Activity, Campaign
from cyberweek.plan.queries import shown_campaign
from cyberweek.plan.shift import shift
from cyberweek.project import demo, drafts, installation
from cyberweek.project.registry import REGISTRY
from cyberweek.rehearsal.cast import Person, Playable, Week, moment
from cyberweek.report.queries import body_of, editions
from cyberweek.units.models import Unit

NAME = "（彩排）"
AHEAD = timedelta(days=14)  # of today, the bundled week begins
GRACE = timedelta(days=3)  # after the week, where a plan names no deadline


def furnish(kept: Path, now: datetime) -> Campaign:
    """Fill an empty house: with the drafts that were kept, else with the bundled week."""
    if kept.exists():
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        drafts.bring(kept)
        campaign = shown_campaign()
        assert campaign is not None  # noqa: S101 -- drafts are kept only of a house that shows one
    else:
        installation.prepare()
        campaign = save(shift(read_folder(demo.FOLDER), (now + AHEAD).astimezone(CHINA).date()), at=now)
    campaign.name_zh, campaign.is_demo, campaign.confirmed_at = campaign.name_zh + NAME, True, now
    campaign.save()
    return campaign


def week_of(campaign: Campaign, base: str, *, residents: int, units: int) -> Week:
    """Seat everybody who acts, and name them."""
    at = moment(campaign.starts - timedelta(days=8), 9)
    office = demo.seat_staff(campaign, at)["office"]
    due = campaign.deadlines.order_by("date").values_list("date", flat=True).first()
    return Week(
        base=base,
        starts=campaign.starts,
        ends=campaign.ends,
        deadline=max(due or campaign.ends + GRACE, campaign.ends + timedelta(days=1)),
        office=_person("office"),
        liaisons=_liaisons(campaign, office, at, units),
        playable=[each for activity in campaign.activities.all() for each in _playable(activity)],
        residents=residents,
    )


def counted() -> dict[str, int]:
    """What the newest edition says, by metric."""
    campaign = shown_campaign()
    found = editions(campaign) if campaign else []
    if not found:
        return {}
    found[0].refresh_from_db()
    body = body_of(found[0])
    return {each.name: body.value(each.name) for each in body.definitions}


def _liaisons(campaign: Campaign, office: Seat, at: datetime, most: int) -> list[Person]:
    """A liaison for each unit that has tasks, the demo's own and collective names apart."""
    busy = Unit.objects.filter(task_units__task__campaign=campaign).exclude(kind=Unit.Kind.COLLECTIVE)
    kept = {office.unit_id, *Seat.objects.filter(holdings__staff__username="liaison").values_list("unit", flat=True)}
    found = busy.exclude(pk__in=kept).order_by("pk").distinct()
    for unit in found[:most] if most else found:
        demo.new_seat(f"liaison-{unit.code}", unit, Seat.Role.LIAISON, at)
    names = Staff.objects.filter(username__startswith="liaison-").order_by("pk").values_list("username", flat=True)
    return [_person(name, name.removeprefix("liaison-")) for name in names]


def _person(username: str, unit: str = "") -> Person:
    secret = Authenticator.objects.get(user__username=username, type=Authenticator.Type.TOTP).data["secret"]
    return Person(username, demo.PASSWORD, lambda: demo.code_of(secret), unit)


def _playable(activity: Activity) -> list[Playable]:
    players = [each for each in ports.players if each.kind == activity.kind]
    if not players:
        return []
    kind = REGISTRY.get(activity.kind)
    path, console = (reverse(url, args=[activity.slug]) for url in (kind.play_url, kind.console_url))
    return [Playable(path, console, each) for each in players]
