"""Sheets and chances for whoever needs some."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import msgspec

from cyberweek.prizes.draw import commitment, leaf_of
from cyberweek.prizes.sheet import Delivery, Prize, Sheet

SECRET = b"\x07" * 32


def prize(code: str = "cup", count: int = 2, **changes) -> Prize:
    values = {"code": code, "name_zh": "保温杯", "name_en": "Flask", "delivery": Delivery.GOODS, "count": count}
    return Prize(**({**values, "value_fen": 5_000} | changes))


def sheet(**changes) -> Sheet:
    """A sheet without a fault under the law of 2026."""
    values = {
        "activity": 7,
        "title": "示例答题抽奖",
        "organiser": "示例市网安周办公室",
        "contact": "prize@example.invalid",
        "period": ("2026-11-23T09:00:00+08:00", "2026-11-30T00:00:00+08:00"),
        "conditions": "每天首次合格的答卷得一次机会",
        "manner": "答卷合格即得",
        "prizes": (prize("cup", 2), prize("card", 5, delivery=Delivery.VOUCHER, value_fen=1_000)),
        "alternates": 10,
        "draw_at": "2026-12-02T10:00:00+08:00",
        "draw_method": "按公开种子对全部机会排序",
        "sources": ("双色球 2026140 期", "上证指数 2026-12-01 收盘"),
        "commitment": commitment(SECRET),
        "claim": ("2026-12-02T12:00:00+08:00", "2026-12-12T00:00:00+08:00"),
        "claim_way": "凭参与设备或凭证，手机验证",
        "delivery": "邮寄或卡券",
        "abandonment": "逾期未领视为放弃，由候补递补",
        "complaints": "complaint@example.invalid",
        "minors": "未满十四周岁不参加抽奖",
        "erase_after_days": 30,
    }
    return Sheet(**(values | changes))


def moments(moved: timedelta) -> dict[str, object]:
    """The moments of the example's sheet, moved by some time."""

    def at(text: str) -> str:
        return (datetime.fromisoformat(text) + moved).isoformat()

    found = msgspec.to_builtins(sheet())
    return {
        "period": tuple(map(at, found["period"])),
        "draw_at": at(found["draw_at"]),
        "claim": tuple(map(at, found["claim"])),
    }


def code(number: int) -> bytes:
    return hashlib.sha256(b"code %d" % number).digest()[:16]


def chances(count: int, day: str = "2026-11-24") -> list[bytes]:
    return sorted(leaf_of(7, day, code(number)) for number in range(count))
