"""PCM in, MP3 frames that stand alone out. The only place that knows PyAV."""

from __future__ import annotations

from functools import cache

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from numpy.typing import NDArray

from audioguide.audio.clip import Samples
from audioguide.errors import OutputError
from audioguide.mp3.frames import QUALITY, frame_bytes, frames_for, header
from audioguide.units import FRAME_SAMPLES, SAMPLE_RATE, TICK_SAMPLES

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
    try:
        packets = _run(_context(bitrate), _scaled(led_in, bitrate))
    except (av.FFmpegError, ValueError) as error:  # UnknownCodecError is a ValueError
        raise OutputError(f"PyAV {av.__version__} cannot encode MP3: {error}") from error
    made = b"".join(packets)
    if len(made) != (LEAD_FRAMES + count + dropped) * size:
        raise OutputError(f"LAME made {len(packets)} frames of {len(led_in)} samples, of other sizes")
    frames = made[LEAD_FRAMES * size : (LEAD_FRAMES + count) * size]
    _check(frames, bitrate)
    return frames


@cache
def silent_frame(bitrate: int) -> bytes:
    """Return one frame of encoded silence; copies of it may stand anywhere."""
    return encode(np.zeros(FRAME_SAMPLES, dtype=np.int16), bitrate)[: frame_bytes(bitrate)]


def encoder_name() -> str:
    """Name all that shapes the frames beside sound and bit rate, for the keys of a cache."""
    return f"libmp3lame of PyAV {av.__version__}, quality {QUALITY}, lead {LEAD_FRAMES}"


def _scaled(sound: NDArray[np.float32], bitrate: int) -> NDArray[np.float32]:
    scale = next(factor for highest, factor in _SCALE if bitrate <= highest)
    return (sound / np.float32(32_768 * scale)).reshape(1, -1)


def _context(bitrate: int) -> AudioCodecContext:
    context = av.CodecContext.create("libmp3lame", "w")
    context.sample_rate = SAMPLE_RATE
    context.layout = "mono"
    context.format = "fltp"
    context.bit_rate = bitrate
    context.options = {"reservoir": "0", "compression_level": str(QUALITY), "original": "1"}
    return context


def _run(context: AudioCodecContext, sound: NDArray[np.float32]) -> list[bytes]:
    frame = av.AudioFrame.from_ndarray(sound, format="fltp", layout="mono")
    frame.sample_rate = SAMPLE_RATE
    return [bytes(packet) for step in (frame, None) for packet in context.encode(step)]


def _check(frames: bytes, bitrate: int) -> None:
    table = np.frombuffer(frames, dtype=np.uint8).reshape(-1, frame_bytes(bitrate))
    if (table[:, :4] != np.frombuffer(header(bitrate), dtype=np.uint8)).any():
        raise OutputError(f"LAME made frames that are not 48 kHz, mono and {bitrate} bit/s")
    # main_data_begin: the first 9 bits behind the header point back into earlier frames
    if table[:, 4].any() or (table[:, 5] & 0x80).any():
        raise OutputError("LAME made frames that lean on earlier ones although the reservoir is off")
