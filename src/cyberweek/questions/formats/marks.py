"""The marks by which people tell the parts of a question apart in a text: numbers, letters, labels, headings.

Writers use the same patterns to hold a false mark by an unseen sign, so that a reader does not take it for a true one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cyberweek.questions.formats import spelling
from cyberweek.questions.formats.assemble import Written
from cyberweek.questions.formats.options import GUARD, INNER, LETTERED, split

FIELDS = {
    "stem": ("题干", "题目", "试题", "问题", "题目内容"),
    "kind": ("题型", "题目类型", "试题类型"),
    "answer": ("正确答案", "参考答案", "标准答案", "正确选项", "答案"),
    "explanation": ("答案解析", "试题解析", "解析", "解释", "说明", "点评"),
    "difficulty": ("难易度", "难易程度", "难度"),
    "topic": ("专题", "所属专题", "分类", "题目分类", "类别", "知识点", "章节"),
    "source": ("出处", "来源", "依据", "参考"),
    "bases": ("法律依据",),
    "code": ("编号",),
    "situational": ("情景题",),
    "valid_from": ("起始日期",),
    "valid_to": ("截止日期",),
    "": ("分值", "分数", "标签", "备注"),
}
FIELD_OF = {name: field for field, names in FIELDS.items() for name in names}
_NAMES = "|".join(sorted(FIELD_OF, key=len, reverse=True))
FIELD = re.compile(rf"(?:[【\[（(]\s*({_NAMES})\s*[】\]）)]\s*[:：]?|({_NAMES})\s*[:：])\s*(.*)")
_BRACKETED = re.compile(rf"(?=【(?:{_NAMES})】)")
BARE_ANSWER = re.compile(r"(?:正确|参考|标准)?答案\s*([A-TＡ-Ｔ]{1,8}|[√×对错]|正确|错误)")
NUMBER = re.compile(
    r"(?:第\s*(\d{1,4})\s*题\s*[.．、:：]?|[(（]\s*(\d{1,4})\s*[)）]|(\d{1,4})\s*(?:[、)）]|[.．:：](?!\d)))\s*(.*)"
)
_HEADING = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}(?:部分|[、.．:：])?\s*)?(.{2,40})")
_TAG = re.compile(r"[【\[（(]\s*([^】\]）)]{2,12})\s*[】\]）)]")
_HELD_ANSWER = re.compile(r"[(（]\s*([A-TＡ-Ｔ](?:[\s、,，]*[A-TＡ-Ｔ])*|[√×✓✗]|对|错|正确|错误)\s*[)）]")
_FIRST_INNER = re.compile(r"[\s;；:：？?。]\s*[(（]?[AＡ][)）]?\s*[.．、:：)）]")
TRAILING = re.compile(
    r"[(（【\[]\s*(?:正确|参考)?答案\s*[:：]\s*([^)）】\]]+?)\s*[)）】\]]\s*$|(?<=[\s。！？!?；;.])(?:正确|参考)?答案\s*[:：]\s*(\S+)\s*$|\s*([√×✓✗])\s*$"
)


def guard(text: str) -> str:
    """A text that reads back as it is: whatever would be taken for a mark is held by an unseen sign."""
    return "\n".join(_guarded_line(line) for line in text.split("\n"))


def guard_inside(line: str) -> str:
    """A text that follows a label on its line, so that only marks within it need holding."""
    line = re.sub(rf"{_BRACKETED.pattern}【", f"【{GUARD}", line)
    return INNER.sub(lambda found: found[0][: -len(found[1])] + GUARD + found[1], line)


def heading_of(text: str) -> str:
    """The kind that a heading names: 二、多项选择题（每题 2 分）; '' for any other line."""
    found = _HEADING.fullmatch(text)
    if not found:
        return ""
    words = re.sub(r"[(（【\[].*", "", found[1].strip("【】[]")).strip(" :：")
    if spelling.kind_of(words) and words.endswith(("题", "选择", "单选", "多选", "判断")):
        return words
    is_later = len(words) < 6 and words.endswith("题") and words.startswith(spelling.LATER)
    return words if is_later else ""


def _guarded_line(line: str) -> str:
    line = guard_inside(line)
    is_false = not line or FIELD.match(line) or NUMBER.match(line) or LETTERED.match(line) or BARE_ANSWER.match(line)
    return GUARD + line if is_false or _TAG.match(line) or heading_of(line) else line


def split_fields(text: str) -> list[str]:
    """A line at each 【答案】 or 【解析】 within it."""
    first, *more = _BRACKETED.split(text)
    return [first, *more] if first or not more else more


def asked_among(texts: Sequence[str]) -> set[int]:
    """The places of numbered lines that options or an answer follow before the next number."""
    asked: set[int] = set()
    start: int | None = None
    for place, text in enumerate(texts):
        if NUMBER.match(text):
            start = place
        if start is not None and _is_asking(text, is_first=place == start):
            asked.add(start)
    return asked


def _is_asking(text: str, *, is_first: bool) -> bool:
    if is_first:
        return bool(_HELD_ANSWER.search(text) or TRAILING.search(text) or held_options(text))
    lettered, field = LETTERED.match(text), FIELD.match(text)
    is_option = lettered is not None and spelling.narrow(lettered[1]).upper() == "A"
    return is_option or bool(BARE_ANSWER.fullmatch(text)) or bool(field and field_of(field) in ("answer", "kind"))


def field_of(found: re.Match[str]) -> str:
    return FIELD_OF[found[1] or found[2]]


def held_options(text: str) -> tuple[str, list[str]] | None:
    """The stem and the options of a line that holds both."""
    found = _FIRST_INNER.search(text)
    options = split(text[found.end() :]) if found else []
    return (text[: found.start()], options) if found and len(options) > 1 else None


def take_tags(written: Written) -> None:
    """【多选题】 before the stem, or （多选） after it, names the kind."""
    found = _TAG.match(written.stem) or re.search(rf"{_TAG.pattern}\s*$", written.stem)
    word = found[1] if found else ""
    if found and (spelling.kind_of(word) or any(word.startswith(each) for each in spelling.LATER)):
        written.kind = written.kind or word
        written.stem = (written.stem[: found.start()] + written.stem[found.end() :]).strip()


def take_answer_at_end(written: Written) -> None:
    """……（答案：B）, …… 答案：B, or ……√ at the end of the stem."""
    ended = TRAILING.search(written.stem)
    if ended:
        written.stem, written.answer = written.stem[: ended.start()], ended[1] or ended[2] or ended[3]


def take_answer_out(written: Written) -> None:
    """The answer that stands in the stem itself, as in 应当自（ B ）起施行; it leaves a blank behind."""
    held = _HELD_ANSWER.findall(written.stem)
    if len(held) == 1:
        written.answer = held[0]
        blank = "（　）" if written.options else ""
        written.stem = _HELD_ANSWER.sub(blank, written.stem)


def number_of(text: str) -> int:
    """The number that a line begins with; 0 for none."""
    found = NUMBER.match(text)
    return int(found[1] or found[2] or found[3]) if found else 0
