"""Two lane processes on PostgreSQL and Redis behind nginx: any may be asked, one decides, one may be killed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from cyberweek.component.services import publish
from cyberweek.kernel.clock import system_clock
from tests.lane.conftest import BROWSER, ROOT, free_port, quiz_snapshot, wait_until_up

CONFIGURATION = ROOT / "deploy" / "nginx.conf"


@dataclass
class Cluster:
    """Lane processes behind a real nginx, sharing one PostgreSQL and one Redis."""

    base: str
    url: str
    redis_url: str
    activity: int
    lanes: dict[int, subprocess.Popen] = field(default_factory=dict)
    ports: dict[int, int] = field(default_factory=dict)

    def start(self, number: int) -> None:
        environment = {
            **os.environ, "DATABASE_URL": self.url, "PYTHONPATH": str(ROOT / "src"), "CYBERWEEK_PROXY": "1",
            "VALKEY_URL": self.redis_url, "CYBERWEEK_LANE": str(number), "CYBERWEEK_ADDRESS_RATE": "100000",
        }  # fmt: skip
        command = [sys.executable, "-m", "cyberweek.project.cli", "lane", "--port", str(self.ports[number])]
        self.lanes[number] = subprocess.Popen(command, env=environment, start_new_session=True)
        wait_until_up(f"http://127.0.0.1:{self.ports[number]}")

    def kill(self, number: int, how: int = signal.SIGKILL) -> None:
        os.killpg(self.lanes[number].pid, how)
        if how == signal.SIGKILL:
            self.lanes[number].wait(10)

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.base, timeout=30, headers=BROWSER)

    def directly(self, number: int) -> httpx.Client:
        return httpx.Client(base_url=f"http://127.0.0.1:{self.ports[number]}", timeout=30, headers=BROWSER)

    def rows(self) -> list[tuple]:
        from cyberweek.ledger.connect import open_store

        store = open_store(self.url)
        found = store.execute("SELECT stream, step, kind, actor FROM ledger_fact ORDER BY n")
        store.close()
        return found

    def owners(self) -> Counter:
        from cyberweek.ledger.connect import open_store

        store = open_store(self.url)
        found = store.execute("SELECT holder, count(*) FROM ledger_lease WHERE name LIKE 'lane/%%' GROUP BY holder")
        store.close()
        return Counter(dict(found))


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory) -> Iterator[str]:
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    time.sleep(0.3)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(10)


@pytest.fixture
def cluster(postgres_url, redis_url, tmp_path, django_db_blocker, monkeypatch) -> Iterator[Cluster]:
    from cyberweek.component import ports
    from tests import conftest

    monkeypatch.setattr(ports.opening_gates, "_offers", [])
    redis = __import__("redis").Redis.from_url(redis_url)
    redis.flushall()
    with django_db_blocker.unblock():
        running = conftest._live_in(postgres_url)
        house = next(running)
        activity = _published(house)
        made = Cluster("", postgres_url, redis_url, activity, ports={0: free_port(), 1: free_port()})
        for number in (0, 1):
            made.start(number)
        nginx, made.base = _nginx(tmp_path, made.ports)
        yield made
        nginx.terminate()
        nginx.wait(10)
        for number in made.lanes:
            made.kill(number, signal.SIGCONT)
            made.kill(number)
        next(running, None)


def _published(house) -> int:
    from datetime import date

    from cyberweek.plan.models import Activity, Campaign

    campaign = Campaign.objects.create(
        name_zh="示例网安周", slug="example", area="示例市", starts=date(2026, 11, 23), ends=date(2026, 11, 29), seed="s",
        confirmed_at=house.at,
    )  # fmt: skip
    activity = Activity.objects.create(campaign=campaign, no=1, slug="quiz", kind="quiz", name_zh="示例答题")
    snapshot = quiz_snapshot(activity.pk, gives_chances=True, pass_percent=0)
    publish(activity, snapshot, writer=house.writer, seat=1, at=system_clock())
    return activity.pk


def _nginx(folder: Path, ports: dict[int, int]) -> tuple[subprocess.Popen, str]:
    """The configuration that is shipped, with this test's ports, run by nginx itself."""
    port = free_port()
    text = CONFIGURATION.read_text(encoding="utf-8").replace("listen 8080", f"listen 127.0.0.1:{port}")
    for number, shipped in ((0, 8101), (1, 8102)):
        text = re.sub(rf"127\.0\.0\.1:{shipped}\b", f"127.0.0.1:{ports[number]}", text)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off; worker_processes 1; pid {folder}/nginx.pid; events {{ worker_connections 512; }}\n"
        f"http {{ access_log off; {temporary}\n{text}\n}}\n"
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([program, "-e", folder / "error.log", "-c", file], stderr=subprocess.DEVNULL)
    wait_until_up(f"http://127.0.0.1:{port}")
    return process, f"http://127.0.0.1:{port}"


def ask(client: httpx.Client, path: str, body: dict) -> dict:
    """Ask as a phone does: again after a moment, while the answer is 'later' or there is none."""
    for _ in range(200):
        try:
            answer = client.post(path, json=body)
        except httpx.TransportError:
            time.sleep(0.05)
            continue
        if answer.status_code == 200:
            return answer.json()
        assert answer.status_code in (429, 502, 503, 504), (answer.status_code, answer.text)
        time.sleep(0.05)
    raise AssertionError("no answer")


def play(cluster: Cluster, client: httpx.Client, told: dict) -> str:
    """Play a paper to its end, remember what was told, and return what became of the chance."""
    begun = ask(client, f"/lane/quiz/{cluster.activity}/begin", {})
    for step in range(1, 5):
        body = {"attempt": begun["attempt"], "step": step, "command": {"place": step - 1, "choice": [0]}}
        said = ask(client, f"/lane/quiz/{cluster.activity}/do", body)
        told[begun["attempt"], step] = said
        assert ask(client, f"/lane/quiz/{cluster.activity}/do", body) == said
    return said["told"]["result"]["chance"]


def test_many_people_play_through_nginx_and_both_processes_decide(cluster):
    told: dict = {}

    def person(_number: int) -> list[str]:
        with cluster.client() as client:
            return [play(cluster, client, told) for _ in range(2)]

    with ThreadPoolExecutor(8) as pool:
        chances = list(pool.map(person, range(40)))

    rows = cluster.rows()
    assert chances == [["earned", "had"]] * 40
    assert Counter(kind for *_, kind, _actor in rows)["quiz.answer-given"] == 320
    assert len({(stream, step) for stream, step, *_ in rows if stream}) == len(told) + 1
    assert len(cluster.owners()) == 2


def test_the_wrong_process_hands_a_request_on_and_the_answer_is_the_same(cluster):
    told: dict = {}
    with cluster.directly(0) as first, cluster.directly(1) as second:
        begun = ask(first, f"/lane/quiz/{cluster.activity}/begin", {})
        second.cookies = first.cookies
        for step, client in ((1, second), (2, first), (3, second)):
            body = {"attempt": begun["attempt"], "step": step, "command": {"place": step - 1, "choice": [0]}}
            told[step] = ask(client, f"/lane/quiz/{cluster.activity}/do", body)
        again = ask(second, f"/lane/quiz/{cluster.activity}/begin", {})

    assert [told[step]["told"]["next"]["place"] for step in (1, 2, 3)] == [1, 2, 3]
    assert again["attempt"] != begun["attempt"]
    assert list(cluster.owners().values()) == [1]


def test_one_process_is_killed_in_the_middle_and_nobody_loses_an_answer(cluster):
    told: dict = {}
    stop = threading.Event()

    def person(_number: int) -> None:
        with cluster.client() as client:
            while not stop.is_set():
                play(cluster, client, told)

    with ThreadPoolExecutor(12) as pool:
        playing = [pool.submit(person, number) for number in range(12)]
        for victim in (0, 1, 0):
            time.sleep(1.5)
            cluster.kill(victim)
            time.sleep(1.5)
            cluster.start(victim)
        time.sleep(1)
        stop.set()
        for each in playing:
            each.result(60)

    from cyberweek.people.ticket import Signer

    signer = Signer(os.environ["CYBERWEEK_TICKET"])
    answers = Counter((stream, step) for stream, step, kind, _actor in cluster.rows() if kind == "quiz.answer-given")
    acknowledged = {(signer.read_attempt(attempt).stream, step) for attempt, step in told}
    assert len(told) > 200
    assert acknowledged - set(answers) == set()
    assert set(answers.values()) == {1}
    chances = Counter(actor for *_, kind, actor in cluster.rows() if kind == "chance.earned")
    assert set(chances.values()) == {1}


def test_a_process_that_hung_is_fenced_when_it_wakes(cluster):
    told: dict = {}
    with cluster.directly(0) as client:
        begun = ask(client, f"/lane/quiz/{cluster.activity}/begin", {})
        body = {"attempt": begun["attempt"], "step": 1, "command": {"place": 0, "choice": [0]}}
        told[1] = ask(client, f"/lane/quiz/{cluster.activity}/do", body)
        cookies = client.cookies
    cluster.kill(0, signal.SIGSTOP)
    with cluster.directly(1) as other:
        other.cookies = cookies
        body = {"attempt": begun["attempt"], "step": 2, "command": {"place": 1, "choice": [0]}}
        told[2] = ask(other, f"/lane/quiz/{cluster.activity}/do", body)
    cluster.kill(0, signal.SIGCONT)
    with cluster.directly(0) as client:
        client.cookies = cookies
        body = {"attempt": begun["attempt"], "step": 3, "command": {"place": 2, "choice": [0]}}
        told[3] = ask(client, f"/lane/quiz/{cluster.activity}/do", body)

    assert [told[step]["told"]["next"]["place"] for step in (1, 2, 3)] == [1, 2, 3]
    assert [step for _stream, step, kind, _actor in cluster.rows() if kind == "quiz.answer-given"] == [1, 2, 3]


def test_without_redis_the_leases_still_say_who_decides(cluster):
    told: dict = {}
    redis = __import__("redis").Redis.from_url(cluster.redis_url)
    with cluster.client() as client:
        play(cluster, client, told)
        redis.execute_command("CLIENT", "PAUSE", "4000")
        assert play(cluster, client, told) == "had"
    with cluster.client() as stranger:
        assert play(cluster, stranger, told) == "earned"


def test_two_processes_never_have_the_same_number(cluster):
    environment = {
        **os.environ, "DATABASE_URL": cluster.url, "PYTHONPATH": str(ROOT / "src"), "VALKEY_URL": cluster.redis_url,
        "CYBERWEEK_LANE": "0",
    }  # fmt: skip
    command = [sys.executable, "-m", "cyberweek.project.cli", "lane", "--port", str(free_port())]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)

    assert done.returncode != 0
    assert "each process needs its own CYBERWEEK_LANE" in done.stderr
