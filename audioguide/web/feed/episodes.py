"""Episodes of a feed: every routine as it is written, or the sessions of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from audioguide.listener.plan import PlanSession
from audioguide.listing.listed import Listed
from audioguide.script.text import one_line
from audioguide.units import seconds
from audioguide.web.addresses import part
from audioguide.web.feed.dates import distinct, published
from audioguide.web.query import PlanPart, Query
from audioguide.web.routines import Entry

BYTES_PER_SECOND = 12_000  # at 96 kbit/s
TAG_BYTES = 25_000  # with its picture and its text


@dataclass(frozen=True, slots=True)
class Episode:
    """One version of a routine whose files have this `stamp`; `number` is its place in a plan.

    `length` is how many ticks it takes, by estimate, where that is known already.
    """

    query: Query
    title: str
    summary: str
    date: datetime
    stamp: object
    length: int | None = None
    number: int | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """Return what its size depends on."""
        return (self.query.name, self.query.text, self.stamp)

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


def of_routines(routines: Sequence[Listed]) -> list[Episode]:
    """Return an episode for each routine, the newest first; no two have the same date."""
    dated = [(published(each.name, Path(each.path)), each.name, each) for each in routines]
    newest = sorted(dated, key=lambda it: it[:2])[::-1]
    dates = distinct(date for date, _, _ in newest)
    return [
        Episode(Query(name), each.title, each.summary or each.title, date, each.stamp, each.length)
        for date, (_, name, each) in zip(dates, newest, strict=True)
    ]


def of_sessions(query: Query, entry: Entry, sessions: Sequence[PlanSession]) -> list[Episode]:
    """Return an episode for each session of a plan, a minute apart; the last has the routine's date."""
    spot, title = query.spot or PlanPart(), entry.routine.document.title
    last = published(entry.routine.name, entry.routine.path)
    return [
        Episode(
            replace(query, spot=replace(spot, number=session.number)),
            f"{title}, {session.number} of {spot.sessions}", session.summary,
            last - timedelta(minutes=len(sessions) - session.number), entry.stamp, number=session.number,
        )
        for session in sessions
    ]  # fmt: skip


def guessed(length: int) -> tuple[int, int]:
    """Return bytes and ticks of a version that was never spoken, from its estimated length in ticks."""
    return round(seconds(length) * BYTES_PER_SECOND) + TAG_BYTES, length
