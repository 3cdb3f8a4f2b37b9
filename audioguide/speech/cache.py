"""An engine that remembers: each clip is spoken once."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError
from audioguide.reading.speakable import clean
from audioguide.speech.engine import Engine, Phrase, Voice
from audioguide.storage.cache import Cache, key_of
from audioguide.timed import timed
from audioguide.units import TICK_SAMPLES

LOGGER = logging.getLogger(__name__)
FORMAT = "clip/2"


class CachedEngine(Engine):
    """`engine` behind a store of clips; `hits` and `misses` count what was asked for."""

    def __init__(self, engine: Engine, cache: Cache) -> None:
        self._engine = engine
        self._cache = cache
        self._fingerprints: dict[str, str] = {}
        self.traits = engine.traits
        self.hits = 0
        self.misses = 0
        self._closed = 0

    @property
    def name(self) -> str:
        """Return the name of the engine behind."""
        return self._engine.name

    def fingerprint(self, voice: str = "") -> str:
        """Return the fingerprint of the engine behind; it is asked once for each voice."""
        if voice not in self._fingerprints:
            self._fingerprints[voice] = self._engine.fingerprint(voice)
        return self._fingerprints[voice]

    def voices(self) -> tuple[Voice, ...]:
        """List the voices of the engine behind."""
        return self._engine.voices()

    def voice_for(self, name: str) -> str:
        """Return the id of the voice that the engine behind takes."""
        return self._engine.voice_for(name)

    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Return why the engine behind cannot speak all of `phrases`."""
        return self._engine.obstacle(phrases)

    def about(self) -> Mapping[str, str]:
        """Return what the engine behind says of itself."""
        return self._engine.about()

    def speak(self, phrase: Phrase) -> Clip:
        """Return the clip from the store, or have it spoken and keep it. Raises EngineError."""
        key, closed = self.key(phrase), self._closed
        # Two that speak it at once would each keep samples of their own.
        with self._cache.alone(key, lambda: self._closed == closed):
            clip = self.find(phrase)
            if clip is None:
                if self._closed != closed:
                    raise EngineError("the voice was closed")
                self.misses += 1
                with timed(LOGGER, f"{self.name} spoke {len(phrase.text)} characters"):
                    clip = self._engine.speak(phrase)
                self._cache.put(key, clip.samples.astype("<i2").tobytes())
        return clip

    def find(self, phrase: Phrase) -> Clip | None:
        """Return the clip from the store, or None. Raises EngineError for unfit text."""
        clip = self._engine.at_hand(phrase) or self._cache.get_as(self.key(phrase), _unpacked)
        self.hits += clip is not None
        return clip

    def key(self, phrase: Phrase) -> str:
        """Return the name of the phrase's clip in the store. Raises EngineError for unfit text."""
        voice = phrase.voice.lower()
        what = (clean(phrase.text), voice, phrase.rate, phrase.pitch, phrase.warm)
        return key_of(FORMAT, self.fingerprint(phrase.voice), *what)

    def close(self) -> None:
        """Close the engine behind; from another thread, a phrase that waits or is being spoken fails."""
        self._closed += 1
        self._engine.close()


def _unpacked(data: bytes) -> Clip | None:
    if not data or len(data) % (2 * TICK_SAMPLES):
        return None
    return Clip(np.frombuffer(data, "<i2").astype(np.int16))
