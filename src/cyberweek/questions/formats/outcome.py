"""What reading a file gives, row by row. Not what becomes of a row: that is importing."""

from __future__ import annotations

import msgspec

from cyberweek.questions.draft import Fault, QuestionDraft


class Place(msgspec.Struct, frozen=True):
    """Where something stands: a row of a sheet, a line of a text, or the number of a question in its file."""

    number: int
    of: str = "line"
    sheet: str = ""


class Found(msgspec.Struct, frozen=True, tag="found"):
    """A question, and where it begins."""

    at: Place
    draft: QuestionDraft


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """A question that cannot be taken: the fault names the field, the cause and the way out; `stem` helps to find it."""

    at: Place
    fault: Fault
    stem: str = ""


class Remark(msgspec.Struct, frozen=True, tag="remark"):
    """Something that was left out or taken in a certain way; nothing is refused because of it."""

    at: Place
    fault: Fault


Outcome = Found | Refused | Remark


class Unreadable(Exception):
    """Raised when a whole file cannot be read: one cause and one way out."""

    def __init__(self, cause: str, way_out: str, **values: str) -> None:
        super().__init__(cause)
        self.fault = Fault("file", cause, way_out, values)
