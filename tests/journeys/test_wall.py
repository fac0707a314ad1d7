"""The command wall in a real browser: it follows, waits out what breaks, and does not grow in a night."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils.timezone import localdate
from playwright.sync_api import expect

from cyberweek.kernel.clock import system_clock
from cyberweek.screen import passes
from cyberweek.supervision.services import assign_all
from tests.factories import plan, questions
from tests.factories.facts import answered

NIGHT = 8


@pytest.fixture
def week(house):
    made = plan.campaign(starts=localdate() - timedelta(days=1))
    quiz = plan.activity(made, 1, slug="quiz", kind="quiz")
    questions.quiz(quiz)
    for no in range(1, 6):
        plan.task(made, no)
    assign_all(made, writer=house.writer, seat=1, at=house.at)
    house.writer.append_all([answered(activity=quiz.pk, participant=no, at=house.at, stream=no) for no in range(1, 8)])
    house.count()
    return made


@pytest.fixture
def display(served, browser, week):
    """A display with a pass, and nobody signed in."""
    token = passes.give("东墙", seat=1, at=system_clock(), randomness=os.urandom)
    served.start()
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    context.add_cookies([{"name": passes.COOKIE, "value": token, "url": f"{served.base}/console/wall/"}])
    yield context.new_page()
    context.close()


def opened(page, served) -> list[str]:
    """Open the wall; returns what the browser complains of from now on."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(f"{served.base}/console/wall/show/")
    expect(page.locator("cw-island")).to_have_attribute("data-live", "on")
    page.evaluate("window.sameDocument = true")
    return complaints


def figures(week) -> str:
    quiz = week.activities.get(slug="quiz")
    return f'[data-metric="quiz.participants/{quiz.pk}"]'


def test_every_chart_has_its_table_and_the_wall_no_finding(display, served, week):
    complaints = opened(display, served)

    assert display.locator("[data-chart] canvas").count() == 3
    swaps = display.get_by_role("button", name="看表格")
    swaps.first.click()
    expect(display.locator("[data-chart=days] table")).to_be_visible()
    expect(display.locator("[data-chart=days] tbody tr")).to_have_text(["第 1 号展7000000"])
    found = Axe().run(display).response["violations"]

    assert [each["id"] for each in found] == []
    assert complaints == []


def test_the_wall_follows_facts_and_survives_a_restart_and_a_lost_network_by_itself(display, served, week, house):
    opened(display, served)
    expect(display.locator(figures(week))).to_have_text("7")

    served.stop()
    expect(display.locator("cw-island")).to_have_attribute("data-live", "lost", timeout=20_000)
    quiz = week.activities.get(slug="quiz")
    house.writer.append(answered(activity=quiz.pk, participant=8, at=house.at, stream=8))
    served.start()
    expect(display.locator(figures(week))).to_have_text("8", timeout=20_000)

    display.context.set_offline(True)
    display.context.set_offline(False)
    expect(display.locator("cw-island")).to_have_attribute("data-live", "on", timeout=20_000)
    assert display.evaluate("window.sameDocument") is True


def test_a_pass_that_was_taken_back_shuts_the_wall(display, served, week):
    from cyberweek.screen.models import WallPass

    display.clock.install()
    opened(display, served)
    passes.take_back(WallPass.objects.get().pk)

    display.clock.run_for(61_000)

    display.wait_for_url("**/accounts/login/**")


def test_memory_is_flat_over_a_night_after_another(display, served, week):
    display.clock.install()
    opened(display, served)
    probe = display.context.new_cdp_session(display)
    probe.send("Performance.enable")
    asked = []
    display.on("response", lambda answer: asked.append(answer.url) if answer.url.endswith("/parts/") else None)

    after = []
    for _hour in range(2 * NIGHT):
        for _step in range(12):
            with display.expect_response("**/parts/"):
                display.clock.run_for(300_000)
        after.append(kept(probe))

    (_nodes, listeners, heap), (nodes, later_listeners, later_heap) = (
        after[NIGHT - 1],
        after[-1],
    )  # caches fill in the first
    assert len(asked) >= 2 * NIGHT * 12
    assert later_listeners == listeners
    assert nodes < min(each[0] for each in after) + 100, "what the server sent earlier is still held"
    assert later_heap < heap * 1.05


def kept(probe) -> tuple[int, int, int]:
    """DOM nodes, listeners and bytes of script memory that nobody could give back."""
    for _once in range(2):
        probe.send("HeapProfiler.collectGarbage")
    found = {each["name"]: each["value"] for each in probe.send("Performance.getMetrics")["metrics"]}
    return int(found["Nodes"]), int(found["JSEventListeners"]), int(found["JSHeapUsedSize"])
