"""Stretches out of a stream: kept for as long as somebody waits for them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from audioguide.audio.clip import Wave


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Samples `start` up to `end`; what lies outside of the file is silence. `number` is the caller's."""

    start: int
    end: int
    number: int


class Windows:
    """Cuts the `wanted` stretches out of a stream of blocks, each as soon as its end has come."""

    def __init__(self, wanted: Sequence[Window]) -> None:
        self._wanted = deque(sorted(wanted))
        self._open: list[Window] = []
        self._blocks: deque[Wave] = deque()
        self._first = self._end = 0

    def feed(self, block: Wave) -> Iterator[tuple[int, Wave]]:
        """Take the next block, and yield the number and the samples of each stretch that is complete."""
        self._blocks.append(block)
        self._end += len(block)
        yield from self._complete(self._end)

    def finish(self) -> Iterator[tuple[int, Wave]]:
        """Yield those that reach beyond the end of the stream."""
        far = max([self._end, *(each.end for each in (*self._wanted, *self._open))])
        self._blocks.append(np.zeros(far - self._end, dtype=np.float32))
        self._end = far
        yield from self._complete(far)

    def _complete(self, end: int) -> Iterator[tuple[int, Wave]]:
        while self._wanted and self._wanted[0].start < end:
            self._open.append(self._wanted.popleft())
        for each in [each for each in self._open if each.end <= end]:
            self._open.remove(each)
            yield each.number, self._cut(each)
        needed = min((each.start for each in self._open), default=end)
        while self._blocks and self._first + len(self._blocks[0]) <= needed:
            self._first += len(self._blocks.popleft())

    def _cut(self, wanted: Window) -> Wave:
        wave = np.zeros(wanted.end - wanted.start, dtype=np.float32)
        place = self._first
        for block in self._blocks:
            first, last = max(place, wanted.start), min(place + len(block), wanted.end)
            if first < last:
                wave[first - wanted.start : last - wanted.start] = block[first - place : last - place]
            place += len(block)
        return wave
