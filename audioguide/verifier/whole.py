"""Whether an MP3 is whole: its tag holds the number of its bytes, and a checksum of all behind the tag."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from fastcrc import crc16

# From the start of the tag frame at 48 kHz and one channel ("Mp3 Info Tag rev 1", 15 bytes less for mono):
# name, then encoder, then the number of bytes from this frame on, then the CRC of those behind it.
_NAME, _ENCODER, _BYTES, _CRC, _END = 21, 141, 169, 173, 177
_LAYER_III = b"\xff\xfb"
# kbit/s, by the index in a header.
_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_PIECE = 1 << 20


def damage(mp3: Path) -> str:
    """Say what is missing or changed in `mp3`: nothing where all is there, or where its tag is another."""
    with mp3.open("rb") as file:
        tag = file.read(10)
        # An ID3 tag tells its size in four bytes of seven bits (ID3v2.3.0, 3.1).
        begin = 10 + sum(byte << 7 * (3 - at) for at, byte in enumerate(tag[6:])) if tag[:3] == b"ID3" else 0
        file.seek(begin)
        head = file.read(_END)
        known = head[:2] == _LAYER_III and head[_NAME : _NAME + 4] == b"Info"
        if not known or head[_ENCODER : _ENCODER + 4] != b"LAME":
            return ""
        size = 3 * _RATES[head[2] >> 4 & 15]  # a frame lasts 24 ms
        left = int.from_bytes(head[_BYTES : _BYTES + 4], "big") - size
        file.seek(begin + size)
        crc, missing = _summed(file, left)
    if missing:
        return f"{missing} bytes at the end of the file are missing"
    return "" if crc == int.from_bytes(head[_CRC : _CRC + 2], "big") else "bytes of the file have changed"


def _summed(file: IO[bytes], left: int) -> tuple[int, int]:
    """Return the CRC of the next `left` bytes, and how many are missing."""
    crc = 0
    while left > 0 and (piece := file.read(min(left, _PIECE))):
        crc, left = crc16.arc(piece, crc), left - len(piece)
    return crc, left
