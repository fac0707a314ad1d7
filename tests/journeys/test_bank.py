"""A question's way in Chromium: from a file to the bank, handed in by one person, let stand by another."""

from __future__ import annotations

import pytest

TEXT = """1. 手机突然没有信号，又收到银行短信，先做什么？
A. 等信号回来
B. 马上联系运营商和银行
答案：B
解析：号码可能被人补办走了，先挂失，再停用支付。
专题：家里的安全
"""


@pytest.fixture
def second(demo, browser, sign_in):
    """Signed in as the other organiser."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    page = context.new_page()
    sign_in(demo, page, "second")
    yield page
    context.close()


def test_a_question_goes_from_a_file_through_two_people(demo, office, second):
    office.goto(f"{demo.base}/console/bank/import/")
    office.set_input_files("input[type=file]", {"name": "家.txt", "mimeType": "text/plain", "buffer": TEXT.encode()})
    office.get_by_role("button", name="上传并逐行核对").click()
    refused = office.locator("tbody tr").inner_text()
    office.get_by_label("“家里的安全”").select_option("devices")
    office.get_by_role("button", name="按所选专题重新核对").click()
    office.get_by_role("button", name="确认，写入 1 题").click()
    office.goto(f"{demo.base}/console/bank/?q=没有信号&stage=writing")
    code = office.locator("tbody a").inner_text()
    office.get_by_label(f"勾选 {code}").check()
    office.get_by_role("button", name="把勾选的题提交审核").click()

    second.goto(f"{demo.base}/console/bank/review/")
    second.get_by_label(f"通过 {code}", exact=True).check()
    second.get_by_role("button", name="勾选的审核通过").click()
    second.goto(f"{demo.base}/console/bank/questions/{code}/")

    assert "题库里没有专题“家里的安全”" in refused
    assert second.locator("h1 .pill").inner_text() == "已审核"
    assert [each.split(" ")[-1] for each in second.locator("ol.trail li").all_inner_texts()] == [
        "审核通过", "提交审核", "从文件导入",
    ]  # fmt: skip


def test_the_preview_follows_what_is_typed(demo, office):
    office.goto(f"{demo.base}/console/bank/new/")

    office.get_by_label("题干").fill("陌生链接点不点？")
    office.get_by_label("选项").fill("A. 点\nB. 不点")
    office.get_by_label("正确答案").fill("ｂ")

    assert office.locator(".preview-stem").inner_text() == "陌生链接点不点？"
    assert office.locator(".option").all_inner_texts() == ["点", "不点\n✓ 正确"]
