"""The ring of six threats. Each has a counter that stops it, and the next counter on the ring helps a little."""

from __future__ import annotations

from typing import NamedTuple

from cyberweek.kernel.text import mark

SIZE = 6


class Threat(NamedTuple):
    """A threat, what stops it, and why the next counter on the ring helps half (Chinese message ids)."""

    code: str
    name: str
    counter: str
    helps: str


RING = (
    Threat("phishing", mark("钓鱼仿冒"), mark("核实来源"), mark("二次验证：密码被骗走，别人也登不进去")),
    Threat("takeover", mark("撞库盗号"), mark("二次验证"), mark("止付报警：先冻结，损失就小")),
    Threat("impostor", mark("冒充来电"), mark("止付报警"), mark("少给信息：对方知道得少，就演不像")),
    Threat("harvest", mark("过度收集"), mark("少给信息"), mark("加密通道：路上漏掉的就少")),
    Threat("wifi", mark("蹭网窃听"), mark("加密通道"), mark("更新备份：已知的漏洞先补上")),
    Threat("ransom", mark("勒索病毒"), mark("更新备份"), mark("核实来源：来路不明的附件不打开")),
)
"""By number: card i stops threat i, and helps half against the threat before it."""


def partial(threat: int) -> int:
    """The card that helps half against a threat."""
    return (threat + 1) % SIZE


def is_spaced(cards: tuple[int, ...]) -> bool:
    """True when no two cards are neighbours on the ring: then they cover the most."""
    return all((each + 1) % SIZE not in cards for each in cards)
