"""When an episode of the feed was published: a date that stays, whatever is installed or added later.

Podcast apps sort by this date. All files that ship have the moment of the installation as theirs, so theirs
comes from a list; those of your own have the date of their last change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from audioguide.routine import library
from audioguide.web.routines import Entry

# The routines that ship, oldest first, a day apart: the newest are on top, so these are listed from A to Z by
# their titles. New ones go to the end of the list, and nothing in it changes its place.
PUBLISHED = (
    "warm-towel", "upper-arm-raise", "upper-and-mid-back", "unwind", "thread-the-needle",
    "seated-hamstring-stretch", "relax-the-back", "neutral-spine", "neck-and-back", "morning-ten",
    "mindfulness-meditation", "lower-back", "knee-to-chest", "ice-massage", "hot-water-bottle",
    "hot-shower", "heating-pad", "heat-move-ice", "heat-wrap", "full-back-care", "forward-bend",
    "foam-roller-release", "diaphragmatic-breathing", "desk-break", "corpse-pose", "core-and-back",
    "cold-compress", "cobra-pose", "childs-pose", "cat-stretch", "cat-cow", "bridge-pose",
    "before-you-start", "bedtime", "back-relaxation", "back-care-habits",
    "neck-tilt", "neck-turn", "chin-to-chest", "chin-tuck", "lying-chin-tuck", "neck-half-circle",
    "neck-press", "shoulder-drop", "sit-tall", "seated-turn", "overhead-reach", "shoulder-shrug",
    "eye-rest", "seated-side-bend", "seated-cat-cow", "seated-march",
    "shoulder-rolls", "shoulder-blade-squeeze", "arm-across-chest", "arm-behind-head", "elbows-back",
    "hands-behind-back", "corner-chest-stretch", "pendulum", "wall-press-up", "finger-walk",
    "upper-back-reach", "chest-opener", "wall-w", "chair-arch", "kneeling-arm-reach", "backward-stretch",
    "open-arm-turn", "clasped-arm-lift", "wrist-stretch", "prayer-stretch", "tendon-glides",
    "thumb-to-fingers", "palm-turns", "fist-and-fan", "neck-and-shoulders-at-the-desk", "upper-body-gentle",
)  # fmt: skip
FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)
YEAR, DAY = 365 * 86_400, 86_400  # in seconds
_1970 = datetime(1970, 1, 1, tzinfo=UTC)


def published(entry: Entry) -> datetime:
    """Return the date of a routine, in whole seconds. It depends on nothing but the routine itself.

    One of your own has the date of its last change, less a part of a day that its name decides: files that
    were copied together have the same one. A file from the future, and one that ships but is not in the list,
    get a date before all others.
    """
    name = entry.routine.name
    if entry.routine.path.parent == library.SHIPPED:
        if name in PUBLISHED:
            return FIRST + timedelta(days=PUBLISHED.index(name))
        return _before_all(name)
    changed = _1970 + timedelta(seconds=entry.stamp[0][1] // 10**9)
    return _before_all(name) if changed > datetime.now(UTC) else changed - _part(name, DAY)


def distinct(dates: Iterable[datetime]) -> list[datetime]:
    """Return `dates` in their order; one that was there before becomes a second or more earlier."""
    taken: dict[datetime, None] = {}
    for date in dates:
        free = date
        while free in taken:
            free -= timedelta(seconds=1)
        taken[free] = None
    return list(taken)


def _before_all(name: str) -> datetime:
    return FIRST - timedelta(days=1) - _part(name, YEAR)


def _part(name: str, of: int) -> timedelta:
    number = int.from_bytes(sha256(name.encode("utf-8", "surrogateescape")).digest()[:8], "big")
    return timedelta(seconds=number % of)
