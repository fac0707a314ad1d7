"""Invented banks for tests: questions whose texts hold everything that a format might stumble over."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from cyberweek.questions.draft import Cited, QuestionDraft, faults, tidy, tidy_line

NASTY = (
    "=1+1", "+86", "-2", "@SUM(A1)", "'=x", "''", "110", "96110", "0110", "1E+10", "true", "TRUE", "FALSE", "2026-01-31",
    "A. 甲", "B、乙", "(C) 丙", "x  B. y", "；C：z", "答案：B", "正确答案 A", "【答案】C", "（ B ）", "（√）",
    "解析：无", "题干：有", "难度：难",
    "1. 一", "2、二", "（3）三", "第4题", "【多选题】", "（判断题）", "一、单选题", "参考答案", "1-5 ABCDA", "编号：x-1",
    "::t::", "{=a ~b}", "~%50%x", "%50%y", "%", "####", "#", "\\n", "C:\\new\\{x}", "\\\\server\\c$",
    "// 注", "$CATEGORY: a/b", "->", "a:b",
    "<b>&amp;</b>", "<script>alert(1)</script>", "<img src=x>", "]]>", "&lt;", "]", "[id:y-2]",
    "[tag:kind:多选题]", "\\]", '"', "'", ",", ";", "|",
    "ANSWER: A", "A) z", "ＡＢＣ", "１１０", "　全角　", "_x0041_", "_x000D_",
    "𠮷", "👨‍👩‍👧", "é", "e\u0301", "\u2060", "\u200b", "￥", "第一行\n第二行", "a\n\nb",
)  # fmt: skip
letters = st.characters(blacklist_categories=("Cs",), max_codepoint=0x2FFFF)
pieces = st.one_of(st.sampled_from(NASTY), st.text(letters, max_size=12), st.sampled_from("网络安全密码不应当点击链接"))
raw = st.lists(pieces, min_size=1, max_size=4).map("".join)
texts = raw.map(tidy)
lines = raw.map(tidy_line)
days = st.none() | st.dates(date(2017, 6, 1), date(2030, 12, 31))
names = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){1,2}", fullmatch=True)
citations = st.builds(
    Cited,
    st.sampled_from(["cybersecurity-law", "data-security-law"]),
    st.sampled_from(["第二十七条", "第1条第2款", "附则"]),
    days,
    days,
)


@st.composite
def drafts(draw) -> QuestionDraft:
    kind = draw(st.sampled_from(["single", "multiple", "truth", "tap"]))
    options = (
        ()
        if kind == "truth"
        else tuple(draw(st.lists(lines.filter(bool), min_size=2, max_size=6, unique=kind != "tap")))
    )
    places = range(2 if kind == "truth" else len(options))
    count = 1 if kind in ("single", "truth") else draw(st.integers(1, len(options)))
    return QuestionDraft(
        kind=kind,
        stem=draw(texts.filter(bool)),
        options=options,
        answer=tuple(sorted(draw(st.permutations(places))[:count])),
        explanation=draw(texts),
        topic=draw(lines),
        code=draw(st.just("") | names),
        difficulty=draw(st.sampled_from([1, 2, 3])),
        situational=draw(st.booleans()),
        source=draw(lines)[:200].strip(),
        bases=tuple(draw(st.lists(citations, max_size=2))),
        valid_from=draw(days),
        valid_to=draw(days),
    )


banks = st.lists(drafts().filter(lambda draft: not faults(draft)), min_size=1, max_size=3)
