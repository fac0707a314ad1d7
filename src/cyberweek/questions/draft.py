"""A question on its way into the bank or out of it: a frozen value, and what keeps one from being whole. No Django."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from cyberweek.kernel.codec import canonical, digest
from cyberweek.kernel.regulations import UnknownLaw, in_force
from cyberweek.kernel.text import mark

KINDS = ("single", "multiple", "truth", "tap")
LETTERS = "ABCDEFGHIJKLMNOPQRST"
DIFFICULTIES = (1, 2, 3)
MOST_STEM, MOST_OPTION, MOST_EXPLANATION, MOST_SOURCE, MOST_ARTICLE, MOST_CODE = 2_000, 500, 4_000, 300, 20, 50
LEAST_OPTIONS = 2
_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[\t\xa0]")
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\uffff\ud800-\udfff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)


class Cited(msgspec.Struct, frozen=True):
    """An article of a law that makes the answer right, and the days on which it did."""

    law: str
    article: str
    valid_from: date | None = None
    valid_to: date | None = None


class QuestionDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A question as formats carry it. `options` and `answer` mean what they mean in the bank; `topic` is as written."""

    kind: str
    stem: str
    options: tuple[str, ...] = ()
    answer: tuple[int, ...] = ()
    explanation: str = ""
    topic: str = ""
    code: str = ""
    difficulty: int = 1
    situational: bool = False
    source: str = ""
    bases: tuple[Cited, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a field, and the way out; `values` fill both sentences."""

    field: str
    cause: str
    way_out: str
    values: dict[str, str] = {}


def digest_of(draft: QuestionDraft) -> str:
    """The SHA-256 of everything that a question says; its code is only its name."""
    return digest(canonical(msgspec.structs.replace(draft, code="")))


def wording_of(draft: QuestionDraft) -> str:
    """The SHA-256 of what is asked and what is right: answers are comparable while this stays the same."""
    return wording(draft.kind, draft.stem, draft.options, draft.answer)


def wording(kind: str, stem: str, options: tuple[str, ...], answer: tuple[int, ...]) -> str:
    return digest(canonical((kind, stem, options, answer)))


def is_code(text: str) -> bool:
    """True for a name as this bank gives them, `fraud-001`; a running number or another system's name is none."""
    return len(text) <= MOST_CODE and _CODE.fullmatch(text) is not None


def tidy(text: str) -> str:
    """A text of one or more lines without what nobody sees: control and bidirectional marks, blank ends, blank pages."""
    lines = _BREAKS.sub("\n", text).split("\n")
    joined = "\n".join(_UNSEEN.sub("", _SPACES.sub(" ", line)).strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()


def tidy_line(text: str) -> str:
    return " ".join(part for part in tidy(text).split("\n") if part)


def faults(draft: QuestionDraft) -> list[Fault]:
    """Everything that keeps a draft from being a question; empty when it is one."""
    return [*_in_texts(draft), *_in_options(draft), *_in_answer(draft), *_in_days(draft), *_in_bases(draft)]


def _in_texts(draft: QuestionDraft) -> Iterator[Fault]:
    if not draft.stem:
        yield Fault("stem", mark("没有题干"), mark("请写上题干"))
    most = {"stem": MOST_STEM, "explanation": MOST_EXPLANATION, "source": MOST_SOURCE}
    for field, limit in most.items():
        if len(getattr(draft, field)) > limit:
            yield Fault(field, mark("文字超过 %(limit)s 字"), mark("请缩短"), {"limit": str(limit)})
    if draft.kind not in KINDS:
        yield Fault(
            "kind",
            mark("题型“%(kind)s”不能自动判分"),
            mark("请改成单选、多选、判断或点选题"),
            {"kind": draft.kind[:20]},
        )
    if draft.difficulty not in DIFFICULTIES:
        yield Fault(
            "difficulty",
            mark("难度“%(said)s”认不出"),
            mark("请写易、中、难，或 1 到 3"),
            {"said": str(draft.difficulty)},
        )


def _in_options(draft: QuestionDraft) -> Iterator[Fault]:
    options = draft.options
    if draft.kind == "truth":
        if options:
            yield Fault("options", mark("判断题不需要选项"), mark("请删去选项，或改成单选题"))
        return
    if len(options) < LEAST_OPTIONS:
        yield Fault("options", mark("选项不到两个"), mark("请至少写两个选项"))
    if len(options) > len(LETTERS):
        yield Fault("options", mark("选项超过 %(limit)s 个"), mark("请减少选项"), {"limit": str(len(LETTERS))})
    for letter, option in zip(LETTERS, options, strict=False):
        if not option:
            yield Fault(
                "options", mark("选项 %(letter)s 是空的"), mark("请补上，或把后面的选项前移"), {"letter": letter}
            )
        if len(option) > MOST_OPTION:
            said = {"letter": letter, "limit": str(MOST_OPTION)}
            yield Fault("options", mark("选项 %(letter)s 超过 %(limit)s 字"), mark("请缩短"), said)
    twice = next((each for place, each in enumerate(options) if each and each in options[:place]), None)
    if twice is not None and draft.kind != "tap":
        yield Fault("options", mark("有两个选项都是“%(option)s”"), mark("请改掉一个"), {"option": twice[:40]})


def _in_answer(draft: QuestionDraft) -> Iterator[Fault]:
    answer, count = draft.answer, 2 if draft.kind == "truth" else len(draft.options)
    if not answer:
        yield Fault("answer", mark("没有正确答案"), mark("请写上答案"))
    elif list(answer) != sorted(set(answer)) or answer[0] < 0 or answer[-1] >= count:
        yield Fault("answer", mark("正确答案不在选项里"), mark("请核对答案和选项"))
    elif draft.kind in ("single", "truth") and len(answer) > 1:
        yield Fault("answer", mark("单选题和判断题只能有一个正确答案"), mark("请改成多选题，或只留一个答案"))


def _in_days(draft: QuestionDraft) -> Iterator[Fault]:
    spans = [(each.valid_from, each.valid_to) for each in draft.bases]
    for first, last in [(draft.valid_from, draft.valid_to), *spans]:
        if first and last and last < first:
            yield Fault("valid", mark("有效期的结束早于开始"), mark("请核对日期"))


def _in_bases(draft: QuestionDraft) -> Iterator[Fault]:
    for each in draft.bases:
        try:
            in_force(each.law, each.valid_from or date.max)
        except UnknownLaw:
            yield Fault("bases", mark("规则包里没有“%(law)s”"), mark("请从列表里选一部法律"), {"law": each.law[:40]})
        if not 0 < len(each.article) <= MOST_ARTICLE or re.search(r"[\s;；]", each.article):
            yield Fault("bases", mark("法律依据没有写清第几条"), mark("请写成“第二十三条”这样"))
