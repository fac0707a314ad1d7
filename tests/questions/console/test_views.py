"""The bank's list and one question of it: found, written, changed, handed in, removed."""

from __future__ import annotations

import re

import pytest

FORM = {
    "topic": "fraud", "kind": "single", "stem": "来电要验证码，给不给？", "options": "给\n不给", "answer": "B",
    "explanation": "验证码等于钥匙。", "difficulty": "1", "law_0": "anti-fraud-law", "article_0": "第三十一条",
}  # fmt: skip


def tables() -> tuple[int, int, int]:
    from cyberweek.questions.models import Basis, Question, Step

    return tuple(model.objects.count() for model in (Question, Basis, Step))


def question(code: str):
    from cyberweek.questions.models import Question

    return Question.objects.get(code=code)


def codes(page) -> list[str]:
    """The codes of the list, in its order."""
    return re.findall(r'<td class="nowrap"><a href="/console/bank/questions/([\w-]+)/', page.content.decode())


def said(answer) -> list[str]:
    from django.contrib.messages import get_messages

    return [str(each) for each in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=%E6%98%BE%E7%A4%BA+96110+%E6%9D%A5%E7%94%B5", ["fraud-015"]),
        ("q=fraud-00&kind=multiple", ["fraud-006"]),
        ("law=civil-code", ["devices-010", "passwords-018", "pi-009", "pi-010", "pi-011"]),
        ("topic=fraud&stage=waiting", []),
        ("q=%25", ["fraud-025"]),
    ],
)
def test_questions_are_found_by_words_topic_kind_stage_and_law(browser_of, query, found):
    page = browser_of("office").get(f"/console/bank/?{query}")

    assert (page.status_code, codes(page)) == (200, found)


def test_a_page_of_the_list_that_does_not_exist_is_the_last_one(browser_of):
    browser = browser_of("office")

    assert codes(browser.get("/console/bank/?page=99")) == codes(browser.get("/console/bank/?page=4"))


def test_a_new_question_is_written_and_waits_to_be_handed_in(desk, browser_of):
    answer = browser_of("office").post("/console/bank/new/", FORM)

    code = answer["Location"].split("/")[-2]
    made = question(code)
    assert (made.stage, made.options, made.answer, made.steps.get().seat) == (
        "writing", ["给", "不给"], [1], desk.office,
    )  # fmt: skip
    assert [(each.law, each.article) for each in made.bases.all()] == [("anti-fraud-law", "第三十一条")]


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"stem": " "}, "stem", "这个字段是必填项。"),
        ({"answer": "C"}, "answer", "答案“C”不在选项里；请写成 A 到 B 中的字母，多个答案写成 AB。"),
        ({"kind": "truth", "answer": "也许"}, "answer", "判断题的答案“也许”认不出；请写“对”或“错”。"),
        ({"options": "给\n给", "answer": "A"}, "options", "有两个选项都是“给”；请改掉一个。"),
        ({"article_0": ""}, "law_0", "法律依据没有写清第几条；请写成“第二十三条”这样。"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "valid_from", "有效期的结束早于开始；请核对日期。"),
    ],
)
def test_what_is_no_question_is_told_at_its_field_and_nothing_is_written(browser_of, changes, field, why):
    browser, before = browser_of("office"), tables()

    answer = browser.post("/console/bank/new/", FORM | changes)

    assert (answer.status_code, answer.context["form"].errors[field]) == (422, [why])
    assert tables() == before


def test_a_question_shows_its_saved_self_in_the_form_and_saving_it_changes_nothing(browser_of):
    browser, before = browser_of("office"), tables()
    page = browser.get("/console/bank/questions/devices-019/edit/")

    form = {name: str(value) for name, value in page.context["form"].initial.items() if value}
    answer = browser.post("/console/bank/questions/devices-019/edit/", form | {"seen": page.context["seen"]})

    assert (answer.status_code, question("devices-019").stage, tables()) == (302, "reviewed", before)


def test_a_changed_question_loses_its_review(browser_of):
    browser = browser_of("office")

    answer = browser.post("/console/bank/questions/fraud-001/edit/", FORM | {"seen": question("fraud-001").digest})

    assert answer["Location"] == "/console/bank/questions/fraud-001/"
    assert (question("fraud-001").stage, question("fraud-001").stem) == ("writing", FORM["stem"])


def test_who_was_slower_is_told_and_what_they_wrote_is_kept_in_the_form(browser_of):
    before = question_rows()

    answer = browser_of("office").post("/console/bank/questions/fraud-001/edit/", FORM | {"seen": "0" * 64})

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["别人刚刚改过这道题。请打开新的一页对照后再改。"]
    assert FORM["stem"] in answer.content.decode()
    assert question_rows() == before


def test_a_page_of_a_question_that_is_not_there_is_not_found(browser_of):
    browser = browser_of("office")

    pages = ["questions/nothing-1/", "questions/nothing-1/edit/", "import/99/", "export/doc/"]

    assert [browser.get(f"/console/bank/{page}").status_code for page in pages] == [404] * 4


def test_ticked_questions_are_handed_in_together_or_not_at_all(desk, browser_of, draft):
    from cyberweek.questions.services import add

    one = add(draft(), seat=desk.office, at=desk.at)
    other = add(draft(stem="没有解析的题？", explanation=""), seat=desk.office, at=desk.at)
    browser = browser_of("office")

    refused = browser.post("/console/bank/ask/", {"question": [one.code, other.code]})
    stages = [question(one.code).stage, question(other.code).stage]
    accepted = browser.post("/console/bank/ask/?topic=fraud", {"question": [one.code]})

    assert said(refused) == [f"{other.code} 还没有解析：居民答完要看到为什么。请先补上。"]
    assert stages == ["writing", "writing"]
    assert (said(accepted)[-1], accepted["Location"]) == ("已提交 1 题审核。", "/console/bank/?topic=fraud")
    assert question(one.code).stage == "waiting"


@pytest.mark.parametrize(
    ("ticked", "why"),
    [
        ([], "没有提交任何题：请先勾选编写中的题。"),
        (["fraud-001"], "fraud-001 已经提交或已审核，没有提交任何题。请重新勾选。"),
    ],
)
def test_handing_in_nothing_or_what_is_reviewed_says_why(browser_of, ticked, why):
    before = tables()

    answer = browser_of("office").post("/console/bank/ask/", {"question": ticked})

    assert (said(answer), tables()) == ([why], before)


def test_removing_says_what_became_of_it(desk, browser_of, draft):
    from cyberweek.questions.models import Question
    from cyberweek.questions.services import add

    made = add(draft(), seat=desk.office, at=desk.at)
    browser = browser_of("office")

    own = browser.post(f"/console/bank/questions/{made.code}/remove/")
    bundled = browser.post("/console/bank/questions/fraud-001/remove/")

    assert (own["Location"], bundled["Location"]) == ("/console/bank/", "/console/bank/questions/fraud-001/")
    assert said(bundled) == [f"已删除 {made.code}。", "随系统附带的题不能删除。不想用它，在活动里不选即可。"]
    assert Question.objects.count() == 162


def question_rows() -> list[dict]:
    from cyberweek.questions.models import Question

    return list(Question.objects.values())
