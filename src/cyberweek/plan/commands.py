"""`cyberweek plan read|check|diff`: the plan reader on a command line. No settings, no database."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from cyberweek.plan.check import checked
from cyberweek.plan.difference import difference
from cyberweek.plan.reader.read import read
from cyberweek.plan.reader.source import MAX_BYTES
from cyberweek.plan.reader.understood import Activity, Plan, as_json
from cyberweek.plan.reader.unreadable import Unreadable

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def register(subparsers: argparse._SubParsersAction) -> argparse._SubParsersAction:  # type: ignore[type-arg]
    """Add `plan` with its commands to a command line; returns where further ones are added."""
    plan = subparsers.add_parser("plan", help="读方案、查方案、比方案")
    commands = plan.add_subparsers(dest="plan_command", required=True)
    _add(commands, "read", _read, "读出方案的内容", ["file"]).add_argument(
        "--json", action="store_true", help="输出 JSON"
    )
    _add(commands, "check", _check, "检查方案", ["file"])
    _add(commands, "diff", _diff, "比较两份方案", ["old", "new"])
    return commands


def _add(commands, name, run, text, files) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text)
    for each in files:
        parser.add_argument(each, metavar=each.upper(), type=Path)
    parser.set_defaults(work=lambda arguments: _guarded(run, arguments))
    return parser


def _guarded(run, arguments: argparse.Namespace) -> int:
    """Run a command; a file that cannot be read is one sentence and exit code 2."""
    try:
        return run(arguments)
    except Unreadable as error:
        print(f"无法读取：{error}", file=sys.stderr)
    except OSError as error:
        print(f"无法打开“{error.filename}”：{error.strerror}；请检查路径和权限。", file=sys.stderr)
    return 2


def load(path: Path) -> Plan:
    """Read and check the plan in a file; a file over the limit is never loaded whole."""
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    return checked(read(data, path.name))


def _read(arguments: argparse.Namespace) -> int:
    plan = load(arguments.file)
    if arguments.json:
        sys.stdout.buffer.write(as_json(plan) + b"\n")
        return 0
    print("\n".join(outline(plan)))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    plan = load(arguments.file)
    for each in plan.findings:
        print(f"{arguments.file}:{each.line or 1}: {each.code} {each.severity} {each.message}")
    counts = {
        severity: sum(1 for each in plan.findings if each.severity == severity)
        for severity in ("error", "warning", "information")
    }
    print(f"{counts['error']} 个错误，{counts['warning']} 个警告，{counts['information']} 条提示", file=sys.stderr)
    return 1 if counts["error"] else 0


def _diff(arguments: argparse.Namespace) -> int:
    changes = difference(load(arguments.old), load(arguments.new))
    for each in changes:
        print(f"{_SIGNS[each.sort]} {each.path}：{' → '.join(part for part in (each.before, each.after) if part)}")
    print(f"{len(changes)} 处不同", file=sys.stderr)
    return 0


def outline(plan: Plan) -> Iterator[str]:
    """A plan as an outline for a person."""
    yield plan.title or "（没有标题）"
    yield f"时间  {plan.start or '未写明'} 至 {plan.end or '未写明'}"
    yield f"主题  {plan.theme or '未写明'}"
    launch = plan.launch
    items = "：" + "、".join(launch.items) if launch.items else ""
    yield f"启动  {launch.date or '日期未写明'}，{launch.place or '地点未写明'}{items}"
    yield f"\n活动 {len(plan.activities)} 项"
    yield from (f"  {_activity(each)}" for each in plan.activities)
    yield f"\n主题日 {len(plan.theme_days)} 个"
    yield from (
        f"  {each.date or '日期未写明'}  {each.name}  {'、'.join(each.leads)}".rstrip() for each in plan.theme_days
    )
    tasks = sum(len(row.tasks) for row in plan.task_rows)
    yield f"\n分工 {len(plan.task_rows)} 行，{tasks} 项任务，{plan.pairs} 个单位任务对"
    for row in plan.task_rows:
        yield f"  {'、'.join(row.units)}{'（泛称）' if row.collective else ''}"
        yield from (f"    - {task}" for task in row.tasks)
    yield f"\n报送 {len(plan.deadlines)} 项"
    yield from (
        f"  {each.date or '日期未写明'} 前  {each.what or ''} → {each.to or '未写明'}（{'、'.join(each.channels)}）"
        for each in plan.deadlines
    )
    yield f"转报  {'、'.join(plan.onward) or '未写明'}"
    yield f"\n单位 {len(plan.units)} 个；发现 {len(plan.findings)} 条（plan check 查看）"


def _activity(each: Activity) -> str:
    who = [
        f"{word} {'、'.join(names)}"
        for word, names in (("主办", each.hosts), ("指导", each.guides), ("承办", each.organisers))
        if names
    ]
    when = " ".join(part for part in (each.date, each.place) if part)
    return "  ".join(part for part in (f"{each.no or '-'}. {each.name} [{each.kind}]", when, "；".join(who)) if part)


def main(arguments: list[str] | None = None) -> int:
    """Run without the project's command line: `python -m cyberweek.plan.commands plan check FILE`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="cyberweek")
    register(parser.add_subparsers(dest="command", required=True))
    parsed = parser.parse_args(given if given[:1] in (["plan"], ["-h"]) else ["plan", *given])
    return parsed.work(parsed)


if __name__ == "__main__":
    sys.exit(main())
