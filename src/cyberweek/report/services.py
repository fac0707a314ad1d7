"""Write passages, import head-counts, make editions. The only writer of the report's rows."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from cyberweek.component.metric import Metric
from cyberweek.kernel.clock import to_ms
from cyberweek.kernel.codec import digest
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger.fact import Origin
from cyberweek.ledger.journal import Append, Writer
from cyberweek.plan.models import Activity, Campaign
from cyberweek.report import edition
from cyberweek.report.facts import METHODS, HeadCountImported, HeadCountVoided
from cyberweek.report.models import Edition, Passage
from cyberweek.report.queries import HEADINGS, HeadCount, body_now

_ids = StreamIds(Node.REPORT)
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,59}")


class Overtaken(Exception):
    """Raised when somebody else changed the text since it was opened; `text` is theirs."""

    def __init__(self, text: str) -> None:
        super().__init__("the text was changed by somebody else")
        self.text = text


class BadHeadCount(Exception):
    """Raised when a head-count lacks what makes it believable; the message is the field's name."""


@transaction.atomic
def save_passage(campaign: Campaign, heading: str, text: str, *, revision: int) -> Passage:
    """Keep a text; `revision` is the one that was opened. Raises Overtaken when it has moved on."""
    if heading not in HEADINGS:
        raise ValueError(f"there is no heading {heading}")
    passage, _is_new = Passage.objects.select_for_update().get_or_create(campaign=campaign, heading=heading)
    if passage.revision != revision:
        raise Overtaken(passage.text)
    passage.text, passage.revision = text.strip(), revision + 1
    passage.save()
    return passage


def import_head_count(
    activity: Activity,
    *,
    unit: str,
    day: str,
    people: int,
    method: str,
    evidence: str,
    writer: Writer,
    seat: int,
    at: datetime,
) -> int:
    """Record people counted elsewhere; returns the fact's row. Raises BadHeadCount."""
    if people < 0:
        raise BadHeadCount("people")
    if method not in METHODS:
        raise BadHeadCount("method")
    if not _REFERENCE.fullmatch(evidence):
        raise BadHeadCount("evidence")
    fact = HeadCountImported(unit, day, people, method, evidence)
    return writer.append(
        Append(_ids.mint(to_ms(at)), 1, to_ms(at), [fact], activity.pk, actor=-seat, origin=Origin.IMPORTED)
    )


def void_head_count(count: HeadCount, *, writer: Writer, seat: int, at: datetime) -> None:
    """Let a head-count count no more. The stream is the row's own, so that it happens at most once."""
    fact = HeadCountVoided(count.n, count.people)
    writer.append(Append(-count.n, 1, to_ms(at), [fact], count.activity, actor=-seat, origin=Origin.IMPORTED))


def make_edition(campaign: Campaign, metrics: tuple[Metric, ...], *, at: datetime) -> Edition:
    """Freeze what the summary says now; the same facts and texts at the same moment give the same bytes."""
    body = body_now(campaign, metrics, at)
    data = edition.write(body)
    with transaction.atomic():
        number = Edition.objects.filter(campaign=campaign).count() + 1
        return Edition.objects.create(
            campaign=campaign, number=number, digest=digest(data), body=data, made_at=at, chain_n=body.chain_n,
            chain_digest=bytes.fromhex(body.chain_digest),
        )  # fmt: skip
