"""The published pack of a draw: everything that anybody needs to do the draw again, in one canonical file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from cyberweek.prizes.draw import Source, first_ranks, nodes, root_of, seed_of
from cyberweek.prizes.sheet import Sheet

FORMAT = "cyberweek-draw-1"


class Ranked(NamedTuple):
    """A chance that may claim: its rank, and the prize that the rank has ('' for an alternate)."""

    rank: int
    leaf: bytes
    prize: str


class Drawn(NamedTuple):
    """What a draw came to."""

    root: bytes
    seed: bytes
    ranked: tuple[Ranked, ...]


def canonical(value: Any) -> bytes:
    """JSON in the one way in which packs and receipts are written: keys sorted, no space, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    return msgspec.to_builtins(sheet)


def sheet_digest(sheet: Sheet) -> str:
    """The digest under which a sheet is frozen."""
    return hashlib.sha256(canonical(sheet_json(sheet))).hexdigest()


def hold(
    sheet: Sheet, chances: Sequence[bytes], excluded: Mapping[bytes, str], secret: bytes, sources: Sequence[Source]
) -> Drawn:
    """Draw: `chances` are every leaf in ascending order, the excluded ones too."""
    root = root_of(nodes(chances, excluded))
    seed = seed_of(root, secret, sources)
    eligible = [leaf for leaf in chances if leaf not in excluded] if excluded else chances
    stock = sheet.stock
    leaves = first_ranks(eligible, seed, len(stock) + sheet.alternates)
    ranked = (Ranked(place + 1, leaf, stock[place] if place < len(stock) else "") for place, leaf in enumerate(leaves))
    return Drawn(root, seed, tuple(ranked))


def write(
    sheet: Sheet,
    chances: Sequence[bytes],
    excluded: Mapping[bytes, str],
    secret: bytes,
    sources: Sequence[Source],
    drawn: Drawn,
) -> bytes:
    """The pack's bytes; its last check is a digest over all the rest."""
    pack: dict[str, Any] = {
        "format": FORMAT,
        "sheet": sheet_json(sheet),
        "sheet_sha256": sheet_digest(sheet),
        "chances": b"".join(chances).hex(),
        "count": len(chances),
        "excluded": {leaf.hex(): reason for leaf, reason in excluded.items()},
        "alternates": sheet.alternates,
        "root": drawn.root.hex(),
        "secret": secret.hex(),
        "sources": [{"name": each.name, "value": each.value} for each in sources],
        "seed": drawn.seed.hex(),
        "ranked": [[each.leaf.hex(), each.prize] for each in drawn.ranked],
    }
    return canonical({**pack, "sha256": hashlib.sha256(canonical(pack)).hexdigest()})


def digest_of(pack: bytes) -> str:
    """The digest that is announced for a pack."""
    return str(json.loads(pack)["sha256"])
