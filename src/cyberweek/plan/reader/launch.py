"""The opening ceremony: from a section of its own, an activity of that name, or the sentence that tells of it."""

from __future__ import annotations

import re

from cyberweek.plan.reader import dates
from cyberweek.plan.reader.activities import date_in, place_in
from cyberweek.plan.reader.outline import Node, sentences
from cyberweek.plan.reader.understood import Launch

NAME = re.compile(r"启动仪式|开幕式|启动会|启动活动|开幕仪式|首日活动")
_ITEMS = re.compile(
    r"(?:主要)?(?:内容|议程|环节|流程|安排)(?:有|包括|为|如下)?(?:有|包括)?[：:]\s*(?P<items>[^。\n]{4,300})|(?:启动仪式上|开幕式上|仪式上)，?(?:将)?(?P<held>[^。\n]{4,200})"
)


def find(root: Node, year: int | None) -> tuple[Launch, list[int]]:
    """Read the opening ceremony; an empty Launch when the text has none."""
    for node in root.walk():
        if NAME.search(node.title) and len(node.title) <= 40 and not re.search(r"^.{0,4}组织", node.title):
            return _from(f"{node.title}\n{_labels(node)}{node.text()}", year), node.lines()
    best: tuple[Launch, list[int]] = (Launch(), [])
    for paragraph in root.paragraphs():
        if paragraph.cells:
            continue
        for offset, sentence in sentences(paragraph.text):
            if not (
                NAME.search(sentence)
                or re.search(r"(?:宣传周|网安周)(?:活动)?.{0,30}(?:正式启动|拉开帷幕|拉开序幕|开幕)", sentence)
            ):
                continue
            launch = _from(sentence, year, month=_month(paragraph.text, year))
            if (launch.date is not None) + (launch.place is not None) > (best[0].date is not None) + (
                best[0].place is not None
            ):
                best = (launch, [paragraph.line_at(offset)])
    return best


def _labels(node: Node) -> str:
    """Headings such as 2.地点 with what stands under them, as the labels that they are."""
    return "".join(f"{child.title}：{child.text()}\n" for child in node.children if len(child.title) <= 6)


def _month(text: str, year: int | None) -> int | None:
    return next((each.month for each in dates.find(text, year) if each.month), None)


def _from(text: str, year: int | None, *, month: int | None = None) -> Launch:
    day = date_in(text, year)
    if day is None and month:
        day = next((each.iso for each in dates.find(text, year, month=month) if each.start and not each.before), None)
    if day and "/" in day:
        day = None
    return Launch(day, place_in(text), _items(text))


def _items(text: str) -> list[str]:
    match = _ITEMS.search(text)
    if not match or not match["items"]:
        return []
    listed = re.sub(r"等(?:环节|议程|内容|活动)?$", "", match["items"].strip(" 。；"))
    parts = (
        re.split(r"[，；;]|(?<![《“])、(?![^《]*》)", listed)
        if not re.search(r"[①②③]|\d[.、]", listed)
        else re.split(r"[①-⑳]|\d{1,2}[.、]", listed)
    )
    return [part for each in parts if 2 <= len(part := each.strip(" 。；，和及")) <= 50]
