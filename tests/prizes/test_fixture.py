"""The example by which the browser's checker is tested is what the house writes.

Write it anew with `python -m tests.prizes.test_fixture`.
"""

from __future__ import annotations

import json
from pathlib import Path

from cyberweek.prizes import pack, receipt, tree
from cyberweek.prizes.draw import Source, leaf_of
from tests.prizes.examples import SECRET, chances, code, sheet

FILE = Path(__file__).parents[2] / "frontend" / "islands" / "prizes" / "verify" / "example.json"


def example() -> str:
    made, leaves = sheet(), chances(40)
    marks = {leaves[3]: "scripted", leaves[30]: "scripted"}
    sources = [Source(name, f"数值 {place}") for place, name in enumerate(made.sources)]
    drawn = pack.hold(made, leaves, marks, SECRET, sources)
    data = pack.write(made, leaves, marks, SECRET, sources, drawn)
    (block,) = tree.blocks(leaves, marks)
    receipts = []
    for leaf in (leaves[0], leaves[39], leaves[3]):
        number = next(n for n in range(40) if leaf_of(7, "2026-11-24", code(n)) == leaf)
        place = tree.place(block, 0, [block.root], leaf)
        receipts.append(
            receipt.write(
                activity=7, day="2026-11-24", code=code(number), index=place.number, count=40, mark=place.mark,
                path=b"".join(place.path),
            ).decode()
        )  # fmt: skip
    whole = {"pack": data.decode(), "digest": pack.digest_of(data), "root": drawn.root.hex(), "receipts": receipts}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def test_the_browsers_example_is_what_the_house_writes():
    assert FILE.read_text(encoding="utf-8") == example()


if __name__ == "__main__":
    FILE.write_text(example(), encoding="utf-8")
