"""`cyberweek plan load|export`, a campaign's folder into the database and back; `cyberweek campaign clone`, another year.

Needs Django, unlike the plan reader.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path


class CannotDo(Exception):
    """Raised when a campaign cannot be loaded, exported or cloned; the message is the one sentence that people see."""


def register(commands: argparse._SubParsersAction) -> None:
    """Add the two commands beside those of the plan reader."""
    load = commands.add_parser("load", help="把活动周的文件夹载入数据库")
    load.set_defaults(work=lambda given: _guarded(_load, given))
    export = commands.add_parser("export", help="把活动周写回文件夹")
    export.add_argument("--campaign", default="", metavar="SLUG", help="哪一个活动周（默认是现在展示的）")
    export.set_defaults(work=lambda given: _guarded(_export, given))
    for each in (load, export):
        each.add_argument("folder", metavar="FOLDER", type=Path)


def register_cloning(subparsers: argparse._SubParsersAction) -> None:
    """Add the command that begins next year."""
    campaign = subparsers.add_parser("campaign", help="活动周：复制到下一届").add_subparsers(required=True)
    clone = campaign.add_parser("clone", help="把活动周复制到另一年，先不展示")
    clone.add_argument("source", metavar="SLUG", help="复制哪一个活动周")
    clone.add_argument("--start", required=True, metavar="DATE", help="新的开始日期，例如 2027-09-13")
    clone.add_argument("--slug", default="", help="新的简称（默认把原来的换个年份）")
    clone.set_defaults(work=lambda given: _guarded(_clone, given))


def _guarded(work: Callable[[argparse.Namespace], str], given: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cyberweek.project.settings")
    import django  # noqa: PLC0415 -- only some commands need it

    django.setup()
    from django.db import OperationalError, ProgrammingError  # noqa: PLC0415 -- after Django

    try:
        print(work(given))
    except CannotDo as error:
        print(error, file=sys.stderr)
        return 2
    except (OperationalError, ProgrammingError):
        print("数据库还没有建好，或者连不上：先运行 cyberweek init，再试一次。", file=sys.stderr)
        return 2
    return 0


def _load(given: argparse.Namespace) -> str:
    """Make the folder the campaign that everybody sees."""
    from django.db import IntegrityError  # noqa: PLC0415 -- after Django

    from cyberweek.kernel.clock import system_clock  # noqa: PLC0415 -- after Django
    from cyberweek.plan.folder import BadFolder, read_folder, save  # noqa: PLC0415 -- after Django
    from cyberweek.plan.models import Campaign  # noqa: PLC0415 -- after Django
    from cyberweek.plan.soundness import require_sound  # noqa: PLC0415 -- after Django
    from cyberweek.units.models import Unit  # noqa: PLC0415 -- after Django

    try:
        folder = read_folder(given.folder)
        require_sound(folder, given.folder, set(Unit.objects.values_list("code", flat=True)))
        is_demo = Campaign.objects.filter(is_demo=True).exists()
        campaign = save(folder, at=system_clock(), is_demo=is_demo)
    except BadFolder as error:
        raise CannotDo(str(error)) from None
    except IntegrityError:
        words = f"已经有简称为“{folder.about.slug}”的活动周：换一个 slug，或者在工作台上传修订方案"
        raise CannotDo(f"{given.folder / 'campaign.toml'}:1: {words}") from None
    return f"已载入：{campaign.name_zh}，活动 {len(folder.activities)} 项，任务 {len(folder.tasks)} 项。"


def _export(given: argparse.Namespace) -> str:
    """Write the folder that would make the campaign again."""
    from cyberweek.plan.folder import folder_of, write_folder  # noqa: PLC0415 -- after Django

    files = write_folder(folder_of(_campaign(given.campaign)))
    try:
        given.folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            part = given.folder / f"{name}.part"
            part.write_bytes(data)
        for name in files:
            (given.folder / f"{name}.part").replace(given.folder / name)
    except OSError as error:
        raise CannotDo(f"{given.folder}: 写不进去（{error.strerror}）；请换一个文件夹。") from None
    return f"已写出：{given.folder}，{len(files)} 个文件。"


def _clone(given: argparse.Namespace) -> str:
    """Prepare another year; the console shows it to everybody."""
    from cyberweek.component.cloning import CannotClone, clone  # noqa: PLC0415 -- after Django
    from cyberweek.plan.soundness import is_slug  # noqa: PLC0415 -- after Django

    if given.slug and not is_slug(given.slug):
        raise CannotDo(f"--slug“{given.slug}”只能用英文字母、数字和连字符。")
    try:
        copy = clone(_campaign(given.source), starts=_day(given.start), slug=given.slug)
    except CannotClone as error:
        raise CannotDo(str(error)) from None
    return f"已复制：{copy.name_zh}（{copy.slug}），{copy.starts} 至 {copy.ends}。在工作台的“方案—各届活动周”里核对并展示。"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CannotDo(f"--start 写的是“{text}”，不是一个日期；请写成 2027-09-13 这样。") from None


def _campaign(slug: str):
    from cyberweek.plan.models import Campaign  # noqa: PLC0415 -- after Django
    from cyberweek.plan.queries import shown_campaign  # noqa: PLC0415 -- as above

    found = Campaign.objects.filter(slug=slug).first() if slug else shown_campaign()
    if found is not None:
        return found
    known = "、".join(Campaign.objects.order_by("slug").values_list("slug", flat=True))
    if not known:
        raise CannotDo("还没有活动周：先在工作台上传方案，或者用 cyberweek plan load 载入。")
    raise CannotDo(f"没有简称为“{slug}”的活动周；现有：{known}。")
