"""Where a sound clicks: two ears for what changes within a few samples.

One hears the fourth difference, which is what lies above 8 kHz. Consonants and the pulses of a low voice are
as short there. So the other hears only what lies above all voices: espeak-ng speaks at 22,050 Hz, others at
24,000, while a cut, a jump or a wrong sample reaches up to where LAME ends, at 15.7 kHz and more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Wave
from audioguide.units import SAMPLE_RATE
from audioguide.verifier.measure.peaks import CONTEXT
from audioguide.verifier.measure.weighting import MEMORY, SIZE, Spectrum

# A click lasts 1 ms: around it, the same stretch is 15 dB quieter. An impulse of -40 dBFS in silence gives
# 0.014, a hard cut in the middle of a word 0.15. In words, "t", "d" and low pulses reach 0.05, in those of
# "klatt" 0.25.
SHARP_LEVEL, SHARP_IN_WORDS = 0.008, 0.045
_SHARP_RATIO = 10 ** (15 / 20)
_BIN = 48  # samples: 1 ms
_NEAR, _FAR = 2, 10  # bins around a click that belong to it; up to where it is quieter
APART = 20 * _BIN  # of one click, what is heard closer by is part of it

# Between 11.6 and 15.6 kHz, 65 minutes of freshly spoken phrases and 33 of nine other voices, "klatt" among
# them, decoded at 64, 96 and 128 kbit/s, stay below -95 dBFS. An impulse comes out a twelfth as high. In two
# hours of beds LAME itself switches these bands on and off, but never 12.6 dB above their mean.
_BRIGHT_HZ = (11_600, 15_600)
_BRIGHT_LEVEL = 10 ** (-80 / 20)
_BRIGHT_RATIO, _OVER_MEAN = 10 ** (10 / 20), 10 ** (15 / 10)
# Under words LAME may leave out what a bed has there, but for a moment. That is as loud as the bed: at most
# 2.7 dB above all but the loudest 1 % of its bins. Impulses of -26 dBFS in words over `brown`: all 33 found.
_USUAL, _OVER_USUAL = 0.99, 10 ** (6 / 20)
_WIDE = 70  # bins on each side for that mean
_HOP = 8  # samples from one value of the envelope to the next
BACK = (_WIDE + _NEAR) * _BIN  # samples behind what is judged: 72 ms, of which the last 2 go around


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """A click at the sample `place`: how `sharp` to the first ear (0: not), and if `bright` to the second.

    `edge` means that the second heard a burst that is louder than what is on one side of it at least.
    """

    place: int
    sharp: float = 0.0
    bright: bool = False
    edge: bool = False

    def moved(self, samples: int) -> Click:
        """Return it so many samples later."""
        return replace(self, place=self.place + samples)


def sharp(wave: Wave) -> Iterator[Click]:
    """Yield each short burst in `wave`, less its CONTEXT on both sides.

    Places count from the first judged sample; the number of judged samples is a multiple of 48.
    """
    steep = np.abs(np.diff(wave, n=4, prepend=wave[:1].repeat(4)))
    bins = steep.reshape(-1, _BIN).max(axis=1)
    margin = CONTEXT // _BIN
    inner = bins[margin:-margin]
    if not inner.max(initial=0.0) > SHARP_LEVEL:
        return
    for place in np.flatnonzero((inner > SHARP_LEVEL) & (inner > _SHARP_RATIO * np.maximum(*_sides(bins)))):
        start = CONTEXT + int(place) * _BIN
        peak = start - CONTEXT + int(steep[start : start + _BIN].argmax())
        yield Click(place=peak, sharp=float(inner[place]))


def bright(spectrum: Spectrum) -> Iterator[Click]:
    """Yield each short burst above all voices, from the `spectrum` of a block and of what came before it.

    Places count from the first judged sample, BACK in front of the block; as many are judged as it has.
    """
    first, last = (round(hertz * SIZE / SAMPLE_RATE) for hertz in _BRIGHT_HZ)
    band = np.zeros(SIZE // _HOP, dtype=np.complex64)
    band[: last - first] = spectrum[first:last] * _window(last - first)
    lead = MEMORY % _BIN // _HOP
    envelope = np.abs(np.fft.ifft(band))[lead:] * (2 / _HOP)
    fine = envelope[: len(envelope) // (_BIN // _HOP) * (_BIN // _HOP)].reshape(-1, _BIN // _HOP)
    bins = fine.max(axis=1)
    judged = slice((MEMORY - BACK) // _BIN, len(bins) - BACK // _BIN)
    inner = bins[judged]
    if not inner.max() > _BRIGHT_LEVEL:
        return
    before, behind = _sides(bins[judged.start - _FAR : judged.stop + _FAR])
    usual = float(np.quantile(bins, _USUAL))
    for place in np.flatnonzero(
        (inner > _BRIGHT_LEVEL) & (inner > _BRIGHT_RATIO * np.minimum(before, behind))
    ):
        middle = judged.start + int(place)
        short = inner[place] > max(_BRIGHT_RATIO * max(before[place], behind[place]), _OVER_USUAL * usual)
        alone = short and bins[middle] ** 2 > _OVER_MEAN * _mean_around(bins, middle)
        peak = int(place) * _BIN + int(fine[middle].argmax()) * _HOP
        yield Click(place=peak, bright=bool(alone), edge=True)


def together(heard: Iterable[Click]) -> Iterator[Click]:
    """Yield what both ears heard, in order; what begins within 20 ms is one click. Edges alone are none."""
    one: list[Click] = []
    for click in sorted(heard, key=lambda each: each.place):
        if one and click.place - one[0].place > APART:
            yield from _one(one)
            one = []
        one.append(click)
    if one:
        yield from _one(one)


def _one(heard: Sequence[Click]) -> Iterator[Click]:
    first = max(heard, key=lambda each: (each.sharp, each.bright))
    if first.sharp or first.bright:
        near = (each for each in heard if abs(each.place - first.place) <= _NEAR * _BIN)
        yield replace(first, bright=any(each.bright for each in heard), edge=any(each.edge for each in near))


def _sides(bins: NDArray[np.floating]) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return the highest of the bins 3 to 10 ms before, and behind each, but for the first and last ten."""
    far = np.lib.stride_tricks.sliding_window_view(bins, _FAR - _NEAR).max(axis=1)
    count = len(bins) - 2 * _FAR
    return far[:count], far[_FAR + _NEAR + 1 :][:count]


def _mean_around(bins: NDArray[np.floating], middle: int) -> float:
    around = (bins[middle - _WIDE : middle - _NEAR], bins[middle + _NEAR + 1 : middle + _WIDE + 1])
    return float(np.square(np.concatenate(around)).mean())


@cache
def _window(count: int) -> NDArray[np.float32]:
    return np.hanning(count + 2)[1:-1].astype(np.float32)
