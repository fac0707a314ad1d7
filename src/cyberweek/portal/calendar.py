"""The programme as a calendar file (RFC 5545). The same campaign gives the same bytes, so that calendars see no change."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar, Event

from cyberweek.plan.models import Activity, Campaign, ThemeDay


def write(campaign: Campaign, base: str) -> bytes:
    """Every dated activity and theme day as an all-day event that blocks no one's time; `base` is the portal's address."""
    calendar = Calendar()
    calendar.add("prodid", "-//Cyberweek//programme//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", campaign.name)
    for activity in campaign.activities.all():
        if activity.starts:
            days = (activity.starts, activity.ends or activity.starts)
            calendar.add_component(_event(campaign, activity, f"{base}activities/{activity.slug}/", days))
    for day in campaign.theme_days.all():
        calendar.add_component(_event(campaign, day, f"{base}themes/{day.slug}/", (day.date, day.date)))
    return calendar.to_ical()


def _event(campaign: Campaign, what: Activity | ThemeDay, url: str, days: tuple[date, date]) -> Event:
    event, (first, last) = Event(), days
    kind = "theme" if isinstance(what, ThemeDay) else "activity"
    event.add("uid", f"{kind}-{what.slug}@{campaign.slug}.cyberweek")
    if campaign.confirmed_at:
        event.add("dtstamp", campaign.confirmed_at.replace(microsecond=0))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", what.name)
    event.add("description", what.summary)
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    if isinstance(what, Activity) and what.place:
        event.add("location", what.place)
    return event
