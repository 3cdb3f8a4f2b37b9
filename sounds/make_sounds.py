"""Make the sounds that ship with audioguide: run `python sounds/make_sounds.py [FOLDER]`.

Additive synthesis: each sound is a sum of sine partials that start together, swell in a raised
cosine and ring out at their own pace. Needs numpy alone, and gives the same samples every time.
"""

from __future__ import annotations

import sys
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 48_000
FRAME_SAMPLES = 1152  # one MP3 frame: every sound is a whole number of them long

# The voice peaks at about -3 dBFS and is as loud as -19 LUFS. With peaks at -12 dBFS, the loudest
# 0.4 s of a chime lie at -22 to -24 LUFS: clear beside the words, and nothing startles after a silence.
CHIME_PEAK_DB = -12.0
# A tick may come once a second for a long time: it stays in the background.
TICK_PEAK_DB = -18.0

Wave = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Partial:
    """One sine: `ratio` to the pitch, `level_db` below the strongest, `t60` seconds to fall by 60 dB."""

    ratio: float
    level_db: float
    t60: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What a sound is made of: `pitch` in Hz, `attack_ms`, `release_ms` (fade to zero), `frames` long."""

    pitch: float
    frames: int
    attack_ms: float
    release_ms: float
    peak_db: float
    partials: tuple[Partial, ...]


# The pitches are E4, A4, C#5, F#5 and B5: four or five semitones from one to the next.
# The faint partials above 1 kHz give an edge to measure by: they are why a shift by one sample
# can be told in a decoded MP3.
SOUNDS = {
    "bowl": Sound(  # a struck singing bowl: a warm, slowly beating hum
        pitch=329.63, frames=100, attack_ms=44, release_ms=400, peak_db=CHIME_PEAK_DB,
        partials=(
            Partial(1.0, 0, 2.9), Partial(1.0045, -12, 2.9), Partial(2.76, -9, 1.9),
            Partial(4.07, -26, 1.2), Partial(5.21, -20, 1.1), Partial(8.23, -34, 0.8),
        ),
    ),
    "wood": Sound(  # a wooden bar under a soft mallet
        pitch=440.0, frames=40, attack_ms=36, release_ms=140, peak_db=CHIME_PEAK_DB,
        partials=(
            Partial(1.0, 0, 1.0), Partial(2.572, -12, 0.7), Partial(3.93, -20, 0.5), Partial(6.51, -34, 0.4),
        ),
    ),
    "bell": Sound(  # a small, soft bell with its hum below
        pitch=554.37, frames=75, attack_ms=36, release_ms=300, peak_db=CHIME_PEAK_DB,
        partials=(
            Partial(0.503, -16, 2.2), Partial(1.0, 0, 2.0), Partial(1.506, -14, 1.6),
            Partial(2.006, -12, 1.4), Partial(2.664, -19, 1.1), Partial(3.011, -24, 1.0),
            Partial(4.166, -32, 0.8),
        ),
    ),
    "chime": Sound(  # a thin metal tube
        pitch=739.99, frames=66, attack_ms=36, release_ms=260, peak_db=CHIME_PEAK_DB,
        partials=(
            Partial(1.0, 0, 1.8), Partial(1.0052, -20, 1.8), Partial(1.483, -12, 1.4),
            Partial(2.137, -16, 1.2), Partial(2.756, -24, 1.0), Partial(3.902, -34, 0.8),
        ),
    ),
    "tick": Sound(  # the shortest: for counts
        pitch=987.77, frames=6, attack_ms=6, release_ms=40, peak_db=TICK_PEAK_DB,
        partials=(Partial(1.0, 0, 0.13), Partial(1.497, -10, 0.11), Partial(2.78, -26, 0.08)),
    ),
}  # fmt: skip


def synthesise(sound: Sound) -> NDArray[np.int16]:
    """Return the samples of `sound`: mono, 48 kHz; the first and the last are exactly zero."""
    count = sound.frames * FRAME_SAMPLES
    time = np.arange(count) / SAMPLE_RATE
    mixed = sum((_partial(each, sound.pitch, time) for each in sound.partials), np.zeros(count))
    mixed *= _swell(count, sound.attack_ms) * _swell(count, sound.release_ms)[::-1]
    mixed *= 10 ** (sound.peak_db / 20) * 32767 / np.max(np.abs(mixed))
    return np.round(mixed).astype(np.int16)


def _partial(partial: Partial, pitch: float, time: Wave) -> Wave:
    level: Wave = 10 ** ((partial.level_db - 60 * time / partial.t60) / 20)
    return level * np.sin(2 * np.pi * partial.ratio * pitch * time)


def _swell(count: int, milliseconds: float) -> Wave:
    # Raised cosine: its slope is zero at both ends, so neither end can be heard as a click.
    rise = round(milliseconds * SAMPLE_RATE / 1000)
    edge = (1 - np.cos(np.pi * np.arange(rise) / rise)) / 2
    return np.concatenate([edge, np.ones(count - rise)])


def write(samples: NDArray[np.int16], path: Path) -> None:
    """Write `samples` as a 16-bit WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples.astype("<i2").tobytes())


def make(folder: Path) -> None:
    """Write every sound into `folder`."""
    for name, sound in SOUNDS.items():
        write(synthesise(sound), folder / f"{name}.wav")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
