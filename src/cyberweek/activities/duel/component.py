"""The manifest of the duel."""

from cyberweek.activities.duel.facts import FACTS
from cyberweek.activities.duel.metrics import METRICS
from cyberweek.activities.duel.rules import RULES
from cyberweek.activities.duel.snapshot import DuelSnapshot
from cyberweek.component.manifest import Component
from cyberweek.kernel.text import mark

COMPONENT = Component(
    kind="duel",
    name=mark("网络安全在线对战"),
    snapshot=DuelSnapshot,
    facts=FACTS,
    matches=RULES,
    metrics=METRICS,
    play_url="duel:play",
    console_url="duel_console:edit",
)
