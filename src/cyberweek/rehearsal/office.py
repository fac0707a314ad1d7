"""The office of the week: hands out the tasks, opens what is played, types head-counts, one of them wrong, and signs."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import httpx

from cyberweek.kernel.dice import Dice
from cyberweek.rehearsal.agenda import Agenda
from cyberweek.rehearsal.cast import Playable, Week, moment
from cyberweek.rehearsal.desk import TASK, Desk, NoSuchForm, Page
from cyberweek.rehearsal.record import Record

REPORT = "/console/report/"
EDITION = r"/console/report/editions/\d+/"
SETTLES_S = 2.5  # real seconds until what was acknowledged last is counted
WRONG_DAY = 2
FIRST_REVIEW = 1


async def live(week: Week, network: httpx.AsyncBaseTransport, agenda: Agenda, record: Record, folder: Path) -> None:
    """The office's whole week; the edition's files are kept in the folder."""
    desk = Desk(week.base, network, record)
    try:
        await agenda.until(week.at(-7, 9))
        await desk.sign_in(week.office)
        await _assign(desk, record)
        await agenda.until(week.at(-1, 15))
        for each in week.playable:
            await _publish(desk, record, each)
        for day in range(week.days):
            await agenda.until(week.at(day, 18, 30))
            await _count_heads(week, desk, record, day)
            await _review(desk, record, returns=day == FIRST_REVIEW)
        await agenda.until(moment(week.deadline, 14))
        await _review(desk, record, returns=False)
        await agenda.until(moment(week.deadline, 15))
        await _sign(desk, record, folder)
    except NoSuchForm as error:
        record.notice(f"the office found no form: {error}")
    finally:
        await desk.leave()


async def _assign(desk: Desk, record: Record) -> None:
    done = await desk.submit(await desk.open("/console/tasks/"), "/console/tasks/assign/")
    if _was_done(done, record):
        record.add("task.assigned", _number_in(done))


async def _publish(desk: Desk, record: Record, each: Playable) -> None:
    """Set it up where it is not, and publish it."""
    page = await desk.open(each.console)
    form = page.form(each.console)
    empty = all(form.fields.get(name, "") in ("", "0") for name in each.player.settings)
    page = await desk.submit(page, each.console, **(each.player.settings if empty else {}))
    _was_done(await desk.submit(page, f"{each.console}publish/"), record)


async def _count_heads(week: Week, desk: Desk, record: Record, day: int) -> None:
    """Report a head-count; on one day a wrong one, which is taken back."""
    dice, page = Dice("heads", week.starts, day), await desk.open(REPORT)
    people = 200 + dice.below(3_000)
    if day == WRONG_DAY:
        page = await _head_count(week, desk, record, page, day, people * 100)
        void = next(each for each in page.forms if each.action.endswith("/void/"))
        page = await desk.submit(page, re.escape(void.action))
        if _was_done(page, record):
            record.add("imported.people-voided", people * 100)
    await _head_count(week, desk, record, page, day, people)


async def _head_count(week: Week, desk: Desk, record: Record, page: Page, day: int, people: int) -> Page:
    form = page.form(f"{REPORT}head-counts/")
    chosen = {name: next(filter(None, values), "") for name, values in form.choices.items()}
    given = {"day": f"{week.starts + timedelta(days=day)}", "people": f"{people}", "evidence": f"R-{day + 1}-{people}"}
    done = await desk.submit(page, f"{REPORT}head-counts/", **{**chosen, **given})
    if _was_done(done, record):
        record.add("imported.people", people)
    return done


async def _review(desk: Desk, record: Record, *, returns: bool) -> None:
    """Close what units reported; on the first review one report goes back to be completed."""
    listed = await desk.open("/console/tasks/?state=reported")
    for number, path in enumerate(listed.links(TASK)):
        page = await desk.open(path)
        if returns and number == 0:
            if _was_done(await desk.submit(page, f"{TASK}return/", words="请补充现场照片（彩排）。"), record):
                record.add("task.returned")
        elif _was_done(await desk.submit(page, f"{TASK}close/"), record):
            record.add("task.closed")


async def _sign(desk: Desk, record: Record, folder: Path) -> None:
    """Freeze the edition once everything is counted, and keep its files."""
    await asyncio.sleep(SETTLES_S)
    page = await desk.submit(await desk.open(REPORT), f"{REPORT}editions/")
    _was_done(page, record)
    for path in page.links(f"{EDITION}.+"):
        (folder / path.rsplit("/", 1)[1]).write_bytes(await desk.fetch(path))


def _was_done(page: Page, record: Record) -> bool:
    if not page.is_done:
        record.refuse("office", page.reason)
    return page.is_done


def _number_in(page: Page) -> int:
    found = re.search(r"\d+", "".join(words for _kind, words in page.said))
    return int(found.group()) if found else 0
