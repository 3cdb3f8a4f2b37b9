"""From the WAV file that a voice wrote to a clip: checked, trimmed, faded, at 48 kHz."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioguide.clip import Clip, Samples, padded
from audioguide.resample import FULL_SCALE, to_48k
from audioguide.speech.text import estimate
from audioguide.units import SAMPLE_RATE, seconds

VOICE_RATE = 22_050
VOICE_GAIN_DB = -4.0  # the loudest of 240 espeak-ng voices and variants reach 0 dBFS, and -3.5 so
FADE_MS = 5
KEEP_MS = 10
SILENCE_DBFS = -50.0
SHORTEST_MS = 50
PLAUSIBLE = (0.4, 2.5)


def read_recording(path: Path) -> Samples:
    """Return the (n,) int16 samples of the WAV file `path`, mono at 22,050 Hz.

    Raises ValueError where it is missing, empty, damaged or of another format.
    """
    try:
        with wave.open(str(path), "rb") as file:
            form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            data = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise ValueError(f"the voice wrote no sound ({error})") from error
    if form != (1, 2, VOICE_RATE):
        raise ValueError(f"the voice wrote {form} (channels, bytes, Hz) instead of (1, 2, {VOICE_RATE})")
    return np.frombuffer(data, "<i2").astype(np.int16)


def trimmed(samples: Samples) -> Samples:
    """Return `samples` (22,050 Hz) without the silence around them, but for 10 ms on each side.

    Raises ValueError where nothing is louder than -50 dBFS.
    """
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > FULL_SCALE * 10 ** (SILENCE_DBFS / 20))
    if not len(loud):
        raise ValueError("the voice wrote silence")
    keep = VOICE_RATE * KEEP_MS // 1000
    return samples[max(0, loud[0] - keep) : loud[-1] + 1 + keep]


def check_length(samples: Samples, text: str, rate: int) -> None:
    """Raise ValueError where trimmed `samples` (22,050 Hz) are too short or too long for `text`."""
    length = len(samples) / VOICE_RATE
    expected = seconds(estimate(text, rate))
    lowest, highest = (share * expected for share in PLAUSIBLE)
    if length * 1000 < SHORTEST_MS or (len(text.split()) > 1 and not lowest <= length <= highest):
        raise ValueError(
            f"the voice spoke for {length:.2f} s, where about {expected:.2f} s were expected "
            "(can it read this language?)"
        )


def to_clip(samples: Samples) -> Clip:
    """Return `samples` (22,050 Hz) as a clip with the voice's gain and soft ends."""
    gain = np.float32(10 ** (VOICE_GAIN_DB / 20) / FULL_SCALE)
    return padded(faded(to_48k(samples.astype(np.float32) * gain, VOICE_RATE)))


def faded(samples: Samples) -> Samples:
    """Return `samples` (48 kHz) with a raised-cosine fade of 5 ms at both ends.

    A join without one clicks: -24 dBFS above 4 kHz; 1 ms of fade leaves -72, 5 ms leave -98.
    """
    length = min(SAMPLE_RATE * FADE_MS // 1000, len(samples) // 2)
    ramp: NDArray[np.float64] = 0.5 - 0.5 * np.cos(np.pi * np.arange(length) / length)
    shape = np.ones(len(samples))
    shape[:length] = ramp
    shape[len(samples) - length :] = ramp[::-1]
    return np.rint(samples * shape).astype(np.int16)
