"""The lane's ASGI application.

POST /lane/{kind}/{activity}/begin   {mode} or {admission}       -> {attempt, told}
POST /lane/{kind}/{activity}/do      {attempt, step, command}    -> {told}
GET  /lane/{kind}/{activity}/socket  a WebSocket on which matches are played, see playing.py
GET  /lane/{kind}/{activity}/stream  the same as server-sent events, with
POST /lane/{kind}/{activity}/say     {line, say}             -> {}
GET  /lane/live                      figures as server-sent events
GET  /lane/health                    200 while this process decides

Both POSTs also take plain forms and then answer with a redirect to the form's `back`. A refusal is 409
{"refused": reason}; docs/reference/refusals.md lists the reasons.
"""

from __future__ import annotations

import asyncio
import gc
import secrets
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from cyberweek.component.rules import Refused
from cyberweek.kernel.ids import random_key
from cyberweek.lane import sockets
from cyberweek.lane.desk import Said, Sitting
from cyberweek.lane.engine import Engine
from cyberweek.lane.express import Reply
from cyberweek.lane.gate import Gate
from cyberweek.lane.http import (
    Gone,
    Header,
    Receive,
    Request,
    Scope,
    Send,
    TooLarge,
    read_request,
    refusal,
    send_json,
    send_redirect,
    send_refusal,
    set_cookie,
)
from cyberweek.lane.ownership import shard_of
from cyberweek.lane.playing import Playing
from cyberweek.lane.refusals import Answered, BadRequest, NoSuchAddress, failure
from cyberweek.lane.setting import Setting
from cyberweek.lane.sockets import Line
from cyberweek.lane.wire import Began, Begin, Do, Done, Say, WorkFirst, read_back, read_begin, read_step, with_query
from cyberweek.people.ticket import TICKET_COOKIE, Attempt, Forged, Signer, Ticket

MONTH_S = 30 * 24 * 3600
DAY_S = 24 * 3600
VERIFIED = 100_000  # tokens
SHARD_COOKIE = "cw_shard"


class Lane:
    """Start it on the loop that serves it; then it is an ASGI application for paths under /lane/."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._signer = Signer(setting.ticket_key)
        self._gate = Gate(setting, self._signer)
        self._engine = Engine(setting)
        self._attempts: dict[str, Attempt] = {}
        self._do = msgspec.json.Decoder(Do)
        self._said = msgspec.json.Decoder(Say)
        self._streams: dict[str, tuple[int, Line]] = {}
        self._encode = msgspec.json.Encoder().encode
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Raises presence.NodeTaken."""
        await self._engine.start()
        engine = self._engine
        self._playing = Playing(
            shelf=engine.shelf, tables=engine.tables, desk=engine.desk, signer=self._signer, ownership=engine.ownership,
            now=engine.now,
        )  # fmt: skip
        gc.collect()
        gc.freeze()

    async def stop(self) -> None:
        await self._engine.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts = scope["path"].split("/")[2:]
        if scope["type"] == "websocket":
            await self._socket(parts, scope, receive, send)
        elif scope["method"] == "POST":
            await self._post(parts, scope, receive, send)
        elif parts[2:] == ["stream"]:
            await self._event_stream(parts, scope, receive, send)
        elif parts == ["live"]:
            await self._live(receive, send)
        elif parts == ["health"]:
            decides = self._engine.ownership.decides
            await send_json(send, b'{"decides":%s}' % (b"true" if decides else b"false"), 200 if decides else 503)
        else:
            await send_refusal(send, 404, "unknown-address")

    async def _socket(self, parts: list[str], scope: Scope, receive: Receive, send: Send) -> None:
        """A phone that plays matches; a browser shows no script why a socket was turned away."""
        request = Request(dict(scope["headers"]), b"")
        try:
            activity, line = self._line(parts, request, scope)
        except Exception:
            await sockets.refuse(receive, send)
            return
        try:
            await sockets.serve(
                line, receive, send, headers=self._ticket_cookies(request, line.participant, self._engine.now()),
                now=self._engine.now, hear=lambda line, body: self._playing.hear(activity, line, body),
            )  # fmt: skip
        finally:
            self._playing.left(line)

    async def _event_stream(self, parts: list[str], scope: Scope, receive: Receive, send: Send) -> None:
        """The same for a phone whose network lets no socket through."""
        request = Request(dict(scope["headers"]), b"")
        try:
            activity, line = self._line(parts, request, scope)
        except Exception as error:
            status, body, refused_with = failure(error)
            await send_json(send, body, status, refused_with)
            return
        token = secrets.token_urlsafe(16)
        self._streams[token] = (activity, line)
        try:
            headers = self._ticket_cookies(request, line.participant, self._engine.now())
            await sockets.stream(line, token, receive, send, headers=headers)
        finally:
            del self._streams[token]
            self._playing.left(line)

    def _line(self, parts: list[str], request: Request, scope: Scope) -> tuple[int, Line]:
        """A new line of whoever asks, with a ticket or without."""
        at = self._engine.now()
        self._gate.admit(request, (scope.get("client") or ("", 0))[0], at)
        activity = self._activity(parts)
        participant = self._participant_of("begin", activity, request)
        self._gate.require_patience(participant, at)
        line = Line(participant)
        asyncio.get_running_loop().call_soon(self._playing.ping, line)
        return activity, line

    async def _say(self, request: Request, send: Send, at: int) -> None:
        """One word on a stream of events; what it leads to comes on the stream."""
        said = self._said.decode(request.body)
        if said.line not in self._streams:
            await send_refusal(send, 409, "unknown-line")
            return
        activity, line = self._streams[said.line]
        if line.may_say(bytes(said.say), at):
            self._playing.hear(activity, line, bytes(said.say))
        await send_json(send, b"{}")

    def express(self, path: str, request: Request, client: str, reply: Reply) -> None:
        """Take a command that came as JSON; `reply` is called once, on this loop, when there is an answer."""
        at = self._engine.now()
        try:
            activity = self._activity(path.split("/")[2:])
            self._gate.admit(request, client, at)
            asked = self._do.decode(request.body)
            attempt = self._attempts.get(asked.attempt) or self._verify(asked.attempt)
            self._check(attempt, asked.step, activity, at)
        except Exception as error:
            reply(*failure(error))
            return

        def take() -> None:
            answer: Callable[[Said], None] = lambda said: reply(*self._answer(said))  # noqa: E731 -- one line, one use
            self._engine.desk.take(attempt, asked.step, bytes(asked.command), at, answer)

        if self._engine.ownership.mine(shard_of(attempt.participant)) is not None:
            take()
        else:
            self._later(self._elsewhere(attempt, path, request, client, take, reply))

    async def _elsewhere(
        self, attempt: Attempt, path: str, request: Request, client: str, take: Callable[[], None], reply: Reply
    ) -> None:
        """Let whoever decides for the participant answer: another process, or this one once it has taken over."""
        try:
            relayed = await self._engine.hand_on(shard_of(attempt.participant), path, request, client)
        except Exception as error:
            reply(*failure(error))
            return
        if relayed is None:
            take()
        else:
            reply(*relayed)

    async def _post(self, parts: list[str], scope: Scope, receive: Receive, send: Send) -> None:
        try:
            request = await read_request(scope, receive)
        except Gone:
            return
        except (TooLarge, ValueError) as error:
            status, body, headers = failure(error)
            await send_json(send, body, status, headers)
            return
        client = (scope.get("client") or ("", 0))[0]
        if parts[-1:] == ["do"] and not request.is_form:
            status, body, headers = await self._expressed(scope["path"], request, client)
            await send_json(send, body, status, headers)
            return
        try:
            await self._route(parts, scope["path"], request, send, client)
        except Exception as error:
            await self._refuse(send, request, *failure(error))

    async def _expressed(self, path: str, request: Request, client: str) -> Answered:
        """A JSON command that came the ordinary way."""
        said: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self.express(path, request, client, lambda *answer: None if said.done() else said.set_result(answer))
        return await said

    async def _route(self, parts: list[str], path: str, request: Request, send: Send, client: str) -> None:
        at = self._engine.now()
        self._gate.admit(request, client, at)
        activity = self._activity(parts)
        if parts[2] == "say":
            await self._say(request, send, at)
            return
        asked = read_begin(request) if parts[2] == "begin" else None
        if asked is not None and asked.admission:
            await self._begin_for_group(activity, asked.admission, request, send, at)
            return
        participant = self._participant_of(parts[2], activity, request)
        relayed = await self._engine.hand_on(shard_of(participant), path, request, client)
        if relayed is not None:
            await send_json(send, relayed.body, relayed.status, relayed.headers)
        elif asked is not None:
            await self._begin(activity, participant, asked, request, send, client, at)
        else:
            await self._form(activity, request, send, at)

    async def _begin(
        self, activity: int, participant: int, asked: Begin, request: Request, send: Send, client: str, at: int
    ) -> None:
        headers = self._ticket_cookies(request, participant, at)
        self._gate.require_patience(participant, at)
        if self._costs_work(activity, asked.mode):
            level = self._gate.work_wanted(participant, request, client, asked.work, at)
            if level:
                await self._ask_for_work(send, request, participant, level, at, headers)
                return
        sitting = self._engine.desk.begin(activity, participant, at, mode=asked.mode)
        if isinstance(sitting, Refused):
            await self._refuse(send, request, *self._answer(sitting))
            return
        self._gate.note_begun(participant, request, client, is_new=self._is_new(request, at), at=at)
        token = self._signer.attempt(sitting.attempt)
        headers.append(self._cookie(_attempt_cookie(activity), token, DAY_S))
        await self._say_begun(send, request, sitting, token, headers)

    async def _begin_for_group(self, activity: int, token: str, request: Request, send: Send, at: int) -> None:
        """Begin as an admission says: neither is a ticket read nor one given. A script keeps the attempt in its page."""
        admission = self._signer.read_admission(token)
        if admission.activity != activity:
            raise BadRequest
        if at >= admission.until:
            await self._refuse(send, request, *self._answer(Refused("admission-over")))
            return
        sitting = self._engine.desk.begin(activity, 0, at, mode=admission.mode, group=admission.group)
        if isinstance(sitting, Refused):
            await self._refuse(send, request, *self._answer(sitting))
            return
        attempt = self._signer.attempt(sitting.attempt)
        headers = [self._cookie(_guest_cookie(activity), attempt)] if request.is_form else []
        await self._say_begun(send, request, sitting, attempt, headers)

    async def _say_begun(
        self, send: Send, request: Request, sitting: Sitting, token: str, headers: list[Header]
    ) -> None:
        if request.is_form:
            await send_redirect(send, read_back(request.form()), headers)
        else:
            await send_json(send, self._encode(Began(token, self._engine.desk.open(sitting))), headers=headers)

    def _costs_work(self, activity: int, mode: int) -> bool:
        """True for what may earn a chance; learning is always free."""
        on_shelf = self._engine.shelf.current(activity)
        return mode == 0 and on_shelf is not None and getattr(on_shelf.snapshot, "gives_chances", False)

    async def _ask_for_work(
        self, send: Send, request: Request, participant: int, level: int, at: int, headers: list[Header]
    ) -> None:
        """Hand out a challenge, or to a page without a script a wait."""
        if request.is_form:
            token = self._gate.wait(participant, level, request, at)
            location = with_query(read_back(request.form()), f"refused=busy&wait={token}")
            await send_redirect(send, location, headers)
        else:
            body = WorkFirst("work-first", self._gate.challenge(participant, level, at))
            await send_json(send, self._encode(body), 428, headers)

    async def _form(self, activity: int, request: Request, send: Send, at: int) -> None:
        """A command from a page without scripts; the attempt is in a cookie, the answer is a page."""
        fields = request.form()
        attempt = self._attempt_in(request, activity)
        step, command = read_step(fields), self._read_form(activity, attempt, fields)
        self._check(attempt, step, activity, at)
        said = await self._engine.desk.do(attempt, step, command, at)
        if isinstance(said, Refused):
            await self._refuse(send, request, *self._answer(said))
        else:
            await send_redirect(send, read_back(fields))

    def _read_form(self, activity: int, attempt: Attempt, fields: dict[str, list[str]]) -> Any:
        on_shelf = self._engine.shelf.release(attempt.release) or self._engine.shelf.current(activity)
        if on_shelf is None or on_shelf.component.rules is None:
            raise BadRequest
        return on_shelf.component.rules.read_form(fields)

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
        if verb not in ("begin", "do", "socket", "stream", "say"):
            raise NoSuchAddress
        self._setting.registry.get(kind)
        return number

    def _check(self, attempt: Attempt, step: int, activity: int, at: int) -> None:
        """Raises BadRequest for a command of another activity, TooMany for a participant who asks too much."""
        if attempt.activity != activity or not 1 <= step < 2**31:
            raise BadRequest
        self._gate.require_patience(attempt.participant, at)

    def _participant_of(self, verb: str, activity: int, request: Request) -> int:
        """Whose request this is: by the attempt's cookie, by the ticket, or a new participant's. Raises Forged."""
        if verb == "do":
            return self._attempt_in(request, activity).participant
        try:
            return self._signer.read_ticket(request.cookie(TICKET_COOKIE) or "").participant
        except Forged:
            key = random_key()
            return key - shard_of(key) + self._engine.ownership.shard_for_newcomers()

    def _attempt_in(self, request: Request, activity: int) -> Attempt:
        """The attempt that a form belongs to, from its cookie. Raises Forged."""
        name = _guest_cookie(activity) if "guest" in request.form() else _attempt_cookie(activity)
        return self._signer.read_attempt(request.cookie(name) or "")

    def _ticket_cookies(self, request: Request, participant: int, at: int) -> list[Header]:
        """The ticket for a device without one, or with a forged one; and its shard, by which a proxy can send it here."""
        cookies = []
        try:
            self._signer.read_ticket(request.cookie(TICKET_COOKIE) or "")
        except Forged:
            ticket = self._signer.ticket(Ticket(participant, at))
            cookies.append(self._cookie(TICKET_COOKIE, ticket, MONTH_S))
        shard = str(shard_of(participant))
        if self._setting.valkey and request.cookie(SHARD_COOKIE) != shard:
            cookies.append(self._cookie(SHARD_COOKIE, shard, MONTH_S))
        return cookies

    def _is_new(self, request: Request, at: int) -> bool:
        """True for a device without a ticket of its own, or with one of the last day: it may have waited or worked since."""
        try:
            return at - self._signer.read_ticket(request.cookie(TICKET_COOKIE) or "").given_at < DAY_S * 1000
        except Forged:
            return True

    def _cookie(self, name: str, value: str, seconds: int | None = None) -> Header:
        return set_cookie(name, value, seconds=seconds, secure=self._setting.secure)

    def _answer(self, said: Said) -> Answered:
        if isinstance(said, Refused):
            return 409, refusal(said.reason), ()
        if isinstance(said, Exception):
            return failure(said)
        return 200, self._encode(Done(said)), ()

    async def _refuse(
        self, send: Send, request: Request, status: int, body: bytes, headers: Sequence[Header] = ()
    ) -> None:
        if request.is_form:
            reason = msgspec.json.decode(body)["refused"]
            await send_redirect(send, with_query(read_back(request.form()), f"refused={reason}"))
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
        async for figures in self._engine.counters.watch():
            line = b"data: " + self._encode(figures) + b"\n\n" if figures else b": still here\n\n"
            await send({"type": "http.response.body", "body": line, "more_body": True})

    def _later(self, work: Any) -> None:
        """Let work go on by itself, and be remembered until it is done."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _attempt_cookie(activity: int) -> str:
    return f"cw_attempt_{activity}"


def _guest_cookie(activity: int) -> str:
    """Where a page without scripts keeps a group's attempt: it ends with the browser, and no ticket stands beside it."""
    return f"cw_guest_{activity}"
