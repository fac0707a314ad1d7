"""Write the islands' protocol types from the Python structs; `make fmt` runs it, tests/house/test_protocol.py compares.

Not a general translator: it knows the types that the structs use, and stops at any other.
"""

from __future__ import annotations

import types
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from cyberweek.activities.duel import clash, moves, telling
from cyberweek.activities.quiz import rules as quiz

ISLANDS = Path(__file__).parent / "islands"
FILES: dict[Path, tuple[type[msgspec.Struct], ...]] = {
    ISLANDS / "quiz" / "paper" / "protocol.ts": (
        quiz.GiveAnswer,
        quiz.Shown,
        quiz.Verdict,
        quiz.TopicResult,
        quiz.Result,
        quiz.Opened,
        quiz.Told,
    ),
    ISLANDS / "duel" / "match" / "protocol.ts": (
        clash.Split,
        clash.Hit,
        moves.Answer,
        moves.Lock,
        telling.Met,
        telling.Asked,
        telling.Locked,
        telling.Armed,
        telling.Revealed,
        telling.Missed,
        telling.Finished,
        telling.Resumed,
        telling.Voided,
    ),
}
PLAIN = {int: "number", float: "number", str: "string", bool: "boolean", type(None): "null"}


class NoSuchType(Exception):
    """Raised when a struct holds a type that has no counterpart here yet."""


def render(structs: tuple[type[msgspec.Struct], ...]) -> str:
    """The text of a protocol file: one interface for each struct."""
    head = "// What the lane and this island say to each other. Written from the Python structs by `make fmt`; do not edit.\n"
    return head + "".join(f"\n{_interface(struct)}" for struct in structs)


def write() -> None:
    for path, structs in FILES.items():
        path.write_text(render(structs), encoding="utf-8")


def _interface(struct: type[msgspec.Struct]) -> str:
    """A field that has a default may be left out."""
    hints = get_type_hints(struct)
    fields = "".join(
        f"  readonly {each.name}{'' if each.required else '?'}: {_type(hints[each.name])};\n"
        for each in msgspec.structs.fields(struct)
    )
    config = struct.__struct_config__
    tag = f'  readonly {config.tag_field}: "{config.tag}";\n' if config.tag_field else ""
    return f"export interface {struct.__name__} {{\n{tag}{fields}}}\n"


def _type(hint: Any) -> str:
    if hint in PLAIN:
        return PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint.__name__
    if get_origin(hint) in (Union, types.UnionType):
        return " | ".join(_type(each) for each in get_args(hint))
    if get_origin(hint) is tuple and get_args(hint)[-1] is ...:
        return f"readonly {_type(get_args(hint)[0])}[]"
    if get_origin(hint) is tuple:
        return f"readonly [{', '.join(_type(each) for each in get_args(hint))}]"
    raise NoSuchType(f"{hint} has no TypeScript counterpart in {Path(__file__).name}; add it there")


if __name__ == "__main__":
    write()
