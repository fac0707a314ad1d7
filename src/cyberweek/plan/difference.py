"""What a revised plan changes: added, removed and changed items with readable paths. Changes nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeVar

import msgspec

from cyberweek.plan.check.likeness import likeness
from cyberweek.plan.reader.understood import Plan

T = TypeVar("T", bound=msgspec.Struct)
_WORDS = {
    "title": "标题", "start": "开始", "end": "结束", "theme": "主题", "date": "日期", "place": "地点", "items": "内容",
    "no": "编号", "name": "名称", "kind": "类型", "hosts": "主办", "guides": "指导", "organisers": "承办", "leads": "牵头",
    "tasks": "任务", "units": "单位", "collective": "泛称", "what": "事项", "to": "接收单位", "channels": "渠道",
    "onward": "转报", "aliases": "别名",
}  # fmt: skip


class Change(msgspec.Struct, frozen=True):
    """One difference. `before` is None for what was added, `after` for what was removed."""

    sort: Literal["added", "removed", "changed"]
    path: str
    before: str | None = None
    after: str | None = None


def difference(old: Plan, new: Plan) -> list[Change]:
    """Every difference between two plans, in the order of the keys. Findings are not compared."""
    return [*_changes(old, new)]


def _changes(old: Plan, new: Plan) -> Iterator[Change]:
    yield from _values(
        "", [(field, getattr(old, field), getattr(new, field)) for field in ("title", "start", "end", "theme")]
    )
    yield from _fields("启动仪式", old.launch, new.launch)
    yield from _lists("活动", old.activities, new.activities, lambda each: each.name)
    yield from _lists("主题日", old.theme_days, new.theme_days, lambda each: each.name)
    yield from _lists("分工", old.task_rows, new.task_rows, lambda each: "、".join(each.units))
    yield from _lists("报送", old.deadlines, new.deadlines, lambda each: each.what or each.date or "")
    yield from _values("", [("onward", old.onward, new.onward)])
    yield from _lists("单位", old.units, new.units, lambda each: each.name)


def _lists(word: str, old: list[T], new: list[T], name: Callable[[T], str]) -> Iterator[Change]:
    pairs, added = _paired(old, new, name)
    for before, after in pairs:
        if after is None:
            yield Change("removed", f"{word}“{name(before)}”", _shown(before), None)
        else:
            yield from _fields(f"{word}“{name(before)}”", before, after)
    for each in added:
        yield Change("added", f"{word}“{name(each)}”", None, _shown(each))


def _paired(old: list[T], new: list[T], name: Callable[[T], str]) -> tuple[list[tuple[T, T | None]], list[T]]:
    """Pair items by equal names first, then by names that are much alike."""
    left = list(new)
    pairs: dict[int, T] = {}
    for same in (lambda one, other: one == other, lambda one, other: likeness(one, other) >= 0.75):
        for at, each in enumerate(old):
            twin = None if at in pairs else next((other for other in left if same(name(each), name(other))), None)
            if twin is not None:
                pairs[at] = twin
                left = [other for other in left if other is not twin]
    return [(each, pairs.get(at)) for at, each in enumerate(old)], left


def _fields(path: str, old: msgspec.Struct, new: msgspec.Struct) -> Iterator[Change]:
    names = [field for field in old.__struct_fields__ if field != "collective"]
    yield from _values(f"{path} · ", [(field, getattr(old, field), getattr(new, field)) for field in names])


def _values(path: str, values: list[tuple[str, object, object]]) -> Iterator[Change]:
    for field, before, after in values:
        if before != after:
            sort: Literal["added", "removed", "changed"] = (
                "added" if before in (None, []) else "removed" if after in (None, []) else "changed"
            )
            yield Change(sort, path + _WORDS[field], _shown(before), _shown(after))


def _shown(value: object) -> str | None:
    if value is None or value == []:
        return None
    if isinstance(value, list):
        return "、".join(str(each) for each in value)
    if isinstance(value, msgspec.Struct):
        parts = [
            (field, _shown(getattr(value, field)))
            for field in value.__struct_fields__
            if field not in ("collective", "kind")
        ]
        return "；".join(f"{_WORDS[field]} {text}" for field, text in parts if text)
    return str(value)
