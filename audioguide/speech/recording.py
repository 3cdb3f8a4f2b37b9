"""From the WAV file that espeak-ng wrote to a clip: checked, trimmed, faded, at 48 kHz."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.resample import FULL_SCALE, to_48k, wave_48k
from audioguide.speech.estimate import estimate
from audioguide.speech.languages import unread_letters
from audioguide.speech.levelling import MOMENTS_PER_SECOND, levelled
from audioguide.speech.pace import is_measured
from audioguide.speech.shaping import VOICE_RATE, shaped
from audioguide.units import SAMPLE_RATE, seconds

FADE_MS = 5
KEEP_MS = 25  # what LAME adds around a sharp t or s has died away by then
SILENCE_DBFS = -74.0
SHORTEST_MS = 50
# Times the estimate. Measured: all phrases that ship, 0.71 to 1.22 at their pace; English voices and variants
# from 80 to 200 words a minute, 0.72 to 1.64; abbreviations, from 0.42; sentences in 70 other languages, 0.65
# to 1.5; English read by voices of other languages, 0.9 to 2.93 (some spell what they cannot say).
PLAUSIBLE, PLAUSIBLE_ELSEWHERE, PLAUSIBLE_ENGLISH = (0.4, 2.0), (0.4, 2.5), (0.4, 3.3)
# A frame of 20 ms of white noise has a spectral flatness of 0.48 or more. In each of 700 recordings (nine
# voices, whispering ones among them; "Sss." and "Six" too) there is a frame below 0.04. The level of noise
# and of tones stays within 1 dB from the tenth percentile of its frames to the ninetieth; that of "Aaaah."
# moves by 3.9.
NOISY = 0.25
STEADY_DB = 2.0
_LOUD_DB = 20.0


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
    """Return `samples` (22,050 Hz) with 25 ms of silence on each side, no more and no less.

    Raises ValueError where nothing is louder than -74 dBFS.
    """
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > FULL_SCALE * 10 ** (SILENCE_DBFS / 20))
    if not len(loud):
        raise ValueError("the voice wrote silence")
    keep = VOICE_RATE * KEEP_MS // 1000
    first, last = int(loud[0]) - keep, int(loud[-1]) + 1 + keep
    kept = samples[max(0, first) : last]
    return np.pad(kept, (max(0, -first), max(0, last - len(samples))))


def check_length(samples: Samples, text: str, rate: int, voice: str = "en-us") -> None:
    """Raise ValueError where trimmed `samples` (22,050 Hz) are too short or too long for `text`."""
    length = len(samples) / VOICE_RATE
    expected = seconds(estimate(text, rate, voice))
    lowest, highest = (share * expected for share in _plausible(text, voice))
    if length * 1000 < SHORTEST_MS or (len(text.split()) > 1 and not lowest <= length <= highest):
        raise ValueError(
            f"the voice spoke for {length:.2f} s, but about {expected:.2f} s were expected "
            "(can it read this language?)"
        )


def _plausible(text: str, voice: str) -> tuple[float, float]:
    if is_measured(voice):
        return PLAUSIBLE
    if unread_letters(text, voice):  # it names them, one by one: `audioguide check` warns of it
        return PLAUSIBLE[0], float("inf")
    return PLAUSIBLE_ENGLISH if text.isascii() else PLAUSIBLE_ELSEWHERE


def check_voice(samples: Samples, rate: int = VOICE_RATE) -> None:
    """Raise ValueError where trimmed `samples` (`rate` Hz) are noise or a tone: no voice is so even."""
    width = rate // 50
    count = len(samples) // width
    if count < 3:
        return
    frames = samples[: count * width].reshape(count, width).astype(np.float32)
    levels = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-3)
    inner = levels[2:-2]  # a frame at an end is silence in part
    if len(inner) > 8 and np.ptp(np.percentile(inner, (10, 90))) < STEADY_DB:
        raise ValueError("the voice made one steady sound instead of words")
    loud = frames[levels > levels.max() - _LOUD_DB]
    power = np.abs(np.fft.rfft(loud * np.hanning(width).astype(np.float32), axis=1))[:, 2:] ** 2 + 1e-6
    if np.min(np.exp(np.log(power).mean(axis=1)) / power.mean(axis=1)) > NOISY:
        raise ValueError("the voice made noise instead of words")


def to_clip(samples: Samples, rate: int = VOICE_RATE, *, warm: bool = False) -> Clip:
    """Return `samples` (`rate` Hz) as a clip without rumble, at the voice's level, with soft ends.

    A `warm` one is softer in the highs, more even, and stands in a small room, 0.2 s longer for it.
    """
    if rate % MOMENTS_PER_SECOND:  # 16,000 Hz: its loudness cannot be measured in whole moments
        samples, rate = to_48k(samples, rate), SAMPLE_RATE
    heard, weighted = shaped(samples, rate, warm=warm)
    wave = levelled(wave_48k(heard, rate), weighted, rate, eased=warm)
    wave *= np.float32(FULL_SCALE)
    return Clip(faded(np.rint(wave, out=wave).astype(np.int16)))


def faded(samples: Samples) -> Samples:
    """Return `samples` (48 kHz) with a raised-cosine fade of 5 ms at both ends.

    A join without one clicks: -24 dBFS above 4 kHz; 1 ms of fade leaves -72, 5 ms leave -98.
    """
    length = min(SAMPLE_RATE * FADE_MS // 1000, len(samples) // 2)
    ramp: NDArray[np.float64] = 0.5 - 0.5 * np.cos(np.pi * np.arange(length) / length)
    soft = samples.copy()
    soft[:length] = np.rint(samples[:length] * ramp)
    soft[len(samples) - length :] = np.rint(samples[len(samples) - length :] * ramp[::-1])
    return soft
