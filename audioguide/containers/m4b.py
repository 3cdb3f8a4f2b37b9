"""M4B, the audio book: AAC with chapters and a cover. The second place that knows mutagen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import mutagen.mp4

from audioguide.audio.clip import Wave
from audioguide.containers.encode import write_mp4
from audioguide.containers.faststart import index_first
from audioguide.errors import OutputError
from audioguide.script.tags import Tags, few
from audioguide.script.text import one_line

_mp4: Any = mutagen.mp4
_AUDIO_BOOK = 2  # kind of media: players keep the place in such a file
MOST_CHAPTERS = 255  # the list of titles counts in one byte


def write_m4b(file: IO[bytes], blocks: Iterable[Wave], bitrate: int, tags: Tags) -> None:
    """Write an M4B with tags, cover and chapters; `file` must be able to read, write and seek.

    Its index comes first, so that it can be played while it is loaded. Of more than 255 chapters some are
    left out, evenly. Raises OutputError where it cannot be encoded.
    """
    write_mp4(file, blocks, bitrate, few(tags.chapters, MOST_CHAPTERS), tags.language or "und")
    fields = {
        "\xa9nam": one_line(tags.title), "\xa9ART": one_line(tags.artist), "\xa9alb": one_line(tags.album),
        "\xa9gen": one_line(tags.genre), "\xa9day": tags.year, "\xa9cmt": one_line(tags.comment),
        "\xa9lyr": "\n".join(map(one_line, tags.text.split("\n"))),
    }  # fmt: skip
    file.seek(0)
    try:
        book = _mp4.MP4(file)
        for name, text in fields.items():
            if text:
                book[name] = [text]
        number, _, of = tags.track.partition("/")
        if number:
            book["trkn"] = [(int(number), int(of or 0))]
        if tags.cover:
            book["covr"] = [_mp4.MP4Cover(tags.cover, _mp4.MP4Cover.FORMAT_PNG)]
        book["stik"] = [_AUDIO_BOOK]
        file.seek(0)
        book.save(file, padding=lambda _info: 0)
    except _mp4.MP4StreamInfoError as error:
        raise OutputError(f"cannot write the tags of an M4B: {error}") from error
    index_first(file)
