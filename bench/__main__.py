"""`python -m bench`: measures what is named, or everything, and prints a table."""

from __future__ import annotations

import argparse
import shutil
import sys
import time

from bench import answers, growth, home, rebuild, verify

MEASURES = {
    "answers": answers.figures,
    "home": home.figures,
    "growth": growth.figures,
    "rebuild": rebuild.figures,
    "verify": verify.figures,
}
PROGRAMS = {"wrk": "wrk", "nginx": "nginx-light"}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(MEASURES)}")
    parser.add_argument("--quick", action="store_true", help="smaller and once: to see that it works, not to be quoted")
    given = parser.parse_args(arguments)
    if unknown := [name for name in given.names if name not in MEASURES]:
        parser.error(f"nothing is called {', '.join(unknown)}; there is {', '.join(MEASURES)}")
    if missing := [package for program, package in PROGRAMS.items() if shutil.which(program) is None]:
        print(f"as root: apt-get install -y --no-install-recommends {' '.join(missing)}", file=sys.stderr)
        return 2
    for name in given.names or MEASURES:
        begun = time.monotonic()
        for figure in MEASURES[name](quick=given.quick):
            print(figure.line(), flush=True)
        print(f"  {name}: {time.monotonic() - begun:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
