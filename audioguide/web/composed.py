"""Sessions that are composed: what was asked for is in the name of each, so nothing of them is stored."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from audioguide.compose.compose import Composed
from audioguide.compose.refusal import KEYS, Refused, named
from audioguide.compose.service import NAME, composed, stocked
from audioguide.compose.stock import Stock
from audioguide.compose.wishes import Asked
from audioguide.errors import AudioguideError
from audioguide.listener.diary import Diary
from audioguide.listener.layers import Layer
from audioguide.listener.options import Options
from audioguide.listing.index import Shelf
from audioguide.routine.library import Library
from audioguide.routine.load import load_text
from audioguide.storage.places import NOWHERE
from audioguide.web.query import BadQuery
from audioguide.web.routines import Entry, stamp_of

LOGGER = logging.getLogger("audioguide.web")
MADE, TODAY = "made~", "today~"  # no name of a file in the library begins so
MOST_KEPT = 64  # sessions
OLDEST = 2000  # the first year of daily sessions
LONGEST_VALUE = 300
# What the page calls a field of `Asked`.
LABELS: Mapping[str, str] = {
    "body": "Parts of the body", "length": "Length", "position": "Only in these positions",
    "without": "What you do not have", "avoid": "Positions to avoid", "mind": "Conditions to consider",
    "level": "Level", "aim": "Aim", "like": "Exercises to include", "variety": "Variety",
    "seed": "Number",
}  # fmt: skip
QUOTED = {name: f"“{label}”" for name, label in LABELS.items()}
_PLAIN = Asked()
COUNTS = ("variety", "seed")  # fields of `Asked` that are numbers


@dataclass(frozen=True, slots=True)
class MadeSession:
    """A session, and the routine that it is."""

    session: Composed
    entry: Entry


@dataclass(slots=True)
class Sessions:
    """Composes sessions by name out of `library`, with the listener's `options`; threads may share it.

    `daily` is what the session of each day is made from, if there is one.
    """

    library: Library
    options: Options
    daily: Asked | None = None
    today: Callable[[], date] = date.today
    diary: Diary = Diary(NOWHERE)  # noqa: RUF009 - a value that nothing changes
    _made: OrderedDict[str, MadeSession] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def entry(self, name: str) -> Entry | None:
        """Return the session called `name` as a routine; None for the name of something else."""
        return self.made(name).entry if is_made(name) else None

    def made(self, name: str, *, again: bool = False) -> MadeSession:
        """Return the session called `name`; it stays as it is until one of its files changes.

        With `again` it is composed again, from what the library has now. Raises BadQuery where it cannot be.
        """
        asked = self.asked(name)
        with self._lock:
            found = self._made.get(name)
            if again or found is None or found.entry.stamp != _stamp(found.session, found.entry):
                made = self._compose(name, asked)
                if found is None or made.session.text != found.session.text:
                    found = self._made[name] = made
            self._made.move_to_end(name)
            while len(self._made) > MOST_KEPT:
                self._made.popitem(last=False)
        return found

    def asked(self, name: str) -> Asked:
        """Return what the session called `name` is made from. Raises BadQuery."""
        if name.startswith(TODAY):
            return self._asked_on(_day(name))
        return asked_of(name)

    def stock(self) -> Stock:
        """Return the exercises; those that cannot be read are in the log."""
        return stocked(self.library, _left_out, Shelf(self.library, self.options))

    def warm_up(self, go_on: Callable[[], bool]) -> None:
        """Make what takes long for the first time: the session of today, or the facts of all exercises."""
        if go_on():
            if self.daily:
                self.made(self.name_on(self.today()))
            else:
                self.stock()

    def name_on(self, day: date) -> str:
        """Return the name of the session of a day."""
        return f"{TODAY}{day.isoformat()}"

    def _asked_on(self, day: date | None) -> Asked:
        if day is None:
            raise BadQuery("that is not a date")
        if self.daily is None or day.year < OLDEST or day > self.today():
            raise BadQuery("there is no session for that day")
        return replace(self.daily, seed=day.toordinal())

    def _compose(self, name: str, asked: Asked) -> MadeSession:
        try:
            tastes = self.diary.tastes(_day(name))  # those of today count from tomorrow on
            layers = [Layer("defaults", self.options)]
            session = composed(asked, self.stock(), self.library, layers, tastes)
        except Refused as error:
            raise BadQuery(refused_for_page(error)) from error
        routine = replace(load_text(session.text, Path(NAME), self.library), name=name)
        entry = Entry(routine, ())
        return MadeSession(session, Entry(routine, _stamp(session, entry)))


def _day(name: str) -> date | None:
    """Return the day that the session called `name` is for, or None."""
    try:
        return date.fromisoformat(name.removeprefix(TODAY)) if name.startswith(TODAY) else None
    except ValueError:
        return None


def is_made(name: str) -> bool:
    """Return whether a name is that of a session that is composed."""
    return name.startswith((MADE, TODAY))


def name_of(asked: Asked) -> str:
    """Return the name of the session that is `asked` for: it says all of it."""
    given = {key: _plain(getattr(asked, name)) for name, key in KEYS.items()}
    usual = {key: str(getattr(_PLAIN, name)) for name, key in KEYS.items()}
    return MADE + ";".join(f"{key}={value}" for key, value in given.items() if value != usual[key])


def asked_of(name: str) -> Asked:
    """Return what the session called `name` is made from. Raises BadQuery."""
    names = {key: name for name, key in KEYS.items()}
    given: dict[str, Any] = {}
    for pair in filter(None, name.removeprefix(MADE).split(";")):
        key, _, value = pair.partition("=")
        read = whole_number(value) if names.get(key) in COUNTS else value
        if key not in names or len(value) > LONGEST_VALUE or read is None:
            raise BadQuery("no session can be made from this link")
        given[names[key]] = read
    return replace(_PLAIN, **given)


def whole_number(text: str) -> int | None:
    """Return the number that a text is, None for another text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def refused_for_page(error: Refused) -> str:
    """Return why there is no session, in the words of the page."""
    lines = [each.named(QUOTED) for each in error.refusals]
    advice = named(error.advice, QUOTED)
    return "\n".join([*lines, advice[:1].upper() + advice[1:]] if advice else lines)


def _plain(value: object) -> str:
    """Return a value as a part of a name: slashes and semicolons would end it."""
    return " ".join(str(value).replace(";", ",").replace("/", ",").split())


def _stamp(session: Composed, entry: Entry) -> tuple[tuple[str, int, int], ...]:
    text = sha256(session.text.encode()).hexdigest()
    return ((text, 0, 0), *stamp_of(entry.routine))


def _left_out(name: str, error: AudioguideError) -> None:
    LOGGER.warning("%s is left out of sessions: %s", name, error)
