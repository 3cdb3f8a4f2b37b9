"""Block by block from the decoder to figures of the whole: memory grows by eight bytes a tick."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from audioguide.audio.clip import Wave
from audioguide.units import TICK_SAMPLES, ticks_for
from audioguide.verifier.measure.clicks import BACK, Click, bright, sharp, together
from audioguide.verifier.measure.decode import BLOCK_TICKS, DECODED_BLOCK
from audioguide.verifier.measure.peaks import CONTEXT, true_peak
from audioguide.verifier.measure.weighting import MEMORY, Powers, spectrum_of, weighted

FULL_SCALE = 0.9999
INAUDIBLE = 1e-7  # -140 dBFS: in a stretch of that, there is nothing to measure
SOUNDING = 10 ** (-60 / 20)  # peak of a tick in which something sounds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Levels:
    """What was measured of a file of `samples`, at 48 kHz.

    For each tick: `powers`, weighted (BS.1770), and `peaks`, the highest absolute sample. `true_peak` and
    `offset` are 1 at full scale, `full` counts samples there; `clicks` are in order.
    """

    samples: int
    powers: Powers
    peaks: Powers
    true_peak: float
    full: int
    offset: float
    clicks: tuple[Click, ...]


@dataclass(slots=True)
class Meter:
    """Takes a file block by block, and measures."""

    _before: Wave = field(default_factory=lambda: np.zeros(MEMORY, dtype=np.float32))
    _powers: list[Powers] = field(default_factory=list)
    _peaks: list[Powers] = field(default_factory=list)
    _sounding: tuple[float, int] = (0.0, 0)
    _samples: int = 0
    _true_peak: float = 0.0
    _full: int = 0
    _clicks: list[Click] = field(default_factory=list)

    def feed(self, block: Wave) -> None:
        """Take the next block: (n,) float32, 57,600 samples but for the last one."""
        place, self._samples = self._samples, self._samples + len(block)
        self._take(np.pad(block, (0, DECODED_BLOCK - len(block))), place)

    def levels(self) -> Levels:
        """Return what was measured, once all was taken."""
        self._take(
            np.zeros(DECODED_BLOCK, dtype=np.float32), -(-self._samples // DECODED_BLOCK) * DECODED_BLOCK
        )  # the last 72 ms
        ticks = ticks_for(self._samples)
        total, count = self._sounding
        return Levels(
            samples=self._samples, powers=np.concatenate(self._powers)[:ticks],
            peaks=np.concatenate(self._peaks)[:ticks], true_peak=self._true_peak, full=self._full,
            offset=abs(total) / count if count else 0.0, clicks=tuple(together(self._clicks)),
        )  # fmt: skip

    def _take(self, block: Wave, place: int) -> None:
        heard = np.concatenate([self._before, block])
        self._before = heard[-MEMORY:]
        if float(np.abs(heard).max()) < INAUDIBLE:
            self._powers.append(np.zeros(BLOCK_TICKS, dtype=np.float32))
            self._peaks.append(np.zeros(BLOCK_TICKS, dtype=np.float32))
            return
        spectrum = spectrum_of(heard)
        self._powers.append(weighted(spectrum))
        self._clicks += [each.moved(place - BACK) for each in bright(spectrum)]
        ticks = block.reshape(-1, TICK_SAMPLES)
        peaks = np.abs(ticks).max(axis=1)
        self._peaks.append(peaks)
        self._full += int(np.count_nonzero(np.abs(block) >= FULL_SCALE))
        sounding = peaks > SOUNDING
        total, count = self._sounding
        self._sounding = (
            total + float(ticks[sounding].sum(dtype=np.float64)),
            count + TICK_SAMPLES * int(sounding.sum()),
        )
        self._moments(heard[-DECODED_BLOCK - 2 * CONTEXT :], place - CONTEXT)

    def _moments(self, wave: Wave, place: int) -> None:
        """Judge what lies 10 ms back, so that 10 ms are known on each side of it."""
        self._true_peak = true_peak(wave, self._true_peak)
        self._clicks += [each.moved(place) for each in sharp(wave)]
