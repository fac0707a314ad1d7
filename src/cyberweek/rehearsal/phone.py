"""A resident's phone: opens pages, begins, answers, asks again when the network was gone. Keeps its cookies as browsers do."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from typing import Any

import altcha
import httpx

from cyberweek.kernel.dice import Dice
from cyberweek.people.ticket import TICKET_COOKIE
from cyberweek.rehearsal.agenda import Agenda
from cyberweek.rehearsal.record import Record

HEADERS = {"user-agent": "Mozilla/5.0 (rehearsal)", "accept-language": "zh-CN,zh;q=0.9", "host": "127.0.0.1"}
DROPPED_S = 0.002  # after which a phone that loses its network is gone
PATIENCE = 60  # times that a phone asks before its owner gives up
DONE, WORK_FIRST, UNTIL_LATER = 200, 428, (429, 503)


class Phone:
    """`drops`: of a hundred answers, so many are sent into a network that breaks off."""

    def __init__(
        self,
        base: str,
        network: httpx.AsyncBaseTransport,
        agenda: Agenda,
        record: Record,
        *,
        dice: Dice,
        drops: int = 0,
    ) -> None:
        self._base, self._network, self._agenda, self.record = base, network, agenda, record
        self._dice, self._drops = dice, drops
        self._cookies: dict[str, str] = {}
        self._lane = self.attempt = ""
        self._step = 0

    @property
    def ticket(self) -> str:
        """What tells this device from others."""
        return self._cookies.get(TICKET_COOKIE, "")

    async def think(self, seconds: float) -> None:
        await self._agenda.pause(seconds)

    async def open(self, path: str, what: str) -> str:
        """A page as text; '' when there is none."""
        status, text = await self._ask("GET", path, what)
        if status != DONE:
            self.record.notice(f"{path}: {status}")
        return text if status == DONE else ""

    async def begin(self, path: str, **asked: Any) -> Any:
        """Begin what a page offers; what the lane told, or None when it is not to be begun now."""
        page = await self.open(path, "page")
        found = re.search(r'action="(/lane/[\w-]+/\d+)/begin"', page)
        if found is None:
            self.record.refuse("resident", "nothing-open")
            return None
        self._lane, self._step = found.group(1), 0
        began = await self._insist("begin", asked)
        if began is None:
            return None
        self.attempt = began["attempt"]
        return began["told"]

    async def do(self, command: dict[str, Any]) -> Any:
        """Send the next command until it is answered; None when it is refused for good."""
        asked = {"attempt": self.attempt, "step": self._step + 1, "command": command}
        if self._dice.below(100) < self._drops:
            await self._break_off(asked)
        done = await self._insist("do", asked)
        if done is None:
            return None
        self._step += 1
        return done["told"]

    async def again(self, command: dict[str, Any]) -> Any:
        """Send the last step once more with another command: what the lane tells must be what it told before."""
        asked = {"attempt": self.attempt, "step": self._step, "command": command}
        done = await self._insist("do", asked)
        return None if done is None else done["told"]

    async def cheat(self, trick: str, *, attempt: str | None = None, skip: int = 0, **command: Any) -> None:
        """Try something that has to be refused, and tell when it is not."""
        asked = {
            "attempt": self.attempt if attempt is None else attempt,
            "step": self._step + 1 + skip,
            "command": command,
        }
        status, body = await self._post("do", asked)
        if status == DONE:
            self.record.notice(f"a script got through: {trick}")
        else:
            self.record.refuse("script", f"{trick}: {_reason(body)}")

    async def _insist(self, verb: str, asked: dict[str, Any]) -> Any:
        for _ in range(PATIENCE):
            try:
                status, body = await self._post(verb, asked)
            except httpx.TransportError:
                self.record.retried += 1
                await self.think(2)
                continue
            if status == DONE:
                return body
            reason = _reason(body)
            if status == WORK_FIRST:
                asked = {**asked, "work": await asyncio.to_thread(_solved, body["challenge"])}
            elif status in UNTIL_LATER or reason == "too-fast":
                self.record.refuse("resident", reason)
                await self.think(5)
            else:
                self.record.refuse("resident", reason)
                return None
        self.record.notice(f"a resident gave up at {verb}")
        return None

    async def _break_off(self, asked: dict[str, Any]) -> None:
        """Send into a network that is gone before the answer: nobody knows whether it arrived."""
        self.record.retried += 1
        with contextlib.suppress(TimeoutError, httpx.TransportError):
            await asyncio.wait_for(self._post("do", asked), DROPPED_S)
        await self.think(3 + self._dice.below(30))

    async def _post(self, verb: str, asked: dict[str, Any]) -> tuple[int, Any]:
        status, text = await self._ask("POST", f"{self._lane}/{verb}", verb, asked)
        return status, json.loads(text) if text else {}

    async def _ask(self, method: str, path: str, what: str, body: Any = None) -> tuple[int, str]:
        headers = {**HEADERS, "cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        content = json.dumps(body).encode() if body is not None else None
        if content is not None:
            headers["content-type"] = "application/json"
            headers["content-length"] = str(len(content))
        request = httpx.Request(method, self._base + path, headers=headers, content=content)
        begun = time.monotonic()
        response = await self._network.handle_async_request(request)
        try:
            text = (await response.aread()).decode()
        finally:
            await response.aclose()
        self.record.took(what, time.monotonic() - begun)
        for line in response.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return response.status_code, text


def _reason(body: Any) -> str:
    return body.get("refused", "?") if isinstance(body, dict) else "?"


def _solved(challenge: dict[str, Any]) -> str:
    """What the page's script computes before a paper may begin."""
    made = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(made)
    return altcha.Payload(made, solution).to_base64() if solution else ""
