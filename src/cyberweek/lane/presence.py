"""How lane processes know of each other: through Valkey (or Redis), or, when it is away, from the leases themselves."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import RedisError

from cyberweek.ledger.connect import AnyStore

ALIVE_MS = 3_000
BEAT_S = 1.0
PATIENCE_S = 0.5
_OWNERS = "cyberweek:lane:owners"
_log = logging.getLogger(__name__)


class NodeTaken(Exception):
    """Raised when another living process has this one's number: their stream numbers could meet."""


class ValkeyPresence:
    """Heartbeats and a map of owners. What it says may be old: the lease's epoch is what counts."""

    def __init__(self, url: str, *, address: str, node: int, connect: Callable[[], AnyStore]) -> None:
        pool = BlockingConnectionPool.from_url(
            url, max_connections=8, timeout=PATIENCE_S, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S,
            decode_responses=True,
        )  # fmt: skip
        self._valkey: Redis = Redis(connection_pool=pool)
        self._address = address
        self._node = node
        self._connect = connect
        self._beat: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Say that this process is here, and go on saying so. Raises NodeTaken."""
        await self._say_alive()
        holder = str(await self._valkey.get(_node(self._node)))
        if holder != self._address:
            raise NodeTaken(f"lane number {self._node} is taken by {holder}: each process needs its own CYBERWEEK_LANE")
        self._beat = asyncio.get_running_loop().create_task(self._go_on())

    async def stop(self) -> None:
        if self._beat is not None:
            self._beat.cancel()
        try:
            await self._valkey.delete(_alive(self._address), _node(self._node))
            await self._valkey.aclose()
        except RedisError as error:
            _log.warning("could not say goodbye: %s", error)

    async def owner(self, shard: int) -> str:
        try:
            address = await self._valkey.hget(_OWNERS, str(shard))
            alive = bool(address) and await self._valkey.exists(_alive(str(address)))
        except (RedisError, OSError) as error:
            _log.warning("valkey does not answer (%s): asking the leases", error)
            return await asyncio.to_thread(self._owner_by_lease, shard)
        return str(address) if alive else ""

    async def own(self, shard: int) -> None:
        try:
            await self._valkey.hset(_OWNERS, str(shard), self._address)
        except (RedisError, OSError) as error:
            _log.warning("valkey does not know of shard %d: %s", shard, error)

    def _owner_by_lease(self, shard: int) -> str:
        """Who took the shard last; whether that process lives is found out by asking it."""
        store: AnyStore = self._connect()
        try:
            rows = store.execute("SELECT holder FROM ledger_lease WHERE name = ?", (f"lane/{shard}",))
        finally:
            store.close()
        return str(rows[0][0]) if rows else ""

    async def _say_alive(self) -> None:
        await self._valkey.set(_alive(self._address), "1", px=ALIVE_MS)
        is_new = await self._valkey.set(_node(self._node), self._address, px=ALIVE_MS, nx=True)
        if not is_new and await self._valkey.get(_node(self._node)) == self._address:
            await self._valkey.pexpire(_node(self._node), ALIVE_MS)

    async def _go_on(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            try:
                await self._say_alive()
            except (RedisError, OSError) as error:
                _log.warning("valkey does not hear this process: %s", error)


def _alive(address: str) -> str:
    return f"cyberweek:lane:alive:{address}"


def _node(node: int) -> str:
    return f"cyberweek:lane:node:{node}"
