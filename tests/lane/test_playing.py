"""Matches on real sockets: together, alone, away and back, and what does not belong on one."""

from __future__ import annotations

import importlib.util
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from cyberweek.component.services import publish
from cyberweek.kernel.clock import system_clock
from cyberweek.kernel.windows import Window
from cyberweek.plan.models import Activity

EXAMPLE = Path(__file__).parents[1] / "activities" / "duel" / "example.py"


class Phone:
    """A phone that says what it is asked to say, and hears until something comes."""

    def __init__(self, served, cookie: str = "", path: str = "socket") -> None:
        address = f"{served.base.replace('http', 'ws')}/lane/duel/{served.activity.pk}/{path}"
        headers = {"cookie": cookie} if cookie else {}
        self.socket: ClientConnection = connect(
            address, additional_headers=headers, compression=None, proxy=None, legacy=True
        )
        self.seen = 0
        self.seat = ""
        self.heard: list[dict] = []

    def say(self, **message) -> None:
        self.socket.send(json.dumps(message))

    def enter(self, **wish) -> None:
        self.say(do="enter", v=1, wish=wish)

    def move(self, **command) -> None:
        self.say(do="move", command=command)

    def hear(self, what: str, seconds: float = 12) -> dict:
        """The next message of a kind."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            message = json.loads(self.socket.recv(timeout=seconds))
            if message["is"] == "event":
                assert message["n"] == self.seen + 1
                self.seen, message = message["n"], message["what"] | {"n": message["n"]}
                self.heard.append(message)
            if message["is" if "is" in message else "what"] == what:
                self.seat = message.get("seat", self.seat)
                return message
        raise AssertionError(f"nobody said {what}")


@pytest.fixture
def duel(house, monkeypatch, quiz_activity) -> Activity:
    from cyberweek.component import ports

    monkeypatch.setattr(ports.opening_gates, "_offers", [])
    activity = Activity.objects.create(
        campaign=quiz_activity.campaign, no=2, slug="duel", kind="duel", name_zh="示例对战"
    )  # fmt: skip
    spec = importlib.util.spec_from_file_location("duel_example", EXAMPLE)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    now = datetime.now(UTC)
    window = Window(now - timedelta(days=1), now + timedelta(days=1))
    publish(activity, made.snapshot(activity.pk, window=window), writer=house.writer, seat=1, at=system_clock())
    return activity


def play_a_round(phones: list[Phone], round_: int) -> None:
    for phone in phones:
        assert phone.hear("asked")["round"] == round_
    for phone in phones:
        phone.move(do="answer", round=round_, choice=0)
    for phone in phones:
        phone.hear("armed")
    for phone in phones:
        phone.move(do="lock", round=round_, attack=2, points=1)
    for phone in phones:
        assert phone.hear("revealed")["round"] == round_


def test_two_who_come_at_once_play_a_whole_match_and_hear_the_same_end(serve, duel, house):
    served = serve(duel)
    phones = [Phone(served), Phone(served)]
    for phone in phones:
        phone.enter()
    for phone in phones:
        assert phone.hear("met")["foe"] == ""

    for round_ in range(6):
        play_a_round(phones, round_)

    ends = [phone.hear("finished") for phone in phones]
    assert ends[0]["digest"] == ends[1]["digest"]
    assert ends[0]["shields"] == ends[1]["shields"][::-1]
    kinds = [kind for (kind,) in house.store().execute("SELECT kind FROM ledger_fact WHERE kind LIKE 'duel.%'")]
    assert (kinds.count("duel.match-ended"), kinds.count("duel.seat-taken")) == (1, 2)
    assert (kinds.count("duel.answer-locked"), kinds.count("duel.split-locked")) == (12, 12)


def test_who_is_alone_gets_a_labelled_bot_after_three_seconds(serve, duel):
    phone = Phone(serve(duel))
    began = time.monotonic()
    phone.enter()
    phone.hear("waiting")

    met = phone.hear("met")

    assert 2.8 < time.monotonic() - began < 4
    assert met["foe"] in ("cautious", "balanced", "bold")


def test_a_friend_comes_by_a_code(serve, duel):
    served = serve(duel)
    host, friend = Phone(served), Phone(served)
    host.enter(way="friend")
    code = host.hear("waiting")["code"]

    friend.enter(way="friend", code=code.lower())

    assert [host.hear("met")["side"], friend.hear("met")["side"]] == [0, 1]


def test_whoever_was_cut_off_hears_what_was_missed_on_another_socket(serve, duel):
    served = serve(duel)
    phone = Phone(served)
    phone.enter(way="practice")
    phone.hear("seated")
    phone.hear("asked")
    phone.socket.close()

    back = Phone(served)
    back.seen = 1
    back.say(do="resume", v=1, seat=phone.seat, seen=1)

    assert back.hear("asked") == phone.heard[-1]


def test_a_killed_house_takes_the_match_up_again_with_the_same_messages(serve, duel):
    served = serve(duel)
    phone = Phone(served)
    phone.enter(way="practice")
    phone.hear("seated")
    phone.hear("asked")
    phone.move(do="answer", round=0, choice=0)
    phone.hear("locked")
    served.kill()

    back = Phone(serve(duel))
    back.say(do="resume", v=1, seat=phone.seat, seen=0)

    again = back.hear("resumed")
    assert [each for each in back.heard if each["what"] in ("met", "asked")] == phone.heard[:2]
    assert again["round"] == 0
    back.hear("armed", 25)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"do": "enter", "v": 0, "wish": {}}, "old-protocol"),
        ({"do": "enter", "v": 1, "wish": {"way": "chess"}}, "unknown-mode"),
        ({"do": "enter", "v": 1, "wish": {"way": "friend", "code": "ABCD-EFGH"}}, "unknown-code"),
        ({"do": "resume", "v": 1, "seat": "AAAA", "seen": 0}, "forged-ticket"),
        ({"do": "move", "command": {"do": "answer", "round": 0, "choice": 0}}, "no-seat"),
        ({"do": "anything"}, "bad-request"),
    ],
)
def test_what_makes_no_sense_is_refused_and_records_nothing(serve, duel, house, message, reason):
    phone = Phone(serve(duel))
    phone.say(**message)

    assert phone.hear("refused")["reason"] == reason
    assert house.store().execute("SELECT count(*) FROM ledger_fact WHERE kind LIKE 'duel.%'")[0][0] == 0


def test_moves_out_of_turn_are_refused_with_a_reason(serve, duel):
    phone = Phone(serve(duel))
    phone.enter(way="practice")
    phone.hear("asked")

    reasons = []
    for command in ({"do": "lock", "round": 0}, {"do": "answer", "round": 3, "choice": 0}, {"do": "fly"}):
        phone.move(**command)
        reasons.append(phone.hear("refused")["reason"])

    assert reasons == ["not-yet", "not-yet", "bad-request"]


def test_where_no_socket_comes_through_events_and_posts_do_the_same(serve, duel):
    served = serve(duel)
    heard: list[dict] = []
    address = f"/lane/duel/{duel.pk}"
    with served.client() as client, served.client().stream("GET", f"{address}/stream") as stream:
        lines = (json.loads(line.removeprefix("data: ")) for line in stream.iter_lines() if line.startswith("data: "))
        token = next(lines)["line"]
        wish = {"do": "enter", "v": 1, "wish": {"way": "practice"}}
        assert client.post(f"{address}/say", json={"line": token, "say": wish}).json() == {}
        for message in lines:
            heard.append(message)
            if message.get("what", {}).get("what") == "asked":
                break
        refused = client.post(f"{address}/say", json={"line": "another's", "say": wish})

    assert [each["what"]["what"] for each in heard if each["is"] == "event"] == ["met", "asked"]
    assert (refused.status_code, refused.json()) == (409, {"refused": "unknown-line"})


def test_a_phone_that_reads_nothing_is_cut_off_alone(serve, duel):
    served = serve(duel)
    phone, other = Phone(served), Phone(served)
    for _ in range(200):
        phone.say(do="anything")

    other.enter(way="practice")

    assert other.hear("met")["rounds"] == 6
    with pytest.raises(ConnectionClosed):
        phone.hear("nothing")


def test_a_huge_frame_ends_its_own_socket_and_no_other(serve, duel):
    served = serve(duel)
    phone, other = Phone(served), Phone(served)
    phone.socket.send("x" * 1_000_000)
    with pytest.raises(ConnectionClosed):
        phone.hear("nothing")

    other.enter(way="practice")

    assert other.hear("met")["rounds"] == 6


def test_a_socket_from_another_site_or_to_nowhere_is_turned_away(serve, duel):
    served = serve(duel)
    address = f"{served.base.replace('http', 'ws')}/lane/duel/{duel.pk}/socket"

    with pytest.raises(InvalidStatus):
        connect(address, origin="https://elsewhere.example", proxy=None, legacy=True)
    with pytest.raises(InvalidStatus):
        Phone(served, path="nowhere")
