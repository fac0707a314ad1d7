"""Bring a running campaign to what a revised plan says, row by row, so that whatever points at a row keeps its place."""

from __future__ import annotations

import copy
from collections.abc import Iterable

import msgspec
from django.db.models import ProtectedError

from cyberweek.plan.difference import Change, difference
from cyberweek.plan.folder import CampaignFolder, folder_of, parts
from cyberweek.plan.models import (
    Activity,
    ActivityUnit,
    Campaign,
    Deadline,
    PlannedTask,
    TaskUnit,
    ThemeDay,
    ThemeDayLead,
)
from cyberweek.plan.proposal import plan_of
from cyberweek.plan.reader.understood import Plan
from cyberweek.units.models import Unit
from cyberweek.units.queries import names_on

OWN_ROW = 0
ROLES = (("hosts", "host"), ("guides", "guide"), ("organisers", "organiser"))
_OWN = ("slug", "no", "units", "supporting", "activity", "leads", "hosts", "guides", "organisers")


class InUse(Exception):
    """Raised when an activity would go that has been published; the message is its name."""


def changes(plan: Plan, campaign: Campaign) -> list[Change]:
    """What the plan would change in a running campaign. Units are compared where they act, not as a list."""
    folder = without_own_tasks(folder_of(campaign))
    running = plan_of(folder, dict(Unit.objects.values_list("code", "name_zh")))
    running.units, running.onward = plan.units, plan.onward
    revised = _with_official_names(plan, campaign)
    for activity in (*running.activities, *revised.activities):
        activity.no = None  # each text counts in its own way, under its own headings
    return difference(running, revised)


def without_own_tasks(folder: CampaignFolder) -> CampaignFolder:
    """The folder without what the office set itself: no plan says it, so no plan takes it away."""
    return msgspec.structs.replace(folder, tasks=tuple(each for each in folder.tasks if each.row != OWN_ROW))


def _with_official_names(plan: Plan, campaign: Campaign) -> Plan:
    """The same plan with each unit under the name of the register, so that an alias is no difference."""
    known = names_on(campaign.starts)
    plan = copy.deepcopy(plan)

    def official(names: list[str]) -> list[str]:
        return list(dict.fromkeys(known[name].name_zh if name in known else name for name in names))

    for activity in plan.activities:
        activity.hosts, activity.guides = official(activity.hosts), official(activity.guides)
        activity.organisers = official(activity.organisers)
    for day in plan.theme_days:
        day.leads = official(day.leads)
    for row in plan.task_rows:
        row.units = official(row.units)
    return plan


def apply(campaign: Campaign, folder: CampaignFolder) -> None:
    """Update the campaign's rows to the folder. Call it in a transaction. Raises InUse."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    about = folder.about
    for name in about.__struct_fields__:
        value = getattr(about, name)
        setattr(campaign, name, list(value) if isinstance(value, tuple) else value)
    campaign.save()
    activities = _apply_activities(campaign, folder, units)
    _apply_theme_days(campaign, folder, units)
    _apply_tasks(campaign, folder, activities, units)
    campaign.deadlines.all().delete()
    Deadline.objects.bulk_create(
        Deadline(
            campaign=campaign, date=d.date, what_zh=d.what_zh, what_en=d.what_en, to=d.to, channels=list(d.channels)
        )
        for d in folder.deadlines
    )


def _apply_activities(campaign: Campaign, folder: CampaignFolder, units: dict[str, Unit]) -> dict[str, Activity]:
    have = {each.slug: each for each in campaign.activities.all()}
    wanted = {line.slug for line in folder.activities}
    gone = [each for slug, each in have.items() if slug not in wanted]
    for each in gone:
        _remove(each)
    for number, each in enumerate(have.values()):  # numbers are unique: make room before they change places
        Activity.objects.filter(pk=each.pk).update(no=10_000 + number)
    for line in folder.activities:
        activity, _ = Activity.objects.update_or_create(
            campaign=campaign, slug=line.slug, defaults={"no": line.no, **_plain(line)}
        )
        have[line.slug] = activity
        activity.unit_roles.all().delete()
        ActivityUnit.objects.bulk_create(
            ActivityUnit(activity=activity, unit=units[code], role=role, order=order)
            for field, role in ROLES
            for order, code in enumerate(getattr(line, field))
        )
    return have


def _remove(activity: Activity) -> None:
    try:
        activity.delete()
    except ProtectedError:
        raise InUse(activity.name_zh) from None


def _apply_theme_days(campaign: Campaign, folder: CampaignFolder, units: dict[str, Unit]) -> None:
    campaign.theme_days.exclude(slug__in=[line.slug for line in folder.theme_days]).delete()
    for line in folder.theme_days:
        day, _ = ThemeDay.objects.update_or_create(campaign=campaign, slug=line.slug, defaults=_plain(line))
        day.lead_rows.all().delete()
        ThemeDayLead.objects.bulk_create(
            ThemeDayLead(theme_day=day, unit=units[code], order=order) for order, code in enumerate(line.leads)
        )


def _apply_tasks(
    campaign: Campaign, folder: CampaignFolder, activities: dict[str, Activity], units: dict[str, Unit]
) -> None:
    campaign.tasks.exclude(row=OWN_ROW).exclude(no__in=[line.no for line in folder.tasks]).delete()
    for line in folder.tasks:
        values = {**_plain(line), "activity": activities.get(line.activity)}
        task, _ = PlannedTask.objects.update_or_create(campaign=campaign, no=line.no, defaults=values)
        _keep_units(task, [(units[code], role) for code, role in parts(line)])


def _keep_units(task: PlannedTask, wanted: Iterable[tuple[Unit, str]]) -> None:
    """A pair that stays keeps its row: its signatures hang on it."""
    pairs = list(wanted)
    task.task_units.exclude(unit__in=[unit for unit, _role in pairs]).delete()
    for order, (unit, role) in enumerate(pairs):
        TaskUnit.objects.update_or_create(task=task, unit=unit, defaults={"order": order, "role": role})


def _plain(line) -> dict[str, object]:
    return {name: getattr(line, name) for name in line.__struct_fields__ if name not in _OWN}
