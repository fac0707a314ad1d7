"""Dates as Chinese texts write them → ISO days. A year that the text does not give stays unknown."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

from cyberweek.plan.reader.numbers import integer

_N = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_YEAR = r"(?:20\d\d|[二][〇○零O0][一二三四五六七八九〇○零O][一二三四五六七八九〇○零O])"
_X = r"(?:20)?[xX×＊*_X]{2,4}|20[_—-]{2}"
_TO = r"(?:[-—–－―~～﹣‐]{1,3}|至|到)"
_WEEK = r"(?:[（(]?(?:星期|周|礼拜)(?P<{0}>[一二三四五六日天])[）)]?)?"
_TIME = r"(?:(?:上午|下午|晚上?|早上?|中午)?(?:\d{1,2}[:：时点]\d{0,2}分?|零时)?)"
_FULL = re.compile(
    rf"(?:(?:(?P<y>{_YEAR})|(?P<px>{_X}))年)?(?P<m>{_N})月(?P<d>{_N})(?!\d|个|月)(?:(?P<sign>[日号])(?!报))?"
    + _WEEK.format("w")
    + rf"(?:{_TIME}起?{_TO}(?:(?:(?P<y2>{_YEAR})|{_X}|(?P<cur>同))年)?(?:(?P<m2>{_N})月)?(?P<d2>{_N})(?P<sign2>[日号]|(?=[（(）)，。；\s]|$))(?!报)"
    + _WEEK.format("w2")
    + ")?"
)
_ISO = re.compile(
    r"(?<![\d.])(?P<y>20\d\d)(?P<s>[-./])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d.]\d?)"
    + _WEEK.format("w")
    + rf"(?:\s*{_TO}\s*(?:(?P<y2>20\d\d)(?P=s))?(?:(?P<m2>\d{{1,2}})(?P=s))?(?P<d2>\d{{1,2}})(?![\d.]))?"
)
_DOT = re.compile(
    r"(?<![\d.])(?P<m>\d{1,2})[.](?P<d>\d{1,2})日?\s*(?:[-—–~～至]{1,2})\s*(?P<m2>\d{1,2})[.](?P<d2>\d{1,2})(?![\d.])"
)
_BARE = re.compile(
    rf"(?<![\d月年第])(?<!\d[-—~至])(?P<d>\d{{1,2}})日?{_TO}(?P<d2>\d{{1,2}})日(?!报)|(?<![\d月年第、])(?P<d3>\d{{1,2}})日(?!报|内|游|均|志|常|程|后|前)"
)
_MONTH = re.compile(
    rf"(?:(?:(?P<y>{_YEAR})|(?P<px>{_X}))年)?(?P<m>{_N})月(?P<part>上旬|中旬|下旬|初|中|底|末)?份?(?!\d|个|[一二三四五六七八九十]+日)"
    rf"(?:{_TO}(?:(?P<y2>{_YEAR})年)?(?P<m2>{_N})月(?P<part2>上旬|中旬|下旬|底|末)?份?(?!\d))?"
)
_HOLE = re.compile(
    rf"(?:{_X})年(?:[xX×＊*_]{{1,2}}月(?:[xX×＊*_]{{1,2}}日)?)?|[xX×＊*_]{{1,2}}月(?:[xX×＊*_]{{1,2}}|\d{{1,2}})日|{_N}月[xX×＊*_]{{1,2}}日"
)
_BEFORE = re.compile(
    r"^\s*(?:[（(](?:星期|周)?.{0,6}?[）)])?(?:上午|下午|晚上?|中午)?(?:\d{1,2}[:：时点]\d{0,2}分?)?(?:下班|前|之前|以前|截止|为止|止)"
)
_AFTER = re.compile(r"^\s*(?:起|开始|之后|以后|启动)")
_DAYS = "一二三四五六日"
_DECADE = {
    "上旬": (1, 10),
    "初": (1, 10),
    "中旬": (11, 20),
    "中": (11, 20),
    "下旬": (21, 31),
    "底": (31, 31),
    "末": (31, 31),
}


class Dated(NamedTuple):
    """A date found in a text. `start` is None when its year is unknown or it cannot exist."""

    start: str | None
    end: str | None
    at: int
    stop: int
    text: str
    weekday: int | None = None
    weekday_end: int | None = None
    possible: bool = True
    before: bool = False
    vague: bool = False
    month: int = 0

    @property
    def iso(self) -> str | None:
        """The day, or start/end."""
        if self.start is None:
            return None
        return self.start if self.end in (None, self.start) else f"{self.start}/{self.end}"

    @property
    def last(self) -> str | None:
        """The last day that the date covers."""
        return self.end or self.start


def find(text: str, year: int | None, *, month: int | None = None) -> list[Dated]:
    """Find every date in a text. `year` fills in years left out; `month` lets a bare 14日 stand for a day."""
    found: list[Dated] = []
    for pattern, reading in ((_FULL, _full), (_ISO, _full), (_DOT, _full), (_MONTH, _month)):
        for match in pattern.finditer(text):
            if not any(each.at < match.end() and match.start() < each.stop for each in found):
                seen = reading(match, year)
                found += [seen] if seen else []
    found.sort(key=lambda each: each.at)
    found += _bare(text, found, year=year, month=month)
    return sorted((_with_before(text, each) for each in found), key=lambda each: each.at)


def holes(text: str) -> list[str]:
    """The placeholders of a text: 20xx年, XX月XX日, ××日."""
    return [match.group() for match in _HOLE.finditer(text)]


def of_year(iso: str) -> int:
    """The year of an ISO day."""
    return int(iso[:4])


def weekday_of(iso: str) -> int:
    """Monday is 0."""
    return date.fromisoformat(iso).weekday()


def weekday_sign(number: int) -> str:
    """0 → 一."""
    return _DAYS[number]


def _with_before(text: str, seen: Dated) -> Dated:
    return seen._replace(before=bool(_BEFORE.match(text[seen.stop :]) or _by_then(text, seen)))


def _by_then(text: str, seen: Dated) -> bool:
    lead = text[max(0, seen.at - 8) : seen.at]
    return seen.end is None and bool(
        re.search(r"截止(?:时间|日期)?(?:至|到|为|是)?[:：]?$|截至$|不晚于$|即日起(?:至|到|-|—+)$", lead)
    )


def _full(match: re.Match[str], year: int | None) -> Dated | None:
    part = match.groupdict()
    month, day = integer(part["m"]), integer(part["d"])
    if not month or not day or month > 12 or day > 99:
        return None
    own = integer(part["y"]) if part.get("y") else None
    known = None if part.get("px") else own or year
    blank = Dated(None, None, match.start(), match.end(), match.group(), month=month)
    first = _iso(known, month, day)
    if known is not None and first is None:
        return blank._replace(possible=False)
    if known is None and not _iso(2024, month, day):
        return blank._replace(possible=False)
    return _to_end(blank, part, first=first, known=known)


def _to_end(blank: Dated, part: dict[str, str | None], *, first: str | None, known: int | None) -> Dated:
    begun = blank._replace(start=first, weekday=_weekday(part.get("w")), weekday_end=_weekday(part.get("w2")))
    if not part.get("d2"):
        return begun
    month, day = integer(part.get("m2") or part["m"] or ""), integer(part["d2"] or "")
    if not month or not day:
        return begun
    year = integer(part["y2"] or "") if part.get("y2") else known
    if year is not None and not part.get("y2") and month < blank.month and month < 3 < blank.month:
        year += 1
    last = _iso(year, month, day)
    if year is not None and last is None:
        return blank._replace(possible=False)
    return begun._replace(end=last if first else None)


def _month(match: re.Match[str], year: int | None) -> Dated | None:
    part = match.groupdict()
    month = integer(part["m"])
    known = None if part["px"] else (integer(part["y"]) if part["y"] else year)
    if not month or month > 12:
        return None
    blank = Dated(None, None, match.start(), match.end(), match.group(), vague=True, month=month)
    last = integer(part["m2"]) if part["m2"] else month
    if known is None or not last or last > 12:
        return blank
    upto = integer(part["y2"]) if part["y2"] else known
    begin = _DECADE.get(part["part"] or "", (1, 31))[0]
    finish = _DECADE.get((part["part2"] if part["m2"] else part["part"]) or "", (1, 31))[1]
    return blank._replace(start=_clamped(known, month, begin), end=_clamped(upto or known, last, finish))


def _bare(text: str, found: list[Dated], *, year: int | None, month: int | None) -> list[Dated]:
    """A day without its month takes the month of the date before it."""
    extra: list[Dated] = []
    for match in _BARE.finditer(text):
        if any(each.at < match.end() and match.start() < each.stop for each in found):
            continue
        near = next((each for each in reversed(found) if each.stop <= match.start()), None)
        known_month = near.month if near else month
        known_year = of_year(near.start) if near and near.start else year
        if known_month and known_year:
            extra += _bare_one(match, known_year, known_month)
    return extra


def _bare_one(match: re.Match[str], year: int, month: int) -> list[Dated]:
    first = _iso(year, month, int(match["d"] or match["d3"]))
    last = _iso(year, month, int(match["d2"])) if match["d2"] else None
    if first is None or (match["d2"] and last is None):
        return []
    return [Dated(first, last, match.start(), match.end(), match.group(), month=month)]


def _iso(year: int | None, month: int, day: int) -> str | None:
    if year is None:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _clamped(year: int, month: int, day: int) -> str:
    return date(year, month, min(day, calendar.monthrange(year, month)[1])).isoformat()


def _weekday(sign: str | None) -> int | None:
    return None if sign is None else "一二三四五六日".index(sign.replace("天", "日"))


def starts_here(text: str, seen: Dated) -> bool:
    """Whether the text says 起 or 开始 after the date."""
    return bool(_AFTER.match(text[seen.stop :]))
