"""The calendar of a plan, read by what reads calendars."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from audioguide.export.calendar import calendar, moments, read_start
from audioguide.listener.plan import Planned, spread
from tests.tables import every

START = datetime(2026, 12, 1, 7, 30)


def planned(sessions: int = 12, weeks: int = 4) -> list[Planned]:
    return [
        Planned(
            each, f"Neck, {each.number} of {sessions}; a, b", f"my plan-{each.number:02}.mp3", 15_000 * 10
        )
        for each in spread(sessions, weeks)
    ]


def test_each_session_is_an_event_with_a_reminder_and_a_link(tmp_path: Path) -> None:
    found = Calendar.from_ical(calendar("my plan", planned(), START, tmp_path))
    events = found.walk("VEVENT")
    assert len(events) == 12
    first = events[0]
    assert first.decoded("dtstart") == START  # without a zone: half past seven where you are
    assert first.decoded("dtend") == START + timedelta(minutes=10)
    assert str(first["summary"]) == "Neck, 1 of 12; a, b"
    assert str(first["url"]) == (tmp_path / "my plan-01.mp3").as_uri()
    [alarm] = first.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(minutes=-15)
    assert len({str(event["uid"]) for event in events}) == 12


@every(
    ("sessions", "weeks", "days"),
    [(3, 1, [0, 2, 4]), (4, 2, [0, 3, 7, 10]), (7, 1, [0, 1, 2, 3, 4, 5, 6]), (2, 2, [0, 7])],
)
def test_sessions_are_spread_over_the_days_of_their_week(sessions: int, weeks: int, days: list[int]) -> None:
    found = moments(planned(sessions, weeks), START)
    assert [(each.date() - date(2026, 12, 1)).days for each in found] == days
    assert {each.time() for each in found} == {START.time()}


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (calendar("plan", planned(), START, tmp_path) for _ in range(2))
    assert one == other


@every("text", ["2026-12-01 07:30", "2026-12-01T07:30", " 2026-12-01 07:30:00 "])
def test_a_start_is_a_date_with_a_time(text: str) -> None:
    assert read_start(text) == START


@every("text", ["2026-12-01", "07:30", "soon", "", "2026-13-01 07:30"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_start(text)
