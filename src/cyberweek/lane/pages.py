"""Public pages as ready bytes. What Django marks `public, max-age=N` is kept, and served without Django until then.

An old page is still served while one request fetches the new one. Nothing is kept for whoever is signed in.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from cyberweek.lane.http import Header, Message, Receive, Scope, Send

App = Callable[[Scope, Receive, Send], Awaitable[None]]
Key = tuple[str, bytes, bool]
PAGES = 500
_MAX_AGE = re.compile(rb"public.*max-age=(\d+)")
_STALE_MS = 20_000
_GZIP_FROM = 500


class Page(NamedTuple):
    """One page, ready to send: whole, compressed, and as 'not modified'."""

    etag: bytes
    fresh_until: int
    plain: tuple[Message, Message]
    packed: tuple[Message, Message]
    unchanged: Message


class PageCache:
    """Wraps the application that makes pages. `clock` gives milliseconds."""

    def __init__(self, app: App, clock: Callable[[], int]) -> None:
        self._app = app
        self._clock = clock
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._refreshing: set[Key] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        page, now = self._pages.get(key), self._clock()
        if page is None or now > page.fresh_until + _STALE_MS:
            await self._fetch(key, scope, receive, send)
            return
        if now > page.fresh_until and key not in self._refreshing:
            self._refresh(key, scope)
        await _send_page(page, scope, send)

    async def _fetch(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask the application, pass its answer on as it comes, and keep it when it may be kept."""
        taken: list[Message] = []

        async def keep(message: Message) -> None:
            taken.append(message)
            await send(message)

        await self._app(_without_conditions(scope), receive, keep)
        page = _keepable(taken, self._clock())
        if page is None:
            self._pages.pop(key, None)
            return
        self._pages[key] = page
        if len(self._pages) > PAGES:
            self._pages.popitem(last=False)

    def _refresh(self, key: Key, scope: Scope) -> None:
        async def refresh() -> None:
            try:
                await self._fetch(key, scope, _nothing, _nowhere)
            finally:
                self._refreshing.discard(key)

        self._refreshing.add(key)
        task = asyncio.get_running_loop().create_task(refresh())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _key(scope: Scope) -> Key | None:
    """What makes a public page the same for everybody; None for what is never kept."""
    if scope["method"] not in ("GET", "HEAD"):
        return None
    elder = False
    for name, value in scope["headers"]:
        if name == b"cookie":
            if b"sessionid=" in value or b"messages=" in value:
                return None
            elder = b"view=elder" in value
    return (scope["path"], scope["query_string"], elder)


async def _send_page(page: Page, scope: Scope, send: Send) -> None:
    packed = False
    for name, value in scope["headers"]:
        if name == b"if-none-match" and page.etag in value:
            await send(page.unchanged)
            await send({"type": "http.response.body", "body": b""})
            return
        if name == b"accept-encoding":
            packed = b"gzip" in value
    start, body = page.packed if packed else page.plain
    await send(start)
    await send(body if scope["method"] == "GET" else {"type": "http.response.body", "body": b""})


def _keepable(messages: list[Message], now: int) -> Page | None:
    if not messages or messages[0].get("status") != 200 or messages[-1].get("more_body"):  # noqa: PLR2004 -- HTTP's 200
        return None
    headers = [(name.lower(), value) for name, value in messages[0]["headers"]]
    by_name = dict(headers)
    allowed = _MAX_AGE.search(by_name.get(b"cache-control", b""))
    if allowed is None or b"set-cookie" in by_name or b"content-encoding" in by_name:
        return None
    body = b"".join(message.get("body", b"") for message in messages[1:])
    kept = [each for each in headers if each[0] not in (b"content-length", b"etag", b"vary")]
    return _ready(body, kept, now + int(allowed.group(1)) * 1000)


def _ready(body: bytes, headers: list[Header], fresh_until: int) -> Page:
    etag = b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
    headers = [*headers, (b"etag", etag), (b"vary", b"Accept-Encoding, Cookie")]
    small = gzip.compress(body, 6, mtime=0) if len(body) >= _GZIP_FROM else body
    encoding = [(b"content-encoding", b"gzip")] if small is not body else []
    return Page(
        etag,
        fresh_until,
        _messages(200, body, headers),
        _messages(200, small, [*headers, *encoding]),
        {"type": "http.response.start", "status": 304, "headers": headers},
    )


def _messages(status: int, body: bytes, headers: list[Header]) -> tuple[Message, Message]:
    length = (b"content-length", str(len(body)).encode())
    return (
        {"type": "http.response.start", "status": status, "headers": [*headers, length]},
        {"type": "http.response.body", "body": body},
    )


def _without_conditions(scope: Scope) -> Scope:
    """The same request as a plain GET for the whole page."""
    dropped = (b"if-none-match", b"if-modified-since", b"accept-encoding", b"range")
    headers = [each for each in scope["headers"] if each[0] not in dropped]
    return {**scope, "method": scope["method"], "headers": headers}


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _nowhere(_message: Message) -> None:
    return None
