"""The list of differences: figures, texts and activities, and nothing that stayed the same."""

from __future__ import annotations

import msgspec

from cyberweek.report.changes import Change, changes
from cyberweek.report.edition import Body, Definition, Figure, Held

QUIZ = Held(1, 1, "quiz", "有奖知识问答", "2026-11-23", "2026-11-29", "", (), 1, "ab" * 32)
BODY = Body(
    campaign="网安周",
    theme="主题",
    area="示例市",
    starts="2026-11-23",
    ends="2026-11-29",
    signed_by="示例市",
    at=0,
    chain_n=9,
    chain_digest="",
    is_simulated=False,
    definitions=(Definition("quiz.answers", "作答题次", "题次", "quiz.answer-given", distinct=False),),
    figures=(Figure("quiz.answers", 1, "", 5), Figure("quiz.answers", 1, "district:a", 5)),
    activities=(QUIZ,),
    theme_days=(),
    tasks=3,
    units=2,
    texts=(("next", "继续"),),
)


def test_the_same_edition_differs_in_nothing():
    assert changes(BODY, msgspec.structs.replace(BODY, at=7, chain_n=12)) == ()


def test_figures_differ_in_total_and_in_their_split():
    moved = (Figure("quiz.answers", 1, "", 5), Figure("quiz.answers", 1, "district:b", 5))

    assert changes(BODY, msgspec.structs.replace(BODY, figures=moved)) == (
        Change("figure", "作答题次", "有奖知识问答", "district:a", "5", ""),
        Change("figure", "作答题次", "有奖知识问答", "district:b", "", "5"),
    )


def test_plan_activities_and_texts_differ_by_name():
    after = msgspec.structs.replace(BODY, tasks=4, activities=(), texts=(("next", "改进"),))

    assert changes(BODY, after) == (
        Change("plan", "tasks", "", "", "3", "4"),
        Change("activity", "", "有奖知识问答", "", "2026-11-23 · 2026-11-29 · abababababab", ""),
        Change("text", "next", "", "", "继续", "改进"),
    )
