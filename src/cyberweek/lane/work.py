"""Proof of work: a little computing before a daily paper begins, when many begin at once or something looks odd.

Never a puzzle: a script on the page does it unseen, and whoever has no script waits a few seconds instead. ALTCHA's
protocol (version 2, PBKDF2 with SHA-256): the server checks a solution with one derivation of a few hundred rounds.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import altcha

LIVES_S = 600
ROUNDS = {1: 100, 2: 400, 3: 1_600}
WAIT_MS = {1: 5_000, 2: 10_000, 3: 20_000}
_ALGORITHM = "PBKDF2/SHA-256"
_PREFIX = "00"  # one byte: 256 derivations on average


class BadWork(Exception):
    """Raised for a solution that is wrong, old, spent, or another participant's."""


class Work:
    """Makes challenges for participants, and takes each solution once."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._spent: dict[str, int] = {}
        self._order: deque[str] = deque()

    def challenge(self, participant: int, level: int, at: int) -> dict[str, Any]:
        """A challenge for a participant at a moment (ms); `level` is one of ROUNDS."""
        made = altcha.create_challenge(
            _ALGORITHM, ROUNDS[level], key_prefix=_PREFIX, expires_at=at // 1000 + LIVES_S,
            data={"participant": str(participant), "level": level}, hmac_secret=self._secret,
        )  # fmt: skip
        return made.to_dict()

    def require(self, solution: str, participant: int, level: int, at: int) -> None:
        """Accept a solution that is worth at least a level. Raises BadWork."""
        try:
            payload = altcha.Payload.from_base64(solution)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise BadWork("unreadable") from None
        parameters = payload.challenge.parameters
        known = parameters.data or {}
        if known.get("participant") != str(participant) or known.get("level", 0) < level:
            raise BadWork("made for somebody else, or too little")
        if parameters.cost not in ROUNDS.values() or (parameters.expires_at or 0) * 1000 < at:
            raise BadWork("old")
        if parameters.nonce in self._spent or not altcha.verify_solution(payload, self._secret).verified:
            raise BadWork("spent or wrong")
        self._spend(parameters.nonce, at)

    def _spend(self, nonce: str, at: int) -> None:
        self._spent[nonce] = at
        self._order.append(nonce)
        while self._order and self._spent[self._order[0]] < at - LIVES_S * 1000:
            del self._spent[self._order.popleft()]
