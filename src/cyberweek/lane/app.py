"""The lane's ASGI application.

POST /lane/{kind}/{activity}/begin   {mode} or {admission}       -> {attempt, told}
POST /lane/{kind}/{activity}/do      {attempt, step, command}    -> {told}
GET  /lane/live                      figures as server-sent events
GET  /lane/health                    200 while this process decides

Both POSTs also take plain forms and then answer with a redirect to the form's `back`. A refusal is 409
{"refused": reason}; docs/operations.md lists the reasons.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from cyberweek.component.manifest import Registry, UnknownKind
from cyberweek.component.rules import BadForm, Refused
from cyberweek.component.shelf import Shelf
from cyberweek.kernel.clock import Clock, day_of, system_clock, to_ms
from cyberweek.kernel.ids import random_key
from cyberweek.lane import limits
from cyberweek.lane.chances import Chances
from cyberweek.lane.counters import Counters
from cyberweek.lane.desk import Desk, Moved, Said, Sitting
from cyberweek.lane.express import Reply
from cyberweek.lane.http import (
    Gone,
    Header,
    Receive,
    Request,
    Scope,
    Send,
    TooLarge,
    is_cross_site,
    read_request,
    refusal,
    send_json,
    send_redirect,
    send_refusal,
    set_cookie,
)
from cyberweek.ledger import lease
from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.fact import FactTypes
from cyberweek.ledger.journal import Writer
from cyberweek.ledger.tallies import Folder
from cyberweek.people.ticket import TICKET_COOKIE, Attempt, Forged, Signer, Ticket

POLL_S = 0.5
MONTH_S = 30 * 24 * 3600
DAY_S = 24 * 3600
VERIFIED = 100_000  # tokens
_log = logging.getLogger(__name__)


class Do(msgspec.Struct, forbid_unknown_fields=True):
    """One command of an attempt; `step` counts up, and the same step again is the same command."""

    attempt: str
    step: int
    command: msgspec.Raw


class Begin(msgspec.Struct, forbid_unknown_fields=True):
    """Begin an attempt in one of the activity's modes, or as an admission says; then the device gets no ticket."""

    mode: int = 0
    admission: str = ""


_BEGIN = msgspec.json.Decoder(Begin)


class Began(msgspec.Struct):
    attempt: str
    told: msgspec.Struct


class Done(msgspec.Struct):
    told: msgspec.Struct


class BadRequest(Exception):
    """Raised when a body makes no command."""


class NoSuchAddress(Exception):
    """Raised when an address names no command of the lane."""


class CrossSite(Exception):
    """Raised when another site's page sent a command."""


class TooMany(Exception):
    """Raised when somebody asks more than a person does; `seconds` is when to ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


_FAILURES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], int, str, Sequence[Header]], ...] = (
    (Forged, 403, "forged-ticket", ()),
    (CrossSite, 403, "cross-site", ()),
    (NoSuchAddress, 404, "unknown-address", ()),
    (UnknownKind, 404, "unknown-activity", ()),
    (TooLarge, 413, "too-large", [(b"connection", b"close")]),
    ((BadRequest, BadForm, msgspec.DecodeError, ValueError), 400, "bad-request", ()),
    (Moved, 503, "moved", [(b"retry-after", b"1")]),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a lane needs to know of its installation."""

    registry: Registry
    connect: Callable[[], AnyStore]
    writer: Callable[[], Writer]
    ticket_key: str
    holder: str
    secure: bool = False
    behind_proxy: bool = False
    clock: Clock = system_clock
    address_rate: limits.Rate = limits.ADDRESS
    participant_rate: limits.Rate = limits.PARTICIPANT


class Lane:
    """Start it on the loop that serves it; then it is an ASGI application for paths under /lane/."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._signer = Signer(setting.ticket_key)
        self._participants = limits.Buckets(setting.participant_rate)
        self._addresses = limits.Buckets(setting.address_rate)
        self._attempts: dict[str, Attempt] = {}
        self._do = msgspec.json.Decoder(Do)
        self._encode = msgspec.json.Encoder().encode
        self._stop = threading.Event()

    async def start(self) -> None:
        """Take the lease, fill the shelf, and begin to count."""
        setting = self._setting
        types = FactTypes(setting.registry.facts)
        self._shelf = Shelf(setting.connect, setting.registry)
        self._counters = Counters(setting.connect, Folder(setting.registry.metrics, types))
        self._chances = Chances()
        held = await asyncio.to_thread(self._take_lease)
        self._desk = Desk(
            shelf=self._shelf, writer=setting.writer(), read=setting.connect, types=types, lease=held,
            chances=self._chances, began=self._now(),
        )  # fmt: skip
        await asyncio.to_thread(self._refresh)
        await asyncio.to_thread(self._load_chances)
        self._keeper = threading.Thread(target=self._keep, name="lane-keeper", daemon=True)
        self._keeper.start()
        gc.collect()
        gc.freeze()

    async def stop(self) -> None:
        self._stop.set()
        await asyncio.to_thread(self._keeper.join, 10)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts = scope["path"].split("/")[2:]
        if scope["method"] == "POST":
            await self._post(parts, scope, receive, send)
        elif parts == ["live"]:
            await self._live(receive, send)
        elif parts == ["health"]:
            fenced = self._desk.is_fenced
            await send_json(send, b'{"decides":%s}' % (b"false" if fenced else b"true"), 503 if fenced else 200)
        else:
            await send_refusal(send, 404, "unknown-address")

    def express(self, path: str, request: Request, client: str, reply: Reply) -> None:
        """Take a command that came as JSON; `reply` is called once, on this loop, when there is an answer."""
        at = self._now()
        try:
            activity = self._activity(path.split("/")[2:])
            self._admit(request, client, at)
            asked = self._do.decode(request.body)
            attempt = self._attempts.get(asked.attempt) or self._verify(asked.attempt)
            self._check(attempt, asked.step, activity, at)
        except Exception as error:
            reply(*self._failure(error))
            return
        self._desk.take(attempt, asked.step, bytes(asked.command), at, lambda said: reply(*self._answer(said)))

    async def _post(self, parts: list[str], scope: Scope, receive: Receive, send: Send) -> None:
        try:
            request = await read_request(scope, receive)
        except Gone:
            return
        except (TooLarge, ValueError) as error:
            status, body, headers = self._failure(error)
            await send_json(send, body, status, headers)
            return
        client = (scope.get("client") or ("", 0))[0]
        if parts[-1:] == ["do"] and not request.is_form:
            said: asyncio.Future[tuple[int, bytes, Sequence[Header]]] = asyncio.get_running_loop().create_future()
            self.express(
                scope["path"], request, client, lambda *answer: None if said.done() else said.set_result(answer)
            )
            status, body, headers = await said
            await send_json(send, body, status, headers)
            return
        try:
            at = self._now()
            self._admit(request, client, at)
            activity = self._activity(parts)
            await {"begin": self._begin, "do": self._form}[parts[2]](activity, request, send, at)
        except Exception as error:
            await self._refuse(send, request, *self._failure(error))

    def _verify(self, token: str) -> Attempt:
        """Read an attempt's token, and remember that it is genuine: each of its commands brings it again."""
        attempt = self._signer.read_attempt(token)
        if len(self._attempts) >= VERIFIED:
            self._attempts.clear()
        self._attempts[token] = attempt
        return attempt

    def _activity(self, parts: list[str]) -> int:
        """The activity that an address names; raises NoSuchAddress or UnknownKind."""
        try:
            kind, activity, verb = parts
            number = int(activity)
        except ValueError:
            raise NoSuchAddress from None
        if verb not in ("begin", "do"):
            raise NoSuchAddress
        self._setting.registry.get(kind)
        return number

    def _admit(self, request: Request, client: str, at: int) -> None:
        """Let a request in unless another site sent it, or its network asks too much. Raises CrossSite or TooMany."""
        if is_cross_site(request.headers):
            raise CrossSite
        if not self._addresses.take(hash(self._address(request, client)), at):
            raise TooMany(10)

    def _check(self, attempt: Attempt, step: int, activity: int, at: int) -> None:
        """Raises BadRequest for a command of another activity, TooMany for a participant who asks too much."""
        if attempt.activity != activity or not 1 <= step < 2**31:
            raise BadRequest
        if not self._participants.take(attempt.participant, at):
            raise TooMany(5)

    async def _begin(self, activity: int, request: Request, send: Send, at: int) -> None:
        asked = _asked(request)
        headers: list[Header] = []
        if asked.admission:
            sitting = self._admit_guest(activity, asked.admission, at)
        else:
            participant, headers = self._participant(request, at)
            if not self._participants.take(participant, at):
                raise TooMany(5)
            sitting = self._desk.begin(activity, participant, at, mode=asked.mode)
        if isinstance(sitting, Refused):
            await self._refuse(send, request, *self._answer(sitting))
            return
        token = self._signer.attempt(sitting.attempt)
        if not asked.admission:
            headers.append(self._cookie(_attempt_cookie(activity), token, DAY_S))
        elif request.is_form:
            headers.append(self._cookie(_guest_cookie(activity), token))
        if request.is_form:
            await send_redirect(send, _back(request.form()), headers)
        else:
            await send_json(send, self._encode(Began(token, self._desk.open(sitting))), headers=headers)

    def _admit_guest(self, activity: int, token: str, at: int) -> Sitting | Refused:
        """Begin for a group: neither is a ticket read nor one given. A script keeps the attempt in its page."""
        admission = self._signer.read_admission(token)
        if admission.activity != activity:
            raise BadRequest
        if at >= admission.until:
            return Refused("admission-over")
        return self._desk.begin(activity, 0, at, mode=admission.mode, group=admission.group)

    async def _form(self, activity: int, request: Request, send: Send, at: int) -> None:
        """A command from a page without scripts; the attempt is in a cookie, the answer is a page."""
        fields = request.form()
        cookie = _guest_cookie(activity) if "guest" in fields else _attempt_cookie(activity)
        attempt = self._signer.read_attempt(request.cookie(cookie) or "")
        step, command = _step(fields), self._read_form(activity, attempt, fields)
        self._check(attempt, step, activity, at)
        said = await self._desk.do(attempt, step, command, at)
        if isinstance(said, Refused):
            await self._refuse(send, request, *self._answer(said))
        else:
            await send_redirect(send, _back(fields))

    def _answer(self, said: Said) -> tuple[int, bytes, Sequence[Header]]:
        if isinstance(said, Refused):
            return 409, refusal(said.reason), ()
        if isinstance(said, Exception):
            return self._failure(said)
        return 200, self._encode(Done(said)), ()

    def _failure(self, error: Exception) -> tuple[int, bytes, Sequence[Header]]:
        """The status, the reason and further headers for what went wrong; what nobody foresaw is logged."""
        for kinds, status, reason, headers in _FAILURES:
            if isinstance(error, kinds):
                return status, refusal(reason), headers
        if isinstance(error, TooMany):
            return 429, refusal("too-many"), [(b"retry-after", str(error.seconds).encode())]
        _log.error("a command failed", exc_info=error)
        return 503, refusal("try-again"), [(b"retry-after", b"1")]

    def _read_form(self, activity: int, attempt: Attempt, fields: dict[str, list[str]]) -> Any:
        on_shelf = self._shelf.release(attempt.release) or self._shelf.current(activity)
        if on_shelf is None or on_shelf.component.rules is None:
            raise BadRequest
        return on_shelf.component.rules.read_form(fields)

    def _participant(self, request: Request, at: int) -> tuple[int, list[Header]]:
        """The participant of the ticket; a device without one, or with a forged one, is given a new ticket."""
        try:
            return self._signer.read_ticket(request.cookie(TICKET_COOKIE) or "").participant, []
        except Forged:
            ticket = Ticket(random_key(), at)
            return ticket.participant, [self._cookie(TICKET_COOKIE, self._signer.ticket(ticket), MONTH_S)]

    def _cookie(self, name: str, value: str, seconds: int | None = None) -> Header:
        return set_cookie(name, value, seconds=seconds, secure=self._setting.secure)

    async def _refuse(
        self, send: Send, request: Request, status: int, body: bytes, headers: Sequence[Header] = ()
    ) -> None:
        if request.is_form:
            back = _back(request.form())
            reason = msgspec.json.decode(body)["refused"]
            await send_redirect(send, f"{back}{'&' if '?' in back else '?'}refused={reason}")
        else:
            await send_json(send, body, status, headers)

    async def _live(self, receive: Receive, send: Send) -> None:
        headers = [
            (b"content-type", b"text/event-stream"),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        watching = asyncio.ensure_future(self._stream(send))
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            watching.cancel()

    async def _stream(self, send: Send) -> None:
        async for figures in self._counters.watch():
            line = b"data: " + self._encode(figures) + b"\n\n" if figures else b": still here\n\n"
            await send({"type": "http.response.body", "body": line, "more_body": True})

    def _address(self, request: Request, client: str) -> str:
        if self._setting.behind_proxy:
            forwarded = request.headers.get(b"x-forwarded-for", b"").decode("latin-1")
            if forwarded:
                return forwarded.rsplit(",", 1)[-1].strip()
        return client

    def _load_chances(self) -> None:
        store = self._setting.connect()
        try:
            self._chances.load(store, self._shelf.activities, day_of(self._now()).isoformat())
        finally:
            store.close()

    def _take_lease(self) -> Any:
        store = self._setting.connect()
        try:
            return lease.take(store, "lane", self._setting.holder, self._now())
        finally:
            store.close()

    def _keep(self) -> None:
        """The keeper's thread: what people see and what has been counted, twice a second."""
        while not self._stop.wait(POLL_S):
            try:
                self._refresh()
            except Exception:
                _log.exception("the lane could not refresh")
        self._shelf.close()
        self._counters.close()

    def _refresh(self) -> None:
        self._shelf.refresh()
        self._counters.refresh(day_of(self._now()))

    def _now(self) -> int:
        if self._setting.clock is system_clock:
            return time.time_ns() // 1_000_000
        return to_ms(self._setting.clock())


def _attempt_cookie(activity: int) -> str:
    return f"cw_attempt_{activity}"


def _guest_cookie(activity: int) -> str:
    """Where a page without scripts keeps a group's attempt: it ends with the browser, and no ticket stands beside it."""
    return f"cw_guest_{activity}"


def _asked(request: Request) -> Begin:
    """How somebody wants to take part: the fields of a form or of JSON, mode 0 when they do not say."""
    if not request.is_form:
        return _BEGIN.decode(request.body or b"{}")
    fields = request.form()
    mode = fields.get("mode", ["0"])[0]
    if not (mode.isascii() and mode.isdigit()):
        raise BadRequest
    return Begin(int(mode), fields.get("admission", [""])[0])


def _step(fields: dict[str, list[str]]) -> int:
    try:
        return int(fields["step"][0])
    except (KeyError, ValueError):
        raise BadRequest from None


def _back(fields: dict[str, list[str]]) -> str:
    """Where a plain form wants to go next; only ever a path of this site."""
    back = fields.get("back", ["/"])[0]
    is_own = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if is_own else "/"
