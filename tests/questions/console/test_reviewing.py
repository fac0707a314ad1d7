"""The second person's pages: what waits, what may not be let stand, and why."""

from __future__ import annotations

import pytest


@pytest.fixture
def asked(desk, draft):
    from cyberweek.questions.models import Question
    from cyberweek.questions.review import ask
    from cyberweek.questions.services import add

    made = add(draft(), seat=desk.office, at=desk.at)
    ask([made], seat=desk.office, at=desk.at)
    return Question.objects.get(pk=made.pk)


def stage(question) -> str:
    from cyberweek.questions.models import Question

    return Question.objects.get(pk=question.pk).stage


def said(answer) -> list[str]:
    from django.contrib.messages import get_messages

    return [str(each) for each in get_messages(answer.wsgi_request)]


def approve(browser, question, seen: str = ""):
    form = {"question": question.code, f"seen-{question.code}": seen or question.digest}
    return browser.post("/console/bank/review/approve/", form)


def test_the_queue_offers_a_question_to_everybody_but_its_author(asked, browser_of):
    box = f'type="checkbox" name="question" value="{asked.code}"'

    shown = [box in browser_of(name).get("/console/bank/review/").content.decode() for name in ("office", "second")]

    assert shown == [False, True]


def test_a_second_person_lets_it_stand_and_the_ledger_names_the_seat(desk, asked, browser_of):
    answer = approve(browser_of("second"), asked)

    assert (answer["Location"], said(answer)) == ("/console/bank/review/", ["已通过 1 题。"])
    assert (stage(asked), desk.facts()) == ("reviewed", [("question.reviewed", -desk.second.pk)])


def test_the_author_who_posts_the_form_all_the_same_is_refused(desk, asked, browser_of):
    answer = approve(browser_of("office"), asked)

    assert said(answer) == [f"{asked.code} 是您写的或改过的，要由另一个人审核。没有通过任何题。"]
    assert (stage(asked), desk.facts()) == ("waiting", [])


def test_what_was_changed_meanwhile_or_not_ticked_is_not_let_stand(desk, asked, browser_of):
    browser = browser_of("second")

    moved, nothing = approve(browser, asked, "0" * 64), browser.post("/console/bank/review/approve/", {})

    assert said(nothing) == [
        f"{asked.code} 在您看的时候被改动了。没有通过任何题，请再看一遍。",
        "没有通过任何题：请先勾选。",
    ]
    assert moved["Location"] == "/console/bank/review/"
    assert (stage(asked), desk.facts()) == ("waiting", [])


def test_a_question_is_sent_back_with_a_reason_only(asked, browser_of):
    browser, url = browser_of("second"), f"/console/bank/questions/{asked.code}/send-back/"

    bare = browser.post(url, {"reason": " "})
    before = stage(asked)
    reasoned = browser.post(url, {"reason": "银行不止一个电话，请写官方电话。"})
    page = browser.get(reasoned["Location"]).content.decode()

    assert (bare.status_code, bare.context["form"].errors["reason"], before) == (422, ["请写明要改什么。"], "waiting")
    assert (stage(asked), "银行不止一个电话，请写官方电话。" in page) == ("writing", True)


def test_who_comes_second_is_told_that_somebody_else_was_faster(desk, asked, browser_of):
    browser = browser_of("second")
    approve(browser, asked)

    again = approve(browser, asked)
    back = browser.post(f"/console/bank/questions/{asked.code}/send-back/", {"reason": "再看看"})

    assert said(back)[1:] == [
        f"{asked.code} 已经有人处理。没有通过任何题，请刷新后再看。",
        "这道题不在待审核之中，可能已经有人处理。",
    ]
    assert again["Location"] == "/console/bank/review/"
    assert (stage(asked), len(desk.facts())) == ("reviewed", 1)


def test_the_queue_says_what_a_question_is_like(desk, browser_of, draft):
    from cyberweek.questions import review, services
    from cyberweek.questions.models import Question

    known = Question.objects.get(code="fraud-001")
    twin = draft(stem=known.stem.replace("小林", "小陈"), options=tuple(known.options))
    review.ask([services.add(twin, seat=desk.office, at=desk.at)], seat=desk.office, at=desk.at)

    page = browser_of("second").get("/console/bank/review/")

    ((line, _options),) = page.context["lines"]
    assert [other.code for other, _share in line.like] == ["fraud-001"]


def test_today_counts_what_waits(asked, browser_of):
    from cyberweek.questions.cards import today_cards

    page = browser_of("second").get("/console/bank/")

    assert today_cards(None, page.wsgi_request)[0].figure == "1"
