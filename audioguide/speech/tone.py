"""An engine without a voice: a quiet tone as long as the words would be."""

from __future__ import annotations

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.reading.marks import shown
from audioguide.reading.speakable import clean
from audioguide.speech.engine import Engine, Phrase, Traits, Voice
from audioguide.speech.recording import faded
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES, TICKS_PER_SECOND

TONE_DBFS = -30.0
MIDDLE_HZ = 220.0
SHORTEST_TICKS = TICKS_PER_SECOND // 10


class ToneEngine(Engine):
    """Tones at once and always the same, to try a routine's timing. Takes any voice's name."""

    name = "tone"
    traits = Traits(words=False, stable=True)

    def fingerprint(self, voice: str = "") -> str:
        """Name this version of the tone."""
        del voice
        return "tone/1"

    def voices(self) -> tuple[Voice, ...]:
        """List the one voice; zxx is the code for "no language"."""
        return (Voice("tone", "Tone", ("zxx",)),)

    def speak(self, phrase: Phrase) -> Clip:
        """Return 60/rate seconds of tone for each word, rounded up to a tick, 100 ms at least.

        Raises EngineError for text that no engine speaks.
        """
        words = len(shown(clean(phrase.text)).split())
        ticks = max(SHORTEST_TICKS, -(-words * 60 * TICKS_PER_SECOND // phrase.rate))
        hertz = MIDDLE_HZ * 2 ** ((phrase.pitch - 50) / 50)
        turns = np.arange(ticks * TICK_SAMPLES) * (hertz / SAMPLE_RATE)
        peak = 10 ** (TONE_DBFS / 20) * 32_768
        return Clip(faded(np.rint(np.sin(2 * np.pi * turns) * peak).astype(np.int16)))

    def close(self) -> None:
        """Do nothing: a tone holds nothing open."""
