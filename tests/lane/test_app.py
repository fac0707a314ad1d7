"""The lane over real HTTP: acknowledged means durable, a retry hears the first answer, refusals say why."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import altcha
import httpx
import pytest

from cyberweek.component.services import withdraw
from cyberweek.kernel.clock import system_clock, to_ms
from cyberweek.kernel.windows import Window
from cyberweek.people.ticket import Admission, Signer


def rows(house, kind: str = "quiz.answer-given") -> list:
    store = house.store()
    found = [row for row in store.read_after(0) if row.kind == kind]
    store.close()
    return found


def begin(client, activity) -> dict:
    answer = client.post(f"/lane/quiz/{activity.pk}/begin", json={})
    assert answer.status_code == 200, answer.text
    return answer.json()


def do(client, activity, attempt: str, step: int, choice: list[int]):
    command = {"place": step - 1, "choice": choice}
    return client.post(f"/lane/quiz/{activity.pk}/do", json={"attempt": attempt, "step": step, "command": command})


def play(client, activity) -> tuple[str, list[dict]]:
    begun = begin(client, activity)
    told, step = [begun["told"]], 1
    while told[-1]["next"] is not None:
        told.append(do(client, activity, begun["attempt"], step, [0]).json()["told"])
        step += 1
    return begun["attempt"], told


def test_a_paper_is_played_to_its_end_and_stored(house, open_quiz, serve):
    activity = open_quiz()
    served = serve(activity)

    with served.client() as client:
        _attempt, told = play(client, activity)

    assert (told[-1]["result"]["of"], len(rows(house)), len(rows(house, "quiz.paper-submitted"))) == (4, 4, 1)


def test_a_retry_gets_the_first_answer_and_stores_nothing(house, open_quiz, serve):
    activity = open_quiz()
    served = serve(activity)

    with served.client() as client:
        attempt = begin(client, activity)["attempt"]
        first = do(client, activity, attempt, 1, [0]).json()
        again = do(client, activity, attempt, 1, [1]).json()

    assert (again, len(rows(house))) == (first, 1)


def test_many_retries_at_once_store_one_fact(house, open_quiz, serve):
    activity = open_quiz()
    served = serve(activity)

    with served.client() as client, ThreadPoolExecutor(8) as pool:
        attempt = begin(client, activity)["attempt"]
        answers = list(pool.map(lambda _i: do(client, activity, attempt, 1, [0]).json(), range(8)))

    assert (answers, len(rows(house))) == ([answers[0]] * 8, 1)


def test_an_attempt_goes_on_after_a_kill(house, open_quiz, serve):
    activity = open_quiz()
    first = serve(activity)
    with first.client() as client:
        attempt = begin(client, activity)["attempt"]
        told = do(client, activity, attempt, 1, [0]).json()
    first.kill()

    second = serve(activity)
    with second.client() as client:
        again = do(client, activity, attempt, 1, [0]).json()
        then = do(client, activity, attempt, 2, [0])

    assert (again, then.status_code, len(rows(house))) == (told, 200, 2)


def test_a_fenced_lane_says_that_another_decides(house, open_quiz, serve):
    activity = open_quiz()
    old = serve(activity)
    with old.client() as client:
        attempt = begin(client, activity)["attempt"]
        serve(activity)
        answer = do(client, activity, attempt, 1, [0])
        health = client.get("/lane/health")

    assert (answer.status_code, answer.json(), health.status_code) == (503, {"refused": "moved"}, 503)
    assert rows(house) == []


@pytest.mark.parametrize(("shift", "reason"), [(timedelta(days=2), "not-open"), (timedelta(days=-2), "closed")])
def test_outside_the_window_nothing_begins(house, open_quiz, serve, shift, reason):
    now = datetime.now(UTC) + shift
    activity = open_quiz(window=Window(now - timedelta(hours=1), now + timedelta(hours=1)))

    with serve(activity).client() as client:
        answer = client.post(f"/lane/quiz/{activity.pk}/begin", json={})

    assert (answer.status_code, answer.json()) == (409, {"refused": reason})


def test_withdrawing_stops_what_is_under_way(house, open_quiz, serve):
    activity = open_quiz()
    with serve(activity).client() as client:
        attempt = begin(client, activity)["attempt"]
        withdraw(activity, "test", writer=house.writer, seat=1, at=system_clock())
        time.sleep(1.5)
        answers = [do(client, activity, attempt, 1, [0]), client.post(f"/lane/quiz/{activity.pk}/begin", json={})]

    assert [(each.status_code, each.json()) for each in answers] == [(409, {"refused": "withdrawn"})] * 2
    assert rows(house) == []


@pytest.mark.parametrize(
    ("path", "send", "status", "reason"),
    [
        ("do", {"json": {"attempt": "x" * 60, "step": 1, "command": {}}}, 403, "forged-ticket"),
        ("do", {"content": b"{", "headers": {"content-type": "application/json"}}, 400, "bad-request"),
        ("do", {"content": b"x" * 20_000}, 413, "too-large"),
        ("begin", {"json": {}, "headers": {"sec-fetch-site": "cross-site"}}, 403, "cross-site"),
        ("begin", {"json": {}, "headers": {"origin": "https://elsewhere.example"}}, 403, "cross-site"),
        ("nothing", {"json": {}}, 404, "unknown-address"),
    ],
)
def test_bad_requests_are_refused_by_name(house, open_quiz, serve, path, send, status, reason):
    activity = open_quiz()

    with serve(activity).client() as client:
        answer = client.post(f"/lane/quiz/{activity.pk}/{path}", **send)

    assert (answer.status_code, answer.json()) == (status, {"refused": reason})
    assert rows(house) == []


def test_a_plain_form_plays_by_redirects(house, open_quiz, serve):
    activity = open_quiz()
    with serve(activity).client() as client:
        begun = client.post(f"/lane/quiz/{activity.pk}/begin", data={"back": "/play/quiz/"})
        done = client.post(
            f"/lane/quiz/{activity.pk}/do", data={"back": "/play/quiz/", "step": "1", "place": "0", "choice": "0"}
        )
        wrong = client.post(f"/lane/quiz/{activity.pk}/do", data={"back": "//evil.example/", "step": "2", "place": "1"})

    assert [each.status_code for each in (begun, done, wrong)] == [303, 303, 303]
    assert (done.headers["location"], wrong.headers["location"]) == ("/play/quiz/", "/?refused=impossible-choice")
    assert len(rows(house)) == 1


def test_too_many_from_one_participant_are_told_to_wait(house, open_quiz, serve):
    activity = open_quiz()
    with serve(activity).client() as client:
        statuses = [client.post(f"/lane/quiz/{activity.pk}/begin", json={}).status_code for _ in range(40)]

    assert statuses[:20] == [200] * 20
    assert 429 in statuses[20:]


def odd_client(served) -> httpx.Client:
    """A client that says nothing of its reader's language, as no browser does: its daily papers cost work."""
    return httpx.Client(base_url=served.base, timeout=20)


def test_an_odd_client_does_a_little_work_first(house, open_quiz, serve):
    activity = open_quiz(gives_chances=True)
    path = f"/lane/quiz/{activity.pk}/begin"
    with odd_client(serve(activity)) as client:
        asked = client.post(path, json={})
        solved = altcha.solve_challenge(altcha.Challenge.from_dict(asked.json()["work"]))
        work = altcha.Payload(altcha.Challenge.from_dict(asked.json()["work"]), solved).to_base64()
        begun, again = client.post(path, json={"work": work}), client.post(path, json={"work": work})
        learning = client.post(path, json={"mode": 1})

    assert (asked.status_code, asked.json()["refused"]) == (428, "work-first")
    assert (begun.status_code, learning.status_code) == (200, 200)
    assert (again.status_code, again.json()) == (403, {"refused": "bad-work"})


def test_a_page_without_a_script_waits_instead(house, open_quiz, serve):
    activity = open_quiz(gives_chances=True)
    path, form = f"/lane/quiz/{activity.pk}/begin", {"back": "/play/quiz/", "mode": "0"}
    with odd_client(serve(activity)) as client:
        asked = client.post(path, data=form)
        wait = parse_qs(urlsplit(asked.headers["location"]).query)["wait"][0]
        early = client.post(path, data={**form, "wait": wait})
        time.sleep(5.1)
        begun = client.post(path, data={**form, "wait": wait})

    assert asked.headers["location"].startswith("/play/quiz/?refused=busy&wait=")
    assert early.headers["location"] == asked.headers["location"]
    assert begun.headers["location"] == "/play/quiz/"


def test_live_figures_arrive_as_events(house, open_quiz, serve):
    activity = open_quiz()
    with serve(activity).client() as client:
        play(client, activity)
        seen = ""
        with client.stream("GET", "/lane/live") as stream:
            for line in stream.iter_lines():
                seen += line
                if '"quiz.papers":1' in seen:
                    break

    assert '"quiz.answers":4' in seen


def test_a_chance_is_given_once_a_day_and_never_for_learning(house, open_quiz, serve):
    """Any answer passes: what counts is how often a passed paper earned something, before and after a restart."""
    activity = open_quiz(gives_chances=True, pass_percent=0)
    served = serve(activity)
    with served.client() as client:
        learned = finish(client, activity, mode=1)
        first, second = finish(client, activity), finish(client, activity)
        cookies = client.cookies
    house.count()
    served.kill()
    served = serve(activity)
    with served.client() as client:
        client.cookies = cookies
        third = finish(client, activity)
    with served.client() as client:
        stranger = finish(client, activity)

    assert [learned, first, second, third, stranger] == ["none", "earned", "had", "had", "earned"]
    assert len(rows(house, "chance.earned")) == 2


def test_two_papers_at_once_earn_one_chance(house, open_quiz, serve):
    activity = open_quiz(gives_chances=True, pass_percent=0)
    served = serve(activity)
    with served.client() as client:
        papers = [begin(client, activity)["attempt"] for _ in range(4)]
        for step in (1, 2, 3):
            for attempt in papers:
                do(client, activity, attempt, step, [0])
        with ThreadPoolExecutor(4) as pool:
            said = list(pool.map(lambda attempt: do(client, activity, attempt, 4, [0]).json(), papers))

    assert sorted(each["told"]["result"]["chance"] for each in said) == ["earned", "had", "had", "had"]
    assert len(rows(house, "chance.earned")) == 1


def finish(client, activity, mode: int = 0) -> str:
    """Play a paper to its end; returns what became of its chance."""
    begun = client.post(f"/lane/quiz/{activity.pk}/begin", json={"mode": mode}).json()
    for step in range(1, 5):
        told = do(client, activity, begun["attempt"], step, [0]).json()["told"]
    return told["result"]["chance"]


def test_an_unknown_mode_is_refused(house, open_quiz, serve):
    activity = open_quiz()
    served = serve(activity)

    with served.client() as client:
        answers = [client.post(f"/lane/quiz/{activity.pk}/begin", json={"mode": mode}) for mode in (2, -1, 300, "x")]

    assert [(each.status_code, each.json()["refused"]) for each in answers] == [
        (409, "unknown-mode"), (409, "unknown-mode"), (409, "unknown-mode"), (400, "bad-request"),
    ]  # fmt: skip


def admission(quiz, **changes) -> str:
    """What a class's page holds: signed with the lane's own key."""
    values = {"activity": quiz.pk, "group": 3, "mode": 2, "until": to_ms(system_clock()) + 60_000}
    return Signer(os.environ["CYBERWEEK_TICKET"]).admission(Admission(**(values | changes)))


def test_a_class_paper_leaves_nothing_on_the_device_and_ties_nothing_together(house, open_quiz, serve):
    activity = open_quiz(gives_chances=True, pass_percent=0)
    served = serve(activity)
    with served.client() as client:
        for _paper in range(2):
            begun = client.post(f"/lane/quiz/{activity.pk}/begin", json={"admission": admission(activity)})
            told = [do(client, activity, begun.json()["attempt"], step, [0]).json()["told"] for step in (1, 2, 3, 4)]

        assert (dict(client.cookies), "set-cookie" in begun.headers) == ({}, False)
    papers = rows(house, "quiz.class-paper-submitted")
    assert told[-1]["result"]["chance"] == "none"
    assert [(row.body, row.actor == row.stream) for row in papers] == [(b'{"classroom":3}', True)] * 2
    assert len({row.actor for row in rows(house)}) == 2
    assert rows(house, "chance.earned") == []


def test_a_class_paper_goes_on_after_a_kill(house, open_quiz, serve):
    activity = open_quiz()
    first = serve(activity)
    with first.client() as client:
        begun = client.post(f"/lane/quiz/{activity.pk}/begin", json={"admission": admission(activity)}).json()
        do(client, activity, begun["attempt"], 1, [0])
    first.kill()
    with serve(activity).client() as client:
        statuses = [do(client, activity, begun["attempt"], step, [0]).status_code for step in (1, 2, 3, 4)]

    assert (statuses, len(rows(house)), len(rows(house, "quiz.class-paper-submitted"))) == ([200] * 4, 4, 1)


def test_a_class_without_scripts_keeps_its_paper_until_the_browser_ends(house, open_quiz, serve):
    activity = open_quiz()
    with serve(activity).client() as client:
        fields = {"admission": admission(activity), "back": "/play/quiz/class/X/"}
        begun = client.post(f"/lane/quiz/{activity.pk}/begin", data=fields)
        done = client.post(
            f"/lane/quiz/{activity.pk}/do", data={"guest": "1", "step": 1, "place": 0, "choice": 0, "back": "/x/"}
        )
        ordinary = client.post(f"/lane/quiz/{activity.pk}/do", data={"step": 1, "place": 0, "choice": 0, "back": "/x/"})

    assert (begun.status_code, begun.headers["location"]) == (303, "/play/quiz/class/X/")
    assert list(client.cookies) == [f"cw_guest_{activity.pk}"]
    assert "max-age" not in begun.headers["set-cookie"].lower()
    assert [each.headers["location"] for each in (done, ordinary)] == ["/x/", "/x/?refused=forged-ticket"]
    assert len(rows(house)) == 1


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({"until": 1}, 409, "admission-over"),
        ({"mode": 0}, 409, "unknown-mode"),
        ({"group": 0}, 409, "unknown-mode"),
        ({"activity": 99}, 400, "bad-request"),
    ],
)
def test_an_admission_is_good_for_its_class_its_activity_and_its_time(house, open_quiz, serve, changes, status, reason):
    activity = open_quiz()
    with serve(activity).client() as client:
        answer = client.post(f"/lane/quiz/{activity.pk}/begin", json={"admission": admission(activity, **changes)})
        forged = client.post(f"/lane/quiz/{activity.pk}/begin", json={"admission": admission(activity)[:-2] + "xx"})
        without = client.post(f"/lane/quiz/{activity.pk}/begin", json={"mode": 2})

    assert (answer.status_code, answer.json()) == (status, {"refused": reason})
    assert (forged.status_code, forged.json()) == (403, {"refused": "forged-ticket"})
    assert (without.status_code, without.json()) == (409, {"refused": "unknown-mode"})
    assert rows(house) == []
