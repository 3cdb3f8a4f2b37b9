"""The momentary loudness of libebur128, and what else is read off a sound without the package."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.ebur128 import RATE, readings

Wave = NDArray[np.float64]


def momentary(wave: Wave) -> float:
    """Return the highest momentary loudness, in LUFS, of `wave`: mono, 48 kHz, full scale 1."""
    return max(readings(np.pad(wave, (RATE, RATE)), "M"), default=float("-inf"))


def envelope(wave: Wave, milliseconds: int = 10) -> Wave:
    """Return the magnitude of the analytic signal, averaged over so long."""
    count, width = len(wave), 48 * milliseconds
    spectrum = np.fft.fft(wave)
    spectrum[1 : count // 2] *= 2
    spectrum[count // 2 + 1 :] = 0
    return np.convolve(np.abs(np.fft.ifft(spectrum)), np.ones(width) / width, "same")


def onsets(wave: Wave) -> list[float]:
    """Return the seconds at which the envelope begins to rise by 4 dB and more within 40 ms."""
    curve = envelope(wave, 20)
    level = 20 * np.log10(np.maximum(curve, curve.max() / 300))
    step = 40 * 48
    rises = np.flatnonzero(level[step:] - level[:-step] > 4)
    first = np.flatnonzero(np.diff(rises, prepend=-RATE) > step)
    return [float(rises[place]) / RATE for place in first]


def pitch(wave: Wave) -> float:
    """Return the strongest frequency, in steps of 0.1 Hz."""
    power = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 10 * RATE))
    return float(np.argmax(power)) / 10


def edge_peak_db(wave: Wave, place: int, hertz: float = 4_000) -> float:
    """Return the peak of all above `hertz` within 10 ms to both sides of the sample `place`, in dBFS."""
    half = RATE // 100
    around = np.pad(wave, RATE)[place + RATE - 4 * half : place + RATE + 4 * half]
    spectrum = np.fft.rfft(around * np.hanning(len(around)))
    spectrum[: int(hertz * len(around) / RATE)] = 0
    high = np.fft.irfft(spectrum)[3 * half : 5 * half]
    return 20 * float(np.log10(max(np.max(np.abs(high)), 1e-9)))
