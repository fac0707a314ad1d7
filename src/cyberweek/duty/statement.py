"""What somebody wrote, and the digest by which a fact names it. `salt` keeps the digest from telling an erased text."""

from __future__ import annotations

import msgspec

from cyberweek.kernel.codec import canonical, digest


class Said(msgspec.Struct, frozen=True):
    salt: str
    words: str

    @property
    def digest(self) -> str:
        return digest(canonical(self))
