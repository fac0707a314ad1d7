"""The matches that are being played. A move is decided at once, stored, and told to both sides once it is durable.

Every table is decided under the lease of its stream's shard. What is in memory can be lost: a seat's token brings a
table back from its facts, with every message that its sides were told, in the same order.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from cyberweek.component.matches import SIDES, MatchRules, Told, Wish, replay_match
from cyberweek.component.rules import Refused
from cyberweek.component.shelf import OnShelf, Shelf
from cyberweek.kernel.dice import Dice
from cyberweek.kernel.ids import random_key
from cyberweek.lane.ownership import Ownership, shard_of
from cyberweek.lane.sockets import Line
from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.fact import Fact, FactTypes
from cyberweek.ledger.journal import Append, Fenced, Lease, Writer

KEPT_S = 60  # a table that is over, for phones that come back late
_log = logging.getLogger(__name__)


class Event(msgspec.Struct, frozen=True, tag_field="is", tag="event"):
    """Something that a side is told: its number among all that the side was told, and the house's time (ms)."""

    n: int
    now: int
    what: msgspec.Struct


class Refusal(msgspec.Struct, frozen=True, tag_field="is", tag="refused"):
    reason: str


class Gone(Exception):
    """Raised when a match cannot be found, or is decided elsewhere."""


class Chair:
    """A line at a table: which side it plays, and how much it has been told."""

    __slots__ = ("line", "seen", "side", "table")

    def __init__(self, table: Table, side: int, line: Line, seen: int) -> None:
        self.table = table
        self.side = side
        self.line = line
        self.seen = seen


class Table:
    """A match in memory. One move is on its way to the ledger at a time; the others wait for their turn."""

    def __init__(self, on_shelf: OnShelf, stream: int, state: Any, told: tuple[list[Told], list[Told]]) -> None:
        self.on_shelf = on_shelf
        self.stream = stream
        self.state = state
        self.told = told
        self.step = 0
        self.players = [0, 0]
        self.house: set[int] = set()
        self.chairs: list[Chair] = []
        self.dice = Dice("table", random_key(), random_key())
        self.is_busy = False
        self.waiting: deque[Callable[[], None]] = deque()
        self.timers: list[asyncio.TimerHandle] = []
        self.planned: int | None = None

    @property
    def rules(self) -> MatchRules:
        rules = self.on_shelf.component.matches
        assert rules is not None  # noqa: S101 -- a table is only ever laid for a kind with matches
        return rules

    @property
    def is_over(self) -> bool:
        return self.rules.is_over(self.state)


class Tables:
    """Runs on one event loop."""

    def __init__(
        self, *, shelf: Shelf, writer: Writer, read: Callable[[], AnyStore], types: FactTypes, ownership: Ownership,
        now: Callable[[], int],
    ) -> None:  # fmt: skip
        self._shelf = shelf
        self._writer = writer
        self._read = read
        self._types = types
        self._ownership = ownership
        self._now = now
        self._tables: dict[int, Table] = {}
        self._loading: dict[int, asyncio.Task[Table]] = {}
        self._loop = asyncio.get_running_loop()

    def lay(self, on_shelf: OnShelf, stream: int, wish: Wish, players: tuple[int, int], temper: str) -> Table:
        """Open a match between two participants, or one and the house: then the second is 0 and of a temper."""
        rules = on_shelf.component.matches
        assert rules is not None  # noqa: S101 -- the lobby asked
        table = self._tables[stream] = Table(on_shelf, stream, rules.start(on_shelf.snapshot, stream), ([], []))
        table.players = list(players)
        if temper:
            table.house.add(1)
        opening = (rules.begin(wish, random_key()), rules.sit(0, ""))
        self._do(table, lambda _at: opening, players[0])
        self._do(table, lambda _at: (rules.sit(1, temper),), players[1])
        return table

    def sit(self, table: Table, side: int, line: Line, seen: int = 0) -> None:
        """Let a line play a side, from the message after the last that it has seen."""
        self.leave(line)
        line.seat = Chair(table, side, line, seen if 0 <= seen <= len(table.told[side]) else 0)
        table.chairs.append(line.seat)
        self._push(table)

    def leave(self, line: Line) -> None:
        """The line is gone; the side keeps its seat."""
        if isinstance(line.seat, Chair):
            line.seat.table.chairs.remove(line.seat)
            line.seat = None

    async def find(self, release: int, stream: int) -> Table:
        """A table in memory, or brought back from its facts. Raises Gone."""
        if stream in self._tables:
            return self._tables[stream]
        if isinstance(await self._ownership.claim(shard_of(stream)), str):
            raise Gone("moved")
        if stream not in self._loading:
            self._loading[stream] = self._loop.create_task(self._load(release, stream))
            self._loading[stream].add_done_callback(lambda _done: self._loading.pop(stream, None))
        return await asyncio.shield(self._loading[stream])

    def move(self, chair: Chair, body: bytes) -> None:
        """Decide what a side asks; the credit for its lag is what the house has measured."""
        table, side, line = chair.table, chair.side, chair.line
        try:
            command = msgspec.json.decode(body, type=table.rules.command)
        except msgspec.DecodeError:
            line.tell(Refusal("bad-request"))
            return
        heard = self._now() - line.lag
        self._do(table, lambda _at: self._decide(table, side, command, heard), table.players[side], line)

    def _decide(self, table: Table, side: int, command: Any, at: int) -> Sequence[Fact] | Refused:
        return table.rules.decide(table.on_shelf.snapshot, table.state, side, command, at, table.dice)

    def _do(
        self, table: Table, decide: Callable[[int], Sequence[Fact] | Refused], actor: int, line: Line | None = None
    ) -> None:
        """Decide now, or when the move before it is durable."""
        if table.is_busy:
            table.waiting.append(lambda: self._do(table, decide, actor, line))
            return
        at = self._now()
        decided = decide(at)
        lease = self._ownership.mine(shard_of(table.stream))
        if isinstance(decided, Refused):
            _refuse(line, decided.reason)
        elif lease is None:
            _refuse(line, "moved")
        elif decided:
            self._store(table, decided, actor, at, lease)
        self._next(table)

    def _store(self, table: Table, facts: Sequence[Fact], actor: int, at: int, lease: Lease) -> None:
        table.is_busy = True
        on_shelf = table.on_shelf
        append = Append(
            table.stream, table.step + 1, at, facts, on_shelf.activity, on_shelf.release, actor, lease=lease
        )  # fmt: skip

        def settle(settled: list[tuple[Any, int | Exception]]) -> None:
            self._loop.call_soon_threadsafe(self._settled, table, facts, append, settled[0][1])

        self._writer.submit([(append, None)], settle)

    def _settled(self, table: Table, facts: Sequence[Fact], append: Append, result: int | Exception) -> None:
        """What is durable is told; what is not makes the table be read back when its phones return."""
        table.is_busy = False
        if isinstance(result, Exception):
            _log.warning("match %d is put away: %r", table.stream, result)
            if isinstance(result, Fenced) and append.lease is not None:
                self._ownership.lost(append.lease)
            self._put_away(table)
            return
        table.step += 1
        for fact in facts:
            before, table.state = table.state, self._evolved(table, fact, append.at)
            for side in SIDES:
                table.told[side].extend(table.rules.told(table.on_shelf.snapshot, before, fact, table.state, side))
        self._push(table)
        self._plan(table)
        self._next(table)

    def _evolved(self, table: Table, fact: Fact, at: int) -> Any:
        return table.rules.evolve(table.on_shelf.snapshot, table.state, fact, at)

    def _next(self, table: Table) -> None:
        if table.waiting and not table.is_busy:
            table.waiting.popleft()()

    def _push(self, table: Table) -> None:
        """Tell every line what its side may know by now, and come back for what it may know later."""
        now = self._now()
        for chair in table.chairs:
            told = table.told[chair.side]
            while chair.seen < len(told) and told[chair.seen].since <= now:
                chair.seen += 1
                chair.line.tell(Event(chair.seen, now, told[chair.seen - 1].what))
        later = [each.since for side in SIDES for each in table.told[side][-3:] if each.since > now]
        if later:
            self._at(table, min(later), lambda: self._push(table))

    def _plan(self, table: Table) -> None:
        """Once for each window: when it ends by itself, and what the house does in it."""
        due = table.rules.due(table.state)
        if due == table.planned:
            return
        table.planned = due
        if table.is_over:
            self._loop.call_later(KEPT_S, self._drop, table)
        if due is None:
            return
        self._at(table, due, lambda: self._close(table, due))
        for side in table.house:
            for intent in table.rules.intend(table.on_shelf.snapshot, table.state, side, table.dice):
                self._at(table, intent.at, lambda side=side, intent=intent: self._bot(table, side, intent.command))  # type: ignore[misc]

    def _bot(self, table: Table, side: int, command: Any) -> None:
        self._do(table, lambda at: self._decide(table, side, command, at), 0)

    def _close(self, table: Table, due: int) -> None:
        """End a window, unless it has ended already."""

        def decide(at: int) -> Sequence[Fact]:
            is_open = table.rules.due(table.state) == due
            return table.rules.close(table.on_shelf.snapshot, table.state, at, table.dice) if is_open else ()

        self._do(table, decide, 0)

    def _at(self, table: Table, at: int, work: Callable[[], None]) -> None:
        # never at once: a loop answers call_later(0) with a handle that has no time
        table.timers = [each for each in table.timers if each.when() > self._loop.time() and not each.cancelled()]
        table.timers.append(self._loop.call_later(max(1, at - self._now()) / 1000, work))

    def _put_away(self, table: Table) -> None:
        """Forget a table whose memory may differ from the ledger; phones come back with their seats' tokens."""
        for chair in list(table.chairs):
            chair.line.end()
        self._drop(table)

    def _drop(self, table: Table) -> None:
        for timer in table.timers:
            timer.cancel()
        self._tables.pop(table.stream, None)

    async def _load(self, release: int, stream: int) -> Table:
        table = await asyncio.to_thread(self._read_back, release, stream)
        self._tables[stream] = table
        facts = table.rules.resume(table.on_shelf.snapshot, table.state, self._now())
        if facts:
            self._do(table, lambda _at: facts, 0)
        else:
            self._plan(table)
            self._loop.call_later(KEPT_S, self._drop, table)
        return table

    def _read_back(self, release: int, stream: int) -> Table:
        on_shelf = self._shelf.load(release)
        store = self._read()
        try:
            rows = list(store.read_stream(stream))
        finally:
            store.close()
        if on_shelf is None or on_shelf.component.matches is None or not rows:
            raise Gone("unknown-match")
        rules = on_shelf.component.matches
        state, told = replay_match(rules, on_shelf.snapshot, stream, [(self._types.read(row), row.at) for row in rows])
        table = Table(on_shelf, stream, state, told)
        table.step = rows[-1].step
        seats = [row.actor for row in rows if type(self._types.read(row)) in _seats(rules)]
        table.players = [*seats, 0, 0][:2]
        table.house = {side for side in SIDES if table.players[side] == 0}
        return table


def _seats(rules: MatchRules) -> set[type[Fact]]:
    """The facts that seat somebody."""
    return {type(rules.sit(0, "")), type(rules.sit(0, rules.tempers[0]))}


def _refuse(line: Line | None, reason: str) -> None:
    if line is not None:
        line.tell(Refusal(reason))
