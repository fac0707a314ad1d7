"""The organiser's pages of a draw: who may, what each step says when it is refused, and that nothing was recorded then."""

from __future__ import annotations

import csv
import io

import pytest

from cyberweek.prizes import queries
from cyberweek.prizes.models import Claim, Draw, SheetDraft, SourceValue, Voucher
from cyberweek.prizes.services import claims

PHONES = [f"100{number:08}" for number in range(1, 40)]
POSTS = (
    "drop", "stock", "list", "source", "source/forget", "hold", "day-keys", "addresses.csv", "sent", "settle", "erase",
)  # fmt: skip


def body(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def enter(client, monkeypatch):
    """Sign in as whoever holds a seat, with the second factor done."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal import auth as totp

    def go(seat):
        staff = seat.holdings.get().staff
        if not Authenticator.objects.filter(user=staff).exists():
            totp.TOTP.activate(staff, totp.generate_totp_secret())
        client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return go


@pytest.fixture
def office(now_in, enter):
    """A draw in a phase, and the first officer signed in."""

    def make(phase: str, **changes):
        made = now_in(phase, **changes)
        return made, enter(made.officers[0])

    return make


def seat_of(made, role: str):
    from cyberweek.people.services import add_staff, give_seat
    from cyberweek.units.models import Unit

    staff = add_staff(f"a-{role}", name="", password="a long password for tests")
    return give_seat(staff, unit=Unit.objects.get(code="office"), role=role, at=made.house.at).seat


def post(client, path: str, **data):
    """Post a step and return the page that it leads to."""
    return client.post(f"/console/prizes/quiz/{path}/", data, follow=True)


@pytest.mark.parametrize("role", ["liaison", "audit", "system"])
def test_only_organisers_see_and_do_anything(now_in, enter, role):
    made = now_in("claiming", chances=3)
    client, before = enter(seat_of(made, role)), made.facts("")

    gets = [client.get(f"/console/prizes/{path}").status_code for path in ("", "quiz/", "quiz/sheet/")]
    posts = [client.post(f"/console/prizes/quiz/{path}{'' if '.' in path else '/'}").status_code for path in POSTS]
    assert (gets, posts, made.facts("")) == ([403] * 3, [403] * len(POSTS), before)


def test_nobody_who_is_not_signed_in_gets_past_the_door(client, now_in):
    now_in("claiming", chances=3)

    assert [client.get(f"/console/prizes/{path}").status_code for path in ("", "quiz/", "quiz/sheet/")] == [302] * 3


def test_steps_cannot_be_taken_from_another_site_or_by_a_link(now_in, enter):
    from django.test import Client

    made = now_in("closed", chances=3)
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies = enter(made.officers[0]).cookies
    urls = [f"/console/prizes/quiz/{path}{'' if '.' in path else '/'}" for path in POSTS]

    assert [strict.post(url).status_code for url in urls] == [403] * len(POSTS)
    assert [strict.get(url).status_code for url in urls] == [405] * len(POSTS)
    assert made.facts("draw.") == ["draw.sheet-frozen"]


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("earning", "下一步：封存名单"), ("closed", "现在要做的：封存名单"), ("listed", "现在要做的：两人查证公开数"),
        ("claiming", "下一步：结清"), ("over", "现在要做的：结清"),
    ],
)  # fmt: skip
def test_the_page_names_the_one_thing_to_do(office, phase, words):
    made, client = office(phase, chances=3)
    claims.stock_up(made.activity.pk, "card", [f"CARD-{n}" for n in range(5)], vault=made.means.vault)
    page = body(client.get("/console/prizes/quiz/"))

    assert words in page
    assert page.count('aria-current="step"') == words.startswith("现在")


def test_a_whole_draw_is_run_from_the_page(now_in, enter):
    made = now_in("listed", chances=12)
    names = made.sheet.sources
    for officer in made.officers:
        client = enter(officer)
        for name in names:
            post(client, "source", name=name, value="03 07 12")

    assert made.facts("draw.source") == ["draw.source-recorded"] * 2 + ["draw.source-confirmed"] * 2
    assert "还不到时候" in body(post(client, "hold"))
    assert made.draw.pack is None


def test_the_list_is_closed_once(office):
    made, client = office("closed", chances=3)
    said = [body(post(client, "list")) for _ in range(2)]

    assert ("名单已封存，根已公布" in said[0], "已经做过" in said[1]) == (True, True)
    assert (queries.frozen_of(made.draw).count, made.facts("draw.list")) == (3, ["draw.list-frozen"])


def test_the_draw_is_held_once(office):
    made, client = office("claiming", chances=3)

    assert "已经做过" in body(post(client, "hold"))
    assert made.facts("draw.held") == ["draw.held"]


@pytest.mark.parametrize("path", ["list", "hold", "settle", "erase"])
def test_a_step_before_its_time_says_when(office, path):
    made, client = office("earning", chances=3)

    assert "以后才能做这一步" in body(post(client, path))
    assert made.facts("draw.") == ["draw.sheet-frozen"]


def test_sources_are_refused_in_words(now_in, enter):
    made = now_in("listed", chances=3)
    first, second = made.officers
    name = made.sheet.sources[0]
    client = enter(first)
    assert "请填写数值" in body(post(client, "source", name=name, value=""))
    assert "规则里没有这个公开数" in body(post(client, "source", name="另一个", value="1"))
    assert "已记录" in body(post(client, "source", name=name, value="1"))
    assert "必须是另一个人" in body(post(client, "source", name=name, value="1"))
    client = enter(second)
    page = body(client.get("/console/prizes/quiz/"))
    assert ("第二位填写" in page, "<code>1</code>" in page) == (True, False)
    assert "填写的不一致" in body(post(client, "source", name=name, value="2"))
    assert "已撤回" in body(post(client, "source/forget", name=name))
    assert "已经做过" in body(post(client, "source/forget", name=name))

    assert SourceValue.objects.count() == 0
    assert made.facts("draw.source") == ["draw.source-recorded"]


def test_no_source_is_recorded_before_the_list_is_closed(office):
    made, client = office("closed", chances=3)

    assert "请先封存名单" in body(post(client, "source", name=made.sheet.sources[0], value="1"))
    assert (SourceValue.objects.count(), made.facts("draw.source")) == (0, [])


def test_codes_are_added_by_text_and_by_file(office):
    from django.core.files.uploadedfile import SimpleUploadedFile

    _made, client = office("earning")
    file = SimpleUploadedFile("codes.txt", "\ufeffB-1\nA-2\n".encode())
    said = body(post(client, "stock", prize="card", codes="A-1\nA-2\nA-1", file=file))
    again = body(post(client, "stock", prize="card", codes="A-1"))

    assert ("新增 3 个" in said, "新增 0 个卡券码，1 个已经在库里" in again, Voucher.objects.count()) == (True, True, 3)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"codes": ""}, "没有卡券码"),
        ({"codes": "x" * 201}, "不像卡券码"),
        ({"codes": "\n".join(map(str, range(50_001)))}, "一次最多入库五万个"),
        ({"file": b"\xff\xfe\xfa"}, "不是 UTF-8"),
        ({"file": b"A-1\n" * 500_001}, "超过 2 MB"),
    ],
    ids=["nothing", "long line", "too many", "no text", "too large"],
)
def test_codes_that_cannot_be_added_are_refused_whole(office, data, words):
    from django.core.files.uploadedfile import SimpleUploadedFile

    _made, client = office("earning")
    if "file" in data:
        data = {"file": SimpleUploadedFile("codes.txt", data["file"])}

    assert words in body(post(client, "stock", prize="card", **data))
    assert Voucher.objects.count() == 0


def test_codes_of_a_prize_that_is_none_are_refused(office):
    _made, client = office("earning")
    post(client, "stock", prize="cup", codes="A-1")

    assert Voucher.objects.count() == 0


def test_addresses_are_taken_by_post_and_recorded(office):
    made, client = office("claiming", chances=20)
    assert "没有待寄的奖品" in body(client.post("/console/prizes/quiz/addresses.csv", follow=True))
    assert made.facts("draw.addresses") == []
    cup = made.claim(1, PHONES[0])
    claims.save_address(cup, name='=HYPERLINK("x")', address="@示例路 1 号", vault=made.means.vault)
    answer = client.post("/console/prizes/quiz/addresses.csv")
    rows = list(csv.reader(io.StringIO(body(answer).removeprefix("\ufeff"))))

    assert rows[1] == [str(cup.pk), "1", "保温杯", '\'=HYPERLINK("x")', "'@示例路 1 号", PHONES[0]]
    assert "no-store" in answer.headers["Cache-Control"]
    assert made.facts("draw.addresses") == ["draw.addresses-read"]


def test_only_goods_with_an_address_are_marked_as_sent(office):
    made, client = office("claiming", chances=20)
    with_address, without = made.claim(1, PHONES[0]), made.claim(2, PHONES[1])
    claims.save_address(with_address, name="收件人", address="示例路 1 号", vault=made.means.vault)
    assert "没有选中" in body(post(client, "sent"))
    assert "没有选中" in body(post(client, "sent", claim=[without.pk, "x", "99999"]))

    assert "1 份标为已寄出" in body(post(client, "sent", claim=[with_address.pk]))
    assert [each.sent_at is None for each in Claim.objects.order_by("rank")] == [False, True]


def test_settling_without_enough_cards_says_what_to_do(office):
    made, client = office("over", chances=20)
    for rank in (8, 9, 10):
        made.claim(rank, PHONES[rank])
    before = made.facts("")

    assert "请先补充卡券库存" in body(post(client, "settle"))
    assert (made.draw.settled_at, made.facts("")) == (None, before)
    claims.stock_up(made.activity.pk, "card", ["A"], vault=made.means.vault)
    assert "已结清，递补 3 份" in body(post(client, "settle"))


def test_another_vault_key_is_named_and_breaks_no_page(office, settings):
    """As after a restore without the key, which is in no backup."""
    from cyberweek.prizes.means import vault

    made, client = office("claiming", chances=20)
    cup = made.claim(1, PHONES[0])
    claims.save_address(cup, name="收件人", address="示例路 1 号", vault=made.means.vault)
    before = made.facts("")
    settings.VAULT_KEY = "another key"
    vault.cache_clear()
    said = body(client.post("/console/prizes/quiz/addresses.csv", follow=True))
    page = body(client.get("/draws/quiz/"))
    vault.cache_clear()

    assert ("放回来" in said, "***********" in page) == (True, True)
    assert made.facts("") == before


def test_claimants_are_deleted_at_the_end(office):
    made, client = office("erased", chances=20)
    made.claim(1, PHONES[0])
    post(client, "settle")

    assert "删除证明已公布" in body(post(client, "erase"))
    assert Claim.objects.count() == 0
    assert "全部完成" not in body(client.get("/console/prizes/quiz/"))  # the stock was never filled


def test_rules_are_written_checked_and_dropped(now_in, enter):
    from cyberweek.plan.models import Activity

    made = now_in("earning")
    client = enter(made.officers[0])
    Activity.objects.create(campaign=made.activity.campaign, no=2, slug="second", kind="quiz", name_zh="第二个")
    assert "还没有设抽奖" in body(client.get("/console/prizes/second/"))
    form = client.get("/console/prizes/second/sheet/").context["form"]
    data = {name: form.get_initial_for_field(each, name) or "" for name, each in form.fields.items()}
    data = {k: v.strftime("%Y-%m-%dT%H:%M") if hasattr(v, "strftime") else v for k, v in data.items()}
    data["sources"] = "某日上证指数收盘"
    prizes = {"prize-TOTAL_FORMS": 1, "prize-INITIAL_FORMS": 0, "prize-0-name_zh": "杯", "prize-0-delivery": "goods",
              "prize-0-count": 2, "prize-0-value": "12.34"}  # fmt: skip
    bad = client.post("/console/prizes/second/sheet/", data | prizes | {"prize-0-count": "x"})
    assert (bad.status_code, SheetDraft.objects.filter(activity__slug="second").count()) == (422, 0)
    saved = client.post("/console/prizes/second/sheet/", data | prizes, follow=True)

    assert "没有填写" in body(saved)
    assert SheetDraft.objects.get(activity__slug="second").content["prizes"][0]["value_fen"] == 1_234
    assert "不设抽奖了" in body(client.post("/console/prizes/second/drop/", follow=True))
    assert SheetDraft.objects.filter(activity__slug="second").count() == 0


def test_sealed_rules_cannot_be_changed_or_dropped(office):
    made, client = office("earning")
    before = bytes(made.draw.sheet.body)

    assert "规则不能再改" in body(client.get("/console/prizes/quiz/sheet/", follow=True))
    assert "规则不能再改" in body(client.post("/console/prizes/quiz/sheet/", {}, follow=True))
    assert "抽奖不能取消" in body(post(client, "drop"))
    assert bytes(made.draw.sheet.body) == before


def test_an_activity_that_gives_no_chances_has_no_page(office):
    from cyberweek.plan.models import Activity

    made, client = office("earning")
    Activity.objects.create(campaign=made.activity.campaign, no=2, slug="expo", kind="expo", name_zh="展")

    assert client.get("/console/prizes/expo/").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_list_takes_the_same_queries_for_any_number_of_draws(office, queries_of, count):
    from cyberweek.plan.models import Activity

    made, _client = office("earning")
    first = made.draw
    for number in range(2, count + 1):
        activity = Activity.objects.create(
            campaign=made.activity.campaign, no=number, slug=f"quiz-{number}", kind="quiz", name_zh=f"第 {number} 号"
        )
        Draw.objects.create(activity=activity, stream=first.stream + number, secret=b"", sheet=first.sheet)

    assert queries_of("/console/prizes/") == 16


@pytest.mark.parametrize("count", [1, 3, 300])
def test_a_draw_takes_the_same_queries_for_any_number_of_claims(office, queries_of, count):
    from django.utils.timezone import now

    made, _client = office("claiming", chances=count)
    Claim.objects.bulk_create(
        Claim(
            campaign=made.activity.campaign, draw=made.draw, stream=n, leaf=bytes([n % 256, n // 256]), rank=n, phone=b"",
            phone_mark=bytes([n % 256, n // 256]), consent="", consented_at=now(), state="granted", prize="cup",
        )
        for n in range(1, count + 1)
    )  # fmt: skip

    assert queries_of("/console/prizes/quiz/") == 21
