"""A file while the words that come later are still being spoken: its frames, as far as they are certain.

What follows a phrase moves with its length, so nothing after the first unspoken phrase has a place yet. All
before it does: neither its sounds nor the bed under them depend on what comes later, but for the fade at the
end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audioguide.mixer.ducking import course_over, frames_up
from audioguide.mixer.fades import FADE_OUT, STEADY
from audioguide.mixer.sound import NO_CLIP, Sound
from audioguide.mp3.assemble import Between, frame_runs, silence
from audioguide.mp3.frames import frame_bytes, frames_for
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import Island, cut
from audioguide.mp3.job import Mp3Job
from audioguide.mp3.loop import Loop, encode_loop
from audioguide.mp3.over_bed import MARGIN
from audioguide.mp3.ranged_file import part_of
from audioguide.sound.beds.bed import LoopedBed
from audioguide.units import FRAME_TICKS, LONGEST

AHEAD = 8  # islands that are encoded together before the frames of the first are handed out
FAR = 2 * LONGEST  # an end that nothing before it depends on


@dataclass(slots=True, kw_only=True)
class SoFar:
    """The frames of a file over `bed`, or over silence, handed out once each, in their order."""

    job: Mp3Job
    bed: LoopedBed | None = None
    made: int = field(default=0, init=False)  # frames that were handed out
    _level: int = field(default=0, init=False)
    _loop: Loop | None = field(default=None, init=False)

    def before(self, sounds: Sequence[Sound], words_at: int, shortest: int) -> Iterator[bytes]:
        """Yield the frames that are certain once all `sounds` are that start before the tick `words_at`.

        There the next words start, which are not spoken yet; the file lasts at least `shortest` ticks.
        Raises OutputError as `encode_islands` does.
        """
        certain = words_at
        if self.bed:  # it may fade out, or stay down, from here on
            certain = min(certain, shortest - FADE_OUT - frames_up(self.bed.ducks) * FRAME_TICKS)
        unspoken = Sound(start=words_at, key="", clip=NO_CLIP, words=True)
        islands = self._islands(sounds, [*sounds, unspoken], FAR)
        last = max(0, certain // FRAME_TICKS - self._margin)
        known = [island for island in islands if island.behind <= last]
        open_ = next((island.first_frame for island in islands if island.behind > last), last)
        yield from self._frames(known, min(last, open_))

    def rest(self, sounds: Sequence[Sound], length: int) -> Iterator[bytes]:
        """Yield the frames that are left of a file of `length` ticks, once all its `sounds` are known.

        The frame that closes a file is not one of them. Raises OutputError as `encode_islands` does.
        """
        yield from self._frames(self._islands(sounds, sounds, length), frames_for(length))

    @property
    def _margin(self) -> int:
        return MARGIN if self.bed else 0

    def _islands(self, sounds: Sequence[Sound], heard: Sequence[Sound], length: int) -> Sequence[Island]:
        bed = self.bed
        course = course_over(heard, length, bed.ducks) if bed else STEADY
        self._level = course.level
        islands = cut(sounds, length, course=course, margin=self._margin)
        if bed is None or bed.stationary:
            return islands
        return [replace(island, place=island.first_frame % bed.frames) for island in islands]

    def _frames(self, islands: Sequence[Island], until: int) -> Iterator[bytes]:
        """Yield the frames from the first that was not handed out up to frame `until`."""
        if until <= self.made:
            return
        new = [island for island in islands if island.first_frame >= self.made]
        encoded = self._encoded(new)
        size, between = frame_bytes(self.job.bitrate), self._between()
        for run in frame_runs(islands, until):
            behind = run.first + run.frames
            if behind <= self.made:
                continue
            if run.island:
                yield next(encoded)
            else:
                filled = between(run.last, run.frames)
                yield from part_of(filled, (self.made - run.first) * size, run.frames * size)
            self.made = behind

    def _encoded(self, islands: Sequence[Island]) -> Iterator[bytes]:
        # What depends on its place over the bed is hardly ever needed again: it is not kept.
        job = replace(self.job, progress=None, cache=self.job.cache if self._repeats else None)
        for first in range(0, len(islands), AHEAD):
            some = islands[first : first + AHEAD]
            made = encode_islands(some, job, bed=self.bed)
            yield from map(made.of, some)

    @property
    def _repeats(self) -> bool:
        return self.bed is None or self.bed.stationary

    def _between(self) -> Between:
        if self.bed is None:
            return silence(self.job.bitrate)
        if self._loop is None:
            self._loop = encode_loop(self.bed, self.job, level=self._level)
        return self._loop.behind
