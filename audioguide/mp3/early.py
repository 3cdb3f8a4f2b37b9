"""Islands that are encoded while other phrases are still being spoken.

What lies between two soft times begins on a frame border, where that is. So its islands are known
as soon as its own clips are there, long before the whole timeline is. A chime that ends a hold is encoded
for holds that are seconds longer or shorter as well: anyone who changes that hold will need one of these.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import pairwise
from threading import Event
from types import TracebackType
from typing import Self

from audioguide.audio.clip import Clip
from audioguide.mixer.placed import sounds
from audioguide.mp3.island_cache import Encoded, encode_islands
from audioguide.mp3.islands import Island, Recipe, cut
from audioguide.mp3.job import USUAL, Mp3Job
from audioguide.mp3.pieces import pieces_in
from audioguide.script.layout import lay_out
from audioguide.script.script import ClipRef, Cue, Script
from audioguide.units import FRAME_TICKS, TICKS_PER_SECOND

CueRun = tuple[Cue, ...]
EncodeIslands = Callable[[Iterable[Island], Mp3Job], Encoded]
_RINGING = 2 * TICKS_PER_SECOND  # a pause that long outlasts most of what rings

# A stretch is laid out behind this much silence: room for the frames that stand before an island.
BEFORE = Cue(kind="gap", step="", length=100 * FRAME_TICKS)


class EarlyEncoder:
    """Encodes what is already known of `script`; leaving it stops what nobody asked for yet."""

    def __init__(
        self, script: Script, job: Mp3Job = USUAL, *, encode: EncodeIslands = encode_islands
    ) -> None:
        """Encode as `job` says, by `encode`."""
        self._script = script
        self.job = job
        self._encode = encode
        self._pool = ThreadPoolExecutor(job.workers or os.cpu_count())
        self._clips: dict[ClipRef, Clip] = {}
        self._waiting: dict[ClipRef, list[CueRun]] = {}
        self._begun: dict[Recipe, Future[Encoded]] = {}
        self._for_later: list[Future[Encoded]] = []
        self._over = Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._pool.shutdown(cancel_futures=True)

    def ready(self, ref: ClipRef, clip: Clip) -> None:
        """Begin what can be encoded now that the clip of `ref` is there."""
        if not self._clips:
            for stretch in dict.fromkeys(_stretches(self._script)):
                self._wait(stretch)
        self._clips[ref] = clip
        for stretch in self._waiting.pop(ref, ()):
            self._wait(stretch)

    def encode(self, islands: Iterable[Island]) -> Encoded:
        """Return the frames of `islands`: those begun, and the others encoded now.

        What is for other holds is kept by then, and counts for nothing here.
        Raises OutputError as `encode_islands` does.
        """
        wanted = {island.recipe: island for island in islands}
        begun = {recipe: self._begun[recipe] for recipe in wanted if recipe in self._begun}
        rest = [island for recipe, island in wanted.items() if recipe not in begun]
        job, alone, progress = self.job, replace(self.job, workers=1, progress=None), self.job.progress
        parts = [self._encode(rest, replace(job, progress=None) if begun else job)]
        for recipe, made in begun.items():
            # A failure is met once more, with the place where the island really lies.
            parts.append(self._encode([wanted[recipe]], alone) if made.exception() else made.result())
            if progress:
                progress(len(rest) + len(parts) - 1, len(wanted))
        wait(self._for_later)  # a failure there is none of this file
        frames = {recipe: data for part in parts for recipe, data in part.frames.items()}
        encoded, reused, copied = (
            sum(getattr(part, how) for part in parts) for how in ("encoded", "reused", "copied")
        )
        return Encoded(frames=frames, encoded=encoded, reused=reused, copied=copied)

    def _wait(self, stretch: CueRun) -> None:
        for cue in stretch:
            for ref in cue.clips:
                if ref not in self._clips:
                    self._waiting.setdefault(ref, []).append(stretch)
                    return
        self._begin(stretch)
        for longer in _held_longer(stretch):
            self._for_later += self._begin(longer)

    def _begin(self, stretch: CueRun) -> list[Future[Encoded]]:
        new = {island.recipe: island for island in self._islands(stretch) if island.recipe not in self._begun}
        jobs = {recipe: self._pool.submit(self._encoded, island) for recipe, island in new.items()}
        self._begun |= jobs
        return list(jobs.values())

    def _encoded(self, island: Island) -> Encoded:
        workers = min(self.job.workers or os.cpu_count() or 1, pieces_in(island))
        return self._encode([island], replace(self.job, workers=workers, progress=self._go_on))

    def _go_on(self, _done: int, _total: int) -> None:
        if self._over.is_set():
            raise CancelledError

    def _islands(self, stretch: CueRun) -> tuple[Island, ...]:
        lengths = {ref: clip.ticks for ref, clip in self._clips.items()}
        try:
            timeline = lay_out(replace(self._script, cues=(BEFORE, *stretch)), lengths)
            return cut(sounds(timeline, self._clips), timeline.length)
        except ValueError:  # marks that do not fit: the whole timeline will say where
            return ()


def _held_longer(stretch: CueRun) -> Iterator[CueRun]:
    # A second is 4 ticks more than whole frames: three of them are whole frames again.
    heard = [cue for cue in stretch if cue.advances or cue.from_end == 0]
    for place, (hold, end) in enumerate(pairwise(heard)):
        if hold.kind == "hold" and hold.length is not None and end.kind == "chime":
            for seconds in (1, 2):
                length = hold.length + seconds * TICKS_PER_SECOND
                at = replace(end, offset=length) if end.from_end == 0 else end
                yield replace(hold, length=length), at, *heard[place + 2 :]


def _stretches(script: Script) -> Iterator[CueRun]:
    """Yield what lies between soft times, without what does not sound: step, side and rep."""
    stretch: list[Cue] = []
    rings = False  # words go on over the end chime of a hold: what sounds with them is one island
    for cue in script.cues:
        rings = (rings or cue.duck is not None) and (cue.length or 0) < _RINGING
        if cue.is_soft and cue.advances and not rings:
            yield tuple(stretch)
            stretch = []
        else:
            stretch.append(replace(cue, step="", side=None, rep=None))
    yield tuple(stretch)
