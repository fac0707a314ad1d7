"""Hands a request on to the process that decides for its participant, and brings the answer back as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import httpx

from cyberweek.lane.http import Header, Request

MARK = b"x-cyberweek-relayed"
PATIENCE_S = 5
_PASSED = (
    b"cookie", b"content-type", b"origin", b"host", b"sec-fetch-site", b"x-forwarded-for", b"user-agent", b"accept-language",
)  # fmt: skip
_RETURNED = (b"set-cookie", b"location", b"retry-after")


class Relayed(NamedTuple):
    """The other process's answer."""

    status: int
    body: bytes
    headers: Sequence[Header]


class Unreachable(Exception):
    """Raised when the other process does not answer: it is dead, or as good as."""


class Relay:
    """Keeps connections to the other processes."""

    def __init__(self) -> None:
        limits = httpx.Limits(max_connections=512, max_keepalive_connections=128)
        timeout = httpx.Timeout(PATIENCE_S, connect=1)
        self._client = httpx.AsyncClient(timeout=timeout, limits=limits, follow_redirects=False)

    async def hand_on(self, address: str, path: str, request: Request, client: str) -> Relayed:
        """Raises Unreachable."""
        headers = [(name, value) for name, value in request.headers.items() if name in _PASSED]
        if b"x-forwarded-for" not in request.headers:
            headers.append((b"x-forwarded-for", client.encode()))
        headers.append((MARK, b"1"))
        try:
            answer = await self._client.post(address + path, content=request.body, headers=headers)
        except httpx.HTTPError as error:
            raise Unreachable(f"{address}: {type(error).__name__}") from None
        kept = [(name.lower(), value) for name, value in answer.headers.raw if name.lower() in _RETURNED]
        return Relayed(answer.status_code, answer.content, kept)

    async def close(self) -> None:
        await self._client.aclose()
