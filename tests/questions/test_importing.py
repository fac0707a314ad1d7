"""What becomes of each row of a file: new, changed, already there, refused; pure."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from cyberweek.questions.draft import Fault, QuestionDraft
from cyberweek.questions.formats.outcome import Found, Place, Refused, Remark
from cyberweek.questions.importing import ImportPlan, Verdict, plan
from tests.questions.banks import banks

TOPICS = {"law": "law", "fraud": "fraud", "网络安全法律": "law"}
TALE = "小林在群里看到“点赞一条 3 元，当天结算”，“派单员”说先垫 500 元才能做大单。怎么做？"
BANK = [
    QuestionDraft(kind="single", stem=TALE, options=("垫", "不垫"), answer=(1,), topic="fraud", code="fraud-001",
                  explanation="不垫。"),
    QuestionDraft(kind="truth", stem="密码要长。", answer=(0,), topic="law", code="law-001", explanation="长。"),
]  # fmt: skip


def said(*drafts: QuestionDraft, chosen: dict[str, str] | None = None) -> ImportPlan:
    return plan([Found(Place(number), each) for number, each in enumerate(drafts, 1)], BANK, TOPICS, chosen or {})


def verdicts(shown: ImportPlan) -> list[str]:
    return [each.verdict.value for each in shown.lines]


def like(index: int = 0, **changes) -> QuestionDraft:
    return replace(BANK[index], **changes)


def test_a_new_question_is_new_and_its_topic_is_known_by_any_name():
    shown = said(like(stem="完全不同的问题？", code="", topic="网络安全法律"))

    assert verdicts(shown) == ["new"]
    assert shown.lines[0].draft.topic == "law"


def test_what_the_bank_says_already_is_not_new():
    shown = said(*BANK)

    assert [(each.verdict, each.code, each.changed) for each in shown.lines] == [
        (Verdict.SAME, "fraud-001", ()),
        (Verdict.SAME, "law-001", ()),
    ]


def test_order_width_and_punctuation_make_no_new_question():
    shown = said(
        like(code="", options=("不垫。", "垫"), answer=(0,), stem=TALE.replace("3 元", "３元"), explanation="")
    )

    assert [(each.verdict, each.code, each.changed) for each in shown.lines] == [
        (Verdict.SAME, "fraud-001", ("stem", "options", "answer", "explanation"))
    ]


def test_another_right_answer_is_another_question():
    assert verdicts(said(like(code="", answer=(0,)))) == ["new"]


def test_a_row_with_a_code_changes_its_question():
    shown = said(like(explanation="一分也不垫。"), like(1, topic=""))

    assert [(each.verdict, each.code, each.changed) for each in shown.lines] == [
        (Verdict.CHANGED, "fraud-001", ("explanation",)),
        (Verdict.SAME, "law-001", ()),
    ]


def test_a_code_that_means_another_question_is_refused():
    shown = said(like(1, code="fraud-001"))

    assert verdicts(shown) == ["refused"]
    assert shown.lines[0].fault.cause == "编号 %(code)s 在题库里是另一道题"


def test_the_second_of_two_equal_rows_is_refused_by_the_first():
    shown = said(
        like(stem="新题？", code=""),
        like(stem="新题！", code=""),
        like(stem="又一题？", code="law-7a"),
        like(stem="再一题", code="law-7a"),
    )

    assert verdicts(shown) == ["new", "refused", "new", "refused"]
    assert [each.fault.values for each in shown.lines if each.fault] == [{"number": "1"}, {"number": "3"}]


def test_a_topic_that_nobody_knows_waits_for_a_choice():
    drafts = (like(stem="新题？", code="", topic="反诈"), like(stem="又一题？", code="", topic=""))

    before, after = said(*drafts), said(*drafts, chosen={"反诈": "fraud", "": "law"})

    assert (verdicts(before), before.unknown_topics) == (["refused", "refused"], ("反诈", ""))
    assert (verdicts(after), after.unknown_topics) == (["new", "new"], ())
    assert [each.draft.topic for each in after.lines] == ["fraud", "law"]


def test_refusals_and_remarks_of_the_reader_stand_as_they_are():
    fault = Fault("answer", "没有正确答案", "请写上答案")

    shown = plan([Refused(Place(3), fault, "题"), Remark(Place(1), fault)], BANK, TOPICS, {})

    assert [(each.verdict, each.at.number, each.fault) for each in shown.lines] == [
        (Verdict.REFUSED, 3, fault),
        (Verdict.REMARK, 1, fault),
    ]


def test_a_plan_is_another_one_when_the_bank_is():
    new = like(stem="新题？", code="")
    row, present = [Found(Place(1), new)], like(stem="新题？", code="law-77")

    assert plan(row, BANK, TOPICS, {}).digest == plan(row, BANK[:1], TOPICS, {}).digest
    assert plan(row, BANK, TOPICS, {}).digest != plan(row, [*BANK, present], TOPICS, {}).digest


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(banks)
def test_a_bank_imported_into_itself_writes_nothing(bank):
    named = [replace(each, code=f"x-{place}", topic="law") for place, each in enumerate(bank)]

    shown = plan([Found(Place(place), each) for place, each in enumerate(named)], named, TOPICS, {})

    assert (shown.count(Verdict.NEW), shown.count(Verdict.CHANGED)) == (0, 0)
