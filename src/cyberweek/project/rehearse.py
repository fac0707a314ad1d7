"""`cyberweek rehearse`: a throw-away house with this week's drafts, its whole week played, and what was counted compared.

The installation is only read, and only its drafts; the house, its clock and everything in it are gone afterwards.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from cyberweek.kernel.clock import system_clock
from cyberweek.project import address
from cyberweek.rehearsal import stage
from cyberweek.rehearsal.cast import Week
from cyberweek.rehearsal.moved_clock import MovedClock
from cyberweek.rehearsal.record import Line, Record, compared, write
from cyberweek.rehearsal.server import NotUp, Server

T = TypeVar("T")
SHORT = (60, 5)  # residents, units
DRAFTS, PAGE, HOUSE, CLOCK = "drafts.jsonl", "rehearsal.json", "house", "clock"
NOT_INHERITED = ("DATABASE_URL", "VALKEY_URL", "CYBERWEEK_TICKET", "CYBERWEEK_CERTIFICATE", "CYBERWEEK_VAULT")


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the command."""
    command = subparsers.add_parser(
        "rehearse", help="play the whole week in a throw-away copy, and compare the figures"
    )
    command.add_argument("--residents", type=int, default=2000)
    command.add_argument("--units", default="all", help="how many units have a liaison who acts, or all")
    command.add_argument("--short", action="store_true", help="a small week, in less than a minute")
    command.add_argument("--folder", type=Path, help="where the edition and the findings are kept")
    command.add_argument("--port", type=int, default=8100)
    command.set_defaults(work=rehearse)


def rehearse(given: argparse.Namespace) -> int:
    """Prepare, play, compare; 1 when figures differ or something happened that must not, 2 when nothing can be played."""
    residents, units = SHORT if given.short else (given.residents, _number(given.units))
    if residents < 0 or units < 0:
        print("--residents is a number, and --units a number or `all`.", file=sys.stderr)
        return 2
    folder = (given.folder or address.var() / "rehearsals" / f"{system_clock():%Y%m%d-%H%M%S}").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    _step("taking a copy of the drafts", lambda: _keep_drafts(folder / DRAFTS))
    _move_into(folder)
    week = _step("building a house for them", lambda: _furnished(folder, given.port, residents, units))
    try:
        return _play_all(week, folder, given)
    except NotUp as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        _clear(folder)


def _play_all(week: Week, folder: Path, given: argparse.Namespace) -> int:
    clock, record = MovedClock(folder / CLOCK), Record()
    clock.move_to(week.at(-7, 8))
    code = f"from cyberweek.project.cli import serve; serve('cyberweek.project.asgi:application', '127.0.0.1', {given.port})"
    with Server(code, given.port, os.environ) as server:
        _say_where(server.base)
        begun = time.monotonic()
        asyncio.run(stage.play(week, clock, record, folder=folder, progress=lambda at, r: _progress(folder, at, r)))
        lines = compared(record.figures(), _counted())
        write(folder / PAGE, record, at="", lines=[[each.metric, each.simulated, each.counted] for each in lines])
        _say_found(record, lines, folder, time.monotonic() - begun)
        if sys.stdout.isatty() and not given.short:
            _stay(server.base)
    return 0 if all(each.is_equal for each in lines) and not record.strange else 1


def _keep_drafts(path: Path) -> None:
    """In a process of its own: this one is going to live in the copy. Makes no installation where there is none."""
    url = address.database_url()
    if "://" not in url and not Path(url).exists():
        return
    code = (
        "import sys, pathlib, django; django.setup(); "
        "from cyberweek.project import drafts; drafts.keep(pathlib.Path(sys.argv[1]))"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "cyberweek.project.settings"}
    done = subprocess.run(  # noqa: S603 -- this very program
        [sys.executable, "-c", code, str(path)],
        check=False,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"the drafts cannot be read: {done.stderr.strip().splitlines()[-1]}")


def _move_into(folder: Path) -> None:
    """Let this process, and the server that it starts, live in the copy."""
    shutil.rmtree(folder / HOUSE, ignore_errors=True)
    (folder / CLOCK).unlink(missing_ok=True)
    for name in NOT_INHERITED:
        os.environ.pop(name, None)
    os.environ |= {
        "CYBERWEEK_VAR": str(folder / HOUSE),
        "CYBERWEEK_DEMO": "1",
        "CYBERWEEK_REHEARSAL": str(folder),
        "DJANGO_SETTINGS_MODULE": "cyberweek.project.settings",
    }


def _furnished(folder: Path, port: int, residents: int, units: int) -> Week:
    import django  # noqa: PLC0415 -- after the move

    django.setup()
    from cyberweek.project import rehearsed  # noqa: PLC0415 -- after Django

    campaign = rehearsed.furnish(folder / DRAFTS, system_clock())
    return rehearsed.week_of(campaign, f"http://127.0.0.1:{port}", residents=residents, units=units)


def _counted() -> dict[str, int]:
    from cyberweek.project import rehearsed  # noqa: PLC0415 -- after Django

    return rehearsed.counted()


def _clear(folder: Path) -> None:
    """Keep what was found; the house was made to be thrown away."""
    shutil.rmtree(folder / HOUSE, ignore_errors=True)
    for name in (DRAFTS, CLOCK):
        (folder / name).unlink(missing_ok=True)


def _say_where(base: str) -> None:
    print(f"\n  Portal   {base}/\n  Console  {base}/console/   (its page of signing in says who)")
    print(f"  Screen   {base}/screen/\n  Findings {base}/console/rehearsal/\n", flush=True)


def _progress(folder: Path, at: datetime, record: Record) -> None:
    write(folder / PAGE, record, at=at.isoformat(timespec="minutes"), lines=[])
    figures = record.figures()
    said = "  ".join(f"{name} {figures.get(name, 0):,}" for name in ("quiz.papers", "quiz.answers", "task.closed"))
    rest = f"retried {record.retried:,}  refused {record.refused.total():,}   "
    print(f"  {at:%m-%d %H:%M}  {said}  {rest}", end="\r" if sys.stdout.isatty() else "\n", flush=True)


def _say_found(record: Record, lines: list[Line], folder: Path, seconds: float) -> None:
    print(f"\n\n  {'figure':28}{'simulated':>12}{'counted':>12}")
    for each in lines:
        print(f"  {each.metric:28}{each.simulated:>12,}{each.counted:>12,}{'' if each.is_equal else '   differs'}")
    print(f"\n  {'asked':12}{'times':>8}{'half':>8}{'99 %':>8}{'slowest':>10}  (ms)")
    for speed in record.speeds():
        print(f"  {speed['what']:12}{speed['times']:>8,}{speed['half']:>8}{speed['most']:>8}{speed['slowest']:>10}")
    print(f"\n  late {len(record.late)}, refused {record.refused.total():,}, strange {len(record.strange)}")
    for words in record.strange:
        print(f"    {words}")
    print(f"  played in {seconds:.0f} s; kept in {folder}", flush=True)


def _stay(base: str) -> None:
    print(f"\n  The house stays up at {base}/console/rehearsal/ until Ctrl+C.", flush=True)
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        print()


def _number(text: str) -> int:
    """How many units; 0 for all, -1 for what is no number."""
    return 0 if text == "all" else int(text) if text.isdigit() else -1


def _step(words: str, work: Callable[[], T]) -> T:
    begun = time.monotonic()
    print(f"  {words} …", end="", flush=True)
    result = work()
    print(f" {time.monotonic() - begun:.1f} s", flush=True)
    return result
