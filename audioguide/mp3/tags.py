"""The ID3 tag in front of a file. The only place that knows mutagen."""

from __future__ import annotations

import io
from typing import Any

import mutagen.id3

from audioguide.units import TICK_MS

_id3: Any = mutagen.id3  # it says that it is typed, but its functions are not


def id3_bytes(
    *,
    title: str,
    artist: str = "",
    album: str = "",
    track: str = "",
    comment: str = "",
    length_ticks: int | None = None,
) -> bytes:
    """Return an ID3v2.3 tag (what old players and Windows read best); the same words give the same bytes.

    Empty fields are left out; `track` is a number or "2/12". `length_ticks` is written in milliseconds.
    """
    words = {_id3.TIT2: title, _id3.TPE1: artist, _id3.TALB: album, _id3.TRCK: track}
    frames = [kind(**_text(text)) for kind, text in words.items() if text]
    if comment:
        frames.append(_id3.COMM(lang="eng", desc="", **_text(comment, lines=True)))
    if length_ticks is not None:
        frames.append(_id3.TLEN(**_text(str(length_ticks * TICK_MS))))
    tags = _id3.ID3()
    for frame in frames:
        tags.add(frame)
    file = io.BytesIO()
    tags.save(file, v2_version=3, padding=lambda _info: 0)
    return file.getvalue()


def _text(text: str, *, lines: bool = False) -> dict[str, Any]:
    # A NUL would end the field early, and only comments may hold lines (ID3v2.3, 4.2).
    kept = "".join(letter if letter.isprintable() or (lines and letter == "\n") else " " for letter in text)
    encoding = _id3.Encoding.LATIN1 if kept.isascii() else _id3.Encoding.UTF16
    return {"encoding": encoding, "text": [kept]}
