"""How grave an incident is, by the regulation pack of its day. Pure; the thresholds stand in the pack, with their source."""

from __future__ import annotations

import msgspec

from cyberweek.kernel.regulations import Pack, Threshold

GENERAL = "general"
GRADES = (GENERAL, "larger", "major", "extraordinary")
SORTS = ("outage", "leak", "content", "flaw", "other")


class Measures(msgspec.Struct, frozen=True):
    """What is known of an incident in figures; nothing known is nothing, and can only raise the grade later."""

    minutes: int = 0
    people: int = 0
    home_minutes: int = 0
    page_minutes: int = 0
    forwards: int = 0
    views: int = 0
    yuan: int = 0


NOTHING = Measures()


def reached(measures: Measures, pack: Pack) -> list[Threshold]:
    """The thresholds that the figures reach, gravest first."""
    if pack.incidents is None:
        return []
    found = [each for each in pack.incidents.thresholds if getattr(measures, each.measure) >= each.at_least]
    return sorted(found, key=lambda each: -GRADES.index(each.grade))


def grade_of(measures: Measures, pack: Pack) -> str:
    """The gravest grade that a figure gives; the lowest where none does."""
    found = reached(measures, pack)
    return found[0].grade if found else GENERAL


def has_to_be_reported(grade: str, pack: Pack) -> bool:
    return pack.incidents is not None and GRADES.index(grade) >= GRADES.index(pack.incidents.report_from)
