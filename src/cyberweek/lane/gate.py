"""Who may ask, how often, and what a beginning costs. Nothing is refused that a person or a school's network does."""

from __future__ import annotations

from typing import Any

from cyberweek.lane import limits
from cyberweek.lane.http import Request, is_cross_site
from cyberweek.lane.once import Once
from cyberweek.lane.pressure import Pressure, looks_odd
from cyberweek.lane.refusals import CrossSite, TooMany
from cyberweek.lane.setting import Setting
from cyberweek.lane.work import WAIT_MS, Work
from cyberweek.people.ticket import Signer, Wait

WAIT_LIVES_MS = 600_000


class Gate:
    """Holds nobody's address: a network is known by a hash that dies with the process."""

    def __init__(self, setting: Setting, signer: Signer) -> None:
        self._behind_proxy = setting.behind_proxy
        self._signer = signer
        self._participants = limits.Buckets(setting.participant_rate)
        self._addresses = limits.Buckets(setting.address_rate)
        self._pressure = Pressure(setting.thresholds)
        self._work = Work(setting.ticket_key)
        self._waited = Once(WAIT_LIVES_MS)

    def admit(self, request: Request, client: str, at: int) -> None:
        """Let a request in unless another site sent it, or its network asks too much. Raises CrossSite, TooMany."""
        if is_cross_site(request.headers):
            raise CrossSite
        if not self._addresses.take(self.network(request, client), at):
            raise TooMany(10)

    def require_patience(self, participant: int, at: int) -> None:
        """Raises TooMany for a participant who asks more than a person does."""
        if not self._participants.take(participant, at):
            raise TooMany(5)

    def network(self, request: Request, client: str) -> int:
        """What stands for the network that a request comes from."""
        forwarded = request.headers.get(b"x-forwarded-for", b"") if self._behind_proxy else b""
        return hash(forwarded.decode("latin-1").rsplit(",", 1)[-1].strip() or client)

    def work_wanted(self, participant: int, request: Request, client: str, solution: str, at: int) -> int:
        """The level of work that is still to be done before a beginning; 0 to go on. Raises BadWork, Forged."""
        level = self._pressure.level(
            network=self.network(request, client), participant=participant, looks_odd=looks_odd(request.headers), at=at
        )
        if level and solution:
            self._work.require(solution, participant, level, at)
            return 0
        return 0 if level and self._has_waited(participant, request, at) else level

    def challenge(self, participant: int, level: int, at: int) -> dict[str, Any]:
        return self._work.challenge(participant, level, at)

    def wait(self, participant: int, level: int, request: Request, at: int) -> str:
        """The token by which a page without a script waits; one that it brings along goes on to count while it lives."""
        return self._signer.wait(self._brought(participant, request, at) or Wait(participant, at + WAIT_MS[level]))

    def note_begun(self, participant: int, request: Request, client: str, *, is_new: bool, at: int) -> None:
        self._pressure.note(network=self.network(request, client), participant=participant, is_new=is_new, at=at)

    def _has_waited(self, participant: int, request: Request, at: int) -> bool:
        """True once for each wait that is over."""
        wait = self._brought(participant, request, at)
        return wait is not None and wait.until <= at and self._waited.take(wait, at)

    def _brought(self, participant: int, request: Request, at: int) -> Wait | None:
        """The participant's own wait that a form brings along, None for none that can still begin. Raises Forged."""
        token = request.form().get("wait", [""])[0] if request.is_form else ""
        wait = self._signer.read_wait(token) if token else None
        if wait is None or wait.participant != participant or at >= wait.until + WAIT_LIVES_MS:
            return None
        return None if self._waited.has(wait) else wait
