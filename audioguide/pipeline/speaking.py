"""All voices of a script: each phrase goes to the engine of its voice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from types import TracebackType
from typing import Protocol, Self

from audioguide.audio.clip import Clip
from audioguide.pipeline.voice_origin import blamed
from audioguide.script.script import Script
from audioguide.speech.engine import Phrase, VoiceError
from audioguide.speech.engines import make_engine
from audioguide.speech.pool import Heard, Speakers, Unspoken
from audioguide.storage.cache import Cache


class Speaks(Protocol):
    """Who can be asked for phrases."""

    def find(self, phrase: Phrase) -> Clip | None:
        """Return the clip from the cache, or None for a phrase that is still to be spoken."""

    def speak(self, phrases: Sequence[Phrase], heard: Heard) -> None:
        """Speak all `phrases`; call `heard` with the place and clip of each. Raises Unspoken, EngineError."""


class Speaking:
    """The speakers of a script, one crew for each of its engines, in front of one cache."""

    def __init__(self, script: Script, cache: Cache, workers: int | None = None) -> None:
        """Get ready to speak `script`. Raises VoiceError for an engine that cannot be had."""
        others = {voice.name: voice for each in script.other_voices if (voice := script.speaks(each))}
        self._engines = {name: voice.engine for name, voice in others.items()}
        self._main = script.voice.engine
        self._crews: dict[str, Speakers] = {}
        try:
            for engine in dict.fromkeys([self._main, *self._engines.values()]):
                self._crews[engine] = Speakers(partial(make_engine, engine), cache, workers=workers)
        except VoiceError as error:
            raise blamed(script, error) from error

    def __enter__(self) -> Self:
        """Return this."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all engines."""
        for crew in self._crews.values():
            crew.close()

    @property
    def misses(self) -> int:
        """Return how many phrases were spoken here."""
        return sum(crew.misses for crew in self._crews.values())

    @property
    def hits(self) -> int:
        """Return how many phrases came from the cache, or were the same as another."""
        return sum(crew.hits for crew in self._crews.values())

    def find(self, phrase: Phrase) -> Clip | None:
        """Return the clip from the cache, or None for a phrase that is still to be spoken."""
        return self._crews[self.engine_of(phrase)].find(phrase)

    def speak(self, phrases: Sequence[Phrase], heard: Heard) -> None:
        """Speak all `phrases`, an engine at a time. Raises as `Speakers.speak` does."""
        shares: dict[str, list[int]] = {}
        for place, phrase in enumerate(phrases):
            shares.setdefault(self.engine_of(phrase), []).append(place)
        for engine, places in shares.items():
            _speak(self._crews[engine], phrases, places, heard)

    def engine_of(self, phrase: Phrase) -> str:
        """Return the engine that speaks `phrase`."""
        return self._engines.get(phrase.voice, self._main)


def _speak(crew: Speakers, phrases: Sequence[Phrase], places: Sequence[int], heard: Heard) -> None:
    try:
        crew.speak([phrases[place] for place in places], lambda index, clip: heard(places[index], clip))
    except Unspoken as error:
        raise Unspoken(places[error.place], error.reason) from error
