"""What all frames of a file share: 48 kHz, mono, one constant bit rate, nothing in a reservoir."""

from __future__ import annotations

from audioguide.errors import UsageError
from audioguide.units import FRAME_SAMPLES, FRAME_TICKS, SAMPLE_RATE, TICK_SAMPLES

ENCODER_DELAY = 576  # samples that LAME puts in front
DECODER_DELAY = 529  # samples that every decoder adds: 528 of overlap and filter bank, and 1
BITRATE = 96_000

# Bits a second -> index in the frame header (ISO 11172-3, layer III). Below 64,000 the Info tag
# does not fit into one frame.
_INDEX = {
    64_000: 5,
    80_000: 6,
    96_000: 7,
    112_000: 8,
    128_000: 9,
    160_000: 10,
    192_000: 11,
    224_000: 12,
    256_000: 13,
    320_000: 14,
}
BITRATES = tuple(_INDEX)
# LAME's -q: shapes noise by the quick search; 7 takes half the time and shapes none (docs/notes/islands.md).
QUALITY = 5


def frame_bytes(bitrate: int) -> int:
    """Return the size of each frame at `bitrate` bits a second; at 48 kHz it is whole for all.

    Raises UsageError for a rate that is not one of BITRATES.
    """
    if bitrate not in _INDEX:
        raise UsageError(f"{bitrate} bit/s is not possible: choose one of {', '.join(map(str, BITRATES))}")
    return FRAME_SAMPLES // 8 * bitrate // SAMPLE_RATE


def header(bitrate: int) -> bytes:
    """Return the 4 bytes that open each frame: MPEG-1 layer III, no CRC, 48 kHz, mono, "original"."""
    return bytes((0xFF, 0xFB, _INDEX[bitrate] << 4 | 0x04, 0xC4))


def frames_for(ticks: int) -> int:
    """Return how many frames hold `ticks` of sound from a frame border on, up to its last echo.

    A sample comes out of encoder and decoder 1105 samples late (576 + 529), so the last one needs
    as many samples behind it. A tick is a sixth of a frame, so that is always one frame more.
    """
    return -(-ticks // FRAME_TICKS) + 1


def frames_in_file(ticks: int) -> int:
    """Return how many frames lie behind the tag frame of a file of `ticks`: one more, which closes it."""
    return frames_for(ticks) + 1


def padding_for(ticks: int) -> int:
    """Return the samples behind `ticks` of sound that a decoder drops at the end of a file: 1728 to 2688."""
    return frames_in_file(ticks) * FRAME_SAMPLES - ENCODER_DELAY - ticks * TICK_SAMPLES
