"""From a passed paper to a prize, on a phone: chance, receipt, claim, list, verification, erasure."""

from __future__ import annotations

import json
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from cyberweek.prizes import receipt

PHONE = "10000000001"
ANSWERS = """
import json
from cyberweek.activities.quiz.snapshot import QuizSnapshot
from cyberweek.component.models import Visibility
from cyberweek.kernel.codec import decode
release = Visibility.objects.get(activity__slug="quiz").release
items = decode(bytes(release.body), QuizSnapshot).items
print(json.dumps({each.stem: [each.options[n] for n in each.answer] if each.options else each.answer for each in items}))
"""


def findings(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


def give_right_answer(page, answers: dict[str, list]) -> None:
    """Choose what the release says is right, wherever this paper shows it."""
    legend = page.locator("legend.paper-stem")
    kind = legend.locator("span").inner_text()
    for right in answers[legend.inner_text().removesuffix(kind).strip()]:
        if isinstance(right, int):
            page.locator(f"input[name=choice][value='{right}']").check()
        else:
            page.locator("label.option", has=page.get_by_text(right, exact=True)).locator("input").check()
    time.sleep(0.7)
    page.get_by_role("button", name="提交答案").click()


def test_a_passed_paper_gives_a_chance_with_a_receipt(demo, phone, tmp_path):
    answers = json.loads(demo.python(ANSWERS))
    phone.goto(f"{demo.base}/play/quiz/")
    phone.get_by_role("button", name="答今日答卷").click()
    for place in range(10):
        expect(phone.locator("input[name=place]")).to_have_value(str(place))
        give_right_answer(phone, answers)

    expect(phone.locator("#result")).to_contain_text("恭喜！今天的抽奖机会到手了")
    time.sleep(3)
    phone.get_by_role("link", name="看我的抽奖机会").click()
    expect(phone.locator(".tally-figure")).to_have_text("1")
    with phone.expect_download() as download:
        phone.locator(".receipts a").click()
    download.value.save_as(tmp_path / "receipt.json")
    said = receipt.read((tmp_path / "receipt.json").read_bytes())
    assert (len(said.code), len(said.proof), said.count) == (16, 16, 0)

    phone.context.clear_cookies()
    phone.goto(f"{demo.base}/draws/quiz/mine/")
    expect(phone.locator("main")).to_contain_text("这台设备还没有抽奖机会")
    phone.get_by_role("link", name="我有凭证").click()
    phone.set_input_files("input[name=file]", tmp_path / "receipt.json")
    phone.get_by_role("button", name="查询").click()
    expect(phone.locator("main .notice")).to_contain_text("有效。名单还没有封存")


@pytest.fixture
def winner(draw_served, browser):
    """The phone of whoever drew rank 1, and the house that it visits."""
    served = draw_served("claiming", chances=40)
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    ticket = served.made.ticket_of(served.made.chance_of_rank(1))
    context.add_cookies([{"name": "cw_ticket", "value": ticket, "url": served.base}])
    yield served, context.new_page()
    context.close()


def claim(served, page, look=lambda _name: None) -> None:
    """From the chance to the sealed address, with a wrong turn on the way."""
    page.goto(f"{served.base}/draws/quiz/mine/")
    expect(page.locator(".win")).to_contain_text("第 1 名")
    look("mine")
    page.get_by_role("button", name="领奖").click()
    look("claim")
    page.get_by_role("button", name="发送验证码").click()
    expect(page.locator(".field-error")).to_have_count(3)
    look("claim, refused")
    page.fill("input[name=phone]", PHONE)
    page.check("input[name=agree]")
    page.check("input[name=age]")
    page.get_by_role("button", name="发送验证码").click()
    expect(page.locator("main")).to_contain_text("100******01")
    look("code")
    words = served.made.texts()[-1]["words"]
    page.fill("input[name=code]", words[words.index("验证码 ") + 4 :][:6])
    page.get_by_role("button", name="确认领奖").click()
    expect(page.locator("h1")).to_have_text("领到了")
    look("done")
    page.fill("input[name=name]", "收件人")
    page.fill("textarea[name=address]", "示例市示例路 1 号")
    page.get_by_role("button", name="保存地址").click()
    expect(page.locator(".notice-good")).to_contain_text("地址已经收到")
    look("done, with address")


def test_a_winner_claims_and_stands_masked_in_the_list(winner):
    served, page = winner
    problems = {}

    def look(name: str) -> None:
        if found := findings(page):
            problems[name] = found

    claim(served, page, look)
    page.goto(f"{served.base}/draws/quiz/")
    expect(page.locator("#winners tbody tr")).to_have_text(["1保温杯100******01"])
    look("draw")

    assert problems == {}


def test_anybody_does_the_draw_again_in_the_browser(winner, tmp_path):
    served, page = winner
    page.goto(f"{served.base}/draws/quiz/mine/")
    with page.expect_download() as download:
        page.locator(".receipts a").click()
    download.value.save_as(tmp_path / "receipt.json")
    page.goto(f"{served.base}/draws/quiz/verify/")
    page.get_by_role("button", name="核对整个抽奖").click()
    expect(page.locator(".notice-good").first).to_contain_text("核对无误", timeout=20_000)
    page.set_input_files("#receipt-file", tmp_path / "receipt.json")
    expect(page.locator("#receipt-text")).to_have_value((tmp_path / "receipt.json").read_text())
    page.get_by_role("button", name="核对我的凭证").click()
    expect(page.locator(".notice-good").last).to_contain_text("在封存的名单里")

    assert findings(page) == []


def test_a_claimant_goes_and_no_figure_moves(winner):
    from cyberweek.ledger.queries import counts

    served, page = winner
    claim(served, page)
    served.made.house.count()
    before = counts()
    page.locator("details.erase summary").click()
    page.get_by_role("button", name="删除").click()
    expect(page.locator("h1")).to_have_text("领奖信息已经删除")
    served.made.house.count()

    assert (findings(page), counts()) == ([], before)
    page.goto(f"{served.base}/draws/quiz/")
    expect(page.locator("#winners")).to_have_count(0)


@pytest.mark.parametrize("phase", ["closed", "listed", "over", "erased"])
def test_the_checklist_has_no_findings_at_any_step(draw_served, browser, phase):
    from django.test import Client

    served = draw_served(phase, chances=20)
    if phase in ("over", "erased"):
        served.made.claim(1, PHONE)
    problems = {}
    page = _signed_in(browser, served, Client())
    for path in ("prizes/", "prizes/quiz/"):
        assert page.goto(f"{served.base}/console/{path}").status == 200
        for summary in page.locator("main summary").all():
            summary.click()
        if found := findings(page):
            problems[path] = found
    page.context.close()

    assert problems == {}


def test_writing_rules_has_no_findings(draw_served, browser):
    from django.test import Client

    from cyberweek.plan.models import Activity

    served = draw_served("earning")
    Activity.objects.create(campaign=served.made.activity.campaign, no=2, slug="second", kind="quiz", name_zh="第二个")
    page, problems = _signed_in(browser, served, Client()), {}

    def look(name: str) -> None:
        if found := findings(page):
            problems[name] = found

    page.goto(f"{served.base}/console/prizes/second/")
    look("no draw")
    page.get_by_role("link", name="起草规则").click()
    page.fill("input[name=prize-0-name_zh]", "保温杯")
    page.fill("input[name=prize-0-count]", "2")
    page.get_by_role("button", name="保存规则").click()
    expect(page.locator(".field-error")).to_have_count(1)
    look("rules, refused")
    page.fill("textarea[name=sources]", "某日上证指数收盘")
    page.get_by_role("button", name="保存规则").click()
    expect(page.locator(".finding")).not_to_have_count(0)
    look("faults")
    page.context.close()

    assert problems == {}


def _signed_in(browser, served, client):
    """The first officer's browser, signed in as the test client is."""
    from allauth.mfa.totp.internal import auth as totp

    staff = served.made.officers[0].holdings.get().staff
    totp.TOTP.activate(staff, totp.generate_totp_secret())
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": served.base}])
    return context.new_page()
