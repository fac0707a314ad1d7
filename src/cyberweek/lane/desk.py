"""Decides attempts. Holds their states in memory, appends what happened, and answers once it is durable.

One desk decides at a time: it holds the lease `lane`, and stops when a newer holder has taken it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from cyberweek.component.rules import Refused, Rules, refuse_by_window
from cyberweek.component.shelf import OnShelf, Shelf
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.fact import Fact, FactTypes
from cyberweek.ledger.journal import Append, Closed, Duplicate, Fenced, Lease, Writer
from cyberweek.people.ticket import Attempt

SITTINGS = 200_000


class Sitting:
    """An attempt in memory: its state, and the facts of each step so that a retry hears the first answer."""

    __slots__ = ("attempt", "facts", "on_shelf", "pending", "state")

    def __init__(self, on_shelf: OnShelf, attempt: Attempt, state: Any) -> None:
        self.on_shelf = on_shelf
        self.attempt = attempt
        self.state = state
        self.facts: dict[int, Sequence[Fact]] = {}
        self.pending: dict[int, asyncio.Future[None]] = {}


class Moved(Exception):
    """Raised when another process decides now; the client may simply ask again."""


Settled = list[tuple["asyncio.Future[None]", "int | Exception"]]


class Desk:
    """Runs on one event loop. `read` opens connections for reading back what this process does not remember."""

    def __init__(
        self, *, shelf: Shelf, writer: Writer, read: Callable[[], AnyStore], types: FactTypes, lease: Lease, began: int
    ) -> None:
        self._shelf = shelf
        self._writer = writer
        self._read = read
        self._types = types
        self._lease = lease
        self._ids = StreamIds(Node.LANE)
        self._forgotten = self._ids.mint(began)
        self._sittings: OrderedDict[int, Sitting] = OrderedDict()
        self._loading: dict[int, asyncio.Future[Sitting | None]] = {}
        self._decoders: dict[type, msgspec.json.Decoder[Any]] = {}
        self._outgoing: list[tuple[Append, asyncio.Future[None]]] = []
        self._loop = asyncio.get_running_loop()
        self.is_fenced = False

    def begin(self, activity: int, participant: int, at: int) -> Sitting | Refused:
        """Open a fresh attempt under the release that people see; nothing is stored."""
        on_shelf = self._shelf.current(activity)
        if on_shelf is None or on_shelf.component.rules is None:
            return Refused("withdrawn" if self._shelf.is_withdrawn(activity) else "unknown-activity")
        late = refuse_by_window(on_shelf.snapshot, at)
        if late is not None:
            return late
        attempt = Attempt(activity, on_shelf.release, participant, self._ids.mint(at))
        sitting = Sitting(on_shelf, attempt, on_shelf.component.rules.start(on_shelf.snapshot, attempt))
        self._remember(sitting)
        return sitting

    async def do(self, attempt: Attempt, step: int, command: bytes | Any, at: int) -> msgspec.Struct | Refused:
        """Decide a command (JSON bytes, or read already) once: a step done before gets its first answer again."""
        sitting = self._sittings.get(attempt.stream) or await self._load(attempt)
        if sitting is None:
            return Refused("unknown-release")
        if step in sitting.pending:
            await asyncio.shield(sitting.pending[step])
        if step in sitting.facts:
            return self._tell(sitting, step)
        if self._shelf.is_withdrawn(attempt.activity):
            return Refused("withdrawn")
        if self.is_fenced:
            raise Moved
        rules = _rules(sitting)
        if isinstance(command, bytes):
            command = self._decoder(rules.command).decode(command)
        decided = rules.decide(sitting.on_shelf.snapshot, sitting.state, command, at)
        if isinstance(decided, Refused):
            return decided
        return await self._record(sitting, step, decided, at)

    def open(self, sitting: Sitting) -> msgspec.Struct:
        """What the attempt looks like now."""
        return _rules(sitting).open(sitting.on_shelf.snapshot, sitting.state)

    async def _record(self, sitting: Sitting, step: int, facts: Sequence[Fact], at: int) -> msgspec.Struct | Refused:
        attempt = sitting.attempt
        rules, snapshot = _rules(sitting), sitting.on_shelf.snapshot
        for fact in facts:
            sitting.state = rules.evolve(snapshot, sitting.state, fact, at)
        durable: asyncio.Future[None] = self._loop.create_future()
        sitting.pending[step] = durable
        append = Append(
            attempt.stream, step, at, facts, attempt.activity, attempt.release, attempt.participant, lease=self._lease
        )
        try:
            self._send(append, durable)
            await durable
        except Duplicate:
            return await self._first_answer(attempt, step)
        except Fenced:
            self.is_fenced = True
            self._forget(attempt.stream)
            raise Moved from None
        except BaseException:
            self._forget(attempt.stream)
            raise
        sitting.facts[step] = facts
        sitting.pending.pop(step, None)
        return self._tell(sitting, step)

    async def _first_answer(self, attempt: Attempt, step: int) -> msgspec.Struct | Refused:
        """Somebody stored this step before: forget what was assumed, read it, and answer from it."""
        self._forget(attempt.stream)
        sitting = await self._load(attempt)
        if sitting is None or step not in sitting.facts:
            raise Moved
        return self._tell(sitting, step)

    def _tell(self, sitting: Sitting, step: int) -> msgspec.Struct:
        return _rules(sitting).tell(sitting.on_shelf.snapshot, sitting.state, sitting.facts[step])

    def _send(self, append: Append, durable: asyncio.Future[None]) -> None:
        """Hand over to the writer what comes in during one turn of the loop, together."""
        if not self._outgoing:
            self._loop.call_soon(self._hand_over)
        self._outgoing.append((append, durable))

    def _hand_over(self) -> None:
        outgoing, self._outgoing = self._outgoing, []
        try:
            self._writer.submit(outgoing, self._settle)
        except Closed as error:
            _resolve([(durable, error) for _, durable in outgoing])

    def _settle(self, settled: Settled) -> None:
        """Called on the writer's thread, once for a whole batch."""
        self._loop.call_soon_threadsafe(_resolve, settled)

    async def _load(self, attempt: Attempt) -> Sitting | None:
        """Take an attempt up again: from the ledger, unless it was minted here since and cannot have been stored."""
        loading = self._loading.get(attempt.stream)
        if loading is not None:
            return await asyncio.shield(loading)
        on_shelf = self._shelf.release(attempt.release)
        if on_shelf is not None and attempt.stream > self._forgotten:
            return self._sit(on_shelf, attempt)
        loading = self._loading[attempt.stream] = self._loop.create_future()
        try:
            sitting = await asyncio.to_thread(self._load_blocking, attempt)
            if sitting is not None:
                self._remember(sitting)
            loading.set_result(sitting)
        except BaseException as error:
            loading.set_exception(error)
            loading.exception()
            raise
        finally:
            del self._loading[attempt.stream]
        return sitting

    def _load_blocking(self, attempt: Attempt) -> Sitting | None:
        on_shelf = self._shelf.load(attempt.release)
        if on_shelf is None or on_shelf.component.rules is None:
            return None
        sitting = _started(on_shelf, attempt)
        rules = _rules(sitting)
        store = self._read()
        try:
            rows = store.read_stream(attempt.stream)
        finally:
            store.close()
        for row in rows:
            fact = self._types.read(row)
            sitting.state = rules.evolve(on_shelf.snapshot, sitting.state, fact, row.at)
            sitting.facts[row.step] = (*sitting.facts.get(row.step, ()), fact)
        return sitting

    def _sit(self, on_shelf: OnShelf, attempt: Attempt) -> Sitting:
        sitting = _started(on_shelf, attempt)
        self._remember(sitting)
        return sitting

    def _remember(self, sitting: Sitting) -> None:
        self._sittings[sitting.attempt.stream] = sitting
        if len(self._sittings) > SITTINGS:
            stream, oldest = self._sittings.popitem(last=False)
            if oldest.pending:
                self._sittings[stream] = oldest
            else:
                self._forgotten = max(self._forgotten, stream)

    def _forget(self, stream: int) -> None:
        """Drop a state that may be ahead of the ledger; the next touch reads it back."""
        self._sittings.pop(stream, None)
        self._forgotten = max(self._forgotten, stream)

    def _decoder(self, kind: type) -> msgspec.json.Decoder[Any]:
        if kind not in self._decoders:
            self._decoders[kind] = msgspec.json.Decoder(kind)
        return self._decoders[kind]


def _rules(sitting: Sitting) -> Rules:
    rules = sitting.on_shelf.component.rules
    assert rules is not None  # noqa: S101 -- a sitting is only ever made for a kind with rules
    return rules


def _started(on_shelf: OnShelf, attempt: Attempt) -> Sitting:
    rules = on_shelf.component.rules
    assert rules is not None  # noqa: S101 -- as above
    return Sitting(on_shelf, attempt, rules.start(on_shelf.snapshot, attempt))


def _resolve(settled: Settled) -> None:
    for future, result in settled:
        if future.done():
            continue
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(None)
