"""What a phone and the house say to each other on a socket: come in, come back, move; and who is heard.

phone   {"do":"enter","v":1,"wish":{…}}, {"do":"resume","v":1,"seat":…,"seen":n}
        {"do":"move","command":{…}}, {"do":"pong","at":…}
house   waiting, seated, event, refused, ping (see the structs)
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec

from cyberweek.component.matches import SIDES, Wish
from cyberweek.component.rules import refuse_by_window
from cyberweek.component.shelf import OnShelf, Shelf
from cyberweek.lane.desk import Desk
from cyberweek.lane.lobby import PATIENCE_S, Full, Guest, Lobby, NoSuchTable, Waiting
from cyberweek.lane.ownership import Ownership, shard_of
from cyberweek.lane.sockets import Line
from cyberweek.lane.tables import Chair, Gone, Refusal, Table, Tables
from cyberweek.people.ticket import Attempt, Forged, Signer

PROTOCOL = 1
PING_S = 4
MOST_LAG_MS = 400


class Enter(msgspec.Struct, frozen=True, tag_field="do", tag="enter"):
    v: int
    wish: Wish


class Resume(msgspec.Struct, frozen=True, tag_field="do", tag="resume"):
    """Come back to a seat, having seen so many of its messages."""

    v: int
    seat: str
    seen: int


class Move(msgspec.Struct, frozen=True, tag_field="do", tag="move"):
    command: msgspec.Raw


class Pong(msgspec.Struct, frozen=True, tag_field="do", tag="pong"):
    at: int


class Seated(msgspec.Struct, frozen=True, tag_field="is", tag="seated"):
    """A seat's token: by it any device comes back to the match."""

    seat: str


class Ping(msgspec.Struct, frozen=True, tag_field="is", tag="ping"):
    at: int


class Playing:
    """Runs on one event loop, for every kind of activity that has matches."""

    def __init__(
        self, *, shelf: Shelf, tables: Tables, desk: Desk, signer: Signer, ownership: Ownership, now: Callable[[], int]
    ) -> None:
        self._shelf = shelf
        self._tables = tables
        self._lobby = Lobby()
        self._desk = desk
        self._signer = signer
        self._ownership = ownership
        self._now = now
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._hear = msgspec.json.Decoder(Enter | Resume | Move | Pong)

    def hear(self, activity: int, line: Line, body: bytes) -> None:
        """Answer one message of a phone; whatever it is, nobody else notices."""
        try:
            said = self._hear.decode(body)
        except (msgspec.DecodeError, RecursionError):
            line.tell(Refusal("bad-request"))
            return
        if isinstance(said, (Enter, Resume)) and said.v != PROTOCOL:
            line.tell(Refusal("old-protocol"))
        elif isinstance(said, Enter):
            self._later(self._come_in(activity, line, said.wish))
        elif isinstance(said, Resume):
            self._later(self._resume(activity, line, said))
        elif isinstance(said, Pong):
            self._measure(line, said.at)
        elif isinstance(line.seat, Chair):
            self._tables.move(line.seat, bytes(said.command))
        else:
            line.tell(Refusal("no-seat"))

    def left(self, line: Line) -> None:
        """The phone is gone: a seat is kept, a place in the queue is not."""
        self._lobby.leave(line)
        self._tables.leave(line)

    def ping(self, line: Line) -> None:
        """Ask a phone for a sign of life, from which its lag is measured."""
        if not line.is_ended:
            line.pinged = self._now()
            line.tell(Ping(line.pinged))
            self._loop.call_later(PING_S, self.ping, line)

    def _measure(self, line: Line, at: int) -> None:
        """Half of the way there and back, by the house's clock alone."""
        if at == line.pinged:
            line.lag = min(MOST_LAG_MS, (self._now() - at) // 2)
            line.pinged = 0

    async def _come_in(self, activity: int, line: Line, wish: Wish) -> None:
        """Matches are played where the process decides for somebody: at least for whoever comes in."""
        await self._ownership.claim(shard_of(line.participant))
        if not line.is_ended:
            self._enter(activity, line, wish)

    def _enter(self, activity: int, line: Line, wish: Wish) -> None:
        on_shelf = self._shelf.current(activity)
        if isinstance(line.seat, Chair) and not line.seat.table.is_over:
            line.tell(Refusal("at-a-table"))
            return
        reason = self._why_not(activity, on_shelf, wish)
        if reason or on_shelf is None or on_shelf.component.matches is None:
            line.tell(Refusal(reason))
            return
        self._lobby.leave(line)
        guest = Guest(line, on_shelf, wish)
        if wish.way in on_shelf.component.matches.solo:
            self._lay(guest, None)
        elif wish.code:
            self._join(guest)
        elif wish.way == on_shelf.component.matches.ways[0]:
            self._wait(guest)
        else:
            self._host(guest)

    def _why_not(self, activity: int, on_shelf: OnShelf | None, wish: Wish) -> str:
        if on_shelf is None or on_shelf.component.matches is None:
            return "withdrawn" if self._shelf.is_withdrawn(activity) else "unknown-activity"
        late = refuse_by_window(on_shelf.snapshot, self._now())
        if late is not None:
            return late.reason
        rules = on_shelf.component.matches
        return "" if wish.way in (*rules.ways, *rules.solo) else "unknown-mode"

    def _wait(self, guest: Guest) -> None:
        other = self._lobby.quick(guest)
        if other is not None:
            self._lay(other, guest)
            return
        guest.line.tell(Waiting())
        self._loop.call_later(PATIENCE_S, self._step_in, guest)

    def _step_in(self, guest: Guest) -> None:
        """Nobody came: the house plays, and says so."""
        if not isinstance(guest.line.seat, Chair) and self._lobby.leave(guest.line):
            self._lay(guest, None)

    def _host(self, guest: Guest) -> None:
        try:
            guest.line.tell(Waiting(self._lobby.lay(guest)))
        except Full:
            guest.line.tell(Refusal("busy"))

    def _join(self, guest: Guest) -> None:
        try:
            self._lay(self._lobby.friend(guest), guest)
        except NoSuchTable:
            guest.line.tell(Refusal("unknown-code"))

    def _lay(self, first: Guest, second: Guest | None) -> None:
        stream = self._mint()
        if stream is None:
            for guest in (first, second):
                if guest is not None:
                    guest.line.tell(Refusal("moved"))
            return
        rules = first.on_shelf.component.matches
        assert rules is not None  # noqa: S101 -- whoever entered was asked
        temper = "" if second is not None else rules.tempers[stream % len(rules.tempers)]
        players = (first.line.participant, 0 if second is None else second.line.participant)
        table = self._tables.lay(first.on_shelf, stream, first.wish, players, temper)
        for side, guest in enumerate((first, second)):
            if guest is not None:
                self._seat(table, side, guest.line, players[side])

    def _seat(self, table: Table, side: int, line: Line, participant: int) -> None:
        attempt = Attempt(table.on_shelf.activity, table.on_shelf.release, participant, table.stream, side)
        line.tell(Seated(self._signer.attempt(attempt)))
        self._tables.sit(table, side, line)

    async def _resume(self, activity: int, line: Line, said: Resume) -> None:
        try:
            attempt = self._read_seat(activity, said.seat)
            table = await self._tables.find(attempt.release, attempt.stream)
        except Forged:
            line.tell(Refusal("forged-ticket"))
        except Gone as error:
            line.tell(Refusal(str(error)))
        else:
            if not line.is_ended:
                self._tables.sit(table, attempt.mode, line, said.seen)

    def _read_seat(self, activity: int, token: str) -> Attempt:
        """Raises Forged."""
        attempt = self._signer.read_attempt(token)
        if attempt.activity != activity or attempt.mode not in SIDES:
            raise Forged
        return attempt

    def _mint(self) -> int | None:
        """A stream whose shard this process decides."""
        stream = self._desk.mint_here(self._now())
        return stream if self._ownership.mine(shard_of(stream)) is not None else None

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
