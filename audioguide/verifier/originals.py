"""The sounds that a script names, as they are before they are mixed: from their files."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import cast

import numpy as np

from audioguide.audio.clip import Wave
from audioguide.errors import OutputError
from audioguide.script.script import Phase
from audioguide.script.shipped import is_shipped
from audioguide.script.sounds import find
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES
from audioguide.verifier.measure.decode import DECODED_BLOCK, sound
from audioguide.verifier.measure.meter import Meter
from audioguide.verifier.measure.weighting import lufs, momentary
from audioguide.verifier.promise import TONE, PromisedSound

# How a user's own sound is trimmed (docs/language.md): it begins so many samples before the first 4 ms
# that are louder than 50 dB below its peak, and ends so many behind the last.
_CHUNK = SAMPLE_RATE * 4 // 1000
_EDGE = 10 ** (-50 / 20)
_LEAD, _TAIL = 3 * _CHUNK, 5 * _CHUNK
# Its loudest 400 ms are set to that many LUFS, or to less where its peak would rise above that many dBFS.
_LOUDEST_LUFS, _HIGHEST_DBFS = -22.0, -9.0
# Under words a chime is so much softer; it takes a quarter of a second to get there.
_UNDER_WORDS_DB, _RAMP = -12.0, SAMPLE_RATE // 4
_ENOUGH = SAMPLE_RATE * 2 // 5


def original(of: PromisedSound, folder: Path) -> Wave:
    """Return the sound of a cue: (n,) float32 at 48 kHz, full scale 1.

    Raises RoutineError where no sound has that name, OutputError where its file cannot be read.
    """
    if of.is_tone:
        from audioguide.sound.breath import breath_tone  # made, not a file

        phase = cast("Phase", of.name.removeprefix(TONE))
        return breath_tone(phase, of.length).samples.astype(np.float32) / np.float32(32_768)
    path = find(of.name, folder)
    wave = _shipped(path) if is_shipped(path) else _levelled(_faded(_trimmed(sound(path), path)))
    return wave if of.duck is None else _before_words(wave, of.duck * TICK_SAMPLES)


def _before_words(wave: Wave, at: int) -> Wave:
    """Return what rings before words sound over it from sample `at` on (docs/language.md).

    That tells its place to the sample. Where there is too little of it, all is returned, as soft as it is
    under words.
    """
    ramp = max(1, min(_RAMP, at))
    way = np.clip((np.arange(len(wave)) + 0.5 - (at - ramp)) / ramp, 0, 1)
    softer = wave * (10 ** (_UNDER_WORDS_DB * (1 - np.cos(np.pi * way)) / 40)).astype(np.float32)
    return softer[:at] if at >= _ENOUGH else softer


def _shipped(path: Path) -> Wave:
    try:
        with wave.open(str(path), "rb") as file:
            data = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise OutputError(f"cannot read {path}: {error}") from error
    return np.frombuffer(data, "<i2").astype(np.float32) / np.float32(32_768)


def _trimmed(samples: Wave, path: Path) -> Wave:
    centred = samples - np.median(samples)
    whole = np.pad(centred, (0, -len(centred) % _CHUNK)).reshape(-1, _CHUNK)
    loud = np.sqrt(np.square(whole).mean(axis=1)) >= _EDGE * np.abs(centred).max(initial=0)
    if not np.abs(centred).max(initial=0) or not loud.any():
        raise OutputError(f"the sound {path} is silent")
    first, last = (int(place) for place in np.flatnonzero(loud)[[0, -1]])
    return centred[max(0, first * _CHUNK - _LEAD) : (last + 1) * _CHUNK + _TAIL]


def _faded(samples: Wave) -> Wave:
    """Fade in over as much as was left before the sound, and out over as much as behind it."""
    rise, fall = (np.arange(min(count, len(samples) // 2)) / count for count in (_LEAD, _TAIL))
    shape = np.ones(len(samples), dtype=np.float32)
    shape[: len(rise)] = (1 - np.cos(np.pi * rise)) / 2
    shape[len(shape) - len(fall) :] = (1 + np.cos(np.pi * fall)) / 2
    return samples * shape


def _levelled(samples: Wave) -> Wave:
    meter = Meter()
    for block in np.pad(samples, (0, -len(samples) % DECODED_BLOCK)).reshape(-1, DECODED_BLOCK):
        meter.feed(block)
    loudest = lufs(float(momentary(meter.levels().powers, 1).max()))
    peak = 20 * np.log10(float(np.abs(samples).max()))
    return samples * np.float32(10 ** (min(_LOUDEST_LUFS - loudest, _HIGHEST_DBFS - peak) / 20))
