"""A short week is rehearsed to its end: real server, real forms, and figures that agree."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cyberweek.project.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = tmp_path_factory.mktemp("rehearsal")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ, "CYBERWEEK_VAR": str(folder / "var"), "CYBERWEEK_TESTING": "", "PYTHONPATH": str(ROOT / "src"),
    }  # fmt: skip
    command = [sys.executable, "-m", "cyberweek.project.cli", "rehearse", "--short", "--folder", str(folder / "kept")]
    done = subprocess.run(
        [*command, "--port", str(port)], check=False, env=environment, capture_output=True, text=True, timeout=240
    )
    return done, folder


@pytest.mark.slow
def test_what_was_simulated_is_what_was_counted(rehearsed):
    done, folder = rehearsed

    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((folder / "kept" / "rehearsal.json").read_text())
    assert found["strange"] == []
    assert [each for each in found["lines"] if each[1] != each[2]] == []
    figures = found["figures"]
    wanted = ("quiz.papers", "quiz.passed", "task.signed-for", "task.reported", "task.returned", "task.closed")
    assert [name for name in wanted if not figures.get(name)] == []
    assert figures["imported.people"] > figures["imported.people-voided"] > 0


@pytest.mark.slow
def test_late_and_wrong_people_were_found_and_scripts_refused(rehearsed):
    found = json.loads((rehearsed[1] / "kept" / "rehearsal.json").read_text())

    assert {why for _unit, why, _what in found["late"]} == {"never", "after-deadline"}
    who = {who.partition(" ")[0] for who, _why, _times in found["refused"]}
    assert {"resident", "script", "liaison"} <= who


@pytest.mark.slow
def test_the_edition_is_kept_and_the_house_thrown_away(rehearsed):
    kept = rehearsed[1] / "kept"

    assert {each.name for each in kept.iterdir()} == {"edition.json", "figures.xlsx", "summary.docx", "rehearsal.json"}
    text = zipfile.ZipFile(kept / "summary.docx").read("word/document.xml").decode()
    assert "彩排" in text
    assert not (rehearsed[1] / "var" / "cyberweek.sqlite3").exists()


def test_a_size_that_is_no_number_is_one_sentence(capsys):
    assert main(["rehearse", "--units", "some"]) == 2
    assert capsys.readouterr().err == "--residents is a number, and --units a number or `all`.\n"
