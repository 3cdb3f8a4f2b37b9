"""Make the sounds that ship with audioguide: run `python sounds/make_sounds.py [FOLDER]`.

Additive synthesis: each stroke is a sum of sine partials that start together, swell in a raised
cosine and ring out at their own pace; a sound is one stroke or several. Needs numpy and audioguide's
own meter, gives the same samples every time, and prints what it measured of them.
"""

from __future__ import annotations

import sys
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.loudness import momentary_max

SAMPLE_RATE = 48_000
FRAME_SAMPLES = 1152  # one MP3 frame: every sound is a whole number of them long

# Speech has -19 LUFS. The loudest 400 ms of a chime lie 3 LU below: clear beside the words, and
# nothing startles after a silence. Together with a voice at -3 dBFS the peaks stay below full scale.
CHIME_LUFS = -22.0
# Wood may stand for words, a tick for each second of a countdown: they step back a little.
COUNT_LUFS = -24.0

Wave = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Partial:
    """One sine: `ratio` to the pitch, `level_db` below the strongest, `t60` seconds to fall by 60 dB."""

    ratio: float
    level_db: float
    t60: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke: about `after` seconds behind the first, `level_db` relative to it."""

    after: float
    level_db: float


ONCE = (Stroke(0.0, 0.0),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What a sound is made of: `pitch` in Hz, `attack_ms`, `release_ms` (fade to zero), `frames` long.

    `lufs` is its highest momentary loudness.
    """

    pitch: float
    frames: int
    attack_ms: float
    release_ms: float
    lufs: float
    partials: tuple[Partial, ...]
    strokes: tuple[Stroke, ...] = ONCE


# The pitches are E4, A4, C#5, F#5 and B5: four or five semitones from one to the next. The rhythm
# distinguishes them as well, for ears that do not keep pitches: one stroke begins a hold, two quick ones
# are its middle, two slow ones its end. The moment that counts is always the first.
# The faint partials above 1 kHz give an edge to measure by: they are why a shift by one sample
# can be distinguished in a decoded MP3.
SOUNDS = {
    "bowl": Sound(  # a struck singing bowl, and once more, softer: a warm, slowly beating hum
        pitch=329.63, frames=125, attack_ms=44, release_ms=400, lufs=CHIME_LUFS,
        strokes=(Stroke(0.0, 0.0), Stroke(0.96, -3.0)),
        partials=(
            Partial(1.0, 0, 2.9), Partial(1.0045, -12, 2.9), Partial(2.76, -9, 1.9),
            Partial(4.07, -26, 1.2), Partial(5.21, -20, 1.1), Partial(8.23, -34, 0.8),
        ),
    ),
    "wood": Sound(  # a wooden bar under a soft mallet
        pitch=440.0, frames=40, attack_ms=36, release_ms=140, lufs=COUNT_LUFS,
        partials=(
            Partial(1.0, 0, 1.0), Partial(2.572, -12, 0.7), Partial(3.93, -20, 0.5), Partial(6.51, -34, 0.4),
        ),
    ),
    "bell": Sound(  # a small, soft bell with its hum below
        pitch=554.37, frames=75, attack_ms=36, release_ms=300, lufs=CHIME_LUFS,
        partials=(
            Partial(0.503, -16, 2.2), Partial(1.0, 0, 2.0), Partial(1.506, -14, 1.6),
            Partial(2.006, -12, 1.4), Partial(2.664, -19, 1.1), Partial(3.011, -24, 1.0),
            Partial(4.166, -32, 0.8),
        ),
    ),
    "chime": Sound(  # a thin metal tube, twice in quick succession
        pitch=739.99, frames=66, attack_ms=36, release_ms=260, lufs=CHIME_LUFS,
        strokes=(Stroke(0.0, 0.0), Stroke(0.28, -5.0)),
        partials=(
            Partial(1.0, 0, 1.8), Partial(1.0052, -20, 1.8), Partial(1.483, -12, 1.4),
            Partial(2.137, -16, 1.2), Partial(2.756, -24, 1.0), Partial(3.902, -34, 0.8),
        ),
    ),
    "tick": Sound(  # the shortest: for counts; what it holds under its long release keeps the peak low
        pitch=987.77, frames=10, attack_ms=40, release_ms=160, lufs=COUNT_LUFS,
        partials=(Partial(1.0, 0, 0.7), Partial(1.497, -14, 0.56), Partial(2.78, -26, 0.45)),
    ),
}  # fmt: skip


def synthesise(sound: Sound) -> NDArray[np.int16]:
    """Return the samples of `sound`: mono, 48 kHz; the first and the last are exactly zero."""
    count = sound.frames * FRAME_SAMPLES
    mixed = np.zeros(count)
    for stroke in sound.strokes:
        start = _start(stroke, sound.pitch)
        mixed[start:] += 10 ** (stroke.level_db / 20) * _stroke(sound, count - start)
    mixed *= _swell(count, sound.release_ms)[::-1]
    mixed /= np.max(np.abs(mixed))
    gain_db = sound.lufs - momentary_max(mixed.astype(np.float32))
    return np.round(mixed * 10 ** (gain_db / 20) * 32767).astype(np.int16)


def _start(stroke: Stroke, pitch: float) -> int:
    # Whole waves of the pitch behind the first stroke: the second takes up what still rings.
    return round(round(stroke.after * pitch) / pitch * SAMPLE_RATE)


def _stroke(sound: Sound, count: int) -> Wave:
    time = np.arange(count) / SAMPLE_RATE
    partials = (_partial(each, sound.pitch, time) for each in sound.partials)
    return sum(partials, np.zeros(count)) * _swell(count, sound.attack_ms)


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


def table() -> str:
    """Return what can be measured of every sound, as rows of a Markdown table."""
    rows = [
        "| sound | pitch, Hz | strokes, s | length, s | attack, ms | decay, s | peak, dBFS | loudest, LUFS |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    return "\n".join([*rows, *(_row(name, sound) for name, sound in SOUNDS.items())])


def _row(name: str, sound: Sound) -> str:
    wave_form = synthesise(sound) / 32768
    spectrum = np.abs(np.fft.rfft(wave_form, 10 * SAMPLE_RATE))
    curve = _envelope(wave_form)
    starts = [_start(stroke, sound.pitch) for stroke in sound.strokes]
    top = int(np.argmax(curve))
    last = starts[-1] + int(np.argmax(curve[starts[-1] :]))
    quiet = int(np.flatnonzero(curve > curve[last] / 1000)[-1])
    figures = (
        f"{np.argmax(spectrum) / 10:.1f}",
        ", ".join(f"{start / SAMPLE_RATE:.2f}" for start in starts),
        f"{len(wave_form) / SAMPLE_RATE:.3f}",
        f"{1000 * top / SAMPLE_RATE:.0f}",
        f"{(quiet - last) / SAMPLE_RATE:.2f}",
        f"{20 * np.log10(np.max(np.abs(wave_form))):.1f}",
        f"{momentary_max(wave_form.astype(np.float32)):.1f}",
    )
    return f"| `{name}` | " + " | ".join(figures) + " |"


def _envelope(wave_form: Wave) -> Wave:
    """Return the magnitude of the analytic signal, averaged over 5 ms."""
    count = len(wave_form)
    spectrum = np.fft.fft(wave_form)
    spectrum[1 : count // 2] *= 2
    spectrum[count // 2 + 1 :] = 0
    return np.convolve(np.abs(np.fft.ifft(spectrum)), np.ones(240) / 240, "same")


def make(folder: Path) -> None:
    """Write every sound into `folder`."""
    for name, sound in SOUNDS.items():
        write(synthesise(sound), folder / f"{name}.wav")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
    print(table())
