"""Work done on all cores and taken in its order, a few pieces at a time."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Piece = TypeVar("Piece")

AHEAD = 2  # pieces for each core that are begun before the first of them is taken


def in_order(work: Callable[[Piece], bytes], pieces: Iterable[Piece], workers: int | None) -> Iterator[bytes]:
    """Yield what `work` makes of each of `pieces`, in `workers` threads (one for each core).

    Pieces are fetched as they are needed, so memory stays flat however many there are.
    """
    workers = workers or os.cpu_count() or 1
    waiting: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for piece in pieces:
                waiting.append(pool.submit(work, piece))
                if len(waiting) > workers * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)
