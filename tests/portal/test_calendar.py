"""The calendar file: whole days, names that stay, the same bytes for the same campaign."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar


def test_every_dated_activity_and_theme_day_is_a_whole_day_event(make_week):
    from cyberweek.portal.calendar import write

    campaign = make_week()
    campaign.activities.create(no=9, slug="undated", kind="other", name_zh="丙")
    events = Calendar.from_ical(write(campaign, "https://week.example/")).walk("VEVENT")
    first = events[0]
    assert len(events) == 7
    assert first["uid"] == "activity-expo-1@week.cyberweek"
    assert (first["dtstart"].dt, first["dtend"].dt) == (campaign.starts, campaign.ends + timedelta(days=1))
    assert first["dtstamp"].dt == campaign.confirmed_at
    assert first["url"] == "https://week.example/activities/expo-1/"
    assert len({each["uid"] for each in events}) == 7


def test_the_same_campaign_gives_the_same_bytes(make_week):
    from cyberweek.portal.calendar import write

    campaign = make_week()
    assert write(campaign, "/") == write(campaign, "/")
