"""The bare limit: the lane's server, body reading, token check and decoding, and a constant answer; nothing is decided.

With BENCH_COMMIT it is the peer that commits each request on its own: one INSERT and COMMIT on SQLite, as durable.
"""

from __future__ import annotations

import os
import sqlite3

import msgspec

from cyberweek.lane.app import Do
from cyberweek.lane.http import Receive, Scope, Send, read_request, send_json
from cyberweek.people.ticket import Signer
from cyberweek.project import address

_signer = Signer(address.ticket_key())
_decode = msgspec.json.Decoder(Do).decode
_command = msgspec.json.Decoder(dict).decode
_ANSWER = msgspec.json.encode({"told": {"verdict": "x" * 500}})
_db = sqlite3.connect(os.environ["BENCH_COMMIT"], isolation_level=None) if "BENCH_COMMIT" in os.environ else None
if _db is not None:
    _db.execute("PRAGMA journal_mode=WAL")
    _db.execute("PRAGMA synchronous=FULL")
    _db.execute("CREATE TABLE answer (n INTEGER PRIMARY KEY, stream INTEGER, step INTEGER, body BLOB)")


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    request = await read_request(scope, receive)
    if scope["method"] == "POST":
        asked = _decode(request.body)
        attempt = _signer.read_attempt(asked.attempt)
        _command(bytes(asked.command))
        if _db is not None:
            _db.execute("BEGIN")
            _db.execute(
                "INSERT INTO answer (stream, step, body) VALUES (?, ?, ?)",
                (attempt.stream, asked.step, bytes(asked.command)),
            )
            _db.execute("COMMIT")
    await send_json(send, _ANSWER)
