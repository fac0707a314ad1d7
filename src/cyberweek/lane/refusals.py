"""Why the lane did not do what it was asked: each exception with its status and the reason that is told."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import msgspec

from cyberweek.component.manifest import UnknownKind
from cyberweek.component.rules import BadForm
from cyberweek.lane.http import Header, TooLarge, refusal
from cyberweek.lane.work import BadWork
from cyberweek.people.ticket import Forged

Answered = tuple[int, bytes, Sequence[Header]]
"""Status, JSON, further headers."""

_log = logging.getLogger(__name__)


class BadRequest(Exception):
    """Raised when a body makes no command."""


class NoSuchAddress(Exception):
    """Raised when an address names no command of the lane."""


class CrossSite(Exception):
    """Raised when another site's page sent a command."""


class Moved(Exception):
    """Raised when another process decides now; the client may simply ask again."""


class TooMany(Exception):
    """Raised when somebody asks more than a person does; `seconds` is when to ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


FAILURES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], int, str, Sequence[Header]], ...] = (
    (Forged, 403, "forged-ticket", ()),
    (BadWork, 403, "bad-work", ()),
    (CrossSite, 403, "cross-site", ()),
    (NoSuchAddress, 404, "unknown-address", ()),
    (UnknownKind, 404, "unknown-activity", ()),
    (TooLarge, 413, "too-large", [(b"connection", b"close")]),
    ((BadRequest, BadForm, msgspec.DecodeError, ValueError), 400, "bad-request", ()),
    (Moved, 503, "moved", [(b"retry-after", b"1")]),
)


def failure(error: Exception) -> Answered:
    """The answer for what went wrong; what nobody foresaw is logged, and told as 'try again'."""
    for kinds, status, reason, headers in FAILURES:
        if isinstance(error, kinds):
            return status, refusal(reason), headers
    if isinstance(error, TooMany):
        return 429, refusal("too-many"), [(b"retry-after", str(error.seconds).encode())]
    _log.error("a command failed", exc_info=error)
    return 503, refusal("try-again"), [(b"retry-after", b"1")]
