"""Sounds added to a bed, block by block and in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from audioguide.audio.clip import Wave
from audioguide.mixer.fades import Course
from audioguide.mixer.mix import add_sounds
from audioguide.mixer.sound import Sound
from audioguide.units import FRAME_SAMPLES, FRAME_TICKS

BLOCK_FRAMES = 512  # 12 s: the frames around a block, which are encoded for nothing, cost 0.6 %


@dataclass(slots=True, kw_only=True)
class Mixer:
    """Takes as much of the bed as is needed, and the sounds in their order."""

    bed: Iterator[Wave]
    waiting: deque[Sound]
    sounding: list[Sound] = field(default_factory=list)
    held: Wave = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def mix_into(self, wave: Wave, course: Course, first_frame: int) -> None:
        """Fill `wave`, whole frames, with the file from the border of `first_frame` on."""
        self._take_into(wave)
        wave *= course.gain(first_frame * FRAME_SAMPLES, len(wave))
        behind = (first_frame + len(wave) // FRAME_SAMPLES) * FRAME_TICKS
        while self.waiting and self.waiting[0].start < behind:
            self.sounding.append(self.waiting.popleft())
        add_sounds(wave, self.sounding, moment=0, first=-first_frame * FRAME_SAMPLES)
        self.sounding = [sound for sound in self.sounding if sound.end > behind]

    def _take_into(self, wave: Wave) -> None:
        done = 0
        while done < len(wave):
            if not len(self.held):
                self.held = next(self.bed)
            part = self.held[: len(wave) - done]
            wave[done : done + len(part)] = part
            done, self.held = done + len(part), self.held[len(part) :]
