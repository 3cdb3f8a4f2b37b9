"""Whether frames are what was asked for: an encoder is believed only after a look at what it made."""

from __future__ import annotations

import numpy as np

from audioguide.errors import OutputError
from audioguide.mp3.frames import frame_bytes, header


def check_frames(frames: bytes, bitrate: int) -> None:
    """Raise OutputError where joined `frames` are not 48 kHz, mono and `bitrate`, or need earlier ones."""
    table = np.frombuffer(frames, dtype=np.uint8).reshape(-1, frame_bytes(bitrate))
    if (table[:, :4] != np.frombuffer(header(bitrate), dtype=np.uint8)).any():
        raise OutputError(f"LAME made frames that are not 48 kHz, mono and {bitrate} bit/s")
    # main_data_begin: the first 9 bits behind the header point back into earlier frames
    if table[:, 4].any() or (table[:, 5] & 0x80).any():
        raise OutputError("LAME made frames that lean on earlier ones although the reservoir is off")
