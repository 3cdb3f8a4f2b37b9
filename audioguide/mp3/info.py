"""The first frame of a file: silent, with the tag that tells decoders where the sound starts and ends.

The tag holds the CRC of all frames behind it. A CRC that is appended to what it was taken of makes the CRC
of the whole 0; so the last frame ends with that of all before, and the tag is known before any of them is.

Layout: "Mp3 Info Tag rev 1 specifications" (gabriel.mp3-tech.org/mp3infotag.html) and LAME's VbrTag.c.
"""

from __future__ import annotations

import struct

from fastcrc import crc16

from audioguide.mp3.frames import ENCODER_DELAY, QUALITY, frame_bytes, frames_in_file, header, padding_for

ENCODER = b"LAME3.100"  # decoders look for "LAME" before they believe delay and padding

CRC_BYTES = 2

_MUSIC_CRC = 0
_SIDE_INFO = 17  # bytes, mono; the tag follows it
_FLAGS = 0x0F  # frames, bytes, table and quality are all there
_QUALITY_ALONE = 0x08
_SCALE = 100 - 10 * 4  # 100 - 10 V - q; V is 4 where there is no variable bit rate
_METHOD = 0x01  # revision 0, constant bit rate
_TUNING = 0x14  # nspsytune, ATH type 4: LAME's choice at a constant bit rate
_MISC = 0x80  # source at 48 kHz, mono
# Linear, as every frame has the same size: entry i is where i per cent of the time have passed.
_TABLE = bytes(256 * part // 100 for part in range(100))


def update_crc(data: bytes, crc: int = 0) -> int:
    """Return the CRC-16/ARC of `data` behind data that gave `crc`."""
    return crc16.arc(data, crc)


def closing_frame(silent: bytes, crc: int) -> bytes:
    """Return the last frame of a file, behind frames that gave `crc`: a `silent` one that ends with it.

    What is at the end of a silent frame is stuffing: decoders leave it out.
    """
    kept = silent[:-CRC_BYTES]
    return kept + update_crc(kept, crc).to_bytes(CRC_BYTES, "little")


def info_frame(*, bitrate: int, ticks: int) -> bytes:
    """Return the tag frame for `ticks` of sound in frames that follow it, `closing_frame` the last of them.

    As in LAME the number of frames leaves the tag frame out, and the number of bytes counts it in.
    """
    size = frame_bytes(bitrate)
    frames = frames_in_file(ticks)
    length = (frames + 1) * size
    tag = header(bitrate) + bytes(_SIDE_INFO)
    tag += struct.pack(">4sIII100sI", b"Info", _FLAGS, frames, length, _TABLE, _SCALE - QUALITY)
    tag += _extension(bitrate, padding_for(ticks)) + struct.pack(">IH", length, _MUSIC_CRC)
    # For stereo these are the "first 190 bytes" of the specification; mono side info is 15 shorter.
    tag += struct.pack(">H", update_crc(tag))
    return tag.ljust(size, b"\0")


def open_info_frame(bitrate: int) -> bytes:
    """Return the tag frame of a file whose end is not known yet: it has the delay of the encoder alone.

    Frames, bytes and table are left out, as the flags of the tag allow, and no padding is dropped at the end.
    """
    tag = header(bitrate) + bytes(_SIDE_INFO)
    tag += struct.pack(">4sII", b"Info", _QUALITY_ALONE, _SCALE - QUALITY)
    tag += _extension(bitrate, 0) + struct.pack(">IH", 0, _MUSIC_CRC)
    tag += struct.pack(">H", update_crc(tag))
    return tag.ljust(frame_bytes(bitrate), b"\0")


def _extension(bitrate: int, padding: int) -> bytes:
    lowpass = peak = radio_gain = audiophile_gain = mp3_gain = preset = 0  # unknown
    delays = (ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
    lowest = min(bitrate // 1000, 255)
    gains = struct.pack(">IHH", peak, radio_gain, audiophile_gain)
    head = struct.pack(">9sBB8sBB", ENCODER, _METHOD, lowpass, gains, _TUNING, lowest)
    return head + delays + struct.pack(">BBH", _MISC, mp3_gain, preset)
