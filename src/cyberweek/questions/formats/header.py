"""The header rows that organisers use, learnt from real templates: which column holds what, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cyberweek.questions.draft import LETTERS
from cyberweek.questions.formats.spelling import narrow

NAMES = {
    "stem": (
        "题干",
        "题目内容",
        "试题内容",
        "题目",
        "试题",
        "问题",
        "试题题目",
        "试题题干",
        "题目标题",
        "题目名称",
        "题目描述",
        "标题",
        "内容",
    ),
    "answer": ("正确答案", "答案", "标准答案", "参考答案", "正确选项", "答案选项", "试题答案", "题目答案"),
    "kind": ("题型", "题目类型", "试题类型", "题目类别", "试题题型", "类型"),
    "explanation": ("解析", "答案解析", "试题解析", "题目解析", "解析说明", "答题解析", "解释"),
    "topic": ("专题", "分类", "题目分类", "试题分类", "类别", "知识点", "所属分类", "所属专题", "章节", "主题", "标签"),
    "difficulty": ("难度", "难易度", "难易程度", "难度等级", "题目难度", "试题难度"),
    "code": ("编号",),
    "situational": ("情景题",),
    "source": ("出处", "来源", "题目来源", "依据", "参考依据"),
    "bases": ("法律依据",),
    "valid_from": ("起始日期", "生效日期"),
    "valid_to": ("截止日期", "失效日期"),
    "options": ("选项", "备选项", "备选答案", "选项内容", "题目选项", "试题选项"),
}
UNUSED = {"序号", "题号", "分值", "分数", "得分", "满分", "题目分数", "试题分数", "no", "no.", "#"}
_RANK = {name: (field, rank) for field, names in NAMES.items() for rank, name in enumerate(names)}
_OPTION = re.compile(r"(?:选项|备选项|备选答案|选择项|答案|option)?([a-t])(?:选项|项|答案)?")
_NUMBERED = re.compile(r"(?:选项|备选项|备选答案|option)(\d{1,2}|[一二三四五六七八九十])")
_LONGEST = 60  # of a heading, notes in brackets included
_CHINESE = "一二三四五六七八九十"


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """Which column each field stands in, options as `option:0`; empty when this is no header row."""
    found: dict[str, tuple[int, int]] = {}
    for column, cell in enumerate(cells):
        name = _name(cell)
        field, rank = _RANK.get(name) or (_option_field(name), 0)
        if field and (field not in found or rank < found[field][0]):
            found[field] = (rank, column)
    columns = {field: column for field, (_rank, column) in found.items()}
    letters = sum(field.startswith("option:") for field in columns)
    return columns if "stem" in columns and ("answer" in columns or letters > 1) else {}


def unused(cells: Sequence[str], columns: dict[str, int]) -> list[str]:
    """The headings of columns that mean nothing here and are not known to be mere numbers."""
    taken = set(columns.values())
    return [
        cell.strip() for column, cell in enumerate(cells) if column not in taken and _name(cell) not in UNUSED | {""}
    ]


def _name(cell: str) -> str:
    return re.sub(r"[(（\[【].*?[)）\]】]|[\s*:：]", "", narrow(cell[:_LONGEST])).lower()


def _option_field(name: str) -> str:
    lettered, numbered = _OPTION.fullmatch(name), _NUMBERED.fullmatch(name)
    if lettered:
        return f"option:{LETTERS.index(lettered[1].upper())}"
    if numbered:
        place = _CHINESE.index(numbered[1]) if numbered[1] in _CHINESE else int(numbered[1]) - 1
        return f"option:{place}" if 0 <= place < len(LETTERS) else ""
    return ""
