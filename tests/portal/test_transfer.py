"""Taking a ticket to another device over HTTP."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

TAKE = "/my-data/transfer/take/"


def ticket(participant: int) -> str:
    from cyberweek.people.ticket import Signer, Ticket

    return Signer(settings.TICKET_KEY).ticket(Ticket(participant, 1_790_000_000_000))


def device(participant: int | None = None, **cookies: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    for name, value in cookies.items():
        client.cookies[name] = value
    if participant is not None:
        client.cookies["cw_ticket"] = ticket(participant)
    return client


def code_of(client: Client) -> str:
    page = client.post("/my-data/transfer/").content.decode()
    return re.search(r'code-large">([^<]+)<', page)[1]


def participant_of(client: Client) -> int | None:
    from cyberweek.people.ticket import Signer

    found = client.cookies.get("cw_ticket")
    return Signer(settings.TICKET_KEY).read_ticket(found.value).participant if found else None


def earn(house, participant: int) -> None:
    """Let a participant hold a chance in an activity that was published."""
    from datetime import date

    from cyberweek.component.facts import ChanceEarned
    from cyberweek.component.models import Visibility
    from cyberweek.ledger.journal import Append
    from cyberweek.plan.models import Campaign

    campaign = Campaign.objects.create(
        name_zh="周", slug="w", area="市", starts=date(2026, 11, 23), ends=date(2026, 11, 29)
    )
    activity = campaign.activities.create(no=1, slug="quiz", kind="quiz", name_zh="答题")
    Visibility.objects.create(activity=activity, stream=1)
    house.writer.append(Append(9, 1, 1_790_000_000_000, [ChanceEarned("2026-11-24")], activity.pk, 1, participant))
    house.count()


def test_the_other_device_has_the_same_ticket(house):
    first, second = device(7), device()

    answer = second.post(TAKE, {"code": code_of(first).lower()})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/my-data/?moved")
    assert (participant_of(first), participant_of(second)) == (7, 7)
    assert "带过来了" in second.get("/my-data/?moved").content.decode()


def test_a_code_is_eight_letters_in_two_halves(house):
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", code_of(device(7)))


def test_a_device_without_a_ticket_has_nothing_to_take_along(house):
    from cyberweek.people.models import Transfer

    answer = device().post("/my-data/transfer/")

    assert (answer.status_code, Transfer.objects.count()) == (409, 0)


def test_a_code_is_used_up(house):
    code, other = code_of(device(7)), device()
    device().post(TAKE, {"code": code})

    answer = other.post(TAKE, {"code": code})

    assert (answer.status_code, participant_of(other)) == (409, None)
    assert "一个码只能用一次" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "ABCD-EFGH", "<script>", "A" * 400])
def test_a_code_that_nobody_gave_moves_nothing(house, typed):
    client = device()

    answer = client.post(TAKE, {"code": typed})

    assert (answer.status_code, participant_of(client)) == (409, None)
    assert "没有这个转移码" in answer.content.decode()
    assert "<script>" not in answer.content.decode().split("<main")[1]


def test_a_code_that_is_too_old_says_so(house):
    from datetime import timedelta

    from cyberweek.people.models import Transfer

    code = code_of(device(7))
    Transfer.objects.update(until=Transfer.objects.get().until - timedelta(minutes=11))

    answer = device().post(TAKE, {"code": code})

    assert (answer.status_code, "过了十分钟" in answer.content.decode()) == (409, True)


def test_own_chances_stay_behind_only_when_that_is_confirmed(house):
    earn(house, 8)
    code, second = code_of(device(7)), device(8)

    asked = second.post(TAKE, {"code": code})
    before = participant_of(second)
    done = second.post(TAKE, {"code": code, "confirmed": "1"})

    assert (asked.status_code, before, "留在原来的凭证名下" in asked.content.decode()) == (200, 8, True)
    assert (done.status_code, participant_of(second)) == (303, 7)


def test_a_ticket_without_chances_is_replaced_at_once_and_its_papers_with_it(house):
    second = device(8, cw_attempt_3="x", view="elder")

    answer = second.post(TAKE, {"code": code_of(device(7))})

    assert answer.status_code == 303
    assert answer.cookies["cw_attempt_3"]["max-age"] == 0
    assert second.cookies["view"].value == "elder"


def test_the_same_ticket_is_not_moved_onto_itself(house):
    from cyberweek.people.models import Transfer

    client = device(7)

    answer = client.post(TAKE, {"code": code_of(client)})

    assert (answer.status_code, Transfer.objects.get().used_at) == (409, None)


def test_whoever_guesses_is_told_to_wait(house):
    from cyberweek.people.transfers import WRONG_CODES

    client = device()
    for _try in range(WRONG_CODES):
        client.post(TAKE, {"code": "ABCDEFGH"})

    answer = client.post(TAKE, {"code": code_of(device(7))})

    assert (answer.status_code, participant_of(client)) == (409, None)
    assert "次数太多" in answer.content.decode()


def test_behind_a_proxy_each_network_counts_for_itself(house, settings):
    from cyberweek.people.models import WrongCode

    settings.BEHIND_PROXY = True
    for address in ("192.0.2.1", "203.0.113.5, 192.0.2.2"):
        device().post(TAKE, {"code": "ABCDEFGH"}, headers={"x-forwarded-for": address})

    assert WrongCode.objects.values("sender").distinct().count() == 2
