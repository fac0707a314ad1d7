"""Beyond one's own phone: a class, another device, a certificate that somebody else checks."""

from __future__ import annotations

import io
import json
import re
import time

import pdfplumber
import pytest
from playwright.sync_api import BrowserContext, Page, expect


@pytest.fixture
def devices(browser):
    """Make further devices; each has cookies and storage of its own."""
    made: list[BrowserContext] = []

    def make(*, scripts: bool = True) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, locale="zh-CN", java_script_enabled=scripts
        )
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


def keys(demo) -> dict[str, list[str]]:
    """The right options of every question, by its text."""
    code = """
import json
from cyberweek.activities.quiz.snapshot import QuizSnapshot
from cyberweek.component.models import Release
from cyberweek.kernel.codec import decode
items = decode(bytes(Release.objects.get(activity__slug="quiz").body), QuizSnapshot).items
print(json.dumps({item.stem: [item.options[at] if item.options else "对错"[at] for at in item.answer] for item in items}))
"""
    return json.loads(demo.python(code))


def solve(page: Page, right: dict[str, list[str]]) -> None:
    """Answer a paper right to its end."""
    for _place in range(10):
        stem = page.locator(".paper-stem > span").first.inner_text().strip()
        for label in page.locator("fieldset label").all():
            if label.locator("span").last.inner_text().strip() in [each.strip() for each in right[stem]]:
                label.click()
        time.sleep(0.7)
        page.get_by_role("button", name="提交答案").click()
        page.locator(".verdict").wait_for()
        page.locator(".instead button").click()


def class_code(demo) -> str:
    return demo.python("from cyberweek.activities.quiz.models import ClassCode; print(ClassCode.objects.get().text)")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_pupil_plays_in_class_and_nothing_stays_on_the_device(demo, devices, scripts):
    context = devices(scripts=scripts)
    page = context.new_page()
    page.goto(f"{demo.base}/play/quiz/class/")
    page.fill("input[name=code]", class_code(demo).lower())
    page.get_by_role("button", name="进入").click()
    page.get_by_role("button", name="开始答题").click()
    for place in range(10):
        expect(page.locator(".paper-progress")).to_contain_text(f"第 {place + 1} 题")
        page.locator("input[name=choice]").first.check()
        time.sleep(0.7)
        page.get_by_role("button", name="提交答案").click()
        if scripts:
            page.locator(".instead button").click()

    expect(page.locator(".result-score")).to_contain_text("共 10 题")
    kept = [(each["name"].rpartition("_")[0], each["expires"]) for each in context.cookies()]
    assert kept == ([] if scripts else [("cw_guest", -1)])
    assert page.get_by_role("link", name="打印合格证书").count() == 0
    expect(page.get_by_role("button", name="换下一位同学答")).to_be_visible()


def test_a_ticket_is_taken_from_one_device_to_another(demo, devices):
    first, second = devices().new_page(), devices(scripts=False).new_page()
    first.goto(f"{demo.base}/play/quiz/")
    first.get_by_role("button", name="开始练习").click()
    expect(first.locator("progress")).to_have_attribute("value", "0")
    first.goto(f"{demo.base}/my-data/")
    first.get_by_role("button", name="带到另一台设备").click()
    code = first.locator(".code-large").inner_text()

    second.goto(f"{demo.base}/my-data/")
    second.get_by_role("link", name="输入转移码").click()
    second.fill("input[name=code]", code.replace("-", " ").lower())
    second.get_by_role("button", name="带过来").click()

    expect(second.locator(".notice-good")).to_contain_text("带过来了")
    assert participants(demo, first) == participants(demo, second)


def participants(demo, page: Page) -> str:
    ticket = next(each["value"] for each in page.context.cookies() if each["name"] == "cw_ticket")
    return demo.python(
        "from django.conf import settings; from cyberweek.people.ticket import Signer;"
        f"print(Signer(settings.TICKET_KEY).read_ticket({ticket!r}).participant)"
    )


def test_a_certificate_is_checked_by_a_stranger_without_a_network(demo, devices, tmp_path):
    page, stranger = devices().new_page(), devices().new_page()
    page.goto(f"{demo.base}/play/quiz/")
    page.get_by_role("button", name="答今日答卷").click()
    solve(page, keys(demo))
    page.get_by_role("link", name="打印合格证书").click()
    page.fill("input[name=name]", "欧阳㸃")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载证书").click()
    download.value.save_as(tmp_path / "certificate.pdf")
    with pdfplumber.open(io.BytesIO((tmp_path / "certificate.pdf").read_bytes())) as sheet:
        words = sheet.pages[0].extract_text()
    assert "欧阳㸃" in words
    text = signed_text(demo, page)

    stranger.goto(f"{demo.base}/verify/")
    expect(stranger.locator("cw-island")).to_have_attribute("data-state", "mounted")
    stranger.context.set_offline(True)
    said = []
    for pasted in (
        text,
        text.replace(text[30], "A" if text[30] != "A" else "B", 1),
        f"https://x.example/verify/#{text}",
    ):
        stranger.fill("textarea", pasted)
        stranger.get_by_role("button", name="核对").click()
        said.append(stranger.locator("#verdict strong").inner_text())
        stranger.wait_for_timeout(50)

    genuine, forged = "这张证书是真的", "这不是本站签发的证书，或者内容被改过"
    assert said == [genuine, forged, genuine]
    number = re.search(r"编号\s*([0-9a-f]{24})", words)[1]
    expect(stranger.locator("#verdict")).to_contain_text(number)


def test_a_scanned_code_opens_the_page_and_is_checked_at_once(demo, devices):
    page = devices().new_page()
    page.goto(f"{demo.base}/verify/#not.genuine")

    expect(page.locator("#verdict strong")).to_have_text("这不是本站签发的证书，或者内容被改过")
    assert page.url == f"{demo.base}/verify/"


def signed_text(demo, page: Page) -> str:
    """What the code of this device's certificate says."""
    cookie = next(each for each in page.context.cookies() if each["name"].startswith("cw_attempt_"))
    return demo.python(f"""
import os
from django.conf import settings
from cyberweek.certificates import queries, statement
from cyberweek.people.vault import Vault
from cyberweek.plan.models import Activity
activity = Activity.objects.select_related("campaign").get(slug="quiz")
passed = queries.passed_in(activity, {cookie["value"]!r})
made = queries.statement_of(activity, passed, Vault(settings.TICKET_KEY, os.urandom))
print(statement.sign(made, statement.key_from(settings.CERTIFICATE_KEY)))
""")


def test_a_district_is_said_without_a_script_and_counted(demo, devices):
    page = devices(scripts=False).new_page()
    page.goto(f"{demo.base}/play/quiz/")
    page.select_option("select[name=district]", "yuzhong")
    page.get_by_role("button", name="记住").click()
    page.get_by_role("button", name="答今日答卷").click()
    for place in range(10):
        expect(page.locator("input[name=place]")).to_have_value(str(place))
        page.locator("input[name=choice]").first.check()
        time.sleep(0.7)
        page.get_by_role("button", name="提交答案").click()
    expect(page.locator(".result-score")).to_contain_text("共 10 题")

    body = demo.python(
        "from django.db import connection; cursor = connection.cursor();"
        "cursor.execute(\"SELECT body FROM ledger_fact WHERE kind = 'quiz.paper-submitted' ORDER BY n DESC LIMIT 1\");"
        "print(bytes(cursor.fetchone()[0]).decode())"
    )
    assert json.loads(body)["district"] == "yuzhong"
