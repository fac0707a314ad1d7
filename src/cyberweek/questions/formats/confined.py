"""Read a file in a process of its own, with limits on time and memory: a hostile one can cost nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

import msgspec

from cyberweek.kernel.text import mark
from cyberweek.questions.draft import Fault
from cyberweek.questions.formats.outcome import Outcome, Unreadable

MOST_BYTES = 20 * 1024 * 1024
MOST_QUESTIONS = 3_000
MOST_SECONDS = 20
MOST_MEMORY = 768 * 1024 * 1024
_TOO_HARD = (mark("这份文件读不完：太大，或者不是正常的题库"), mark("请拆成几份，或用表格软件另存后再上传"))


class Reading(msgspec.Struct, frozen=True):
    """What came out of a file: the format it was taken for and the outcomes, or the one thing that is wrong with it."""

    format: str = ""
    outcomes: tuple[Outcome, ...] = ()
    fault: Fault | None = None


def read(data: bytes, filename: str) -> Reading:
    """Raises Unreadable; never more than the limits in time and memory."""
    if len(data) > MOST_BYTES:
        raise Unreadable(mark("文件超过 %(limit)s MB"), mark("请去掉图片，或拆成几份"), limit=str(MOST_BYTES >> 20))
    reading = _run(data, filename)
    if reading.fault is not None:
        raise Unreadable(reading.fault.cause, reading.fault.way_out, **reading.fault.values)
    return reading


def _run(data: bytes, filename: str) -> Reading:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", __name__, filename[-80:]]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=MOST_SECONDS + 5, env=environment, check=False
        )
        return msgspec.json.decode(done.stdout, type=Reading)
    except (subprocess.TimeoutExpired, msgspec.MsgspecError):
        raise Unreadable(*_TOO_HARD) from None


def main(arguments: Sequence[str]) -> int:
    """Read a file from standard input and write its Reading as JSON; a process that dies has met a limit."""
    _limit()
    from cyberweek.questions.formats.registry import recognised  # noqa: PLC0415 -- only this process reads

    data = sys.stdin.buffer.read()
    try:
        found = recognised(data, arguments[0])
        reading = Reading(found.name, _bounded(found.read(data)))
    except Unreadable as error:
        reading = Reading(fault=error.fault)
    sys.stdout.buffer.write(msgspec.json.encode(reading))
    return 0


def _bounded(outcomes) -> tuple[Outcome, ...]:
    kept = []
    for outcome in outcomes:
        kept.append(outcome)
        if len(kept) > MOST_QUESTIONS:
            raise Unreadable(mark("题目超过 %(limit)s 道"), mark("请拆成几份"), limit=str(MOST_QUESTIONS))
    if not kept:
        raise Unreadable(mark("文件里没有题目"), mark("请对照模板检查，或先导出一份看看样子"))
    return tuple(kept)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
