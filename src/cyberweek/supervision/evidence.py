"""What a kind of task needs before it can be reported, as data. Pure: no database, no clock.

What the ledger has counted comes first: a unit whose participants are counted need not count them again.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import msgspec

from cyberweek.component.ports import Counted
from cyberweek.kernel.codec import canonical, digest
from cyberweek.kernel.text import mark

PEOPLE = "people"
PHOTO = "photo"
LINK = "link"
GRADES = ("measured", "estimated")


@dataclass(frozen=True, slots=True)
class TaskKind:
    """A kind of task: its name, what it needs to be reported, and the words by which a plan's text speaks of it."""

    name: str
    label: str
    needs: frozenset[str]
    speaks: str = ""


KINDS = (
    TaskKind(
        "event",
        mark("举办活动"),
        frozenset({PEOPLE, PHOTO}),
        r"办好|举办|承办|举行|演出|展览|比赛|竞赛|(?:校园|电信|法治|金融|青少年|保护)日",
    ),
    TaskKind("publicity", mark("宣传报道"), frozenset({LINK}), r"宣传报道|媒体|大屏|短信|推送|刊发|播放"),
    TaskKind("check", mark("检查落实"), frozenset({PHOTO}), r"检查|巡查|防疫|消毒"),
    TaskKind("other", mark("其他工作"), frozenset()),
)
OTHER = KINDS[-1]
_BY_NAME = {kind.name: kind for kind in KINDS}


class Said(msgspec.Struct, frozen=True):
    """What somebody wrote with an act. `salt` keeps the digest in the ledger from telling a text that was erased."""

    salt: str
    words: str
    people: int = 0
    grade: str = ""
    links: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        return digest(canonical(self))


def kind_of(name: str, text: str) -> TaskKind:
    """The kind that the office chose, else the one of which the task's text speaks."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    return next((kind for kind in KINDS if kind.speaks and re.search(kind.speaks, text)), OTHER)


def missing(kind: TaskKind, said: Said, counted: Collection[Counted], *, is_lead: bool) -> list[str]:
    """What a report still lacks, of people, photo and link; a supporting unit owes no more than words."""
    given = {
        PEOPLE: said.people > 0 or any(each.is_people and each.value > 0 for each in counted),
        PHOTO: bool(said.photos),
        LINK: bool(said.links),
    }
    return [need for need in (PEOPLE, PHOTO, LINK) if is_lead and need in kind.needs and not given[need]]
