"""The practice log: what was done when, by week, and as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

COLUMNS = ("date", "time", "routine", "title", "minutes")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


@dataclass(frozen=True, slots=True)
class Done:
    """A routine that was done: its entry's `number`, the `moment` in local time, its length in `seconds`."""

    number: int
    moment: datetime
    name: str
    title: str
    seconds: int

    @property
    def minutes(self) -> str:
        """Return its length in minutes, with at most one digit after the point."""
        return f"{self.seconds / 60:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Week:
    """What was done from one Monday to the next, the latest first."""

    monday: date
    done: tuple[Done, ...]

    @property
    def title(self) -> str:
        """Say which week it is and how much was done: "Week of 23 November 2026: 3 times, 36 min"."""
        count = len(self.done)
        times = "once" if count == 1 else f"{count} times"
        minutes = round(sum(each.seconds for each in self.done) / 60)
        return f"Week of {self.monday.day} {self.monday:%B %Y}: {times}, {minutes} min"


def weeks(done: Iterable[Done]) -> list[Week]:
    """Return what was done, week by week; the latest week first (ISO 8601: weeks begin on Monday)."""
    ordered = sorted(done, key=lambda each: (each.moment, each.number), reverse=True)
    return [Week(monday, tuple(each)) for monday, each in groupby(ordered, key=_monday)]


def _monday(done: Done) -> date:
    day = done.moment.date()
    return day - timedelta(days=day.weekday())


def as_csv(done: Sequence[Done]) -> str:
    """Return what was done as a table with a head, the oldest first (RFC 4180)."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for each in sorted(done, key=lambda each: (each.moment, each.number)):
        day, time = each.moment.date().isoformat(), f"{each.moment:%H:%M}"
        table.writerow((day, time, _plain(each.name), _plain(each.title), each.minutes))
    return text.getvalue()


def _plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
