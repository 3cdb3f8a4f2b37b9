"""What the listener did, and which exercises they like: kept in one small database on this machine."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from audioguide.errors import OutputError
from audioguide.listener.practice import Done
from audioguide.storage.atomic import make_folder
from audioguide.storage.places import NOWHERE

DIARY = "practice.db"
Taste = Literal["like", "dislike", ""]
WAIT_SECONDS = 5.0  # for another process that writes
_TABLES = """
create table if not exists done
    (number integer primary key autoincrement, moment text, name text, title text, seconds integer);
create table if not exists tastes
    (name text, day text, taste text, primary key (name, day));
"""


@dataclass(frozen=True, slots=True)
class Diary:
    """The diary in a `folder`: a file that is made with the first entry, and that only its owner can read."""

    folder: Path

    @property
    def path(self) -> Path:
        """Return its file."""
        return self.folder / DIARY

    def tastes(self, before: date | None = None) -> dict[str, Taste]:
        """Return what is liked and disliked, by exercise; as it was at the start of the day `before`.

        Raises OutputError where the file cannot be read.
        """
        last = before.isoformat() if before else "9999"
        asked = "select name, taste from tastes where day < ? order by day"
        with self._opened(write=False) as found:
            tastes: dict[str, Taste] = dict(found.execute(asked, (last,)))
        return {name: taste for name, taste in tastes.items() if taste}

    def set_taste(self, name: str, taste: Taste, day: date) -> None:
        """Note on a `day` that an exercise is liked, disliked, or neither any more. Raises OutputError."""
        with self._opened(write=True) as found:
            row = (name, day.isoformat(), taste)
            found.execute("insert or replace into tastes values (?, ?, ?)", row)

    def done(self) -> list[Done]:
        """Return what was done, the latest first. Raises OutputError."""
        asked = "select number, moment, name, title, seconds from done order by moment desc, number desc"
        with self._opened(write=False) as found:
            rows = found.execute(asked).fetchall()
        return [
            Done(number, datetime.fromisoformat(moment), name, title, seconds)
            for number, moment, name, title, seconds in rows
        ]

    def add(self, moment: datetime, name: str, title: str, seconds: int) -> int:
        """Note that a routine was done at a `moment` of local time; return the number of the entry."""
        row = (moment.replace(microsecond=0, tzinfo=None).isoformat(), name, title, seconds)
        with self._opened(write=True) as found:
            made = found.execute("insert into done (moment, name, title, seconds) values (?, ?, ?, ?)", row)
            return int(made.lastrowid or 0)

    def remove(self, number: int) -> bool:
        """Remove an entry; return whether it existed. Raises OutputError."""
        with self._opened(write=True) as found:
            return found.execute("delete from done where number = ?", (number,)).rowcount > 0

    @contextmanager
    def _opened(self, *, write: bool) -> Iterator[sqlite3.Connection]:
        """Open the file; what is written in it appears whole, or not at all."""
        if write and self.folder == NOWHERE:
            raise OutputError("there is no home folder to store this in")
        try:
            if write and not self.path.exists():
                make_folder(self.folder)
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            at = str(self.path) if write or self.path.is_file() else ":memory:"
            with closing(sqlite3.connect(at, timeout=WAIT_SECONDS)) as opened, opened:
                if write or at == ":memory:":
                    opened.executescript(_TABLES)
                yield opened
        except (sqlite3.Error, OSError, ValueError) as error:
            if isinstance(error, OutputError):
                raise
            what = "written" if write else "read"
            hint = "move the file away to start a new one"
            raise OutputError(f"{self.path} cannot be {what}: {error}", hint=hint) from error
