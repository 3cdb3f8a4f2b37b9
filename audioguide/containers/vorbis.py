"""Tags as FLAC and Opus carry them: comments, chapters among them, and the picture."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from audioguide.script.tags import Tags, few
from audioguide.script.text import one_line
from audioguide.units import format_stamp

MOST_CHAPTERS = 999  # the number of a chapter has three digits (wiki.xiph.org/Chapter_Extension)
_FRONT_COVER = 3
# In every PNG from byte 16 on: width, height, bits of a channel, kind of colour (PNG, 11.2.1).
_PNG_HEAD = struct.Struct(">IIBB")
_PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # grey, colour, palette, grey and colour with transparency
_PALETTE = 3


def comments(tags: Tags) -> Iterator[tuple[str, str]]:
    """Yield name and value of each comment; empty ones are left out."""
    number, _, of = tags.track.partition("/")
    fields = {
        "TITLE": tags.title, "ARTIST": tags.artist, "ALBUM": tags.album, "TRACKNUMBER": number,
        "TRACKTOTAL": of, "GENRE": tags.genre, "DATE": tags.year, "LANGUAGE": tags.language,
        "COMMENT": tags.comment,
    }  # fmt: skip
    for name, text in fields.items():
        if kept := one_line(text):
            yield name, kept
    if tags.lines:
        yield "LYRICS", "\n".join(map(one_line, tags.text.split("\n")))
    for place, chapter in enumerate(few(tags.chapters, MOST_CHAPTERS), start=1):
        yield f"CHAPTER{place:03}", format_stamp(chapter.start)
        yield f"CHAPTER{place:03}NAME", one_line(chapter.title)


def comment_block(tags: Tags) -> bytes:
    """Return the comments as one block, as FLAC has it (RFC 9639, 8.6); nothing names a date or a tool."""
    rows = [f"{name}={text}".encode() for name, text in comments(tags)]
    vendor = b"audioguide"
    head = struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", len(rows))
    return head + b"".join(struct.pack("<I", len(row)) + row for row in rows)


def picture_block(png: bytes) -> bytes:
    """Return a PNG as a block of a picture, the front cover, with its depth and colours (RFC 9639, 8.8)."""
    mime, words = b"image/png", b"Cover"
    wide, high, bits, kind = _PNG_HEAD.unpack_from(png, 16)
    depth, colours = bits * _PNG_CHANNELS.get(kind, 1), 0
    if kind == _PALETTE:
        at = png.find(b"PLTE")
        depth, colours = 24, int.from_bytes(png[at - 4 : at], "big") // 3 if at > 0 else 0
    head = struct.pack(">II", _FRONT_COVER, len(mime)) + mime + struct.pack(">I", len(words)) + words
    return head + struct.pack(">IIIII", wide, high, depth, colours, len(png)) + png
