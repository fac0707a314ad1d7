"""The duel's page, with and without a script, before and after."""

from __future__ import annotations

import re

from django.test import Client


def page(path: str = "/duel/duel/") -> tuple[int, str]:
    answer = Client(SERVER_NAME="localhost").get(path)
    return answer.status_code, answer.content.decode()


def test_before_publishing_there_is_no_page(duel):
    assert page()[0] == 404


def test_the_page_holds_the_table_of_counters_and_the_way_in_but_no_question(open_duel):
    status, html = page()

    assert status == 200
    assert len(re.findall(r'<th scope="row">', html)) == 6
    assert f"/lane/duel/{open_duel.activity_id}/socket" in html
    assert [no for no in range(1, 13) if f"第 {no} 题" in html] == []


def test_the_english_page_has_english_counters(open_duel):
    html = page("/en/duel/duel/")[1]

    assert re.findall(r'<th scope="row">([^<]*)', html) == [
        "Phishing", "Takeover", "Impostor call", "Over-collection", "Open Wi-Fi", "Ransomware",
    ]  # fmt: skip


def test_after_withdrawing_nothing_can_be_played(open_duel, house):
    from cyberweek.component.services import withdraw

    withdraw(open_duel.activity, "改期", writer=house.writer, seat=1, at=house.at)

    assert "/socket" not in page()[1]
