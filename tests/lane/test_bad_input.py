"""What no page of ours sends, against a lane served for real: refused by name, in bounded memory, and others go on."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from cyberweek.kernel.clock import system_clock, to_ms
from cyberweek.people.ticket import Attempt, Signer, Ticket

MB = 1024 * 1024
MANY = 5_000
FREE_NEWCOMERS = 600  # pressure.USUAL
HEAD = (
    "POST /lane/quiz/{}/begin HTTP/1.1\r\n"
    "host: x\r\nuser-agent: x\r\naccept-language: zh\r\ncontent-type: application/json\r\n"
)


def stored(house) -> int:
    store = house.store()
    found = sum(row.kind.startswith("quiz.") for row in store.read_after(0))
    store.close()
    return found


def memory(served) -> int:
    pages = int(Path(f"/proc/{served.process.pid}/statm").read_text().split()[1])
    return pages * 4096


def elsewhere(served) -> httpx.Client:
    """Somebody at another address than the crowd."""
    transport = httpx.HTTPTransport(local_address="127.0.0.2")
    return httpx.Client(base_url=served.base, timeout=20, headers={"accept-language": "zh-CN"}, transport=transport)


def play(client: httpx.Client, activity) -> dict:
    """A whole paper, with whatever is right or wrong; its result."""
    begun = client.post(f"/lane/quiz/{activity.pk}/begin", json={}).json()
    told, step = begun["told"], 0
    while told["next"] is not None:
        step += 1
        command = {"place": step - 1, "choice": [0]}
        asked = {"attempt": begun["attempt"], "step": step, "command": command}
        told = client.post(f"/lane/quiz/{activity.pk}/do", json=asked).json()["told"]
    return told["result"]


def attempt_of(quiz, **changes) -> Attempt:
    at = to_ms(system_clock())
    return Attempt(quiz.pk, 1, 7, at)._replace(**changes)


def test_tokens_that_are_not_an_attempt_of_this_house_are_refused(house, open_quiz, serve):
    activity, signer = open_quiz(), Signer(os.environ["CYBERWEEK_TICKET"])
    genuine = signer.attempt(attempt_of(activity))
    tokens = [
        "", "x", "天", genuine[:-1], genuine + "A", genuine[:20] + "____" + genuine[24:], genuine[:30],
        signer.ticket(Ticket(7, 0)), Signer("another installation").attempt(attempt_of(activity)),
    ]  # fmt: skip

    with serve(activity).client() as client:
        asked = [{"attempt": each, "step": 1, "command": {"place": 0, "choice": [0]}} for each in tokens]
        answers = [client.post(f"/lane/quiz/{activity.pk}/do", json=each) for each in asked]

    assert [(each.status_code, each.json()) for each in answers] == [(403, {"refused": "forged-ticket"})] * len(tokens)
    assert stored(house) == 0


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [({"activity": 4_711}, 400, "bad-request"), ({"release": 4_711}, 409, "unknown-release")],
    ids=["another activity", "another release"],
)
def test_an_attempt_at_something_else_is_refused(house, open_quiz, serve, changes, status, reason):
    activity = open_quiz()
    token = Signer(os.environ["CYBERWEEK_TICKET"]).attempt(attempt_of(activity, **changes))

    with serve(activity).client() as client:
        asked = {"attempt": token, "step": 1, "command": {"place": 0, "choice": [0]}}
        answer = client.post(f"/lane/quiz/{activity.pk}/do", json=asked)

    assert (answer.status_code, answer.json()) == (status, {"refused": reason})
    assert stored(house) == 0


def test_a_phone_whose_clock_is_a_day_off_plays_as_any_other(open_quiz, serve):
    activity = open_quiz()
    with serve(activity).client() as client:
        client.headers["date"] = "Tue, 24 Nov 2015 00:00:00 GMT"

        assert play(client, activity)["of"] == 4


@pytest.mark.parametrize("verb", ["begin", "do"])
def test_ten_megabytes_are_refused_and_not_kept(house, open_quiz, serve, verb):
    activity = open_quiz()
    served = serve(activity)
    before = memory(served)

    with served.client() as client:
        answers = [_refusal_of(client, f"/lane/quiz/{activity.pk}/{verb}") for _ in range(20)]
        result = play(client, activity)

    assert answers == [413] * 20
    assert result["of"] == 4
    assert memory(served) - before < 10 * MB


def _refusal_of(client: httpx.Client, path: str) -> int:
    """Send ten megabytes in pieces, as a client does that has not said how much will come."""
    host, port = client.base_url.host, client.base_url.port
    with socket.create_connection((host, port), timeout=20) as connection:
        head = (
            f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        connection.sendall(head.encode())
        try:
            for _piece in range(160):
                connection.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
        except ConnectionError:
            pass  # the lane has said no, and closed
        return int(connection.recv(12).split()[1])


def test_five_thousand_connections_from_one_address_harm_nobody_else(house, open_quiz, serve):
    activity = open_quiz(gives_chances=True)
    served = serve(activity)
    before = memory(served)

    with (
        crowd(served, HEAD.format(activity.pk) + "content-length: 2\r\n\r\n{}") as statuses,
        elsewhere(served) as client,
    ):
        results = [play(client, activity)["of"] for _paper in range(3)]

    assert results == [4, 4, 4]
    assert statuses[200] == FREE_NEWCOMERS  # the others are asked for work, or to come back later
    assert statuses[428] + statuses[429] == MANY - FREE_NEWCOMERS
    assert memory(served) - before < 150 * MB


def test_five_thousand_half_open_connections_harm_nobody_else(house, open_quiz, serve):
    activity = open_quiz(gives_chances=True)
    served = serve(activity)
    before = memory(served)

    with crowd(served, HEAD.format(activity.pk), waits=False) as statuses, elsewhere(served) as client:
        results = [play(client, activity)["of"] for _paper in range(3)]
        grown = memory(served) - before

    assert (results, statuses) == ([4, 4, 4], Counter())
    assert grown < 150 * MB


@contextmanager
def crowd(served, request: str, *, waits: bool = True) -> Iterator[Counter]:
    """5,000 connections at once, each with a request; counts the statuses of their answers, where there are any."""
    statuses: Counter[int] = Counter()
    are_open, may_close = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_hold(served, request, statuses, waits, are_open, may_close)))
    thread.start()
    are_open.wait(60)
    yield statuses
    may_close.set()
    thread.join(60)


async def _hold(served, request: str, statuses: Counter, waits: bool, are_open, may_close) -> None:
    port = httpx.URL(served.base).port
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(MANY)]
    for _reader, writer in connections:
        writer.write(request.encode())
    are_open.set()
    if waits:
        lines = await asyncio.gather(*(reader.readline() for reader, _writer in connections))
        statuses.update(int(line.split()[1]) for line in lines)
    await asyncio.to_thread(may_close.wait, 60)
    for _reader, writer in connections:
        writer.close()
