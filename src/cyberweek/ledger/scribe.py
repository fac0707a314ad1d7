"""The one writer's work done by a process of its own: encoding is here, hashing, storing and committing are there.

The server's interpreter stays free for people while a batch is made durable. The process ends when the server's end
of their socket closes; when it dies first, it is started again, and whoever waited is told to ask again.

    frame   4 bytes of length, then MessagePack
    first   the database's address
    then    list[Entry]  ->  list[int | (name of what went wrong, words)], one answer for each frame, in order
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from cyberweek.ledger.connect import open_store
from cyberweek.ledger.journal import (
    PATIENCE_S,
    Closed,
    Duplicate,
    Entry,
    Fenced,
    Sent,
    Settle,
    Waiting,
    Writer,
    encode,
    tell,
    write,
)

FRAME = 256  # appends in a frame, at most
ON_THE_WAY = 2  # frames: one being stored, one ready to follow
PAUSE_S = 0.2  # before a process that did not come up is tried again
_BUFFER = 1 << 20
_SOURCE = Path(__file__).resolve().parents[2]
_LENGTH = 4

Answer = int | tuple[str, str]
_pack = msgspec.msgpack.Encoder().encode
_unpack_entries = msgspec.msgpack.Decoder(list[Entry]).decode
_unpack_answers = msgspec.msgpack.Decoder(list[Answer]).decode


class Interrupted(Exception):
    """Raised when the writing process died before it answered: what was sent is stored or is not; ask again."""


class Failed(Exception):
    """Raised when the database refused a batch; the message is the database's."""


class Scribe(Writer):
    """Appends through a process of its own; `submit` may be called from any thread and does not wait."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._queue: deque[Sent] = deque()
        self._on_the_way: deque[list[Sent]] = deque()
        self._closed = False
        self._is_up = False
        self._has_answered = False
        self._start()
        self._thread = threading.Thread(target=self._listen, name="ledger-scribe", daemon=True)
        self._thread.start()

    @property
    def process_id(self) -> int:
        return self._process.pid

    def submit(self, waiting: Waiting, settle: Settle) -> None:
        sent = [(encode(append), token, settle) for append, token in waiting]
        with self._lock:
            if self._closed:
                raise Closed
            self._queue.extend(sent)
            self._send()

    def close(self) -> None:
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._send()
        self._thread.join(PATIENCE_S)

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        path = os.pathsep.join([str(_SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])])
        command = [sys.executable, "-m", "cyberweek.ledger.scribe", str(theirs.fileno())]
        self._process = subprocess.Popen(  # noqa: S603 -- this very interpreter
            command, pass_fds=[theirs.fileno()], env={**os.environ, "PYTHONPATH": path}, stdin=subprocess.DEVNULL
        )
        theirs.close()
        self._socket = ours
        self._is_up = True
        with contextlib.suppress(OSError):  # it died at once; the listener finds out
            _put(ours, _pack(self._url))

    def _send(self) -> None:
        """Send what waits while there is room on the way; call it with the lock held."""
        while self._is_up and self._queue and len(self._on_the_way) < ON_THE_WAY:
            frame = [self._queue.popleft() for _ in range(min(FRAME, len(self._queue)))]
            self._on_the_way.append(frame)
            try:
                _put(self._socket, _pack([entry for entry, _, _ in frame]))
            except OSError:
                self._is_up = False  # it died; the listener finds out, and tells those who wait
        if self._is_up and self._closed and not self._on_the_way:
            with contextlib.suppress(OSError):  # it has just died
                self._socket.shutdown(socket.SHUT_WR)

    def _listen(self) -> None:
        while True:
            answer = _take(self._socket)
            if answer is None:
                if not self._restart():
                    return
                continue
            with self._lock:
                self._has_answered = True
                frame = self._on_the_way.popleft()
                self._send()
            tell(frame, [_result(each) for each in _unpack_answers(answer)])

    def _restart(self) -> bool:
        """Start again unless all is written and closed; those whose frames were on the way are told to ask again.

        While it is down nothing is sent, so that every answer belongs to the oldest frame on the way.
        When the process never came up, everybody is told: waiting longer would help nobody.
        """
        self._process.wait()
        self._socket.close()
        with self._lock:
            self._is_up = False
            came_up, self._has_answered = self._has_answered, False
            lost = [sent for frame in self._on_the_way for sent in frame]
            self._on_the_way.clear()
            if not came_up:
                lost.extend(self._queue)
                self._queue.clear()
        tell(lost, [Interrupted("the writing process died")] * len(lost))
        if lost and not came_up:
            time.sleep(PAUSE_S)
        with self._lock:
            if self._closed and not self._queue:
                return False
            self._start()
            self._send()
            return True


def _result(answer: Answer) -> int | Exception:
    if isinstance(answer, int):
        return answer
    name, words = answer
    return {"Duplicate": Duplicate, "Fenced": Fenced}.get(name, Failed)(words)


def _answer(result: int | Exception) -> Answer:
    return result if isinstance(result, int) else (type(result).__name__, str(result))


def _put(sock: socket.socket, body: bytes) -> None:
    sock.sendall(len(body).to_bytes(_LENGTH, "big") + body)


def _take(sock: socket.socket) -> bytes | None:
    """Read one frame; None when the other end is gone."""
    length = _read(sock, _LENGTH)
    return None if length is None else _read(sock, int.from_bytes(length, "big"))


def _read(sock: socket.socket, length: int) -> bytes | None:
    data = bytearray()
    while len(data) < length:
        try:
            more = sock.recv(length - len(data))
        except OSError:
            return None
        if not more:
            return None
        data += more
    return bytes(data)


def main(arguments: Sequence[str]) -> int:
    """The process itself: store each frame, answer, and end with the server."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # the server says when to end, after its last frame
    server = socket.socket(fileno=int(arguments[0]))
    first: Any = _take(server)
    if first is None:
        return 0
    try:
        store = open_store(msgspec.msgpack.decode(first))
    except Exception as error:  # noqa: BLE001 -- whatever the database says
        sys.stderr.write(f"The ledger cannot be opened: {error}\n")
        return 1
    gc.freeze()
    while (frame := _take(server)) is not None:
        answers = [_answer(result) for result in write(store, _unpack_entries(frame))]
        try:
            _put(server, _pack(answers))
        except OSError:
            break
    store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
