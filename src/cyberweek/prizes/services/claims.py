"""Claim, verify, grant, settle, erase. What is known of a person is sealed, and the ledger hears only of ranks."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction

from cyberweek.kernel.clock import to_ms
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger import outbox
from cyberweek.ledger.fact import Origin
from cyberweek.ledger.journal import Writer
from cyberweek.messages.gateways import Gateway, Text
from cyberweek.people.vault import Vault
from cyberweek.prizes import pack, queries
from cyberweek.prizes.facts import PersonsErased, PrizeClaimed, PrizeForfeited, PrizeGranted
from cyberweek.prizes.models import Appeal, Claim, Draw, Gone, Pending, Published, Ranked, Voucher
from cyberweek.prizes.queries import Chance, Phase
from cyberweek.prizes.services import acts
from cyberweek.prizes.services.draws import TooEarly
from cyberweek.prizes.sheet import Delivery, Sheet

_ids = StreamIds(Node.CLAIMS)
_PHONE = re.compile(r"1[0-9]{10}")
_STANDS = (Claim.State.GRANTED, Claim.State.WAITING)
CODE_LIVES = timedelta(minutes=10)
CODE_PAUSE = timedelta(seconds=60)
CODES_A_DAY = 5
TRIES = 5
PENDING_LIVES = timedelta(days=1)  # as long as it counts how often a number was asked for


class NotNow(Exception):
    """Raised when a chance cannot claim; the message is the reason's word: not-claiming, no-rank, claimed, gone, no-stock."""


class BadPhone(Exception):
    """Raised for what is no mobile number."""


class TooMany(Exception):
    """Raised when more codes are asked for than a person needs."""


class WrongCode(Exception):
    """Raised for a wrong, old or spent code; `left` is how many tries remain."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class OnePerPerson(Exception):
    """Raised when the verified person has a prize, or a better place in the line, in this campaign already."""


class Means(NamedTuple):
    """What a claim needs from outside: keys, a gateway for texts, and random bytes."""

    vault: Vault
    gateway: Gateway
    randomness: Callable[[int], bytes]


def ask_for_code(
    draw: Draw, chance: Chance, number: str, *, rank: int, consent: str, words: str, means: Means, at: datetime
) -> Pending:
    """Send a code to the phone that a claim for a rank (0: the instant prize) names.

    `words` is the text with {code}, `consent` what was agreed to.

    Raises NotNow, BadPhone, TooMany, gateways.NotSent. Nothing stays behind when the text was not sent. No number is
    taken for a prize that has run out.
    """
    _require_claimable(draw, chance, rank, at)
    _require_stock(draw, _prize_of(draw, rank))
    phone, vault = _phone(number), means.vault
    mark = vault.mark(phone, kind="phone")
    Pending.objects.filter(sent_at__lte=at - PENDING_LIVES).delete()
    _require_patience(draw, mark, chance.leaf, at)
    code = f"{int.from_bytes(means.randomness(8), 'big') % 1_000_000:06}"
    pending = Pending(draw=draw, leaf=chance.leaf, rank=rank, phone_mark=mark, consent=digest_of(consent), sent_at=at)
    pending.phone, pending.code_mark = b"", b""
    with transaction.atomic():
        pending.save()
        pending.phone = vault.seal(phone, about=f"pending.phone:{pending.pk}")
        pending.code_mark = vault.mark(code, kind=f"code:{pending.pk}")
        pending.save()
    try:
        means.gateway.send(Text(f"code-{pending.pk}", phone, words.format(code=code)))
    except Exception:
        pending.delete()
        raise
    return pending


def verify(
    pending: Pending, code: str, *, means: Means, writer: Writer, at: datetime, origin: int = Origin.REAL
) -> Claim:
    """Turn a pending claim into a claim when the code is right. Raises WrongCode, OnePerPerson, NotNow."""
    _use_a_try(pending, code, means.vault, at)
    sheet = queries.sheet_of(pending.draw)
    try:
        with transaction.atomic():
            _require_open(pending)
            claim = _claim(pending, sheet, means.vault, at)
            acts.of_claim(claim, 1, PrizeClaimed(claim.rank), at=at, origin=origin)
            if claim.state == Claim.State.GRANTED:
                fact = PrizeGranted(claim.rank, claim.prize, 0)
                acts.of_claim(claim, 2, fact, at=at, origin=origin)
            pending.delete()
    except IntegrityError:
        raise OnePerPerson from None
    outbox.drain(writer)
    return claim


def save_address(claim: Claim, *, name: str, address: str, vault: Vault) -> None:
    """Keep where a prize of goods is sent to; sealed, deleted with the claim. Raises NotNow for other prizes."""
    if not needs_address(claim, queries.sheet_of(claim.draw)):
        raise NotNow("no-address")
    claim.address = vault.seal(f"{name.strip()}\n{address.strip()}", about=f"claim.address:{claim.pk}")
    claim.save(update_fields=["address"])


def needs_address(claim: Claim, sheet: Sheet) -> bool:
    """True for a granted prize of goods that was not sent yet."""
    granted = claim.state == Claim.State.GRANTED and claim.sent_at is None
    return granted and sheet.prize(claim.prize).delivery == Delivery.GOODS


def mark_sent(draw: Draw, claims: list[int], *, at: datetime) -> int:
    """Note that goods were handed to the post; returns how many."""
    found = Claim.objects.filter(draw=draw, pk__in=claims, state=Claim.State.GRANTED, sent_at=None)
    return found.exclude(address=None).update(sent_at=at)


def settle(draw: Draw, *, writer: Writer, seat: int, at: datetime, origin: int = Origin.REAL) -> int:
    """After the window: prizes that nobody claimed go to those who wait, by rank; returns how many did. Raises TooEarly."""
    sheet = queries.sheet_of(draw)
    if at < datetime.fromisoformat(sheet.claim[1]):
        raise TooEarly("clock", sheet.claim[1])
    with transaction.atomic():
        draw = Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk)
        if draw.settled_at is not None:
            return 0
        granted = Claim.objects.filter(draw=draw, state=Claim.State.GRANTED)
        kept = set(granted.values_list("rank", flat=True)) | set(granted.values_list("instead_of", flat=True))
        kept |= set(Gone.objects.filter(draw=draw, is_out=True).values_list("rank", flat=True))
        free = list(Ranked.objects.filter(draw=draw).exclude(prize="").exclude(rank__in=kept).order_by("rank"))
        waiting = list(Claim.objects.filter(draw=draw, state=Claim.State.WAITING).order_by("rank"))
        forfeits = [PrizeForfeited(each.rank, each.prize) for each in free]
        for claim, prize in zip(waiting, free, strict=False):
            _grant(claim, sheet, prize.prize, instead_of=prize.rank)
            fact = PrizeGranted(claim.rank, prize.prize, prize.rank)
            acts.of_claim(claim, 2, fact, at=at, origin=origin)
        Claim.objects.filter(draw=draw, state=Claim.State.WAITING).update(state=Claim.State.UNLUCKY)
        draw.settled_at = at
        if forfeits:
            acts.of_draw(draw, forfeits, seat=seat, at=at, origin=origin)
        draw.save()
    outbox.drain(writer)
    return min(len(waiting), len(free))


def erase(draw: Draw, *, writer: Writer, seat: int, at: datetime, origin: int = Origin.REAL) -> Published | None:
    """Delete everything that is known of claimants, when its time has come; the certificate is published.

    Returns None when it was done before. Raises TooEarly.
    """
    sheet = queries.sheet_of(draw)
    due = erasure_due(sheet)
    if at < due:
        raise TooEarly("clock", due.isoformat())
    with transaction.atomic():
        draw = Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk)
        if draw.erased_at is not None:
            return None
        claims = Claim.objects.filter(draw=draw).count()
        Pending.objects.filter(draw=draw).delete()
        Claim.objects.filter(draw=draw).delete()
        Appeal.objects.filter(mark__draw=draw).delete()
        body = pack.canonical(
            {"activity": draw.pk, "claims": claims, "at": at.isoformat(), "kept": "facts without persons"}
        )
        digest = hashlib.sha256(body).hexdigest()
        paper = Published.objects.create(
            activity_id=draw.pk, kind=Published.Kind.ERASURE, digest=digest, body=body, published_at=at
        )
        draw.erased_at = at
        acts.of_draw(draw, [PersonsErased(claims, digest)], seat=seat, at=at, origin=origin)
    outbox.drain(writer)
    return paper


def erasure_due(sheet: Sheet) -> datetime:
    """From when everything known of claimants has to go; until then it serves reissues and complaints."""
    return datetime.fromisoformat(sheet.claim[1]) + timedelta(days=sheet.erase_after_days)


def erase_one(claim: Claim) -> None:
    """Delete everything known of one claimant, at their wish; a prize that was not sent yet is given up by it.

    The chance stays claimed: whoever goes cannot have its prize a second time.
    """
    with transaction.atomic():
        _lock(claim.draw_id)
        theirs = Claim.objects.filter(campaign=claim.campaign_id, phone_mark=claim.phone_mark)
        for each in theirs.exclude(state=Claim.State.REPLACED).select_related("voucher"):
            is_out = each.sent_at is not None or hasattr(each, "voucher")
            Gone.objects.create(draw_id=each.draw_id, leaf=each.leaf, rank=each.rank, is_out=is_out)
        Pending.objects.filter(draw__activity__campaign=claim.campaign_id, phone_mark=claim.phone_mark).delete()
        theirs.delete()


def stock_up(activity_id: int, prize: str, codes: list[str], *, vault: Vault) -> int:
    """Add voucher codes to the stock; a code that is there already is left out. Returns how many are new."""
    wanted = {vault.mark(code, kind="voucher"): code for code in codes}
    known = Voucher.objects.filter(code_mark__in=wanted).values_list("code_mark", flat=True)
    new = {mark: code for mark, code in wanted.items() if mark not in {bytes(each) for each in known}}
    rows = [
        Voucher(activity_id=activity_id, prize=prize, code=vault.seal(code, about="voucher"), code_mark=mark)
        for mark, code in new.items()
    ]
    return len(Voucher.objects.bulk_create(rows, batch_size=500))


def voucher_code(claim: Claim, vault: Vault) -> str | None:
    """The code of a claim's voucher; None when the prize is none, or the stock had run out."""
    voucher = Voucher.objects.filter(claim=claim).first()
    return None if voucher is None else vault.open(bytes(voucher.code), about="voucher")


def phone_of(claim: Claim, vault: Vault) -> str:
    return vault.open(bytes(claim.phone), about=f"claim.phone:{claim.pk}")


def masked(phone: str) -> str:
    """A number as it may be shown: the first three digits and the last two."""
    return f"{phone[:3]}******{phone[-2:]}"


def digest_of(words: str) -> str:
    """The digest by which a consent says what was agreed to."""
    return hashlib.sha256(words.encode()).hexdigest()


def _require_claimable(draw: Draw, chance: Chance, rank: int, at: datetime) -> None:
    """Raises NotNow unless the chance drew the rank, or won instantly, and nobody has claimed for it."""
    sheet = queries.sheet_of(draw)
    if rank and queries.phase(draw, sheet, at) != Phase.CLAIMING:
        raise NotNow("not-claiming")
    if not rank and at >= datetime.fromisoformat(sheet.claim[1]):
        raise NotNow("not-claiming")
    has_it = chance.won_instantly if rank == 0 else chance.ranked is not None and chance.ranked.rank == rank
    if not has_it:
        raise NotNow("no-rank")
    if chance.claim_for(rank) is not None:
        raise NotNow("claimed")
    if rank in chance.gone:
        raise NotNow("gone")


def _require_open(pending: Pending) -> None:
    """Whoever asked in time may answer late, but not once the draw is settled. Runs in the transaction; raises NotNow.

    Locks the draw, so that nothing is granted while the rest is given to those who wait.
    """
    if _lock(pending.draw_id).settled_at is not None:
        raise NotNow("not-claiming")
    same = {"draw": pending.draw_id, "leaf": pending.leaf, "rank": pending.rank}
    if Claim.objects.filter(**same).exclude(state=Claim.State.REPLACED).exists():
        raise NotNow("claimed")
    if Gone.objects.filter(**same).exists():
        raise NotNow("gone")


def _require_stock(draw: Draw, prize: str) -> None:
    """Raises NotNow when the prize is a voucher of which none is left."""
    if not prize or queries.sheet_of(draw).prize(prize).delivery != Delivery.VOUCHER:
        return
    if not Voucher.objects.filter(activity=draw.pk, prize=prize, is_given=False).exists():
        raise NotNow("no-stock")


def _prize_of(draw: Draw, rank: int) -> str:
    """The prize of a rank, '' for an alternate; of rank 0 the instant prize."""
    if rank:
        return Ranked.objects.get(draw=draw, rank=rank).prize
    instant = queries.sheet_of(draw).instant
    return instant.prize.code if instant else ""


def _lock(draw: int) -> Draw:
    return Draw.objects.select_for_update().get(pk=draw)


def _phone(number: str) -> str:
    """The eleven digits of a mobile number, however it was written. Raises BadPhone."""
    digits = re.sub(r"[\s\-–()（）]", "", number).removeprefix("+86").removeprefix("0086")
    digits = digits.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    if not _PHONE.fullmatch(digits):
        raise BadPhone
    return digits


def _require_patience(draw: Draw, mark: bytes, leaf: bytes, at: datetime) -> None:
    recent = Pending.objects.filter(sent_at__gt=at - timedelta(days=1))
    by_phone = recent.filter(phone_mark=mark)
    if by_phone.filter(sent_at__gt=at - CODE_PAUSE).exists() or by_phone.count() >= CODES_A_DAY:
        raise TooMany
    if recent.filter(draw=draw, leaf=leaf).count() >= CODES_A_DAY:
        raise TooMany


def _use_a_try(pending: Pending, code: str, vault: Vault, at: datetime) -> None:
    """Count the try before looking, so that nobody tries twice at once."""
    with transaction.atomic():
        row = Pending.objects.select_for_update().filter(pk=pending.pk).first()
        if row is None or row.tries >= TRIES or at > row.sent_at + CODE_LIVES:
            raise WrongCode(0)
        row.tries += 1
        row.save(update_fields=["tries"])
    given = vault.mark(re.sub(r"\s", "", code), kind=f"code:{row.pk}")
    if not hmac.compare_digest(given, bytes(row.code_mark)):
        raise WrongCode(TRIES - row.tries)


def _claim(pending: Pending, sheet: Sheet, vault: Vault, at: datetime) -> Claim:
    """The claim with what it gets now. Runs in the transaction; raises OnePerPerson, NotNow."""
    draw, prize = pending.draw, _prize_of(pending.draw, pending.rank)
    _make_way(draw, bytes(pending.phone_mark), has_prize=bool(prize), rank=pending.rank)
    claim = Claim(
        campaign_id=draw.activity.campaign_id, draw=draw, stream=_ids.mint(to_ms(at)), leaf=pending.leaf,
        rank=pending.rank, phone=b"", phone_mark=pending.phone_mark, consent=pending.consent,
        consented_at=pending.sent_at, state=Claim.State.WAITING,
    )  # fmt: skip
    claim.save()
    phone = vault.open(bytes(pending.phone), about=f"pending.phone:{pending.pk}")
    claim.phone = vault.seal(phone, about=f"claim.phone:{claim.pk}")
    claim.save(update_fields=["phone"])
    if prize:
        _grant(claim, sheet, prize)
    return claim


def _make_way(draw: Draw, mark: bytes, *, has_prize: bool, rank: int) -> None:
    """A person has one claim in a campaign: a better one takes the place of one that still waits."""
    found = Claim.objects.select_for_update().filter(
        campaign=draw.activity.campaign_id, phone_mark=mark, state__in=_STANDS
    )
    for earlier in found:
        is_better = has_prize or (earlier.draw_id == draw.pk and 0 < rank < earlier.rank)
        if earlier.state == Claim.State.GRANTED or not is_better:
            raise OnePerPerson
        earlier.state = Claim.State.REPLACED
        earlier.save(update_fields=["state"])


def _grant(claim: Claim, sheet: Sheet, prize: str, *, instead_of: int = 0) -> None:
    claim.state, claim.prize, claim.instead_of = Claim.State.GRANTED, prize, instead_of
    claim.save(update_fields=["state", "prize", "instead_of"])
    if sheet.prize(prize).delivery == Delivery.VOUCHER:
        _give_voucher(claim, prize)


def _give_voucher(claim: Claim, prize: str) -> None:
    """Give the next code of the stock; two claims never get the same. Raises NotNow when there is none."""
    stock = Voucher.objects.filter(activity=claim.draw_id, prize=prize, is_given=False).order_by("pk")
    voucher = stock.select_for_update(skip_locked=_skips_locked()).first()
    if voucher is None:
        raise NotNow("no-stock")
    voucher.is_given, voucher.claim = True, claim
    voucher.save(update_fields=["is_given", "claim"])


def _skips_locked() -> bool:
    return transaction.get_connection().features.has_select_for_update_skip_locked
