"""LAME inside of PyAV: on every system, and three to four times slower than the one of `lameenc`."""

from __future__ import annotations

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext

from audioguide.audio.clip import Wave
from audioguide.errors import OutputError
from audioguide.mp3.frames import QUALITY
from audioguide.units import SAMPLE_RATE


class PyavEncoder:
    """An encoder through PyAV, which comes with FFmpeg and LAME."""

    name = f"libmp3lame of PyAV {av.__version__}"

    def frames(self, sound: Wave, bitrate: int) -> bytes:
        """Encode `sound` as `Encoder` says. Raises OutputError."""
        try:
            return _run(_context(bitrate), sound)
        except (av.FFmpegError, ValueError) as error:  # UnknownCodecError is a ValueError
            raise OutputError(f"PyAV {av.__version__} cannot encode MP3: {error}") from error


def _context(bitrate: int) -> AudioCodecContext:
    context = av.CodecContext.create("libmp3lame", "w")
    context.sample_rate = SAMPLE_RATE
    context.layout = "mono"
    context.format = "fltp"
    context.bit_rate = bitrate
    context.options = {"reservoir": "0", "compression_level": str(QUALITY), "original": "1"}
    return context


def _run(context: AudioCodecContext, sound: Wave) -> bytes:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound.reshape(1, -1)), "fltp", "mono")
    frame.sample_rate = SAMPLE_RATE
    return b"".join(bytes(packet) for step in (frame, None) for packet in context.encode(step))
