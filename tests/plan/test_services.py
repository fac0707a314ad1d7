"""An upload on its way to a campaign."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

TEXTS = Path(__file__).parent / "reader" / "texts"
PLAN = (TEXTS / "district.txt").read_bytes().replace("校园日活动".encode(), "青少年讲座".encode())


@pytest.fixture
def office(house):
    from cyberweek.units.services import load_units

    load_units()
    return house


@pytest.fixture
def upload(office):
    from cyberweek.plan.services import receive

    return receive(PLAN, "district.txt", at=office.at)


def _confirm(upload, office):
    from cyberweek.plan.services import confirm

    return confirm(upload, slug="haiyang-2019", area="海阳区", writer=office.writer, seat=7, at=office.at)


def test_what_was_understood_is_kept_with_its_lines(upload):
    from cyberweek.plan.models import PlanUpload
    from cyberweek.plan.queries import plan_in
    from cyberweek.plan.reader.read import read

    kept = plan_in(PlanUpload.objects.get(pk=upload.pk))

    fresh = read(PLAN, "district.txt")
    assert kept.activities == fresh.activities
    assert kept.lines == fresh.lines
    assert bytes(PlanUpload.objects.get(pk=upload.pk).body) == PLAN


def test_a_file_that_is_no_plan_leaves_nothing_behind(office):
    from cyberweek.plan.models import PlanUpload
    from cyberweek.plan.reader.unreadable import Unreadable
    from cyberweek.plan.services import receive

    with pytest.raises(Unreadable):
        receive("今天天气很好。".encode(), "a.txt", at=office.at)

    assert PlanUpload.objects.count() == 0


def test_only_a_confirmed_plan_is_a_campaign(upload, office):
    from cyberweek.plan.models import Campaign

    assert Campaign.objects.count() == 0

    campaign = _confirm(upload, office)

    assert [a.name_zh for a in campaign.activities.all()] == [
        "网络安全知识竞答", "网民网络安全感满意度调查", "启动仪式", "网络安全体验展", "网络安全进社区",
    ]  # fmt: skip
    assert [a.slug for a in campaign.activities.all()] == ["quiz", "survey", "gathering", "expo", "outreach"]
    assert (campaign.starts.isoformat(), campaign.ends.isoformat()) == ("2019-09-16", "2019-09-22")
    assert [(r.n, r.kind, r.actor) for r in office.store().read_after(0)] == [(1, "plan.confirmed", -7)]


def test_a_confirmed_plan_cannot_be_corrected_or_confirmed_again(upload, office):
    from cyberweek.plan.services import AlreadyConfirmed, correct

    _confirm(upload, office)

    with pytest.raises(AlreadyConfirmed):
        _confirm(upload, office)
    with pytest.raises(AlreadyConfirmed):
        correct(upload, "activities[0]", None)


def test_a_correction_replaces_adds_and_takes_away_and_can_be_undone(upload, office):
    from cyberweek.plan.queries import plan_in
    from cyberweek.plan.services import correct, undo

    def names():
        upload.refresh_from_db()
        return [each.name for each in plan_in(upload).activities]

    before = names()
    correct(upload, "activities[0]", {"no": 1, "name": "答题", "kind": "quiz"})
    correct(upload, "activities[1]", None)
    correct(upload, "activities[+0]", {"no": None, "name": "讲座", "kind": "classroom"})
    assert names() == ["答题", *before[2:], "讲座"]

    for path in ("activities[0]", "activities[1]", "activities[+0]"):
        undo(upload, path)
    assert names() == before


def test_a_correction_of_something_that_is_no_item_is_refused(upload):
    from cyberweek.plan.corrections import NoSuchItem
    from cyberweek.plan.services import correct

    with pytest.raises(NoSuchItem):
        correct(upload, "findings[0]", None)


def test_an_error_stands_in_the_way_until_it_is_accepted_with_a_reason(upload, office):
    from cyberweek.plan.queries import found_lines, plan_in
    from cyberweek.plan.services import NotConfirmable, accept, correct

    correct(upload, "theme_days[+0]", {"date": "2019-10-30", "name": "校园日", "leads": ["区教育局"]})
    upload.refresh_from_db()
    errors = [line for line in found_lines(upload, plan_in(upload)) if line.finding.severity == "error"]
    assert [line.finding.code for line in errors] == ["P301"]
    with pytest.raises(NotConfirmable) as refused:
        _confirm(upload, office)
    assert [each.path for each in refused.value.obstacles] == [errors[0].key]

    accept(upload, errors[0].key, "开学推迟")

    assert _confirm(upload, office).theme_days.count() == 1


def test_a_plan_without_dates_is_not_confirmable(upload, office):
    from cyberweek.plan.services import NotConfirmable, correct

    correct(upload, "header", {"title": "方案", "start": None, "end": None, "theme": None, "launch": {}})

    with pytest.raises(NotConfirmable, match="起止日期"):
        _confirm(upload, office)


def test_units_that_nobody_knows_are_made_once_and_known_ones_are_used(upload, office):
    from cyberweek.units.models import Unit

    before = Unit.objects.count()

    campaign = _confirm(upload, office)

    made = Unit.objects.filter(code__startswith="u-")
    assert Unit.objects.count() == before + made.count()
    assert "区教育局" in {unit.name_zh for unit in made}
    assert campaign.tasks.count() == 3


def test_a_revised_plan_shows_its_differences_before_it_changes_anything(upload, office):
    from cyberweek.plan.queries import plan_in
    from cyberweek.plan.revision import changes
    from cyberweek.plan.services import receive

    campaign = _confirm(upload, office)
    same = receive(PLAN, "again.txt", at=office.at)
    moved = receive(PLAN.replace("地点：海阳大剧院".encode(), "地点：海阳体育馆".encode()), "moved.txt", at=office.at)

    assert changes(plan_in(same), campaign) == []
    assert [(c.sort, c.before, c.after) for c in changes(plan_in(moved), campaign) if "启动仪式" in c.path] == [
        ("changed", "海阳大剧院", "海阳体育馆")
    ] * 2
    assert campaign.activities.get(name_zh="启动仪式").place_zh == "海阳大剧院"


def test_a_revision_keeps_addresses_and_pairs_and_leaves_a_trace(upload, office):
    from cyberweek.plan.services import receive, revise

    campaign = _confirm(upload, office)
    pairs = {(p.task.text_zh, p.unit.name_zh): p.pk for t in campaign.tasks.all() for p in t.task_units.all()}
    revised = PLAN.replace("负责媒体宣传".encode(), "负责应急值守".encode())

    count = revise(receive(revised, "b.txt", at=office.at), campaign, writer=office.writer, seat=7, at=office.at)

    now = {(p.task.text_zh, p.unit.name_zh): p.pk for t in campaign.tasks.all() for p in t.task_units.all()}
    kept = set(pairs) & set(now)
    assert count == 1
    assert len(kept) == 2
    assert {key: now[key] for key in kept} == {key: pairs[key] for key in kept}
    assert [a.slug for a in campaign.activities.all()] == ["quiz", "survey", "gathering", "expo", "outreach"]
    assert [r.kind for r in office.store().read_after(0)] == ["plan.confirmed", "plan.revised"]


def test_a_revision_never_removes_what_people_can_play(upload, office):
    from cyberweek.component.models import Release
    from cyberweek.plan.services import NotConfirmable, correct, receive, revise

    campaign = _confirm(upload, office)
    quiz = campaign.activities.get(slug="quiz")
    Release.objects.create(activity=quiz, number=1, kind="quiz", body=b"{}", digest="0" * 64, published_at=office.at)
    revised = receive(PLAN, "b.txt", at=office.at + timedelta(days=1))
    correct(revised, "activities[0]", None)

    with pytest.raises(NotConfirmable, match="网络安全知识竞答"):
        revise(revised, campaign, writer=office.writer, seat=7, at=office.at)

    assert campaign.activities.count() == 5
