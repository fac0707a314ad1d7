"""The command `cyberweek`. Loads Django only for the commands that need it."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import time
from pathlib import Path

from cyberweek.plan import commands as plan
from cyberweek.project import campaigns, rehearse, upkeep


def main(arguments: list[str] | None = None) -> int:
    parsed = command_line().parse_args(arguments)
    try:
        return parsed.work(parsed) or 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0


def command_line() -> argparse.ArgumentParser:
    """Every command of the house with its options."""
    parser = argparse.ArgumentParser(prog="cyberweek", description="Give it the plan; it runs the week.")
    subparsers = parser.add_subparsers(required=True, metavar="command")
    campaigns.register(plan.register(subparsers))
    campaigns.register_cloning(subparsers)
    rehearse.register(subparsers)
    upkeep.register(subparsers)
    _register(subparsers)
    return parser


def _register(subparsers: argparse._SubParsersAction) -> None:
    demo = subparsers.add_parser("demo", help="show everything alive with the bundled week, on this machine only")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--host", default="127.0.0.1", help=argparse.SUPPRESS)
    demo.add_argument("--papers", type=int, default=300, help=argparse.SUPPRESS)
    demo.add_argument("--load-only", action="store_true", help="load, then stop")
    demo.set_defaults(work=_demo)
    init = subparsers.add_parser("init", help="make a real installation and its first administrator")
    init.add_argument("--username", default="")
    init.add_argument("--password-file", default="", help="read the password from this file instead of asking")
    init.set_defaults(work=_init)
    upgrade = subparsers.add_parser("upgrade", help="bring the database to what this version of the software expects")
    upgrade.set_defaults(work=_upgrade)
    whole = subparsers.add_parser("serve", help="serve the whole house in one process")
    whole.add_argument("--host", default="127.0.0.1")
    whole.add_argument("--port", type=int, default=8000)
    whole.set_defaults(work=lambda given: serve("cyberweek.project.asgi:application", given.host, given.port))
    lane = subparsers.add_parser("lane", help="serve only the lane")
    lane.add_argument("--host", default="127.0.0.1")
    lane.add_argument("--port", type=int, default=8001)
    lane.set_defaults(work=_lane)
    web = subparsers.add_parser("web", help="serve only the pages, beside lanes of their own")
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=int, default=8000)
    web.set_defaults(work=lambda given: serve("cyberweek.project.web:application", given.host, given.port))
    rounds = subparsers.add_parser("round", help="write and send what is due now, once; a server does so every minute")
    rounds.set_defaults(work=_round)
    skeleton = subparsers.add_parser("new-activity", help="write the skeleton of an activity kind")
    skeleton.add_argument("name")
    skeleton.set_defaults(work=_new_activity)


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cyberweek.project.settings")
    import django  # noqa: PLC0415 -- only some commands need it

    django.setup()


def _demo(given: argparse.Namespace) -> int:
    if given.host not in ("127.0.0.1", "::1", "localhost"):
        print(
            "The demo listens on this machine only; for anything else use `cyberweek init` and `cyberweek serve`.",
            file=sys.stderr,
        )
        return 2
    os.environ["CYBERWEEK_DEMO"] = "1"
    _django()
    from cyberweek.kernel.clock import system_clock  # noqa: PLC0415 -- after Django
    from cyberweek.ledger import door  # noqa: PLC0415 -- after Django
    from cyberweek.project import demo, installation  # noqa: PLC0415 -- after Django

    _step("preparing the database", installation.prepare)
    if demo.is_loaded():
        print("  keeping what was done before (start afresh with: make reset)")
    else:
        _step("loading the week and playing its first day", lambda: demo.load(system_clock(), given.papers))
    door.close()
    if given.load_only:
        return 0
    base = f"http://{given.host}:{given.port}"
    print(f"\n  Portal   {base}/        English  {base}/en/\n  Console  {base}/console/\n  Screen   {base}/screen/\n")
    for each in demo.sign_ins():
        print(
            f"  sign in as {each['username']:8} password {each['password']}   ({each['role']}; the page shows the code)"
        )
    print("\n  Stop with Ctrl+C.\n", flush=True)
    return serve("cyberweek.project.asgi:application", given.host, given.port)


def _step(words: str, work) -> None:
    began = time.monotonic()
    print(f"  {words} …", end="", flush=True)
    work()
    print(f" {time.monotonic() - began:.1f} s", flush=True)


def serve(application: str, host: str, port: int) -> int:
    import uvicorn  # noqa: PLC0415 -- only for serving

    uvicorn.run(
        application, host=host, port=port, loop="uvloop", http="cyberweek.lane.express:ExpressProtocol",
        ws="websockets-sansio", ws_max_size=16 * 1024, ws_per_message_deflate=False,
        lifespan="on", log_level="warning", access_log=False, server_header=False,
        limit_concurrency=20_000, backlog=4096, timeout_keep_alive=30, timeout_graceful_shutdown=5, proxy_headers=False,
    )  # fmt: skip
    return 0


def _lane(given: argparse.Namespace) -> int:
    os.environ.setdefault("CYBERWEEK_LANE_URL", f"http://{given.host}:{given.port}")
    return serve("cyberweek.project.lane:application", given.host, given.port)


def _init(given: argparse.Namespace) -> int:
    _django()
    from django.core.exceptions import ValidationError  # noqa: PLC0415 -- after Django

    from cyberweek.kernel.clock import system_clock  # noqa: PLC0415 -- after Django
    from cyberweek.people import services  # noqa: PLC0415 -- after Django
    from cyberweek.people.models import Seat  # noqa: PLC0415 -- after Django
    from cyberweek.project import installation  # noqa: PLC0415 -- after Django
    from cyberweek.units.models import Unit  # noqa: PLC0415 -- after Django

    _step("preparing the database", installation.prepare)
    username = given.username or input("Administrator's user name: ")
    password = _password(given.password_file)
    office, _is_new = Unit.objects.get_or_create(
        code="office",
        defaults={"name_zh": "网安周组委会办公室", "name_en": "Office of the week", "kind": Unit.Kind.OFFICE},
    )
    try:
        staff = services.add_staff(username, name="", password=password)
    except services.NameTaken:
        print(f"{username} exists already; sign in, or choose another name.", file=sys.stderr)
        return 1
    except ValidationError as error:
        print(" ".join(error.messages), file=sys.stderr)
        return 1
    for role in (Seat.Role.SYSTEM, Seat.Role.ORGANISER):
        services.give_seat(staff, unit=office, role=role, at=system_clock())
    print(f"Ready. `cyberweek serve`, then sign in as {username}; the first sign-in sets up the second factor.")
    return 0


def _upgrade(_given: argparse.Namespace) -> int:
    _django()
    from cyberweek.project import installation  # noqa: PLC0415 -- after Django

    _step("bringing the database to this version", installation.prepare)
    return 0


def _round(_given: argparse.Namespace) -> int:
    _django()
    from cyberweek.ledger import door  # noqa: PLC0415 -- after Django
    from cyberweek.project.rounds import once  # noqa: PLC0415 -- after Django

    failed = once()
    door.close()
    return 1 if failed else 0


def _password(file: str) -> str:
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    return getpass.getpass("Password (at least 12 characters): ")


def _new_activity(given: argparse.Namespace) -> int:
    from cyberweek.project import skeleton  # noqa: PLC0415 -- only for this command

    try:
        written = skeleton.write(given.name)
    except skeleton.CannotWrite as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(str(each) for each in written))
    return 0


if __name__ == "__main__":
    sys.exit(main())
