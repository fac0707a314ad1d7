"""The bundle comes in as reviewed, people's changes stay, and a change takes the review away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small bundle that a test may rewrite."""
    from cyberweek.questions.services import BANK

    shutil.copy(BANK / "topics.toml", tmp_path)
    write(tmp_path, "先核实")
    return tmp_path


def write(folder: Path, explanation: str, answer: str = "[0]") -> None:
    (folder / "law.toml").write_text(
        f"""
[[question]]
code = "law-900"
topic = "law"
kind = "single"
situational = false
difficulty = 2
stem = "哪个对？"
options = ["甲", "乙"]
answer = {answer}
explanation = "{explanation}"
[[question.basis]]
law = "cybersecurity-law"
article = "第二十六条"
valid_from = 2026-01-01
""",
        encoding="utf-8",
    )


def question(code: str = "law-900"):
    from cyberweek.questions.models import Question

    return Question.objects.get(code=code)


def steps(code: str) -> list[tuple[str, str]]:
    from cyberweek.questions.models import Step

    return list(Step.objects.filter(question__code=code).values_list("act", "reason"))


def test_the_bundle_is_loaded_as_reviewed(any_house):
    from cyberweek.questions.models import Basis, Question
    from cyberweek.questions.services import load_bank

    assert load_bank() == 162
    assert Question.objects.filter(stage="reviewed").count() == 162
    before = list(Basis.objects.values_list("pk", flat=True))

    assert load_bank() == 162
    assert list(Basis.objects.values_list("pk", flat=True)) == before


def test_a_bank_from_before_reviews_is_taken_over(house, folder):
    from cyberweek.questions.models import Question
    from cyberweek.questions.services import load_bank

    load_bank(folder)
    Question.objects.update(stage="writing", digest="", bundle_digest="")

    load_bank(folder)

    assert question().stage == "reviewed"


def test_a_new_bundle_changes_what_nobody_has_changed(house, folder):
    from cyberweek.questions.services import load_bank

    load_bank(folder)
    write(folder, "再核实")
    load_bank(folder)

    assert (question().explanation, question().stage, question().bases.count()) == ("再核实", "reviewed", 1)


def test_a_new_bundle_leaves_alone_what_people_have_changed(desk, folder, draft):
    from cyberweek.questions.services import change, load_bank

    load_bank(folder)
    change(question(), draft(stem="我们自己的"), seen=question().digest, seat=desk.office, at=desk.at)
    write(folder, "再核实")
    load_bank(folder)

    assert (question().stem, question().stage) == ("我们自己的", "writing")


def test_a_bad_bundle_is_refused_by_its_code_and_nothing_is_loaded(house, folder):
    from cyberweek.questions.models import Question, Topic
    from cyberweek.questions.services import BadQuestion, load_bank

    write(folder, "先核实", answer="[5]")

    with pytest.raises(BadQuestion, match="law-900"):
        load_bank(folder)
    assert (Question.objects.count(), Topic.objects.count()) == (0, 0)


def test_a_new_question_is_named_by_its_topic_and_content_and_waits(desk, draft):
    from cyberweek.questions.services import add

    made = add(draft(), seat=desk.office, at=desk.at)

    assert made.code == f"fraud-{made.digest[:6]}"
    assert (made.stage, steps(made.code)) == ("writing", [("wrote", "")])


def test_two_questions_of_the_same_words_get_different_names(desk, draft):
    from cyberweek.questions.services import add

    first, second = (add(draft(), seat=desk.office, at=desk.at) for _ in range(2))

    assert second.code == f"fraud-{first.digest[:7]}"


def test_a_faulty_question_is_refused_and_nothing_is_recorded(desk, draft):
    from cyberweek.questions.models import Question, Step
    from cyberweek.questions.services import BadQuestion, add, change

    with pytest.raises(BadQuestion) as error:
        add(draft(answer=(9,)), seat=desk.office, at=desk.at)
    with pytest.raises(BadQuestion):
        change(question("law-001"), draft(stem=""), seen=question("law-001").digest, seat=desk.office, at=desk.at)

    assert [each.field for each in error.value.faults] == ["answer"]
    assert (Question.objects.count(), Step.objects.count()) == (162, 0)
    assert question("law-001").stage == "reviewed"


def test_changing_a_reviewed_question_takes_its_review_away(desk, draft):
    from cyberweek.questions.services import change

    before = question("law-001")

    change(before, draft(topic="law"), seen=before.digest, seat=desk.office, at=desk.at)

    assert (question("law-001").stage, question("law-001").bases.count()) == ("writing", 0)
    assert steps("law-001") == [("changed", "")]


def test_saying_the_same_again_changes_nothing(desk):
    from cyberweek.questions.queries import draft_of, find
    from cyberweek.questions.services import change

    before = find("law-001")

    change(before, draft_of(before), seen=before.digest, seat=desk.office, at=desk.at)

    assert (question("law-001").stage, steps("law-001")) == ("reviewed", [])


def test_who_was_slower_is_told_and_overwrites_nothing(desk, draft):
    from cyberweek.questions.services import Moved, change

    seen = question("law-001").digest
    change(question("law-001"), draft(stem="第一个人的"), seen=seen, seat=desk.office, at=desk.at)

    with pytest.raises(Moved):
        change(question("law-001"), draft(stem="第二个人的"), seen=seen, seat=desk.second, at=desk.at)

    assert question("law-001").stem == "第一个人的"
    assert len(steps("law-001")) == 1


def test_an_own_question_can_be_removed_a_bundled_one_or_one_in_use_cannot(desk, draft):
    from cyberweek.activities.quiz.models import ChosenQuestion, Quiz
    from cyberweek.plan.models import Activity, Campaign
    from cyberweek.questions.models import Question
    from cyberweek.questions.services import Bundled, InUse, add, remove

    free, used = (add(draft(stem=stem), seat=desk.office, at=desk.at) for stem in ("没人用的题？", "有人用的题？"))
    campaign = Campaign.objects.create(
        slug="w", name_zh="周", area="市", starts=desk.at.date(), ends=desk.at.date(), seed="s"
    )
    activity = Activity.objects.create(campaign=campaign, no=1, slug="quiz", kind="quiz", name_zh="答题")
    quiz = Quiz.objects.create(activity=activity, opens=desk.at, closes=desk.at)
    ChosenQuestion.objects.create(quiz=quiz, question=used)

    remove(free)
    with pytest.raises(InUse):
        remove(used)
    with pytest.raises(Bundled):
        remove(question("law-001"))

    assert Question.objects.count() == 163
