"""Record what happened to a draw or a claim: a fact that commits together with the change it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cyberweek.kernel.clock import to_ms
from cyberweek.ledger import outbox
from cyberweek.ledger.fact import Fact, Origin
from cyberweek.ledger.journal import Append
from cyberweek.prizes.models import Claim, Draw


def of_draw(draw: Draw, facts: Sequence[Fact], *, seat: int, at: datetime, origin: int = Origin.REAL) -> None:
    """Add an official act to the draw's stream; call it in the transaction, which saves the draw."""
    draw.steps += 1
    draw.save()
    outbox.put(
        Append(draw.stream, draw.steps, to_ms(at), facts, draw.activity_id, actor=-seat, origin=origin)
    )  # fmt: skip


def of_claim(claim: Claim, step: int, fact: Fact, *, at: datetime, origin: int = Origin.REAL) -> None:
    """Add to the claim's stream, which names nobody: 1 it was made, 2 it was granted."""
    outbox.put(Append(claim.stream, step, to_ms(at), [fact], claim.draw_id, origin=origin))
