"""Every page has no accessibility finding, in both languages, in the elder view, on a phone and at a desk."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

TEXTS = Path(__file__).parents[1] / "plan" / "reader" / "texts"

PUBLIC = [
    "",
    "programme/",
    "programme/?q=nothing-like-this",
    "activities/expo/",
    "themes/",
    "themes/campus/",
    "my-data/",
    "my-data/transfer/take/",
    "play/quiz/",
    "play/quiz/districts/",
    "play/quiz/class/",
    "play/quiz/class/?code=nothing",
    "certificates/quiz/",
    "verify/",
    "draws/",
    "draws/quiz/",
    "draws/quiz/mine/",
    "draws/quiz/verify/",
    "draws/warm-up/",
    "draws/warm-up/mine/",
    "draws/warm-up/check/",
    "draws/warm-up/verify/",
    "screen/",
    "accounts/login/",
    "no-such-page/",
]
CONSOLE = [
    "",
    "plan/",
    "plan/uploads/",
    "inbox/",
    "post/",
    "tasks/",
    "tasks/?state=open",
    "tasks/board/",
    "tasks/calendar/",
    "tasks/units/cac/",
    "tasks/4/sheet/",
    "tasks/import/",
    "tasks/new/",
    "tasks/3/",
    "tasks/4/",
    "activities/",
    "activities/quiz/",
    "activities/expo/",
    "units/",
    "audit/",
    "report/",
    "search/?q=a",
    "wall/",
    "wall/show/",
    "bank/",
    "bank/?look=1",
    "bank/?q=nothing-like-this",
    "bank/new/",
    "bank/review/",
    "bank/alike/",
    "bank/statistics/",
    "bank/export/",
    "bank/import/",
    "bank/import/2/",
    "bank/questions/fraud-001/",
    "bank/questions/fraud-001/edit/",
    "quiz/quiz/",
    "quiz/quiz/questions/",
    "quiz/quiz/preview/",
    "quiz/quiz/districts/",
    "quiz/quiz/classes/",
    "quiz/quiz/classes/1/",
    "prizes/",
    "prizes/quiz/",
    "prizes/warm-up/",
]


def findings(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("language", ["", "en/"])
def test_public_pages_have_no_findings(demo, browser, language, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    found = {}
    for path in PUBLIC:
        page.goto(f"{demo.base}/{language}{path}")
        if problems := findings(page):
            found[path] = problems
    page.close()

    assert found == {}


def test_the_elder_view_has_no_findings(demo, browser):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{demo.base}/")
    page.locator("form[action$='/view/'] button").click()

    assert page.locator("html").get_attribute("data-view") == "elder"
    assert findings(page) == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_console_pages_have_no_findings(demo, browser, sign_in, scheme):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    sign_in(demo, page, "office")
    found = {}
    for path in CONSOLE:
        answer = page.goto(f"{demo.base}/console/{path}")
        problems = findings(page)
        if problems or answer.status != 200:
            found[path] = [answer.status, *problems]
    context.close()

    assert found == {}


def test_reviewing_a_plan_has_no_findings(demo, office):
    """From the upload over a correction and an acceptance to the differences."""
    page = office
    found = {}

    def look(name: str) -> None:
        if problems := findings(page):
            found[name] = problems

    page.goto(f"{demo.base}/console/plan/uploads/")
    page.set_input_files("input[type=file]", str(TEXTS / "district.txt"))
    page.get_by_role("button", name="上传并读取").click()
    look("review")
    page.locator("summary").first.click()
    look("review, opened")
    page.locator("#activities-0").get_by_role("link", name="更正").click()
    look("correct")
    page.get_by_role("button", name="保存").click()
    look("corrected")
    page.get_by_role("link", name="看看有什么不同").click()
    look("differences")

    assert found == {}


def test_a_paper_has_no_findings_whatever_becomes_of_it(demo, browser):
    """Asked, told, kept without a network, waiting, explained later, with its result."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    page, found = context.new_page(), {}

    def look(name: str) -> None:
        page.wait_for_timeout(400)  # until a verdict has faded in
        if problems := findings(page):
            found[name] = problems

    def answer() -> None:
        page.locator("input[name=choice]").first.check()
        time.sleep(0.7)
        page.get_by_role("button", name="提交答案").click()

    page.goto(f"{demo.base}/play/quiz/?unit=education")
    look("for a unit")
    page.get_by_role("button", name="答今日答卷").click()
    page.locator("progress").wait_for()
    look("asked")
    answer()
    page.locator(".verdict").wait_for()
    look("told")
    page.get_by_role("button", name="下一题").click()
    context.set_offline(True)
    for _place in range(9):
        answer()
        page.locator(".kept").wait_for()
        look("kept")
        page.locator(".instead button").click()
    look("waiting")
    context.set_offline(False)
    page.locator(".result-score").wait_for()
    look("explained and finished")
    page.goto(f"{demo.base}/my-data/")
    page.get_by_role("button", name="带到另一台设备").click()
    look("transfer code")
    context.close()

    assert found == {}


def test_staff_pages_have_no_findings(demo, browser, sign_in):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    sign_in(demo, page, "system")
    found = {}
    for path in ("", "staff/", "account/"):
        answer = page.goto(f"{demo.base}/console/{path}")
        if (problems := findings(page)) or answer.status != 200:
            found[path] = [answer.status, *problems]
    page.close()

    assert found == {}
