"""What the lane and those who ask it say to each other, as JSON and as the fields of plain forms."""

from __future__ import annotations

from typing import Any

import msgspec

from cyberweek.lane.http import Request
from cyberweek.lane.refusals import BadRequest

Fields = dict[str, list[str]]


class Do(msgspec.Struct, forbid_unknown_fields=True):
    """One command of an attempt; `step` counts up, and the same step again is the same command."""

    attempt: str
    step: int
    command: msgspec.Raw


class Say(msgspec.Struct, forbid_unknown_fields=True):
    """A word on a stream of events, which is known by its token."""

    line: str
    say: msgspec.Raw


class Begin(msgspec.Struct, forbid_unknown_fields=True):
    """Begin an attempt in one of the activity's modes, or as an admission says; then the device gets no ticket.

    `work` solves the challenge of an earlier beginning.
    """

    mode: int = 0
    admission: str = ""
    work: str = ""


class WorkFirst(msgspec.Struct):
    """A beginning that costs a little computing: solve the challenge, and begin again with the solution."""

    refused: str
    work: dict[str, Any]


class Began(msgspec.Struct):
    attempt: str
    told: msgspec.Struct


class Done(msgspec.Struct):
    told: msgspec.Struct


_BEGIN = msgspec.json.Decoder(Begin)


def read_begin(request: Request) -> Begin:
    """How somebody wants to take part, from a form or from JSON. Raises BadRequest, msgspec.DecodeError."""
    if not request.is_form:
        return _BEGIN.decode(request.body or b"{}")
    fields = request.form()
    mode = fields.get("mode", ["0"])[0]
    if not (mode.isascii() and mode.isdigit()):
        raise BadRequest
    return Begin(int(mode), fields.get("admission", [""])[0])


def read_step(fields: Fields) -> int:
    """Raises BadRequest."""
    try:
        return int(fields["step"][0])
    except (KeyError, ValueError):
        raise BadRequest from None


def read_back(fields: Fields) -> str:
    """Where a plain form wants to go next; only ever a path of this site."""
    back = fields.get("back", ["/"])[0]
    is_own = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if is_own else "/"


def with_query(path: str, query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{query}"
