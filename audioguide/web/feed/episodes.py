"""Episodes of a feed: every routine as it is written, or the sessions of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from audioguide.listener.plan import Session
from audioguide.script.layout import Timeline
from audioguide.script.text import one_line
from audioguide.units import seconds
from audioguide.web.addresses import part
from audioguide.web.feed.dates import distinct, published
from audioguide.web.query import PlanPart, Query
from audioguide.web.routines import Entry
from audioguide.web.versions import Key

BYTES_PER_SECOND = 12_000  # at 96 kbit/s
TAG_BYTES = 25_000  # with its picture and its text


@dataclass(frozen=True, slots=True)
class Episode:
    """One version of a routine; `number` is its place in a plan."""

    query: Query
    entry: Entry
    title: str
    summary: str
    date: datetime
    number: int | None = None

    @property
    def key(self) -> Key:
        """Return what its size depends on."""
        return (self.query.name, self.query.text, self.entry.stamp)

    @property
    def guid(self) -> str:
        """Return its name for the app, which stays when the routine changes."""
        name = self.query.name
        if one_line(name) != name:  # a feed has no tabs and line breaks: two names would be one
            name = f"%{part(name)}"
        return f"audioguide:{name}{self.query.suffix}"

    def file(self, kind: str) -> str:
        """Return the last part of the address of its `kind` of file, such as "mp3"."""
        return f"{part(self.query.name)}.{kind}{self.query.suffix}"


def of_routines(entries: Sequence[Entry]) -> list[Episode]:
    """Return an episode for each routine, the newest first; no two have the same date."""
    newest = sorted(((published(each), each.routine.name, each) for each in entries), key=lambda it: it[:2])[
        ::-1
    ]
    dates = distinct(date for date, _, _ in newest)
    return [
        Episode(Query(name), entry, entry.routine.document.title, _about(entry), date)
        for date, (_, name, entry) in zip(dates, newest, strict=True)
    ]


def of_sessions(query: Query, entry: Entry, sessions: Sequence[Session]) -> list[Episode]:
    """Return an episode for each session of a plan, a minute apart; the last has the routine's date."""
    spot, title = query.spot or PlanPart(), entry.routine.document.title
    last = published(entry)
    return [
        Episode(
            replace(query, spot=replace(spot, number=session.number)), entry,
            f"{title}, {session.number} of {spot.sessions}", session.told,
            last - timedelta(minutes=len(sessions) - session.number), session.number,
        )
        for session in sessions
    ]  # fmt: skip


def guessed(timeline: Timeline) -> tuple[int, int]:
    """Return bytes and ticks of a version that was never spoken, from its estimated timeline."""
    return round(seconds(timeline.length) * BYTES_PER_SECOND) + TAG_BYTES, timeline.length


def _about(entry: Entry) -> str:
    return entry.routine.document.summary or entry.routine.document.title
