"""What every page needs to know: the campaign, the language, the view. At most one query, and none where no campaign is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext

from cyberweek.component.ports import console_nav, portal_nav
from cyberweek.people.middleware import is_console
from cyberweek.plan.queries import shown_campaign

VIEW_COOKIE = "view"


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a navigation."""

    url: str
    label: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """The other language, and this page in it."""

    code: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """Seen by every template as `page`."""

    campaign: Any
    nav: list[Link]
    console_nav: list[Link]
    view: str
    other_language: Language
    demo: bool
    rehearsal: bool
    demo_signin: list[dict[str, str]] = field(default_factory=list)


def page(request: HttpRequest) -> dict[str, Any]:
    return {"page": SimpleLazyObject(lambda: _page(request))}


def _page(request: HttpRequest) -> Page:
    return Page(
        campaign=shown_campaign(),
        nav=_links(request, portal_nav),
        console_nav=_links(request, console_nav) if is_console(request.path) else [],
        view="elder" if request.COOKIES.get(VIEW_COOKIE) == "elder" else "standard",
        other_language=_other_language(request),
        demo=settings.DEMO,
        rehearsal=settings.REHEARSAL is not None,
        demo_signin=_demo_signin(request),
    )


def _links(request: HttpRequest, port) -> list[Link]:
    links = []
    for item in port:
        if item.right and not request.user.has_perm(item.right):
            continue
        url = reverse(item.url_name)
        here = request.path == url if item.exact else request.path.startswith(url)
        links.append(Link(url, gettext(item.label), here))
    return links


def _other_language(request: HttpRequest) -> Language:
    other = "en" if get_language() != "en" else "zh-hans"
    return Language(other, "English" if other == "en" else "中文", translate_url(request.get_full_path(), other))


def _demo_signin(request: HttpRequest) -> list[dict[str, str]]:
    if not settings.DEMO or "/accounts/" not in request.path:
        return []
    from cyberweek.project.demo import sign_ins  # noqa: PLC0415 -- only a demo knows sign-ins

    return sign_ins()
