"""Check a draw of Cyberweek with nothing but Python: `python verify_draw.py pack.json [--receipt r.json] [--sha256 HEX]`.

The pack is what the organisers publish after the draw. This file shares no line with their software. It checks that

  1. not a byte of the pack was changed: it is written in the one canonical way, and its digest fits
     (compare the digest that is printed with the one that was announced, or give it with --sha256);
  2. the rules are those that were published before the opening, and the secret is the one committed to in them;
  3. the list is sorted and complete: the Merkle root (RFC 9162) over every chance, with its mark, is the frozen one;
  4. the seed follows from root, secret and public sources, and those ranked first have the smallest keys;
  5. each prize goes to the ranks that the rules give it to;
  6. with a receipt: that chance is in the list, and which rank it drew.
"""

import argparse
import base64
import hashlib
import heapq
import hmac
import json
import sys
from pathlib import Path

FIELDS = "alternates chances count excluded format ranked root secret seed sha256 sheet sheet_sha256 sources"
MARKS = 64  # characters of the longest reason for an exclusion


class Wrong(Exception):
    """The pack is not what it should be; the message says in which respect."""


def require(condition, words):
    if not condition:
        raise Wrong(words)


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(row):
    while len(row) > 1:
        above = [sha(b"\x01", row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        row = above + row[-1:] if len(row) % 2 else above
    return row[0] if row else bytes(32)


def read(data):
    """The pack's parts, once nothing in its bytes can have been changed."""
    try:
        pack = json.loads(data)
        require(
            isinstance(pack, dict) and sorted(pack) == FIELDS.split(), "the pack does not have the fields of a pack"
        )
        said = pack.pop("sha256")
        require(canonical({**pack, "sha256": said}) == data, "the pack is not written in the canonical way")
        require(hashlib.sha256(canonical(pack)).hexdigest() == said, "the pack's digest does not fit its content")
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Wrong(f"the pack cannot be read: {error}") from None
    require(pack["format"] == "cyberweek-draw-1", "the pack is of an unknown format")
    return pack, said


def check(data):
    """Check everything about a pack; returns (sorted chances, their marks, ranked chances, digest, pack)."""
    pack, said = read(data)
    sheet = pack["sheet"]
    require(
        hashlib.sha256(canonical(sheet)).hexdigest() == pack["sheet_sha256"], "the rules are not those of the digest"
    )
    secret = bytes.fromhex(pack["secret"])
    require(hashlib.sha256(secret).hexdigest() == sheet["commitment"], "the secret is not the one committed to")
    require([each["name"] for each in pack["sources"]] == sheet["sources"], "the sources are not those of the rules")
    joined = bytes.fromhex(pack["chances"])
    require(len(joined) == 32 * pack["count"], "the number of chances is not what the pack says")
    chances = [joined[i : i + 32] for i in range(0, len(joined), 32)]
    require(all(map(bytes.__lt__, chances, chances[1:])), "the chances are not sorted, or one stands twice")
    marks = {bytes.fromhex(leaf): reason for leaf, reason in pack["excluded"].items()}
    require(all(0 < len(reason) <= MARKS for reason in marks.values()), "an exclusion has no reason")
    require(not marks or marks.keys() <= set(chances), "somebody is excluded who is not in the list")
    root = root_of([sha(b"\x00", leaf, marks.get(leaf, "").encode()) for leaf in chances])
    require(root.hex() == pack["root"], "the list does not lead to the root that was frozen")
    public = b"".join(f"{each['name']}\x1f{each['value']}\n".encode() for each in pack["sources"])
    seed = sha(b"cyberweek draw 1\n", root, secret, public)
    require(seed.hex() == pack["seed"], "the seed does not follow from root, secret and sources")
    ranked = check_ranks(pack, sheet, [leaf for leaf in chances if leaf not in marks] if marks else chances, seed)
    return chances, marks, ranked, said, pack


def check_ranks(pack, sheet, eligible, seed):
    """The ranked chances are those with the smallest keys, and the prizes are given out by rank."""
    digest = hmac.digest
    stock = [prize["code"] for prize in sheet["prizes"] for _ in range(prize["count"])]
    places = min(len(eligible), len(stock) + pack["alternates"])
    require(pack["alternates"] == sheet["alternates"], "the number of alternates is not that of the rules")
    smallest = heapq.nsmallest(places, ((digest(seed, leaf, "sha256"), leaf) for leaf in eligible))
    ranked = [leaf for _key, leaf in smallest]
    wanted = [[leaf.hex(), stock[i] if i < len(stock) else ""] for i, leaf in enumerate(ranked)]
    require(wanted == pack["ranked"], "the ranked chances are not those with the smallest keys, or have other prizes")
    return ranked


def check_receipt(receipt, pack, chances, marks, ranked):
    """What the receipt's chance came to, in words; raises Wrong when it is not in the list."""
    padded = receipt["c"] + "=" * (-len(receipt["c"]) % 4)
    text = b"cyberweek chance 1\n%d\n%s\n%s" % (receipt["a"], receipt["d"].encode(), base64.urlsafe_b64decode(padded))
    leaf = sha(text)
    require(leaf in set(chances), "the receipt's chance is NOT in the list: ask the organisers why")
    if leaf in marks:
        return f"in the list, but excluded: {marks[leaf]}"
    rank = ranked.index(leaf) + 1 if leaf in ranked else None
    prize = pack["ranked"][rank - 1][1] if rank else ""
    return f"in the list, rank {rank}: {prize or 'alternate'}" if rank else "in the list, drew no rank that may claim"


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack")
    parser.add_argument("--receipt", help="a participant's receipt, to find its chance")
    parser.add_argument("--sha256", help="the digest that was announced")
    given = parser.parse_args(arguments)
    try:
        chances, marks, ranked, said, pack = check(Path(given.pack).read_bytes())
        require(given.sha256 in (None, said), "this is not the pack whose digest was announced")
        print(
            f"The draw is as it should be: {len(chances):,} chances, {len(marks):,} excluded, {len(ranked):,} ranked."
        )
        print(f"root    {pack['root']}\nseed    {pack['seed']}\nsha256  {said}")
        if given.receipt:
            receipt = json.loads(Path(given.receipt).read_bytes())
            print(f"receipt {check_receipt(receipt, pack, chances, marks, ranked)}")
    except (Wrong, KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        print(f"WRONG: {error if isinstance(error, (Wrong, OSError)) else f'the file is damaged ({error!r})'}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
