"""The voices of an engine, asked for once."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from audioguide.errors import EngineError
from audioguide.speech.auto import voices_of
from audioguide.speech.engine import Voice


@dataclass(slots=True)
class VoiceList:
    """The voices of the engine called `engine`; those of English first, since routines are in English."""

    engine: str
    _found: tuple[Voice, ...] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def all(self) -> tuple[Voice, ...]:
        """Return them; none where the engine cannot be had, which is reported to the listener."""
        with self._lock:
            if self._found is None:
                self._found = self._asked()
            return self._found

    def english(self) -> tuple[Voice, ...]:
        """Return those that speak English, or all where none says so."""
        some = tuple(each for each in self.all() if any(code.startswith("en") for code in each.languages))
        return some or self.all()

    def name_of(self, voice: str) -> str:
        """Return what people call `voice`, which is an id or a language."""
        return next((each.name for each in self.all() if voice in (each.id, *each.languages)), voice)

    def _asked(self) -> tuple[Voice, ...]:
        try:
            return voices_of(self.engine)
        except EngineError:
            return ()
