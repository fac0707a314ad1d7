"""The way from a won chance to the prize, without any script: what is asked, refused, kept and deleted."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from cyberweek.prizes import queries
from cyberweek.prizes.models import Claim, Pending
from cyberweek.prizes.services import claims
from tests.prizes.examples import prize

PHONES = [f"100{number:08}" for number in range(1, 40)]
AGREED = {"agree": "on", "age": "on"}


@pytest.fixture
def claiming(now_in):
    """Two cups (ranks 1–2), five cards (3–7) with five codes in stock, alternates from rank 8."""
    made = now_in("claiming", chances=40)
    claims.stock_up(made.activity.pk, "card", [f"CARD-{n}" for n in range(5)], vault=made.means.vault)
    return made


def body(answer) -> str:
    return answer.content.decode()


def form_of(made, rank: int, phone: str, **more) -> dict:
    shown = queries.receipt_of(made.draw, made.chance_of_rank(rank)).decode()
    return {"receipt": shown, "rank": rank, "phone": phone, **AGREED, **more}


def code_page(client, made, rank: int, phone: str) -> str:
    answer = client.post("/draws/quiz/claim/", form_of(made, rank, phone))
    assert answer.status_code == 302, body(answer)
    return answer.headers["Location"]


def code_sent(made) -> str:
    words = made.texts()[-1]["words"]
    return next(part for part in words.replace("，", " ").split() if part.isdigit() and len(part) == 6)


def claim(client, made, rank: int, phone: str) -> str:
    """Claim as a person does; returns the address of the result."""
    url = code_page(client, made, rank, phone)
    answer = client.post(url, {"code": code_sent(made)})
    assert answer.status_code == 302, body(answer)
    return answer.headers["Location"]


def test_a_card_is_claimed_by_number_and_code(client, claiming):
    first = body(client.post("/draws/quiz/claim/", {"receipt": form_of(claiming, 3, "")["receipt"], "rank": 3}))
    assert ("不收任何费用" in first, "checked" in first) == (True, False)
    done = claim(client, claiming, 3, PHONES[0])
    page = body(client.get(done))

    assert ("领到了" in page, "CARD-0" in page, PHONES[0] in page) == (True, True, False)
    assert claiming.facts("prize.") == ["prize.claimed", "prize.granted"]
    assert [each["number"] for each in claiming.texts()] == [PHONES[0]]


def test_goods_ask_for_an_address_that_can_be_corrected_until_they_are_sent(client, claiming):
    done = claim(client, claiming, 1, PHONES[0])
    assert client.post(done, {"name": "", "address": ""}).status_code == 422
    for street in ("示例路 1 号", "示例路 2 号"):
        assert client.post(done, {"name": "收件人", "address": street}).status_code == 302
    found = Claim.objects.get()
    sealed = claiming.means.vault.open(bytes(found.address), about=f"claim.address:{found.pk}")
    claims.mark_sent(claiming.draw, [found.pk], at=claiming.claim_time)

    assert sealed == "收件人\n示例路 2 号"
    page = body(client.get(done))
    assert ("已经寄出" in page, 'name="address"' in page) == (True, False)


def test_an_alternate_waits_in_the_line(client, claiming):
    page = body(client.get(claim(client, claiming, 9, PHONES[0])))

    assert ("已登记候补" in page, "您是第 9 名" in page) == (True, True)


@pytest.mark.parametrize("missing", ["phone", "agree", "age"])
def test_nothing_is_sent_without_number_consent_and_age(client, claiming, missing):
    answer = client.post("/draws/quiz/claim/", form_of(claiming, 1, PHONES[0]) | {missing: ""})

    assert (answer.status_code, answer.content.count(b"field-error")) == (422, 1)
    assert (claiming.texts(), Pending.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"phone": "12345"}, "11 位手机号码"),
        ({"receipt": "{}"}, "不是一张有效的抽奖凭证"),
        ({"rank": 2}, "没有抽中可以领奖的名次"),
        ({"rank": 0}, "没有抽中可以领奖的名次"),
        ({"rank": 10**40}, "没有抽中可以领奖的名次"),
    ],
)
def test_every_refusal_is_in_words_and_leaves_nothing(client, claiming, changes, words):
    answer = client.post("/draws/quiz/claim/", form_of(claiming, 1, PHONES[0]) | changes)

    assert (answer.status_code, words in body(answer)) == (422, True)
    assert (claiming.texts(), Pending.objects.count(), claiming.facts("prize.")) == ([], 0, [])


@pytest.mark.parametrize("phase", ["drawn", "over"])
def test_claims_outside_their_time_are_refused(client, now_in, phase):
    made = now_in(phase, chances=20)
    answer = client.post("/draws/quiz/claim/", form_of(made, 1, PHONES[0]))

    assert (answer.status_code, "不在领奖时间内" in body(answer)) == (422, True)
    assert (made.texts(), Pending.objects.count()) == ([], 0)


def test_codes_come_once_a_minute(client, claiming):
    code_page(client, claiming, 1, PHONES[0])
    answer = client.post("/draws/quiz/claim/", form_of(claiming, 2, PHONES[0]))

    assert (answer.status_code, "验证码要得太多了" in body(answer), len(claiming.texts())) == (422, True, 1)


def test_a_text_that_cannot_be_sent_keeps_the_chance(client, claiming, settings):
    from cyberweek.prizes.means import means

    settings.SMS_GATEWAY = "file:/proc/no/such/folder/outbox.jsonl"
    means.cache_clear()
    answer = client.post("/draws/quiz/claim/", form_of(claiming, 1, PHONES[0]))

    assert (answer.status_code, "短信没有发出去" in body(answer), Pending.objects.count()) == (422, True, 0)


def test_a_prize_without_stock_asks_nobody_for_a_number(client, now_in):
    made = now_in("claiming", chances=20)
    answer = client.post("/draws/quiz/claim/", form_of(made, 3, PHONES[0]))

    assert (answer.status_code, "卡券暂时发完了" in body(answer)) == (422, True)
    assert (made.texts(), Pending.objects.count()) == ([], 0)


def test_wrong_codes_are_counted_down_and_the_right_one_is_too_late_then(client, claiming):
    url = code_page(client, claiming, 1, PHONES[0])
    right = code_sent(claiming)
    wrong = "000000" if right != "000000" else "111111"
    said = [body(client.post(url, {"code": wrong})) for _ in range(5)]

    assert [f"还可以试 {left} 次" in page for left, page in zip((4, 3, 2, 1), said[:4], strict=True)] == [True] * 4
    assert "已经失效" in said[4]
    assert "已经失效" in body(client.post(url, {"code": right}))
    assert (Claim.objects.count(), claiming.facts("prize.")) == (0, [])


def test_one_person_has_one_prize(client, claiming):
    claim(client, claiming, 3, PHONES[0])
    Pending.objects.all().delete()
    url = code_page(client, claiming, 4, PHONES[0])
    answer = client.post(url, {"code": code_sent(claiming)})

    assert (answer.status_code, "一人一份" in body(answer), Claim.objects.count()) == (422, True, 1)


def test_a_used_code_page_says_so(client, claiming):
    url = code_page(client, claiming, 1, PHONES[0])
    client.post(url, {"code": code_sent(claiming)})
    answer = client.get(url)

    assert (answer.status_code, "已经用过或失效" in body(answer)) == (410, True)


@pytest.mark.parametrize("path", ["code/1:forged:token/", "done/1:forged:token/", "done/x/"])
def test_a_forged_address_leads_nowhere(client, claiming, path):
    claim(client, claiming, 1, PHONES[0])

    assert client.get(f"/draws/quiz/claim/{path}").status_code == 404
    assert client.post(f"/draws/quiz/claim/{path}").status_code == 404


def test_the_address_of_a_code_opens_no_claim(client, claiming):
    """Both are signed here, but for different purposes."""
    url = code_page(client, claiming, 1, PHONES[0])

    assert client.get(url.replace("/code/", "/done/")).status_code == 404


def test_a_claim_of_another_draw_is_not_found_under_this_one(client, claiming):
    from cyberweek.plan.models import Activity
    from cyberweek.prizes.models import Draw

    done = claim(client, claiming, 1, PHONES[0])
    other = Activity.objects.create(campaign=claiming.activity.campaign, no=2, slug="other", kind="quiz", name_zh="另")
    Draw.objects.create(activity=other, stream=7, secret=b"", sheet=claiming.draw.sheet)

    assert client.get(done.replace("/quiz/", "/other/")).status_code == 404


@pytest.mark.parametrize(("days", "status"), [(59, 200), (61, 404)])
def test_the_address_of_a_claim_works_for_sixty_days(client, claiming, monkeypatch, days, status):
    """The page asks people to keep it, and says for how long."""
    import time

    then = time.time() - timedelta(days=days).total_seconds()
    with monkeypatch.context() as earlier:
        done = claim(client, claiming, 1, PHONES[0])
        earlier.setattr("django.core.signing.time.time", lambda: then)
        from django.core import signing

        token = signing.dumps(Claim.objects.get().pk, salt="prizes.claim")

    assert done.startswith("/draws/quiz/claim/done/")
    assert client.get(f"/draws/quiz/claim/done/{token}/").status_code == status


def test_pages_of_a_claim_are_never_kept(client, claiming):
    url = code_page(client, claiming, 1, PHONES[0])
    code = client.get(url)
    done = client.get(client.post(url, {"code": code_sent(claiming)}).headers["Location"])
    asked = client.post("/draws/quiz/claim/", {"receipt": "x", "rank": 1})

    assert ["no-store" in each.headers["Cache-Control"] for each in (asked, code, done)] == [True] * 3


def test_a_claim_cannot_be_made_from_another_site(claiming):
    from django.test import Client

    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)

    assert strict.post("/draws/quiz/claim/", form_of(claiming, 1, PHONES[0])).status_code == 403
    assert (claiming.texts(), Pending.objects.count()) == ([], 0)


def test_whoever_only_follows_a_link_begins_at_the_chances(client, claiming):
    """The form's own address, as the switch of language and of view has it, answers no GET of its own."""
    answer = client.get("/en/draws/quiz/claim/")

    assert (answer.status_code, urlsplit(answer.headers["Location"]).path) == (302, "/en/draws/quiz/mine/")


def test_a_claimant_goes_at_any_time_and_no_figure_moves(client, claiming):
    from cyberweek.ledger.queries import counts

    done = claim(client, claiming, 3, PHONES[0])
    claiming.house.count()
    before = counts()
    gone = client.post(f"{done}erase/")
    claiming.house.count()

    assert (gone.status_code, "已经删除" in body(gone)) == (200, True)
    assert (Claim.objects.count(), counts()) == (0, before)
    assert client.get(done).status_code == 410
    assert client.post(f"{done}erase/").status_code == 200
    assert client.get(f"{done}erase/").status_code == 405
    again = client.post("/draws/quiz/claim/", form_of(claiming, 3, PHONES[1]))
    assert (again.status_code, "不能再领一次" in body(again)) == (422, True)


def test_english_claimants_agree_to_english_words(client, claiming):
    page = body(client.post("/en/draws/quiz/claim/", {"receipt": form_of(claiming, 1, "")["receipt"], "rank": 1}))

    assert ("I agree that" in page, "Nobody here asks for money" in page) == (True, True)


def test_an_instant_prize_warns_that_it_is_the_one(client, now_in, ticket):
    from cyberweek.prizes.sheet import Delivery, Instant

    instant = Instant(prize("instant", 9, delivery=Delivery.VOUCHER, value_fen=200), 1, {})
    made = now_in("earning", chances=1, instant=instant)
    claims.stock_up(made.activity.pk, "instant", ["I-1"], vault=made.means.vault)
    client.cookies["cw_ticket"] = ticket(1)
    mine = body(client.get("/draws/quiz/mine/"))
    shown = queries.receipt_of(made.draw, made.chances(1)[0]).decode()
    page = body(client.post("/draws/quiz/claim/", {"receipt": shown, "rank": 0}))

    assert ["不能再领别的" in each for each in (mine, page)] == [True, True]
    answer = client.post("/draws/quiz/claim/", {"receipt": shown, "rank": 0, "phone": PHONES[0], **AGREED})
    done = client.post(answer.headers["Location"], {"code": code_sent(made)}).headers["Location"]
    assert "I-1" in body(client.get(done))
