"""Each delivery goes out once: across kills, refusals, two carriers at a time, and a clock that jumps."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from cyberweek.messages.gateways import FileGateway, NotSent
from cyberweek.messages.mail import mailbox
from cyberweek.messages.models import Delivery
from cyberweek.messages.postman import Means, deliver
from cyberweek.messages.services import Note, send_again, write
from cyberweek.messages.turn import turn
from cyberweek.people.contacts import number_of, set_contact
from cyberweek.people.models import Seat
from cyberweek.people.services import end_seat
from tests.factories import people
from tests.factories.units import unit

SOURCE = Path(__file__).parents[2] / "src"
ELSEWHERE = """
import time
from datetime import UTC, datetime
from pathlib import Path
import django; django.setup()
from cyberweek.messages.gateways import FileGateway
from cyberweek.messages.mail import mailbox
from cyberweek.messages.postman import Means, deliver
from cyberweek.messages.turn import turn
from cyberweek.people.contacts import number_of
"""
BOTH = frozenset({"mail", "text"})


@pytest.fixture
def liaison(any_house):
    made = people.staff("liaison", "liaison", of=unit("bureau"))
    set_contact(made, email="li@city.example", phone="13800005678")
    return made


@pytest.fixture
def outbox(tmp_path) -> Path:
    return tmp_path / "texts.jsonl"


@pytest.fixture
def means(post, outbox) -> Means:
    return Means(mailbox(post.address), FileGateway(outbox), number_of, "https://week.example")


def letters(house, many: int, by: frozenset[str] = BOTH) -> None:
    seat = Seat.objects.get().pk
    write(
        [Note(f"due:{n}", seat, f"第 {n} 项任务到期", "请办", "/console/tasks/1/", by) for n in range(many)],
        at=house.at,
    )


def texts(outbox: Path) -> list[str]:
    return [json.loads(line)["id"] for line in outbox.read_text().splitlines()] if outbox.exists() else []


def standings() -> dict[str, int]:
    found: dict[str, int] = {}
    for channel, standing in Delivery.objects.values_list("channel", "standing"):
        found[f"{channel} {standing}"] = found.get(f"{channel} {standing}", 0) + 1
    return found


def test_everything_goes_out_once_however_often_it_is_carried(any_house, liaison, means, post, outbox):
    letters(any_house, 3)

    gone = [deliver(means, any_house.at + timedelta(days=days)) for days in (0, 1, -300)]

    assert gone == [6, 0, 0]
    assert len(post.came) == 3
    assert len({message_id for _to, message_id, _subject in post.came}) == 3
    assert len(set(texts(outbox))) == len(texts(outbox)) == 3
    assert standings() == {"mail sent": 3, "text sent": 3}


def test_a_number_is_opened_only_for_the_gateway(any_house, liaison, means, outbox):
    letters(any_house, 1)

    deliver(means, any_house.at)

    assert json.loads(outbox.read_text())["number"] == "13800005678"
    assert b"13800005678" not in bytes(liaison.phone)


def test_a_mail_server_that_is_away_keeps_nobody_else_from_theirs(any_house, liaison, outbox):
    letters(any_house, 2)
    away = Means(mailbox("smtp://127.0.0.1:1?tls=no&from=week@city.example"), FileGateway(outbox), number_of)

    deliver(away, any_house.at)

    assert standings() == {"mail waiting": 2, "text sent": 2}
    assert sorted(Delivery.objects.filter(channel="mail").values_list("tries", flat=True)) == [0, 1]


def test_without_a_mail_server_mails_wait_until_there_is_one(any_house, liaison, means, outbox, post):
    letters(any_house, 1)

    deliver(Means(None, FileGateway(outbox), number_of), any_house.at)
    assert post.came == []
    deliver(means, any_house.at)

    assert len(post.came) == 1


def test_who_is_refused_is_shown_and_the_next_goes_out(any_house, liaison, means, post):
    letters(any_house, 1, frozenset({"mail"}))
    set_contact(liaison, email="nobody@city.example", phone="")
    deliver(means, any_house.at)
    assert standings() == {"mail failed": 1}

    set_contact(liaison, email="li@city.example", phone="")
    send_again(Delivery.objects.get().pk)
    deliver(means, any_house.at)

    assert standings() == {"mail sent": 1}
    assert len(post.came) == 1


def test_who_left_in_mid_week_is_not_written_to(any_house, liaison, means, post, outbox):
    letters(any_house, 1)
    end_seat(liaison.holdings.get(), at=any_house.at)

    deliver(means, any_house.at)

    assert (post.came, texts(outbox)) == ([], [])
    assert standings() == {"mail failed": 1, "text failed": 1}


def test_nothing_is_carried_while_another_has_the_turn(any_house, liaison, means, post):
    """The other one is a process of its own, as a lock of one session is no lock to itself."""
    letters(any_house, 1)
    other = _start(any_house.url, "with turn() as held: print(held, flush=True); time.sleep(60)")
    assert other.stdout.readline() == "True\n"

    assert deliver(means, any_house.at) == 0
    other.kill()
    other.wait()
    _until_free()

    assert deliver(means, any_house.at) == 2
    assert len(post.came) == 1


KILLED = """
class Dies:
    def __init__(self, real): self.real = real
    def send(self, what):
        self.real.send(what)
        print("sent", flush=True)
        time.sleep(60)
"""


@pytest.mark.parametrize("channel", ["mail", "text"])
def test_a_kill_between_sending_and_marking_makes_no_second(any_house, liaison, means, post, outbox, channel):
    letters(any_house, 2, frozenset({channel}))
    real = f"mailbox({post.address!r}), Dies(FileGateway(Path({str(outbox)!r})))"
    if channel == "mail":
        real = f"Dies(mailbox({post.address!r})), FileGateway(Path({str(outbox)!r}))"
    dying = _start(any_house.url, f"{KILLED}\ndeliver(Means({real}, number_of), datetime.now(UTC))")
    assert dying.stdout.readline() == "sent\n"
    os.kill(dying.pid, signal.SIGKILL)
    dying.wait()
    _until_free()

    deliver(means, any_house.at - timedelta(days=900))
    deliver(means, any_house.at + timedelta(days=900))

    if channel == "mail":
        assert len(post.came) == 2
        assert standings() == {"mail sent": 1, "mail unsure": 1}
    else:
        assert len(set(texts(outbox))) == 2  # the gateway takes an id once
        assert standings() == {"text sent": 2}


def test_a_gateway_that_fails_in_the_middle_goes_on_where_it_stopped(any_house, liaison, outbox):
    class Tired:
        left = 2

        def send(self, text) -> None:
            if not Tired.left:
                raise NotSent("the gateway answered 503")
            Tired.left -= 1
            FileGateway(outbox).send(text)

    letters(any_house, 5, frozenset({"text"}))
    deliver(Means(None, Tired(), number_of), any_house.at)
    assert standings() == {"text sent": 2, "text waiting": 3}

    Tired.left = 9
    deliver(Means(None, Tired(), number_of), any_house.at)

    assert len(set(texts(outbox))) == len(texts(outbox)) == 5


def _start(url: str, work: str) -> subprocess.Popen[str]:
    """A process of its own on the same database."""
    code = f"{ELSEWHERE}\n{work}"
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(SOURCE)}
    return subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)


def _until_free() -> None:
    """PostgreSQL gives the lock back when it notices that the session is gone."""
    for _ in range(100):
        with turn() as is_held:
            if is_held:
                return
        time.sleep(0.1)
