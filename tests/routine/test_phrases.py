"""The phrases that ship, spoken by the real voice: none stops inside for as long as between two phrases."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest

from audioguide.compiler.pauses import GAP
from audioguide.listener.options import Options
from audioguide.routine.language.notices import CLOSINGS, OPENINGS, PLAYER_CHECK_WORDS
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.script.choices import Guidance
from audioguide.script.script import Spoken, VoiceChoice
from audioguide.speech.cache import CachedEngine
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import make_engine
from audioguide.storage.cache import user_cache
from audioguide.units import TICK_SAMPLES
from tests.shipped import compiled

PACES = (100, 110, 120, 130)  # words a minute: what guidance is spoken at
AUDIBLE = 10 ** (-60 / 20)


@cache
def phrases() -> tuple[str, ...]:
    """Return every phrase that a routine of the library can say, at any guidance."""
    texts = {text for each in (*OPENINGS.values(), *CLOSINGS.values()) for text in each.sentences + each.then}
    levels: tuple[Guidance, ...] = ("full", "short", "minimal")  # "fade" says the first two, "chimes" nothing
    texts |= {text for part in PLAYER_CHECK_WORDS for text in part}
    for name in SHIPPED_LIBRARY.shipped:
        for guidance in levels:
            clips = compiled(name, Options(guidance=guidance)).clips
            texts |= {clip.text for clip in clips if isinstance(clip, Spoken)}
    return tuple(sorted(texts))


def longest_pauses(texts: tuple[str, ...], rate: int) -> dict[str, int]:
    """Return the longest silence inside each text in samples, where it is longer than a gap."""
    engine, voice, found = CachedEngine(make_engine("pyttsx3"), user_cache()), VoiceChoice(), {}
    try:
        for text in texts:
            samples = engine.speak(Phrase(text=text, voice=voice.name, rate=rate, pitch=voice.pitch)).samples
            loud = np.flatnonzero(np.abs(samples / np.float32(32768)) > AUDIBLE)
            if (pause := int(np.diff(loud).max())) > GAP * TICK_SAMPLES:
                found[text] = pause
    finally:
        engine.close()
    return found


def test_a_phrase_has_no_stop_inside() -> None:
    """Where the voice stops by itself, for half a second and more; a comma is as much as it may have."""
    assert [text for text in phrases() if re.search(r"[.:;!?\u2013\u2014\u2026] *\S", text)] == []


@pytest.mark.parametrize("rate", [PACES[0], PACES[-1]])
def test_the_phrases_with_most_commas_pause_no_longer_than_a_gap(rate: int) -> None:
    most = sorted(phrases(), key=lambda text: (-text.count(","), len(text)))[:12]
    assert longest_pauses(tuple(most), rate) == {}


@pytest.mark.long
@pytest.mark.parametrize("rate", PACES)
def test_no_phrase_pauses_for_longer_than_a_gap(rate: int) -> None:
    assert longest_pauses(phrases(), rate) == {}
