"""People get their seats from a list, come in by a link, and come back after a lost second factor: in a real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.factories.workbooks import workbook

LIST = workbook(
    [["单位", "登录名", "称呼"], ["市公安局", "police-1", "小李"], ["", "police-2", ""]], merged=[(1, 0, 2, 0)]
)
OWN = "a-long-password-of-ones-own"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def another(browser: Browser):
    """Browsers of other people."""
    made = []

    def open_one() -> Page:
        made.append(browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN"))
        return made[-1].new_page()

    yield open_one
    for each in made:
        each.close()


def has_no_finding(page: Page) -> bool:
    return Axe().run(page).response["violations"] == []


def test_a_list_a_link_and_a_first_sign_in(demo, desk, sign_in, another):
    sign_in(demo, desk, "system")
    desk.goto(f"{demo.base}/console/seats/list/")
    desk.set_input_files("input[type=file]", {"name": "seats.xlsx", "mimeType": SHEET, "buffer": LIST})
    desk.get_by_role("button", name="上传并核对").click()
    assert has_no_finding(desk)
    desk.get_by_role("button", name="安排 2 个岗位").click()
    desk.get_by_role("button", name="生成链接并显示").click()
    assert has_no_finding(desk)
    address = desk.locator(".slip", has_text="police-1").locator("code").inner_text()

    phone = another()
    phone.goto(address)
    assert has_no_finding(phone)
    phone.fill("input[name=password]", OWN)
    phone.fill("input[name=again]", OWN)
    phone.get_by_role("button", name="设置密码").click()
    expect(phone.locator(".messages")).to_contain_text("密码已设置")
    phone.fill("input[name=login]", "police-1")
    phone.fill("input[name=password]", OWN)
    phone.get_by_role("button", name="登录", exact=True).click()
    phone.fill("input[name=password]", OWN)
    phone.get_by_role("button", name="确认").click()

    expect(phone.locator("input[name=code]")).to_be_visible()


def test_a_lost_second_factor_comes_back_by_two_people(demo, desk, sign_in, another):
    phone = another()
    phone.goto(f"{demo.base}/accounts/login/")
    phone.fill("input[name=login]", "juror")
    phone.fill("input[name=password]", "cyberweek-demo")
    phone.get_by_role("button", name="登录", exact=True).click()
    phone.get_by_role("link", name="手机丢了").click()
    phone.get_by_role("button", name="请求找回").click()
    assert has_no_finding(phone)

    sign_in(demo, desk, "system")
    desk.goto(f"{demo.base}/console/recoveries/")
    desk.locator("button[aria-label^=同意]").click()
    second = another()
    sign_in(demo, second, "security")
    second.goto(f"{demo.base}/console/recoveries/")
    assert has_no_finding(second)
    second.locator("button[aria-label^=同意]").click()
    phone.goto(second.locator(".slip-link").inner_text())
    assert has_no_finding(phone)
    phone.fill("input[name=password]", "cyberweek-demo")
    phone.get_by_role("button", name="回来").click()
    phone.fill("input[name=password]", "cyberweek-demo")
    phone.get_by_role("button", name="确认").click()

    expect(phone.locator("input[name=code]")).to_be_visible()
