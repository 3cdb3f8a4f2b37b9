"""A recorded voice without rumble, and warmer where that is asked for; and as the ear weighs it.

All of it is one product with the spectrum of the recording, so more costs no more time.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Samples, Wave
from audioguide.audio.loudness import weighting
from audioguide.audio.resample import FULL_SCALE
from audioguide.speech.estimate import ROOM_TICKS
from audioguide.units import TICK_MS

Response = NDArray[np.complex128]

VOICE_RATE = 22_050  # Hz, what espeak-ng writes; other engines have rates of their own
HIGHPASS_HZ = 70.0  # second order: no voice of espeak-ng has a tone below 80 Hz

# Warmth: less above 4.5 kHz (first order), and a small room, 20 dB below the voice, for 0.2 s.
WARM_LOWPASS_HZ = 4_500.0
ROOM_MS = ROOM_TICKS * TICK_MS
ROOM_DB = -20.0
ROOM_DELAY_MS = 7  # the nearest wall, 1.2 m away
ROOM_HALVING_MS = 25  # by 60 dB in 250 ms: a small room with a carpet
ROOM_LOWPASS_HZ = 3_000.0
ROOM_SEED = 1

# In steps. Few, so that each response is made once; their spectra come quickly; the last is above any phrase.
_SIZES = (2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 4096)


def shaped(samples: Samples, rate: int = VOICE_RATE, *, warm: bool) -> tuple[Wave, Wave]:
    """Return a recording (n,) at `rate` Hz as it shall sound, and the same as BS.1770 weighs it.

    Full scale is 1. A warm voice is 0.2 s longer, for the room to fade. Nothing comes before its cause:
    all filters are causal.
    """
    length = len(samples) + (rate * ROOM_MS // 1000 if warm else 0)
    steps = -(-length // (rate // 10)) + 1  # one more for what the filters ring on
    sound, weighed = _responses(next(size for size in _SIZES if size >= steps), rate, warm)
    spectrum = np.fft.rfft(samples.astype(np.float32) / np.float32(FULL_SCALE), 2 * (len(sound) - 1))
    both = (np.fft.irfft(spectrum * each)[:length] for each in (sound, weighed))
    heard, weighted = (np.asarray(each, dtype=np.float32) for each in both)
    return heard, weighted


@lru_cache(maxsize=2 * len(_SIZES))
def _responses(steps: int, rate: int, warm: bool) -> tuple[NDArray[np.complex64], NDArray[np.complex64]]:
    count = steps * (rate // 10)
    hertz = _spectrum(count, rate)
    sound = _highpass(hertz, rate)
    if warm:
        sound = sound * (_lowpass(hertz, WARM_LOWPASS_HZ, rate) * np.fft.rfft(_room(rate), count))
    return sound.astype(np.complex64), (sound * weighting(hertz)).astype(np.complex64)


def _spectrum(length: int, rate: int) -> NDArray[np.float64]:
    return np.linspace(0.0, rate / 2, length // 2 + 1)


def _highpass(hertz: NDArray[np.float64], rate: int) -> Response:
    # Butterworth, by the bilinear transform.
    warped = np.tan(np.pi * hertz / rate) / np.tan(np.pi * HIGHPASS_HZ / rate)
    turned = 1j * warped
    return np.asarray(turned**2 / (turned**2 + np.sqrt(2) * turned + 1))


def _lowpass(hertz: NDArray[np.float64], corner: float, rate: int) -> Response:
    pole = np.exp(-2 * np.pi * corner / rate)
    return np.asarray((1 - pole) / (1 - pole * np.exp(-2j * np.pi * hertz / rate)))


@cache
def _room(rate: int) -> NDArray[np.float64]:
    """Return what a small room answers to one sample: itself, then a tail of dying noise."""
    count = rate * ROOM_MS // 1000
    delay = rate * ROOM_DELAY_MS // 1000
    moments = np.arange(count - delay)
    noise = np.random.default_rng(ROOM_SEED).standard_normal(count - delay)
    noise *= 2 ** (-2 * moments / (rate * ROOM_HALVING_MS / 1000))
    size = 8 * (rate // 10)
    dull = _lowpass(_spectrum(size, rate), ROOM_LOWPASS_HZ, rate)
    tail = np.fft.irfft(np.fft.rfft(noise, size) * dull)[: len(moments)]
    answer = np.zeros(count)
    answer[0] = 1.0
    answer[delay:] = tail * 10 ** (ROOM_DB / 20) / np.sqrt(np.square(tail).sum())
    return answer
