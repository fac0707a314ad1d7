"""What the bank's pages show: counted once, by wording, and with a reason to look."""

from __future__ import annotations

from datetime import date

import pytest

TODAY = date(2026, 11, 24)


@pytest.fixture
def answers(monkeypatch):
    """Offer answers to the port; gives the list to put them into and how often it was read."""
    from cyberweek.component import ports

    class Offered(list):
        read = 0

    offered = Offered()

    def offer(limit: int):
        offered.read += 1
        return offered[:limit]

    monkeypatch.setattr(ports.item_answers, "_offers", [offer])
    return offered


def answer(code: str, paper: int, *, right: bool, wording: str = ""):
    from cyberweek.questions.draft import wording_of
    from cyberweek.questions.models import Question
    from cyberweek.questions.queries import draft_of
    from cyberweek.questions.statistics import Answered

    draft = draft_of(Question.objects.get(code=code))
    choice = draft.answer if right else (draft.answer[0] - 1,)
    return Answered(paper, 1, code, wording or wording_of(draft), choice, right, 9_000)


def line_of(code: str, counted):
    from cyberweek.questions import listing
    from cyberweek.questions.models import Question

    (line,) = listing.lines(Question.objects.filter(code=code), today=TODAY, counted=counted)
    return line


def test_answers_to_another_wording_are_told_apart(desk, answers):
    from cyberweek.questions import listing

    answers += [answer("fraud-001", no, right=True) for no in range(3)]
    answers += [answer("fraud-001", 9, right=False, wording="earlier")]

    line = line_of("fraud-001", listing.counted(desk.at, anew=True))

    assert (line.figures.answers, line.percent, line.older) == (3, "100%", 1)


def test_answers_are_counted_once_until_somebody_asks_anew(desk, answers):
    from cyberweek.questions import listing

    answers.append(answer("fraud-001", 1, right=True))

    counts = [listing.counted(desk.at, anew=anew).answers for anew in (True, False, False)]
    answers.append(answer("fraud-001", 2, right=True))
    counts += [listing.counted(desk.at, anew=anew).answers for anew in (False, True)]

    assert (counts, answers.read) == ([1, 1, 1, 1, 2], 2)


def test_only_the_newest_million_are_counted_and_that_is_said(desk, answers, monkeypatch):
    from cyberweek.questions import listing

    monkeypatch.setattr(listing, "MOST_ANSWERS", 2)
    answers += [answer("fraud-001", no, right=True) for no in range(3)]

    counted = listing.counted(desk.at, anew=True)

    assert (counted.answers, counted.is_capped) == (2, True)


def test_a_question_is_flagged_by_its_answers_or_by_its_law(desk, answers, draft):
    from cyberweek.questions import listing
    from cyberweek.questions.draft import Cited
    from cyberweek.questions.services import add

    gone = draft(bases=(Cited("cybersecurity-law", "第四十八条", None, date(2025, 12, 31)),))
    lapsed = add(gone, seat=desk.office, at=desk.at)
    answers += [answer("fraud-001", no, right=no < 4) for no in range(40)]
    counted = listing.counted(desk.at, anew=True)

    flags = listing.flagged(counted, TODAY)

    assert {line_of(code, counted).question.pk for code in ("fraud-001", lapsed.code)} == flags
    assert line_of(lapsed.code, counted).concerns == ["lapsed"]
    assert line_of("fraud-001", counted).concerns == ["hard", "key"]
    assert listing.counts(flags) == {"": 163, "writing": 1, "waiting": 0, "reviewed": 162, "look": 2}


def test_a_flag_goes_when_the_question_is_mended(desk, answers):
    from msgspec.structs import replace

    from cyberweek.questions import listing, queries, services
    from cyberweek.questions.models import Question

    answers += [answer("fraud-001", no, right=False) for no in range(40)]
    counted, known = listing.counted(desk.at, anew=True), Question.objects.get(code="fraud-001")
    before = listing.flagged(counted, TODAY)

    mended = replace(queries.draft_of(known), stem=f"{known.stem}（请选一项）")
    services.change(known, mended, seen=known.digest, seat=desk.office, at=desk.at)

    assert (before, listing.flagged(counted, TODAY)) == ({known.pk}, set())


def test_alike_questions_are_found_again_once_the_bank_has_changed(desk, draft):
    from cyberweek.questions import listing
    from cyberweek.questions.models import Question
    from cyberweek.questions.services import add

    known = Question.objects.get(code="fraud-001")
    before = listing.pairs()

    twin = add(draft(stem=known.stem, options=tuple(known.options[:3])), seat=desk.office, at=desk.at)

    assert before == []
    assert [(pair.one, pair.other) for pair in listing.pairs()] == [("fraud-001", twin.code)]


def test_a_citation_is_the_one_of_the_day(desk):
    from cyberweek.questions.listing import cited_on
    from cyberweek.questions.models import Question

    question = Question.objects.get(code="devices-019")

    assert [cited_on(question, day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [
        "《网络安全法》第四十八条",
        "《网络安全法》第五十条",
    ]
