"""What other rooms' pages say about draws, through the ports."""

from __future__ import annotations

import pytest

from cyberweek.prizes.services import claims

PHONE = "10000000001"


def body(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("coming", "合格就有机会：保温杯等 7 份奖品"), ("earning", "合格就有机会：保温杯等 7 份奖品"), ("closed", "开奖"),
        ("listed", "开奖"), ("drawn", "起领奖"), ("claiming", "以前领奖"), ("over", "全部过程可以核对"),
    ],
)  # fmt: skip
def test_pages_of_the_activity_say_what_its_draw_does(client, now_in, phase, words):
    from cyberweek.prizes.offers import notices

    made = now_in(phase, chances=3)
    notice = notices([made.activity])[made.activity.pk]

    assert (words in notice.words, notice.url) == (True, "/draws/quiz/")
    for page in ("/", "/programme/", "/activities/quiz/"):
        assert notice.words in body(client.get(page)), page


def test_an_activity_without_a_draw_says_nothing_of_one(client, now_in):
    from cyberweek.plan.models import Activity
    from cyberweek.prizes.offers import notices

    made = now_in("earning")
    other = Activity.objects.create(campaign=made.activity.campaign, no=2, slug="other", kind="quiz", name_zh="别的")

    assert notices([other]) == {}
    assert "/draws/quiz/" not in body(client.get("/activities/other/"))


def test_my_data_tells_of_a_claim_and_leads_to_where_it_is_deleted(client, now_in, ticket):
    made = now_in("claiming", chances=20)
    chance = made.chance_of_rank(1)
    owner = next(p for p in range(1, 21) if made.chances(p)[0].leaf == chance.leaf)
    client.cookies["cw_ticket"] = ticket(owner)
    assert "没有姓名，没有电话，没有地址" in body(client.get("/my-data/"))
    claim = made.claim(1, PHONE)
    with_phone = body(client.get("/my-data/"))
    claims.save_address(claim, name="收件人", address="示例路 1 号", vault=made.means.vault)
    with_address = body(client.get("/my-data/"))
    client.cookies["cw_ticket"] = ticket(owner + 1)
    other = body(client.get("/my-data/"))

    assert ("没有电话" in with_phone, "手机号码（加密）" in with_phone, "/draws/quiz/mine/" in with_phone) == (
        False,
        True,
        True,
    )
    assert ("收件地址" in with_phone, "收件地址" in with_address) == (False, True)
    assert ("领奖信息" in other, PHONE in with_address) == (False, False)
