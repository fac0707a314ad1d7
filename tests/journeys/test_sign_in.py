"""Signing in with a passkey, in a real Chromium that has a virtual authenticator."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def keyring(desk: Page):
    """A browser in which a key can be made and used; gives what steers it."""
    steering = desk.context.new_cdp_session(desk)
    steering.send("WebAuthn.enable")
    made = steering.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return steering, made["authenticatorId"]


def on_localhost(demo):
    """A passkey belongs to a domain, and an address of digits is none."""
    return type(demo)(demo.base.replace("127.0.0.1", "localhost"), demo.var, demo.environment)


def add_key(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/accounts/2fa/webauthn/add/")
    page.fill("input[name=password]", "cyberweek-demo")
    page.get_by_role("button", name="确认").click()
    page.fill("input[name=name]", name)
    page.check("input[name=passwordless]")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")


def test_a_passkey_is_added_signs_in_and_is_removed(demo, desk, keyring, sign_in):
    """No policy of the page is in the way, and no password is asked for."""
    demo, problems = on_localhost(demo), []
    desk.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    sign_in(demo, desk, "audit")
    add_key(desk, demo.base, "示例密钥")
    desk.goto(f"{demo.base}/console/")
    desk.get_by_role("button", name="退出登录").click()

    desk.goto(f"{demo.base}/accounts/login/?next=/console/audit/")
    desk.get_by_role("button", name="用通行密钥登录").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("台账审计")

    assert problems == []
    desk.goto(f"{demo.base}/accounts/2fa/webauthn/")
    expect(desk.locator("section.card")).to_contain_text("通行密钥，不用密码就能登录。 上次用它是 今天")
    assert Axe().run(desk).response["violations"] == []
    desk.get_by_role("link", name="去掉 示例密钥").click()
    desk.fill("input[name=password]", "cyberweek-demo")
    desk.get_by_role("button", name="确认").click()
    desk.get_by_role("button", name="去掉", exact=True).click()
    expect(desk.locator(".empty")).to_have_text("还没有登记密钥。")


def test_a_key_that_cannot_be_used_is_said_in_words(demo, desk, keyring):
    steering, key = keyring
    steering.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})

    for base, words in ((demo.base, "把地址里的 127.0.0.1 换成 localhost"), (on_localhost(demo).base, "没有完成")):
        desk.goto(f"{base}/accounts/login/")
        desk.get_by_role("button", name="用通行密钥登录").click()
        expect(desk.locator("[role=alert]")).to_contain_text(words)
        expect(desk.locator("[role=alert] p:visible")).to_have_count(1)
        assert Axe().run(desk).response["violations"] == []
