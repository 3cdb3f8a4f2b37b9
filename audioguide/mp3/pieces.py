"""A long island in pieces: an hour of breathing is one island, and takes no more memory than a phrase."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from audioguide.audio.clip import Samples
from audioguide.mixer.fades import Course, moved
from audioguide.mixer.mix import add_sounds
from audioguide.mixer.sound import Sound
from audioguide.mp3.encode import LEAD_FRAMES, TAIL_FRAMES, encode, encode_inner
from audioguide.mp3.islands import Island
from audioguide.mp3.loop import mix_over, place_of
from audioguide.sound.beds.bed import LoopedBed
from audioguide.units import FRAME_TICKS, TICK_SAMPLES

# 12 s, a tenth of a second of a core: nobody waits longer for a thread that shall end.
PIECE_FRAMES = 512
# A tone that comes sooner opens no piece: the three frames around each are encoded for nothing.
SHORTEST_FRAMES = 100


def pieces_in(island: Island) -> int:
    """Return how many pieces `island` is encoded in."""
    return len(borders(island))


def borders(island: Island) -> tuple[int, ...]:
    """Return the first frame of each piece of `island`.

    In a long one, a piece begins with a tone where it can: so breaths that come again are equal pieces.
    """
    if island.frames <= PIECE_FRAMES:
        return (0,)
    found = [0]
    tones = (sound.start // FRAME_TICKS for sound in island.sounds if not sound.words)
    for border in (*sorted(set(tones)), island.frames):
        while border - found[-1] > PIECE_FRAMES:
            found.append(found[-1] + PIECE_FRAMES)
        if border - found[-1] >= SHORTEST_FRAMES and border + SHORTEST_FRAMES <= island.frames:
            found.append(border)
    return tuple(found)


def pieces(island: Island, bed: LoopedBed | None = None) -> Iterator[Island]:
    """Yield `island` in pieces of 12 s at most, each with the sounds that are heard in it and around it."""
    starts = borders(island)
    if len(starts) == 1:
        yield island
        return
    place = place_of(island.recipe, bed.frames) if bed else None
    waiting = deque(sorted(island.sounds, key=lambda sound: sound.start))
    heard: list[Sound] = []
    for first, behind in pairwise((*starts, island.frames)):
        frames = behind - first
        heard = [sound for sound in heard if sound.end > (first - LEAD_FRAMES) * FRAME_TICKS]
        while waiting and waiting[0].start < (first + frames + TAIL_FRAMES) * FRAME_TICKS:
            heard.append(waiting.popleft())
        yield _piece(island, heard, first, frames, None if place is None else place + first)


def encode_piece(piece: Island, bitrate: int, bed: LoopedBed | None = None, *, alone: bool = True) -> bytes:
    """Mix and encode a piece; `alone` says that it is a whole island. Raises OutputError."""
    if bed is None and alone:
        return encode(mix(piece), bitrate)
    return encode_inner(mix_over(piece, bed), bitrate)


def _piece(island: Island, heard: list[Sound], first: int, frames: int, place: int | None) -> Island:
    border = first * FRAME_TICKS
    fades, ramps = moved((*island.course.fades, *island.course.ramps), border)
    return Island(
        first_frame=island.first_frame + first,
        frames=frames,
        sounds=tuple(replace(sound, start=sound.start - border) for sound in heard),
        course=Course(fades=fades, ramps=ramps, level=island.course.level),
        place=place,
    )


def mix(island: Island) -> Samples:
    """Add the sounds of `island`: (n,) int16 at 48 kHz from its first frame border to its last sound.

    Levels are never changed. Raises OutputError where the sum does not fit into 16 bits, with the
    moment, the number of samples and the excess in dB.
    """
    total = np.zeros(island.ticks * TICK_SAMPLES, dtype=np.int32)
    add_sounds(total, island.sounds, moment=island.first_frame * FRAME_TICKS)
    return total.astype(np.int16)
