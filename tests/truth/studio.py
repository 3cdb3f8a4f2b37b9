"""A render taken apart: every clip at its place, to be changed before it is written again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, padded
from audioguide.mixer.sound import Sound
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.frames import BITRATE
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import cut
from audioguide.mp3.job import Mp3Job
from audioguide.pipeline.render import render
from audioguide.reading.read import reading_for
from audioguide.script.script import ClipRef, Phase, Script, Sounded, Spoken, VoiceChoice
from audioguide.sound.breath import breath_tone
from audioguide.speech.cache import CachedEngine
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import AUTO, make_engine
from audioguide.storage.cache import Cache, cache_folder
from audioguide.units import TICK_SAMPLES

SOUNDS = Path(__file__).parents[2] / "sounds"
Samples = NDArray[np.int16]

# Steps of a routine: one hold on each side, with all kinds of marks.
TWO_SIDES = """
  - sides: [left, right]
    switch: 1s
    steps:
      - say: Pull your {side} knee to your chest.
        settle: 2s
      - hold: 6s
        release: 3600ms
        marks: {halfway: Breathe on., countdown: {from: 1, chime: tick}}
      - say: Slowly return your {side} foot.
        settle: 1s
""".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A clip of the cue with the number `cue`; `start` in samples."""

    cue: int
    start: int
    samples: Samples

    def moved(self, samples: int) -> Part:
        return replace(self, start=self.start + samples)

    def with_sound(self, samples: Samples) -> Part:
        return replace(self, samples=samples)


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """What is to be written: `length` in ticks, and the timed `script` that promises it."""

    script: dict[str, Any]
    parts: tuple[Part, ...]
    length: int

    def find(self, kind: str, **wanted: object) -> int:
        """Return the number of the first cue of `kind` in which all that is `wanted` stands."""
        for index, cue in enumerate(self.script["cues"]):
            if cue["kind"] == kind and all(str(value) in str(cue.get(key)) for key, value in wanted.items()):
                return index
        raise LookupError(kind, wanted)

    def start(self, cue: int) -> int:
        """Return where a cue starts, in samples."""
        return int(self.script["cues"][cue]["start"]) * TICK_SAMPLES

    def sound(self, cue: int) -> Samples:
        """Return the clip of a cue."""
        return next(part.samples for part in self.parts if part.cue == cue)

    def changed(self, change: Callable[[Part], Part | None]) -> Take:
        """Return this take with every part changed; None drops it."""
        parts = tuple(new for part in self.parts if (new := change(part)) is not None)
        return replace(self, parts=parts)

    def change(self, cue: int, change: Callable[[Part], Part | None]) -> Take:
        """Return this take with the parts of one cue changed."""
        return self.changed(lambda part: change(part) if part.cue == cue else part)

    def without(self, cue: int) -> Take:
        """Return this take without the sound of one cue."""
        return replace(self, parts=tuple(part for part in self.parts if part.cue != cue))

    def write(self, path: Path) -> Path:
        """Write this take as an MP3, as the package writes its own."""
        islands = cut([_sound(part) for part in self.parts], self.length)
        encoded = encode_islands(islands, Mp3Job(cache=Cache(cache_folder())))
        with path.open("wb") as file:
            write_mp3(file, islands, self.length, encoded=encoded.of, bitrate=BITRATE)
        return path


def take(script: Script, folder: Path) -> Take:
    """Render `script` to `folder` and return what sounds in it, in parts."""
    if script.voice.engine == AUTO:  # words of its own, which no pack has
        script = replace(script, voice=replace(script.voice, engine="pyttsx3"))
    receipt = render(script, folder)
    speak, close = voice_of(script.voice)

    def sound(ref: ClipRef) -> Samples:
        if isinstance(ref, Spoken):
            return speak(ref.text)
        if isinstance(ref, Sounded):
            louder = shipped(ref.sound) * 10 ** (ref.gain_db / 20)
            return np.asarray(np.rint(louder), dtype=np.int16)
        return breath_tone(ref.phase, ref.length, ref.gain_db).samples

    timeline = receipt.timeline
    parts = tuple(
        Part(cue=index, start=timed.start * TICK_SAMPLES, samples=sound(ref))
        for index, timed in enumerate(timeline.cues)
        for ref in timed.cue.clips
    )
    close()
    promised = json.loads(receipt.script.read_text(encoding="utf-8"))
    return Take(script=promised, parts=parts, length=timeline.length)


def shipped(name: str) -> Samples:
    """Return the samples of a sound that ships."""
    samples: Samples = soundfile.read(SOUNDS / f"{name}.wav", dtype="int16")[0]
    return samples


def voice_of(choice: VoiceChoice) -> tuple[Callable[[str], Samples], Callable[[], None]]:
    """Return what speaks a text as `choice` does, from the cache where it can, and what closes it."""
    if choice.engine == AUTO:  # of the takes here: words that are in no pack
        choice = replace(choice, engine="pyttsx3")
    engine = CachedEngine(make_engine(choice.engine), Cache(cache_folder()))
    reads = reading_for(choice.name, choice.engine)  # "close" is asked for as "cloze"

    def speak(text: str) -> Samples:
        phrase = Phrase(
            text=reads(text), voice=choice.name, rate=choice.rate, pitch=choice.pitch, warm=choice.warm
        )  # fmt: skip
        return engine.speak(phrase).samples

    return speak, engine.close


def tone_of(name: str, ticks: int) -> Samples:
    """Return the tone of a breath by its name in a timed script, such as breath-in."""
    phases: dict[str, Phase] = {"breath-in": "in", "breath-out": "out", "breath-full": "full"}
    return breath_tone(phases[name], ticks).samples


def _sound(part: Part) -> Sound:
    early = np.zeros(part.start % TICK_SAMPLES, dtype=np.int16)
    clip: Clip = padded(np.concatenate([early, part.samples]))
    key = hashlib.sha256(clip.samples.tobytes()).hexdigest()
    return Sound(start=part.start // TICK_SAMPLES, key=key, clip=clip)
