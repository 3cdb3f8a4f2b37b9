"""The session of each day as episodes: those of the last week, since an app may look only now and then."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from audioguide.errors import AudioguideError
from audioguide.web.composed import Sessions
from audioguide.web.feed.episodes import Episode
from audioguide.web.query import Query

LOGGER = logging.getLogger("audioguide.web")
DAYS = 7  # that the feed shows, today among them


def of_days(sessions: Sessions) -> Iterator[Episode]:
    """Yield an episode for each of the last days, today first; none where no daily session is asked for.

    Each is dated at the start of its day in the time zone of this machine. A day without a session is left
    out, and the log says why.
    """
    if sessions.daily is None:
        return
    today = sessions.today()
    for day in (today - timedelta(days=back) for back in range(DAYS)):
        name = sessions.name_on(day)
        try:
            made = sessions.made(name)
        except AudioguideError as error:
            LOGGER.warning("no session for %s: %s", day.isoformat(), error)
            continue
        document = made.entry.routine.document
        yield Episode(
            Query(name), f"{document.title}: {written(day)}", document.summary or document.title,
            datetime.combine(day, time()).astimezone(UTC), made.entry.stamp, made.session.wishes.length,
        )  # fmt: skip


def written(day: date) -> str:
    """Return a date in words, without the year: 29 November."""
    return f"{day.day} {day:%B}"
