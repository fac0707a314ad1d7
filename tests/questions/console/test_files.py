"""Files in the console: a dry run that says what each row does, once, whole, and for whoever confirms first."""

from __future__ import annotations

import io

import pytest

CSV = (
    "题型,题目,选项A,选项B,正确答案,解析,分类\n"
    "单选题,垃圾短信举报发到哪个号码？,12321,110,A,12321 是受理中心。,防范电信网络诈骗\n"
    "单选题,反诈专线是？,96110,12306,C,记住它。,防范电信网络诈骗\n"
    "判断题,密码可以写在工位上。,,,×,别人看得见。,办公安全\n"
)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"
ENTITIES = b"<?xml version='1.0'?><!DOCTYPE q [<!ENTITY a 'b'>]><quiz>&a;</quiz>"


def upload(browser, text: str | bytes = CSV, name: str = "bank.csv"):
    data = text.encode() if isinstance(text, str) else text
    file = io.BytesIO(data)
    file.name = name
    return browser.post("/console/bank/import/", {"file": file})


def tables() -> tuple[int, int, int]:
    from cyberweek.questions.models import BankUpload, Question, Step

    return tuple(model.objects.count() for model in (Question, Step, BankUpload))


def said(answer) -> list[str]:
    from django.contrib.messages import get_messages

    return [str(each) for each in get_messages(answer.wsgi_request)]


def rows(page) -> list[tuple[str, str, str]]:
    """Where each row stands, what becomes of it, and why not."""
    return [
        (str(each["at"]), each["line"].verdict.value, "" if each["fault"] is None else each["fault"]["said"])
        for each in page.context["rows"]
    ]


def test_a_file_is_shown_row_by_row_before_anything_is_written(browser_of):
    browser, before = browser_of("office"), tables()

    page = browser.get(upload(browser)["Location"])

    assert rows(page) == [
        ("第 2 行", "new", ""),
        ("第 3 行", "refused", "答案“C”不在选项里；请写成 A 到 B 中的字母，多个答案写成 AB。"),
        ("第 4 行", "refused", "题库里没有专题“办公安全”；请在上面选它归到哪个专题。"),
    ]
    assert tables() == (*before[:2], 1)


def test_a_topic_is_chosen_and_the_rows_are_compared_anew(browser_of):
    browser = browser_of("office")
    where = upload(browser)["Location"]

    answer = browser.post(f"{where}topics/", {"topic_0": "passwords"})

    assert [each[1] for each in rows(browser.get(answer["Location"]))] == ["new", "refused", "new"]


def test_confirming_writes_what_was_shown_and_a_second_time_says_that_it_is_done(browser_of):
    from cyberweek.questions.models import Question

    browser, before = browser_of("office"), tables()
    where = upload(browser)["Location"]
    seen = {"seen": browser.get(where).context["plan"].digest}

    first, second = browser.post(f"{where}confirm/", seen), browser.post(f"{where}confirm/", seen)

    assert (first["Location"], second["Location"]) == ("/console/bank/", "/console/bank/import/")
    assert said(second) == [
        "已导入：新建 1 题，修改 0 题。它们要提交审核，由另一个人看过以后才能用。",
        "这份文件已经由别人导入或放弃，没有再导入一次。",
    ]
    assert tables() == (before[0] + 1, before[1] + 1, 0)
    assert Question.objects.get(steps__act="imported").options == ["12321", "110"]


def test_what_was_not_looked_at_is_not_written(browser_of):
    browser, before = browser_of("office"), tables()
    where = upload(browser)["Location"]

    answer = browser.post(f"{where}confirm/", {"seen": "something else"})

    assert (answer["Location"], tables()) == (where, (*before[:2], 1))
    assert said(answer) == ["题库在您核对的时候变了，还没有导入。下面是按现在的题库重新比对的结果，请再看一遍。"]


def test_the_same_file_again_shows_that_everything_is_there_and_offers_nothing_to_confirm(browser_of):
    browser = browser_of("office")
    where = upload(browser)["Location"]
    browser.post(f"{where}confirm/", {"seen": browser.get(where).context["plan"].digest})

    page = browser.get(upload(browser)["Location"])

    assert [each[1] for each in rows(page)] == ["same", "refused", "refused"]
    assert (page.context["will_write"], "/confirm/" in page.content.decode()) == (0, False)


def test_a_row_that_is_like_a_question_of_the_bank_says_which(browser_of):
    browser = browser_of("office")
    from cyberweek.questions.models import Question

    known = Question.objects.get(code="fraud-001")
    options = [each.replace("500", "800") for each in known.options]
    text = f"题干,A,B,C,D,答案,专题\n{known.stem.replace('小林', '小陈')},{','.join(options)},C,fraud\n"

    page = browser.get(upload(browser, text)["Location"])

    ((line, ((code, share),)),) = [(each["line"].verdict.value, each["like"]) for each in page.context["rows"]]
    assert (line, code) == ("new", "fraud-001")
    assert int(share.rstrip("%")) > 70


def test_a_file_is_thrown_away(browser_of):
    browser, before = browser_of("office"), tables()
    where = upload(browser)["Location"]

    answer = browser.post(f"{where}discard/")

    assert (answer["Location"], said(answer)) == ("/console/bank/import/", ["已放弃这份文件，题库没有变。"])
    assert tables() == before


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (OLD, "bank.xls", "文件设有密码，或是旧版格式（.xls、.doc、.et、.wps）；请去掉密码，另存为 .xlsx 或 .docx。"),
        (b"x" * (20 * 1024 * 1024 + 1), "bank.txt", "文件超过 20 MB；请去掉图片，或拆成几份。"),
        (ENTITIES, "q.xml", "文件里有实体或文档类型声明；请从 Moodle 重新导出，不要手工加声明。"),
    ],
    ids=["old", "huge", "entities"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(browser_of, data, name, why):
    browser, before = browser_of("office"), tables()

    answer = upload(browser, data, name)

    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, [why])
    assert tables() == before


@pytest.mark.parametrize(
    ("name", "filename", "media"),
    [
        ("xlsx", "bank.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("csv", "bank.csv", "text/csv; charset=utf-8"),
        ("docx", "bank.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("txt", "bank.txt", "text/plain; charset=utf-8"),
        ("gift", "bank.gift", "text/plain; charset=utf-8"),
        ("moodle", "bank.xml", "application/xml"),
        ("aiken", "bank.txt", "text/plain; charset=utf-8"),
    ],
)
def test_what_is_asked_for_is_exported_as_a_file(browser_of, name, filename, media):
    from cyberweek.questions.formats.outcome import Found
    from cyberweek.questions.formats.registry import BY_NAME

    answer = browser_of("office").get(f"/console/bank/export/{name}/?q=fraud-00&kind=single")

    found = [each.draft for each in BY_NAME[name].read(answer.content) if isinstance(each, Found)]
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (media, f'attachment; filename="{filename}"')
    assert [each.code for each in found] == (
        [""] * 4 if name == "aiken" else ["fraud-001", "fraud-004", "fraud-008", "fraud-009"]
    )


def test_the_page_says_how_many_a_format_can_hold(browser_of):
    from cyberweek.questions.models import Question

    page = browser_of("office").get("/console/bank/export/?topic=fraud")

    counts = {each.name: count for each, count in page.context["rows"]}
    fraud = Question.objects.filter(topic="fraud")
    assert counts == dict.fromkeys(["xlsx", "csv", "docx", "txt", "gift", "moodle"], fraud.count()) | {
        "aiken": fraud.filter(kind="single").count()
    }
