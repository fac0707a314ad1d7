"""Verify, rebuild, back up, restore. Works on a running system; no Django is loaded."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from cyberweek.kernel.clock import system_clock
from cyberweek.ledger import tallies, verify
from cyberweek.ledger.connect import AnyStore, open_store
from cyberweek.ledger.fact import FactTypes
from cyberweek.project import address
from cyberweek.project.registry import REGISTRY

KEYS = ("cyberweek_secret.key", "cyberweek_ticket.key", "cyberweek_certificate.key")
VAULT = "cyberweek_vault.key"  # never in a backup: whoever finds one must not be able to read whom prizes went to

_PG = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
}


class MissingTool(Exception):
    """Raised when a client program of PostgreSQL is not installed."""


class CannotBackUp(Exception):
    """Raised when the database cannot be copied; the message is the database's."""


class CannotRestore(Exception):
    """Raised when a backup cannot be restored here; the message says why and what to do."""


def register(subparsers: argparse._SubParsersAction) -> None:
    ledger = subparsers.add_parser("ledger", help="verify or rebuild the ledger's figures").add_subparsers(
        required=True
    )
    check = ledger.add_parser("verify", help="walk the chain and name the first row that is not as it was written")
    check.add_argument(
        "--backup", type=Path, action="append", default=[], help="also hold the chain against this backup"
    )
    check.set_defaults(work=_verify)
    ledger.add_parser("rebuild", help="count every tally again from the first fact").set_defaults(work=_rebuild)
    keep = subparsers.add_parser("backup", help="write a backup of the running system to a file")
    keep.add_argument("file", type=Path)
    keep.set_defaults(work=_backup)
    bring = subparsers.add_parser("restore", help="bring a backup back into an empty installation")
    bring.add_argument("file", type=Path)
    bring.add_argument("--replace", action="store_true", help="put the present database aside first")
    bring.set_defaults(work=_restore)


def kept_heads(store: AnyStore) -> list[verify.Head]:
    """Where the chain stood when each edition was made."""
    rows = store.execute("SELECT chain_n, chain_digest FROM report_edition ORDER BY chain_n")
    return [verify.Head(n, bytes(digest)) for n, digest in rows if n]


def first_broken(store: AnyStore, more: list[verify.Head]) -> verify.Broken | None:
    """Walk the whole chain against its stored head, every edition and further heads."""
    return verify.first_broken(store.read_after(0), verify.Head(*store.head()), [*kept_heads(store), *more])


def back_up(file: Path) -> verify.Head:
    """Write database, keys and the chain's head to one file; the file appears only when it is whole."""
    url = address.database_url()
    with tempfile.TemporaryDirectory(dir=file.parent) as name:
        folder = Path(name)
        before = _live_head(url)  # what is appended while the copy is made may or may not be in it; this is
        _dump(url, folder)
        for key in KEYS:
            if (address.var() / key).exists():
                shutil.copy2(address.var() / key, folder / key)
        head = _head_of(folder) or before
        about = {"made_at": system_clock().isoformat(), "n": head.n, "digest": head.digest.hex()}
        (folder / "about.json").write_text(json.dumps(about, indent=1))
        part = file.with_name(file.name + ".part")
        with tarfile.open(part, "w:gz") as archive:
            for each in sorted(folder.iterdir()):
                archive.add(each, each.name)
        part.chmod(0o600)
        part.replace(file)
    return head


def restore(file: Path, *, replace: bool) -> verify.Head:
    """Bring a backup back; refuses a database that holds something unless told to put it aside. Raises CannotRestore."""
    url = address.database_url()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        about = _unpack(file, folder)
        _load(url, folder, replace=replace)
        for key in KEYS:
            if (folder / key).exists():
                address.var().mkdir(parents=True, exist_ok=True)
                shutil.copy2(folder / key, address.var() / key)
    head = verify.Head(about["n"], bytes.fromhex(about["digest"]))
    store = open_store(url)
    broken = first_broken(store, [head] if head.n else [])
    store.close()
    if broken is not None:
        raise CannotRestore(f"the restored chain is broken: row {broken.n} was {broken.how}; use another backup")
    return head


def _dump(url: str, folder: Path) -> None:
    if _is_postgres(url):
        done = _postgres("pg_dump", "-Fc", "-f", folder / "database.pgdump", url=url)
        if done.returncode:
            raise CannotBackUp(f"pg_dump: {done.stderr.strip()[:300]}")
        return
    source, target = sqlite3.connect(url), sqlite3.connect(folder / "database.sqlite3")
    source.backup(target, pages=2_000, sleep=0.005)
    target.close()
    source.close()


def _load(url: str, folder: Path, *, replace: bool) -> None:
    if _is_postgres(url):
        clean = ["--clean", "--if-exists"] if replace else []
        name = conninfo_to_dict(url)["dbname"]
        dump = folder / "database.pgdump"
        done = _postgres("pg_restore", "--exit-on-error", "--no-owner", *clean, "-d", str(name), dump, url=url)
        if done.returncode:
            raise CannotRestore(
                f"the database is not empty (use --replace) or cannot be reached: {done.stderr.strip()[:300]}"
            )
        return
    target = Path(url)
    if target.exists() and not replace:
        raise CannotRestore(f"{target} holds something: stop the server and use --replace to put it aside")
    if target.exists():
        stamp = f"{system_clock():%Y%m%d%H%M%S}"
        for suffix in ("", "-wal", "-shm"):
            old = target.with_name(target.name + suffix)
            if old.exists():
                old.rename(old.with_name(f"{old.name}.{stamp}.old"))
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / "database.sqlite3", target)


def _postgres(tool: str, *arguments: str | Path, url: str) -> subprocess.CompletedProcess[str]:
    """Run a client program of PostgreSQL; the address goes by the environment, where no process list shows it."""
    program = shutil.which(tool)
    if program is None:
        raise MissingTool(f"{tool} is not installed here: apt-get install postgresql-client, of the server's version")
    named = conninfo_to_dict(url)
    given = {variable: str(named[key]) for key, variable in _PG.items() if named.get(key)}
    return subprocess.run(  # noqa: S603 -- the operator's own tool
        [program, *arguments], env={**os.environ, **given}, check=False, capture_output=True, text=True
    )


def _unpack(file: Path, folder: Path) -> dict:
    try:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        return json.loads((folder / "about.json").read_text())
    except (OSError, tarfile.TarError, ValueError, KeyError):
        raise CannotRestore(f"{file} is not a backup made by `cyberweek backup`") from None


def _head_of(folder: Path) -> verify.Head | None:
    copy = folder / "database.sqlite3"
    return _live_head(str(copy)) if copy.exists() else None


def _live_head(url: str) -> verify.Head:
    store = open_store(url)
    try:
        return verify.Head(*store.head())
    finally:
        store.close()


def _is_postgres(url: str) -> bool:
    return url.startswith(("postgresql:", "postgres:"))


def _verify(arguments: argparse.Namespace) -> int:
    heads = []
    for file in arguments.backup:
        with tempfile.TemporaryDirectory() as folder:
            about = _unpack(file, Path(folder))
            heads.append(verify.Head(about["n"], bytes.fromhex(about["digest"])))
    store = open_store(address.database_url())
    try:
        broken = first_broken(store, [head for head in heads if head.n])
        n, digest = store.head()
    finally:
        store.close()
    if broken is not None:
        print(f"broken: row {broken.n} was {broken.how}")
        return 1
    print(f"whole: {n} rows, head {bytes(digest).hex()}")
    return 0


def _rebuild(_arguments: argparse.Namespace) -> int:
    store = open_store(address.database_url())
    try:
        counted = tallies.rebuild(store, tallies.Folder(REGISTRY.metrics, FactTypes(REGISTRY.facts)))
    finally:
        store.close()
    print(f"counted {counted} rows")
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    try:
        head = back_up(arguments.file.resolve())
    except (CannotBackUp, MissingTool) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{arguments.file}: {head.n} facts, head {head.digest.hex()}. It holds keys: keep it like a password.")
    print(
        f"{VAULT} is deliberately not in it: keep a copy apart from the backups. Without it no draw that is sealed can be "
        "held, and no number or address be opened."
    )
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    try:
        head = restore(arguments.file, replace=arguments.replace)
    except (CannotRestore, MissingTool) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"restored: {head.n} facts, chain whole")
    if "CYBERWEEK_VAULT" not in os.environ and not (address.var() / VAULT).exists():
        print(
            f"Before you serve it, put {VAULT} back into {address.var()}: it is in no backup, and a new one opens nothing."
        )
    return 0
