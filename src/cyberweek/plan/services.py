"""A plan on its way to a campaign: received, corrected, accepted, confirmed, revised. The only writer of uploads."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from cyberweek.kernel.clock import to_ms
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger.fact import Fact
from cyberweek.ledger.journal import Append, Writer
from cyberweek.plan import corrections, revision
from cyberweek.plan.check import checked
from cyberweek.plan.facts import CampaignShown, PlanConfirmed, PlanRevised
from cyberweek.plan.folder import About, CampaignFolder, folder_of, save
from cyberweek.plan.models import Campaign, PlanUpload
from cyberweek.plan.proposal import Obstacle, obstacles, proposal, unit_names
from cyberweek.plan.queries import finding_key, plan_in, read_plan, shown_campaign, unaccepted_errors
from cyberweek.plan.reader.read import read
from cyberweek.plan.reader.understood import Plan
from cyberweek.plan.reader.units import is_collective
from cyberweek.units.models import Alias, Unit
from cyberweek.units.queries import names_on
from cyberweek.units.services import add_unit

_ids = StreamIds(Node.PLAN)


class NotConfirmable(Exception):
    """Raised when a plan cannot become a campaign yet; `obstacles` says why and where to mend it."""

    def __init__(self, found: list[Obstacle]) -> None:
        super().__init__("；".join(each.message for each in found))
        self.obstacles = found


class AlreadyShown(Exception):
    """Raised when a campaign is the one that everybody sees, or was."""


class AlreadyConfirmed(Exception):
    """Raised when an upload has become a campaign: a further change comes as a revised plan."""


def receive(data: bytes, filename: str, *, at: datetime) -> PlanUpload:
    """Read and check a file and keep both; raises Unreadable, and then keeps nothing."""
    plan = checked(read(data, filename))
    understood = {"plan": msgspec.to_builtins(plan), "evidence": msgspec.to_builtins(plan.evidence)}
    return PlanUpload.objects.create(filename=filename[-200:], body=data, understood=understood, uploaded_at=at)


def correct(upload: PlanUpload, path: str, item: dict[str, Any] | None) -> None:
    """Replace, add or (None) take away what stands at a path. Raises NoSuchItem, AlreadyConfirmed, ValidationError."""
    kind = corrections.kind_of(path)
    value = None if item is None else msgspec.to_builtins(msgspec.convert(item, kind))
    with transaction.atomic():
        locked = _open(upload)
        if value is None and "[+" in path:
            locked.corrected.pop(path, None)
        else:
            locked.corrected[path] = value
        locked.save(update_fields=["corrected"])


def undo(upload: PlanUpload, path: str) -> None:
    """Take a correction back: the item says again what was understood."""
    with transaction.atomic():
        locked = _open(upload)
        if locked.corrected.pop(path, corrections) is not corrections:
            locked.save(update_fields=["corrected"])


def accept(upload: PlanUpload, key: str, reason: str) -> None:
    """Let a finding stand, with the reason; accepting again replaces the reason."""
    with transaction.atomic():
        locked = _open(upload)
        locked.accepted = [each for each in locked.accepted if each["key"] != key]
        if reason:
            locked.accepted.append({"key": key, "reason": reason})
        locked.save(update_fields=["accepted"])


def discard(upload: PlanUpload) -> None:
    """Throw an upload away that never became a campaign."""
    with transaction.atomic():
        _open(upload).delete()


def confirm(upload: PlanUpload, *, slug: str, area: str, writer: Writer, seat: int, at: datetime) -> Campaign:
    """Make it the running campaign. Raises NotConfirmable or AlreadyConfirmed."""
    with transaction.atomic():
        locked = _open(upload)
        plan = _confirmable(locked)
        seed = hashlib.sha256(bytes(locked.body)).hexdigest()[:12]
        about = _about(plan, slug=slug, area=area, seed=seed)
        folder = proposal(plan, codes=_resolve(plan, about), about=about)
        campaign = save(folder, at=at, is_demo=Campaign.objects.filter(is_demo=True).exists())
        _close(locked, campaign)
    _record(writer, PlanConfirmed(campaign.pk, locked.pk, _digest(locked)), seat=seat, at=at)
    return campaign


def revise(upload: PlanUpload, campaign: Campaign, *, writer: Writer, seat: int, at: datetime) -> int:
    """Bring a running campaign to what the revised plan says; returns the number of differences.

    Raises NotConfirmable (also when it would remove an activity that people can play) or AlreadyConfirmed.
    """
    with transaction.atomic():
        locked = _open(upload)
        plan = _confirmable(locked)
        changes = len(revision.changes(plan, campaign))
        folder = revised_folder(plan, campaign)
        try:
            revision.apply(campaign, folder)
        except revision.InUse as error:
            raise NotConfirmable([Obstacle(f"活动“{error}”已经发布，不能随修订删去", "activities")]) from None
        _close(locked, campaign)
    _record(writer, PlanRevised(campaign.pk, locked.pk, _digest(locked), changes), seat=seat, at=at)
    return changes


def show(campaign: Campaign, *, writer: Writer, seat: int, at: datetime) -> None:
    """Let everybody see this campaign instead of the one that is shown. Raises AlreadyShown."""
    with transaction.atomic():
        if campaign == shown_campaign():
            raise AlreadyShown
        campaign.confirmed_at = at
        campaign.save(update_fields=["confirmed_at"])
    _record(writer, CampaignShown(campaign.pk), seat=seat, at=at)


def throw_away(campaign: Campaign) -> None:
    """Forget a campaign that was prepared and that nobody has seen. Raises AlreadyShown."""
    with transaction.atomic():
        locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
        if locked.confirmed_at is not None:
            raise AlreadyShown
        locked.delete()


def revised_folder(plan: Plan, campaign: Campaign) -> CampaignFolder:
    """The running campaign's folder as the plan would have it; creates the units that nobody knows."""
    running = revision.without_own_tasks(folder_of(campaign))
    was = running.about
    about = _about(plan, slug=was.slug, area=was.area, seed=was.seed)
    about = msgspec.structs.replace(
        about,
        name_en=was.name_en if was.name_zh == about.name_zh else "",
        theme_en=was.theme_en if was.theme_zh == about.theme_zh else "",
        launch_place_en=was.launch_place_en if was.launch_place_zh == about.launch_place_zh else "",
    )
    return proposal(plan, codes=_resolve(plan, about), about=about, running=running)


def _open(upload: PlanUpload) -> PlanUpload:
    locked = PlanUpload.objects.select_for_update().get(pk=upload.pk)
    if locked.campaign_id is not None:
        raise AlreadyConfirmed
    return locked


def _confirmable(upload: PlanUpload) -> Plan:
    plan = plan_in(upload)
    paths = corrections.where(read_plan(upload), upload.corrected)
    found = [Obstacle(each.message, paths.get(each.path, each.path)) for each in obstacles(plan)]
    found += [Obstacle(each.message, finding_key(each)) for each in unaccepted_errors(upload, plan)]
    if found:
        raise NotConfirmable(found)
    return plan


def _about(plan: Plan, *, slug: str, area: str, seed: str) -> About:
    return About(
        slug=slug,
        area=area,
        seed=seed,
        name_zh=plan.title or "",
        theme_zh=plan.theme or "",
        starts=datetime.fromisoformat(plan.start or "").date(),
        ends=datetime.fromisoformat(plan.end or "").date(),
        launch_date=datetime.fromisoformat(plan.launch.date).date() if plan.launch.date else None,
        launch_place_zh=plan.launch.place or "",
        launch_items=tuple(plan.launch.items),
    )


def _resolve(plan: Plan, about: About) -> dict[str, str]:
    """The code of every unit that the plan names; a unit that no table knows is created with its aliases."""
    known = names_on(about.starts)
    codes: dict[str, str] = {}
    for name in unit_names(plan):
        others = [
            each for unit in plan.units if name in (unit.name, *unit.aliases) for each in (unit.name, *unit.aliases)
        ]
        unit = next((known[each] for each in (name, *others) if each in known), None)
        if unit is None:
            unit = _new_unit(name, others)
            known |= dict.fromkeys((name, *others), unit)
        codes[name] = unit.code
    return codes


def _new_unit(name: str, others: list[str]) -> Unit:
    code = f"u-{hashlib.sha256(name.encode()).hexdigest()[:10]}"
    found = Unit.objects.filter(code=code).first()
    if found is not None:
        return found
    kind = Unit.Kind.COLLECTIVE if is_collective(name) else Unit.Kind.DEPARTMENT
    unit = add_unit(code=code, name_zh=name[:120], kind=kind)
    Alias.objects.bulk_create([Alias(unit=unit, text=each[:120]) for each in dict.fromkeys(others) if each != name])
    return unit


def _close(upload: PlanUpload, campaign: Campaign) -> None:
    upload.campaign = campaign
    upload.save(update_fields=["campaign"])


def _digest(upload: PlanUpload) -> str:
    return hashlib.sha256(bytes(upload.body)).hexdigest()


def _record(writer: Writer, fact: Fact, *, seat: int, at: datetime) -> None:
    writer.append(Append(stream=_ids.mint(to_ms(at)), step=1, at=to_ms(at), facts=[fact], actor=-seat))
