"""Chinese numerals ↔ integers, as official texts use them for headings and dates. Nothing above 99 but years."""

from __future__ import annotations

_DIGITS = {"〇": 0, "○": 0, "零": 0, "０": 0, "O": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
           "八": 8, "九": 9}  # fmt: skip
NUMERAL = "〇○零一二三四五六七八九十廿卅"


def integer(text: str) -> int | None:
    """Read 7, 07, 七, 十七, 二十七, 廿七, 二〇二三; None for anything else."""
    if text.isascii() and text.isdecimal():
        return int(text)
    if not text or any(sign not in NUMERAL + "O两" for sign in text):
        return None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return int("".join(str(_DIGITS[sign]) for sign in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def chinese(number: int) -> str:
    """Write 1–99 in Chinese: 一, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    signs = "〇一二三四五六七八九"
    if not 0 < number < 100:
        return str(number)
    head = "" if tens == 0 else "十" if tens == 1 else signs[tens] + "十"
    return head + (signs[ones] if ones else "")
