"""What the report offers to other rooms' pages, by the ports that `component` declares."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cyberweek.component.ports import Counted
from cyberweek.plan.models import Activity
from cyberweek.report.queries import head_counts
from cyberweek.units.models import Unit


def counted_for(activity: Activity, unit: Unit) -> list[Counted]:
    """The head-counts of a unit in an activity that stand, each with where its evidence is kept."""
    return [
        Counted(_("线下参与人次"), each.people, _("人次"), f"{each.day} · {each.evidence}", is_people=True)
        for each in head_counts()
        if (each.activity, each.unit) == (activity.pk, unit.code) and not each.is_voided
    ]
