"""Proof of work: a little computing before a daily paper begins, when many begin at once or something looks odd.

Never a puzzle: a script on the page does it unseen, and whoever has no script waits a few seconds instead. ALTCHA's
protocol (version 2, PBKDF2 with SHA-256): the server checks a solution with one derivation of a few hundred rounds.
"""

from __future__ import annotations

from typing import Any

import altcha

from cyberweek.lane.once import Once

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
        self._spent = Once(LIVES_S * 1000)

    def challenge(self, participant: int, level: int, at: int) -> dict[str, Any]:
        """A challenge for a participant at a moment (ms); `level` is one of ROUNDS.

        Its end is in the signed data: the library's own `expires_at` is held against the machine's clock, not the house's.
        """
        made = altcha.create_challenge(
            _ALGORITHM, ROUNDS[level], key_prefix=_PREFIX, hmac_secret=self._secret,
            data={"participant": str(participant), "level": level, "until": at + LIVES_S * 1000},
        )  # fmt: skip
        return made.to_dict()

    def require(self, solution: str, participant: int, level: int, at: int) -> None:
        """Accept a solution that is worth at least a level. Raises BadWork."""
        try:
            payload = altcha.Payload.from_base64(solution)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise BadWork("unreadable") from None
        parameters = payload.challenge.parameters
        if parameters.cost not in ROUNDS.values() or not altcha.verify_solution(payload, self._secret).verified:
            raise BadWork("wrong or spent")
        signed = parameters.data or {}  # from here on what it says was said here
        if signed["participant"] != str(participant) or signed["level"] < level:
            raise BadWork("made for somebody else, or too little")
        if signed["until"] < at:
            raise BadWork("old")
        if not self._spent.take(parameters.nonce, at):
            raise BadWork("wrong or spent")
