"""What people call the parts of a question, its faults, and the reasons to look at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from cyberweek.kernel.regulations import pack_on
from cyberweek.questions.draft import Fault
from cyberweek.questions.facts import QuestionReviewed
from cyberweek.questions.formats.outcome import Place
from cyberweek.questions.models import Step

KIND_NAMES = {"single": _("单选题"), "multiple": _("多选题"), "truth": _("判断题"), "tap": _("点选题")}
DIFFICULTY_NAMES = {1: _("易"), 2: _("中"), 3: _("难")}
TRUTHS = (_("对"), _("错"))
FIELD_NAMES = {
    "kind": _("题型"),
    "stem": _("题干"),
    "options": _("选项"),
    "answer": _("正确答案"),
    "explanation": _("解析"),
    "topic": _("专题"),
    "difficulty": _("难度"),
    "situational": _("情景题"),
    "source": _("出处"),
    "bases": _("法律依据"),
    "valid": _("有效期"),
    "valid_from": _("有效期"),
    "valid_to": _("有效期"),
    "code": _("编号"),
    "file": _("文件"),
    "date": _("日期"),
    "": _("表格"),
}
ACT_NAMES = {
    Step.Act.WROTE: _("写了这道题"),
    Step.Act.IMPORTED: _("从文件导入"),
    Step.Act.CHANGED: _("修改"),
    Step.Act.ASKED: _("提交审核"),
    Step.Act.PASSED: _("审核通过"),
    Step.Act.RETURNED: _("退回修改"),
}
CONCERN_NAMES = {
    "lapsed": _("所依据的条款今天没有施行"),
    "key": _("选错的比选对的多：答案设对了吗？"),
    "flat": _("懂得多的人也不比别人答得好"),
    "hard": _("太难：答对的不到三成"),
    "easy": _("太易：几乎人人答对"),
    "untaken": _("有的选项几乎没人选"),
    "slow": _("一半的人用了一分钟以上"),
}


def law_names(day: date) -> list[tuple[str, str]]:
    """The laws that are known on a day, by id, in the language of the page."""
    is_english = get_language() == "en"
    return [(each.id, each.name_en if is_english else each.name_zh) for each in pack_on(day).laws]


def sentence(fault: Fault) -> str:
    """Cause and way out in one sentence."""
    cause = translated(fault.cause) % fault.values
    return translated("%(cause)s；%(way_out)s。") % {
        "cause": cause,
        "way_out": translated(fault.way_out) % fault.values,
    }


def place_words(at: Place) -> str:
    """Where a row stands: 工作表“单选”第 5 行."""
    if at.of == "question":
        return translated("第 %(number)d 题") % {"number": at.number}
    if at.sheet:
        return translated("工作表“%(sheet)s”第 %(number)d 行") % {"sheet": at.sheet, "number": at.number}
    return translated("第 %(number)d 行") % {"number": at.number}


def act_words(kind: str, body: Mapping[str, Any]) -> str | None:
    """Say a fact about a question by its kind and body; None for a fact that belongs to another room."""
    if kind == QuestionReviewed.KIND:
        return translated("审核通过题目 %(code)s") % {"code": body["code"]}
    return None
