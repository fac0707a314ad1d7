"""The independent checker: it accepts what the house publishes, and finds any change."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyberweek.prizes import pack as packs
from cyberweek.prizes import receipt, verify_draw
from cyberweek.prizes.draw import Source, leaf_of, nodes, path_of, root_of
from tests.prizes.examples import SECRET, chances, code, prize, sheet

FILE = Path(verify_draw.__file__)
SOURCES = [Source("双色球 2026140 期", "03 07 12 18 25 31 + 09"), Source("上证指数 2026-12-01 收盘", "3412.55")]


def published(count: int = 40, excluded: dict[bytes, str] | None = None, **changes) -> bytes:
    made, leaves, marks = sheet(**changes), chances(count), excluded or {}
    drawn = packs.hold(made, leaves, marks, SECRET, SOURCES)
    return packs.write(made, leaves, marks, SECRET, SOURCES, drawn)


def verdict(data: bytes) -> str:
    try:
        verify_draw.check(data)
    except (verify_draw.Wrong, KeyError, TypeError, ValueError, AttributeError) as error:
        return str(error) or repr(error)
    return ""


@given(st.integers(0, 60), st.integers(0, 8), st.integers(1, 30), st.integers(0, 20))
@settings(max_examples=40)
def test_what_the_house_publishes_is_right(count, excluded, stock, alternates):
    leaves = chances(count)
    marks = dict.fromkeys(leaves[: min(excluded, count)], "scripted")

    assert verdict(published(count, marks, prizes=(prize("cup", stock),), alternates=alternates)) == ""


def test_any_changed_byte_is_found():
    data, dice = published(500), random.Random(1)
    for _ in range(10_000):
        at = dice.randrange(len(data))
        changed = data[:at] + bytes([data[at] ^ dice.randrange(1, 256)]) + data[at + 1 :]

        assert verdict(changed) != ""


LIES = {
    "an entrant dropped": lambda pack: pack.update(chances=pack["chances"][64:], count=pack["count"] - 1),
    "an entrant added": lambda pack: pack.update(chances=pack["chances"] + "ff" * 32, count=pack["count"] + 1),
    "another order": lambda pack: pack.update(chances=pack["chances"][64:128] + pack["chances"][:64] + pack["chances"][128:]),
    "somebody excluded": lambda pack: pack["excluded"].update({pack["chances"][:64]: "scripted"}),
    "another secret": lambda pack: pack.update(secret="08" * 32),
    "another source": lambda pack: pack["sources"][0].update(value="03 07 12 18 25 31 + 10"),
    "a source renamed": lambda pack: pack["sources"][0].update(name="双色球 2026141 期"),
    "another seed": lambda pack: pack.update(seed="00" * 32),
    "another root": lambda pack: pack.update(root="00" * 32),
    "two winners exchanged": lambda pack: pack["ranked"].insert(0, pack["ranked"].pop(5)),
    "a better prize": lambda pack: pack["ranked"][3].__setitem__(1, "cup"),
    "more alternates": lambda pack: pack.update(alternates=pack["alternates"] + 1),
    "another rule": lambda pack: pack["sheet"].update(conditions="熟人优先"),
    "another stock": lambda pack: pack["sheet"]["prizes"][0].update(count=3),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_lie_is_found_even_when_the_digest_is_made_anew(lie):
    pack = json.loads(published(40))
    del pack["sha256"]
    lie(pack)
    digest = hashlib.sha256(packs.canonical(pack)).hexdigest()

    assert verdict(packs.canonical({**pack, "sha256": digest})) != ""


def test_it_is_one_short_file_that_needs_nothing_but_python(tmp_path):
    source = FILE.read_text(encoding="utf-8")
    pack, copy = tmp_path / "pack.json", tmp_path / "verify_draw.py"
    pack.write_bytes(published(40))
    copy.write_text(source, encoding="utf-8")

    said = subprocess.run(
        [sys.executable, "-I", "-S", copy, pack, "--sha256", packs.digest_of(pack.read_bytes())],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip

    assert len(source.splitlines()) <= 150
    assert said.returncode == 0, said.stdout + said.stderr
    assert said.stdout.startswith("The draw is as it should be: 40 chances, 0 excluded, 17 ranked.")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[]", b"{}", b"[" * 100_000, b'{"format":1}'])
def test_what_is_no_pack_is_said_in_a_sentence(tmp_path, capsys, data):
    (tmp_path / "pack.json").write_bytes(data)

    assert verify_draw.main([str(tmp_path / "pack.json")]) == 1
    assert capsys.readouterr().out.startswith("WRONG: ")


def test_another_pack_than_the_announced_one_is_refused(tmp_path, capsys):
    (tmp_path / "pack.json").write_bytes(published(40))

    assert verify_draw.main([str(tmp_path / "pack.json"), "--sha256", "0" * 64]) == 1
    assert capsys.readouterr().out == "WRONG: this is not the pack whose digest was announced\n"


def test_a_receipt_finds_its_chance(tmp_path, capsys):
    leaves = chances(40)
    marks = {leaves[3]: "scripted"}
    (tmp_path / "pack.json").write_bytes(published(40, marks))
    said = []
    for number in (*range(40), 4_711):
        (tmp_path / "receipt.json").write_bytes(receipt.write(activity=7, day="2026-11-24", code=code(number)))
        verify_draw.main([str(tmp_path / "pack.json"), "--receipt", str(tmp_path / "receipt.json")])
        said.append(capsys.readouterr().out.splitlines()[-1])

    assert sorted(line for line in said if "cup" in line or "excluded" in line) == [
        "receipt in the list, but excluded: scripted",
        "receipt in the list, rank 1: cup",
        "receipt in the list, rank 2: cup",
    ]
    assert sum("alternate" in line for line in said) == 10
    assert said[-1] == "WRONG: the receipt's chance is NOT in the list: ask the organisers why"


def test_a_receipt_of_two_millions_is_a_kilobyte():
    made = receipt.write(
        activity=123, day="2026-11-24", code=code(1), index=1_999_999, count=2_000_000, path=bytes(32 * 21)
    )

    assert len(made) <= 1_000


def test_a_receipt_leads_to_the_root_and_nowhere_else():
    leaves, day = chances(30), "2026-11-24"
    row = nodes(leaves)
    for number in range(30):
        index = leaves.index(leaf_of(7, day, code(number)))
        path = b"".join(path_of(row, index))
        made = receipt.write(activity=7, day=day, code=code(number), index=index, count=30, path=path)
        other = receipt.write(activity=7, day=day, code=code(number + 1), index=index, count=30, path=path)

        assert receipt.is_in(made, root_of(row))
        assert not receipt.is_in(made, bytes(32))
        assert not receipt.is_in(other, root_of(row))


def test_a_large_draw_takes_seconds():
    """Not a limit but a guard against quadratic work: 50,000 chances in well under what a million may take."""
    data = published(50_000)
    begun = time.perf_counter()

    assert verdict(data) == ""
    assert time.perf_counter() - begun < 30
