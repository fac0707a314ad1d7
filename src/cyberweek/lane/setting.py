"""What a lane needs to know of its installation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cyberweek.component.manifest import Registry
from cyberweek.kernel.clock import Clock, system_clock
from cyberweek.kernel.ids import Node
from cyberweek.lane import limits
from cyberweek.lane.pressure import USUAL, Thresholds
from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.journal import Writer


@dataclass(frozen=True, slots=True)
class Setting:
    """`address` is where other lanes reach this one; with a `valkey` the participants are shared with them."""

    registry: Registry
    connect: Callable[[], AnyStore]
    writer: Callable[[], Writer]
    ticket_key: str
    address: str
    node: int = Node.LANE
    valkey: str = ""
    secure: bool = False
    behind_proxy: bool = False
    clock: Clock = system_clock
    address_rate: limits.Rate = limits.ADDRESS
    participant_rate: limits.Rate = limits.PARTICIPANT
    thresholds: Thresholds = USUAL
