"""Somebody at a console's pages: signs in, opens pages, fills in the forms that stand there, reads what the house says."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import httpx

from cyberweek.rehearsal.cast import Person
from cyberweek.rehearsal.phone import HEADERS
from cyberweek.rehearsal.record import Record

Files = dict[str, tuple[str, bytes, str]] | None
TRIES = 3
TASK = r"/console/tasks/\d+/"


class NoSuchForm(Exception):
    """Raised when a page has no form for what somebody wants to do; names the page and the form."""


@dataclass
class Form:
    """A form as it stands on the page: where it goes, what is in it, and what may be chosen."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    path: str
    status: int
    text: str
    forms: list[Form]

    @property
    def said(self) -> list[tuple[str, str]]:
        """The house's messages as (good, warn or error; words)."""
        found = re.findall(r'<li class="notice(?: notice-(good|warn|error))?">(.*?)</li>', self.text, re.DOTALL)
        return [(kind, re.sub(r"<[^>]+>", "", words).strip()) for kind, words in found]

    @property
    def is_done(self) -> bool:
        """True when the house says that it was done."""
        return [kind for kind, _words in self.said] == ["good"]

    @property
    def reason(self) -> str:
        """Why something was not done: the house's words, else the status."""
        fields = re.findall(r'<p class="field-error"[^>]*>(.*?)</p>', self.text)
        return "；".join([*(words for _kind, words in self.said), *fields]) or f"{self.path}: {self.status}"

    def links(self, pattern: str) -> list[str]:
        """Addresses on the page that match wholly, each once, in their order."""
        return [each for each in dict.fromkeys(re.findall(r'href="([^"]+)"', self.text)) if re.fullmatch(pattern, each)]

    def has(self, pattern: str) -> bool:
        """True when a form of the page goes to an address that matches wholly."""
        return any(re.fullmatch(pattern, urlsplit(each.action).path) for each in self.forms)

    def form(self, pattern: str) -> Form:
        """The first form whose address matches wholly. Raises NoSuchForm."""
        for each in self.forms:
            if re.fullmatch(pattern, urlsplit(each.action).path):
                return each
        raise NoSuchForm(f"{self.path}: {pattern}")


class Desk:
    """A browser with a person before it. `network` gives it an address of its own."""

    def __init__(self, base: str, network: httpx.AsyncBaseTransport, record: Record) -> None:
        self._client = httpx.AsyncClient(
            base_url=base, transport=network, headers={k: v for k, v in HEADERS.items() if k != "host"},
            follow_redirects=True, timeout=30,
        )  # fmt: skip
        self._record = record

    async def sign_in(self, person: Person) -> None:
        """By password and the second factor's code; a code that was overtaken by the next is typed anew. Raises NoSuchForm."""
        page = await self.open("/accounts/login/?next=/console/")
        page = await self._send(_with(page, "login"), {"login": person.username, "password": person.password})
        for _ in range(TRIES):
            page = await self._send(_with(page, "code"), {"code": person.code()})
            if page.path.startswith("/console/"):
                return
        self._record.notice(f"{person.username} could not sign in: {page.reason}")

    async def open(self, path: str) -> Page:
        return await self._page("GET", path)

    async def submit(self, page: Page, pattern: str, **changes: str) -> Page:
        """Fill in a form of the page and send it; fields keep what stands in them. Raises NoSuchForm."""
        return await self._send(page.form(pattern), changes)

    async def submit_photo(self, page: Page, pattern: str, photo: bytes, **changes: str) -> Page:
        """The same with a photo. Raises NoSuchForm."""
        return await self._send(page.form(pattern), changes, {"photo": ("photo.jpg", photo, "image/jpeg")})

    async def fetch(self, path: str) -> bytes:
        """A file."""
        answer = await self._client.get(path)
        return answer.content

    async def leave(self) -> None:
        await self._client.aclose()

    async def _send(self, form: Form, changes: dict[str, str], files: Files = None) -> Page:
        return await self._page("POST", form.action, {**form.fields, **changes}, files)

    async def _page(self, method: str, path: str, data: dict[str, str] | None = None, files: Files = None) -> Page:
        begun = time.monotonic()
        answer = await self._client.request(method, path, data=data, files=files)
        self._record.took("console", time.monotonic() - begun)
        if answer.is_server_error:
            self._record.notice(f"{method} {path}: {answer.status_code}")
        here = answer.url.path
        return Page(here, answer.status_code, answer.text, list(read_forms(answer.text, here)))


def read_forms(text: str, here: str) -> Iterator[Form]:
    """The forms of a page, in their order; one without an address goes back to the page."""
    reader = _Reader(here)
    reader.feed(text)
    yield from reader.forms


class _Reader(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._here = here
        self._open: Form | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action") or self._here)
            self.forms.append(self._open)
        elif self._open is not None:
            self._field(self._open, tag, given)

    def handle_data(self, data: str) -> None:
        if self._area and self._open is not None:
            self._open.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag in ("select", "textarea"):
            self._select = self._area = ""

    def _field(self, form: Form, tag: str, given: dict[str, Any]) -> None:
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            form.choices.setdefault(self._select, []).append(given.get("value", ""))
            if "selected" in given or self._select not in form.fields:
                form.fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            form.fields[name] = ""
        elif tag == "input" and name and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            form.fields[name] = given.get("value", "")


def _with(page: Page, field_name: str) -> Form:
    for each in page.forms:
        if field_name in each.fields:
            return each
    raise NoSuchForm(f"{page.path}: {field_name}")
