"""A paper on a phone whose network comes and goes: nothing is asked twice, nothing is lost, nothing is counted twice."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

NEXT, FINISH = "下一题", "看结果"


@pytest.fixture
def mobile(browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    yield context
    context.close()


def begin(page: Page, demo) -> None:
    page.goto(f"{demo.base}/play/quiz/")
    page.get_by_role("button", name="答今日答卷").click()
    expect(page.locator("progress")).to_have_attribute("value", "0")


def answer(page: Page) -> None:
    """Choose the first option and submit; a person takes a moment."""
    page.locator("input[name=choice]").first.check()
    time.sleep(0.7)
    page.get_by_role("button", name="提交答案").click()


def go_on(page: Page) -> None:
    page.get_by_role("button", name=NEXT).or_(page.get_by_role("button", name=FINISH)).click()


def answers_of(demo, context: BrowserContext) -> list[int]:
    """The places that the ledger has of this device's answers, in the order in which they were stored."""
    ticket = next(each["value"] for each in context.cookies() if each["name"] == "cw_ticket")
    code = f"""
import json, msgspec
from django.conf import settings
from django.db import connection
from cyberweek.people.ticket import Signer
who = Signer(settings.TICKET_KEY).read_ticket({ticket!r}).participant
with connection.cursor() as cursor:
    cursor.execute("SELECT body FROM ledger_fact WHERE actor = %s AND kind = 'quiz.answer-given' ORDER BY n", [who])
    print(json.dumps([msgspec.json.decode(bytes(row[0]))["place"] for row in cursor.fetchall()]))
"""
    return json.loads(demo.python(code))


def test_a_paper_goes_on_without_a_network_and_comes_in_after_the_tab_was_closed(demo, mobile):
    page = mobile.new_page()
    begin(page, demo)
    for _place in range(3):
        answer(page)
        expect(page.locator(".verdict")).to_have_count(1)
        go_on(page)

    mobile.set_offline(True)
    for place in range(3, 10):
        answer(page)
        expect(page.locator(".kept")).to_contain_text("存在这台手机上")
        assert page.locator(".verdict").count() == 0
        go_on(page)
        if place < 9:
            expect(page.locator(".pill-warn")).to_have_text(f"{place - 2} 个答案待送出")
    expect(page.locator(".waiting")).to_contain_text("有 7 个答案")
    page.close()
    assert answers_of(demo, mobile) == [0, 1, 2]

    mobile.set_offline(False)
    page = mobile.new_page()
    page.goto(f"{demo.base}/play/quiz/")

    expect(page.locator(".result-score")).to_contain_text("共 10 题")
    expect(page.locator(".verdict")).to_have_count(7)
    assert answers_of(demo, mobile) == list(range(10))
    page.reload()
    expect(page.locator(".result-score")).to_contain_text("共 10 题")
    assert page.evaluate("localStorage.length") == 0
    assert answers_of(demo, mobile) == list(range(10))


def test_the_network_comes_back_in_the_middle_and_explanations_follow(demo, mobile):
    page = mobile.new_page()
    begin(page, demo)
    mobile.set_offline(True)
    for _place in range(2):
        answer(page)
        go_on(page)

    mobile.set_offline(False)

    expect(page.locator("summary")).to_have_text("看补上的解释（2 题）")
    page.locator("summary").click()
    expect(page.locator("details .verdict")).to_have_count(2)
    answer(page)
    expect(page.locator("form .verdict")).to_have_count(1)
    assert answers_of(demo, mobile) == [0, 1, 2]


def test_an_answer_whose_reply_was_lost_is_counted_once(demo, mobile):
    """The server stores it, the phone never hears of that, and the page is opened anew."""
    page = mobile.new_page()
    begin(page, demo)
    lost: list[int] = []

    def lose_the_reply(route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/lane/quiz/*/do", lose_the_reply)
    answer(page)
    expect(page.locator(".kept")).to_have_count(1)
    assert (set(lost), answers_of(demo, mobile)) == ({200}, [0])
    page.close()

    page = mobile.new_page()
    page.goto(f"{demo.base}/play/quiz/")

    expect(page.locator("summary")).to_have_text("看补上的解释（1 题）")
    expect(page.locator("progress")).to_have_attribute("value", "1")
    assert answers_of(demo, mobile) == [0]


def test_requests_that_never_arrive_are_sent_until_one_does(demo, mobile):
    """Every other request dies on its way, before or after the server has seen it."""
    page = mobile.new_page()
    begin(page, demo)
    tries: list[str] = []

    def drop_some(route) -> None:
        tries.append(route.request.post_data or "")
        if len(tries) % 4 == 1:
            route.abort()
        elif len(tries) % 4 == 3:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/lane/quiz/*/do", drop_some)
    for _place in range(10):
        answer(page)
        expect(page.locator(".kept, form .verdict").first).to_be_visible()
        go_on(page)

    expect(page.locator(".result-score")).to_contain_text("共 10 题", timeout=60_000)
    assert answers_of(demo, mobile) == list(range(10))


def test_answers_that_come_too_late_are_said_to_be(demo, mobile):
    page = mobile.new_page()
    begin(page, demo)
    page.route("**/lane/quiz/*/do", lambda route: route.fulfill(status=409, json={"refused": "closed"}))

    answer(page)

    expect(page.locator(".notice-error")).to_contain_text("过了这份答卷的最后时间")
    page.get_by_role("button", name="知道了").click()
    page.wait_for_load_state()
    assert page.evaluate("localStorage.length") == 0
