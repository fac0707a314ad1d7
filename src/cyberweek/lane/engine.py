"""What decides, without the HTTP around it: the shelf, the desk, whose turn it is, and the keeper that counts."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from typing import Any

from cyberweek.component.shelf import Shelf
from cyberweek.kernel.clock import day_of, system_clock, to_ms
from cyberweek.lane.chances import Chances
from cyberweek.lane.counters import Counters
from cyberweek.lane.desk import Desk
from cyberweek.lane.http import Request
from cyberweek.lane.ownership import Alone, Ownership, Shared
from cyberweek.lane.refusals import Moved
from cyberweek.lane.relay import MARK, Relay, Relayed, Unreachable
from cyberweek.lane.setting import Setting
from cyberweek.lane.tables import Tables
from cyberweek.ledger import lease, tallies
from cyberweek.ledger.fact import FactTypes
from cyberweek.ledger.journal import Lease
from cyberweek.ledger.tallies import Folder

POLL_S = 0.5
_log = logging.getLogger(__name__)


class Engine:
    """Start it on the loop that serves; then `desk` decides, for the shards that `ownership` says are ours."""

    desk: Desk
    ownership: Ownership

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._stop = threading.Event()
        self._presence: Any = None

    async def start(self) -> None:
        """Take the lease, fill the shelf, and begin to count. Raises presence.NodeTaken."""
        setting, types = self._setting, FactTypes(self._setting.registry.facts)
        self._folder = Folder(setting.registry.metrics, types)
        self.shelf = Shelf(setting.connect, setting.registry)
        self.counters = Counters(setting.connect, self._folder)
        self._chances = Chances()
        self._relay = Relay()
        self.ownership = await self._begin_to_own()
        self.desk = Desk(
            shelf=self.shelf, writer=setting.writer(), read=setting.connect, types=types, ownership=self.ownership,
            chances=self._chances, node=setting.node, began=self.now(),
        )  # fmt: skip
        self.tables = Tables(
            shelf=self.shelf, writer=setting.writer(), read=setting.connect, types=types, ownership=self.ownership,
            now=self.now,
        )  # fmt: skip
        await asyncio.to_thread(self._refresh)
        if not setting.valkey:
            await asyncio.to_thread(self._load_chances)
        self._keeper = threading.Thread(target=self._keep, name="lane-keeper", daemon=True)
        self._keeper.start()

    async def stop(self) -> None:
        if self._presence is not None:
            await self._presence.stop()
        await self._relay.close()
        self._stop.set()
        await asyncio.to_thread(self._keeper.join, 10)

    def now(self) -> int:
        if self._setting.clock is system_clock:
            return time.time_ns() // 1_000_000
        return to_ms(self._setting.clock())

    async def hand_on(self, shard: int, path: str, request: Request, client: str) -> Relayed | None:
        """The answer of the process that decides a shard; None when this one does. Raises Moved when nobody can."""
        dead = ""
        for _ in range(2):
            owner = await self.ownership.claim(shard, dead)
            if isinstance(owner, Lease):
                return None
            if not owner or MARK in request.headers:
                break
            try:
                return await self._relay.hand_on(owner, path, request, client)
            except Unreachable as error:
                _log.warning("taking over shard %d: %s", shard, error)
                dead = owner
        raise Moved

    async def _begin_to_own(self) -> Ownership:
        """Decide alone, or share with other processes when there is a Valkey to find them by."""
        setting = self._setting
        if not setting.valkey:
            return Alone(await asyncio.to_thread(self._take_lease))
        from cyberweek.lane.presence import ValkeyPresence  # noqa: PLC0415 -- only where processes share

        self._presence = ValkeyPresence(
            setting.valkey, address=setting.address, node=setting.node, connect=setting.connect
        )
        await self._presence.start()
        return Shared(setting.connect, self._presence, address=setting.address, now=self.now, prepare=self._take_up)

    async def _take_up(self, shard: int) -> None:
        """Know of a shard what its last owner knew: everything that it stored, counted, and no memory of before."""
        await asyncio.to_thread(self._load_chances, shard)
        self.desk.forget_shard(shard, self.now())

    def _load_chances(self, shard: int | None = None) -> None:
        store = self._setting.connect()
        try:
            while tallies.catch_up(store, self._folder):
                pass
            self._chances.load(store, self.shelf.activities, day_of(self.now()).isoformat(), shard)
        finally:
            store.close()

    def _take_lease(self) -> Lease:
        store = self._setting.connect()
        try:
            return lease.take(store, "lane", self._setting.address, self.now())
        finally:
            store.close()

    def _keep(self) -> None:
        """The keeper's thread: what people see and what has been counted, twice a second."""
        while not self._stop.wait(POLL_S):
            try:
                self._refresh()
            except Exception:
                _log.exception("the lane could not refresh")
        self.shelf.close()
        self.counters.close()

    def _refresh(self) -> None:
        self.shelf.refresh()
        self.counters.refresh(day_of(self.now()))
