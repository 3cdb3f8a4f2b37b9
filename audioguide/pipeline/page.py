"""The page to hand over, with the sound of a finished file in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from audioguide.export.handout.page import handout
from audioguide.export.metadata import Metadata
from audioguide.script.layout import Timeline

_PIECE = 1024 * 1024


def write_page(file: IO[bytes], timeline: Timeline, sound: IO[bytes], about: Metadata | None = None) -> None:
    """Write the page of `timeline` to `file`, with all of the open MP3 file `sound` in it."""
    sound.seek(0)
    file.writelines(part.encode() for part in handout(timeline, _pieces(sound), about))


def _pieces(sound: IO[bytes]) -> Iterator[bytes]:
    while piece := sound.read(_PIECE):
        yield piece
