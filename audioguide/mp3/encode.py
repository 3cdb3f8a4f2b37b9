"""PCM in, MP3 frames that stand alone out. `lame/` says which build of LAME makes them."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Samples
from audioguide.errors import OutputError
from audioguide.mp3.frames import QUALITY, frame_bytes, frames_for
from audioguide.mp3.lame.check import check_frames
from audioguide.mp3.lame.choice import chosen
from audioguide.units import FRAME_SAMPLES, TICK_SAMPLES

# Silence in front, so that LAME sees an attack on the first sample coming and takes short blocks
# for it; without it the echo before a bell is 10 dB louder. These frames stay empty and are dropped.
LEAD_FRAMES = 2

# Behind a stretch that is encoded out of a longer sound: LAME looks no further ahead.
TAIL_FRAMES = 1

# LAME turns everything down for bit rates up to this one (`scale` in its presets.c). The sound goes
# in by as much louder (as float, so nothing is cut), and comes out at its own level.
_SCALE = ((160_000, 0.95), (192_000, 0.97), (224_000, 0.98), (320_000, 1.0))


def encode(samples: Samples, bitrate: int) -> bytes:
    """Encode (n,) int16 `samples`, mono at 48 kHz, n a multiple of 192, as joined frames.

    The frames stand alone: there are `frames_for(n / 192)` of them, each of `frame_bytes(bitrate)`,
    and behind the last one silence may follow at once. LAME runs without the GIL.
    Raises OutputError where the encoder is missing or answers with other frames than asked for.
    """
    led_in = np.zeros(LEAD_FRAMES * FRAME_SAMPLES + len(samples), dtype=np.float32)
    led_in[LEAD_FRAMES * FRAME_SAMPLES :] = samples
    return _frames(led_in, bitrate, frames_for(len(samples) // TICK_SAMPLES))


def encode_inner(window: NDArray[np.float32], bitrate: int) -> bytes:
    """Encode a stretch out of a sound that goes on before and behind it, as joined frames.

    `window` is (n,) float32 in steps of 16 bit (32,768 is full scale), a whole number of frames, of
    which the first LEAD_FRAMES and the last TAIL_FRAMES lie around the stretch. The encoder hears
    them, and they are dropped, so that the frames join those of the sound before and behind.
    Raises OutputError as `encode` does.
    """
    inner = len(window) // FRAME_SAMPLES - LEAD_FRAMES - TAIL_FRAMES
    return _frames(window, bitrate, inner, dropped=TAIL_FRAMES + 1)


def _frames(led_in: NDArray[np.float32], bitrate: int, count: int, dropped: int = 0) -> bytes:
    """Encode, and leave out the frames of the lead and the `dropped` ones at the end."""
    size = frame_bytes(bitrate)
    made = chosen().encoder.frames(_scaled(led_in, bitrate), bitrate)
    if len(made) != (LEAD_FRAMES + count + dropped) * size:
        raise OutputError(f"LAME made {len(made)} bytes of {len(led_in)} samples: frames of other sizes")
    frames = made[LEAD_FRAMES * size : (LEAD_FRAMES + count) * size]
    check_frames(frames, bitrate)
    return frames


def silent_frame(bitrate: int) -> bytes:
    """Return one frame of encoded silence; copies of it may stand anywhere."""
    return _silent_frame(encoder_name(), bitrate)


@cache
def _silent_frame(_encoder_name: str, bitrate: int) -> bytes:
    return encode(np.zeros(FRAME_SAMPLES, dtype=np.int16), bitrate)[: frame_bytes(bitrate)]


def encoder_name() -> str:
    """Name all that shapes the frames beside sound and bit rate, for the keys of a cache."""
    return f"{chosen().encoder.name}, quality {QUALITY}, lead {LEAD_FRAMES}"


def _scaled(sound: NDArray[np.float32], bitrate: int) -> NDArray[np.float32]:
    scale = next(factor for highest, factor in _SCALE if bitrate <= highest)
    return sound / np.float32(32_768 * scale)
