"""What upper rooms need of each other. Rooms offer, `project` wires, pages ask; nobody imports a neighbour."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from cyberweek.kernel.windows import Window

T = TypeVar("T")


class Port(Generic[T]):
    """An ordered list of offers. Filled once at start by `project.wiring`."""

    def __init__(self) -> None:
        self._offers: list[T] = []

    def offer(self, offer: T) -> None:
        if offer not in self._offers:
            self._offers.append(offer)

    def __iter__(self):
        return iter(self._offers)


@dataclass(frozen=True, slots=True)
class TodayCard:
    """One card on the console's Today page: a headline figure, a light and where to act."""

    title: str
    figure: str
    light: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that keeps an activity from opening, and where to put it right."""

    message: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class TableText:
    """A table to be written as a file or an annex; columns are (title, width in mm on paper, in characters in a sheet)."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class OfficialText:
    """An official document; of its blocks, (0, text) is a paragraph, and (1 to 4, text) a heading, which the writer numbers.

    `mark` stands above the title, as 演练 does.
    """

    title: str
    recipient: str
    blocks: tuple[tuple[int, str], ...]
    signed_by: str
    date: str
    mark: str = ""
    annexes: tuple[TableText, ...] = ()


@dataclass(frozen=True, slots=True)
class PlayLink:
    """Where an activity is played, and from when till when."""

    url: str
    window: Window


@dataclass(frozen=True, slots=True)
class HeldData:
    """What a room holds about one participant's device, in words.

    `url`: where something that names the person is seen and deleted; '' for facts, which name nobody.
    """

    title: str
    lines: list[str] = field(default_factory=list)
    url: str = ""


@dataclass(frozen=True, slots=True)
class DrawNotice:
    """What pages of an activity say about its draw: what can be won and when, and the draw's own page."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class DistrictFigures:
    """How many of something each district has; None where there are too few to be shown."""

    label: str
    values: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Lights:
    """How many tasks stand under each light."""

    late: int
    soon: int
    fine: int
    done: int


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An incident that is not closed: what it is called, its light, since when, and what has to happen by when."""

    title: str
    light: str
    since: datetime
    next_step: str = ""
    due: datetime | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """What a participant passed, as a certificate may say it: under which release, in which stream, how well, when."""

    release: int
    stream: int
    right: int
    of: int
    day: date


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure that the ledger holds of a unit's part in an activity. `is_people`: it says how many took part."""

    label: str
    value: int
    unit: str
    note: str = ""
    is_people: bool = False


@dataclass(frozen=True, slots=True)
class Player:
    """How a kind of activity is taken part in, as a rehearsal lets simulated residents do it.

    settings    what its office fills into the console's form before it publishes, where the form is empty
    play        (phone, address of the page, dice) takes part once; tells the phone's record what was acknowledged
    cheat       the same as a script that wants more than its share
    """

    kind: str
    settings: Mapping[str, str]
    play: Callable[[Any, str, Any], Awaitable[None]]
    cheat: Callable[[Any, str, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of a navigation. `exact`: current only on this very page; `right`: hidden without it."""

    label: str
    url_name: str
    right: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Copying:
    """A campaign and its copy in another year, whose days lie `by` later; each activity is paired with its copy."""

    source: Any
    copy: Any
    by: timedelta
    activities: Sequence[tuple[Any, Any]]


today_cards: Port[Callable[[Any, Any], list[TodayCard]]] = Port()
"""(campaign, request) -> cards."""

opening_gates: Port[Callable[[Any], list[Missing]]] = Port()
"""(activity) -> what is missing before it may open."""

held_data: Port[Callable[[int], list[HeldData]]] = Port()
"""(participant key) -> what is held."""

console_nav: Port[NavItem] = Port()

portal_nav: Port[NavItem] = Port()

activity_consoles: Port[Callable[[Any], str | None]] = Port()
"""(activity) -> the address of its kind's own console page, or None."""

unit_loads: Port[Callable[[Any, Any], dict[int, Any]]] = Port()
"""(campaign, today) -> by unit: an object with total, open, late and unsigned."""

act_words: Port[Callable[[str, Any], str | None]] = Port()
"""(kind, body) -> an official act in words, or None when it is another room's."""

play_links: Port[Callable[[Collection[Any]], dict[int, PlayLink | None]]] = Port()
"""(activities) -> by activity, for those that are played here: where and when, or None while nothing is published.

One query for a whole list.
"""

openings: Port[Callable[[Any, int, Any, int], None]] = Port()
"""(activity, seat, at, origin) -> what else happens when it opens; in the transaction, facts by `ledger.outbox`."""

chance_kinds: Port[str] = Port()
"""Kinds of activities whose participants may earn chances."""

odd_participants: Port[Callable[[Any], Collection[tuple[int, str, int]]]] = Port()
"""(activity) -> participant, reason and number of papers, for those who took part as no person does."""

chance_links: Port[Callable[[Any], str | None]] = Port()
"""(activity) -> where participants find the chances they earned in it, or None when no draw is held for it."""

passed_attempts: Port[Callable[[Any, str], Passed | None]] = Port()
"""(activity, token of an attempt) -> what was passed by it, or None when it was not, or is of another kind."""

certificate_links: Port[Callable[[Any], str | None]] = Port()
"""(activity) -> where a participant who passed is given a certificate, or None."""

district_links: Port[Callable[[Any], str | None]] = Port()
"""(activity) -> where residents see how the districts do in it, or None; no query, lists call it for every activity."""

district_figures: Port[Callable[[Any], DistrictFigures | None]] = Port()
"""(campaign) -> how much the districts took part, by the first room that knows."""

task_lights: Port[Callable[[Any, date], Lights]] = Port()
"""(campaign, today) -> how its tasks stand."""

open_incidents: Port[Callable[[Any, datetime], list[OpenIncident]]] = Port()
"""(campaign, now) -> the gravest first."""

draw_notices: Port[Callable[[Collection[Any]], dict[int, DrawNotice]]] = Port()
"""(activities) -> by activity key, what pages say about their draws; lists call it once for all of them."""

copies: Port[Callable[[Copying], None]] = Port()
"""(copying) -> copies what the room keeps as drafts of the campaign and its activities; in the transaction."""

counted_for: Port[Callable[[Any, Any], list[Counted]]] = Port()
"""(activity, unit) -> what was counted of a unit's part in an activity: evidence that it need not give again."""

document_writers: Port[Callable[[OfficialText], bytes]] = Port()
"""(text) -> the document as .docx; one room knows how official documents are set."""

table_writers: Port[Callable[[TableText], bytes]] = Port()
"""(table) -> the table as .xlsx; one room knows how sheets are written."""

rounds: Port[Callable[[datetime], Any]] = Port()
"""(at) -> what a room does by itself every minute, in this order; done again it does nothing twice."""

players: Port[Player] = Port()
"""Kinds of activities that a rehearsal knows how to take part in."""

practice_links: Port[Callable[[Any], str | None]] = Port()
"""(campaign) -> where somebody practises now what went wrong elsewhere, or None."""

metrics: Port[Any] = Port()
"""Every metric of the house, in the registry's order."""

item_answers: Port[Callable[[int], Iterable[Any]]] = Port()
"""(limit) -> the newest answers to questions of the bank, as `questions.statistics.Answered`."""
