"""The little HTTP that the lane speaks: read a bounded body, cookies and forms; send JSON, redirects and refusals."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import msgspec

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Header = tuple[bytes, bytes]

BODY_LIMIT = 16 * 1024
_JSON: list[Header] = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]


class TooLarge(Exception):
    """Raised when a body is longer than BODY_LIMIT."""


class Gone(Exception):
    """Raised when the client left before its body was complete."""


class Request(NamedTuple):
    """What the lane looks at of a request; header names are lower case."""

    headers: dict[bytes, bytes]
    body: bytes

    @property
    def is_form(self) -> bool:
        return self.headers.get(b"content-type", b"").startswith(b"application/x-www-form-urlencoded")

    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode("utf-8", "replace"), max_num_fields=200)

    def cookie(self, name: str) -> str | None:
        raw = self.headers.get(b"cookie")
        if raw is None or name.encode() not in raw:
            return None
        for pair in raw.decode("latin-1").split(";"):
            key, _, value = pair.partition("=")
            if key.strip() == name:
                return value.strip()
        return None


async def read_request(scope: Scope, receive: Receive) -> Request:
    """Read headers and the whole body; raises TooLarge or Gone."""
    headers = dict(scope["headers"])
    if int(headers.get(b"content-length", b"0")) > BODY_LIMIT:
        raise TooLarge
    message = await receive()
    body = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > BODY_LIMIT:
            raise TooLarge
    if message["type"] == "http.disconnect":
        raise Gone
    return Request(headers, body)


def is_cross_site(headers: dict[bytes, bytes]) -> bool:
    """True when another site's page sent this: by Sec-Fetch-Site, or by an Origin that is not the Host."""
    fetched_from = headers.get(b"sec-fetch-site")
    if fetched_from is not None:
        return fetched_from in (b"cross-site", b"same-site")
    origin = headers.get(b"origin")
    return origin is not None and urlsplit(origin).netloc != headers.get(b"host")


def set_cookie(name: str, value: str, *, seconds: int | None, secure: bool) -> Header:
    """A cookie that no script reads and no other site sends; without seconds it ends with the browser."""
    cookie: SimpleCookie = SimpleCookie()
    cookie[name] = value
    morsel: dict[str, Any] = {"path": "/", "httponly": True, "samesite": "Lax", "secure": secure}
    cookie[name].update(morsel if seconds is None else {**morsel, "max-age": seconds})
    return (b"set-cookie", cookie[name].OutputString().encode())


async def send_json(send: Send, body: bytes, status: int = 200, headers: Iterable[Header] = ()) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*_JSON, length, *headers]})
    await send({"type": "http.response.body", "body": body})


async def send_refusal(send: Send, status: int, reason: str, headers: Iterable[Header] = ()) -> None:
    """Say why nothing happened."""
    await send_json(send, refusal(reason), status, headers)


def refusal(reason: str) -> bytes:
    """The body that says why nothing happened."""
    return msgspec.json.encode({"refused": reason})


async def send_redirect(send: Send, location: str, headers: Iterable[Header] = ()) -> None:
    """303: the answer to a plain form is another page."""
    all_headers = [(b"location", location.encode("ascii", "ignore")), (b"content-length", b"0"), *headers]
    await send({"type": "http.response.start", "status": 303, "headers": all_headers})
    await send({"type": "http.response.body", "body": b""})
