"""Texts that are heard before they are saved: the last ones, by the hash of each."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from audioguide.routine.load import Routine
from audioguide.web.routines import Entry, stamp_of

MOST_KEPT = 32


@dataclass(slots=True)
class Written:
    """Keeps the routines of the last texts without a fault; threads may share it."""

    _entries: OrderedDict[str, Routine] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, routine: Routine) -> None:
        """Keep a routine that goes by the name of its text."""
        with self._lock:
            self._entries[routine.name] = routine
            self._entries.move_to_end(routine.name)
            while len(self._entries) > MOST_KEPT:
                self._entries.popitem(last=False)

    def entry(self, name: str) -> Entry | None:
        """Return the routine called `name`; None for the name of something else."""
        with self._lock:
            routine = self._entries.get(name)
        if routine is None:
            return None
        included = [stamp for each in routine.includes.values() for stamp in stamp_of(each)]
        return Entry(routine, ((name, 0, 0), *included))
