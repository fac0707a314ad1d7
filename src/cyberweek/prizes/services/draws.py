"""Close the list, record the public sources, hold the draw, publish day keys. Each step is a fact of the draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from cyberweek.kernel.clock import CHINA
from cyberweek.ledger import outbox
from cyberweek.ledger import queries as ledger
from cyberweek.ledger.fact import Origin
from cyberweek.ledger.journal import Writer
from cyberweek.people.models import Seat
from cyberweek.people.vault import Vault
from cyberweek.prizes import pack, queries, tree
from cyberweek.prizes.draw import day_key, root_of
from cyberweek.prizes.facts import AddressesRead, DayKeyPublished, DrawHeld, ListFrozen, SourceConfirmed, SourceRecorded
from cyberweek.prizes.models import Appeal, Block, Claim, Draw, Mark, Published, Ranked, SourceValue
from cyberweek.prizes.services import acts
from cyberweek.prizes.sheet import Sheet, days_of

LATE_PAPERS = timedelta(minutes=90)
"""Longer than a paper that was begun before the closing may take to come in; its chance must be in the list."""


class TooEarly(Exception):
    """Raised when a step comes before its time.

    The message is the reason's word: clock (then `when` is from when), counting, appeals, no-list, unconfirmed.
    """

    def __init__(self, reason: str, when: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.when = when


class Done(Exception):
    """Raised when a step was taken before: it cannot be taken twice."""


class SamePerson(Exception):
    """Raised when the second officer is the first."""


class Disagreement(Exception):
    """Raised when the second officer read another value than the first; nothing is recorded."""


def closing_of(sheet: Sheet) -> datetime:
    """From when the list may be closed: every paper that was begun in time has come in."""
    return datetime.fromisoformat(sheet.period[1]) + LATE_PAPERS


def freeze_list(
    draw: Draw, excluded: dict[int, str], *, writer: Writer, seat: int, at: datetime, origin: int = Origin.REAL
) -> Draw:
    """Close the list for good: every chance of the period, with the reasons of excluded participants.

    Everything in the ledger must have been counted. Raises TooEarly, Done.
    """
    _require_new(draw.listed_id, "the list is closed already")
    sheet = queries.sheet_of(draw)
    _require_time(closing_of(sheet), at)
    if ledger.counted_to() < ledger.head().n:
        raise TooEarly("counting")
    if Appeal.objects.filter(mark__draw=draw, mark__decision=Mark.Decision.OPEN).exists():
        raise TooEarly("appeals")
    leaves, marks = _collect(draw, sheet, excluded)
    cut = list(tree.blocks(leaves, marks))
    root = root_of([block.root for block in cut])
    body = pack.canonical({"root": root.hex(), "count": len(leaves), "excluded": len(marks)})
    with transaction.atomic():
        draw = _locked(draw)
        _require_new(draw.listed_id, "the list is closed already")
        Block.objects.bulk_create(_rows(draw, cut), batch_size=50)
        draw.listed = Published.objects.create(
            activity=draw.activity, kind=Published.Kind.LIST, digest=root.hex(), body=body, published_at=at
        )
        fact = ListFrozen(root.hex(), len(leaves), len(marks), ledger.counted_to())
        acts.of_draw(draw, [fact], seat=seat, at=at, origin=origin)
    outbox.drain(writer)
    return draw


def record_source(
    draw: Draw, name: str, value: str, *, writer: Writer, seat: Seat, at: datetime, origin: int = Origin.REAL
) -> SourceValue:
    """Write down a public source's value; the second time, by another officer, confirms it.

    Raises TooEarly before the list is closed, Done, SamePerson, Disagreement, KeyError for a source not in the sheet.
    """
    if name not in queries.sheet_of(draw).sources:
        raise KeyError(name)
    value = " ".join(value.split())
    with transaction.atomic():
        draw = _locked(draw)
        if draw.listed_id is None:
            raise TooEarly("no-list")
        known = SourceValue.objects.select_related("recorded_by").filter(draw=draw, name=name).first()
        if known is None:
            known = SourceValue.objects.create(draw=draw, name=name, value=value, recorded_by=seat)
            fact: SourceRecorded | SourceConfirmed = SourceRecorded(name, value)
        else:
            _require_second(known, value, seat)
            known.confirmed_by = seat
            known.save()
            fact = SourceConfirmed(name, value)
        acts.of_draw(draw, [fact], seat=seat.pk, at=at, origin=origin)
    outbox.drain(writer)
    return known


def forget_source(draw: Draw, name: str) -> None:
    """Take back a value that no second officer has confirmed; the fact that it was recorded stays.

    Raises Done when there is no such value.
    """
    gone, _by_kind = SourceValue.objects.filter(draw=draw, name=name, confirmed_by=None).delete()
    if not gone:
        raise Done("nothing unconfirmed is recorded for this source")


def hold(draw: Draw, *, vault: Vault, writer: Writer, seat: int, at: datetime, origin: int = Origin.REAL) -> Draw:
    """Hold the draw and publish its pack. Raises TooEarly before list, sources or time are there, Done."""
    _require_new(draw.pack_id, "the draw was held already")
    sheet = queries.sheet_of(draw)
    _require_time(datetime.fromisoformat(sheet.draw_at), at)
    if draw.listed_id is None:
        raise TooEarly("no-list")
    sources = queries.confirmed_sources(draw, sheet)
    if sources is None:
        raise TooEarly("unconfirmed")
    secret = queries.secret_of(draw, vault)
    leaves, marks = queries.listed_chances(draw)
    drawn = pack.hold(sheet, leaves, marks, secret, sources)
    body = pack.write(sheet, leaves, marks, secret, sources, drawn)
    digest = pack.digest_of(body)
    with transaction.atomic():
        draw = _locked(draw)
        _require_new(draw.pack_id, "the draw was held already")
        Ranked.objects.bulk_create(Ranked(draw=draw, rank=r, leaf=leaf, prize=prize) for r, leaf, prize in drawn.ranked)
        draw.pack = Published.objects.create(
            activity=draw.activity, kind=Published.Kind.PACK, digest=digest, body=body, published_at=at
        )
        fact = DrawHeld(drawn.seed.hex(), digest, len(drawn.ranked))
        acts.of_draw(draw, [fact], seat=seat, at=at, origin=origin)
    outbox.drain(writer)
    return draw


def publish_day_keys(
    draw: Draw, *, vault: Vault, writer: Writer, seat: int, at: datetime, origin: int = Origin.REAL
) -> list[str]:
    """Publish the instant keys of all days that are over; returns the days that are new."""
    sheet = queries.sheet_of(draw)
    if sheet.instant is None:
        return []
    secret, today = queries.secret_of(draw, vault), at.astimezone(CHINA).date().isoformat()
    with transaction.atomic():
        draw = _locked(draw)
        known = queries.published_days([draw])[draw.pk]
        new = [day for day in days_of(sheet) if day < today and day not in known]
        for day in new:
            fact = DayKeyPublished(day, day_key(secret, day).hex())
            acts.of_draw(draw, [fact], seat=seat, at=at, origin=origin)
    outbox.drain(writer)
    return new


def read_addresses(
    draw: Draw,
    claims: Sequence[Claim],
    *,
    vault: Vault,
    writer: Writer,
    seat: int,
    at: datetime,
    origin: int = Origin.REAL,
) -> list[tuple[int, int, str, str, str, str]]:
    """Open the addresses of claims as (claim, rank, prize, name, address, phone), and record that they were read."""
    sheet = queries.sheet_of(draw)
    lines = []
    for claim in claims:
        name, _sep, address = vault.open(bytes(claim.address or b""), about=f"claim.address:{claim.pk}").partition("\n")
        phone = vault.open(bytes(claim.phone), about=f"claim.phone:{claim.pk}")
        lines.append((claim.pk, claim.rank, sheet.prize(claim.prize).name_zh, name, address, phone))
    with transaction.atomic():
        acts.of_draw(_locked(draw), [AddressesRead(len(lines))], seat=seat, at=at, origin=origin)
    outbox.drain(writer)
    return lines


def _collect(draw: Draw, sheet: Sheet, excluded: dict[int, str]) -> tuple[list[bytes], dict[bytes, str]]:
    """Every chance of the period as a leaf, sorted, and the reasons of those that take no part."""
    found = {each.leaf: each.participant for each in queries.every_chance(draw, sheet)}
    return sorted(found), {leaf: excluded[actor] for leaf, actor in found.items() if actor in excluded}


def _rows(draw: Draw, cut: Iterable[tree.Block]) -> list[Block]:
    return [
        Block(
            draw=draw, no=no, first=block.leaves[0], leaves=b"".join(block.leaves), root=block.root,
            marks={leaf.hex(): reason for leaf, reason in block.marks.items()},
        )
        for no, block in enumerate(cut)
    ]  # fmt: skip


def _require_second(known: SourceValue, value: str, seat: Seat) -> None:
    if known.confirmed_by_id is not None:
        raise Done("this source is confirmed already")
    if known.recorded_by_id == seat.pk or known.recorded_by.holdings.filter(staff=_holder(seat)).exists():
        raise SamePerson
    if known.value != value:
        raise Disagreement(f"the first officer read {known.value!r}")


def _holder(seat: Seat) -> int | None:
    held = seat.holdings.filter(until=None).first()
    return held.staff_id if held else None


def _require_new(paper: int | None, words: str) -> None:
    """Asked before the work, so that nobody waits for nothing, and again under the lock."""
    if paper is not None:
        raise Done(words)


def _require_time(moment: datetime, at: datetime) -> None:
    if at < moment:
        raise TooEarly("clock", moment.isoformat())


def _locked(draw: Draw) -> Draw:
    return Draw.objects.select_for_update(of=("self",)).select_related("activity", "sheet").get(pk=draw.pk)
