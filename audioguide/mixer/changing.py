"""A bed that changes from part to part of a file: each gives way softly to the next."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from audioguide.audio.clip import Wave
from audioguide.mixer.gain import level_gain, played
from audioguide.script.profiles import Level
from audioguide.sound.beds.bed import Bed, LoopedBed
from audioguide.units import FRAME_SAMPLES, TICK_SAMPLES

_PIECE = 64 * FRAME_SAMPLES
Border = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BedPart:
    """A `bed`, or silence, that rises and falls from tick to tick; None where the file does so."""

    bed: Bed | None
    rises: Border | None = None
    falls: Border | None = None

    @property
    def key(self) -> str:
        """Name its samples."""
        return f"{self.bed.key if self.bed else ''} {self.rises} {self.falls}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangingBed:
    """Beds one after the other, at the level of a profile.

    Beds are strangers to each other, so they cross at equal power.
    """

    parts: tuple[BedPart, ...]
    level: Level

    @property
    def key(self) -> str:
        """Name the samples."""
        named = "\n".join(part.key for part in self.parts)
        return hashlib.sha256(f"{named}\n{self.level}".encode()).hexdigest()

    @property
    def ducks(self) -> int:
        """Return by how many steps it goes down under words: as far as the loudest bed needs."""
        return max(part.bed.ducks for part in self.parts if part.bed)

    def blocks(self) -> Iterator[Wave]:
        """Yield the samples without end. Raises OutputError as the beds do."""
        streams = [_Stream(part, self.level) for part in self.parts if part.bed]
        place = 0
        while True:
            block = np.zeros(_PIECE, dtype=np.float32)
            for stream in streams:
                stream.add_to(block, place)
            yield block
            place += _PIECE


class _Stream:
    """The samples of one part; its bed begins with the block in which it is first heard."""

    def __init__(self, part: BedPart, level: Level) -> None:
        self._part, self._level = part, level
        self._blocks: Iterator[Wave] | None = None
        self._held = np.zeros(0, dtype=np.float32)

    def add_to(self, block: Wave, first: int) -> None:
        """Add what is heard of it in `block`, which begins with sample `first` of the file."""
        part = self._part
        if part.rises and first + len(block) <= part.rises[0] * TICK_SAMPLES:
            return
        if part.falls and first >= part.falls[1] * TICK_SAMPLES:
            self._blocks, self._held = None, self._held[:0]
            return
        wave = self._next(len(block)) * self._gain(first, len(block))
        if part.bed and part.bed.ducks:  # one that keeps its level under words keeps it in every profile
            wave *= level_gain(self._level, first, len(block))
        block += wave

    def _next(self, count: int) -> Wave:
        bed = self._part.bed
        if self._blocks is None and bed:
            self._blocks = played(bed) if isinstance(bed, LoopedBed) else bed.blocks()
        while len(self._held) < count and self._blocks:
            self._held = np.concatenate([self._held, next(self._blocks)])
        wave, self._held = self._held[:count], self._held[count:]
        return wave

    def _gain(self, first: int, count: int) -> Wave:
        places = np.arange(first, first + count, dtype=np.float64) / TICK_SAMPLES
        gain = np.ones(count)
        if self._part.rises:
            gain *= np.sin(np.pi / 2 * _way(places, self._part.rises))
        if self._part.falls:
            gain *= np.cos(np.pi / 2 * _way(places, self._part.falls))
        return gain.astype(np.float32)


def _way(places: np.ndarray[tuple[int], np.dtype[np.float64]], border: Border) -> Wave:
    start, end = border
    return np.clip((places - start) / max(1, end - start), 0, 1).astype(np.float32)
