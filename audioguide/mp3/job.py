"""How an MP3 is encoded, apart from what is heard in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from audioguide.mp3.frames import BITRATE
from audioguide.storage.cache import Cache

# Called with the number of parts that are done, and of all.
Counted = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mp3Job:
    """How to encode: `bitrate` in bits a second, in `workers` threads (one for each core).

    What `cache` holds is not encoded again. `progress` is called in the thread that asks for the frames;
    an exception that it raises ends the work.
    """

    bitrate: int = BITRATE
    cache: Cache | None = None
    workers: int | None = None
    progress: Counted | None = None


USUAL = Mp3Job()
