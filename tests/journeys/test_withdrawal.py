"""One press on an incident's page, and how long it takes until nobody can take part any more. Real processes, real clock."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from django.utils.timezone import localdate

from cyberweek.activities.quiz import services
from cyberweek.kernel.clock import system_clock
from tests.factories import people, plan, questions
from tests.factories.incidents import incident

MOST_S = 5.0


@pytest.fixture
def quiz(house):
    """A quiz that is open now, and an incident that concerns it."""
    week, now = plan.campaign(starts=localdate() - timedelta(days=1)), system_clock()
    made = plan.activity(week, 1, slug="quiz", kind="quiz")
    questions.question(1)
    draft = questions.quiz(made, opens=now - timedelta(days=1), closes=now + timedelta(days=1))
    services.publish(draft, writer=house.writer, seat=1, at=now)
    incident(week, writer=house.writer, at=now - timedelta(minutes=5), activity=made)
    return made


def test_one_press_closes_portal_lane_and_screens_within_five_seconds(served, house, quiz):
    session = people.browser(people.staff("duty", "duty")).cookies["sessionid"].value
    served.start()
    duty = httpx.Client(base_url=served.base, cookies={"sessionid": session}, timeout=20)
    resident = httpx.Client(base_url=served.base, headers={"accept-language": "zh-CN"}, timeout=20)
    places: dict[str, Callable[[], bool]] = {
        "portal": lambda: "已由组织单位撤下" in resident.get("/activities/quiz/").text,
        "play": lambda: 'class="empty"><p>主办方已经撤下' in resident.get("/play/quiz/").text,
        "lane": lambda: "withdrawn" in resident.post(f"/lane/quiz/{quiz.pk}/begin", json={}).text,
        "screen": lambda: quiz.name_zh not in _on_air(duty.get("/console/wall/parts/").text),
    }
    assert {name: is_gone() for name, is_gone in places.items()} == dict.fromkeys(places, False)

    page = duty.get("/console/duty/incidents/1/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text).group(1)
    pressed = time.monotonic()
    answer = duty.post(
        "/console/duty/incidents/1/take-away/quiz/",
        data={"csrfmiddlewaretoken": token}, headers={"referer": f"{served.base}/"},
    )  # fmt: skip
    took = {name: _seconds(is_gone, pressed) for name, is_gone in places.items()}

    assert answer.status_code == 302
    assert {name: seconds for name, seconds in took.items() if seconds > MOST_S} == {}


def _on_air(parts: str) -> str:
    """What the command wall says is on."""
    return parts.partition('data-part="air"')[2]


def _seconds(is_gone: Callable[[], bool], since: float) -> float:
    """How long after a moment something was gone; a minute when it stayed."""
    while time.monotonic() - since < 2 * MOST_S:
        if is_gone():
            return time.monotonic() - since
        time.sleep(0.1)
    return 60.0
