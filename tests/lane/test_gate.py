"""Work or a wait before a beginning, and whose they are."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from cyberweek.lane import gate
from cyberweek.lane.gate import Gate
from cyberweek.lane.http import Request
from cyberweek.lane.pressure import Thresholds
from cyberweek.lane.setting import Setting
from cyberweek.people.ticket import Forged, Signer, Wait
from cyberweek.project.registry import REGISTRY

AT = 1_795_600_000_000
SIGNER = Signer("secret")
ALWAYS = Thresholds(begun_a_minute=(0, 10, 20))
SETTING = Setting(registry=REGISTRY, connect=list, writer=list, ticket_key="secret", address="", thresholds=ALWAYS)


def form(**fields: str) -> Request:
    headers = {b"content-type": b"application/x-www-form-urlencoded", b"user-agent": b"x", b"accept-language": b"zh"}
    return Request(headers, urlencode(fields).encode())


def wanted(at_gate: Gate, request: Request, at: int, participant: int = 7) -> int:
    return at_gate.work_wanted(participant, request, "192.0.2.1", "", at)


def test_a_wait_that_is_over_begins_one_paper():
    at_gate = Gate(SETTING, SIGNER)
    token = at_gate.wait(7, 1, form(), AT)
    brought = form(wait=token)

    assert [wanted(at_gate, brought, AT + each) for each in (4_999, 5_000, 5_001)] == [1, 0, 1]


def test_a_wait_goes_on_to_count_and_a_spent_one_does_not():
    at_gate = Gate(SETTING, SIGNER)
    token = at_gate.wait(7, 1, form(), AT)

    assert at_gate.wait(7, 1, form(wait=token), AT + 3_000) == token
    wanted(at_gate, form(wait=token), AT + 5_000)
    assert SIGNER.read_wait(at_gate.wait(7, 1, form(wait=token), AT + 6_000)) == Wait(7, AT + 11_000)


@pytest.mark.parametrize("brought", [Wait(8, AT - 1), Wait(7, AT - gate.WAIT_LIVES_MS)], ids=["another's", "too old"])
def test_a_wait_of_somebody_else_or_of_long_ago_is_given_anew(brought):
    at_gate = Gate(SETTING, SIGNER)
    request = form(wait=SIGNER.wait(brought))

    assert wanted(at_gate, request, AT) == 1
    assert SIGNER.read_wait(at_gate.wait(7, 1, request, AT)) == Wait(7, AT + 5_000)


def test_a_wait_that_was_not_signed_here_is_refused():
    with pytest.raises(Forged):
        wanted(Gate(SETTING, SIGNER), form(wait=Signer("another").wait(Wait(7, AT - 1))), AT)


def test_behind_a_proxy_the_last_address_of_its_header_is_the_network():
    behind = Gate(replace(SETTING, behind_proxy=True), SIGNER)
    first, again, other = (
        Request({b"x-forwarded-for": each}, b"") for each in (b"192.0.2.1", b"198.51.100.9, 192.0.2.1", b"192.0.2.2")
    )

    assert behind.network(first, "::1") == behind.network(again, "::1") != behind.network(other, "::1")
    assert Gate(SETTING, SIGNER).network(first, "::1") == Gate(SETTING, SIGNER).network(other, "::1")
