"""How people write kinds, difficulties, yes and no, and answers. Tables of spellings, and the rules that use them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from cyberweek.kernel.text import mark
from cyberweek.questions.draft import LETTERS, Fault

KIND_WORDS = {"single": "单选题", "multiple": "多选题", "truth": "判断题", "tap": "点选题"}
DIFFICULTY_WORDS = {1: "易", 2: "中", 3: "难"}
TRUTH_WORDS = ("对", "错")
LATER = ("填空", "简答", "问答", "论述", "案例", "材料", "连线", "排序", "名词解释", "主观", "作文")
_KINDS = {
    "single": ("单选", "单项选择", "单选择", "单项", "选择", "single", "单选题", "单项选择题", "选择题"),
    "multiple": (
        "多选",
        "多项选择",
        "多项",
        "不定项",
        "不定项选择",
        "多选题",
        "多项选择题",
        "不定项选择题",
        "multiple",
    ),
    "truth": ("判断", "是非", "对错", "正误", "判断题", "是非题", "对错题", "正误题", "truth", "truefalse"),
    "tap": ("点选", "点选题", "找茬", "找茬题", "tap"),
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words}
_DIFFICULTIES = {
    1: ("1", "易", "简单", "容易", "低", "较易", "初级", "★", "一星", "easy"),
    2: ("2", "中", "一般", "中等", "普通", "适中", "中级", "★★", "二星", "medium"),
    3: ("3", "难", "困难", "较难", "高", "高级", "★★★", "三星", "hard"),
}
_DIFFICULTY_OF = {word: level for level, words in _DIFFICULTIES.items() for word in words}
_TRUE = {"对", "正确", "是", "√", "✓", "✔", "✅", "☑", "t", "true", "y", "yes", "r", "right", "正", "真"}
_FALSE = {
    "错",
    "错误",
    "不对",
    "不正确",
    "否",
    "不是",
    "×",
    "✗",
    "✘",
    "❌",
    "╳",
    "✖",
    "x",
    "f",
    "false",
    "n",
    "no",
    "w",
    "wrong",
    "误",
    "假",
}
_APART = re.compile(r"[\s,、;；/|·和及.。()\[\]【】]+")
_CIRCLED = {chr(0x2460 + place): place for place in range(20)}
_LETTERED = re.compile(r"\s*[(（]?([A-Ta-tＡ-Ｔａ-ｔ])[)）]?\s*[.．、:：)）]\s*(.+)", re.DOTALL)


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as narrow ones, without blanks at the ends: for comparing, not for keeping."""
    return unicodedata.normalize("NFKC", text).strip()


def kind_of(text: str) -> str | None:
    """Which kind is meant by 单选题, 多项选择题（每题2分）, 判断 …; None for a word that means none."""
    word = re.sub(r"[(（\[【].*|[\s:：]", "", narrow(text).strip("【】[]()（）<>《》")).lower()
    return _KIND_OF.get(word) or _KIND_OF.get(word.removesuffix("题"))


def difficulty_of(text: str) -> int | None:
    word = narrow(text).lower().replace("☆", "").removesuffix("题").removesuffix("度").strip()
    return _DIFFICULTY_OF.get(word)


def is_yes(text: str) -> bool:
    return narrow(text).lower() in _TRUE | {"1", "有"}


def truth_of(text: str) -> int | None:
    """0 for a word that means true, 1 for one that means false, else None."""
    word = narrow(text).lower().strip("()（）。.")
    return 0 if word in _TRUE else 1 if word in _FALSE else None


def are_truths(options: Sequence[str]) -> bool:
    """True for the two options of a question that is only to be judged: 正确 and 错误, in either order."""
    return len(options) == 2 and {truth_of(each) for each in options} == {0, 1}


def answer_of(text: str, options: Sequence[str]) -> tuple[int, ...] | Fault:
    """The positions that AB, A、B, ＡＢ, ①③, 1,3 or the words of an option name among the options."""
    said = narrow(text)
    if not said:
        return Fault("answer", mark("没有正确答案"), mark("请写上答案"))
    same = [place for place, option in enumerate(options) if narrow(option) == said]
    lettered = _LETTERED.fullmatch(text)
    if lettered and narrow(lettered[2]) in [narrow(each) for each in options]:
        said = narrow(lettered[1])
    for places in (_letters(said), same[:1], _words(text, options), _numbers(text, said)):
        if places and min(places) >= 0 and max(places) < len(options):
            return tuple(sorted(set(places)))
    last = LETTERS[min(len(options), len(LETTERS)) - 1] if options else "A"
    return Fault(
        "answer",
        mark("答案“%(said)s”不在选项里"),
        mark("请写成 A 到 %(last)s 中的字母，多个答案写成 AB"),
        {"said": text.strip()[:40], "last": last},
    )


def truth_answer_of(text: str, options: Sequence[str] = ()) -> tuple[int, ...] | Fault:
    """0 for true and 1 for false; a letter names one of the two written options, else A is true and B is false."""
    said = narrow(text)
    place = truth_of(said)
    if place is None and len(said) == 1 and said.upper() in "AB":
        chosen = "AB".index(said.upper())
        place = truth_of(options[chosen]) if are_truths(options) else chosen
    if place is None and said in {"1", "0"}:
        place = 1 - int(said)
    if place is None and not said:
        return Fault("answer", mark("没有正确答案"), mark("请写上答案"))
    if place is None:
        values = {"said": text.strip()[:40]}
        return Fault("answer", mark("判断题的答案“%(said)s”认不出"), mark("请写“对”或“错”"), values)
    return (place,)


def written(answer: Sequence[int]) -> str:
    """An answer as letters: AC."""
    return "".join(LETTERS[each] for each in answer)


def _letters(said: str) -> list[int]:
    joined = _APART.sub("", said).upper()
    return [LETTERS.index(each) for each in joined] if all(each in LETTERS for each in joined) else []


def _words(text: str, options: Sequence[str]) -> list[int]:
    """Several options written out, one to a line or kept apart by ; or |."""
    parts = [narrow(each) for each in re.split(r"[\n;；|]+", text) if each.strip()]
    places = {narrow(option): place for place, option in enumerate(options)}
    return [places[each] for each in parts] if parts and all(each in places for each in parts) else []


def _numbers(text: str, said: str) -> list[int]:
    circled = [_CIRCLED[each] for each in text if each in _CIRCLED]
    if circled:
        return circled
    parts = [each for each in _APART.split(said) if each]
    return [int(each) - 1 for each in parts] if all(each.isdecimal() and len(each) < 3 for each in parts) else []
