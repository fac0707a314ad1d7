"""The bare limit: the lane's server, token check and decoding, and a constant answer; nothing is decided or kept.

BENCH_WAY=asgi answers through the application instead of the express way.
"""

from __future__ import annotations

import os

import msgspec

from cyberweek.lane.express import Reply
from cyberweek.lane.http import Receive, Request, Scope, Send, read_request, send_json
from cyberweek.lane.wire import Do
from cyberweek.people.ticket import Signer
from cyberweek.project import address

_signer = Signer(address.ticket_key())
_decode = msgspec.json.Decoder(Do).decode
_command = msgspec.json.Decoder(dict).decode
_ANSWER = msgspec.json.encode({"told": {"verdict": "x" * 500}})


def answer(body: bytes) -> bytes:
    asked = _decode(body)
    _signer.read_attempt(asked.attempt)
    _command(bytes(asked.command))
    return _ANSWER


class Bare:
    """The ordinary way."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                await send({"type": f"{message['type']}.complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        request = await read_request(scope, receive)
        await send_json(send, answer(request.body) if scope["method"] == "POST" else _ANSWER)


class ExpressBare(Bare):
    """The express way."""

    def express(self, _path: str, request: Request, _client: str, reply: Reply) -> None:
        reply(200, answer(request.body), ())


application = Bare() if os.environ.get("BENCH_WAY") == "asgi" else ExpressBare()
