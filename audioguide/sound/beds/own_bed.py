"""The user's own music as a bed: streamed, brought to the level of a bed, looped with a crossfade."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Wave
from audioguide.audio.files import mono_blocks, mono_part, opened
from audioguide.audio.loudness import block_powers, loudness
from audioguide.audio.resample import stream_48k
from audioguide.errors import OutputError, RoutineError
from audioguide.sound.beds.bed import BED_LUFS, DUCK_STEPS, FULL_SCALE, duck_steps
from audioguide.units import SAMPLE_RATE

SHORTEST_S = 1.0
LONGEST_S = 2 * 3600.0  # it is streamed, so hours cost no memory; beyond that, it is not a bed but a mistake
CROSSFADE = 3 * SAMPLE_RATE  # samples; a quarter of the bed where that is less
# Softer than this, a file is silence with a little noise, which 20 dB of gain would bring up.
SOFTEST_LUFS = -60.0
# The peaks of the voice (-3 dBFS) leave room for so much of a bed (-12 dBFS), 28 dB above its
# loudness. Music stays far below; a single bang is cut off rather than heard.
HIGHEST = 0.25 * FULL_SCALE
# The loudness of a file of hours is that of so many places, evenly over it.
SPOTS = 60
SPOT_S = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBed:
    """The sound file at `path` under a file of any length; `gain` brings it to the level of a bed.

    `crossfade` is the number of samples (48 kHz) in which its end becomes its beginning; `louder_db`
    is how far it is above the usual level, `ducks` by how many steps it goes down under words.
    """

    path: Path
    gain: float
    crossfade: int
    louder_db: float = 0.0
    ducks: int = DUCK_STEPS

    @property
    def key(self) -> str:
        """Name the samples, by the file as it is now. Raises OutputError where it is gone."""
        try:
            found = self.path.stat()
        except OSError as error:
            raise OutputError(f"cannot read {self.path}: {error.strerror or error}") from error
        return f"{self.path} {found.st_size} {found.st_mtime_ns} {self.gain!r} {self.crossfade}"

    def blocks(self) -> Iterator[Wave]:
        """Yield the samples without end. Raises OutputError where the file is damaged."""
        for block in _looped(lambda: _samples(self.path), self.crossfade):
            wave = block * np.float32(self.gain * FULL_SCALE)
            yield np.clip(wave, -HIGHEST, HIGHEST, out=wave)

    def louder(self, change_db: float) -> OwnBed:
        """Return the bed made louder by `change_db`."""
        gain, level = self.gain * 10 ** (change_db / 20), self.louder_db + change_db
        return replace(self, gain=gain, louder_db=level, ducks=duck_steps(level))


def open_own_bed(path: Path) -> OwnBed:
    """Measure the sound file at `path` (WAV, FLAC, OGG, MP3, AIFF) and return its bed.

    Raises OutputError where it cannot be read or is damaged, RoutineError where it is silent, larger than
    50 MB, shorter than 1 s or longer than 2 hours.
    """
    with opened(path) as file:
        length = file.frames / file.samplerate
    if length < SHORTEST_S:
        raise RoutineError(f"{path}: a bed of {length:.2f} s is too short: {SHORTEST_S:g} s at least")
    if length > LONGEST_S:
        found = f"a bed of {length / 3600:.2f} hours is too long"
        raise RoutineError(f"{path}: {found}: {LONGEST_S / 3600:g} hours at most")
    level = loudness(np.concatenate(list(_spots(path))))
    if level < SOFTEST_LUFS:
        raise RoutineError(f"{path}: this bed is silent")
    gain = 10 ** ((BED_LUFS - level) / 20)
    return OwnBed(path=path, gain=gain, crossfade=min(CROSSFADE, int(length * SAMPLE_RATE) // 4))


def _spots(path: Path) -> Iterator[NDArray[np.float64]]:
    with opened(path) as file:
        size = SPOT_S * file.samplerate
        count = min(SPOTS, -(-file.frames // size))
        for start in np.linspace(0, max(0, file.frames - size), count).astype(int):
            spot = mono_part(file, path, int(start), size)
            # Without the first: the cut before it is not in the sound, and with an offset it is a bang.
            yield block_powers(np.concatenate(list(stream_48k([spot], file.samplerate))))[1:]


def _samples(path: Path) -> Iterator[Wave]:
    with opened(path) as file:
        yield from stream_48k(mono_blocks(file, path), file.samplerate)


def _looped(once: Callable[[], Iterator[Wave]], fade: int) -> Iterator[Wave]:
    """Yield the sound that `once` gives, again and again; its last and first `fade` samples overlap."""
    way = np.pi / 2 * (np.arange(fade, dtype=np.float32) + np.float32(0.5)) / np.float32(fade)
    down, up = np.cos(way), np.sin(way)  # of equal power: the two are strangers to each other
    held = np.zeros(0, dtype=np.float32)
    joined = True
    while True:
        before, held = held, np.zeros(0, dtype=np.float32)
        for block in once():
            held = np.concatenate([held, block])
            if not joined and len(held) >= fade:
                held[:fade] = before * down + held[:fade] * up
                joined = True
            if joined and len(held) > fade:
                yield held[:-fade]
                held = held[-fade:]
        if not joined or len(held) < fade:
            raise OutputError("the file of the bed has changed while it was read")
        joined = False
