"""A known sound found again among others: a matched filter that looks past what sounds loudest.

A first look weighs frequencies and finds out if the sound is there; a second one weighs moments as well, and
finds its place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audioguide.audio.clip import Wave
from audioguide.units import SAMPLE_RATE

# How finely the filter looks at what sounds: the voice has a partial every 80 Hz or more.
_WIDTH_HZ = 60
_FLOOR = 1e-6  # of the loudest band: below it, there is nothing but the noise of the coder

# The second look. The first one may be a round of the highest partials off: 3 samples of a breath tone under
# words, in 3 takes of 480. Measured on 120 chimes under words, over each bed: within 0.05 samples. Weighed by
# all that sounds, with the chime itself in it, they were within 0.57.
_REACH = SAMPLE_RATE // 2_000
_MOMENT = SAMPLE_RATE // 25  # as a syllable changes
_MOMENT_FLOOR = 1e-3  # of the loudest moment
_BAND_FLOOR = 1e-3  # of the sound itself, in each band
# Of its loudest band: what is softer is the rounding to 16 bits, of which a coder keeps nothing. With it, a
# breath tone under words seemed up to 1.5 samples off; without it, 0.01.
_ROUNDING = 1e-7
_BESIDE = 1e-3  # of the energy of the sound: with less beside it, nothing but a coder is heard

# Measured at the sounds that ship, in 300 stretches of words: one that is there is found within 1.4 dB of its
# level, and agrees by 0.046 and more even where it is 6 dB softer than it should be. One that is not there
# agrees by up to 0.04 (bell), 0.055 (wood) and 0.16 (tick): as much as a soft one that is there, but then it
# seems 11 dB softer or more. So the level distinguishes them. In silence, 40 dB less still agrees by 0.16.
CLEAN = 0.9
_LEAST, _LEAST_DB = 0.03, -9.5
_LEAST_SOFT, _SOFTEST_DB = 0.15, -45.0
_SHARP = 4.0
# Of the highest peak of the first look: a tick under words had one of 0.99 where it was, 194 samples before
# the highest, and others of 0.97. The second look decides.
_NEARLY, _MOST_PEAKS = 0.95, 6
_CLEARLY = 0.01  # of 1: by less, the highest peak of the first look is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Where a sound was found: `place` in samples, `gain_db` against the level that it should have.

    `agreement` is the normalised correlation after whitening (1: this sound and nothing else), `sharpness`
    how far the peak of the filter stands out of its other values.
    """

    place: float
    gain_db: float
    agreement: float
    sharpness: float

    @property
    def is_there(self) -> bool:
        """Return whether it is this sound, and not something else."""
        if self.gain_db > _LEAST_DB:
            return self.agreement > _LEAST
        return self.agreement > _LEAST_SOFT and self.gain_db > _SOFTEST_DB and self.sharpness > _SHARP


class Original:
    """A sound to look for, (n,) float32, and what is known of it for each size of transform."""

    def __init__(self, wave: Wave) -> None:
        self.wave = wave
        self._spectra: dict[int, NDArray[np.complex64]] = {}
        self._powers: dict[int, NDArray[np.float64]] = {}

    def spectrum(self, size: int) -> NDArray[np.complex64]:
        """Return its spectrum at the transform `size`."""
        if size not in self._spectra:
            self._spectra[size] = np.fft.rfft(self.wave, size).astype(np.complex64)
        return self._spectra[size]

    def power(self, size: int) -> NDArray[np.float64]:
        """Return its power around each frequency at the transform `size`."""
        if size not in self._powers:
            self._powers[size] = _around(self.spectrum(size), size)
        return self._powers[size]


def locate(wave: Wave, original: Original, not_near: tuple[int, ...] = (), apart: int = 0) -> Heard:
    """Find `original` in `wave`, where it may begin at sample 0 or later, and end at the last one.

    Places closer than `apart` to those of `not_near` are left out. Each band of the spectrum counts by how
    much of it is the sought sound: so a bell is found by the partials that words leave free. Then so does
    each moment: its place comes from those without words.
    """
    size = _transform_size(len(wave))
    spectrum, sought = np.fft.rfft(wave, size), original.spectrum(size)
    around, meant = _around(spectrum, size), original.power(size)
    # What a coder left out is as silent as what nothing disturbs: it counts no more than the rest.
    expected = meant * min(1.0, float(around.sum() / max(meant.sum(), 1e-12)))
    weight = (1 / (np.maximum(around, expected) + _FLOOR * around.max() + 1e-12)).astype(np.float32)
    unlimited = np.fft.irfft(spectrum * np.conj(sought) * weight, size)[: len(wave) - len(original.wave) + 1]
    allowed = np.ones(len(unlimited), dtype=bool)
    for place in not_near:
        allowed[max(0, place - apart) : max(0, place + apart + 1)] = False
    if not allowed.any():
        return Heard(place=0.0, gain_db=-200.0, agreement=0.0, sharpness=0.0)
    curve = np.where(allowed, unlimited, -np.inf)
    white = np.fft.irfft(spectrum * np.sqrt(weight), size)[: len(wave)]
    energy = 2 * float((np.square(np.abs(sought)) * weight).sum()) / size
    peak = int(curve.argmax())
    agreement = _agreement(curve, white, peak, len(original.wave), energy)
    if agreement <= CLEAN:
        peak = _by_the_moments(wave, original, curve, peak)
        agreement = _agreement(curve, white, peak, len(original.wave), energy)
    height = float(curve[peak])
    return Heard(
        place=_placed(wave, original, peak)[0],
        gain_db=float(20 * np.log10(max(height / energy, 1e-10))) if energy else -200.0,
        agreement=agreement, sharpness=_sharpness(unlimited, peak),
    )  # fmt: skip


def _agreement(
    curve: NDArray[np.floating], white: NDArray[np.floating], peak: int, count: int, energy: float
) -> float:
    here = white[peak : peak + count]
    both = float(here @ here) * energy
    return float(curve[peak]) / both**0.5 if both > 0 else 0.0


def _by_the_moments(wave: Wave, original: Original, curve: NDArray[np.floating], highest: int) -> int:
    """Return at which peak of the first look `original` is.

    A short sound of a few partials is nearly the same again after each round of them: where other peaks are
    almost as high as the highest, the moments show which it is.
    """
    fits = {peak: _placed(wave, original, peak)[1] for peak in _peaks(curve, highest)}
    best = max(fits, key=lambda peak: fits[peak])
    return best if fits[best] > fits[highest] + _CLEARLY else highest


def _peaks(curve: NDArray[np.floating], highest: int) -> list[int]:
    """Return the highest peak, and others that are nearly as high."""
    high = np.flatnonzero(curve >= _NEARLY * curve[highest])
    found = [highest]
    for place in high[np.argsort(curve[high])[::-1]].tolist():
        if len(found) == _MOST_PEAKS:
            break
        if all(abs(place - other) > _REACH for other in found):
            found.append(place)
    return found


def _placed(wave: Wave, original: Original, near: int) -> tuple[float, float]:
    """Return where `original` begins in `wave`, within 0.5 ms of `near`, and how well it fits there.

    Without it, the rest is heard alone: each band and each moment counts by the inverse of the rest's power
    there, as for the most likely place in noise. Between samples, the peak is that of a parabola.
    """
    first, sought = max(0, near - _REACH), original.wave
    part = wave[first : near + len(sought) + _REACH]
    size = _transform_size(len(part) + _REACH)
    spectrum = original.spectrum(size)
    rest = _without(part, sought, near - first)
    own = original.power(size)
    power = _around(np.fft.rfft(rest, size), size) + _BAND_FLOOR * own
    beside = float(rest @ rest) > _BESIDE * float(sought @ sought)
    kept = own > (_ROUNDING * own.max() if beside else 0.0)
    bands = kept / np.sqrt(power + _FLOOR**1.5 * power.max() + 1e-12)
    whole = np.fft.irfft(np.fft.rfft(part, size) * bands, size)[: len(part)]
    noise = np.fft.irfft(np.fft.rfft(rest, size) * bands, size)[: len(part)]
    wanted = np.fft.irfft(spectrum * bands, size)[: len(sought)]
    moments = _smooth(np.square(noise), _MOMENT)
    weight = 1 / (moments + _MOMENT_FLOOR * moments.max() + 1e-12)
    curve = sliding_window_view(whole * weight, len(wanted)) @ wanted  # `np.correlate` is ten times as slow
    peak = int(curve.argmax())
    heard, weight = whole[peak : peak + len(wanted)], weight[peak : peak + len(wanted)]
    both = float(heard @ (heard * weight)) * float(wanted @ (wanted * weight))
    return first + peak + _between(curve, peak), float(curve[peak]) / both**0.5 if both > 0 else 0.0


def _without(part: Wave, sought: Wave, place: int) -> Wave:
    """Return what sounds in `part` beside `sought`, which begins at `place`, as loud as fits best."""
    rest = part.copy()
    here = rest[place : place + len(sought)]
    gain = float(here @ sought[: len(here)]) / max(float(sought @ sought), 1e-12)
    here -= np.float32(gain) * sought[: len(here)]
    return rest


def _sharpness(curve: NDArray[np.floating], peak: int) -> float:
    beside = np.concatenate([curve[: max(0, peak - 480)], curve[peak + 480 :]])
    spread = float(beside.std()) if len(beside) else 0.0
    return float(curve[peak]) / spread if spread else 0.0


def _between(curve: NDArray[np.floating], peak: int) -> float:
    if not 0 < peak < len(curve) - 1:
        return 0.0
    before, here, behind = (float(value) for value in curve[peak - 1 : peak + 2])
    bend = before + behind - 2 * here
    return (before - behind) / (2 * bend) if bend < 0 else 0.0


def _around(spectrum: NDArray[np.complexfloating], size: int) -> NDArray[np.float64]:
    return _smooth(np.square(np.abs(spectrum)), _WIDTH_HZ * size // SAMPLE_RATE)


def _smooth(power: NDArray[np.floating], wide: int) -> NDArray[np.float64]:
    """Return the mean of `wide` neighbours, at each place."""
    half = max(1, wide // 2)
    sums = np.concatenate([[0.0], np.cumsum(np.pad(power, half, mode="edge"), dtype=np.float64)])
    return np.asarray(np.maximum(sums[2 * half + 1 :] - sums[: -2 * half - 1], 0) / (2 * half + 1))


def _transform_size(count: int) -> int:
    """Return the next number that a Fourier transform likes: 2, 3 or 5 times a power of two."""
    return min(factor << max(0, (-(-count // factor) - 1).bit_length()) for factor in (2, 3, 5, 9, 15))
