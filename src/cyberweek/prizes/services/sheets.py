"""Write a rules sheet, and freeze it when its activity opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec
from django.db import transaction

from cyberweek.component.cloning import copied
from cyberweek.component.ports import Copying
from cyberweek.kernel.clock import CHINA, to_ms
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.kernel.regulations import pack_on
from cyberweek.ledger.fact import Origin
from cyberweek.people.vault import Vault
from cyberweek.plan.models import Activity
from cyberweek.prizes import pack
from cyberweek.prizes.draw import commitment, day_key
from cyberweek.prizes.facts import SheetFrozen
from cyberweek.prizes.models import Draw, Published, SheetDraft
from cyberweek.prizes.services import acts
from cyberweek.prizes.sheet import Fault, Sheet, days_of, faults

_ids = StreamIds(Node.DRAWS)
SECRET_BYTES = 32


class Frozen(Exception):
    """Raised when a sheet is changed after its activity has opened."""


class BadSheet(Exception):
    """Raised when a sheet cannot be read at all; the message names the field."""


def save(activity: Activity, content: Mapping[str, Any]) -> SheetDraft:
    """Keep a sheet that is being written. Raises Frozen."""
    if Draw.objects.filter(activity=activity).exists():
        raise Frozen
    draft, _is_new = SheetDraft.objects.update_or_create(activity=activity, defaults={"content": dict(content)})
    return draft


def drop(activity: Activity) -> None:
    """Hold no draw for the activity after all. Raises Frozen."""
    if Draw.objects.filter(activity=activity).exists():
        raise Frozen
    SheetDraft.objects.filter(activity=activity).delete()


def copy_drafts(copying: Copying) -> None:
    """Write the sheets of another year as they were written before; nothing of a draw, and no stock."""
    pairs = {original.pk: copy for original, copy in copying.activities}
    drafts = SheetDraft.objects.filter(activity__in=pairs)
    SheetDraft.objects.bulk_create(copied(each, copying.by, activity=pairs[each.activity_id]) for each in drafts)


def proposal(activity: Activity) -> dict[str, Any]:
    """What a new sheet says until somebody writes it: the activity's days, and usual words."""
    first = activity.starts or activity.campaign.starts
    last = activity.ends or activity.campaign.ends
    closes = _midnight(last + timedelta(days=1))
    return {
        "title": f"{activity.name_zh}抽奖",
        "organiser": activity.campaign.name_zh,
        "conditions": "每天第一次合格的答卷得一次抽奖机会，每台设备每天一次。不比速度，不看名次。",
        "manner": "在活动页面答题，合格后自动得到机会和凭证，不用登记。",
        "draw_method": "名单封存后，用事先承诺的秘密数和事后产生的公开数算出种子，对全部机会排序，谁都可以重算。",
        "claim_way": "凭参与时的设备或抽奖凭证，在网上用手机号码验证领取；同一号码在本次活动周只领一份，即时奖也算。",
        "delivery": "卡券当场显示，实物邮寄，不收任何费用。",
        "abandonment": "领奖截止仍未申领的视为放弃，由已申领的候补按名次递补。",
        "minors": "未满十四周岁的由监护人以本人号码领取；课堂码参加的不抽奖。",
        "opens": _midnight(first) + timedelta(hours=9),
        "closes": closes,
        "draw_at": closes + timedelta(days=2, hours=10),
        "claim_from": closes + timedelta(days=2, hours=12),
        "claim_until": closes + timedelta(days=12),
        "alternates": 100,
        "erase_after_days": 30,
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def read(activity: Activity, content: Mapping[str, Any], secret: bytes, law: str = "") -> Sheet:
    """The sheet that a draft and a secret make. Raises BadSheet."""
    fixed = {"activity": activity.pk, "commitment": commitment(secret), "law": law}
    try:
        sheet = msgspec.convert({**content, **fixed}, Sheet)
        if sheet.instant is None:
            return sheet
        keys = {day: commitment(day_key(secret, day)) for day in days_of(sheet)}
    except (msgspec.ValidationError, ValueError) as error:
        raise BadSheet(str(error)) from None
    return msgspec.structs.replace(sheet, instant=msgspec.structs.replace(sheet.instant, commitments=keys))


def faults_of(activity: Activity, at: datetime) -> list[Fault]:
    """What keeps an activity's sheet from being frozen; none when no draw is wanted, or the sheet is frozen already."""
    draft = SheetDraft.objects.filter(activity=activity).first()
    if draft is None or Draw.objects.filter(activity=activity).exists():
        return []
    try:
        return faults(read(activity, draft.content, bytes(SECRET_BYTES)), pack_on(at.astimezone(CHINA).date()))
    except BadSheet as error:
        return [Fault("sheet", "cannot be read", str(error))]


def freeze(
    activity: Activity,
    *,
    seat: int,
    at: datetime,
    vault: Vault,
    randomness: Callable[[int], bytes],
    origin: int = Origin.REAL,
) -> Draw | None:
    """Publish the sheet under its digest, with the commitment to a fresh secret. None when no draw is wanted.

    Freezing again changes nothing: the sheet of the first opening stays.
    """
    existing = Draw.objects.filter(activity=activity).first()
    draft = SheetDraft.objects.filter(activity=activity).first()
    if existing is not None or draft is None:
        return existing
    secret = randomness(SECRET_BYTES)
    sheet = read(activity, draft.content, secret, pack_on(at.astimezone(CHINA).date()).valid_from.isoformat())
    digest = pack.sheet_digest(sheet)
    with transaction.atomic():
        paper = Published.objects.create(
            activity=activity, kind=Published.Kind.SHEET, digest=digest, body=pack.canonical(pack.sheet_json(sheet)),
            published_at=at,
        )  # fmt: skip
        sealed = vault.seal(secret.hex(), about=f"draw.secret:{activity.pk}")
        draw = Draw.objects.create(activity=activity, stream=_ids.mint(to_ms(at)), secret=sealed, sheet=paper)
        acts.of_draw(draw, [SheetFrozen(digest)], seat=seat, at=at, origin=origin)
    return draw
