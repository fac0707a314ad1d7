"""What residents see of a draw in each of its phases, by the same number of queries however large it is."""

from __future__ import annotations

import json
import os

import pytest

from cyberweek.prizes import receipt, verify_draw
from cyberweek.prizes.sheet import Delivery, Instant
from tests.prizes.examples import prize

SAID = {
    "coming": ("还没有开始", "开始。参加活动并且合格"),
    "earning": ("正在发放机会", "不比速度，不看名次"),
    "closed": ("机会已截止", "接下来封存名单"),
    "listed": ("等待开奖", "再也不能增减"),
    "drawn": ("已开奖", "起领奖。"),
    "claiming": ("正在领奖", "以前领奖。"),
    "over": ("已结束", "领奖已经结束"),
}
PHONES = [f"100{number:08}" for number in range(1, 400)]


def body(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("phase", SAID)
def test_a_draw_says_how_far_it_has_come(client, now_in, phase):
    now_in(phase, chances=3)

    pill, lede = SAID[phase]
    assert pill in body(client.get("/draws/"))
    page = body(client.get("/draws/quiz/"))
    assert lede in page
    assert page.count('aria-current="step"') == 1


def test_without_a_draw_the_list_says_so(client, house):
    assert "还没有抽奖" in body(client.get("/draws/"))
    assert client.get("/draws/quiz/").status_code == 404


KEPT_S = {
    "": 10,
    "quiz/": 10,
    "quiz/verify/": 60,
    "quiz/sheet.json": 60,
    "quiz/pack.json": 3600,
    "verify_draw.py": 3600,
}


@pytest.mark.parametrize(("path", "seconds"), KEPT_S.items())
def test_public_pages_are_the_same_for_everybody(client, now_in, path, seconds):
    now_in("claiming", chances=3)
    answer = client.get(f"/draws/{path}")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, f"public, max-age={seconds}")
    assert not answer.cookies
    assert b"csrfmiddlewaretoken" not in answer.content


@pytest.mark.parametrize("path", ["/draws/quiz/mine/", "/draws/quiz/check/"])
def test_pages_of_one_device_are_never_kept(client, now_in, path):
    now_in("earning")

    assert "no-store" in client.get(path).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("phase", "there", "missing"), [("earning", [], ["pack", "erasure"]), ("claiming", ["pack"], ["erasure"])]
)
def test_papers_are_there_once_they_are_published(client, now_in, phase, there, missing):
    made = now_in(phase, chances=3)

    found = {name: client.get(f"/draws/quiz/{name}.json").status_code for name in ("sheet", "pack", "erasure")}
    assert found == {"sheet": 200} | dict.fromkeys(there, 200) | dict.fromkeys(missing, 404)
    assert client.get("/draws/quiz/sheet.json").content == bytes(made.draw.sheet.body)


def test_the_certificate_of_erasure_is_published(client, now_in):
    from cyberweek.prizes.services import claims

    made = now_in("erased", chances=20)
    made.claim(1, PHONES[0])
    assert "100******01" in body(client.get("/draws/quiz/"))
    claims.settle(made.draw, writer=made.house.writer, seat=1, at=made.window_over)
    claims.erase(made.draw, writer=made.house.writer, seat=1, at=made.erase_time)

    page = body(client.get("/draws/quiz/"))
    assert "下载删除证明" in page
    assert "100******" not in page
    assert client.get("/draws/quiz/erasure.json").json()["claims"] == 1


def test_the_published_pack_is_found_right_by_the_published_program(client, now_in, tmp_path):
    made = now_in("claiming", chances=30)
    chance = made.chance_of_rank(1)
    client.cookies["cw_ticket"] = made.ticket_of(chance)
    files = {"pack.json": "pack.json", "receipt.json": f"receipts/{made.day}.json"}
    for name, path in files.items():
        (tmp_path / name).write_bytes(client.get(f"/draws/quiz/{path}").content)

    assert verify_draw.main([str(tmp_path / "pack.json"), "--receipt", str(tmp_path / "receipt.json")]) == 0


def test_a_device_sees_its_own_chances_and_no_others(client, now_in, ticket):
    made = now_in("earning", chances=2)
    assert "还没有抽奖机会" in body(client.get("/draws/quiz/mine/"))
    client.cookies["cw_ticket"] = "forged"
    assert "还没有抽奖机会" in body(client.get("/draws/quiz/mine/"))
    client.cookies["cw_ticket"] = ticket(2)

    page = body(client.get("/draws/quiz/mine/"))
    own = client.get(f"/draws/quiz/receipts/{made.day}.json").content
    assert page.count('<strong class="tally-figure">1</strong>') == 1
    assert receipt.read(own).leaf == made.chances(2)[0].leaf
    assert client.get("/draws/quiz/receipts/2020-01-01.json").status_code == 404
    client.cookies["cw_ticket"] = ticket(3)
    assert client.get(f"/draws/quiz/receipts/{made.day}.json").status_code == 404


@pytest.mark.parametrize(("phase", "words"), [("drawn", "起可以领奖"), ("claiming", "请在"), ("over", "领奖已经截止")])
def test_a_winner_hears_what_can_be_done_now(client, now_in, phase, words):
    made = now_in(phase, chances=20)
    client.cookies["cw_ticket"] = made.ticket_of(made.chance_of_rank(1))
    page = body(client.get("/draws/quiz/mine/"))

    assert ("中了！" in page, words in page, "csrfmiddlewaretoken" in page) == (True, True, phase == "claiming")


def test_an_alternate_is_not_told_of_a_win(client, now_in):
    made = now_in("claiming", chances=20)
    client.cookies["cw_ticket"] = made.ticket_of(made.chance_of_rank(9))
    page = body(client.get("/draws/quiz/mine/"))

    assert ("中了！" in page, "进入候补" in page, "登记候补" in page) == (False, True, True)


def test_whoever_drew_nothing_is_told_so(client, now_in):
    made = now_in("claiming", chances=30)
    unlucky = next(c for p in range(1, 31) for c in made.chances(p) if c.ranked is None)
    client.cookies["cw_ticket"] = made.ticket_of(unlucky)
    page = body(client.get("/draws/quiz/mine/"))

    assert ("这次没有抽中" in page, "中了！" in page) == (True, False)


def test_an_instant_prize_that_has_run_out_asks_for_no_number(client, now_in, ticket):
    instant = Instant(prize("instant", 9, delivery=Delivery.VOUCHER, value_fen=200), 1, {})
    now_in("earning", chances=1, instant=instant)
    client.cookies["cw_ticket"] = ticket(1)
    page = body(client.get("/draws/quiz/mine/"))

    assert ("即时奖已经发完" in page, "/claim/" in page) == (True, False)


def test_a_receipt_tells_its_place_and_its_rank(client, now_in):
    from cyberweek.prizes import queries

    made = now_in("claiming", chances=20)
    shown = queries.receipt_of(made.draw, made.chance_of_rank(2)).decode()
    page = body(client.post("/draws/quiz/check/", {"text": shown}))

    assert "在封存的名单里" in page
    assert "第 2 名" in page


def test_a_receipt_may_come_as_a_file(client, now_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from cyberweek.prizes import queries

    made = now_in("earning", chances=1)
    file = SimpleUploadedFile("receipt.json", queries.receipt_of(made.draw, made.chances(1)[0]))

    assert "有效。名单还没有封存" in body(client.post("/draws/quiz/check/", {"file": file}))


@pytest.mark.parametrize(
    "text", ["", "{}", "[" * 2_000, '{"a":1,"d":"\\ud800","c":"AAAA"}', '{"a":true,"d":"2026-11-24","c":"AA"}']
)
def test_what_is_no_receipt_is_refused_in_words(client, now_in, text):
    now_in("earning", chances=1)
    answer = client.post("/draws/quiz/check/", {"text": text})

    assert (answer.status_code, "不是一张有效的抽奖凭证" in body(answer)) == (422, True)


def test_a_receipt_that_is_far_too_long_is_not_read(client, now_in):
    now_in("earning", chances=1)

    assert client.post("/draws/quiz/check/", {"text": "x" * 3_000}).status_code == 422


def test_a_made_up_receipt_wins_nothing(client, now_in):
    """Before the freeze it is none; after it, it is not in the list."""
    instant = Instant(prize("instant", 9, delivery=Delivery.VOUCHER, value_fen=200), 1, {})
    made = now_in("earning", chances=1, instant=instant)
    text = receipt.write(activity=made.activity.pk, day=made.day, code=os.urandom(16)).decode()

    assert client.post("/draws/quiz/check/", {"text": text}).status_code == 422


def test_a_receipt_of_another_draw_is_sent_there(client, now_in):
    made = now_in("claiming", chances=1)
    text = json.dumps({"a": made.activity.pk + 1, "d": made.day, "c": "AAAA"})
    answer = client.post("/draws/quiz/check/", {"text": text})

    assert (answer.status_code, "另一次抽奖" in body(answer)) == (422, True)


def test_an_unlisted_chance_is_said_to_be_so(client, now_in):
    made = now_in("claiming", chances=3)
    text = receipt.write(activity=made.activity.pk, day=made.day, code=bytes(16)).decode()

    assert "不在封存的名单里" in body(client.post("/draws/quiz/check/", {"text": text}))


def test_the_demos_receipt_exists_only_in_a_demo(client, now_in, settings):
    now_in("claiming", chances=20)
    assert "演示凭证" not in body(client.get("/draws/quiz/check/"))
    settings.DEMO = True

    assert "演示凭证" in body(client.get("/draws/quiz/check/"))


@pytest.mark.parametrize("count", [1, 3, 300])
def test_a_draw_takes_the_same_queries_for_any_number_of_sources_prizes_and_winners(now_in, queries_of, count):
    prizes = tuple(prize(f"cup{n}", 1) for n in range(count))
    made = now_in("claiming", chances=count, prizes=prizes, sources=tuple(f"公开数 {n}" for n in range(count)))
    for rank in range(1, count + 1):
        _granted(made, rank)

    assert queries_of("/draws/quiz/") == 7


def _granted(made, rank: int) -> None:
    """A claim as `claims.verify` leaves it, without sending three hundred codes."""
    from django.utils.timezone import now

    from cyberweek.prizes.models import Claim, Ranked

    ranked = Ranked.objects.get(draw=made.draw, rank=rank)
    claim = Claim.objects.create(
        campaign=made.activity.campaign, draw=made.draw, stream=rank, leaf=ranked.leaf, rank=rank, phone=b"",
        phone_mark=bytes([rank % 256, rank // 256]), consent="", consented_at=now(), state="granted", prize=ranked.prize,
    )  # fmt: skip
    claim.phone = made.means.vault.seal(PHONES[rank], about=f"claim.phone:{claim.pk}")
    claim.save()


def test_winners_come_a_hundred_to_a_page(client, now_in):
    made = now_in("claiming", chances=120, prizes=(prize("cup", 120),))
    for rank in range(1, 102):
        _granted(made, rank)

    assert [body(client.get(f"/draws/quiz/?page={page}")).count("100******") for page in ("1", "2", "x", "9")] == [
        100,
        1,
        100,
        1,
    ]


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_list_of_draws_takes_the_same_queries_for_any_number(now_in, queries_of, count):
    from cyberweek.plan.models import Activity
    from cyberweek.prizes.models import Draw

    made = now_in("earning")
    first = made.draw
    for number in range(2, count + 1):
        activity = Activity.objects.create(
            campaign=made.activity.campaign, no=number, slug=f"quiz-{number}", kind="quiz", name_zh=f"第 {number} 号"
        )
        Draw.objects.create(activity=activity, stream=number, secret=b"", sheet=first.sheet)

    assert queries_of("/draws/") == 3


@pytest.mark.parametrize("days", [1, 3, 300])
def test_my_chances_take_the_same_queries_for_any_number_of_days(client, now_in, queries_of, ticket, days):
    from datetime import datetime, timedelta

    opens = datetime.now().astimezone() - timedelta(days=310)
    closes = datetime.now().astimezone() - timedelta(hours=20)
    made = now_in("closed", period=(opens.isoformat(), closes.isoformat()))
    for number in range(days):
        made.earn(range(1, 2), day=(opens + timedelta(days=number)).date().isoformat())
    made.close_list()
    client.cookies["cw_ticket"] = ticket(1)

    assert body(client.get("/draws/quiz/mine/")).count('class="receipt-place"') == days
    assert queries_of("/draws/quiz/mine/") == 12


def test_a_marked_device_sees_why_and_is_heard(now_in, client, ticket):
    from cyberweek.prizes.models import Appeal
    from cyberweek.prizes.services import marking

    made = now_in("closed", chances=4)
    marking.mark(made.draw, [(2, "even-pace", 3)], writer=made.house.writer, seat=1, at=made.after_closing)
    client.cookies["cw_ticket"] = ticket(2)
    body = client.get("/draws/quiz/mine/").content.decode()
    assert "像程序在答（3 份答卷）" in body

    codes = [client.post("/draws/quiz/appeal/", {"text": text}).status_code for text in ("", "我自己答的")]

    assert (codes, [each.text for each in Appeal.objects.all()]) == ([422, 302], ["我自己答的"])
    assert "您的申诉已经收到" in client.get("/draws/quiz/mine/").content.decode()


def test_a_device_without_a_mark_has_nothing_to_appeal(now_in, client, ticket):
    now_in("closed", chances=4)
    client.cookies["cw_ticket"] = ticket(2)

    assert client.post("/draws/quiz/appeal/", {"text": "x"}).status_code == 404
    assert "像程序在答" not in client.get("/draws/quiz/mine/").content.decode()
