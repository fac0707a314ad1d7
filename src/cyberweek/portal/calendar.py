"""The programme as a calendar file (RFC 5545)."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar, Event

from cyberweek.plan.models import Campaign


def write(campaign: Campaign, base: str) -> bytes:
    """Every dated activity and theme day as an all-day event; the same campaign gives the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Cyberweek//programme//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", campaign.name)
    for activity in campaign.activities.all():
        if activity.starts:
            last = activity.ends or activity.starts
            url = f"{base}activities/{activity.slug}/"
            calendar.add_component(_event(campaign, f"activity-{activity.slug}", activity, activity.starts, last, url))
    for day in campaign.theme_days.all():
        calendar.add_component(_event(campaign, f"theme-{day.slug}", day, day.date, day.date, f"{base}themes/{day.slug}/"))
    return calendar.to_ical()


def _event(campaign: Campaign, uid: str, what, first, last, url: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{campaign.slug}.cyberweek")
    event.add("dtstamp", campaign.confirmed_at)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", what.name)
    event.add("description", what.summary)
    event.add("url", url)
    if getattr(what, "place", ""):
        event.add("location", what.place)
    return event
