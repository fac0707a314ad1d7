"""The thread from end to end: a phone plays, the wall counts, the console shows, the summary says it."""

from __future__ import annotations

import io
import re
import time

import docx
import httpx
from playwright.sync_api import expect


def figure(page, demo) -> int:
    """Papers finished, as the wall shows them."""
    page.goto(f"{demo.base}/screen/")
    return int(page.locator('[data-metric="quiz.papers"]').inner_text().replace(",", ""))


def play_a_paper(page, demo) -> None:
    page.goto(f"{demo.base}/play/quiz/")
    page.get_by_role("button", name="答今日答卷").click()
    for place in range(10):
        expect(page.locator("input[name=place]")).to_have_value(str(place))
        page.locator("input[name=choice]").first.check()
        time.sleep(0.7)
        page.get_by_role("button", name="提交答案").click()


def test_a_paper_played_on_a_phone_without_scripts_reaches_the_signed_summary(demo, phone, office):
    before = figure(phone, demo)

    play_a_paper(phone, demo)
    expect(phone.locator(".result-score")).to_contain_text("共 10 题")
    expect(phone.locator(".verdict")).to_have_count(1)
    time.sleep(3)
    assert figure(phone, demo) == before + 1

    office.goto(f"{demo.base}/console/")
    expect(office.locator('[data-metric="quiz.papers"]')).to_have_text(str(before + 1))

    office.goto(f"{demo.base}/console/report/")
    office.get_by_role("button", name="定稿一版").click()
    expect(office.get_by_role("heading", level=1)).to_have_text(re.compile("第 1 版"))
    cookies = {each["name"]: each["value"] for each in office.context.cookies()}
    data = httpx.get(f"{demo.base}/console/report/editions/1/summary.docx", cookies=cookies).content
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(data)).paragraphs)
    assert f"完成答卷{before + 1}份" in text


def test_reloading_keeps_the_place_on_the_paper(demo, phone):
    phone.goto(f"{demo.base}/play/quiz/")
    phone.get_by_role("button", name="答今日答卷").click()
    phone.locator("input[name=choice]").first.check()
    time.sleep(0.7)
    phone.get_by_role("button", name="提交答案").click()

    phone.goto(f"{demo.base}/play/quiz/")

    expect(phone.locator("input[name=place]")).to_have_value("1")
    expect(phone.locator(".verdict")).to_have_count(1)


def test_my_data_shows_and_forgets_the_device(demo, phone):
    phone.goto(f"{demo.base}/play/quiz/")
    phone.get_by_role("button", name="答今日答卷").click()
    expect(phone.locator("input[name=place]")).to_have_value("0")
    phone.goto(f"{demo.base}/my-data/")

    phone.locator("form[action$='/my-data/erase/'] button").click()
    phone.wait_for_url("**/my-data/**")

    assert [each["name"] for each in phone.context.cookies()] == []


def test_a_liaison_signs_for_an_own_task(demo, desk, sign_in):
    sign_in(demo, desk, "liaison")
    desk.goto(f"{demo.base}/console/tasks/")
    desk.locator("tbody a").first.click()
    desk.get_by_role("button", name="签收").click()
    expect(desk.locator("main")).to_contain_text("签收任务")


def test_a_liaison_sees_nothing_of_the_report(demo, desk, sign_in):
    sign_in(demo, desk, "liaison")

    assert desk.goto(f"{demo.base}/console/report/").status == 403


def test_the_first_visit_is_light(demo, phone):
    sizes = []
    phone.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))

    phone.goto(f"{demo.base}/")

    assert sum(sizes) < 100_000
