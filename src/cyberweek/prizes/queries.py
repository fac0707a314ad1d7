"""Read draws, chances, ranks and claims. Never writes."""

from __future__ import annotations

import hmac
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec
from django.conf import settings
from django.db.models import Case, Count, Q, QuerySet, When

from cyberweek.component.metrics import CHANCE_HOLDERS
from cyberweek.ledger import queries as ledger
from cyberweek.ledger.fact import FactTypes, Row
from cyberweek.people.ticket import Signer
from cyberweek.people.vault import Vault
from cyberweek.plan.models import Activity, Campaign
from cyberweek.prizes import receipt, tree
from cyberweek.prizes.draw import Source, day_key, is_instant_win, leaf_of
from cyberweek.prizes.facts import FACTS, DayKeyPublished
from cyberweek.prizes.models import Block, Claim, Draw, Gone, Mark, Published, Ranked, SheetDraft, SourceValue, Voucher
from cyberweek.prizes.sheet import Sheet, days_of

_FACTS = FactTypes(FACTS)


class Phase(StrEnum):
    """How far a draw has come, as people see it."""

    COMING = "coming"
    EARNING = "earning"
    CLOSED = "closed"
    LISTED = "listed"
    DRAWN = "drawn"
    CLAIMING = "claiming"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Chance:
    """A participant's chance: its day, its secret code, its public leaf, what it won, and the claims made for it.

    `place` is where it stands in the frozen list; `gone` are the ranks whose claimant was erased.
    """

    day: str
    code: bytes
    leaf: bytes
    place: tree.Place | None = None
    ranked: Ranked | None = None
    won_instantly: bool = False
    claims: tuple[Claim, ...] = ()
    gone: frozenset[int] = frozenset()

    def claim_for(self, rank: int) -> Claim | None:
        """The claim that stands for a rank, 0 for the instant prize."""
        return next((each for each in self.claims if each.rank == rank), None)


class Every(NamedTuple):
    """A chance with the participant who earned it; never leaves the server."""

    participant: int
    day: str
    code: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Stock:
    """The vouchers of one prize."""

    prize: str
    held: int
    given: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen list in figures."""

    root: str
    count: int
    excluded: int


def draws(campaign: Campaign) -> list[Draw]:
    """Every draw of a campaign whose sheet is published, in the plan's order; one query."""
    return list(_whole().filter(activity__campaign=campaign).order_by("activity__no"))


def draw_of(activity: Activity) -> Draw | None:
    return _whole().filter(activity=activity).first()


def draws_of(activities: Collection[Activity]) -> list[Draw]:
    """The draws of some activities; one query."""
    return list(_whole().filter(activity__in=[each.pk for each in activities]))


def claims_of(campaign: Campaign, participant: int) -> list[Claim]:
    """Every claim that stands for a participant's chances, in all draws; two queries."""
    signer = Signer(settings.TICKET_KEY)
    leaves = [
        leaf_of(each.pk, day, signer.chance_code(participant, each.pk, day))
        for each in draws(campaign) for day in days_of(sheet_of(each))
    ]  # fmt: skip
    found = Claim.objects.filter(campaign=campaign, leaf__in=leaves).exclude(state=Claim.State.REPLACED)
    return list(found.select_related("draw__activity").order_by("pk"))


def _whole() -> QuerySet[Draw]:
    """Draws with what was published of them, but for the pack's bytes, which may be many millions."""
    return Draw.objects.select_related("activity__campaign", "sheet", "listed", "pack").defer("pack__body")


def has_sheet(activity: Activity) -> bool:
    """True when the organiser wants a draw for the activity, frozen already or still being written."""
    return SheetDraft.objects.filter(activity=activity).exists()


def sheet_of(draw: Draw) -> Sheet:
    return msgspec.json.decode(bytes(draw.sheet.body), type=Sheet)


def frozen_of(draw: Draw) -> Frozen | None:
    if draw.listed is None:
        return None
    body = msgspec.json.decode(bytes(draw.listed.body))
    return Frozen(body["root"], body["count"], body["excluded"])


def phase(draw: Draw, sheet: Sheet, now: datetime) -> Phase:
    """What the draw is doing at a moment."""
    opens, closes = map(datetime.fromisoformat, sheet.period)
    _from, until = map(datetime.fromisoformat, sheet.claim)
    if now < opens:
        return Phase.COMING
    if now < closes and draw.listed is None:
        return Phase.EARNING
    if draw.pack is None:
        return Phase.CLOSED if draw.listed is None else Phase.LISTED
    if now < _from:
        return Phase.DRAWN
    return Phase.CLAIMING if now < until else Phase.OVER


def chances_of(draw: Draw, sheet: Sheet, participant: int, vault: Vault) -> list[Chance]:
    """What a participant earned in a draw, by day; in a constant number of queries."""
    days = ledger.buckets_seen(CHANCE_HOLDERS.name, draw.activity_id, participant, days_of(sheet))
    signer = Signer(settings.TICKET_KEY)
    codes = {day: signer.chance_code(participant, draw.activity_id, day) for day in sorted(days)}
    return _looked_up(draw, sheet, [(day, code, leaf_of(draw.pk, day, code)) for day, code in codes.items()], vault)


def chance_in(draw: Draw, sheet: Sheet, shown: bytes, vault: Vault) -> Chance:
    """The chance of a receipt that somebody shows.

    Raises receipt.OtherDraw, and receipt.BadReceipt, until a frozen list can tell, for one that was not given here.
    """
    said = receipt.read(shown)
    if said.activity != draw.pk:
        raise receipt.OtherDraw("this receipt belongs to another draw")
    if draw.listed_id is None and not hmac.compare_digest(said.proof, _proof(draw, said.day, said.code)):
        raise receipt.BadReceipt("this receipt was not given here")
    return _looked_up(draw, sheet, [(said.day, said.code, said.leaf)], vault)[0]


def _looked_up(draw: Draw, sheet: Sheet, chances: Sequence[tuple[str, bytes, bytes]], vault: Vault) -> list[Chance]:
    """Chances with their place in the list, what they won and what was claimed for them."""
    if not chances:
        return []
    leaves = [leaf for _day, _code, leaf in chances]
    places = places_of(draw, leaves)
    taking_part = [leaf for leaf in leaves if draw.listed_id is None or (leaf in places and not places[leaf].mark)]
    ranked = {bytes(each.leaf): each for each in Ranked.objects.filter(draw=draw, leaf__in=leaves)}
    claims, gone = _live_claims(draw, leaves), _gone(draw, leaves)
    won = instant_wins(draw, sheet, [(day, leaf) for day, _code, leaf in chances if leaf in taking_part], vault)
    return [
        Chance(
            day, code, leaf, places.get(leaf), ranked.get(leaf), leaf in won,
            tuple(each for each in claims if bytes(each.leaf) == leaf),
            frozenset(rank for at, rank in gone if at == leaf),
        )
        for day, code, leaf in chances
    ]  # fmt: skip


def _live_claims(draw: Draw, leaves: Sequence[bytes]) -> list[Claim]:
    return list(Claim.objects.filter(draw=draw, leaf__in=leaves).exclude(state=Claim.State.REPLACED))


def _gone(draw: Draw, leaves: Sequence[bytes]) -> list[tuple[bytes, int]]:
    found = Gone.objects.filter(draw=draw, leaf__in=leaves)
    return [(bytes(leaf), rank) for leaf, rank in found.values_list("leaf", "rank")]


def _proof(draw: Draw, day: str, code: bytes) -> bytes:
    return Signer(settings.TICKET_KEY).chance_proof(draw.pk, day, code)


def secret_of(draw: Draw, vault: Vault) -> bytes:
    """The draw's secret; raises vault.CannotOpen without the right key."""
    return bytes.fromhex(vault.open(bytes(draw.secret), about=f"draw.secret:{draw.pk}"))


def instant_wins(draw: Draw, sheet: Sheet, chances: Sequence[tuple[str, bytes]], vault: Vault) -> set[bytes]:
    """Which of (day, leaf) won an instant prize."""
    if sheet.instant is None or not chances:
        return set()
    secret, odds = secret_of(draw, vault), sheet.instant.odds
    return {leaf for day, leaf in chances if is_instant_win(day_key(secret, day), leaf, odds)}


def receipt_of(draw: Draw, chance: Chance) -> bytes:
    """The receipt of a chance, with its path once the list is frozen and holds it."""
    frozen, place = frozen_of(draw), chance.place
    if frozen is None or place is None:
        proof = _proof(draw, chance.day, chance.code)
        return receipt.write(activity=draw.pk, day=chance.day, code=chance.code, proof=proof)
    return receipt.write(
        activity=draw.pk, day=chance.day, code=chance.code, index=place.number, count=frozen.count,
        mark=place.mark, path=b"".join(place.path),
    )  # fmt: skip


def places_of(draw: Draw, leaves: Sequence[bytes]) -> dict[bytes, tree.Place]:
    """Where chances stand in the frozen list; without those that are not in it, and empty before the freeze."""
    if draw.listed_id is None:
        return {}
    heads = list(Block.objects.filter(draw=draw).order_by("no").values_list("first", "root"))
    firsts, roots = [bytes(first) for first, _root in heads], [bytes(root) for _first, root in heads]
    wanted = {leaf: bisect_right(firsts, leaf) - 1 for leaf in leaves}
    found = {each.no: _block(each) for each in Block.objects.filter(draw=draw, no__in=set(wanted.values()))}
    places = {leaf: tree.place(found[no], no, roots, leaf) for leaf, no in wanted.items() if no in found}
    return {leaf: place for leaf, place in places.items() if place is not None}


def _block(row: Block) -> tree.Block:
    marks = {bytes.fromhex(leaf): reason for leaf, reason in row.marks.items()}
    return tree.Block(tree.split(bytes(row.leaves)), marks, bytes(row.root))


def every_chance(draw: Draw, sheet: Sheet) -> Iterator[Every]:
    """Every chance of the period with whose it is, in no order: for closing the list."""
    signer = Signer(settings.TICKET_KEY)
    for day in days_of(sheet):
        for actor in ledger.actors_seen(CHANCE_HOLDERS.name, draw.pk, day):
            code = signer.chance_code(actor, draw.pk, day)
            yield Every(actor, day, code, leaf_of(draw.pk, day, code))


def listed_chances(draw: Draw) -> tuple[list[bytes], dict[bytes, str]]:
    """The whole frozen list: every leaf in order, and the reasons of those excluded."""
    leaves: list[bytes] = []
    marks: dict[bytes, str] = {}
    for block in Block.objects.filter(draw=draw).order_by("no").iterator(chunk_size=64):
        leaves += tree.split(bytes(block.leaves))
        marks |= {bytes.fromhex(leaf): reason for leaf, reason in block.marks.items()}
    return leaves, marks


def sources(draws: Collection[Draw]) -> dict[int, dict[str, SourceValue]]:
    """What officers recorded of public sources, by draw and name; one query."""
    found: dict[int, dict[str, SourceValue]] = {each.pk: {} for each in draws}
    rows = SourceValue.objects.filter(draw__in=list(found)).select_related("recorded_by__unit", "confirmed_by__unit")
    for each in rows:
        found[each.draw_id][each.name] = each
    return found


def sources_of(draw: Draw, sheet: Sheet) -> list[tuple[str, SourceValue | None]]:
    """The sheet's sources in their order, each with what was recorded of it; one query."""
    known = sources([draw])[draw.pk]
    return [(name, known.get(name)) for name in sheet.sources]


def confirmed_sources(draw: Draw, sheet: Sheet) -> list[Source] | None:
    """The sources in the sheet's order; None while one of them is not confirmed by a second officer."""
    found = sources_of(draw, sheet)
    if not is_confirmed(found):
        return None
    return [Source(name, each.value) for name, each in found if each is not None]


def is_confirmed(found: Collection[tuple[str, SourceValue | None]]) -> bool:
    """True when a second officer confirmed every source."""
    return all(each is not None and each.confirmed_by_id is not None for _name, each in found)


def stock(activities: Collection[int]) -> dict[int, dict[str, Stock]]:
    """The vouchers of each prize, by activity: how many are held, and how many were given; one query."""
    found: dict[int, dict[str, Stock]] = {each: {} for each in activities}
    rows = Voucher.objects.filter(activity__in=list(found)).values("activity", "prize")
    for each in rows.annotate(held=Count("id"), given=Count("id", filter=Q(is_given=True))):
        found[each["activity"]][each["prize"]] = Stock(each["prize"], each["held"], each["given"])
    return found


def claims(draw: Draw) -> QuerySet[Claim]:
    """Every claim that stands, best rank first."""
    found = Claim.objects.filter(draw=draw).exclude(state=Claim.State.REPLACED).select_related("voucher")
    return found.order_by("rank", "pk")


def marks(draw: Draw) -> QuerySet[Mark]:
    """Who was marked, those who appealed and wait for a decision first."""
    waits = Case(When(appeal__isnull=False, decision="", then=0), When(decision="", then=1), default=2)
    return Mark.objects.filter(draw=draw).select_related("appeal").order_by(waits, "pk")


def mark_of(draw: Draw, participant: int) -> Mark | None:
    return Mark.objects.filter(draw=draw, participant=participant).select_related("appeal").first()


def winners(draw: Draw) -> QuerySet[Claim]:
    """The claims that got a prize, best rank first."""
    return claims(draw).filter(state=Claim.State.GRANTED)


def goods_to_send(draw: Draw) -> list[Claim]:
    """The claims whose goods wait to be sent, and it is known where to."""
    return list(winners(draw).filter(sent_at=None).exclude(address=None))


def erasure_of(draw: Draw) -> Published | None:
    """The certificate that what was known of claimants was deleted."""
    return Published.objects.filter(activity=draw.activity_id, kind=Published.Kind.ERASURE).first()


def published_days(draws: Collection[Draw]) -> dict[int, dict[str, str]]:
    """The instant keys that were published, by draw and day, from the draws' facts; one query."""
    rows = ledger.streams_rows([each.stream for each in draws])
    return {each.pk: _day_keys(rows.get(each.stream, [])) for each in draws}


def _day_keys(rows: Collection[Row]) -> dict[str, str]:
    return {fact.day: fact.key for row in rows if isinstance(fact := _FACTS.read(row), DayKeyPublished)}
