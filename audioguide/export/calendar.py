"""A plan for a calendar: an event for each session, with a reminder and a link to its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from audioguide.listener.plan import Planned
from audioguide.script.text import one_line
from audioguide.units import seconds

DAYS = 7
REMINDER = timedelta(minutes=-15)


def read_start(text: str) -> datetime:
    """Return the moment that a text like "2026-12-01 07:30" names. Raises ValueError."""
    moment = datetime.fromisoformat(text.strip())
    if len(text.strip()) <= len("2026-12-01"):
        raise ValueError("there is no time of the day")
    return moment.replace(tzinfo=None)


def moments(planned: Sequence[Planned], start: datetime) -> list[datetime]:
    """Return when each session is: the first at `start`, those of one week spread over its days."""
    per_week = Counter(each.session.week for each in planned)
    before: Counter[int] = Counter()
    found: list[datetime] = []
    for each in planned:
        week = each.session.week
        day = (week - 1) * DAYS + before[week] * DAYS // per_week[week]
        found.append(start + timedelta(days=day))
        before[week] += 1
    return found


def calendar(stem: str, planned: Sequence[Planned], start: datetime, folder: Path) -> bytes:
    """Return the sessions of a plan, whose files are in `folder`, as a calendar (RFC 5545).

    Times have no zone: a session at 7:30 is at 7:30 where you are. The same plan and start give the same
    bytes, so a calendar that takes the file again has each event once.
    """
    found = Calendar()
    found.add("prodid", "-//audioguide//plan//EN")
    found.add("version", "2.0")
    for each, moment in zip(planned, moments(planned, start), strict=True):
        found.add_component(_event(stem, each, moment, start, folder))
    return bytes(found.to_ical())


def _event(stem: str, each: Planned, moment: datetime, start: datetime, folder: Path) -> Event:
    file = (folder / each.file).absolute()
    title = one_line(each.title)
    event = Event()
    event.add("uid", f"{stem}-{each.session.number}-{start:%Y%m%dT%H%M}@audioguide")
    event.add("dtstamp", start.replace(tzinfo=UTC))
    event.add("dtstart", moment)
    event.add("dtend", moment + timedelta(seconds=round(seconds(each.length))))
    event.add("summary", title)
    event.add("description", f"{each.session.summary}\n{file}")
    event.add("url", file.as_uri())
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", REMINDER)
    alarm.add("description", title)
    event.add_component(alarm)
    return event
