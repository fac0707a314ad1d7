"""Who decides for whom. Participants fall into shards; each shard is decided by one process, which holds its lease.

Alone: one process decides for everybody. Shared: whoever is asked for a shard that nobody alive decides takes it; a
request for a shard of another process is handed on to it. A lease's epoch fences whoever was thought dead and was not.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Protocol

from cyberweek.ledger import lease as leases
from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.journal import Lease

SHARDS = 64
_log = logging.getLogger(__name__)


def shard_of(participant: int) -> int:
    return participant % SHARDS


class Ownership(Protocol):
    """What the lane asks before it decides."""

    def mine(self, shard: int) -> Lease | None:
        """The lease under which this process decides a shard; None when it does not."""

    async def claim(self, shard: int, dead: str = "") -> Lease | str:
        """The lease, taken now if need be; or the address of the living process that decides the shard.

        `dead` is an address that was found not to answer.
        """

    def lost(self, lease: Lease) -> None:
        """Another process has taken a lease of ours."""

    def shard_for_newcomers(self) -> int:
        """A shard in which a new participant is best placed."""

    @property
    def decides(self) -> bool:
        """True while this process decides, or may come to decide, for anybody."""


class Alone:
    """One process decides for everybody, until another is started in its place."""

    def __init__(self, lease: Lease) -> None:
        self._lease: Lease | None = lease

    def mine(self, shard: int) -> Lease | None:  # noqa: ARG002 -- every shard is
        return self._lease

    async def claim(self, shard: int, dead: str = "") -> Lease | str:  # noqa: ARG002 -- nobody to ask
        return self._lease or ""

    def lost(self, lease: Lease) -> None:  # noqa: ARG002 -- there is only one
        self._lease = None

    def shard_for_newcomers(self) -> int:
        return random.randrange(SHARDS)  # noqa: S311 -- where a newcomer is placed is no secret

    @property
    def decides(self) -> bool:
        return self._lease is not None


class Presence(Protocol):
    """What processes know of each other."""

    async def owner(self, shard: int) -> str:
        """The address of whoever decides a shard; '' when nobody alive does."""

    async def own(self, shard: int) -> None:
        """Say that this process decides a shard."""


class Shared:
    """Decides the shards that this process was asked for first, or took over from one that died."""

    def __init__(
        self,
        connect: Callable[[], AnyStore],
        presence: Presence,
        *,
        address: str,
        now: Callable[[], int],
        prepare: Callable[[int], Awaitable[None]],
    ) -> None:
        self._connect = connect
        self._presence = presence
        self._address = address
        self._now = now
        self._prepare = prepare
        self._leases: dict[int, Lease] = {}
        self._claiming: dict[int, asyncio.Task[Lease | str]] = {}

    def mine(self, shard: int) -> Lease | None:
        return self._leases.get(shard)

    async def claim(self, shard: int, dead: str = "") -> Lease | str:
        lease = self._leases.get(shard)
        if lease is not None:
            return lease
        if shard not in self._claiming:
            task = asyncio.get_running_loop().create_task(self._claim(shard, dead))
            self._claiming[shard] = task
            task.add_done_callback(lambda _done: self._claiming.pop(shard, None))
        return await asyncio.shield(self._claiming[shard])

    def lost(self, lease: Lease) -> None:
        self._leases = {shard: held for shard, held in self._leases.items() if held != lease}

    def shard_for_newcomers(self) -> int:
        held = list(self._leases)
        return random.choice(held) if held else random.randrange(SHARDS)  # noqa: S311 -- as above

    @property
    def decides(self) -> bool:
        return True

    async def _claim(self, shard: int, dead: str) -> Lease | str:
        owner = await self._presence.owner(shard)
        if owner not in ("", dead, self._address):
            return owner
        lease = await asyncio.to_thread(self._take, shard)
        await self._presence.own(shard)
        await self._prepare(shard)
        self._leases[shard] = lease
        _log.info("this process decides shard %d now", shard)
        return lease

    def _take(self, shard: int) -> Lease:
        store = self._connect()
        try:
            return leases.take(store, f"lane/{shard}", self._address, self._now())
        finally:
            store.close()
