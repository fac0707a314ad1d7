"""Two real browsers play a whole match, one of them cut off twice; a tutorial goes by keyboard alone; axe finds nothing."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phones(browser):
    contexts = [browser.new_context(viewport=PHONE, locale="zh-CN") for _ in range(2)]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def answer(page: Page, place: int = 0) -> None:
    expect(page.locator(".duel-options button").first).to_be_enabled(timeout=20_000)
    page.wait_for_timeout(700)  # nobody reads faster
    page.locator(".duel-options button").nth(place).click()


def arm(page: Page, attack: int) -> None:
    expect(page.locator(".duel-tiles").first).to_be_visible(timeout=20_000)
    page.locator(".duel-attack button").nth(attack).click()
    for card in (1, 3):
        page.locator(".duel-defend button").nth((attack + card) % 6).click()
    page.locator(".duel-go").click()


def findings(page: Page) -> list[str]:
    return [each["id"] for each in Axe().run(page).response["violations"]]


def test_two_phones_play_a_match_and_agree_on_it_though_one_is_cut_off_twice(demo, phones):
    for page in phones:
        page.goto(f"{demo.base}/duel/duel/")
        page.get_by_role("button", name="开始对战").click()

    for round_ in range(6):
        for page in phones:
            answer(page)
        if round_ in (1, 3):
            phones[1].reload()
        for side, page in enumerate(phones):
            arm(page, round_ if side == 0 else (round_ + 2) % 6)

    for page in phones:
        expect(page.locator(".duel-result")).to_be_visible(timeout=20_000)
        expect(page.locator(".duel")).to_have_attribute("data-record", "same")
    scores = [re.findall(r"\d+", page.locator(".duel-result + p").inner_text()) for page in phones]
    assert scores[0] == [scores[1][1], scores[1][0], scores[1][3], scores[1][2]]


def test_a_tutorial_is_played_by_keyboard_and_every_phase_is_read_out(demo, phones):
    page = phones[0]
    page.goto(f"{demo.base}/duel/duel/")
    assert findings(page) == []
    page.get_by_role("button", name="先学一局（三回合）").focus()
    page.keyboard.press("Enter")

    for round_ in range(3):
        expect(page.locator(".duel-options button").first).to_be_visible(timeout=20_000)
        stem = page.locator(".duel-stem").inner_text()
        expect(page.get_by_role("status").first).to_have_text(stem)
        page.wait_for_timeout(700)
        page.locator(".duel-options button").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".duel-go")).to_be_visible(timeout=25_000)
        page.locator(".duel-attack button").nth(2).focus()
        page.keyboard.press("Space")
        expect(page.locator(".duel-attack button").nth(2)).to_be_focused()
        if round_ == 0:
            assert findings(page) == []
        page.locator(".duel-go").focus()
        page.keyboard.press("Enter")

    expect(page.locator(".duel-result")).to_be_visible(timeout=20_000)
    assert findings(page) == []


def test_where_no_socket_comes_through_a_match_goes_on_by_events_and_posts(demo, phones):
    page = phones[0]
    page.add_init_script("delete window.WebSocket")
    page.goto(f"{demo.base}/duel/duel/")
    page.get_by_role("button", name="和陪练练一局").click()

    answer(page)
    arm(page, 0)

    expect(page.locator(".duel-hits")).to_be_visible(timeout=20_000)
