"""Clips and beds, turned down as a profile wants them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat
from random import Random

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Samples, Wave
from audioguide.mixer.fades import Course, Fade
from audioguide.mixer.sound import Sound
from audioguide.script.profiles import Level
from audioguide.sound.beds.bed import Bed, LoopedBed
from audioguide.units import FRAME_SAMPLES, SAMPLE_RATE, TICK_SAMPLES, ticks_for

# A stationary bed as a stream: stretches of its loop from random places, joined softly. Played
# straight, a loop of some seconds would be heard to come again.
STRETCH = 6 * SAMPLE_RATE
JOIN = SAMPLE_RATE // 2


class GainedClip(Clip):
    """A clip at another level. Where its island is encoded already, nobody asks for its samples."""

    def __init__(self, clip: Clip, db: float) -> None:
        """Hold `clip` with a gain of `db`; nothing is computed yet."""
        self._key = ""
        self._clip, self._db = clip, db

    @property
    def ticks(self) -> int:
        """Return the length in ticks."""
        return self._clip.ticks

    @cached_property
    def samples(self) -> Samples:
        """Return the sound, rounded to the nearest step of 16 bit. Raises OutputError as the clip does."""
        louder: Wave = np.rint(self._clip.samples * 10 ** (self._db / 20))
        return louder.astype(np.int16)


def with_gain(sound: Sound, db: float) -> Sound:
    """Return `sound` with a gain of `db`; its key tells the gain."""
    if not db:
        return sound
    return replace(sound, key=f"{sound.key} {db:+g} dB", clip=GainedClip(sound.clip, db))


def faded_out(sound: Sound, level: Level) -> Sound:
    """Return `sound` without what the fade at the end of the file takes from it: a raised cosine."""
    if sound.end <= level.fade_from:
        return sound
    fade = Fade(start=level.fade_from, end=level.length, rising=False)
    gain = Course(fades=(fade,)).gain(sound.start * TICK_SAMPLES, len(sound.clip.samples))
    samples = np.rint(sound.clip.samples * gain).astype(np.int16)
    where = f"{level.fade_from - sound.start} to {level.length - sound.start}"
    return replace(sound, key=f"{sound.key} faded from {where}", clip=Clip(samples))


def bed_at(bed: Bed, level: Level) -> Bed:
    """Return `bed` at the level of a profile: as stationary as it was, unless the level falls.

    A bed that keeps its level under words, which is `air`, keeps it in every profile.
    """
    if not bed.ducks or not (level.varies or level.gain_db(0)):
        return bed
    if isinstance(bed, LoopedBed) and not level.varies:
        db = level.gain_db(0)
        return replace(bed, samples=bed.samples * np.float32(10 ** (db / 20)))
    return LevelledBed(bed=bed, level=level)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelledBed:
    """A stream of `bed` that follows `level`, sample by sample; it counts from the start of the file."""

    bed: Bed
    level: Level

    @property
    def key(self) -> str:
        """Name the samples. Raises OutputError as the bed does."""
        return f"{self.bed.key} {self.level}"

    @property
    def ducks(self) -> int:
        """Return by how many steps the bed goes down under words: as far as at its own level."""
        return self.bed.ducks

    def blocks(self) -> Iterator[Wave]:
        """Yield the samples without end. Raises OutputError as the bed does."""
        place = 0
        bed = self.bed
        for block in played(bed) if isinstance(bed, LoopedBed) else bed.blocks():
            yield block * level_gain(self.level, place, len(block))
            place += len(block)


def level_gain(level: Level, first: int, count: int) -> NDArray[np.float32]:
    """Return the gain of a bed for `count` samples from sample `first` of the file on: (count,)."""
    if not level.varies:
        return np.full(count, 10 ** (level.gain_db(0) / 20), dtype=np.float32)
    # One value a tick: from one to the next the change is far below a hundredth of a dB.
    tick, inside = divmod(first, TICK_SAMPLES)
    ticks = np.arange(tick, tick + ticks_for(inside + count))
    moments, decibels = zip(*level.course(), strict=True)
    course = np.interp(ticks, moments, decibels)
    gain = np.repeat((10 ** (course / 20)).astype(np.float32), TICK_SAMPLES)[inside : inside + count]
    fade = Fade(start=level.fade_from, end=level.length, rising=False)
    if not level.falls or first + count <= fade.start * TICK_SAMPLES:
        return gain
    return gain * Course(fades=(fade,)).gain(first, count)


def played(bed: LoopedBed) -> Iterator[Wave]:
    """Yield a loop as a stream: one that is stationary wanders, any other keeps its order."""
    return _wandering(bed) if bed.stationary else repeat(bed.samples)


def _wandering(bed: LoopedBed) -> Iterator[Wave]:
    chance = Random(0)  # noqa: S311 - the same file each time
    way = np.pi / 2 * (np.arange(JOIN, dtype=np.float32) + np.float32(0.5)) / np.float32(JOIN)
    down, up = np.cos(way), np.sin(way)  # of equal power: the two are strangers to each other
    held: Wave | None = None
    while True:
        part = np.resize(
            np.roll(bed.samples, -int(chance.random() * bed.frames) * FRAME_SAMPLES), STRETCH + JOIN
        )
        if held is not None:
            part[:JOIN] = held * down + part[:JOIN] * up
        held = part[STRETCH:].copy()
        yield part[:STRETCH]
