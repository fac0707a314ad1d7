"""Where people wait for somebody to play with: the next who wants the same, a friend with a code, or soon the house."""

from __future__ import annotations

import asyncio
import secrets
from typing import NamedTuple

import msgspec

from cyberweek.component.matches import Wish
from cyberweek.component.shelf import OnShelf
from cyberweek.kernel.codes import NoCode, mint_code, read_code, say_code
from cyberweek.lane.sockets import Line

PATIENCE_S = 3
CODE_LIVES_S = 600
CODES = 10_000


class Waiting(msgspec.Struct, frozen=True, tag_field="is", tag="waiting"):
    """Nobody is there yet. `code` is what a friend types, '' while the house steps in soon."""

    code: str = ""


class Guest(NamedTuple):
    """Who waits, and for what."""

    line: Line
    on_shelf: OnShelf
    wish: Wish


class Pair(NamedTuple):
    """Who plays; the second is None when the house does."""

    first: Guest
    second: Guest | None


class NoSuchTable(Exception):
    """Raised for a friend's code that nobody waits under."""


class Full(Exception):
    """Raised when more friends wait than the lobby holds."""


class Lobby:
    """Runs on one event loop; `pair` is called with whoever shall play."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._quick: dict[tuple[int, bool], list[Guest]] = {}
        self._friends: dict[str, Guest] = {}

    def quick(self, guest: Guest) -> Guest | None:
        """Somebody else who waits for the same, or None: then the guest waits."""
        waiting = self._quick.setdefault((guest.on_shelf.release, guest.wish.calm), [])
        for other in waiting:
            if other.line.participant != guest.line.participant and not other.line.is_ended:
                waiting.remove(other)
                return other
        waiting.append(guest)
        return None

    def lay(self, guest: Guest) -> str:
        """The code by which a friend comes to this guest's table. Raises Full."""
        if len(self._friends) >= CODES:
            raise Full
        code = mint_code(secrets.randbelow)
        self._friends[code] = guest
        self._loop.call_later(CODE_LIVES_S, self._friends.pop, code, None)
        return say_code(code)

    def friend(self, guest: Guest) -> Guest:
        """Whoever waits under the guest's code. Raises NoSuchTable."""
        try:
            host = self._friends.pop(read_code(guest.wish.code))
        except (NoCode, KeyError):
            raise NoSuchTable from None
        if host.line.is_ended or host.on_shelf.activity != guest.on_shelf.activity:
            raise NoSuchTable
        return host

    def leave(self, line: Line) -> bool:
        """Wait no more; True when the line did wait."""
        found = False
        for waiting in self._quick.values():
            kept = [guest for guest in waiting if guest.line is not line]
            found |= len(kept) < len(waiting)
            waiting[:] = kept
        for code in [code for code, guest in self._friends.items() if guest.line is line]:
            del self._friends[code]
            found = True
        return found
