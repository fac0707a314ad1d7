"""Where this installation keeps its things, from the environment. No Django: the lane's process reads it too."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def var() -> Path:
    """The folder of everything that is not code: database, keys, uploads."""
    return Path(os.environ.get("CYBERWEEK_VAR", ROOT / "var"))


def database_url() -> str:
    """`postgresql://…` or the path of the SQLite file."""
    url = os.environ.get("DATABASE_URL", "")
    return url.removeprefix("sqlite:///") if url else str(var() / "cyberweek.sqlite3")


def secret(name: str) -> str:
    """Read a key from the environment, else from a file that is made once with owner-only rights."""
    if name in os.environ:
        return os.environ[name]
    path = var() / f"{name.lower()}.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.write(descriptor, os.urandom(32).hex().encode())
        os.close(descriptor)
    return path.read_text()


def ticket_key() -> str:
    """The key that signs participants' tickets."""
    return secret("CYBERWEEK_TICKET")


def certificate_key() -> str:
    """The key from which certificates are signed; whoever loses it can no longer prove the old ones."""
    return secret("CYBERWEEK_CERTIFICATE")


def is_secure() -> bool:
    """True when residents reach the site over HTTPS."""
    return os.environ.get("CYBERWEEK_HTTPS") == "1"


def rehearsal() -> Path | None:
    """The folder of the rehearsal that this house is made for; None for every other house."""
    folder = os.environ.get("CYBERWEEK_REHEARSAL", "")
    return Path(folder) if folder else None
