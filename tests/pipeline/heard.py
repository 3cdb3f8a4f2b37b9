"""Where sounds are in a finished file: rendered with tones for words, decoded, and searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile

from audioguide.pipeline.render import render
from audioguide.script.script import Script, VoiceChoice
from audioguide.storage.cache import Cache
from audioguide.verifier.proof import prove
from tests.truth.hearing import RATE, SEARCH, Wave, decoded, locate, stretch

SOUNDS = Path(__file__).parents[2] / "sounds"
FIT = 0.7  # at least: other sounds may overlap


class Recording:
    """A rendered script as its listener hears it; `proof` is what the package says of it."""

    def __init__(self, script: Script, folder: Path) -> None:
        made = render(
            replace(script, voice=VoiceChoice(engine="tone")), folder, cache=Cache(folder / "cache")
        )
        self.script_file = made.script
        self.wave: Wave = next(iter(decoded(made.mp3).values()))
        self.proof = prove(made.mp3, made.script)

    def onset(self, sound: str, near_s: float) -> float:
        """Return at which second `sound` begins, which is looked for within 50 ms of `near_s`."""
        samples, rate = soundfile.read(SOUNDS / f"{sound}.wav", dtype="float32")
        assert rate == RATE
        start = round(near_s * RATE)
        heard = locate(stretch(self.wave, start - SEARCH, start + len(samples) + SEARCH), samples)
        assert heard.fit > FIT, f"no {sound} at {near_s} s: fit {heard.fit:.2f}"
        return (start + heard.offset) / RATE

    def is_silent(self, start_s: float, end_s: float) -> bool:
        """Return whether nothing sounds from one second to the other."""
        part = self.wave[round(start_s * RATE) : round(end_s * RATE)]
        return bool(np.abs(part).max(initial=0) < 10 ** (-60 / 20))

    def starts_of(self, **wanted: object) -> list[float]:
        """Return the promised starts, in seconds, of the cues in which all that is `wanted` stands."""
        import json

        cues = json.loads(self.script_file.read_text(encoding="utf-8"))["cues"]
        found = [cue for cue in cues if all(cue.get(key) == value for key, value in wanted.items())]
        return [cue["start"] / 250 for cue in found]


def differences(moments: Sequence[float]) -> list[float]:
    """Return how many samples lie between each moment and the next, both in seconds."""
    return [round((after - before) * RATE) for before, after in pairwise(moments)]
