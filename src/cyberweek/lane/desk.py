"""Decides attempts. Holds their states in memory, appends what happened, and answers once it is durable.

It decides for the shards whose lease it holds, and stops when a newer holder has taken one. An attempt's commands are
decided one after another, each on what is durable, so that no stored step rests on one that was lost.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from cyberweek.component.rules import Refused, Rules, refuse_by_window
from cyberweek.component.shelf import OnShelf, Shelf
from cyberweek.kernel.ids import StreamIds
from cyberweek.lane.chances import Chances
from cyberweek.lane.ownership import SHARDS, Ownership, shard_of
from cyberweek.lane.refusals import Moved
from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.fact import Fact, FactTypes
from cyberweek.ledger.journal import Append, Closed, Duplicate, Fenced, Lease, Writer
from cyberweek.people.ticket import Attempt

SITTINGS = 200_000

Said = msgspec.Struct | Refused | Exception
Answer = Callable[[Said], None]
"""Called once on the loop: with what was told, with a refusal, or with what went wrong."""


class Asked(NamedTuple):
    """A command that waits for its turn: JSON, or read already; None asks only for the answer of a stored step."""

    step: int
    command: bytes | Any | None
    at: int
    answer: Answer


class Sent(NamedTuple):
    """A step on its way to the ledger, and under which lease it was decided."""

    step: int
    facts: Sequence[Fact]
    answer: Answer
    lease: Lease


class Sitting:
    """An attempt in memory: its state, the facts of each step so that a retry hears the first answer, who waits."""

    __slots__ = ("attempt", "behind", "current", "facts", "on_shelf", "state")

    def __init__(self, on_shelf: OnShelf, attempt: Attempt, state: Any) -> None:
        self.on_shelf = on_shelf
        self.attempt = attempt
        self.state = state
        self.facts: dict[int, Sequence[Fact]] = {}
        self.current: Sent | None = None
        self.behind: list[Asked] | None = None


class Desk:
    """Runs on one event loop. `read` opens connections for reading back what this process does not remember."""

    def __init__(
        self,
        *,
        shelf: Shelf,
        writer: Writer,
        read: Callable[[], AnyStore],
        types: FactTypes,
        ownership: Ownership,
        chances: Chances,
        node: int,
        began: int,
    ) -> None:
        self._shelf = shelf
        self._writer = writer
        self._read = read
        self._types = types
        self._ownership = ownership
        self._chances = chances
        self._ids = StreamIds(node)
        self._forgotten = [self._ids.mint(began)] * SHARDS
        self._sittings: OrderedDict[int, Sitting] = OrderedDict()
        self._loading: dict[int, list[tuple[Attempt, Asked]]] = {}
        self._decoders: dict[type, msgspec.json.Decoder[Any]] = {}
        self._outgoing: list[tuple[Append, Sitting]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()

    def begin(self, activity: int, participant: int, at: int, *, mode: int = 0, group: int = 0) -> Sitting | Refused:
        """Open a fresh attempt under the release that people see; nothing is stored. For a group nobody is known: the
        attempt is its own participant."""
        on_shelf = self._shelf.current(activity)
        if on_shelf is None or on_shelf.component.rules is None:
            return Refused("withdrawn" if self._shelf.is_withdrawn(activity) else "unknown-activity")
        late = refuse_by_window(on_shelf.snapshot, at)
        if late is not None:
            return late
        if not on_shelf.component.rules.may_begin(on_shelf.snapshot, mode, group):
            return Refused("unknown-mode")
        stream = self.mint_here(at) if group else self._ids.mint(at)
        own = stream if group else participant
        return self._sit(on_shelf, Attempt(activity, on_shelf.release, own, stream, mode, group))

    def mint_here(self, at: int) -> int:
        """A stream whose shard this process decides, if it decides any: streams of one moment go through the shards."""
        stream = self._ids.mint(at)
        for _ in range(SHARDS):
            if self._ownership.mine(shard_of(stream)) is not None:
                break
            stream = self._ids.mint(at)
        return stream

    def open(self, sitting: Sitting) -> msgspec.Struct:
        """What the attempt looks like now."""
        return _rules(sitting.on_shelf).open(sitting.on_shelf.snapshot, sitting.state)

    def take(self, attempt: Attempt, step: int, command: bytes | Any, at: int, answer: Answer) -> None:
        """Decide a command once, and answer when that is durable: a step done before gets its first answer again."""
        asked = Asked(step, command, at, answer)
        sitting = self._sittings.get(attempt.stream) or self._fresh(attempt)
        if sitting is None:
            self._load(attempt, asked)
        elif sitting.current is not None:
            sitting.behind = [*(sitting.behind or ()), asked]
        else:
            self._decide(sitting, asked)

    async def do(self, attempt: Attempt, step: int, command: bytes | Any, at: int) -> msgspec.Struct | Refused:
        """Like `take`, for whoever can wait; raises what went wrong."""
        said: asyncio.Future[Said] = self._loop.create_future()
        self.take(attempt, step, command, at, lambda each: None if said.done() else said.set_result(each))
        result = await said
        if isinstance(result, Exception):
            raise result
        return result

    def _decide(self, sitting: Sitting, asked: Asked) -> None:
        step, command, at, answer = asked
        if step in sitting.facts:
            answer(self._tell(sitting, step))
        elif self._shelf.is_withdrawn(sitting.attempt.activity):
            answer(Refused("withdrawn"))
        elif (lease := self._ownership.mine(shard_of(sitting.attempt.participant))) is None or command is None:
            answer(Moved())
        else:
            try:
                decided = self._apply(sitting, command, at)
            except Exception as error:  # noqa: BLE001 -- whoever asked must hear it
                answer(error)
                return
            if isinstance(decided, Refused):
                answer(decided)
            else:
                sitting.current = Sent(step, decided, answer, lease)
                self._send(sitting, sitting.current, at)

    def _apply(self, sitting: Sitting, command: bytes | Any, at: int) -> Sequence[Fact] | Refused:
        """Decide by the rules, and take the state to what was decided."""
        snapshot, rules = sitting.on_shelf.snapshot, _rules(sitting.on_shelf)
        if isinstance(command, bytes):
            command = self._decoder(rules.command).decode(command)
        decided = rules.decide(snapshot, sitting.state, command, at)
        if not isinstance(decided, Refused):
            decided = self._chances.once(decided, sitting.attempt)
            state = sitting.state
            for fact in decided:
                state = rules.evolve(snapshot, state, fact, at)
            sitting.state = state
        return decided

    def _send(self, sitting: Sitting, sent: Sent, at: int) -> None:
        """Hand over to the writer what comes in during one turn of the loop, together."""
        activity, release, participant, stream, _mode, _group = sitting.attempt
        if not self._outgoing:
            self._loop.call_soon(self._hand_over)
        append = Append(stream, sent.step, at, sent.facts, activity, release, participant, lease=sent.lease)
        self._outgoing.append((append, sitting))

    def _hand_over(self) -> None:
        outgoing, self._outgoing = self._outgoing, []
        try:
            self._writer.submit(outgoing, self._settle)
        except Closed as error:
            self._settled([(sitting, error) for _, sitting in outgoing])

    def _settle(self, settled: list[tuple[Sitting, int | Exception]]) -> None:
        """Called on the writer's thread, once for a whole batch."""
        self._loop.call_soon_threadsafe(self._settled, settled)

    def _settled(self, settled: list[tuple[Sitting, int | Exception]]) -> None:
        for sitting, result in settled:
            assert sitting.current is not None  # noqa: S101 -- set when it was sent
            sent, sitting.current = sitting.current, None
            if isinstance(result, int):
                sitting.facts[sent.step] = sent.facts
                sent.answer(self._tell(sitting, sent.step))
            else:
                self._failed(sitting, sent, result)
            if sitting.behind:
                self._go_on(sitting)

    def _failed(self, sitting: Sitting, sent: Sent, error: Exception) -> None:
        """Forget a state that is ahead of the ledger; who asked hears the first answer, or that he must ask again."""
        self._chances.forget(sent.facts, sitting.attempt)
        self._forget(sitting.attempt)
        if isinstance(error, Duplicate):
            self._load(sitting.attempt, Asked(sent.step, None, 0, sent.answer))
        elif isinstance(error, Fenced):
            self._ownership.lost(sent.lease)
            sent.answer(Moved())
        else:
            sent.answer(error)

    def _go_on(self, sitting: Sitting) -> None:
        """Take up what was asked meanwhile, in its order."""
        behind, sitting.behind = sitting.behind or [], None
        for step, command, at, answer in behind:
            self.take(sitting.attempt, step, command, at, answer)

    def _tell(self, sitting: Sitting, step: int) -> msgspec.Struct:
        return _rules(sitting.on_shelf).tell(sitting.on_shelf.snapshot, sitting.state, sitting.facts[step])

    def _fresh(self, attempt: Attempt) -> Sitting | None:
        """An attempt that was minted since this desk began to forget cannot have been stored: it starts anew."""
        on_shelf = self._shelf.release(attempt.release)
        forgotten = self._forgotten[shard_of(attempt.participant)]
        if on_shelf is None or on_shelf.component.rules is None or attempt.stream <= forgotten:
            return None
        return self._sit(on_shelf, attempt)

    def _load(self, attempt: Attempt, asked: Asked) -> None:
        """Take an attempt up again from the ledger; those who ask for it meanwhile wait for the same reading."""
        waiting = self._loading.get(attempt.stream)
        if waiting is not None:
            waiting.append((attempt, asked))
            return
        self._loading[attempt.stream] = [(attempt, asked)]
        task = self._loop.create_task(self._load_and_go_on(attempt))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _load_and_go_on(self, attempt: Attempt) -> None:
        failed: Said | None = None
        try:
            sitting = await asyncio.to_thread(self._load_blocking, attempt)
            if sitting is None:
                failed = Refused("unknown-release")
            else:
                self._remember(sitting)
        except Exception as error:  # noqa: BLE001 -- whoever asked must hear it
            failed = error
        for each, asked in self._loading.pop(attempt.stream):
            if failed is not None:
                asked.answer(failed)
            else:
                self.take(each, *asked)

    def _load_blocking(self, attempt: Attempt) -> Sitting | None:
        on_shelf = self._shelf.load(attempt.release)
        if on_shelf is None or on_shelf.component.rules is None:
            return None
        sitting, rules = _started(on_shelf, attempt), on_shelf.component.rules
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
            if oldest.current is not None:
                self._sittings[stream] = oldest
            else:
                self._note_forgotten(oldest.attempt)

    def _forget(self, attempt: Attempt) -> None:
        """Drop a state that may be ahead of the ledger; the next touch reads it back."""
        self._sittings.pop(attempt.stream, None)
        self._note_forgotten(attempt)

    def _note_forgotten(self, attempt: Attempt) -> None:
        shard = shard_of(attempt.participant)
        self._forgotten[shard] = max(self._forgotten[shard], attempt.stream)

    def forget_shard(self, shard: int, at: int) -> None:
        """Drop every state of a shard that is taken up, or was lost: what is true of it stands in the ledger."""
        self._forgotten[shard] = max(self._forgotten[shard], self._ids.mint(at))
        for stream in [s for s, each in self._sittings.items() if shard_of(each.attempt.participant) == shard]:
            if self._sittings[stream].current is None:
                del self._sittings[stream]

    def _decoder(self, kind: type) -> msgspec.json.Decoder[Any]:
        if kind not in self._decoders:
            self._decoders[kind] = msgspec.json.Decoder(kind)
        return self._decoders[kind]


def _rules(on_shelf: OnShelf) -> Rules:
    rules = on_shelf.component.rules
    assert rules is not None  # noqa: S101 -- a sitting is only ever made for a kind with rules
    return rules


def _started(on_shelf: OnShelf, attempt: Attempt) -> Sitting:
    return Sitting(on_shelf, attempt, _rules(on_shelf).start(on_shelf.snapshot, attempt))
