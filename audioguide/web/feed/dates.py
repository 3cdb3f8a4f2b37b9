"""When an episode of the feed was published: a date that stays, whatever is installed or added later.

Podcast apps sort by this date. All files that ship have the moment of the installation as theirs, so theirs
comes from a list; those of your own have the date of their last change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from audioguide.routine import library

# The routines that ship, oldest first, a day apart: the newest are on top, so the first ones are listed from
# A to Z by their titles. `python -m library --write` puts new ones at the end; nothing changes its place.
PUBLISHED = Path(__file__).with_name("published.txt")
FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)
YEAR, DAY = 365 * 86_400, 86_400  # in seconds
_1970 = datetime(1970, 1, 1, tzinfo=UTC)


def published(name: str, path: Path) -> datetime:
    """Return the date of a routine, in whole seconds. It depends on nothing but the routine itself.

    One of your own has the date of its last change, less a part of a day that its name decides: files that
    were copied together have the same one. A file from the future, and one that ships but is not in the list,
    get a date before all others.
    """
    if path.parent == library.SHIPPED:
        if name in published_names():
            return FIRST + timedelta(days=published_names()[name])
        return _before_all(name)
    changed = _1970 + timedelta(seconds=_last_change(path) // 10**9)
    return _before_all(name) if changed > datetime.now(UTC) else changed - _part(name, DAY)


@cache
def published_names() -> dict[str, int]:
    """Map each routine that ships to its place in the list, from 0."""
    return {name: place for place, name in enumerate(PUBLISHED.read_text(encoding="utf-8").split())}


def distinct(dates: Iterable[datetime]) -> list[datetime]:
    """Return `dates` in their order; one that was there before becomes a second or more earlier."""
    taken: dict[datetime, None] = {}
    for date in dates:
        free = date
        while free in taken:
            free -= timedelta(seconds=1)
        taken[free] = None
    return list(taken)


def _last_change(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # it went away a moment ago
        return 0


def _before_all(name: str) -> datetime:
    return FIRST - timedelta(days=1) - _part(name, YEAR)


def _part(name: str, of: int) -> timedelta:
    number = int.from_bytes(sha256(name.encode("utf-8", "surrogateescape")).digest()[:8], "big")
    return timedelta(seconds=number % of)
