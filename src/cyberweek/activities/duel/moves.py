"""What a side may ask."""

from __future__ import annotations

import msgspec


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="answer"):
    """Answer a round's question with a position as it was shown."""

    round: int
    choice: int


class Lock(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="lock"):
    """Lock a round's split: attack points of one kind, defence cards, and perhaps the call for help."""

    round: int
    attack: int = 0
    points: int = 0
    cards: tuple[int, ...] = ()
    rescue: bool = False
